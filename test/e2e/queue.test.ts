import { setTimeout as sleep } from 'timers/promises';

import type { IDataObject } from 'n8n-workflow';

import { itemsOf } from '../n8n/client';
import type { SentMessage } from '../simulator/types';

import { Asking } from './asking';
import {
	allEnded,
	CROWD_SIZE,
	deliverUntilTaken,
	deliveriesOf,
	knownOpen,
	listen,
	type Listening,
} from './crowd';
import { describeQueue, recordFigure, workflowOf } from './harness';
import { itKeepsItsPromises } from './kill';
import { inRows, JOIN, part, PARTS, Shop } from './rows';
import { byName, contactNumbers, deliveryOf, fields, Scenario } from './scenario';

const CROWD = contactNumbers(CROWD_SIZE);

/** How many deliveries are on their way at the same time. */
const AT_ONCE = 100;

/** The first quick reply's payload, with a run that there cannot be. */
function forgedId({ body }: SentMessage): string {
	const { components } = body.template as {
		components: Array<{ type: string; parameters: Array<{ payload: string }> }>;
	};
	const [{ payload }] = components.find(({ type }) => type === 'button')!.parameters;
	return payload.replace(/^(a1\.)\d+/, '$199999999999');
}

const BURST_TIMEOUT_MS = 900_000;

const WORKERS = { workers: 2, concurrency: 10 };

/** Deliveries reach a webhook process, executions run on two workers, and none knows the others. */
describeQueue('n8n in queue mode', () => {
	let scenario: Scenario;

	beforeAll(async () => {
		scenario = await Scenario.start('queue', { queue: WORKERS });
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
				const repeated = await deliverUntilTaken(url, deliveriesOf(number, CROWD), AT_ONCE);
				recordFigure(`queue_burst_${CROWD_SIZE}_repeated`, repeated, 'deliveries');
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
			await deliverUntilTaken(url, again, 10);
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
								await deliverUntilTaken(url, [deliveryOf(number, [part(from, n + 1)])], 1);
							});
							await Promise.all(answers);
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

		describe('questions', () => {
			const TAPPED = 24;
			const WRITTEN = 12;
			const goesOn = new Shop();

			beforeAll(async () => await goesOn.start());

			afterAll(async () => await goesOn.stop());

			/** What a question is sent as in a closed window, and at any time. */
			const template = (name: string, buttons: string[]) => {
				const quickReplies = buttons.map((text) => ({ type: 'QUICK_REPLY', text }));
				scenario.sim.addTemplate({
					name,
					category: 'UTILITY',
					components: [
						{ type: 'BODY', text: 'Shall we send your order?' },
						...(buttons.length > 0 ? [{ type: 'BUTTONS', buttons: quickReplies }] : []),
					],
				});
				return byName(name);
			};

			const untilTaken = async (messageId: string) => {
				while ((await scenario.sim.redeliver(messageId))[0].status !== 200) await sleep(500);
			};

			/** Meta delivers it until it is acknowledged, and then once more. */
			const answerAll = async (questions: SentMessage[], text?: string) =>
				await inRows(
					questions.map(({ id }) => id),
					async (messageId) => {
						const { sim } = scenario;
						const { to, businessNumberId } = questions.find(({ id }) => id === messageId)!;
						const { messageId: answer } =
							text === undefined
								? await sim.taps({ messageId, choice: 'Confirm', deliver: false })
								: await sim.writes({
										from: String(to.phone),
										to: businessNumberId,
										text,
										deliver: false,
									});
						await untilTaken(answer);
						await sim.redeliver(answer);
					},
				);

			it(
				'go on once with each answer, while workers and the main process are killed',
				async () => {
					const { main, workers } = scenario.queue!;
					const tell = goesOn.node();
					const taps = await Asking.start(
						scenario,
						{
							responseType: 'template',
							template: template('confirm', ['Confirm']),
							templateFields: fields({}),
						},
						{},
						tell,
					);
					const texts = await Asking.start(
						scenario,
						{
							responseType: 'freeText',
							whenWindowClosed: 'template',
							fallbackTemplate: template('ask', []),
							fallbackTemplateFields: fields({}),
						},
						{},
						tell,
					);
					const started = Date.now();
					await Promise.all([
						taps.askAll(contactNumbers(TAPPED, 4_915_600_000_000)),
						texts.askAll(contactNumbers(WRITTEN, 4_915_700_000_000)),
					]);
					await taps.waitForWaiting(TAPPED);
					await texts.waitForWaiting(WRITTEN);
					const questions = scenario.sentFrom(taps.number);

					// A number that PostgreSQL refuses: an ordinary message.
					const forged = await scenario.sim.writes({
						from: contactNumbers(1, 4_915_600_000_000)[0],
						to: taps.number,
						message: {
							type: 'button',
							button: { payload: forgedId(questions[0]), text: 'Confirm' },
						},
						deliver: false,
					});
					await untilTaken(forged.messageId);
					await taps.waitForWaiting(TAPPED);

					// Nobody but the webhook process and a worker are left: a tap needs no more.
					await Promise.all([main.kill(), workers[0].kill()]);
					await answerAll(questions.slice(0, TAPPED / 2));
					await Promise.all([main.start(), workers[0].start()]);
					await scenario.client.logIn();

					// In the middle of the rest a worker ends, and with it what it has begun.
					const killed = sleep(100).then(async () => await workers[1].kill());
					await Promise.all([
						answerAll(questions.slice(TAPPED / 2)),
						answerAll(scenario.sentFrom(texts.number), 'To the neighbour'),
						killed,
					]);
					await workers[1].start();

					await taps.waitForWaiting(0);
					await texts.waitForWaiting(0);
					const asked = [...questions, ...scenario.sentFrom(texts.number)].map(({ id }) => id);
					// Of a run that was cut short n8n finds out in hours.
					for (let left = -1, before; left !== 0 && left !== before; ) {
						before = left;
						await sleep(2_000);
						const shops = [taps, texts].map(
							async ({ shopId }) => await scenario.client.listUnended(shopId),
						);
						left = (await Promise.all(shops)).flat().length;
					}
					const counts = goesOn.counts();
					const doubled = asked.filter((id) => (counts.get(id) ?? 0) > 1);
					const cut = asked.filter((id) => !counts.has(id));
					recordFigure('queue_ask_duration', (Date.now() - started) / 1000, 's');
					recordFigure('queue_ask_doubled', doubled.length, 'runs');
					recordFigure('queue_ask_cut_short', cut.length, 'runs');
					expect(doubled).toEqual([]);
					expect(cut.length).toBeLessThanOrEqual(WORKERS.concurrency);
				},
				BURST_TIMEOUT_MS,
			);
		});

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
