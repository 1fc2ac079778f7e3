import type { IDataObject, INode, IRun } from 'n8n-workflow';

import {
	delivery,
	failedStatus,
	messageDelivery,
	preference,
	textMessage,
} from '../unit/events/payloads';

import type { Engine } from './engine';
import { NodeProcess } from './nodeProcess';
import {
	AT,
	CONTACT,
	conversationOf,
	deliver,
	deliverText,
	HOUR,
	jumpClock,
	listener,
	listeningTrigger,
	sender,
	setClock,
	useScene,
	windowOf,
} from './scene';
import { nodeOf, workflowOf } from './workflows';

const scene = useScene();

/** A crowd; the end-to-end tests have larger ones. */
const COUNT = 60;
const CONTACTS = Array.from({ length: COUNT }, (_none, n) => `1650555${1000 + n}`);

/** Our trigger with a node behind it; 'Ask' is in the same workflow. */
function addWithNode(id: string, node: INode): void {
	const definition = workflowOf(id, listeningTrigger(id), node);
	definition.nodes.push(...listener(id).nodes.slice(1));
	scene.engine.add(definition);
}

/** All contacts write at the same time, or one after the other. */
async function allWrite(
	engine: Engine,
	workflowId: string,
	payloadOf: (phone: string) => unknown,
	atOnce = true,
): Promise<void> {
	const write = async (phone: string) => {
		const { status } = await deliver(engine, workflowId, payloadOf(phone));
		expect(status).toBe(200);
	};
	if (atOnce) await Promise.all(CONTACTS.map(write));
	else for (const phone of CONTACTS) await write(phone);
	await engine.settled();
}

const messageOf = (phone: string) =>
	messageDelivery(textMessage({ id: `wamid.${phone}`, from: phone, userId: undefined }));

/** How many of all contacts' windows the workflow knows as open. */
async function known(engine: Engine, workflowId: string): Promise<number> {
	const items = CONTACTS.map((phone) => ({ json: { contact: `+${phone}` } }));
	const run: IRun = await engine.run(workflowId, { startNode: 'Ask', items });
	const output = run.data.resultData.runData.Ask[0].data?.main[0] ?? [];
	return output.filter(({ json }) => (json.window as IDataObject).state === 'open').length;
}

const written = (engine: Engine, workflowId: string, list: string): number =>
	Object.keys(
		(engine.staticData(workflowId)?.global as Record<string, IDataObject> | undefined)?.[list] ??
			{},
	).length;

const WRITERS: Array<[string, string]> = [
	['a node that writes static data', 'test.writer'],
	['a Code node, which puts a copy of the whole back', 'test.code'],
];

describe.each([
	['at the same time', true],
	['one after the other', false],
])('when many contacts write %s', (_when, atOnce) => {
	it.each(WRITERS)('all windows are known, with %s behind the trigger', async (_what, type) => {
		addWithNode('wf', nodeOf('Writer', type, { parameters: { waitMs: 5 } }));
		await scene.engine.activate('wf');
		await allWrite(scene.engine, 'wf', messageOf, atOnce);
		const saved = scene.engine.staticData('wf') as IDataObject;
		expect(await known(scene.engine, 'wf')).toBe(COUNT);
		scene.engine.restart();
		scene.engine.setStaticData('wf', saved);
		expect(await known(scene.engine, 'wf')).toBe(COUNT);
	});

	it('what a naive trigger writes is lost, which shows that this is no easy n8n', async () => {
		const trigger = nodeOf('Trigger', 'test.naiveTrigger', { webhookId: 'hook-of-naive' });
		const writer = nodeOf('Writer', 'test.writer', { parameters: { waitMs: 5 } });
		scene.engine.add(workflowOf('naive', trigger, writer));
		await scene.engine.activate('naive');
		await allWrite(scene.engine, 'naive', (phone) => ({ key: phone }), atOnce);
		// Measured in a real n8n 2.41.1: 0 or 1 of 200.
		expect(written(scene.engine, 'naive', 'seen')).toBeLessThan(5);
	});
});

it('knows all windows from deliveries that start nothing', async () => {
	scene.engine.add(listener('wf', { events: ['account'] }));
	await scene.engine.activate('wf');
	await allWrite(scene.engine, 'wf', messageOf);
	expect(scene.engine.executions).toHaveLength(0);
	scene.engine.restart();
	expect(await known(scene.engine, 'wf')).toBe(COUNT);
});

it('knows all windows in every workflow of the number, each after a restart from its own row', async () => {
	for (const id of ['one', 'two']) {
		scene.engine.add(listener(id));
		await scene.engine.activate(id);
	}
	const half = CONTACTS.length / 2;
	await Promise.all(
		CONTACTS.map(async (phone, n) => {
			await deliver(scene.engine, n < half ? 'one' : 'two', messageOf(phone));
		}),
	);
	await scene.engine.settled();
	scene.engine.restart();
	expect(await known(scene.engine, 'one')).toBeGreaterThanOrEqual(half);
	await known(scene.engine, 'two');
	expect(await known(scene.engine, 'one')).toBe(COUNT);
});

it('keeps what other nodes write into the same static data', async () => {
	addWithNode('wf', nodeOf('Writer', 'test.writer', { parameters: { waitMs: 0 } }));
	await scene.engine.activate('wf');
	for (const phone of CONTACTS.slice(0, 20)) {
		await deliver(scene.engine, 'wf', messageOf(phone));
		await scene.engine.settled();
	}
	expect(written(scene.engine, 'wf', 'written')).toBe(20);
});

describe('the row', () => {
	it('is written by few of many executions that overlap, and holds what all of them learned', async () => {
		const { engine } = scene;
		addWithNode('listen', nodeOf('Pause', 'test.pause', { parameters: { waitMs: 50 } }));
		await engine.activate('listen');
		await allWrite(engine, 'listen', messageOf);
		expect(engine.writes('listen')).toBeLessThan(CONTACTS.length / 2);
		engine.restart();
		expect(await known(engine, 'listen')).toBe(CONTACTS.length);
	});

	it('is written by every execution that nobody overlaps', async () => {
		const { engine } = scene;
		engine.add(listener('listen'));
		await engine.activate('listen');
		const before = engine.writes('listen');
		await allWrite(engine, 'listen', messageOf, false);
		expect(engine.writes('listen') - before).toBe(CONTACTS.length);
	});

	it.each([
		['that told of a window', 'Hello', 0],
		['that told of consent', 'STOP', 1],
	])('is left to quick runs under way, but not by one %s: %s', async (_what, text, writes) => {
		const { engine } = scene;
		const waitMs = "={{ $json.text === 'slow' ? 1000 : 0 }}";
		addWithNode('listen', nodeOf('Pause', 'test.pause', { parameters: { waitMs } }));
		await engine.activate('listen');
		const write = async (phone: string, body: string) => {
			const message = textMessage({ id: `wamid.${phone}`, from: phone, userId: undefined, body });
			await deliver(engine, 'listen', messageDelivery(message));
			return engine.executions[engine.executions.length - 1];
		};
		for (const phone of CONTACTS.slice(0, 16)) await (await write(phone, 'Hello')).run;
		for (const phone of CONTACTS.slice(16, 18)) await write(phone, 'slow');
		const before = engine.writes('listen');
		await (
			await write(CONTACTS[18], text)
		).run;
		expect(engine.writes('listen') - before).toBe(writes);
		await engine.settled();
		expect(engine.writes('listen')).toBeGreaterThan(before);
		engine.restart();
		expect(await known(engine, 'listen')).toBe(19);
	});

	it('takes little room for each contact', async () => {
		scene.engine.add(listener('wf', { events: ['account'] }));
		await scene.engine.activate('wf');
		await allWrite(scene.engine, 'wf', messageOf);
		const { global } = scene.engine.staticData('wf') as IDataObject;
		const { whatsAppConversations } = global as IDataObject;
		const { notes, ...rest } = whatsAppConversations as IDataObject;
		expect(JSON.stringify(rest).length).toBeLessThan(COUNT * 24 + 300);
		// Those of the latest contacts alone.
		expect(JSON.stringify(notes).length).toBeLessThan(COUNT * 45);
	});

	it('is not written by a run that only asks, once it has its copy', async () => {
		scene.engine.add(listener('wf'));
		await scene.engine.activate('wf');
		await deliverText(scene.engine, 'wf');
		await scene.engine.settled();
		const saved = scene.engine.staticData('wf');
		scene.engine.setStaticData('wf', { ...saved, marker: true });
		await windowOf(scene.engine, 'wf');
		expect(scene.engine.staticData('wf')).toHaveProperty('marker');
	});

	it('that is damaged is no reason to fail', async () => {
		scene.engine.add(listener('wf'));
		await scene.engine.activate('wf');
		for (const damaged of [
			null,
			7,
			'text',
			[],
			{ numbers: null },
			{ numbers: { '106540352242922': 'garbage' }, seen: 'x:y;;', registrations: null },
			{ numbers: { '106540352242922': '1.a.1.z~AAAA~,,;x' } },
		]) {
			scene.engine.restart();
			scene.engine.setStaticData('wf', {
				global: { whatsAppConversations: damaged } as unknown as IDataObject,
			});
			const id = `wamid.${JSON.stringify(damaged)}`;
			expect((await deliverText(scene.engine, 'wf', { id })).status).toBe(200);
			await scene.engine.settled();
			expect(await windowOf(scene.engine, 'wf')).toMatchObject({ state: 'open' });
		}
	});

	it('survives the renaming of the trigger', async () => {
		const definition = listener('wf');
		scene.engine.add(definition);
		await scene.engine.activate('wf');
		await deliverText(scene.engine, 'wf');
		await scene.engine.settled();
		await scene.engine.deactivate('wf');
		definition.nodes[0].name = 'Messages';
		scene.engine.restart();
		await scene.engine.activate('wf');
		expect(await windowOf(scene.engine, 'wf')).toMatchObject({ state: 'open' });
		expect((await deliverText(scene.engine, 'wf')).status).toBe(200);
		expect(scene.engine.executions.filter(({ mode }) => mode === 'webhook')).toHaveLength(1);
	});

	it('is not wiped when n8n repeats an execution with its original workflow', async () => {
		addWithNode('wf', nodeOf('Writer', 'test.writer', { parameters: { waitMs: 0 } }));
		await scene.engine.activate('wf');
		await allWrite(scene.engine, 'wf', messageOf);
		const items = [{ json: { contact: CONTACT } }];
		await scene.engine.run('wf', { startNode: 'Trigger', items, staticData: 'none' });
		scene.engine.restart();
		expect(await known(scene.engine, 'wf')).toBe(COUNT);
	});

	it('is put right by the next delivery after a worker has overwritten it', async () => {
		addWithNode('wf', nodeOf('Writer', 'test.writer', { parameters: { waitMs: 0 } }));
		await scene.engine.activate('wf');
		await deliverText(scene.engine, 'wf');
		await scene.engine.settled();

		scene.engine.worker = new NodeProcess();
		// A waiting execution goes on in the worker: this one has loaded the row.
		await scene.engine.run('wf', {
			startNode: 'Ask',
			items: [{ json: { contact: CONTACT } }],
			staticData: 'row',
		});
		await allWrite(scene.engine, 'wf', messageOf);
		await deliver(
			scene.engine,
			'wf',
			delivery({ statuses: [failedStatus({ recipient: '4915112345678' })] }),
		);
		scene.engine.restart();
		scene.engine.worker = undefined;
		expect(await known(scene.engine, 'wf')).toBe(COUNT);
		expect(await windowOf(scene.engine, 'wf')).toMatchObject({ state: 'open' });
	});
});

/** What a later run or delivery does, by which what was refused has to get into a row. */
const LATER: Array<[string, string, (engine: Engine) => Promise<unknown>]> = [
	['a run of the same workflow', 'listen', async (engine) => await windowOf(engine, 'listen')],
	[
		'a run of another workflow of the number',
		'order',
		async (engine) => await windowOf(engine, 'order'),
	],
	[
		'a delivery that comes again',
		'listen',
		async (engine) => await deliverText(engine, 'listen', { id: 'wamid.first' }),
	],
	[
		'a message of somebody else',
		'listen',
		async (engine) =>
			await deliverText(engine, 'listen', {
				id: 'wamid.other',
				from: '16505550001',
				userId: undefined,
			}),
	],
];

/** The ways in which somebody says no. */
const REFUSALS: Array<[string, (engine: Engine) => Promise<unknown>]> = [
	['a message', async (engine) => await deliverText(engine, 'listen', { body: 'STOP' })],
	[
		'a delivery that starts nothing',
		async (engine) =>
			await deliver(
				engine,
				'listen',
				delivery({ user_preferences: [preference('stop')] }, 'user_preferences'),
			),
	],
	[
		'a node',
		async (engine) => await engine.run('record', { items: [{ json: { contact: CONTACT } }] }),
	],
];

describe.each(REFUSALS)(
	'when the database refuses to save the no that came by %s',
	(_what, refuse) => {
		const order = (id: string) =>
			sender(id, { resource: 'conversation', operation: 'get', contact: CONTACT });
		const REFUSED = /^(out|stopped)$/;
		const marketing = async (workflowId: string) => {
			const { consent } = await conversationOf(scene.engine, workflowId);
			return (consent as IDataObject).marketing;
		};

		beforeEach(async () => {
			const { engine } = scene;
			engine.add(listener('listen'));
			engine.add(order('order'));
			engine.add(
				sender('record', {
					resource: 'conversation',
					operation: 'recordConsent',
					contact: CONTACT,
					state: 'opted_out',
					evidence: 'A letter',
				}),
			);
			await engine.activate('listen');
			await deliverText(engine, 'listen', { id: 'wamid.first' });
			await engine.settled();
			for (const id of ['order', 'record']) await windowOf(engine, id);
			engine.refusesSaves = true;
			await refuse(engine);
			await engine.settled();
			expect(await marketing('listen')).toMatch(REFUSED);
			engine.refusesSaves = false;
		});

		it.each(LATER)('it is in the row after %s (%s)', async (_later, workflowId, act) => {
			await act(scene.engine);
			await scene.engine.settled();
			scene.engine.restart();
			expect(await marketing(workflowId)).toMatch(REFUSED);
		});

		it.each(LATER)(
			'and refuses again, it is there after the second time: %s (%s)',
			async (_later, workflowId, act) => {
				const { engine } = scene;
				engine.refusesSaves = true;
				for (let n = 0; n < 3; n++) await windowOf(engine, workflowId);
				engine.refusesSaves = false;
				await act(engine);
				await engine.settled();
				engine.restart();
				expect(await marketing(workflowId)).toMatch(REFUSED);
			},
		);

		it('every workflow of the number saves it once, and no more', async () => {
			const { engine } = scene;
			const count = () => ['listen', 'order'].map((id) => engine.writes(id));
			const before = count();
			for (let n = 0; n < 4; n++) for (const id of ['listen', 'order']) await windowOf(engine, id);
			expect(count().map((writes, index) => writes - before[index])).toEqual([1, 1]);
		});
	},
);

describe('with time', () => {
	const weeks = (count: number) => count * 7 * 24 * HOUR;
	const rowSize = () => JSON.stringify(scene.engine.staticData('wf')).length;

	beforeEach(async () => {
		scene.engine.add(listener('wf'));
		await scene.engine.activate('wf');
	});

	it('windows that have long been over leave the row', async () => {
		await allWrite(scene.engine, 'wf', messageOf);
		const before = rowSize();
		// Nothing is forgotten by a time that the clock shows for the first time.
		for (const later of [weeks(2), weeks(2) + HOUR]) {
			setClock(later);
			await deliverText(scene.engine, 'wf', { id: `wamid.${later}`, timestamp: AT + later });
			await scene.engine.settled();
		}
		// A contact whose phone number alone is known takes thirteen bytes.
		expect(rowSize()).toBeLessThan(before - COUNT * 13);
	});

	it('nothing is lost by a clock that is weeks ahead for a moment, and saving goes on', async () => {
		const { engine } = scene;
		await allWrite(engine, 'wf', messageOf);
		for (const minute of [1, 2, 3]) {
			jumpClock(weeks(3) + minute * 60);
			await deliverText(engine, 'wf', { id: `wamid.ahead.${minute}`, from: '16505550001' });
			await engine.settled();
		}
		jumpClock(4 * 60);
		const stop = { id: 'wamid.stop', from: '16505550002', userId: undefined, body: 'STOP' };
		await deliverText(engine, 'wf', stop);
		await deliverText(engine, 'wf', { id: 'wamid.after', from: '16505550003', userId: undefined });
		await engine.settled();
		engine.restart();
		expect(await known(engine, 'wf')).toBe(COUNT);
		expect(await windowOf(engine, 'wf', '+16505550003')).toMatchObject({ state: 'open' });
		expect((await conversationOf(engine, 'wf', '+16505550002')).consent).toMatchObject({
			marketing: 'out',
		});
		const runs = engine.executions.filter(({ mode }) => mode === 'webhook').length;
		expect((await deliver(engine, 'wf', messageOf(CONTACTS[0]))).status).toBe(200);
		await engine.settled();
		expect(engine.executions.filter(({ mode }) => mode === 'webhook')).toHaveLength(runs);
	});

	it('consent stays', async () => {
		const stop = delivery({ user_preferences: [preference('stop')] }, 'user_preferences');
		await deliver(scene.engine, 'wf', stop);
		setClock(weeks(60));
		await deliverText(scene.engine, 'wf', { from: '4915112345678', userId: undefined });
		await scene.engine.settled();
		scene.engine.restart();
		expect(await conversationOf(scene.engine, 'wf')).toMatchObject({
			consent: { marketing: 'stopped' },
		});
	});

	it('a window that was closed yesterday is closed, not unknown', async () => {
		await deliverText(scene.engine, 'wf');
		await scene.engine.settled();
		setClock(48 * HOUR);
		scene.engine.restart();
		expect(await windowOf(scene.engine, 'wf')).toMatchObject({
			state: 'closed',
			openedAt: '2026-11-20T12:00:00.000Z',
		});
	});
});
