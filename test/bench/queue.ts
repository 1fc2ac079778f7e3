import path from 'path';
import { performance } from 'perf_hooks';

import autocannon from 'autocannon';

import { nodeOf, workflowOf } from '../e2e/harness';
import { ACCOUNT, Scenario, SECRET } from '../e2e/scenario';
import { waitFor } from '../n8n/client';
import { ensureN8n } from '../n8n/install';
import { packFolder, packPackage } from '../n8n/pack';
import { missingPrograms } from '../n8n/services';

import { median } from './compare';
import type { Figure } from './figure';
import { nextDelivery } from './triggerThroughput';

/** How many worker processes there are, one after the other. */
const WORKERS = [1, 2, 4];
/** How many executions each runs at once; n8n's own default. */
const CONCURRENCY = 10;
const CONNECTIONS = 10;
const DELIVERIES = 60;
const WARM_UP = 1;
const ROUNDS = 5;
const DRAIN_TIMEOUT_MS = 300_000;

/** A workflow under load. */
interface Target {
	name: string;
	businessNumber: string;
	workflowId: string;
	url: string;
	/** How many deliveries it has taken so far. */
	taken: number;
}

interface Carried {
	/** Deliveries whose executions have ended, by the time from the first delivery to the last end. */
	perSecond: number;
	/** How long an answer takes. */
	medianMs: number;
	p99Ms: number;
}

/**
 * What n8n's queue mode carries: a main process, a webhook process and 1, 2 and 4 workers, on
 * PostgreSQL and Redis. Three triggers get the same load in turns: a minimal one, which shows n8n's
 * own share, ours without a store that the processes share, and ours with a data table. Every
 * delivery is the first message of a new contact. Ratios are those of the table to the minimal
 * trigger, added times those that the table's answers take beyond the minimal trigger's.
 */
export async function queueFigures(): Promise<Figure[]> {
	const missing = missingPrograms();
	if (missing.length > 0) throw new Error(`There is no ${missing.join(', ')}.`);
	await ensureN8n({ log: console.error });
	const figures: Figure[] = [];
	for (const workers of WORKERS) figures.push(...(await figuresWith(workers)));
	return figures;
}

async function figuresWith(workers: number): Promise<Figure[]> {
	console.error(`  ${workers} workers`);
	const scenario = await Scenario.start('benchmark-queue', {
		packages: [packPackage(), packFolder(path.join(__dirname, 'minimal-trigger'))],
		queue: { workers, concurrency: CONCURRENCY },
	});
	try {
		const minimal = await activateMinimal(scenario);
		const memory = await activateOurs(scenario, 'Memory');
		await scenario.keepStateInTable();
		const table = await activateOurs(scenario, 'Table');

		const targets = [minimal, memory, table];
		const rounds: Array<Map<Target, Carried>> = [];
		for (let round = 0; round < WARM_UP + ROUNDS; round++) {
			const carried = new Map<Target, Carried>();
			for (const target of round % 2 === 0 ? targets : [...targets].reverse()) {
				carried.set(target, await carry(scenario, target));
			}
			if (round >= WARM_UP) rounds.push(carried);
		}
		for (const target of targets) await expectExecutions(scenario, target);

		const ofRounds = (measure: (of: (target: Target) => Carried) => number) =>
			median(rounds.map((carried) => measure((target) => carried.get(target)!)));
		const figure = (
			name: string,
			unit: string,
			measure: (of: (target: Target) => Carried) => number,
		) => ({
			name: `queue_${name}_${workers}`,
			value: ofRounds(measure),
			unit,
		});
		return [
			figure('per_second', '1/s', (of) => of(table).perSecond),
			figure('minimal_per_second', '1/s', (of) => of(minimal).perSecond),
			figure('ratio', 'x', (of) => of(table).perSecond / of(minimal).perSecond),
			figure('memory_ratio', 'x', (of) => of(memory).perSecond / of(minimal).perSecond),
			figure('minimal_median_ms', 'ms', (of) => of(minimal).medianMs),
			figure('added_median_ms', 'ms', (of) => of(table).medianMs - of(minimal).medianMs),
			figure('added_p99_ms', 'ms', (of) => of(table).p99Ms - of(minimal).p99Ms),
		];
	} finally {
		await scenario.stop();
	}
}

async function activateMinimal(scenario: Scenario): Promise<Target> {
	const trigger = nodeOf('Minimal Trigger', 'n8n-nodes-minimal-trigger.minimalTrigger');
	const workflowId = await scenario.activate(workflowOf('Minimal', trigger));
	const url = `${scenario.queue!.webhook.url}/webhook/${trigger.webhookId}/webhook`;
	return { name: 'Minimal', businessNumber: ACCOUNT, workflowId, url, taken: 0 };
}

async function activateOurs(scenario: Scenario, name: string): Promise<Target> {
	const businessNumber = scenario.addNumber();
	const workflowId = await scenario.activate(workflowOf(name, scenario.trigger(businessNumber)));
	const url = await scenario.callbackOf(businessNumber);
	return { name, businessNumber, workflowId, url, taken: 0 };
}

/** Sends a target its deliveries as fast as it answers, and waits until their executions have ended. */
async function carry({ client }: Scenario, target: Target): Promise<Carried> {
	const { name, businessNumber, workflowId, url } = target;
	const start = performance.now();
	const result = await autocannon({
		url,
		connections: CONNECTIONS,
		amount: DELIVERIES,
		timeout: 60,
		requests: [
			{
				method: 'POST',
				setupRequest: (request) => ({ ...request, ...nextDelivery(businessNumber, SECRET) }),
			},
		],
	});
	if (result['2xx'] !== DELIVERIES) throw new Error(`${name} took ${result['2xx']} deliveries.`);
	await waitFor(
		async () => await client.listUnended(workflowId),
		(unended) => unended.length === 0,
		DRAIN_TIMEOUT_MS,
		({ length }) => `${length} executions of ${name} have not ended`,
	);
	target.taken += DELIVERIES;
	const carried = {
		perSecond: (DELIVERIES / (performance.now() - start)) * 1_000,
		medianMs: result.latency.p50,
		p99Ms: result.latency.p99,
	};
	console.error(
		`  ${name}: ${carried.perSecond.toFixed(1)}/s, median ${carried.medianMs} ms,`,
		`99 % within ${carried.p99Ms} ms`,
	);
	return carried;
}

/** Throws unless every delivery has started a workflow: to drop deliveries would be quick. */
async function expectExecutions({ client }: Scenario, { name, workflowId, taken }: Target) {
	const executions = await client.listExecutions(workflowId);
	const successes = executions.filter(({ status }) => status === 'success').length;
	if (successes !== taken) {
		throw new Error(`${name} took ${taken} deliveries and ran ${successes} times.`);
	}
}
