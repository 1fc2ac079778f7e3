import { setTimeout as sleep } from 'timers/promises';

import type { IDataObject } from 'n8n-workflow';

import { itemsOf } from '../n8n/client';

import {
	allEnded,
	CROWD_SIZE,
	deliverAll,
	deliveriesOf,
	knownOpen,
	listen,
	type Listening,
} from './crowd';
import { describeQueue, recordFigure, workflowOf } from './harness';
import { itKeepsItsPromises } from './kill';
import { inRows, JOIN, part, PARTS, Shop } from './rows';
import { contactNumbers, deliverTo, deliveryOf, Scenario } from './scenario';

const CROWD = contactNumbers(CROWD_SIZE);

/** How many deliveries are on their way at the same time. */
const AT_ONCE = 100;

const BURST_TIMEOUT_MS = 900_000;

/** Deliveries reach a webhook process, executions run on two workers, and none knows the others. */
describeQueue('n8n in queue mode', () => {
	let scenario: Scenario;

	beforeAll(async () => {
		const queue = { workers: 2, concurrency: 10 };
		scenario = await Scenario.start('queue', { queue });
	}, BURST_TIMEOUT_MS);

	afterAll(async () => {
		await scenario?.stop();
	}, BURST_TIMEOUT_MS);

	/** Lets contacts write to a number whose workflow answers them; resolves to the executions. */
	const answered = async (contacts: string[]) => {
		const number = scenario.addNumber();
		const workflowId = await scenario.activate(
			workflowOf('Support', scenario.trigger(number), scenario.send(number)),
		);
		for (const phone of contacts) {
			await scenario.sim.writes({ from: { phone, name: 'Ann' }, to: number, text: 'Hi' });
		}
		const executions = await allEnded(scenario, workflowId);
		await scenario.sim.settled();
		return {
			number,
			executions: await Promise.all(
				executions.map(async ({ id }) => await scenario.client.getExecution(id)),
			),
		};
	};

	describe("with the state in n8n's memory", () => {
		const contacts = CROWD.slice(0, 10);
		const strangers = CROWD.slice(10, 20);
		let number: string;

		it('answers in the run that the message starts, and says what it cannot see', async () => {
			const { executions, ...rest } = await answered(contacts);
			({ number } = rest);
			for (const execution of executions) {
				expect(itemsOf(execution, 'Send')).toMatchObject([
					{ json: { sentAs: 'freeForm', decision: { reason: 'windowOpen' } } },
				]);
				expect(execution.data.resultData.runData.Send[0].hints).toMatchObject([
					{ message: expect.stringContaining('n8n Data Table') },
				]);
			}
			expect(scenario.sentFrom(number).map(({ windowWasOpen }) => windowWasOpen)).toEqual(
				contacts.map(() => true),
			);
		});

		it('never takes for closed, in another workflow, what it cannot see', async () => {
			const ask = await scenario.addAsker();
			const states = (await ask(number, [...contacts, ...strangers])).map(
				({ window }) => (window as IDataObject).state,
			);
			expect(states).not.toContain('closed');
			expect(states.slice(contacts.length)).toEqual(strangers.map(() => 'unknown'));
		});
	});

	describe('with the state in a data table', () => {
		let listening: Listening;

		beforeAll(async () => {
			await scenario.keepStateInTable();
		});

		it('answers in the run that the message starts', async () => {
			const { number, executions } = await answered(CROWD.slice(0, 10));
			for (const execution of executions) {
				expect(itemsOf(execution, 'Send')).toMatchObject([{ json: { sentAs: 'freeForm' } }]);
				expect(execution.data.resultData.runData.Send[0].hints ?? []).toEqual([]);
			}
			expect(scenario.sentFrom(number).every(({ windowWasOpen }) => windowWasOpen)).toBe(true);
		});

		it(
			`knows ${CROWD_SIZE} of ${CROWD_SIZE} windows after a burst, in another workflow`,
			async () => {
				listening = await listen(scenario);
				const { number, url, workflowId } = listening;
				const started = Date.now();
				const statuses = await deliverAll(url, deliveriesOf(number, CROWD), AT_ONCE);
				expect(statuses).toEqual(CROWD.map(() => 200));
				recordFigure(`queue_burst_${CROWD_SIZE}_answered`, (Date.now() - started) / 1000, 's');
				const executions = await allEnded(scenario, workflowId);
				recordFigure(`queue_burst_${CROWD_SIZE}_duration`, (Date.now() - started) / 1000, 's');
				expect(executions.filter(({ status }) => status !== 'success')).toEqual([]);
				expect(executions).toHaveLength(CROWD.length);

				const asked = Date.now();
				const known = await knownOpen(scenario, number, CROWD);
				recordFigure(`queue_asked_${CROWD_SIZE}`, (Date.now() - asked) / 1000, 's');
				recordFigure(`queue_survivors_${CROWD_SIZE}`, known.length, 'contacts');
				expect(known).toHaveLength(CROWD.length);
			},
			BURST_TIMEOUT_MS,
		);

		it('starts nothing when a webhook process that knows nothing gets them again', async () => {
			await scenario.queue!.webhook.kill();
			await scenario.queue!.webhook.start();
			const { number, url, workflowId } = listening;
			const again = deliveriesOf(number, CROWD.slice(0, 100));
			expect(await deliverAll(url, again, 10)).toEqual(again.map(() => 200));
			expect(await allEnded(scenario, workflowId)).toHaveLength(CROWD.length);
		});

		it(
			'runs messages in a row once, also when they come again',
			async () => {
				const shop = new Shop();
				await shop.start();
				try {
					const number = scenario.addNumber();
					const trigger = scenario.trigger(number, { options: JOIN });
					const workflowId = await scenario.activate(workflowOf('Join', trigger, shop.node()));
					const url = await scenario.callbackOf(number);
					const contacts = contactNumbers(30, 4_915_500_000_000);
					for (let times = 0; times < 2; times++) {
						await inRows(contacts, async (from) => {
							const answers = Array.from({ length: PARTS }, async (_, n) => {
								await sleep(n * 100);
								return await deliverTo(url, deliveryOf(number, [part(from, n + 1)]));
							});
							for (const { status } of await Promise.all(answers)) expect(status).toBe(200);
						});
						await allEnded(scenario, workflowId);
					}
					expect([...shop.counts().values()]).toEqual(Array(contacts.length * PARTS).fill(1));
					// On a slow machine a row may be torn apart.
					const runs = shop.given.length / contacts.length;
					recordFigure('burst_queue_runs_per_contact', runs, 'runs');
					expect(runs).toBeLessThan(1.5);
				} finally {
					await shop.stop();
				}
			},
			BURST_TIMEOUT_MS,
		);

		describe('when a worker and the webhook process are killed in the middle of a burst', () => {
			itKeepsItsPromises('queue_kill', async () => {
				const { webhook, workers } = scenario.queue!;
				return {
					scenario,
					listening: await listen(scenario),
					contacts: CROWD.slice(0, 400),
					atOnce: AT_ONCE,
					kill: async () => await Promise.all([workers[0].kill(), webhook.kill()]),
					// The other worker has to do everything.
					start: async () => await webhook.start(),
				};
			});
		});
	});
});
