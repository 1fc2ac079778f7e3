import type { Request, Response } from 'express';
import type { IDataObject, INode, INodeParameters, IRun } from 'n8n-workflow';

import { COLUMNS, NEEDED_COLUMNS } from '../../nodes/core/state/table/tableRow';
import { DataTableServer } from '../dataTables/server';
import {
	failedStatus,
	messageDelivery,
	preference,
	delivery as deliveryOf,
	textMessage,
} from '../unit/events/payloads';

import { CREDENTIALS, itemsOf } from './engine';
import { NodeProcess } from './nodeProcess';
import {
	AT,
	CONTACT,
	CONTACT_PHONE,
	deliver,
	deliverText,
	HOUR,
	listener,
	MINUTE,
	NUMBER_ID,
	send,
	sender,
	setClock,
	triggered,
	useScene,
} from './scene';
import { chosen, SEND_TYPE, TRIGGER_TYPE } from './workflows';

const TABLE_CREDENTIAL = 'n8nDataTableApi';
const NAME = 'WhatsApp Conversations';
const credentials: INode['credentials'] = {
	...CREDENTIALS,
	[TABLE_CREDENTIAL]: { id: '2', name: 'Data tables' },
};

const scene = useScene();
let server: DataTableServer;
let tableId: string;

beforeEach(async () => {
	server = await DataTableServer.start();
	tableId = server.tables.add(NAME, COLUMNS);
	scene.engine.credential[TABLE_CREDENTIAL] = { baseUrl: `${server.url}/`, apiKey: 'the-key' };
});

afterEach(async () => {
	await scene.engine.settled();
	await server.stop();
});

const inTable = (): INodeParameters => ({ stateStore: 'dataTable', stateTable: chosen(tableId) });

/** Adds an active workflow that our trigger starts and that keeps its state in the table. */
async function listen(id = 'wf', parameters: INodeParameters = {}): Promise<void> {
	const definition = listener(id, { ...inTable(), ...parameters });
	for (const node of definition.nodes) {
		node.credentials = credentials;
		if (node.type === SEND_TYPE) node.parameters = { ...node.parameters, ...inTable() };
	}
	scene.engine.add(definition);
	await scene.engine.activate(id);
}

/** Runs our node once in a workflow of its own, with the table. */
async function withTable(parameters: INodeParameters, node: Partial<INode> = {}) {
	return await send(scene, { ...inTable(), ...parameters }, { node: { credentials, ...node } });
}

/** What n8n answers while it starts. */
const restarting = (_req: Request, res: Response) =>
	void res.status(503).json({ message: 'Restarting' });

const text = { messageType: 'text', text: 'Hello' };
const aboutContact = { resource: 'conversation', contact: '={{ $json.contact }}' };
const rows = () => server.tables.rows(tableId);
const hintsOf = (run: IRun, node: string) =>
	(run.data.resultData.runData[node]?.[0]?.hints ?? []).map(({ message }) => message);

/** Another process of n8n runs the executions, and gets no static data. */
const useWorker = () => void (scene.engine.worker = new NodeProcess());

describe('the operation Create State Table', () => {
	const create = async (tableName: string) =>
		await withTable({ resource: 'conversation', operation: 'createTable', tableName });

	it('creates the table that the other nodes take', async () => {
		const { items } = await create('Mine');
		expect(items).toEqual([{ id: expect.any(String), name: 'Mine', created: true }]);
		tableId = String(items[0].id);
		await listen();
		await deliverText(scene.engine, 'wf');
		await triggered(scene.engine);
		expect(rows()).toHaveLength(1);
	});

	it('returns a table of this name that has the columns', async () => {
		expect((await create(NAME)).items).toEqual([{ id: tableId, name: NAME, created: false }]);
	});

	it('returns one of an older version, which lacks what people may do without', async () => {
		const old = server.tables.add('Old', NEEDED_COLUMNS);
		expect((await create('Old')).items).toEqual([{ id: old, name: 'Old', created: false }]);
	});

	it('names the columns that a table of this name lacks', async () => {
		server.tables.add('Old', [...COLUMNS.slice(3), { name: 'contact', type: 'number' }]);
		const { error } = await create('Old');
		expect(error?.message).toMatch(/contact \(string\), name \(string\), phone \(string\)/);
	});

	it.each(['memory', undefined])(
		'needs no setting beside the credential: %s',
		async (stateStore) => {
			const parameters = { resource: 'conversation', operation: 'createTable', tableName: NAME };
			const { items } = await withTable({
				...parameters,
				...{ stateStore, stateTable: undefined },
			});
			expect(items).toEqual([{ id: tableId, name: NAME, created: false }]);
		},
	);

	it('says that the credential is needed', async () => {
		const parameters = { resource: 'conversation', operation: 'createTable', tableName: NAME };
		const { error } = await withTable(parameters, { credentials: CREDENTIALS });
		expect(error?.message).toMatch(/'Credential for the n8n Data Table API' is not chosen/);
	});

	it('says that the key is wrong', async () => {
		scene.engine.credential[TABLE_CREDENTIAL] = { baseUrl: server.url, apiKey: 'old' };
		const { error } = await create('Mine');
		expect(error?.message).toMatch(/does not accept the API key/);
		expect(error?.description).toMatch(/Settings → n8n API/);
	});
});

it.each([SEND_TYPE, TRIGGER_TYPE])('%s offers the tables in a list', async (type) => {
	server.tables.add('Orders', []);
	const search = async (filter?: string) =>
		(
			await scene.engine.listSearch(type, 'searchStateTables', {
				parameters: { resource: 'message', operation: 'send', ...inTable() },
				filter,
				credentials,
			})
		).results;
	expect(await search()).toHaveLength(2);
	expect(await search('whats')).toEqual([{ name: NAME, value: tableId }]);
});

/** Requests reach their limit twenty times as early, until the end of the test. */
const hurry = () => {
	const timeout = AbortSignal.timeout.bind(AbortSignal);
	jest.spyOn(AbortSignal, 'timeout').mockImplementation((limitMs) => timeout(limitMs / 20));
};

afterEach(() => jest.restoreAllMocks());

describe('the trigger', () => {
	it('writes a row that people can read', async () => {
		await listen();
		await deliverText(scene.engine, 'wf');
		await triggered(scene.engine);
		expect(rows()).toEqual([
			expect.objectContaining({
				phone: CONTACT,
				businessNumberId: NUMBER_ID,
				lastMessageAt: new Date(AT * 1000).toISOString(),
				name: expect.stringMatching(/\w+/),
			}),
		]);
	});

	it('stores before its answer what starts nothing', async () => {
		await listen();
		await deliver(scene.engine, 'wf', deliveryOf({ statuses: [failedStatus()] }));
		expect(rows()).toEqual([
			expect.objectContaining({ refusedAt: new Date(AT * 1000).toISOString() }),
		]);
	});

	it('stores on a worker what started it, and before that what the item does not tell', async () => {
		await listen('wf', { events: ['message', 'consent'] });
		useWorker();
		await deliver(
			scene.engine,
			'wf',
			deliveryOf({ user_preferences: [preference('stop')] }, 'user_preferences'),
		);
		await deliverText(scene.engine, 'wf');
		await triggered(scene.engine);
		expect(rows()).toEqual([
			expect.objectContaining({
				consent: 'marketing: stopped',
				lastMessageAt: new Date(AT * 1000).toISOString(),
			}),
		]);
	});

	it('knows a repetition of what another process has seen', async () => {
		await listen();
		await deliverText(scene.engine, 'wf', { id: 'wamid.1' });
		await triggered(scene.engine);
		scene.engine.restart();
		scene.engine.setStaticData('wf', {});
		await deliverText(scene.engine, 'wf', { id: 'wamid.1' });
		await deliverText(scene.engine, 'wf', { id: 'wamid.2' });
		expect((await triggered(scene.engine)).map(({ messageId }) => messageId)).toEqual([
			'wamid.1',
			'wamid.2',
		]);
	});

	it.each<[string, string | undefined, number]>([
		['nothing on of what another worker has passed on', undefined, 0],
		['on what another worker had begun, when n8n begins the same run anew', '1', 1],
	])('passes %s', async (_what, executionId, count) => {
		await listen();
		useWorker();
		await deliverText(scene.engine, 'wf');
		const [first] = await scene.engine.settled();
		useWorker();
		const run = await scene.engine.run('wf', {
			startNode: 'Trigger',
			items: itemsOf(first, 'Trigger'),
			mode: 'webhook',
			executionId,
		});
		expect(itemsOf(run, 'Trigger')).toHaveLength(count);
	});

	it('delivers the message when the table is gone, and says so', async () => {
		await listen();
		server.tables.drop(tableId);
		expect(await deliverText(scene.engine, 'wf')).toMatchObject({ status: 200 });
		const [run] = await scene.engine.settled();
		expect(itemsOf(run, 'Trigger')[0].json).toMatchObject({ window: { state: 'open' } });
		expect(hintsOf(run, 'Trigger')).toEqual([
			expect.stringMatching(/no data table with the ID .*Create State Table/),
		]);
	});

	it('writes later what it could not write', async () => {
		await listen();
		server.instead = restarting;
		await deliverText(scene.engine, 'wf', { id: 'wamid.1' });
		await triggered(scene.engine);
		server.instead = undefined;
		await deliver(
			scene.engine,
			'wf',
			messageDelivery(textMessage({ id: 'wamid.2', from: '4915100000001', userId: '' })),
		);
		await triggered(scene.engine);
		expect(rows().map(({ phone }) => phone)).toContain(CONTACT);
		expect(rows()).toHaveLength(2);
	});

	it('waits three minutes for a table that does not answer, then goes on without it', async () => {
		await listen();
		hurry();
		server.instead = 'hang';
		expect(await deliverText(scene.engine, 'wf')).toMatchObject({ status: 503 });
		expect(await scene.engine.settled()).toEqual([]);
		setClock(3 * MINUTE + 1);
		expect(await deliverText(scene.engine, 'wf')).toMatchObject({ status: 200 });
		const [run] = await scene.engine.settled();
		expect(itemsOf(run, 'Trigger')).toHaveLength(1);
		expect(hintsOf(run, 'Trigger')).toEqual([expect.stringContaining('did not answer in time')]);
	}, 30_000);

	it('goes on without a table that is slow, and was there a moment ago', async () => {
		await listen();
		hurry();
		await deliverText(scene.engine, 'wf', { id: 'wamid.1' });
		await triggered(scene.engine);
		server.instead = 'hang';
		expect(await deliverText(scene.engine, 'wf', { id: 'wamid.2' })).toMatchObject({ status: 200 });
		expect(await triggered(scene.engine)).toHaveLength(2);
	}, 30_000);

	it('goes on without a table of an n8n that is too busy, and was there a moment ago', async () => {
		await listen();
		await deliverText(scene.engine, 'wf', { id: 'wamid.1' });
		await triggered(scene.engine);
		server.instead = (_req, res) => void res.status(429).json({ message: 'Too many requests' });
		expect(await deliverText(scene.engine, 'wf', { id: 'wamid.2' })).toMatchObject({ status: 200 });
		expect(await triggered(scene.engine)).toHaveLength(2);
	});

	it('waits anew when the table was there meanwhile', async () => {
		await listen();
		server.instead = restarting;
		expect(await deliverText(scene.engine, 'wf', { id: 'wamid.1' })).toMatchObject({ status: 503 });
		server.instead = undefined;
		expect(await deliverText(scene.engine, 'wf', { id: 'wamid.1' })).toMatchObject({ status: 200 });
		setClock(4 * MINUTE);
		server.instead = restarting;
		expect(await deliverText(scene.engine, 'wf', { id: 'wamid.2' })).toMatchObject({ status: 503 });
		server.instead = undefined;
		expect(await deliverText(scene.engine, 'wf', { id: 'wamid.2' })).toMatchObject({ status: 200 });
		expect((await triggered(scene.engine)).map(({ messageId }) => messageId)).toEqual([
			'wamid.1',
			'wamid.2',
		]);
	});

	it('takes what answers no question, and a test in the editor, without the table', async () => {
		await listen('wf', { events: ['message', 'status'] });
		server.instead = restarting;
		const failed = deliveryOf({ statuses: [failedStatus()] });
		expect(await deliver(scene.engine, 'wf', failed)).toMatchObject({ status: 200 });
		await scene.engine.settled();
		expect(await deliverText(scene.engine, 'wf', { body: 'STOP' })).toMatchObject({ status: 200 });
		await scene.engine.listenForTest('wf');
		const written = messageDelivery(textMessage({ id: 'wamid.test' }));
		expect(await deliver(scene.engine, 'wf', written, { test: true })).toMatchObject({
			status: 200,
		});
		expect((await triggered(scene.engine)).map(({ event }) => event)).toEqual([
			'status',
			'message',
			'message',
		]);
	});
});

describe('a question in free text', () => {
	beforeEach(async () => {
		await listen();
		await deliverText(scene.engine, 'wf', { id: 'wamid.1' });
		await triggered(scene.engine);
	});

	/** Puts the question, and waits until its run waits. */
	const ask = async () => {
		const shop = sender('shop', {
			...inTable(),
			resource: 'message',
			operation: 'sendAndWait',
			message: 'Where to?',
			responseType: 'freeText',
		});
		for (const node of shop.nodes) node.credentials = credentials;
		scene.engine.add(shop);
		const { status } = await scene.engine.run('shop', { items: [{ json: { contact: CONTACT } }] });
		expect(status).toBe('waiting');
	};
	const answer = { id: 'wamid.2', body: 'To the neighbour', timestamp: AT + 5 };

	it('gets its answer when the process that gets it can read the table again', async () => {
		await ask();
		scene.engine.restart();
		setClock(5);
		server.instead = restarting;
		expect(await deliverText(scene.engine, 'wf', answer)).toMatchObject({ status: 503 });
		server.instead = undefined;
		expect(await deliverText(scene.engine, 'wf', answer)).toMatchObject({ status: 200 });
		expect([...scene.engine.waiting.keys()]).toEqual([]);
		expect((await triggered(scene.engine)).map(({ messageId }) => messageId)).toEqual(['wamid.1']);
	});

	it('gets its answer although another run, which has ended since, reached the table last', async () => {
		scene.simulator.meanwhile('/messages', async () => {
			await withTable({ ...aboutContact, operation: 'get' });
		});
		await ask();
		scene.engine.restart();
		setClock(5);
		expect(await deliverText(scene.engine, 'wf', answer)).toMatchObject({ status: 200 });
		expect([...scene.engine.waiting.keys()]).toEqual([]);
	});

	it('gets its answer although the table was away for a moment when it was put', async () => {
		scene.simulator.meanwhile('/messages', () => {
			server.instead = restarting;
			setTimeout(() => (server.instead = undefined), 500);
		});
		await ask();
		// Whatever process had put it, has ended.
		scene.engine.restart();
		setClock(5);
		expect(await deliverText(scene.engine, 'wf', answer)).toMatchObject({ status: 200 });
		expect([...scene.engine.waiting.keys()]).toEqual([]);
	});
});

it('a key that was changed counts at once in the editor, and soon everywhere', async () => {
	await listen();
	const credential = scene.engine.credential[TABLE_CREDENTIAL] as IDataObject;
	const keys = () => server.tables.requests.map(({ key }) => key);
	await deliverText(scene.engine, 'wf', { id: 'wamid.1' });
	await triggered(scene.engine);
	scene.engine.credential[TABLE_CREDENTIAL] = { ...credential, apiKey: 'the-second-key' };
	setClock(11);
	await deliverText(scene.engine, 'wf', { id: 'wamid.2' });
	await triggered(scene.engine);
	expect(keys().at(-1)).toBe('the-second-key');
	scene.engine.credential[TABLE_CREDENTIAL] = { ...credential, apiKey: 'the-third-key' };
	const list = scene.engine.listSearch(SEND_TYPE, 'searchStateTables', { credentials });
	await expect(list).rejects.toThrow('does not accept the API key');
	expect(keys().at(-1)).toBe('the-third-key');
});

it('a message waits for a busy table where questions are put at the number', async () => {
	await listen();
	await deliverText(scene.engine, 'wf', { id: 'wamid.1' });
	await triggered(scene.engine);
	const question = { ...inTable(), operation: 'sendAndWait', message: 'Where to?' };
	await withTable({ ...question, resource: 'message', responseType: 'freeText' });
	setClock(5);
	server.instead = (_req, res) => void res.status(429).json({ message: 'Too many requests' });
	expect(await deliverText(scene.engine, 'wf', { id: 'wamid.2' })).toMatchObject({ status: 503 });
	server.instead = undefined;
	expect(await deliverText(scene.engine, 'wf', { id: 'wamid.2' })).toMatchObject({ status: 200 });
	expect(await triggered(scene.engine)).toHaveLength(1);
});

describe('the node', () => {
	beforeEach(async () => {
		await listen();
		await deliverText(scene.engine, 'wf');
		await triggered(scene.engine);
	});

	it('decides by the table in a process that has received nothing', async () => {
		useWorker();
		const { items } = await withTable(text);
		expect(items[0]).toMatchObject({ sentAs: 'freeForm', decision: { reason: 'windowOpen' } });
	});

	it('reads anew each time, because another process may know more', async () => {
		useWorker();
		await withTable(text);
		scene.engine.worker = undefined;
		setClock(10);
		await triggered(scene.engine);
		await deliver(scene.engine, 'wf', deliveryOf({ statuses: [failedStatus()] }));
		expect(rows()[0].refusedAt).not.toBeNull();
		useWorker();
		const { error } = await withTable(text);
		expect(error?.message).toMatch(/refused a free-form message/);
	});

	it('takes a contact without a row for unknown, however long it has been there', async () => {
		setClock(48 * HOUR);
		const { items } = await send(
			scene,
			{ ...inTable(), ...aboutContact, operation: 'get', simplify: false },
			{ node: { credentials }, items: [{ json: { contact: '+4915100000009' } }] },
		);
		expect(items[0]).toMatchObject({ window: { state: 'unknown' }, watchedSince: null });
	});

	it('records consent for all processes', async () => {
		await withTable({
			...aboutContact,
			operation: 'recordConsent',
			state: 'opted_in',
			evidence: 'order 4711',
			options: { at: '={{ $now }}' },
		});
		expect(rows()).toEqual([expect.objectContaining({ consent: 'marketing: opted in' })]);
		useWorker();
		const { items } = await withTable({ ...aboutContact, operation: 'get' });
		expect(items[0]).toMatchObject({ consent: { marketing: 'in' } });
	});

	it('lists the contacts of the table', async () => {
		useWorker();
		const { items } = await withTable({ resource: 'conversation', operation: 'getMany' });
		expect(items).toEqual([
			expect.objectContaining({ phone: `+${CONTACT_PHONE}`, businessNumberId: NUMBER_ID }),
		]);
	});

	describe('when the table cannot be reached', () => {
		beforeEach(() => server.tables.drop(tableId));

		it('does not trust its own memory, says why, and follows the setting', async () => {
			const closed = await withTable({ ...text, whenWindowClosed: 'output' });
			expect(closed.second[0]).toMatchObject({
				decision: {
					reason: 'windowUnknown',
					window: { state: 'unknown' },
					explanation: expect.stringMatching(/no data table with the ID .* cannot be confirmed/),
				},
			});
			expect(hintsOf(closed.run, 'WhatsApp')).toEqual([
				expect.stringContaining('no data table with the ID'),
			]);
			const tried = await withTable({ ...text, whenWindowUnknown: 'try' });
			expect(tried.items[0]).toMatchObject({ decision: { reason: 'windowUnknownTried' } });
		});

		it('believes the item of the trigger that started the run', async () => {
			const definition = listener('answers', inTable());
			const [trigger] = definition.nodes;
			definition.nodes.push({
				...definition.nodes[1],
				name: 'Answer',
				id: 'id of Answer',
				credentials,
				parameters: { businessNumber: chosen(NUMBER_ID), to: CONTACT, ...text, ...inTable() },
			});
			trigger.credentials = credentials;
			definition.connections = {
				Trigger: { main: [[{ node: 'Answer', type: 'main', index: 0 }]] },
			};
			scene.engine.add(definition);
			await scene.engine.activate('answers');
			await deliverText(scene.engine, 'answers', { id: 'wamid.9' });
			const run = (await scene.engine.settled()).at(-1) as IRun;
			expect(itemsOf(run, 'Answer')[0].json).toMatchObject({
				decision: { reason: 'windowOpen' },
			});
		});

		it.each<[string, INodeParameters]>([
			['get', aboutContact],
			['getMany', { resource: 'conversation' }],
			['recordConsent', { ...aboutContact, state: 'opted_out' }],
			['recordInbound', { ...aboutContact, at: '={{ $now }}' }],
		])('does not pretend that %s was done', async (operation, parameters) => {
			const { error } = await withTable({ ...parameters, operation });
			expect(error?.message).toMatch(/no data table with the ID/);
			expect(error?.description).toMatch(/State Table/);
		});
	});

	it('sends the key to nobody else', async () => {
		const other = await DataTableServer.start();
		server.instead = (req, res) => res.redirect(307, `${other.url}${req.originalUrl}`);
		const { error } = await withTable({ ...aboutContact, operation: 'get' });
		expect(error?.message).toMatch(/not the API of n8n \(status 307\)/);
		expect(other.tables.requests).toEqual([]);
		await other.stop();
	});
});

describe('a worker of the queue mode with the default store', () => {
	const answering = (id: string) => {
		const definition = listener(id);
		const [trigger, ask] = definition.nodes;
		definition.connections = {
			[trigger.name]: { main: [[{ node: ask.name, type: 'main', index: 0 }]] },
		};
		return definition;
	};

	it('is told that it does not see what the trigger recorded', async () => {
		scene.engine.add(answering('wf'));
		await scene.engine.activate('wf');
		useWorker();
		await deliverText(scene.engine, 'wf');
		const [run] = await scene.engine.settled();
		expect(hintsOf(run, 'Ask')).toEqual([expect.stringContaining("choose 'n8n Data Table'")]);
		expect((itemsOf(run, 'Ask')[0].json.window as IDataObject).state).toBe('open');
	});

	it('is not told so in one process', async () => {
		scene.engine.add(answering('wf'));
		await scene.engine.activate('wf');
		await deliverText(scene.engine, 'wf');
		const [run] = await scene.engine.settled();
		expect(hintsOf(run, 'Ask')).toEqual([]);
	});
});
