import assert from 'assert/strict';

import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import { itemsOf, waitFor, type Execution } from '../n8n/client';
import type { SentMessage } from '../simulator/types';

import { nodeOf, workflowOf } from './harness';
import { orderWebhook, type Scenario } from './scenario';

/** How long a run may take to send its question, or to end after the answer. */
const PATIENCE_MS = 30_000;

/** A shop that asks: an inbox with the trigger, and a workflow that puts a question for each order. */
export class Asking {
	private constructor(
		private readonly scenario: Scenario,
		readonly number: string,
		readonly inboxId: string,
		readonly shopId: string,
		private readonly webhook: INode,
	) {}

	/**
	 * @param question parameters of the operation
	 * @param behind what stands behind the answer
	 */
	static async start(
		scenario: Scenario,
		question: INodeParameters,
		trigger: INodeParameters = {},
		...behind: INode[]
	): Promise<Asking> {
		const number = scenario.addNumber();
		const inboxId = await scenario.activate(workflowOf('Inbox', scenario.trigger(number, trigger)));
		const webhook = orderWebhook('Order');
		webhook.parameters.responseMode = 'onReceived';
		const ask = scenario.whatsApp('Ask', number, {
			resource: 'message',
			operation: 'sendAndWait',
			to: '={{ $json.body.phone }}',
			message: '=Order {{ $json.body.order }}: shall we send it?',
			...question,
		});
		const after = nodeOf('After', 'n8n-nodes-base.noOp');
		const workflow = workflowOf('Shop', webhook, ask, after, ...behind);
		if (isInLoop(question)) {
			const to = (node: string) => [{ node, type: 'main' as const, index: 0 }];
			workflow.connections.Ask = { main: [to('Ask'), to('After'), to('After')] };
		}
		const shopId = await scenario.activate(workflow);
		await waitFor(
			async () => await scenario.callbackOf(number),
			(url) => url !== '',
			PATIENCE_MS,
			() => 'The trigger is not registered',
		);
		return new Asking(scenario, number, inboxId, shopId, webhook);
	}

	/** The contact writes, so that the window is open. */
	async open(phone: string): Promise<void> {
		const { delivery } = await this.scenario.sim.writes({
			from: phone,
			to: this.number,
			text: 'Hi',
		});
		assert.equal(delivery?.status, 200);
	}

	/** Puts a question; resolves to the message that asked. */
	async ask(phone: string, order = '1'): Promise<SentMessage> {
		const before = this.scenario.sentFrom(this.number).length;
		const { status } = await this.scenario.call(this.webhook, { phone: `+${phone}`, order });
		assert.equal(status, 200);
		const sent = await waitFor(
			async () => await Promise.resolve(this.scenario.sentFrom(this.number)),
			(all) => all.length > before,
			PATIENCE_MS,
			() => 'Nothing was asked',
		);
		return sent[sent.length - 1];
	}

	/** Puts a question to each contact, ten at the same time. */
	async askAll(phones: string[]): Promise<void> {
		const left = phones.values();
		const call = async () => {
			for (const phone of left) {
				const { status } = await this.scenario.call(this.webhook, {
					phone: `+${phone}`,
					order: '1',
				});
				assert.equal(status, 200);
			}
		};
		await Promise.all(Array.from({ length: 10 }, call));
		await waitFor(
			async () => await Promise.resolve(this.scenario.sentFrom(this.number).length),
			(sent) => sent === phones.length,
			10 * PATIENCE_MS + phones.length * 1_000,
			(sent) => `${sent} questions were put`,
		);
	}

	/** All runs that have ended, with their data. */
	async runs(): Promise<Execution[]> {
		const { client } = this.scenario;
		const runs: Execution[] = [];
		for (const { id } of await client.listExecutions(this.shopId)) {
			runs.push(await client.getExecution(id));
		}
		return runs;
	}

	/** What the node behind the question got, of all runs that have ended, oldest first. */
	async answers(count: number, patienceMs = PATIENCE_MS): Promise<IDataObject[]> {
		const ended = await this.scenario.client.waitForExecutions(this.shopId, count, patienceMs);
		const runs = await Promise.all(
			ended.map(async ({ id }) => await this.scenario.client.getExecution(id)),
		);
		return runs.flatMap(answerIn);
	}

	/** How many runs wait. */
	async waiting(): Promise<number> {
		const unended = await this.scenario.client.listUnended(this.shopId);
		return unended.filter(({ status }) => status === 'waiting').length;
	}

	/** Waits until as many runs wait as are told. */
	async waitForWaiting(count: number): Promise<void> {
		await waitFor(
			async () => await this.waiting(),
			(waiting) => waiting === count,
			PATIENCE_MS,
			(waiting) => `${waiting} runs wait`,
		);
	}

	/** The items that the trigger gave to the inbox, oldest first. */
	async inbox(count: number): Promise<IDataObject[]> {
		const ended = await this.scenario.client.waitForExecutions(this.inboxId, count);
		const runs = await Promise.all(
			ended.map(async ({ id }) => await this.scenario.client.getExecution(id)),
		);
		return runs.flatMap((run) => itemsOf(run, 'Trigger').map(({ json }) => json));
	}
}

/** Whether the question has an output that has to lead back to it. */
function isInLoop({ otherAnswers, options }: INodeParameters): boolean {
	return otherAnswers === 'askAgain' || (options as IDataObject)?.remindAfter !== undefined;
}

function answerIn(run: Execution): IDataObject[] {
	return itemsOf(run, 'After').map(({ json }) => json);
}
