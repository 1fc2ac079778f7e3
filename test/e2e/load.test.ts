import { createServer, type Server } from 'http';
import type { AddressInfo } from 'net';

import type { IDataObject } from 'n8n-workflow';

import { itemsOf } from '../n8n/client';

import {
	allEnded,
	countExecutions,
	CROWD_SIZE,
	deliverAll,
	deliveriesOf,
	knownOpen,
	listen,
	type Listening,
	messageOf,
	wake,
} from './crowd';
import { recordFigure, workflowOf } from './harness';
import { code, contactNumbers, deliverTo, deliveryOf, Scenario } from './scenario';

const CROWD = contactNumbers(CROWD_SIZE);
const CONTACTS = CROWD.slice(0, 200);

/** How many deliveries are on their way at the same time. */
const AT_ONCE = 200;

const BURST_TIMEOUT_MS = 900_000;

/** Everybody may write at once, everything may come twice, and n8n may be restarted. */
describe('under load', () => {
	let scenario: Scenario;

	beforeAll(async () => {
		scenario = await Scenario.start('load');
	});

	afterAll(async () => {
		await scenario?.stop();
	});

	const countWindows = async (number: string, contacts: string[]) =>
		(await knownOpen(scenario, number, contacts)).length;

	const globalData = async (workflowId: string) =>
		((await scenario.client.getStaticData(workflowId)).global ?? {}) as IDataObject;

	/** What n8n's own task runner does: it takes a copy of the static data and puts a copy back. */
	const writer = (waitMs: number) =>
		code(
			'Write',
			`const memory = $getWorkflowStaticData('global');
			await new Promise((resolve) => setTimeout(resolve, ${waitMs}));
			memory['wrote ' + $json.phone] = true;
			return $input.all();`,
		);

	const countWritten = async (workflowId: string, contacts: string[]) => {
		const memory = await globalData(workflowId);
		return contacts.filter((from) => memory[`wrote +${from}`] === true).length;
	};

	describe('of contacts who all write within a minute', () => {
		/** Runs a burst; resolves when all executions have ended. */
		const burst = async (
			figure: string,
			{ number, url, workflowId }: Listening,
			contacts: string[],
		) => {
			const started = Date.now();
			let peak = 0;
			const sampling = setInterval(() => {
				peak = Math.max(peak, scenario.server.memory());
			}, 100);
			try {
				const statuses = await deliverAll(url, deliveriesOf(number, contacts), AT_ONCE);
				recordFigure(`${figure}_answered`, (Date.now() - started) / 1000, 's');
				expect(statuses).toEqual(contacts.map(() => 200));
				return await allEnded(scenario, workflowId);
			} finally {
				clearInterval(sampling);
				recordFigure(`${figure}_duration`, (Date.now() - started) / 1000, 's');
				recordFigure(`${figure}_memory_peak`, Math.round(peak / 2 ** 20), 'MB');
			}
		};

		const cases = [
			{
				figure: `state_survivors_${CROWD_SIZE}`,
				what: 'a node that waits and writes static data',
				contacts: CROWD,
				node: writer(100),
				listening: {} as Listening,
			},
			{
				figure: 'state_survivors_200_without_writer',
				what: 'a node that waits and writes nothing',
				contacts: CONTACTS,
				node: code(
					'Wait',
					'await new Promise((done) => setTimeout(done, 500)); return $input.all();',
				),
				listening: {} as Listening,
			},
		];

		it.each(cases)(
			'knows the windows of all $contacts.length with $what behind the trigger',
			async (one) => {
				const { figure, contacts, node } = one;
				one.listening = await listen(scenario, node);
				const executions = await burst(
					figure.replace('state_survivors', 'burst'),
					one.listening,
					contacts,
				);
				expect(executions.filter(({ status }) => status !== 'success')).toEqual([]);
				expect(executions).toHaveLength(contacts.length);
				const survivors = await countWindows(one.listening.number, contacts);
				recordFigure(figure, survivors, 'contacts');
				expect(survivors).toBe(contacts.length);
			},
			BURST_TIMEOUT_MS,
		);

		it('loses nothing of the other writer that n8n itself keeps', async () => {
			// Every run starts from its own copy, so of runs at the same time n8n keeps the last ones.
			const written = await countWritten(cases[0].listening.workflowId, CROWD);
			recordFigure(`writer_survivors_${CROWD_SIZE}`, written, 'keys');
			expect(written).toBeGreaterThan(0);
		});

		describe('and a restart', () => {
			beforeAll(async () => {
				await scenario.server.restart();
			});

			it.each(cases)(
				'still knows the windows of all $contacts.length with $what',
				async ({ figure, contacts, listening }) => {
					await wake(listening);
					const survivors = await countWindows(listening.number, contacts);
					recordFigure(`${figure}_after_restart`, survivors, 'contacts');
					expect(survivors).toBe(contacts.length);
				},
			);

			it.each(cases)(
				'starts nothing when all $contacts.length come again, with $what',
				async ({ contacts, listening }) => {
					const { number, workflowId, url } = listening;
					await wake(listening);
					const before = await countExecutions(scenario, workflowId);
					const again = contacts.map((from) => messageOf(number, from));
					expect((await deliverTo(url, deliveryOf(number, again))).status).toBe(200);
					expect(await countExecutions(scenario, workflowId)).toBe(before);
				},
			);
		});
	});

	describe('of deliveries that come again', () => {
		it('starts one execution for many copies of a message', async () => {
			const { number, workflowId, url } = await listen(scenario);
			const [body] = deliveriesOf(number, [CONTACTS[0]]);
			const atOnce = await Promise.all([1, 2, 3, 4, 5].map(async () => await deliverTo(url, body)));
			const statuses = atOnce.map(({ status }) => status);
			expect(statuses).toContain(200);
			// Until n8n holds the execution a copy is told to come again.
			expect(statuses.filter((status) => status !== 200 && status !== 503)).toEqual([]);
			expect((await deliverTo(url, body)).status).toBe(200);
			expect(await countExecutions(scenario, workflowId)).toBe(1);
		});

		it('starts one execution with 1,000 items for a batch of 1,000, however often it comes', async () => {
			const { number, workflowId, url } = await listen(scenario);
			const contacts = contactNumbers(1_000);
			const batch = contacts.map((from) => messageOf(number, from));
			const body = deliveryOf(number, batch);
			expect((await deliverTo(url, body)).status).toBe(200);
			expect((await deliverTo(url, body)).status).toBe(200);
			expect(await countExecutions(scenario, workflowId)).toBe(1);
			const [{ id }] = await scenario.client.waitForExecutions(workflowId, 1);
			const items = itemsOf(await scenario.client.getExecution(id), 'Trigger');
			expect(items.map(({ json }) => json.messageId)).toEqual(batch.map((message) => message.id));
			expect(await countWindows(number, contacts)).toBe(contacts.length);
		});

		it('starts an execution with what is new in a batch', async () => {
			const { number, workflowId, url } = await listen(scenario);
			const [old, fresh] = ['old', 'fresh'].map((id) => ({ id, from: CONTACTS[0], text: id }));
			await deliverTo(url, deliveryOf(number, [old]));
			await deliverTo(url, deliveryOf(number, [old, fresh]));
			const executions = await scenario.client.waitForExecutions(workflowId, 2);
			const items = itemsOf(await scenario.client.getExecution(executions[1].id), 'Trigger');
			expect(items.map(({ json }) => json.messageId)).toEqual(['fresh']);
		});

		it('starts a test in the editor and the active workflow, once each, for the same message', async () => {
			const number = scenario.addNumber();
			const trigger = scenario.trigger(number, { registration: 'manual' });
			const workflowId = await scenario.activate(workflowOf('Listen', trigger));
			const [body] = deliveriesOf(number, [CONTACTS[0]]);
			const addressOf = (mode: 'production' | 'test') =>
				scenario.client.webhookUrl(trigger.webhookId!, 'webhook', mode);

			await scenario.client.runManually(workflowId, trigger.name);
			expect((await deliverTo(addressOf('test'), body)).status).toBe(200);
			for (let times = 0; times < 2; times++) {
				expect((await deliverTo(addressOf('production'), body)).status).toBe(200);
			}
			const executions = await allEnded(scenario, workflowId);
			expect(executions.map(({ mode }) => mode)).toEqual(['manual', 'webhook']);
			expect(await countWindows(number, [CONTACTS[0]])).toBe(1);
		});

		it('forgets none after a crash', async () => {
			const { number, workflowId, url } = await listen(scenario);
			const [body] = deliveriesOf(number, [CONTACTS[0]]);
			await deliverTo(url, body);
			await scenario.client.waitForExecutions(workflowId, 1);
			await scenario.server.kill();
			await scenario.server.start();
			expect((await deliverTo(url, body)).status).toBe(200);
			expect(await countExecutions(scenario, workflowId)).toBe(1);
		});
	});

	describe('of another node that writes static data', () => {
		it('leaves all of it in place when one run follows the other', async () => {
			const { number, workflowId, url } = await listen(scenario, writer(0));
			const contacts = CONTACTS.slice(0, 10);
			for (const [i, body] of deliveriesOf(number, contacts).entries()) {
				await deliverTo(url, body);
				await scenario.client.waitForExecutions(workflowId, i + 1);
			}
			expect(await countWritten(workflowId, contacts)).toBe(10);
		});

		describe('and takes its time', () => {
			const [slow, quick] = CONTACTS;
			const quickBody = (number: string) =>
				deliveryOf(number, [{ id: 'wamid.quick', from: quick, text: 'quick' }]);

			let warehouse: Server;
			/** What happens while the writer waits for its answer. */
			let meanwhile: () => Promise<unknown>;
			const cases = [
				{ what: 'and one more message', andOneMore: true, listening: {} as Listening },
				{ what: 'and nothing more', andOneMore: false, listening: {} as Listening },
			];

			/**
			 * The slow message makes a Code node wait for the warehouse and then write. It puts back the
			 * static data as they were when it began. A quick message passes meanwhile.
			 */
			beforeAll(async () => {
				warehouse = createServer((_request, response) => {
					meanwhile().then(
						() => response.end('{}'),
						() => response.destroy(),
					);
				});
				await new Promise<void>((resolve) => warehouse.listen(0, '127.0.0.1', resolve));
				const { port } = warehouse.address() as AddressInfo;
				const jsCode = `
					if ($json.text !== 'slow') return $input.all();
					const memory = $getWorkflowStaticData('global');
					await this.helpers.httpRequest({ url: 'http://127.0.0.1:${port}/' });
					memory.stock = 'asked';
					return $input.all();`;

				for (const one of cases) {
					one.listening = await listen(scenario, code('Write', jsCode));
					const { number, workflowId, url } = one.listening;
					meanwhile = async () => {
						await deliverTo(url, quickBody(number));
						await scenario.client.waitForExecutions(workflowId, 1);
					};
					const slowBody = deliveryOf(number, [{ id: 'wamid.slow', from: slow, text: 'slow' }]);
					await deliverTo(url, slowBody);
					const executions = await scenario.client.waitForExecutions(workflowId, 2);
					expect(executions.map(({ status }) => status)).toEqual(['success', 'success']);
					expect((await globalData(workflowId)).stock).toBe('asked');
					expect(await countWindows(number, [slow, quick])).toBe(2);
					if (one.andOneMore) {
						await wake(one.listening);
						await scenario.client.waitForExecutions(workflowId, 3);
					}
				}
				await scenario.server.restart();
			});

			afterAll(async () => {
				warehouse.closeAllConnections();
				await new Promise((resolve) => warehouse.close(resolve));
			});

			it.each(cases)('knows what came in meanwhile after it $what and a restart', async (one) => {
				const { number, workflowId, url } = one.listening;
				await wake(one.listening);
				expect(await countWindows(number, [slow, quick])).toBe(2);
				const before = await countExecutions(scenario, workflowId);
				expect((await deliverTo(url, quickBody(number))).status).toBe(200);
				expect(await countExecutions(scenario, workflowId)).toBe(before);
			});
		});
	});
});
