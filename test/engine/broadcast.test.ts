import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import { DataTableServer } from '../dataTables/server';
import { contact, delivery, failedStatus, status, textMessage } from '../unit/events/payloads';
import { body, template } from '../unit/templates/samples';

import { CREDENTIALS, itemsOf } from './engine';
import {
	addTemplate,
	deliver,
	listener,
	listeningTrigger,
	MINUTE,
	send,
	setClock,
	useScene,
} from './scene';
import { chosen, fields, SEND_TYPE, sendNode, workflowOf } from './workflows';

const TABLE = 'WhatsApp Broadcasts';
const NAME = 'Price change';
const credentials: INode['credentials'] = {
	...CREDENTIALS,
	n8nDataTableApi: { id: '2', name: 'Data tables' },
};

const scene = useScene({ simulator: { throughputLimit: 80 } });
let server: DataTableServer;

beforeEach(async () => {
	server = await DataTableServer.start();
	scene.engine.credential.n8nDataTableApi = { baseUrl: `${server.url}/`, apiKey: 'the-key' };
	addTemplate(scene, template([body('Hi {{1}}', ['Ben'])], { name: 'price', category: 'UTILITY' }));
});

afterEach(async () => {
	await scene.engine.settled();
	await server.stop();
});

const phones = (count: number, first = 16505560000) =>
	Array.from({ length: count }, (_none, i) => `+${first + i}`);

const itemsTo = (contacts: string[]) => contacts.map((contact) => ({ json: { contact } }));

const broadcast = (parameters: INodeParameters = {}): INodeParameters => ({
	resource: 'broadcast',
	operation: 'send',
	broadcastName: NAME,
	template: chosen('price|en_US'),
	templateFields: fields({ 'body:1': 'Anna' }),
	...parameters,
});

const run = async (
	contacts: string[],
	parameters: INodeParameters = {},
	node: Partial<INode> = {},
) =>
	await send(scene, broadcast(parameters), {
		items: itemsTo(contacts),
		node: { credentials, ...node },
	});

const operate = async (operation: string, more: INodeParameters = {}) =>
	await send(
		scene,
		{ resource: 'broadcast', operation, broadcastName: NAME, ...more },
		{ node: { credentials } },
	);

const report = async () => (await operate('getReport')).items[0];

const outcomes = (items: IDataObject[]) => items.map(({ outcome, reason }) => [outcome, reason]);

/** How often WhatsApp took the message for each contact. */
const got = () => {
	const counts = new Map<string, number>();
	for (const { to } of scene.simulator.sent) {
		counts.set(`+${to.phone}`, (counts.get(`+${to.phone}`) ?? 0) + 1);
	}
	return counts;
};

/** Another process of n8n, which remembers nothing of this one. */
const restart = () => void scene.engine.restart();

it('reaches everybody once, in whatever runs and processes', async () => {
	const contacts = phones(5);
	const first = await run([...contacts.slice(0, 3), contacts[0]]);
	expect(first.error).toBeUndefined();
	expect(outcomes(first.items)).toEqual([
		['accepted', ''],
		['accepted', ''],
		['accepted', ''],
		['skipped', 'duplicate'],
	]);
	restart();
	const second = await run(contacts);
	expect(outcomes(second.items)).toEqual([
		['skipped', 'alreadyAccepted'],
		['skipped', 'alreadyAccepted'],
		['skipped', 'alreadyAccepted'],
		['accepted', ''],
		['accepted', ''],
	]);
	expect([...got().values()]).toEqual([1, 1, 1, 1, 1]);
	expect(await report()).toMatchObject({
		broadcast: NAME,
		state: 'ended',
		planned: 5,
		accepted: 5,
		uncertain: 0,
		left: 0,
	});
});

describe('an n8n that is killed between the request and its answer', () => {
	/** While the first message is on its way, the process loses its hands; then there is another one. */
	const cutShort = async (contacts: string[]) => {
		scene.simulator.meanwhile('/messages', () => {
			server.instead = (req) => void req.socket.destroy();
		});
		await run(contacts);
		server.instead = undefined;
		restart();
	};

	it('repeats nothing, and names who is uncertain', async () => {
		const [first, second] = phones(2);
		await cutShort([first]);
		expect(got().get(first)).toBe(1);
		const { items } = await run([first, second]);
		expect(outcomes(items)).toEqual([
			['uncertain', 'uncertain'],
			['accepted', ''],
		]);
		expect(items[0].explanation).toMatch(/may have been sent/);
		expect([...got().values()]).toEqual([1, 1]);
		expect(await report()).toMatchObject({ uncertain: 1, uncertainContacts: [first], accepted: 1 });
		const listed = (await operate('getReport', { show: 'uncertain' })).items;
		expect(listed).toMatchObject([{ contact: first, outcome: 'uncertain' }]);
	});

	it('repeats it where that is asked for', async () => {
		const [first] = phones(1);
		await cutShort([first]);
		const { items } = await run([first], { options: { repeatUncertain: true } });
		expect(outcomes(items)).toEqual([['accepted', '']]);
		expect(got().get(first)).toBe(2);
		expect(await report()).toMatchObject({ uncertain: 0, accepted: 1 });
	});
});

it('is uncertain where the connection breaks before the answer', async () => {
	const [first] = phones(1);
	scene.simulator.failNext({ path: '/messages', when: 'cutAfter' });
	expect(outcomes((await run([first])).items)).toEqual([['uncertain', 'temporary']]);
	expect(outcomes((await run([first])).items)).toEqual([['uncertain', 'uncertain']]);
	expect(got().get(first)).toBe(1);
});

it.each([131048, 131064, 132015, 132016])(
	'is stopped by the code %s until somebody resumes it',
	async (code) => {
		const contacts = phones(3);
		scene.simulator.failNext({ path: '/messages', code });
		const slowly = { options: { messagesPerSecond: 2 } };
		const { items, error } = await run(contacts, slowly);
		expect(error).toBeUndefined();
		expect(items.map(({ outcome }) => outcome)).toEqual(['refused', 'held', 'held']);
		expect(items[0]).toMatchObject({ errorCode: code });
		expect(items[1]).toMatchObject({
			reason: 'stopped',
			explanation: expect.stringContaining(`code ${code}`),
		});
		expect(await report()).toMatchObject({ state: 'stopped', refused: 1, accepted: 0 });
		restart();
		expect((await run(contacts)).items.map(({ outcome }) => outcome)).toEqual(
			contacts.map(() => 'held'),
		);
		await operate('resume');
		expect((await run(contacts)).items.map(({ outcome }) => outcome)).toEqual(
			contacts.map(() => 'accepted'),
		);
	},
);

it('goes on after a refusal that concerns one contact, and tells why', async () => {
	const contacts = phones(2);
	scene.simulator.failNext({ path: '/messages', code: 131026 });
	const { items } = await run(contacts, { options: { messagesPerSecond: 10 } });
	expect(outcomes(items)).toEqual([
		['refused', 'unreachable'],
		['accepted', ''],
	]);
	expect(outcomes((await run(contacts)).items)).toEqual([
		['skipped', 'unreachable'],
		['skipped', 'alreadyAccepted'],
	]);
	expect(await report()).toMatchObject({ refused: 1, reasons: { unreachable: 1 } });
});

it('skips what is no contact, and tells so', async () => {
	const { items } = await run(['nobody', ...phones(1)]);
	expect(outcomes(items)).toEqual([
		['skipped', 'input'],
		['accepted', ''],
	]);
	expect(await report()).toMatchObject({ planned: 2, skipped: 1, reasons: { input: 1 } });
});

it('ends at an error that would meet everybody, and can be run again', async () => {
	const contacts = phones(3);
	scene.simulator.failNext({ path: '/messages', code: 190 });
	const { error } = await run(contacts, { options: { messagesPerSecond: 10 } });
	expect(error?.message).toMatch(/access token/);
	const { items } = await run(contacts);
	expect(items.map(({ outcome }) => outcome)).not.toContain('uncertain');
	expect([...got().values()]).toEqual([1, 1, 1]);
});

describe('while it runs', () => {
	const listen = async () => {
		scene.engine.add(listener('inbox', { events: ['message'] }));
		await scene.engine.activate('inbox');
	};
	const slowly = { options: { messagesPerSecond: 2 } };

	it('holds back whoever says STOP', async () => {
		await listen();
		const contacts = phones(3);
		const stopper = contacts[2].slice(1);
		scene.simulator.meanwhile('/messages', async () => {
			const message = textMessage({ from: stopper, userId: undefined, body: 'STOP' });
			const value = {
				contacts: [contact({ waId: stopper, userId: undefined })],
				messages: [message],
			};
			await deliver(scene.engine, 'inbox', delivery(value));
		});
		const { items } = await run(contacts, slowly);
		expect(outcomes(items)).toEqual([
			['accepted', ''],
			['accepted', ''],
			['skipped', 'optedOut'],
		]);
		expect(await report()).toMatchObject({ skipped: 1, reasons: { optedOut: 1 } });
	});

	it('is paused, and goes on when it is resumed', async () => {
		const contacts = phones(3);
		let operated = Promise.resolve();
		let whilePaused = 0;
		scene.simulator.meanwhile('/messages', async () => {
			await operate('pause');
			operated = (async () => {
				await new Promise((resolve) => setTimeout(resolve, 1_500));
				whilePaused = scene.simulator.sent.length;
				await operate('resume');
			})();
		});
		const { items } = await run(contacts, slowly);
		await operated;
		expect(whilePaused).toBe(1);
		expect(items.map(({ outcome }) => outcome)).toEqual(contacts.map(() => 'accepted'));
		expect([...got().values()]).toEqual([1, 1, 1]);
	});

	it('is stopped, and its rest is held back', async () => {
		const contacts = phones(3);
		scene.simulator.meanwhile('/messages', async () => void (await operate('stop')));
		const { items } = await run(contacts, slowly);
		expect(items.map(({ outcome }) => outcome)).toEqual(['accepted', 'held', 'held']);
		expect(await report()).toMatchObject({ state: 'stopped', accepted: 1, left: 2 });
	});
});

it('takes a phone number and a user ID that were seen together for one person', async () => {
	scene.engine.add(listener('inbox'));
	await scene.engine.activate('inbox');
	const [phone] = phones(1);
	const userId = 'US.13491208655302741918';
	const digits = phone.slice(1);
	const message = textMessage({ from: digits, userId });
	const value = { contacts: [contact({ waId: digits, userId })], messages: [message] };
	await deliver(scene.engine, 'inbox', delivery(value));
	await scene.engine.settled();
	const { items } = await run([phone, userId]);
	expect(outcomes(items)).toEqual([
		['accepted', ''],
		['skipped', 'duplicate'],
	]);
	expect(scene.simulator.sent).toHaveLength(1);
});

describe('a status behind the trigger', () => {
	beforeEach(async () => {
		const parameters = { resource: 'broadcast', operation: 'recordStatus' };
		const trigger = listeningTrigger('statuses', { events: ['status'] });
		scene.engine.add(workflowOf('statuses', trigger, sendNode(parameters, { credentials })));
		await scene.engine.activate('statuses');
	});

	const tell = async (make: typeof status, options: Parameters<typeof status>[0] = {}) => {
		const [{ id, body: sent, to }] = scene.simulator.sent;
		const extra = { biz_opaque_callback_data: sent.biz_opaque_callback_data };
		const told = make({ id, recipient: to.phone, extra, ...options });
		await deliver(scene.engine, 'statuses', delivery({ statuses: [told] }));
		const [ended] = (await scene.engine.settled()).slice(-1);
		return itemsOf(ended, 'WhatsApp').map(({ json }) => json);
	};

	it('tells who was not delivered to', async () => {
		const [first] = phones(1);
		await run([first]);
		expect(await tell(failedStatus, { errorCode: 131026 })).toMatchObject([
			{ recorded: 'failed', broadcast: NAME, contact: first },
		]);
		expect(await report()).toMatchObject({
			accepted: 1,
			failedLater: 1,
			reasons: { unreachable: 1 },
		});
		expect(outcomes((await run([first])).items)).toEqual([['skipped', 'alreadyAccepted']]);
	});

	it('stops the broadcast where WhatsApp dropped it for quality', async () => {
		const contacts = phones(2);
		await run(contacts.slice(0, 1));
		await tell(failedStatus, { errorCode: 132015 });
		expect(await report()).toMatchObject({ state: 'stopped' });
		expect((await run(contacts)).items.map(({ outcome }) => outcome)).toEqual(['held', 'held']);
	});

	it('settles what was uncertain', async () => {
		const [first] = phones(1);
		scene.simulator.failNext({ path: '/messages', when: 'cutAfter' });
		await run([first]);
		expect(await report()).toMatchObject({ uncertain: 1, accepted: 0 });
		expect(await tell(status)).toMatchObject([{ recorded: 'accepted' }]);
		expect(await report()).toMatchObject({ uncertain: 0, accepted: 1 });
	});
});

it('sends nothing where nothing can be written down', async () => {
	scene.engine.credential.n8nDataTableApi = { baseUrl: server.url, apiKey: 'old' };
	const { error } = await run(phones(2));
	expect(error?.message).toMatch(/does not accept the API key/);
	expect(scene.simulator.sent).toHaveLength(0);
});

it('begins anew where somebody has deleted its rows', async () => {
	const contacts = phones(1);
	await run(contacts);
	server.tables.rows('table1').splice(0);
	setClock(2 * MINUTE);
	expect(outcomes((await run(contacts)).items)).toEqual([['accepted', '']]);
	expect(got().get(contacts[0])).toBe(2);
});

it('is chosen from a list of those that were begun, the latest first', async () => {
	const search = async (filter?: string) =>
		(
			await scene.engine.listSearch(SEND_TYPE, 'searchBroadcasts', {
				parameters: { resource: 'broadcast', operation: 'getReport' },
				filter,
				credentials,
			})
		).results.map(({ value }) => value);
	expect(await search()).toEqual([]);
	await run(phones(1));
	await run(phones(1), { broadcastName: 'Opening hours' });
	await run(phones(2));
	expect(await search()).toEqual([NAME, 'Opening hours']);
	expect(await search('HOURS')).toEqual(['Opening hours']);
	const { items } = await operate('getReport', {
		broadcastName: chosen(NAME),
	});
	expect(items).toMatchObject([{ broadcast: NAME, accepted: 2 }]);
});

it('is reported once, whatever number of items asks', async () => {
	await run(phones(2));
	const { items } = await send(
		scene,
		{ resource: 'broadcast', operation: 'getReport', broadcastName: NAME },
		{ items: itemsTo(phones(2)), node: { credentials } },
	);
	expect(items).toMatchObject([{ broadcast: NAME, accepted: 2 }]);
});

it('keeps its lines in a table of its own, which it makes', async () => {
	await run(phones(1));
	const { items, error } = await operate('getReport', { broadcastName: 'Another' });
	expect(items).toEqual([]);
	expect(error?.message).toMatch(/no broadcast with the 'Broadcast Name' 'Another'/);
	const created = server.tables.requests.filter(
		({ method, path }) => method === 'POST' && path === '',
	);
	expect(created.map(({ body: table }) => (table as IDataObject).name)).toEqual([TABLE]);
});
