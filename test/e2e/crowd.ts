import assert from 'assert/strict';
import { setTimeout as pause } from 'timers/promises';

import type { IDataObject, INode } from 'n8n-workflow';

import { type ExecutionSummary, waitFor } from '../n8n/client';

import { workflowOf } from './harness';
import { deliverTo, deliveryOf, type InboundText, type Scenario } from './scenario';

/** How many contacts write in the largest bursts; `E2E_CROWD` names more. */
export const CROWD_SIZE = Number(process.env.E2E_CROWD ?? 300);

/** How many executions are read at the same time. */
const READ_AT_ONCE = 10;

/** How many contacts are asked for in one execution. */
const ASKED_AT_ONCE = 250;

const ENDING_TIMEOUT_MS = 600_000;

/** Somebody who takes no other part in a test. */
const STRANGER = '4915999999999';

/** A workflow with our trigger, and the address to which Meta delivers. */
export interface Listening {
	number: string;
	workflowId: string;
	url: string;
}

/** Activates a workflow of our trigger, for a business number of its own, and other nodes. */
export async function listen(scenario: Scenario, ...behind: INode[]): Promise<Listening> {
	const number = scenario.addNumber();
	const workflowId = await scenario.activate(
		workflowOf('Listen', scenario.trigger(number), ...behind),
	);
	return { number, workflowId, url: await scenario.callbackOf(number) };
}

/** The one message that a contact of the crowd writes. */
export function messageOf(number: string, from: string): InboundText {
	return { id: `wamid.${number}.${from}`, from, text: 'Hi' };
}

/** One text message from each contact, each in a delivery of its own. */
export function deliveriesOf(number: string, contacts: string[]): object[] {
	return contacts.map((from) => deliveryOf(number, [messageOf(number, from)]));
}

/**
 * Delivers one after the other, some at the same time.
 *
 * @param onAnswer told of every answer as it comes
 * @returns the status of each answer; 0 where none came
 */
export async function deliverAll(
	url: string,
	deliveries: object[],
	atOnce: number,
	onAnswer: (status: number) => void = () => {},
): Promise<number[]> {
	return await inTurns(deliveries, atOnce, async (delivery) => {
		const status = await deliverTo(url, delivery).then(
			(answer) => answer.status,
			() => 0,
		);
		onAnswer(status);
		return status;
	});
}

/**
 * Delivers as Meta does: what was not taken comes again.
 *
 * @returns how many times something had to come again
 */
export async function deliverUntilTaken(
	url: string,
	deliveries: object[],
	atOnce: number,
): Promise<number> {
	let repeated = 0;
	await inTurns(deliveries, atOnce, async (delivery) => {
		for (;;) {
			const { status } = await deliverTo(url, delivery);
			if (status === 200) return;
			assert.equal(status, 503);
			repeated++;
			await pause(500);
		}
	});
	return repeated;
}

/**
 * After a restart the process knows a workflow's row when the workflow is next at work: a stranger
 * writes.
 */
export async function wake({ number, url }: Listening): Promise<void> {
	const [body] = deliveriesOf(number, [STRANGER]);
	assert.equal((await deliverTo(url, body)).status, 200);
}

/**
 * How many executions a workflow has, also of those that have not ended. n8n holds an execution
 * before the delivery is answered, so there is nothing to wait for.
 */
export async function countExecutions(scenario: Scenario, workflowId: string): Promise<number> {
	return (await executionsOf(scenario, workflowId)).length;
}

/**
 * Waits until no execution of a workflow is left to do; resolves to all of them, oldest first.
 *
 * @param isGone tells an execution that will never end
 */
export async function allEnded(
	scenario: Scenario,
	workflowId: string,
	isGone: (execution: ExecutionSummary) => boolean = () => false,
): Promise<ExecutionSummary[]> {
	await waitFor(
		async () => await scenario.client.listUnended(workflowId),
		(unended) => unended.every(isGone),
		ENDING_TIMEOUT_MS,
		([{ id, status }]) => `Execution ${id} is still '${status}'`,
	);
	return await executionsOf(scenario, workflowId);
}

/** All executions of a workflow for each message of {@link messageOf}, by the contact who wrote it. */
export async function executionsByContact(
	scenario: Scenario,
	{ number, workflowId }: Listening,
): Promise<Map<string, ExecutionSummary[]>> {
	const executions = await executionsOf(scenario, workflowId);
	const contacts = await inTurns(executions, READ_AT_ONCE, async ({ id }) => {
		// One that was cut short has no output yet: its message waits among the data.
		const { data } = await scenario.client.request<{ data: string }>(
			'GET',
			`/rest/executions/${id}`,
		);
		return new RegExp(`wamid\\.${number}\\.(\\d+)`).exec(data)?.[1] ?? '';
	});
	const found = new Map<string, ExecutionSummary[]>();
	executions.forEach((execution, i) => {
		found.set(contacts[i], [...(found.get(contacts[i]) ?? []), execution]);
	});
	return found;
}

/** The contacts whose window is known as open, as a workflow tells that never ran before. */
export async function knownOpen(
	scenario: Scenario,
	number: string,
	contacts: string[],
): Promise<string[]> {
	const ask = await scenario.addAsker();
	const answers: IDataObject[] = [];
	// A workflow has to end before it answers, and whoever waits for it loses patience.
	for (let i = 0; i < contacts.length; i += ASKED_AT_ONCE) {
		answers.push(...(await ask(number, contacts.slice(i, i + ASKED_AT_ONCE))));
	}
	return contacts.filter((_, i) => (answers[i].window as IDataObject).state === 'open');
}

/** All executions of a workflow; those that have not ended come last. */
async function executionsOf({ client }: Scenario, workflowId: string): Promise<ExecutionSummary[]> {
	// First, so that none is left out that ends meanwhile.
	const unended = await client.listUnended(workflowId);
	const ended = await client.listExecutions(workflowId);
	return [...new Map([...ended, ...unended].map((one) => [one.id, one])).values()];
}

/** Does one thing after the other, some at the same time; the results are in the order given. */
async function inTurns<T, R>(
	things: T[],
	atOnce: number,
	work: (thing: T) => Promise<R>,
): Promise<R[]> {
	const results: R[] = [];
	const left = things.entries();
	const takeTurns = async () => {
		for (const [i, thing] of left) results[i] = await work(thing);
	};
	await Promise.all(Array.from({ length: atOnce }, takeTurns));
	return results;
}
