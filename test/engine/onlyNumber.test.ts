import type { INodeParameters } from 'n8n-workflow';

import {
	ACCOUNT_ID,
	CONTACT,
	CONTACT_PHONE,
	jumpClock,
	listener,
	messageNode,
	NUMBER_ID,
	send,
	setClock,
	triggered,
	useScene,
	windowOf,
} from './scene';
import { chosen } from './workflows';

const OTHER_NUMBER = '106540352242933';
const EMPTY = chosen('');

const scene = useScene();

const addOther = () =>
	scene.simulator.addBusinessNumber({ id: OTHER_NUMBER, phone: '15550783882' });

/** From which numbers messages went, in their order. */
const sentFrom = () => scene.simulator.sent.map(({ businessNumberId }) => businessNumberId);

/** How often Meta was asked which numbers the account has. */
const timesAsked = () =>
	scene.simulator.requests.filter(({ path }) => path.endsWith('/phone_numbers')).length;

describe("a send without a 'Business Number'", () => {
	const ANYWAY = { text: 'We are open until eight.', whenWindowUnknown: 'try' };
	const without = { ...ANYWAY, businessNumber: EMPTY };

	it('goes out from the only number of the account, which is asked for once', async () => {
		const items = [{ json: { contact: CONTACT } }, { json: { contact: '+15550109999' } }];
		await send(scene, without, { items });
		expect(sentFrom()).toEqual([NUMBER_ID, NUMBER_ID]);
		await send(scene, without);
		expect(timesAsked()).toBe(1);
	});

	it('finds out within minutes that there is a second number, and does not guess', async () => {
		await send(scene, without);
		addOther();
		setClock(5 * 60 + 1);
		const { error } = await send(scene, without);
		expect(error?.message).toMatch(
			/^'Business Number' is empty, and the business account has more than one number: \+?1.*, \+?1.*3882\. \[item 0\]$/,
		);
		expect(error?.description).toBe('Choose one of them from the list.');
		expect(sentFrom()).toHaveLength(1);
	});

	it('goes out from the number that the item names, whatever others there are', async () => {
		addOther();
		const items = [{ json: { contact: CONTACT, businessNumberId: OTHER_NUMBER } }];
		await send(scene, without, { items });
		expect(sentFrom()).toEqual([OTHER_NUMBER]);
		expect(timesAsked()).toBe(0);
	});

	it('answers from the number that was written to', async () => {
		addOther();
		const workflow = listener('wf', {
			businessNumber: chosen(OTHER_NUMBER),
			registration: 'automatic',
		});
		const to = `={{ $('Trigger').item.json.contact }}`;
		const parameters = { ...ANYWAY, businessNumber: EMPTY, to };
		workflow.nodes.push(messageNode(parameters));
		workflow.nodes.push(messageNode(parameters, { name: 'Again', id: 'id of Again' }));
		workflow.connections.Trigger = { main: [[{ node: 'WhatsApp', type: 'main', index: 0 }]] };
		workflow.connections.WhatsApp = { main: [[{ node: 'Again', type: 'main', index: 0 }]] };
		scene.engine.add(workflow);
		await scene.engine.activate('wf');
		await scene.simulator.writes({ from: CONTACT_PHONE, to: OTHER_NUMBER, text: 'Hello' });
		await scene.engine.settled();
		expect(sentFrom()).toEqual([OTHER_NUMBER, OTHER_NUMBER]);
		expect(timesAsked()).toBe(0);
	});

	it('does not take what is no number from an item', async () => {
		const items = [{ json: { contact: CONTACT, businessNumberId: 'the shop' } }];
		await send(scene, without, { items });
		expect(sentFrom()).toEqual([NUMBER_ID]);
	});

	it('is refused where an expression was to give the number, and gave none', async () => {
		const items = [{ json: { contact: CONTACT, businessNumberId: NUMBER_ID } }];
		const businessNumber = chosen('={{ $json.nothing }}', 'id');
		const { error } = await send(scene, { ...ANYWAY, businessNumber }, { items });
		expect(error?.message).toMatch(/^'Business Number' is empty: its expression gave nothing\./);
	});

	it('says so where the account has no number, and where Meta does not answer', async () => {
		scene.simulator.world.accounts.numbers.clear();
		expect((await send(scene, without)).error?.message).toContain('has no number');
		scene.engine.credential.accessToken = 'another';
		expect((await send(scene, without)).error?.message).toMatch(/access token/i);
	});
});

describe("a trigger without a 'Business Number'", () => {
	const add = (parameters: INodeParameters = {}) =>
		scene.engine.add(
			listener('wf', { businessNumber: EMPTY, registration: 'automatic', ...parameters }),
		);
	const callbacks = () => Object.fromEntries(scene.simulator.world.subscriptions.numbers);

	it('listens at the only one of the account, and knows its windows', async () => {
		add();
		await scene.engine.activate('wf');
		expect(callbacks()).toEqual({ [NUMBER_ID]: scene.engine.webhookUrl('wf') });
		setClock(25 * 3_600);
		expect(await windowOf(scene.engine, 'wf')).toMatchObject({ state: 'closed' });
		await scene.simulator.writes({ from: CONTACT_PHONE, text: 'Hello' });
		expect(await triggered(scene.engine)).toMatchObject([{ text: 'Hello' }]);
		expect(await windowOf(scene.engine, 'wf')).toMatchObject({ state: 'open' });
		await scene.engine.deactivate('wf');
		expect(callbacks()).toEqual({});
	});

	it('stays with it when the account gets a second one, also after a restart', async () => {
		add({ callbackLevel: 'businessAccount' });
		await scene.engine.activate('wf');
		addOther();
		await scene.engine.settled();
		const { accounts } = scene.simulator.world.subscriptions;
		expect(accounts.get(ACCOUNT_ID)?.override).toBe(scene.engine.webhookUrl('wf'));
		scene.engine.restart();
		jumpClock(600);
		await scene.simulator.writes({ from: CONTACT_PHONE, to: OTHER_NUMBER, text: 'To the other' });
		await scene.simulator.writes({ from: CONTACT_PHONE, text: 'Hello' });
		expect(await triggered(scene.engine)).toMatchObject([{ text: 'Hello' }]);
		await scene.engine.deactivate('wf');
		expect(accounts.get(ACCOUNT_ID)?.override).toBeUndefined();
	});

	it('is not published where there are several', async () => {
		addOther();
		add();
		await expect(scene.engine.activate('wf')).rejects.toThrow(/more than one number/);
		expect(callbacks()).toEqual({});
	});

	it('is tested in the editor all the same', async () => {
		add();
		await scene.engine.listenForTest('wf');
		expect(callbacks()).toEqual({ [NUMBER_ID]: scene.engine.webhookUrl('wf', true) });
		await scene.simulator.writes({ from: CONTACT_PHONE, text: 'Hello', agoSeconds: 0 });
		expect(await triggered(scene.engine)).toMatchObject([{ text: 'Hello' }]);
		await scene.engine.endTest('wf');
		expect(callbacks()).toEqual({});
	});

	it('goes on as it was when an older n8n starts while Meta is away', async () => {
		add();
		await scene.engine.activate('wf');
		await scene.engine.settled();
		scene.engine.restart();
		scene.simulator.failNext({ code: 190, times: 1000 });
		await scene.engine.activate('wf', 5, 'init');
		scene.simulator.world.faults.clear();
		setClock(25 * 3_600);
		expect(callbacks()).toEqual({ [NUMBER_ID]: scene.engine.webhookUrl('wf') });
		expect(await windowOf(scene.engine, 'wf')).toMatchObject({ state: 'closed' });
	});
});
