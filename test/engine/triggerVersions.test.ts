import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import { COLUMNS } from '../../nodes/core/state/table/tableRow';
import { DataTableServer } from '../dataTables/server';
import {
	delivery,
	failedStatus,
	interactiveReply,
	message,
	messageDelivery,
	textMessage,
} from '../unit/events/payloads';

import { CREDENTIALS, itemsOf } from './engine';
import { NodeProcess } from './nodeProcess';
import {
	AT,
	deliver,
	deliverText,
	listener,
	MINUTE,
	NUMBER_ID,
	setClock,
	triggered,
	useScene,
} from './scene';
import { problemsInVersion, problemsWith } from './schemas';
import { chosen, sendNode, TRIGGER_TYPE, triggerNode, workflowOf } from './workflows';

const scene = useScene();

/** As the editor stores a new trigger of version 1.1: the defaults are not among the parameters. */
async function listen(
	options: INodeParameters = {},
	rest: INodeParameters = {},
	credentials: INode['credentials'] = CREDENTIALS,
): Promise<void> {
	const parameters = { businessNumber: chosen(NUMBER_ID), events: ['message'], options, ...rest };
	const node = triggerNode('hook', parameters, { typeVersion: 1.1, credentials });
	scene.engine.add(workflowOf('wf', node));
	await scene.engine.activate('wf');
}

const lastItem = async () => (await triggered(scene.engine)).slice(-1)[0];

const atMeta = () => Object.fromEntries(scene.simulator.world.subscriptions.numbers);

describe('a trigger of version 1.1', () => {
	it('registers by itself when nothing but the number was chosen', async () => {
		await listen();
		expect(atMeta()).toEqual({ [NUMBER_ID]: scene.engine.webhookUrl('wf') });
		await scene.engine.deactivate('wf');
		expect(atMeta()).toEqual({});
	});

	it("registers nothing when 'Register With Meta Automatically' is off", async () => {
		await listen({ registerAutomatically: false, verifyWord: 'pasted' });
		expect(atMeta()).toEqual({});
		const query = {
			'hub.mode': 'subscribe',
			'hub.verify_token': 'pasted',
			'hub.challenge': '1158201444',
		};
		expect(await scene.engine.deliver('wf', { method: 'GET', query })).toMatchObject({
			status: 200,
			body: '1158201444',
		});
	});

	it("takes the callback that 'Callback Level' among its options names", async () => {
		await listen({ callbackLevel: 'app' });
		expect(atMeta()).toEqual({});
		expect(scene.simulator.world.subscriptions.app?.callbackUrl).toBe(
			scene.engine.webhookUrl('wf'),
		);
	});

	it("replaces another callback when 'Replace Another Callback' is on, and not before", async () => {
		scene.simulator.world.subscriptions.numbers.set(NUMBER_ID, 'https://other.example/hook');
		await expect(listen()).rejects.toThrow(/another callback, that of /);
		await listen({ replaceCallback: true, otherVerifyToken: 'their word' });
		expect(atMeta()).toEqual({ [NUMBER_ID]: scene.engine.webhookUrl('wf') });
	});

	it('keeps the state in the table that was chosen among its options', async () => {
		const server = await DataTableServer.start();
		try {
			const tableId = server.tables.add('State', COLUMNS);
			scene.engine.credential.n8nDataTableApi = { baseUrl: server.url, apiKey: 'the-key' };
			const credentials = { ...CREDENTIALS, n8nDataTableApi: { id: '2', name: 'Data tables' } };
			await listen({ stateStore: 'dataTable', stateTable: chosen(tableId) }, {}, credentials);
			await deliverText(scene.engine, 'wf');
			await triggered(scene.engine);
			expect(server.tables.rows(tableId)).toHaveLength(1);
		} finally {
			await scene.engine.settled();
			await server.stop();
		}
	});

	it("goes by the provider of 'Connect Through' among its options", async () => {
		const list = await scene.engine.listSearch(TRIGGER_TYPE, 'searchBusinessNumbers', {
			parameters: { options: { provider: 'clickatell' } },
			filter: '+1 (555) 010-0199',
			typeVersion: 1.1,
		});
		expect(list.results).toEqual([{ name: '+15550100199', value: '15550100199' }]);
	});
});

describe('the items of version 1.1', () => {
	it('show what matters first, and leave out what only other systems need', async () => {
		await listen();
		await deliverText(scene.engine, 'wf', { body: 'Is it open?' });
		const item = await lastItem();
		expect(problemsInVersion(1.1, item, 'WhatsAppConversationsTrigger', 'output')).toEqual([]);
		expect(Object.keys(item)).toEqual([
			...['text', 'name', 'contact', 'phone', 'event', 'type', 'kind', 'window', 'owner'],
			...[
				'consentWord',
				'consentChanged',
				'reply',
				'media',
				'sessionKey',
				'timestamp',
				'late',
				'messageId',
				'userId',
			],
			...['username', 'businessNumberId'],
		]);
		expect(item).toMatchObject({
			text: 'Is it open?',
			consentWord: '',
			consentChanged: false,
			reply: { id: '', title: '' },
			media: { id: '', mimeType: '', fileName: '' },
			window: { state: 'open' },
		});
	});

	it("hold everything without 'Simplify'", async () => {
		await listen({ simplify: false });
		await deliverText(scene.engine, 'wf');
		const item = await lastItem();
		expect(problemsInVersion(1.1, item, 'WhatsAppConversationsTrigger', 'output')).toEqual([]);
		expect(Object.keys(item).slice(-4)).toEqual([
			...['businessPhone', 'accountId', 'ageSeconds', 'raw'],
		]);
		expect(item.raw).toMatchObject({ type: 'text' });
	});

	it('name the type of a file as other nodes know it', async () => {
		await listen();
		const audio = { id: '1003383421387256', mime_type: 'audio/ogg; codecs=opus', voice: true };
		await deliver(scene.engine, 'wf', messageDelivery(message('audio', audio)));
		const item = await lastItem();
		expect(item).toMatchObject({ kind: 'voice', media: { mimeType: 'audio/ogg' } });
	});

	it('tell taps and files where others have empty fields', async () => {
		await listen();
		const tap = interactiveReply('button_reply', { id: 'yes', title: 'Yes' }, { id: 'wamid.tap' });
		await deliver(scene.engine, 'wf', messageDelivery(tap));
		expect(await lastItem()).toMatchObject({
			reply: { id: 'yes', title: 'Yes' },
			media: { id: '' },
		});
		const image = { id: '1003383421387256', mime_type: 'image/jpeg' };
		await deliver(
			scene.engine,
			'wf',
			messageDelivery(message('image', image, { id: 'wamid.pic' })),
		);
		expect(await lastItem()).toMatchObject({
			reply: { id: '' },
			media: { id: image.id, mimeType: 'image/jpeg', fileName: '' },
		});
	});

	it('of a status have none of the fields of messages, and say first what became of it', async () => {
		await listen({}, { events: ['status'] });
		const failed = failedStatus({ timestamp: String(AT) });
		await deliver(scene.engine, 'wf', delivery({ statuses: [failed] }));
		const keys = Object.keys(await lastItem());
		expect(keys.slice(0, 2)).toEqual(['status', 'explanation']);
		expect(keys).not.toEqual(expect.arrayContaining(['media']));
	});

	it('carry the window and the opt-out to the nodes behind the trigger', async () => {
		const parameters = { businessNumber: chosen(NUMBER_ID), events: ['message'] };
		const ask = {
			resource: 'conversation',
			operation: 'get',
			contact: '={{ $json.contact }}',
			simplify: false,
		};
		scene.engine.add(
			workflowOf(
				'wf',
				triggerNode('hook', parameters, { typeVersion: 1.1 }),
				sendNode({ ...ask, businessNumber: chosen(NUMBER_ID) }),
			),
		);
		await scene.engine.activate('wf');
		// As on a worker of the queue mode: of what happened it has the items alone.
		scene.engine.worker = new NodeProcess();
		await writes('STOP');
		const [run] = await scene.engine.settled();
		expect(itemsOf(run, 'WhatsApp')[0].json).toMatchObject({
			window: { state: 'open' },
			consent: { all: 'out' },
			consentRecords: [{ source: 'keyword', evidence: 'STOP' }],
		});
	});
});

let seconds = 0;

beforeEach(() => void (seconds = 0));

/** The contact writes, a minute after what was last. */
async function writes(body: string, id = `wamid.${seconds}`, at = AT + seconds): Promise<void> {
	await deliver(
		scene.engine,
		'wf',
		messageDelivery(textMessage({ body, id, timestamp: String(at) })),
	);
	await scene.engine.settled();
	seconds += MINUTE;
	setClock(seconds);
}

describe('whether a word has changed consent', () => {
	const said = async () => {
		const { consentWord, consentChanged } = await lastItem();
		return [consentWord, consentChanged];
	};

	it('is told, so that a shop confirms a stop once', async () => {
		await listen();
		await writes('STOP');
		expect(await said()).toEqual(['stop', true]);
		await writes('Stop');
		expect(await said()).toEqual(['stop', false]);
		scene.engine.restart();
		await writes('STOP');
		expect(await said()).toEqual(['stop', false]);
		await writes('START');
		expect(await said()).toEqual(['start', true]);
		await writes('START');
		expect(await said()).toEqual(['start', false]);
		await writes('STOP');
		expect(await said()).toEqual(['stop', true]);
	});

	it('is no when a start word takes nothing back', async () => {
		await listen();
		await writes('Yes');
		expect(await said()).toEqual(['start', false]);
	});

	it('is yes for each of two workflows that one message starts', async () => {
		await listen();
		scene.engine.add(
			workflowOf(
				'second',
				triggerNode(
					'hook-2',
					{ businessNumber: chosen(NUMBER_ID), options: { registerAutomatically: false } },
					{ typeVersion: 1.1 },
				),
			),
		);
		await scene.engine.activate('second');
		const stop = messageDelivery(
			textMessage({ body: 'STOP', id: 'wamid.s', timestamp: String(AT) }),
		);
		await deliver(scene.engine, 'wf', stop);
		await deliver(scene.engine, 'second', stop);
		const items = await triggered(scene.engine);
		expect(items.map(({ consentChanged }) => consentChanged)).toEqual([true, true]);
	});

	it('is no for a stop that comes after a later start', async () => {
		await listen();
		await writes('STOP');
		seconds = 60 * MINUTE;
		setClock(seconds);
		await writes('START', 'wamid.start', AT + 30 * MINUTE);
		await writes('STOP', 'wamid.late', AT + 20 * MINUTE);
		expect(await said()).toEqual(['stop', false]);
	});
});

describe('a trigger of version 1', () => {
	it('gives the items that it always gave', async () => {
		scene.engine.add(listener('wf'));
		await scene.engine.activate('wf');
		await writes('STOP');
		const item: IDataObject = await lastItem();
		expect(Object.keys(item)).toEqual([
			...['event', 'messageId', 'type', 'kind', 'text', 'contact', 'phone', 'userId', 'name'],
			...[
				'username',
				'timestamp',
				'businessNumberId',
				'businessPhone',
				'accountId',
				'late',
				'ageSeconds',
			],
			...['consentWord', 'stoppedAtMeta', 'window', 'owner', 'sessionKey', 'raw'],
		]);
		expect(problemsWith(item, 'WhatsAppConversationsTrigger', 'output')).toEqual([]);
	});

	it('keeps the meaning of the parameters beside its options', async () => {
		scene.engine.add(
			listener('wf', { registration: 'automatic', callbackLevel: 'app', replaceCallback: true }),
		);
		await scene.engine.activate('wf');
		expect(scene.simulator.world.subscriptions.app?.callbackUrl).toBe(
			scene.engine.webhookUrl('wf'),
		);
		expect(atMeta()).toEqual({});
	});
});
