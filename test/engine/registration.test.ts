import type { Server } from 'http';
import type { AddressInfo } from 'net';

import express from 'express';
import nock from 'nock';

import { FIELDS } from '../simulator/subscriptions';

import {
	ACCOUNT_ID,
	AT,
	deliverText,
	listener,
	NUMBER_ID,
	triggered,
	useScene,
	windowOf,
} from './scene';
import { chosen } from './workflows';

const OTHER_NUMBER = '106540352242933';
const FOREIGN = 'https://other.example/hook';

/** What the app has beside our triggers, as most apps do. */
const APP_CALLBACK = 'https://other.example/app';

const scene = useScene();

beforeEach(() => {
	scene.simulator.world.subscriptions.app = { callbackUrl: APP_CALLBACK, fields: FIELDS };
});

const AUTOMATIC = { registration: 'automatic' };

function add(id = 'wf', parameters = {}): void {
	scene.engine.add(listener(id, { ...AUTOMATIC, ...parameters }));
}

async function activate(id = 'wf', parameters = {}): Promise<void> {
	add(id, parameters);
	await scene.engine.activate(id);
}

/** What Meta has registered, besides {@link APP_CALLBACK}. */
function atMeta() {
	const { numbers, accounts, app } = scene.simulator.world.subscriptions;
	return {
		numbers: Object.fromEntries(numbers),
		subscribed: accounts.has(ACCOUNT_ID),
		accountCallback: accounts.get(ACCOUNT_ID)?.override,
		...(app?.callbackUrl !== APP_CALLBACK && { appCallback: app?.callbackUrl }),
	};
}

/** The requests that change something at Meta. */
function changes(): string[] {
	return scene.simulator.requests
		.filter(({ method }) => method !== 'GET')
		.map(({ method, path }) => `${method} ${path.replace(/^\/v[\d.]+/, '')}`);
}

const subscribe = () => scene.simulator.world.subscriptions.accounts.set(ACCOUNT_ID, {});
const takeOver = (url: string) => scene.simulator.world.subscriptions.numbers.set(NUMBER_ID, url);

describe('an activation', () => {
	it('sets the callback of the number alone and subscribes the app, and both are undone', async () => {
		await activate();
		expect(atMeta()).toEqual({
			numbers: { [NUMBER_ID]: scene.engine.webhookUrl('wf') },
			subscribed: true,
		});
		await scene.engine.deactivate('wf');
		expect(atMeta()).toEqual({ numbers: {}, subscribed: false });
	});

	it("makes the contact's messages come", async () => {
		await activate();
		const { delivery } = await scene.simulator.writes({ from: '16505551234', text: 'Hello' });
		expect(delivery).toMatchObject({ status: 200 });
		expect(await triggered(scene.engine)).toMatchObject([{ text: 'Hello' }]);
	});

	it('leaves the subscription as it was when there was one', async () => {
		subscribe();
		await activate();
		await scene.engine.deactivate('wf');
		expect(changes()).toEqual([`POST /${NUMBER_ID}`, `POST /${NUMBER_ID}`]);
		expect(atMeta()).toEqual({ numbers: {}, subscribed: true });
	});

	it('touches no callback but its own', async () => {
		const { subscriptions } = scene.simulator.world;
		subscriptions.app = { callbackUrl: FOREIGN, fields: ['messages'] };
		subscriptions.accounts.set(ACCOUNT_ID, { override: `${FOREIGN}/account` });
		subscriptions.numbers.set(OTHER_NUMBER, `${FOREIGN}/number`);
		await activate();
		const others = {
			numbers: { [OTHER_NUMBER]: `${FOREIGN}/number` },
			subscribed: true,
			accountCallback: `${FOREIGN}/account`,
			appCallback: FOREIGN,
		};
		expect(atMeta()).toEqual({
			...others,
			numbers: { ...others.numbers, [NUMBER_ID]: scene.engine.webhookUrl('wf') },
		});
		await scene.engine.deactivate('wf');
		expect(atMeta()).toEqual(others);
	});

	it("is refused when the number has somebody else's callback, which it names", async () => {
		takeOver(FOREIGN);
		add();
		await expect(scene.engine.activate('wf')).rejects.toThrow(FOREIGN);
		expect(changes()).toEqual([]);
		expect(atMeta()).toEqual({ numbers: { [NUMBER_ID]: FOREIGN }, subscribed: false });
	});

	it('is refused for a second workflow with the same number', async () => {
		await activate('one');
		add('two');
		await expect(scene.engine.activate('two')).rejects.toThrow(
			/go to the workflow '[^']*' of this n8n \(\S+\/workflow\/one\) already\./,
		);
		expect(atMeta().numbers).toEqual({ [NUMBER_ID]: scene.engine.webhookUrl('one') });
		await scene.simulator.writes({ from: '16505551234', text: 'Hello' });
		expect(scene.engine.executions.map(({ workflowId }) => workflowId)).toEqual(['one']);
	});

	it('changes nothing when all is as it should be', async () => {
		await activate();
		const before = changes();
		await scene.engine.activate('wf');
		expect(changes()).toEqual(before);
		await scene.engine.deactivate('wf');
		expect(atMeta()).toEqual({ numbers: {}, subscribed: false });
	});

	it('subscribes the app again when it has lost its subscription', async () => {
		await activate();
		scene.simulator.world.subscriptions.accounts.delete(ACCOUNT_ID);
		await scene.engine.activate('wf');
		expect(atMeta().subscribed).toBe(true);
	});

	it('succeeds when n8n tries again after Meta stumbled, and is undone all the same', async () => {
		scene.simulator.failNext({ code: 2, path: '/subscribed_apps', method: 'POST' });
		add();
		await scene.engine.activate('wf', 2);
		expect(atMeta()).toEqual({
			numbers: { [NUMBER_ID]: scene.engine.webhookUrl('wf') },
			subscribed: true,
		});
		const { delivery } = await scene.simulator.writes({ from: '16505551234', text: 'Hello' });
		expect(delivery).toMatchObject({ status: 200 });
		await scene.engine.deactivate('wf');
		expect(atMeta()).toEqual({ numbers: {}, subscribed: false });
	});

	it('leaves nothing behind when it fails', async () => {
		scene.simulator.failNext({ code: 200, path: '/subscribed_apps', method: 'POST' });
		add();
		await expect(scene.engine.activate('wf')).rejects.toThrow();
		expect(atMeta()).toEqual({ numbers: {}, subscribed: false });
		expect((await deliverText(scene.engine, 'wf')).status).toBe(404);
	});

	it('says what is wrong with the token, and how to mend it', async () => {
		scene.engine.credential.accessToken = 'expired';
		add();
		await expect(scene.engine.activate('wf')).rejects.toThrow(
			/did not accept the access token.*[Tt]oken(?!.*Check Setup)/s,
		);
	});

	it('names the field of a number that Meta does not show', async () => {
		await expect(activate('wf', { businessNumber: chosen('999', 'id') })).rejects.toThrow(
			/^'Business Number' is '999', which does not exist, or this access token cannot see it\. Choose the number from the list.*'Check Setup'/,
		);
	});

	it.each([
		['appSecret', 'App Secret'],
		['appId', 'App ID'],
	])('asks for the %s that is missing', async (key, name) => {
		scene.engine.credential[key] = '';
		add();
		await expect(scene.engine.activate('wf')).rejects.toThrow(`'${name}'`);
		expect(changes()).toEqual([]);
	});
});

describe('an activation that cannot work', () => {
	it("is refused when the app's secret is not its own, before anything is changed", async () => {
		scene.engine.credential.appSecret = 'mistyped';
		add();
		await expect(scene.engine.activate('wf')).rejects.toThrow(/'App Secret' does not belong/);
		expect(changes()).toEqual([]);
	});

	it.each([
		['message', 'messages'],
		['call', 'calls'],
		['echo', 'smb_message_echoes'],
	])('is refused when the app does not subscribe to what %s needs', async (event, field) => {
		const fields = FIELDS.filter((one) => one !== field);
		scene.simulator.world.subscriptions.app = { callbackUrl: APP_CALLBACK, fields };
		add('wf', { events: [event] });
		await expect(scene.engine.activate('wf')).rejects.toThrow(`does not subscribe to ${field}`);
		expect(atMeta()).toEqual({ numbers: {}, subscribed: false });
	});

	it("is refused when Meta has switched off the app's callback", async () => {
		scene.simulator.setUp({ appCallbackOff: true });
		add();
		await expect(scene.engine.activate('wf')).rejects.toThrow(/switched off.*other\.example\/app/s);
	});

	it('is refused when the token is of another app, and leaves nothing behind', async () => {
		scene.simulator.setUp({ tokenAppId: '4711' });
		add();
		await expect(scene.engine.activate('wf')).rejects.toThrow(/belongs to the app 4711.*'App ID'/s);
		expect(atMeta()).toEqual({ numbers: {}, subscribed: false });
	});

	it('points to the check of the set-up when Meta refuses', async () => {
		scene.simulator.failNext({ code: 200, path: '/subscribed_apps', method: 'POST' });
		add();
		await expect(scene.engine.activate('wf')).rejects.toThrow(/'Check Setup'/);
	});

	it('works where a gateway does not know what the app subscribes to', async () => {
		scene.simulator.failNext({ code: 100, path: '/subscriptions', times: 9 });
		await activate();
		expect(atMeta().numbers).toEqual({ [NUMBER_ID]: scene.engine.webhookUrl('wf') });
	});
});

describe('an app without a webhook', () => {
	beforeEach(() => {
		scene.simulator.world.subscriptions.app = undefined;
	});

	it('gets its first one, without which nothing would come', async () => {
		await activate();
		expect(atMeta().appCallback).toBe(scene.engine.webhookUrl('wf'));
		const { delivery } = await scene.simulator.writes({ from: '16505551234', text: 'Hello' });
		expect(delivery).toMatchObject({ status: 200 });
	});

	it('has none again afterwards', async () => {
		await activate();
		scene.engine.restart();
		await scene.engine.deactivate('wf');
		expect(atMeta()).toEqual({ numbers: {}, subscribed: false });
	});

	it('keeps one as long as a second trigger of ours needs it', async () => {
		scene.simulator.addBusinessNumber({ id: OTHER_NUMBER, phone: '15550783882' });
		await activate('one');
		await activate('two', { businessNumber: chosen(OTHER_NUMBER) });
		await scene.engine.deactivate('one');
		expect(atMeta().appCallback).toBe(scene.engine.webhookUrl('two'));
		const { delivery } = await scene.simulator.writes({
			from: '16505551234',
			to: OTHER_NUMBER,
			text: 'Hello',
		});
		expect(delivery).toMatchObject({ status: 200 });
		await scene.engine.deactivate('two');
		expect(atMeta()).toEqual({ numbers: {}, subscribed: false });
	});

	it('lets a trigger for the app take the place of the one that stands in', async () => {
		scene.simulator.addBusinessNumber({ id: OTHER_NUMBER, phone: '15550783882' });
		await activate('one');
		await activate('two', { businessNumber: chosen(OTHER_NUMBER), callbackLevel: 'app' });
		expect(atMeta().appCallback).toBe(scene.engine.webhookUrl('two'));
		await scene.engine.deactivate('two');
		expect(atMeta().appCallback).toBe(scene.engine.webhookUrl('one'));
		await scene.engine.deactivate('one');
		expect(atMeta()).toEqual({ numbers: {}, subscribed: false });
	});

	it('gets the address of a test for as long as it lasts', async () => {
		add();
		await scene.engine.listenForTest('wf');
		expect(atMeta().appCallback).toBe(scene.engine.webhookUrl('wf', true));
		await scene.engine.endTest('wf');
		expect(atMeta()).toEqual({ numbers: {}, subscribed: false });
	});

	it('keeps what was activated while a test went on', async () => {
		add();
		await scene.engine.listenForTest('wf');
		await scene.engine.activate('wf');
		await scene.engine.endTest('wf');
		const { delivery } = await scene.simulator.writes({ from: '16505551234', text: 'Hello' });
		expect(delivery).toMatchObject({ status: 200 });
		await scene.engine.deactivate('wf');
		expect(atMeta()).toEqual({ numbers: {}, subscribed: false });
	});
});

describe.each([
	['businessAccount', () => atMeta().accountCallback],
	['app', () => scene.simulator.world.subscriptions.app?.callbackUrl],
])("with 'Callback Level' set to %s", (callbackLevel, callback) => {
	beforeEach(() => {
		scene.simulator.world.subscriptions.app = undefined;
	});

	it('sets that callback, and both are undone', async () => {
		await activate('wf', { callbackLevel });
		expect(callback()).toBe(scene.engine.webhookUrl('wf'));
		expect(atMeta()).toMatchObject({ numbers: {}, subscribed: true });
		const { delivery } = await scene.simulator.writes({ from: '16505551234', text: 'Hello' });
		expect(delivery).toMatchObject({ status: 200 });
		await scene.engine.deactivate('wf');
		expect(atMeta()).toEqual({ numbers: {}, subscribed: false });
	});

	it('changes nothing when all is as it should be', async () => {
		await activate('wf', { callbackLevel });
		const before = changes();
		await scene.engine.activate('wf');
		expect(changes()).toEqual(before);
	});

	it('lends it to a test in the editor', async () => {
		await activate('wf', { callbackLevel });
		await scene.engine.listenForTest('wf');
		expect(callback()).toBe(scene.engine.webhookUrl('wf', true));
		await scene.engine.endTest('wf');
		expect(callback()).toBe(scene.engine.webhookUrl('wf'));
	});

	it('is refused when the number has a callback of its own, which would go before it', async () => {
		takeOver(FOREIGN);
		add('wf', { callbackLevel });
		await expect(scene.engine.activate('wf')).rejects.toThrow(
			/other\.example\/hook.*this phone number.*'Callback Level'/s,
		);
		expect(changes()).toEqual([]);
	});

	it("is refused when that callback is somebody else's", async () => {
		await activate('one', { callbackLevel });
		add('two', { callbackLevel });
		await expect(scene.engine.activate('two')).rejects.toThrow(
			/go to the workflow '[^']*' of this n8n \(\S+\/workflow\/one\) already\./,
		);
		expect(callback()).toBe(scene.engine.webhookUrl('one'));
	});

	it('replaces it when told to, and puts it back', async () => {
		await activate('one', { callbackLevel });
		await activate('two', { callbackLevel, replaceCallback: true });
		expect(callback()).toBe(scene.engine.webhookUrl('two'));
		await scene.engine.deactivate('two');
		expect(callback()).toBe(scene.engine.webhookUrl('one'));
		await scene.engine.deactivate('one');
		expect(atMeta()).toEqual({ numbers: {}, subscribed: false });
	});
});

describe("with 'Callback Level' set to 'App'", () => {
	const opensFor = async (callbackLevel: string) => {
		await activate('wf', { callbackLevel, events: ['account', 'consent'] });
		const { id } = scene.simulator.addTemplate({ name: 'news', status: 'PENDING', components: [] });
		await scene.simulator.setTemplateStatus(id, 'APPROVED');
		await scene.simulator.setsPreference({ from: '16505551234', value: 'stop' });
		return (await triggered(scene.engine)).map(({ event }) => event);
	};

	it('receives what goes to the app alone', async () => {
		scene.simulator.world.subscriptions.app = undefined;
		expect(await opensFor('app')).toEqual(['account', 'consent']);
	});

	it('does not so at another level of an app with a callback', async () => {
		expect(await opensFor('phoneNumber')).toEqual([]);
	});

	it('puts back the callback that it replaced with the fields that it had', async () => {
		const other = await callbackOfOthers('their word');
		scene.simulator.world.subscriptions.app = {
			callbackUrl: other.url,
			fields: ['messages', 'flows'],
		};
		await activate('wf', {
			callbackLevel: 'app',
			replaceCallback: true,
			otherVerifyToken: 'their word',
		});
		const { fields } = scene.simulator.world.subscriptions.app!;
		expect(fields).toEqual(expect.arrayContaining(['flows', 'messages', 'user_preferences']));
		await scene.engine.deactivate('wf');
		expect(scene.simulator.world.subscriptions.app).toEqual({
			callbackUrl: other.url,
			fields: ['messages', 'flows'],
		});
		await other.close();
	});
});

describe('a callback that another workflow of this n8n has', () => {
	it('is told from others, with the workflow where it is known', async () => {
		await activate('other');
		await expect(activate()).rejects.toThrow(
			/^The messages of this 'Business Number' go to the workflow '[^']+' of this n8n \(\S+\/workflow\/other\) already\. Unpublish \(deactivate\) that workflow, or add 'Replace Another Callback' under Options, so that they come here\.$/,
		);
	});

	it('can be found where it is not', async () => {
		add();
		const taken = scene.engine.webhookUrl('wf').replace('hook-of-wf', 'a-built-in-trigger');
		scene.simulator.world.subscriptions.numbers.set(NUMBER_ID, taken);
		await expect(scene.engine.activate('wf')).rejects.toThrow(
			"go to another workflow of this n8n already. Unpublish (deactivate) the workflow whose trigger has 'a-built-in-trigger' in its Production URL, under Webhook URLs, or add 'Replace Another Callback'",
		);
	});
});

describe("with 'Replace Another Callback'", () => {
	it('takes the place of a foreign callback, and puts it back after a restart too', async () => {
		const other = await callbackOfOthers('their word');
		takeOver(other.url);
		await activate('wf', { replaceCallback: true, otherVerifyToken: 'their word' });
		expect(atMeta().numbers).toEqual({ [NUMBER_ID]: scene.engine.webhookUrl('wf') });
		scene.engine.restart();
		await scene.engine.deactivate('wf');
		expect(atMeta().numbers).toEqual({ [NUMBER_ID]: other.url });
		await other.close();
	});

	it('remembers it when the workflow is activated once more', async () => {
		const other = await callbackOfOthers('their word');
		takeOver(other.url);
		await activate('wf', { replaceCallback: true, otherVerifyToken: 'their word' });
		scene.simulator.world.subscriptions.accounts.delete(ACCOUNT_ID);
		await scene.engine.activate('wf');
		await scene.engine.deactivate('wf');
		expect(atMeta().numbers).toEqual({ [NUMBER_ID]: other.url });
		await other.close();
	});

	it('leaves no callback where the other one does not answer any more', async () => {
		takeOver('http://127.0.0.1:9/gone');
		await activate('wf', { replaceCallback: true });
		await scene.engine.deactivate('wf');
		expect(atMeta().numbers).toEqual({});
	});

	it('leaves a callback that a third party has set since', async () => {
		await activate('one');
		await activate('two', { replaceCallback: true });
		takeOver(FOREIGN);
		await scene.engine.deactivate('two');
		expect(atMeta().numbers).toEqual({ [NUMBER_ID]: FOREIGN });
	});
});

/** A callback of somebody else, which answers to its own verify token. */
async function callbackOfOthers(token: string) {
	const app = express();
	app.get('/hook', ({ query }, res) => {
		const isRight = query['hub.verify_token'] === token;
		res.status(isRight ? 200 : 403).send(isRight ? String(query['hub.challenge']) : '');
	});
	const server = await new Promise<Server>((resolve) => {
		const listening: Server = app.listen(0, '127.0.0.1', () => resolve(listening));
	});
	const close = async () => await new Promise((resolve) => server.close(resolve));
	return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, close };
}

describe('a deactivation', () => {
	it('knows after a restart what to undo', async () => {
		await activate();
		scene.engine.restart();
		await scene.engine.deactivate('wf');
		expect(atMeta()).toEqual({ numbers: {}, subscribed: false });
	});

	it('knows it after messages too, which write the same row', async () => {
		await activate();
		await scene.simulator.writes({ from: '16505551234', text: 'Hello' });
		await scene.engine.settled();
		scene.engine.restart();
		await scene.engine.deactivate('wf');
		expect(atMeta()).toEqual({ numbers: {}, subscribed: false });
	});

	it('leaves a callback that somebody else has set since', async () => {
		await activate();
		takeOver(FOREIGN);
		await scene.engine.deactivate('wf');
		expect(atMeta().numbers).toEqual({ [NUMBER_ID]: FOREIGN });
	});

	it('keeps the subscription while another number of the account has a callback', async () => {
		scene.simulator.addBusinessNumber({ id: OTHER_NUMBER, phone: '15550783882' });
		await activate('one');
		await activate('two', { businessNumber: chosen(OTHER_NUMBER) });
		await scene.engine.deactivate('one');
		expect(atMeta()).toEqual({
			numbers: { [OTHER_NUMBER]: scene.engine.webhookUrl('two') },
			subscribed: true,
		});
	});

	it('of the last of several triggers removes the subscription, whoever made it', async () => {
		scene.simulator.addBusinessNumber({ id: OTHER_NUMBER, phone: '15550783882' });
		await activate('one');
		await activate('two', { businessNumber: chosen(OTHER_NUMBER) });
		await scene.engine.deactivate('one');
		scene.engine.restart();
		await scene.engine.deactivate('two');
		expect(atMeta()).toEqual({ numbers: {}, subscribed: false });
	});

	it('knows the neighbours again when they get a delivery after a restart', async () => {
		scene.simulator.addBusinessNumber({ id: OTHER_NUMBER, phone: '15550783882' });
		await activate('one');
		scene.engine.restart();
		await scene.simulator.writes({ from: '16505551234', to: NUMBER_ID, text: 'Hello' });
		await activate('two', { businessNumber: chosen(OTHER_NUMBER) });
		await scene.engine.deactivate('one');
		await scene.engine.deactivate('two');
		expect(atMeta()).toEqual({ numbers: {}, subscribed: false });
	});

	it('keeps the subscription for a callback of the account', async () => {
		await activate();
		scene.simulator.world.subscriptions.accounts.set(ACCOUNT_ID, { override: FOREIGN });
		await scene.engine.deactivate('wf');
		expect(atMeta()).toEqual({ numbers: {}, subscribed: true, accountCallback: FOREIGN });
	});

	it('undoes nothing twice', async () => {
		await activate();
		await scene.engine.deactivate('wf');
		takeOver(FOREIGN);
		subscribe();
		await scene.engine.deactivate('wf');
		expect(atMeta()).toEqual({ numbers: { [NUMBER_ID]: FOREIGN }, subscribed: true });
	});

	it('ends the watch: what is not on record is unknown from then on', async () => {
		await activate();
		jest.setSystemTime((AT + 86_400) * 1000);
		await deliverText(scene.engine, 'wf', { timestamp: AT + 86_399 });
		scene.engine.add(listener('asker'));
		const known = async () => await windowOf(scene.engine, 'asker', '+4915112345678');
		expect(await known()).toMatchObject({ state: 'closed' });
		await scene.engine.deactivate('wf');
		expect(await known()).toMatchObject({ state: 'unknown' });
	});
});

describe('a test in the editor', () => {
	it('registers its own address for as long as it lasts', async () => {
		add();
		await scene.engine.listenForTest('wf');
		expect(atMeta()).toEqual({
			numbers: { [NUMBER_ID]: scene.engine.webhookUrl('wf', true) },
			subscribed: true,
		});
		await scene.engine.endTest('wf');
		expect(atMeta()).toEqual({ numbers: {}, subscribed: false });
	});

	it('takes the place of the active workflow, and gives it back', async () => {
		await activate();
		await scene.engine.listenForTest('wf');
		expect(atMeta().numbers).toEqual({ [NUMBER_ID]: scene.engine.webhookUrl('wf', true) });
		await scene.simulator.writes({ from: '16505551234', text: 'to the test' });
		await scene.engine.settled();
		expect(atMeta()).toEqual({
			numbers: { [NUMBER_ID]: scene.engine.webhookUrl('wf') },
			subscribed: true,
		});
		await scene.simulator.writes({ from: '16505551234', text: 'to the workflow' });
		await scene.engine.settled();
		expect(scene.engine.executions.map(({ mode }) => mode)).toEqual(['manual', 'webhook']);

		await scene.engine.deactivate('wf');
		expect(atMeta()).toEqual({ numbers: {}, subscribed: false });
	});

	it('that is broken off gives the number back too', async () => {
		await activate();
		await scene.engine.listenForTest('wf');
		await scene.engine.endTest('wf');
		expect(atMeta().numbers).toEqual({ [NUMBER_ID]: scene.engine.webhookUrl('wf') });
	});

	it('can be begun twice', async () => {
		await activate();
		await scene.engine.listenForTest('wf');
		await scene.engine.listenForTest('wf');
		await scene.engine.endTest('wf');
		expect(atMeta().numbers).toEqual({ [NUMBER_ID]: scene.engine.webhookUrl('wf') });
	});

	it("is refused when the number has somebody else's callback", async () => {
		takeOver(FOREIGN);
		add();
		await expect(scene.engine.listenForTest('wf')).rejects.toThrow(FOREIGN);
		expect(atMeta().numbers).toEqual({ [NUMBER_ID]: FOREIGN });
	});
});

describe("with 'Registration' set to 'Manual'", () => {
	it('asks Meta for nothing, and changes nothing', async () => {
		takeOver(FOREIGN);
		await activate('wf', { registration: 'manual' });
		await scene.engine.listenForTest('wf');
		await scene.engine.endTest('wf');
		await scene.engine.deactivate('wf');
		expect(scene.simulator.requests).toEqual([]);
	});
});

describe('an address that Meta cannot reach', () => {
	const GRAPH = 'https://graph.example';

	beforeEach(() => {
		scene.engine.credential.baseUrl = GRAPH;
		nock(GRAPH).get(/.*/).query(true).reply(200, { id: NUMBER_ID });
	});

	afterEach(() => nock.cleanAll());
	afterAll(() => nock.restore());

	it('is refused before anything is registered', async () => {
		add();
		await expect(scene.engine.activate('wf')).rejects.toThrow(/https.*WEBHOOK_URL/s);
	});

	it('is refused when it is longer than Meta takes', async () => {
		scene.engine.setPublicUrl(`https://n8n.example/${'long/'.repeat(40)}`);
		add();
		await expect(scene.engine.activate('wf')).rejects.toThrow(/at most 200/);
	});
});

describe('a server that has moved', () => {
	const OLD = 'http://127.0.0.1:9/webhook/hook-of-wf/webhook';

	it('takes the callback of its own trigger over from its old address', async () => {
		takeOver(OLD);
		await activate();
		expect(atMeta().numbers).toEqual({ [NUMBER_ID]: scene.engine.webhookUrl('wf') });
	});

	it('does not give it back to an address where nobody answers', async () => {
		takeOver(OLD);
		await activate();
		await scene.engine.deactivate('wf');
		expect(atMeta().numbers).toEqual({});
	});
});

describe('the start of an n8n that asks whether the callback is still there', () => {
	const start = async () => await scene.engine.activate('wf', 5, 'init');

	it.each([
		{ what: 'once breaks off', fault: { when: 'cut' as const, times: 1 } },
		{ what: 'is answered once that Meta has trouble', fault: { code: 2, times: 1 } },
		{ what: 'breaks off every time', fault: { when: 'cut' as const, times: 1000 } },
		{ what: 'is answered that the token has ended', fault: { code: 190, times: 1000 } },
	])('leaves it as it is when the question $what', async ({ fault }) => {
		await activate();
		const before = changes();
		const asked = scene.simulator.requests.length;
		scene.simulator.failNext(fault);
		await start();
		expect(scene.simulator.requests.length).toBeGreaterThan(asked);
		scene.simulator.world.faults.clear();
		expect(changes()).toEqual(before);
		const { delivery } = await scene.simulator.writes({ from: '16505551234', text: 'Hello' });
		expect(delivery).toMatchObject({ status: 200 });
	});

	it('sets it again when it is gone', async () => {
		await activate();
		scene.simulator.world.subscriptions.numbers.delete(NUMBER_ID);
		await start();
		expect(atMeta().numbers).toEqual({ [NUMBER_ID]: scene.engine.webhookUrl('wf') });
	});

	it('is told what is wrong when nothing was registered before', async () => {
		add();
		scene.simulator.failNext({ code: 190, times: 100 });
		await expect(start()).rejects.toThrow(/token/i);
	});
});
