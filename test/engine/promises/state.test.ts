import type { INode, INodeParameters } from 'n8n-workflow';

import { COLUMNS } from '../../../nodes/core/state/table/tableRow';
import { DataTableServer } from '../../dataTables/server';
import { message, messageDelivery } from '../../unit/events/payloads';
import { CREDENTIALS } from '../engine';
import {
	AT,
	CONTACT,
	CONTACT_USER_ID,
	conversationOf,
	deliver,
	deliverText,
	HOUR,
	listener,
	MINUTE,
	send,
	sender,
	setClock,
	useScene,
	windowOf,
} from '../scene';
import { chosen, SEND_TYPE } from '../workflows';

/** Promises of `docs/state.md`. */
const scene = useScene();

const DAY = 24 * HOUR;
const OTHER = '4915112345678';

async function listen(id = 'inbox'): Promise<void> {
	scene.engine.add(listener(id, { registration: 'automatic' }));
	await scene.engine.activate(id);
}

/** Somebody else writes, and n8n runs on for an hour, so that what is over is dropped. */
async function passUntil(seconds: number): Promise<void> {
	for (const later of [seconds - HOUR, seconds]) {
		setClock(later);
		const somebody = { from: OTHER, userId: undefined, timestamp: AT + later };
		await deliverText(scene.engine, 'inbox', { id: `wamid.${later}`, ...somebody });
		await scene.engine.settled();
	}
}

describe('for how long', () => {
	const lastMessageOf = async () => {
		scene.engine.restart();
		return (await conversationOf(scene.engine, 'inbox')).lastMessageAt;
	};
	const WROTE = '2026-11-20T12:00:00.000Z';

	it('7 days for the time of the last message', async () => {
		await listen();
		await deliverText(scene.engine, 'inbox', { userId: undefined });
		await passUntil(7 * DAY);
		expect(await lastMessageOf()).toBe(WROTE);
		await passUntil(7 * DAY + 2 * HOUR);
		expect(await lastMessageOf()).toBeNull();
	});

	it.each([
		['a pair', {}, WROTE, null],
		['consent', { userId: undefined, body: 'STOP' }, WROTE, WROTE],
	])('longer where %s keeps the contact', async (_what, options, after60, after120) => {
		await listen();
		await deliverText(scene.engine, 'inbox', options);
		await passUntil(60 * DAY);
		expect(await lastMessageOf()).toBe(after60);
		await passUntil(120 * DAY);
		expect(await lastMessageOf()).toBe(after120);
	});

	it.each([['nothing else'], ['consent']])(
		'90 days for number and user ID being one contact, with %s',
		async (what) => {
			await listen();
			await deliverText(scene.engine, 'inbox', what === 'consent' ? { body: 'STOP' } : {});
			const phoneOf = async () =>
				(await conversationOf(scene.engine, 'inbox', CONTACT_USER_ID)).phone;
			await passUntil(90 * DAY);
			expect(await phoneOf()).toBe(CONTACT);
			await passUntil(90 * DAY + 2 * HOUR);
			expect(await phoneOf()).toBe('');
		},
	);
});

it('texts and files of messages are not kept', async () => {
	await listen();
	await deliverText(scene.engine, 'inbox', { body: 'a secret about lamps' });
	const document = { id: '1234', mime_type: 'application/pdf', filename: 'secret lamps.pdf' };
	const file = message('document', document, { id: 'wamid.file', timestamp: AT + MINUTE });
	await deliver(scene.engine, 'inbox', messageDelivery(file));
	await scene.engine.settled();
	const saved = JSON.stringify(scene.engine.staticData('inbox'));
	expect(saved.length).toBeGreaterThan(50);
	expect(saved).not.toMatch(/secret|lamps|1234/);
});

it('manual runs do not save what they learn; the process remembers it until it ends', async () => {
	const parameters = {
		resource: 'conversation',
		operation: 'recordInbound',
		contact: CONTACT,
		at: '={{ $now }}',
	};
	scene.engine.add(sender('own', parameters));
	await scene.engine.run('own', { mode: 'manual', items: [{ json: { contact: CONTACT } }] });
	const other = sender('other', parameters);
	scene.engine.add(other);
	const state = async (id: string) => (await windowOf(scene.engine, id)).state;
	expect(await state('other')).toBe('open');
	expect(scene.engine.staticData('own')).toBeNull();
});

it('an imported old row is mended by the next save, and counts after a restart', async () => {
	await listen();
	const state = async () => (await windowOf(scene.engine, 'inbox')).state;
	await deliverText(scene.engine, 'inbox', { from: OTHER, userId: undefined });
	await scene.engine.settled();
	const old = structuredClone(scene.engine.staticData('inbox') ?? {});
	await deliverText(scene.engine, 'inbox', { id: 'wamid.later' });
	await scene.engine.settled();

	scene.engine.setStaticData('inbox', structuredClone(old));
	await deliverText(scene.engine, 'inbox', { id: 'wamid.next', from: OTHER, userId: undefined });
	await scene.engine.settled();
	scene.engine.restart();
	expect(await state()).toBe('open');

	scene.engine.setStaticData('inbox', structuredClone(old));
	scene.engine.restart();
	expect(await state()).toBe('unknown');
});

it('Forget: the copies in other workflows are cleaned when those run next', async () => {
	await listen();
	await deliverText(scene.engine, 'inbox');
	await scene.engine.settled();
	scene.engine.add(sender('order', { resource: 'conversation', operation: 'get' }));
	await windowOf(scene.engine, 'order');
	setClock(HOUR);
	await send(scene, { resource: 'conversation', operation: 'forget', contact: CONTACT });
	for (const id of ['inbox', 'order']) await windowOf(scene.engine, id);
	scene.engine.restart();
	expect(await conversationOf(scene.engine, 'order')).toMatchObject({ lastMessageAt: null });
});

describe('the data table', () => {
	let server: DataTableServer;
	let inTable: INodeParameters;
	const credentials: INode['credentials'] = {
		...CREDENTIALS,
		n8nDataTableApi: { id: '2', name: 'Data tables' },
	};

	beforeEach(async () => {
		server = await DataTableServer.start();
		const table = server.tables.add('WhatsApp Conversations', COLUMNS);
		inTable = { stateStore: 'dataTable', stateTable: chosen(table) };
		scene.engine.credential.n8nDataTableApi = { baseUrl: server.url, apiKey: 'the-key' };
	});
	afterEach(async () => {
		await scene.engine.settled();
		await server.stop();
	});

	const rows = () => server.tables.rows(String((inTable.stateTable as { value: string }).value));

	async function listenWithTable(): Promise<void> {
		const definition = listener('inbox', inTable);
		for (const node of definition.nodes) {
			node.credentials = credentials;
			if (node.type === SEND_TYPE) node.parameters = { ...node.parameters, ...inTable };
		}
		scene.engine.add(definition);
		await scene.engine.activate('inbox');
	}

	it('a node that is left at the default neither sees nor feeds it', async () => {
		await listenWithTable();
		await deliverText(scene.engine, 'inbox');
		await scene.engine.settled();
		expect(rows()).toHaveLength(1);
		scene.engine.add(sender('default', { resource: 'conversation', operation: 'get' }));
		scene.engine.restart();
		expect(await windowOf(scene.engine, 'default')).toMatchObject({ state: 'unknown' });
		await send(scene, {
			resource: 'conversation',
			operation: 'recordConsent',
			contact: `+${OTHER}`,
			state: 'opted_out',
		});
		expect(rows()).toHaveLength(1);
	});

	it('when you switch, what is known goes into it with the next news of the contact', async () => {
		await listen('before');
		await deliverText(scene.engine, 'before', { body: 'STOP' });
		await scene.engine.settled();
		await scene.engine.deactivate('before');
		await listenWithTable();
		expect(rows()).toEqual([]);
		await deliverText(scene.engine, 'inbox', { id: 'wamid.next', timestamp: AT + MINUTE });
		await scene.engine.settled();
		expect(JSON.stringify(rows())).toContain('opted out');
	});
});

it('a number with two forms is never changed when you send', async () => {
	await listen();
	await deliverText(scene.engine, 'inbox', { from: '523312345678', userId: undefined });
	await send(scene, { text: 'Hello', to: '+52 1 33 1234 5678' });
	expect(scene.simulator.sent.map(({ body }) => body.to)).toEqual(['+5213312345678']);
});
