import autocannon from 'autocannon';

import { delivery, status } from '../unit/events/payloads';

import { median } from './compare';
import type { Figure } from './figure';
import { besideMinimalTrigger, signed, type Target } from './triggerThroughput';

/** Meta's throughput of 80 messages a second, each of which is sent, delivered and read. */
const PER_SECOND = 240;
const SECONDS = 2;
const CONNECTIONS = 40;
const WARM_UP = 1;
const ROUNDS = 5;

interface Answered {
	perSecond: number;
	medianMs: number;
	p99Ms: number;
}

/**
 * How our trigger answers statuses that start nothing, 240 in a second, beside a trigger that checks
 * nothing and keeps nothing. Both are in one n8n server and take turns. Ratios are ours by theirs in
 * what is answered in a second, and theirs by ours in how long 99 % take: 1 is as good, less is worse.
 */
export async function statusFigures(): Promise<Figure[]> {
	return await besideMinimalTrigger(async (_client, ours, minimal) => {
		const rounds: Array<Map<Target, Answered>> = [];
		for (let round = 0; round < WARM_UP + ROUNDS; round++) {
			const answered = new Map<Target, Answered>();
			for (const target of round % 2 === 0 ? [ours, minimal] : [minimal, ours]) {
				answered.set(target, await tell(target));
			}
			if (round >= WARM_UP) rounds.push(answered);
		}
		const of = (target: Target, key: keyof Answered) =>
			rounds.map((answered) => answered.get(target)![key]);
		const ratio = (one: Target, other: Target, key: keyof Answered) =>
			median(of(one, key).map((value, i) => value / of(other, key)[i]));
		return [
			{ name: 'status_per_second', value: median(of(ours, 'perSecond')), unit: '1/s' },
			{ name: 'status_median_ms', value: median(of(ours, 'medianMs')), unit: 'ms' },
			{ name: 'status_p99_ms', value: median(of(ours, 'p99Ms')), unit: 'ms' },
			{ name: 'status_ratio', value: ratio(ours, minimal, 'perSecond'), unit: 'x' },
			{ name: 'status_p99_ratio', value: ratio(minimal, ours, 'p99Ms'), unit: 'x' },
		];
	});
}

async function tell({ name, url }: Target): Promise<Answered> {
	const result = await autocannon({
		url,
		connections: CONNECTIONS,
		overallRate: PER_SECOND,
		amount: PER_SECOND * SECONDS,
		timeout: 60,
		requests: [
			{
				method: 'POST',
				setupRequest: (request) => ({ ...request, ...nextStatus() }),
			},
		],
	});
	if (result.non2xx > 0 || result.errors > 0) {
		throw new Error(`${name}: ${result.non2xx} other answers, ${result.errors} without one.`);
	}
	const answered = {
		perSecond: result['2xx'] / result.duration,
		medianMs: result.latency.p50,
		p99Ms: result.latency.p99,
	};
	console.error(
		`  ${name}: ${answered.perSecond.toFixed(1)}/s, median ${answered.medianMs} ms,`,
		`99 % within ${answered.p99Ms} ms`,
	);
	return answered;
}

let told = 0;

/** What became of a message, which nobody has said before. */
function nextStatus() {
	told++;
	return signed(delivery({ statuses: [status({ id: `wamid.told.${told}` })] }));
}
