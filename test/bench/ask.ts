import { performance } from 'perf_hooks';

import { Asking } from '../e2e/asking';
import { workflowOf } from '../e2e/harness';
import { byName, contactNumbers, deliverTo, deliveryOf, fields, Scenario } from '../e2e/scenario';
import { type Execution, waitFor } from '../n8n/client';
import { ensureN8n } from '../n8n/install';

import { median } from './compare';
import type { Figure } from './figure';

/** How many contacts answer or write in one round, and how many of them at the same time. */
const CONTACTS = 40;
const AT_ONCE = 10;
const WARM_UP = 1;
const ROUNDS = 5;
const DRAIN_TIMEOUT_MS = 300_000;

/** How many questions are answered one after the other, to see how long that takes by itself. */
const ALONE = 20;

/** Measures in one n8n server, with the workflows beside one another. */
interface Bench {
	scenario: Scenario;
	/** Puts questions, and gets the answers. */
	shop: Asking;
	/** A number whose messages start a workflow, as any message does. */
	inbox: { number: string; workflowId: string; url: string };
	/** Contacts that nobody has written for yet. */
	nextContacts: (count: number) => string[];
}

/**
 * What it costs to answer a question by a tap. How long it takes from the delivery to the node behind
 * the question, one answer after the other; and how many answers are taken in a second, as a share of
 * ordinary messages that start a run each, in turns in the same server.
 */
export async function askFigures(): Promise<Figure[]> {
	await ensureN8n({ log: console.error });
	const scenario = await Scenario.start('benchmark-ask');
	try {
		const bench = await prepare(scenario);
		const alone = await answerAlone(bench);
		const ratios: number[] = [];
		for (let round = 0; round < WARM_UP + ROUNDS; round++) {
			const rates = { answers: 0, messages: 0 };
			const measures = [
				async () => (rates.answers = await answersPerSecond(bench)),
				async () => (rates.messages = await messagesPerSecond(bench)),
			];
			for (const measure of round % 2 === 0 ? measures : measures.reverse()) await measure();
			console.error(
				`  ${rates.answers.toFixed(1)} answers/s, ${rates.messages.toFixed(1)} messages/s`,
			);
			if (round >= WARM_UP) ratios.push(rates.answers / rates.messages);
		}
		return [
			{ name: 'ask_median_ms', value: median(alone), unit: 'ms' },
			{ name: 'ask_most_ms', value: Math.max(...alone), unit: 'ms' },
			{ name: 'ask_throughput_ratio', value: median(ratios), unit: 'x' },
		];
	} finally {
		await scenario.stop();
	}
}

async function prepare(scenario: Scenario): Promise<Bench> {
	scenario.sim.addTemplate({
		name: 'confirm_order',
		category: 'UTILITY',
		components: [
			{ type: 'BODY', text: 'Shall we send your order?' },
			{ type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'Confirm' }] },
		],
	});
	const shop = await Asking.start(scenario, {
		responseType: 'template',
		template: byName('confirm_order'),
		templateFields: fields({}),
	});
	const number = scenario.addNumber();
	const workflowId = await scenario.activate(workflowOf('Messages', scenario.trigger(number)));
	const url = await scenario.callbackOf(number);
	let next = 4_915_200_000_000;
	const nextContacts = (count: number) => contactNumbers(count, (next += count) - count);
	return { scenario, shop, inbox: { number, workflowId, url }, nextContacts };
}

/** From the delivery of each answer to the start of the node behind its question, in milliseconds. */
async function answerAlone({ scenario, shop, nextContacts }: Bench): Promise<number[]> {
	const { client, sim } = scenario;
	const times: number[] = [];
	for (const phone of nextContacts(ALONE)) {
		const question = await shop.ask(phone);
		await shop.waitForWaiting(1);
		const before = (await client.listExecutions(shop.shopId)).length;
		const deliveredAt = Date.now();
		await sim.taps({ messageId: question.id, choice: 'Confirm' });
		const ended = await client.waitForExecutions(shop.shopId, before + 1);
		times.push(behindQuestion(await client.getExecution(ended[before].id)) - deliveredAt);
	}
	return times;
}

/** When the node behind the question began, epoch milliseconds. */
function behindQuestion({ id, data }: Execution): number {
	const [run] = data.resultData.runData.After ?? [];
	if (!run) throw new Error(`Execution ${id} did not go on after the answer.`);
	return run.startTime;
}

/** Answers that are taken in a second, until the last run has ended. */
async function answersPerSecond({ scenario, shop, nextContacts }: Bench): Promise<number> {
	const { sim, client } = scenario;
	const before = scenario.sentFrom(shop.number).length;
	const contacts = nextContacts(CONTACTS);
	await inLanes(contacts, async (phone) => void (await shop.ask(phone)));
	await waitFor(
		async () => await shop.waiting(),
		(waiting) => waiting === CONTACTS,
		DRAIN_TIMEOUT_MS,
		(waiting) => `${waiting} runs wait`,
	);
	const questions = scenario.sentFrom(shop.number).slice(before);
	const answers = await Promise.all(
		questions.map(
			async ({ id }) => await sim.taps({ messageId: id, choice: 'Confirm', deliver: false }),
		),
	);
	const start = performance.now();
	await inLanes(answers, async ({ messageId }) => {
		const [{ status }] = await sim.redeliver(messageId);
		if (status !== 200) throw new Error(`An answer was answered ${status}.`);
	});
	await drain(client.listUnended.bind(client), shop.shopId);
	return rateSince(start);
}

/** Ordinary messages that are taken in a second, until the last run has ended. */
async function messagesPerSecond({ scenario, inbox, nextContacts }: Bench): Promise<number> {
	const { client } = scenario;
	const { number, url, workflowId } = inbox;
	const deliveries = nextContacts(CONTACTS).map((from) =>
		deliveryOf(number, [{ id: `wamid.${from}`, from, text: 'Hello' }]),
	);
	const start = performance.now();
	await inLanes(deliveries, async (delivery) => {
		const { status } = await deliverTo(url, delivery);
		if (status !== 200) throw new Error(`A message was answered ${status}.`);
	});
	await drain(client.listUnended.bind(client), workflowId);
	return rateSince(start);
}

async function drain(
	listUnended: (workflowId: string) => Promise<unknown[]>,
	workflowId: string,
): Promise<void> {
	await waitFor(
		async () => (await listUnended(workflowId)).length,
		(count) => count === 0,
		DRAIN_TIMEOUT_MS,
		(count) => `${count} executions have not ended`,
	);
}

function rateSince(start: number): number {
	return (CONTACTS / (performance.now() - start)) * 1_000;
}

/** Does something for each, a few at the same time. */
async function inLanes<T>(all: T[], act: (one: T) => Promise<void>): Promise<void> {
	const left = all.values();
	const lane = async () => {
		for (const one of left) await act(one);
	};
	await Promise.all(Array.from({ length: AT_ONCE }, lane));
}
