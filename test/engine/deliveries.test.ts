import { setImmediate as nextTurn } from 'timers/promises';

import type { IDataObject, WorkflowExecuteMode } from 'n8n-workflow';

import {
	accountDelivery,
	batch,
	delivery,
	failedStatus,
	messageDelivery,
	status,
	textMessage,
} from '../unit/events/payloads';

import { itemsOf, type RunOptions } from './engine';
import {
	ACCOUNT_ID,
	AT,
	CONTACT,
	conversationOf,
	deliver,
	deliverText,
	HOUR,
	listener,
	MINUTE,
	setClock,
	triggered,
	useScene,
	windowOf,
} from './scene';

const DAY = 24 * HOUR;
const CONFIRMED = 'wamid.outbound';

const scene = useScene();

/** Epoch seconds as items show them. */
const iso = (at: number) => new Date(at * 1000).toISOString();

beforeEach(async () => {
	scene.engine.add(listener('wf', { events: ['message', 'status'] }));
	await scene.engine.activate('wf');
});

/** Everything that is in memory is gone, and comes back from the row. */
async function restart(): Promise<void> {
	await scene.engine.settled();
	scene.engine.restart();
}

describe('a delivery that was delayed', () => {
	it.each<[string, number, boolean, string]>([
		['five minutes', 5 * MINUTE, false, 'open'],
		['an hour', HOUR, true, 'open'],
		['almost a day', DAY - 2 * MINUTE, true, 'open'],
		['a day', DAY, true, 'closed'],
		['three days', 3 * DAY, true, 'closed'],
		['seven days', 7 * DAY, true, 'closed'],
	])('by %s starts one run, with the window of its own time', async (_by, age, late, state) => {
		setClock(age);
		for (let times = 0; times < 3; times++) {
			expect((await deliverText(scene.engine, 'wf', { timestamp: AT })).status).toBe(200);
		}
		await restart();
		expect((await deliverText(scene.engine, 'wf', { timestamp: AT })).status).toBe(200);

		const window = { state, openedAt: iso(AT), expiresAt: iso(AT + DAY - MINUTE) };
		expect(await triggered(scene.engine)).toMatchObject([
			{ timestamp: iso(AT), ageSeconds: age, late, window },
		]);
		expect(await windowOf(scene.engine, 'wf')).toMatchObject(window);
	});
});

describe('an event that is older than Meta repeats deliveries', () => {
	const OLD = 7 * DAY + 1;
	const STOP = textMessage({ timestamp: AT, body: 'STOP' });

	it('starts nothing, and is learned from', async () => {
		setClock(OLD);
		expect((await deliver(scene.engine, 'wf', messageDelivery(STOP))).status).toBe(200);
		expect(await triggered(scene.engine)).toEqual([]);
		expect(await conversationOf(scene.engine, 'wf')).toMatchObject({
			window: { state: 'closed', openedAt: iso(AT) },
			consent: { all: 'out' },
		});
	});

	it('starts the workflow when it was asked to', async () => {
		const options = { startForOld: true };
		scene.engine.add(listener('asked', { events: ['message'], options }));
		await scene.engine.activate('asked');
		setClock(OLD);
		await deliver(scene.engine, 'asked', messageDelivery(STOP));
		expect(await triggered(scene.engine)).toMatchObject([{ ageSeconds: OLD, text: 'STOP' }]);
	});
});

describe('a message from a clock that runs ahead', () => {
	const windowAfter = async (id: string) =>
		(await windowOf(scene.engine, id)) as { openedAt: string; state: string };

	it.each<[string, number, true | undefined]>([
		['two minutes', 2 * MINUTE, undefined],
		['an hour', HOUR, true],
		['years', 9_000 * DAY, true],
	])('by %s counts from its first arrival, however often it comes', async (_by, ahead, flag) => {
		const timestamp = AT + ahead;
		scene.engine.add(listener('other', { events: ['status'] }));
		await scene.engine.activate('other');
		for (const later of [0, MINUTE, HOUR, 3 * HOUR]) {
			setClock(later);
			for (const id of ['wf', 'other']) {
				expect((await deliverText(scene.engine, id, { timestamp })).status).toBe(200);
			}
		}
		expect(await windowAfter('wf')).toMatchObject({ openedAt: iso(AT) });
		const items = await triggered(scene.engine);
		expect(items).toMatchObject([{ timestamp: iso(AT) }]);
		expect(items[0].clockSkewed).toBe(flag);
	});

	it.each(['wf', 'other'])('counts so after a restart too, in %s', async (id) => {
		const timestamp = AT + 9_000 * DAY;
		scene.engine.add(listener('other', { events: ['status'] }));
		await scene.engine.activate('other');
		await deliverText(scene.engine, id, { timestamp });
		await restart();
		setClock(6 * HOUR);
		await deliverText(scene.engine, id, { timestamp });
		expect(await windowAfter(id)).toMatchObject({ openedAt: iso(AT) });
		setClock(DAY);
		await deliverText(scene.engine, id, { timestamp });
		expect(await windowAfter(id)).toMatchObject({ state: 'closed' });
	});

	it('counts from the first arrival when n8n failed to start a run then', async () => {
		scene.engine.storeExecution = async () => await Promise.reject(new Error('SQLITE_BUSY'));
		expect((await deliverText(scene.engine, 'wf', { timestamp: AT + HOUR })).status).toBe(500);
		scene.engine.storeExecution = async () => {};
		setClock(10 * MINUTE);
		expect((await deliverText(scene.engine, 'wf', { timestamp: AT + HOUR })).status).toBe(200);
		expect(await triggered(scene.engine)).toMatchObject([
			{ timestamp: iso(AT), window: { openedAt: iso(AT) } },
		]);
	});
});

describe('an account event', () => {
	const events = (time: number | undefined) =>
		accountDelivery({ automatic_events: [{ event_name: 'Purchase' }] }, 'automatic_events', time);
	const second = (body: ReturnType<typeof events>) => ({
		...body,
		entry: body.entry.map((entry) => ({ ...entry, id: 'second account' })),
	});

	it.each([
		['with a time', AT],
		['without a time', null as unknown as undefined],
	])('%s starts one run for each account, whenever it comes again', async (_what, time) => {
		scene.engine.add(listener('accounts', { events: ['account'] }));
		await scene.engine.activate('accounts');
		for (const later of [0, MINUTE, DAY]) {
			setClock(later);
			for (const body of [events(time), second(events(time))]) {
				expect((await deliver(scene.engine, 'accounts', body)).status).toBe(200);
			}
		}
		const accounts = (await triggered(scene.engine)).map(({ accountId }) => accountId);
		expect(accounts).toEqual([ACCOUNT_ID, 'second account']);
	});
});

describe('deliveries out of order', () => {
	const at = [0, -3 * HOUR, -26 * HOUR, 2 * MINUTE, -HOUR];

	it('each start a run, and the newest message alone counts', async () => {
		setClock(5 * MINUTE);
		for (const seconds of at) {
			await deliverText(scene.engine, 'wf', { id: `wamid.${seconds}`, timestamp: AT + seconds });
		}
		const items = await triggered(scene.engine);
		expect(items.map(({ messageId }) => messageId)).toEqual(
			at.map((seconds) => `wamid.${seconds}`),
		);
		const openedAt = (item: IDataObject) => (item.window as IDataObject).openedAt;
		expect(items.map(openedAt)).toEqual([0, 0, 0, 2 * MINUTE, 2 * MINUTE].map((s) => iso(AT + s)));
		await restart();
		expect(await windowOf(scene.engine, 'wf')).toMatchObject({ openedAt: iso(AT + 2 * MINUTE) });
	});

	it('of the statuses of a message each start one run', async () => {
		const states = ['read', 'delivered', 'sent', 'delivered', 'read', 'sent'];
		for (const state of states) {
			await deliver(scene.engine, 'wf', delivery({ statuses: [status({ status: state })] }));
		}
		const items = await triggered(scene.engine);
		expect(items.map((item) => item.status)).toEqual(['read', 'delivered', 'sent']);
	});

	it('of a refusal before the message that followed it leave the window open', async () => {
		setClock(5 * MINUTE);
		const refusal = failedStatus({ timestamp: AT + MINUTE });
		const reply = textMessage({ timestamp: AT + 2 * MINUTE });
		await deliver(scene.engine, 'wf', messageDelivery(reply));
		await deliver(scene.engine, 'wf', delivery({ statuses: [refusal] }));
		expect(await windowOf(scene.engine, 'wf')).toMatchObject({ state: 'open' });
		await restart();
		expect(await windowOf(scene.engine, 'wf')).toMatchObject({ state: 'open' });
	});
});

describe('one delivery', () => {
	it('with statuses before the messages that they are about starts one run with all', async () => {
		await deliver(
			scene.engine,
			'wf',
			batch(
				delivery({ statuses: [status({ status: 'delivered' }), status({ status: 'sent' })] }),
				messageDelivery(textMessage()),
			),
		);
		const [run, ...others] = await scene.engine.settled();
		expect(others).toEqual([]);
		const items = itemsOf(run, 'Trigger').map(({ json }) => json);
		expect(items).toMatchObject([
			{ event: 'status', status: 'delivered', messageId: CONFIRMED },
			{ event: 'status', status: 'sent', messageId: CONFIRMED },
			{ event: 'message', window: { state: 'open' } },
		]);
	});

	it('with 1,000 messages starts one run, and opens 1,000 windows', async () => {
		const phones = Array.from({ length: 1_000 }, (_none, n) => `1650556${1000 + n}`);
		const messages = phones.map((from) =>
			textMessage({ id: `wamid.${from}`, from, userId: undefined }),
		);
		for (let times = 0; times < 2; times++) {
			expect((await deliver(scene.engine, 'wf', delivery({ messages }))).status).toBe(200);
		}
		const items = await triggered(scene.engine);
		expect(items.map(({ phone }) => phone)).toEqual(phones.map((phone) => `+${phone}`));
		expect(scene.engine.executions).toHaveLength(1);

		await restart();
		const asked = phones.map((phone) => ({ json: { contact: `+${phone}` } }));
		const run = await scene.engine.run('wf', { startNode: 'Ask', items: asked });
		const states = itemsOf(run, 'Ask').map(({ json }) => (json.window as IDataObject).state);
		expect(states).toEqual(phones.map(() => 'open'));
	}, 30_000);
});

describe('a sender without patience', () => {
	/** Delivers, and hangs up as soon as n8n is about to store the execution. */
	const deliverAndHangUp = async (text = textMessage()) => {
		const sender = new AbortController();
		const storing = new Promise<void>((resolve) => {
			scene.engine.storeExecution = async () => {
				begun++;
				resolve();
				await stored;
			};
		});
		const answer = deliver(scene.engine, 'wf', messageDelivery(text), { signal: sender.signal });
		await storing;
		sender.abort();
		await expect(answer).rejects.toThrow('canceled');
	};
	/** n8n's database is stalled until one of these is called. */
	let store: () => void;
	let fail: (error: Error) => void;
	let stored: Promise<void>;
	/** How many executions n8n has begun to store. */
	let begun: number;

	beforeEach(() => {
		begun = 0;
		stored = new Promise((resolve, reject) => {
			store = resolve;
			fail = reject;
		});
	});

	const untilEnded = async (count: number) => {
		while (scene.engine.executions.length < count) await nextTurn();
		await scene.engine.settled();
	};
	const again = async () => (await deliverText(scene.engine, 'wf')).status;

	it('starts one run, however often it comes again while n8n is slow', async () => {
		await deliverAndHangUp();
		for (let times = 0; times < 3; times++) expect(await again()).toBe(503);
		store();
		await untilEnded(1);
		expect(await again()).toBe(200);
		expect(await triggered(scene.engine)).toHaveLength(1);
		await restart();
		expect(await again()).toBe(200);
		expect(await triggered(scene.engine)).toHaveLength(1);
	});

	it('starts a run when it comes again after n8n failed', async () => {
		await deliverAndHangUp();
		expect(await again()).toBe(503);
		fail(new Error('SQLITE_BUSY: database is locked'));
		scene.engine.storeExecution = async () => {};
		while ((await again()) === 503) await nextTurn();
		expect(await triggered(scene.engine)).toHaveLength(1);
	});

	it('is let in again when n8n never answers, and still starts one run', async () => {
		await deliverAndHangUp();
		setClock(15 * MINUTE);
		expect(await again()).toBe(503);
		setClock(15 * MINUTE + 1);
		const second = again();
		while (begun < 2) await nextTurn();
		store();
		expect(await second).toBe(200);
		await untilEnded(2);
		expect(await triggered(scene.engine)).toHaveLength(1);
	});
});

describe('a run that n8n begins of a delivery', () => {
	const first = async () => {
		await deliverText(scene.engine, 'wf');
		const [run] = await scene.engine.settled();
		return itemsOf(run, 'Trigger');
	};
	const passedOn = async (options: Omit<RunOptions, 'startNode'>) => {
		const run = await scene.engine.run('wf', { startNode: 'Trigger', ...options });
		return itemsOf(run, 'Trigger');
	};

	it.each<[string, WorkflowExecuteMode, string | undefined, number]>([
		['a second time passes nothing on', 'webhook', undefined, 0],
		['anew under the same ID passes the message on', 'webhook', '1', 1],
		['by the button Retry passes the message on', 'retry', undefined, 1],
	])('%s', async (_what, mode, executionId, count) => {
		const items = await first();
		expect(await passedOn({ items, mode, executionId, staticData: 'none' })).toHaveLength(count);
	});

	it('after a restart passes the message on, and what comes again then starts nothing', async () => {
		const items = await first();
		scene.engine.restart();
		const stored = { items, mode: 'webhook', staticData: 'none', executionId: '9' } as const;
		expect(await passedOn(stored)).toHaveLength(1);
		const begun = scene.engine.executions.length;
		expect((await deliverText(scene.engine, 'wf')).status).toBe(200);
		expect(scene.engine.executions).toHaveLength(begun);
	});

	it('passes on what no other run has, of several messages', async () => {
		const items = await first();
		const more = { json: { ...items[0].json, messageId: 'wamid.more' } };
		const passing = await passedOn({ items: [...items, more], mode: 'webhook' });
		expect(passing.map(({ json }) => json.messageId)).toEqual(['wamid.more']);
	});
});

describe('a message at the test address and at the production address', () => {
	const toTest = async () => {
		await scene.engine.listenForTest('wf');
		const answer = await deliver(scene.engine, 'wf', messageDelivery(textMessage()), {
			test: true,
		});
		expect(answer.status).toBe(200);
	};
	const toProduction = async () => {
		expect((await deliverText(scene.engine, 'wf')).status).toBe(200);
	};
	const modes = async () => {
		await scene.engine.settled();
		return scene.engine.executions.map(({ mode }) => mode);
	};

	it('starts a test although the active workflow has seen it', async () => {
		await toProduction();
		await toTest();
		expect(await modes()).toEqual(['webhook', 'manual']);
		expect(await conversationOf(scene.engine, 'wf', CONTACT)).toMatchObject({
			window: { state: 'open', openedAt: iso(AT) },
		});
	});

	it('of a test alone does not tell that the number is being watched', async () => {
		scene.engine.add(listener('tested'));
		await scene.engine.deactivate('wf');
		scene.engine.restart();
		await scene.engine.listenForTest('tested');
		await deliver(scene.engine, 'tested', messageDelivery(textMessage()), { test: true });
		await scene.engine.settled();
		setClock(DAY + HOUR);
		expect(await conversationOf(scene.engine, 'tested', '+4915999999999')).toMatchObject({
			watchedSince: null,
			window: { state: 'unknown' },
		});
	});

	it('starts every test and the active workflow once', async () => {
		for (let times = 0; times < 2; times++) {
			await toTest();
			await toProduction();
		}
		expect(await modes()).toEqual(['manual', 'webhook', 'manual']);
	});
});
