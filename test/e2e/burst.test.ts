import type { Server } from 'http';
import type { AddressInfo } from 'net';
import { setTimeout as sleep } from 'timers/promises';

import express from 'express';
import type { IDataObject, INode } from 'n8n-workflow';

import { itemsOf } from '../n8n/client';

import { allEnded, countExecutions } from './crowd';
import { describeQueue, nodeOf, recordFigure, workflowOf } from './harness';
import {
	code,
	contactNumbers,
	deliverTo,
	deliveryOf,
	Scenario,
	type InboundText,
} from './scenario';

const TIMEOUT_MS = 900_000;

/** How many contacts send a row each while n8n is killed; `E2E_BURSTS` names more. */
const COUNT = Number(process.env.E2E_BURSTS ?? 60);

/** How many of them are in the middle of it at the same time: more, and a slow machine tears them apart. */
const AT_ONCE = 10;
const PARTS = 3;
const JOIN = { joinMessages: true };

/** What the node behind the trigger was given, in order, and how often each message came. */
class Shop {
	readonly given: string[][] = [];
	private server?: Server;

	async start(): Promise<void> {
		const app = express();
		app.use(express.json());
		app.post('/', (req, res) => {
			this.given.push((req.body as { ids: string[] }).ids);
			res.json({});
		});
		this.server = await new Promise<Server>((resolve) => {
			const listening: Server = app.listen(0, '127.0.0.1', () => resolve(listening));
		});
	}

	async stop(): Promise<void> {
		this.server?.closeAllConnections();
		await new Promise((resolve) => this.server?.close(resolve) ?? resolve(undefined));
	}

	/** The node that tells it. */
	node(): INode {
		const { port } = this.server!.address() as AddressInfo;
		return nodeOf('Tell', 'n8n-nodes-base.httpRequest', {
			typeVersion: 4.2,
			parameters: {
				method: 'POST',
				url: `http://127.0.0.1:${port}/`,
				sendBody: true,
				specifyBody: 'json',
				jsonBody: '={{ { ids: ($json.messages ?? [$json]).map((one) => one.messageId) } }}',
			},
		});
	}

	counts(): Map<string, number> {
		const counts = new Map<string, number>();
		for (const id of this.given.flat()) counts.set(id, (counts.get(id) ?? 0) + 1);
		return counts;
	}
}

const part = (from: string, n: number): InboundText => ({
	id: `wamid.${from}.${n}`,
	from,
	text: `part ${n}`,
});

describe('messages that are sent in a row', () => {
	const shop = new Shop();
	let scenario: Scenario;

	beforeAll(async () => {
		await shop.start();
		scenario = await Scenario.start('burst');
	}, TIMEOUT_MS);

	afterAll(async () => {
		await scenario?.stop();
		await shop.stop();
	}, TIMEOUT_MS);

	const listen = async (options: IDataObject, ...behind: INode[]) => {
		const number = scenario.addNumber();
		const trigger = scenario.trigger(number, { options } as never);
		const workflowId = await scenario.activate(workflowOf('Listen', trigger, ...behind));
		return { number, workflowId, url: await scenario.callbackOf(number) };
	};

	it('cost a lone sentence no more than a second', async () => {
		const [joining, plain] = [await listen(JOIN), await listen({})];
		const timeOf = async ({ number, url }: typeof plain, from: string) => {
			const started = performance.now();
			const text = 'Where is my order 4711?';
			const { status } = await deliverTo(
				url,
				deliveryOf(number, [{ id: `lone.${from}`, from, text }]),
			);
			expect(status).toBe(200);
			return performance.now() - started;
		};
		const added: number[] = [];
		for (const from of contactNumbers(7, 4_915_300_000_000)) {
			const without = await timeOf(plain, from);
			added.push((await timeOf(joining, from)) - without);
		}
		const [, , , median] = added.sort((one, other) => one - other);
		recordFigure('burst_lone_added_ms', Math.round(median), 'ms');
		expect(median).toBeLessThanOrEqual(1_000);
	});

	it('start one run for five fragments within four seconds', async () => {
		const { number, url, workflowId } = await listen(JOIN);
		const answers: Array<Promise<{ status: number }>> = [];
		for (const n of [1, 2, 3, 4, 5]) {
			answers.push(deliverTo(url, deliveryOf(number, [part('4915300000100', n)])));
			await sleep(900);
		}
		for (const { status } of await Promise.all(answers)) expect(status).toBe(200);
		const executions = await allEnded(scenario, workflowId);
		recordFigure('burst_runs', executions.length, 'runs');
		expect(executions).toHaveLength(1);
		const [{ json }] = itemsOf(await scenario.client.getExecution(executions[0].id), 'Trigger');
		expect(json.text).toBe('part 1\npart 2\npart 3\npart 4\npart 5');
		expect(json.messages).toHaveLength(5);
	});

	it('start one run for an album of ten photos, with ten files', async () => {
		const count = code(
			'Count',
			'return [{ json: { files: Object.keys($input.first().binary ?? {}) } }];',
		);
		const { number, workflowId } = await listen({ ...JOIN, downloadMedia: true }, count);
		const sent = Array.from({ length: 10 }, async (_, n) => {
			const media = scenario.sim.addInboundMedia(Buffer.from(`photo ${n}`), 'image/jpeg');
			await sleep(n * 80);
			return await scenario.sim.writes({
				from: '4915300000200',
				to: number,
				message: { type: 'image', image: media },
			});
		});
		await Promise.all(sent);
		await scenario.sim.settled();
		const executions = await allEnded(scenario, workflowId);
		expect(executions).toHaveLength(1);
		const [{ json }] = itemsOf(await scenario.client.getExecution(executions[0].id), 'Count');
		expect(json.files).toHaveLength(10);
	});

	it(
		'come through a kill, each once',
		async () => {
			const { number, url, workflowId } = await listen(JOIN, shop.node());
			const contacts = contactNumbers(COUNT, 4_915_400_000_000);
			const statuses = new Map<string, number>();
			const send = async (message: InboundText) => {
				const status = await deliverTo(url, deliveryOf(number, [message])).then(
					(answer) => answer.status,
					() => 0,
				);
				statuses.set(message.id, status);
				return status;
			};
			const row = async (from: string) => {
				const parts = Array.from({ length: PARTS }, async (_, n) => {
					await sleep(n * 100);
					return await send(part(from, n + 1));
				});
				await Promise.all(parts);
			};
			let killed: Promise<unknown> | undefined;
			await inRows(contacts, async (from, index) => {
				if (index === contacts.length / 2) killed = scenario.server.kill();
				await row(from);
			});
			await killed;
			await scenario.server.start();
			const acknowledged = new Set(
				[...statuses].filter(([, status]) => status === 200).map(([id]) => id),
			);
			recordFigure('burst_acknowledged', acknowledged.size, 'messages');
			expect(acknowledged.size).toBeGreaterThan(0);
			expect(acknowledged.size).toBeLessThan(contacts.length * PARTS);

			// Meta delivers what was not acknowledged until it is.
			await inRows(contacts, async (from) => {
				const left = [1, 2, 3].map((n) => part(from, n)).filter(({ id }) => !acknowledged.has(id));
				for (let tries = 0; tries < 20; tries++) {
					const answers = await Promise.all(left.map(async (one) => await send(one)));
					if (answers.every((status) => status === 200)) return;
					await sleep(1_000);
				}
				throw new Error(`What ${from} wrote was never acknowledged`);
			});
			const cutShort = await cutShortIn(scenario, workflowId);
			const counts = shop.counts();
			const all = contacts.flatMap((from) => [1, 2, 3].map((n) => part(from, n).id));
			const doubled = all.filter((id) => (counts.get(id) ?? 0) > 1);
			const missed = all.filter((id) => !counts.has(id));
			const lost = missed.filter((id) => !cutShort.includes(id));
			recordFigure('burst_doubled', doubled.length, 'messages');
			recordFigure('burst_lost', lost.length, 'messages');
			recordFigure('burst_cut_short', missed.length - lost.length, 'messages');
			expect({ doubled, lost }).toEqual({ doubled: [], lost: [] });
			// A run that was cut short had been acknowledged: n8n shows it as crashed.
			for (const id of missed) expect(acknowledged).toContain(id);
			const runs = await countExecutions(scenario, workflowId);
			recordFigure('burst_runs_per_contact', runs / contacts.length, 'runs');
			expect(runs).toBeLessThan(contacts.length * 2);
		},
		TIMEOUT_MS,
	);
});

describeQueue('rows in queue mode, with the state in a table', () => {
	const shop = new Shop();
	let scenario: Scenario;

	beforeAll(async () => {
		await shop.start();
		scenario = await Scenario.start('burst-queue', { queue: { workers: 2, concurrency: 5 } });
		await scenario.keepStateInTable();
	}, TIMEOUT_MS);

	afterAll(async () => {
		await scenario?.stop();
		await shop.stop();
	}, TIMEOUT_MS);

	it(
		'each row is one run, and what comes again starts nothing',
		async () => {
			const number = scenario.addNumber();
			const trigger = scenario.trigger(number, { options: JOIN } as never);
			const workflowId = await scenario.activate(workflowOf('Listen', trigger, shop.node()));
			const url = await scenario.callbackOf(number);
			const contacts = contactNumbers(30, 4_915_500_000_000);
			const rows = async () =>
				await inRows(contacts, async (from) => {
					const answers = Array.from({ length: PARTS }, async (_, n) => {
						await sleep(n * 100);
						return await deliverTo(url, deliveryOf(number, [part(from, n + 1)]));
					});
					for (const { status } of await Promise.all(answers)) expect(status).toBe(200);
				});
			await rows();
			await allEnded(scenario, workflowId);
			await rows();
			await allEnded(scenario, workflowId);
			expect([...shop.counts().values()]).toEqual(Array(contacts.length * PARTS).fill(1));
			// On a slow machine a row may be torn apart.
			recordFigure('burst_queue_runs_per_contact', shop.given.length / contacts.length, 'runs');
			expect(shop.given.length).toBeLessThan(contacts.length * 1.5);
		},
		TIMEOUT_MS,
	);
});

/** Does one thing after the other, some at the same time. */
async function inRows(
	contacts: string[],
	work: (contact: string, index: number) => Promise<unknown>,
): Promise<void> {
	const left = contacts.entries();
	const takeTurns = async () => {
		for (const [index, contact] of left) await work(contact, index);
	};
	await Promise.all(Array.from({ length: AT_ONCE }, takeTurns));
}

/** The messages of runs that n8n held and did not end. */
async function cutShortIn(scenario: Scenario, workflowId: string): Promise<string[]> {
	await allEnded(scenario, workflowId, ({ startedAt, createdAt }) => {
		return Date.now() - Date.parse(startedAt ?? createdAt) > 60_000;
	});
	const unended = await scenario.client.listUnended(workflowId);
	const ended = await scenario.client.listExecutions(workflowId);
	const broken = [...unended, ...ended.filter(({ status }) => status !== 'success')];
	const found = await Promise.all(
		broken.map(async ({ id }) => {
			const { data } = await scenario.client.request<{ data: string }>(
				'GET',
				`/rest/executions/${id}`,
			);
			return data.match(/wamid\.\d+\.\d+/g) ?? [];
		}),
	);
	return [...new Set(found.flat())];
}
