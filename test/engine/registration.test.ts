import nock from 'nock';

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

const scene = useScene();

const AUTOMATIC = { registration: 'automatic' };

function add(id = 'wf', parameters = {}): void {
	scene.engine.add(listener(id, { ...AUTOMATIC, ...parameters }));
}

async function activate(id = 'wf', parameters = {}): Promise<void> {
	add(id, parameters);
	await scene.engine.activate(id);
}

/** What Meta has registered. */
function atMeta() {
	const { numbers, accounts, app } = scene.simulator.world.subscriptions;
	return {
		numbers: Object.fromEntries(numbers),
		subscribed: accounts.has(ACCOUNT_ID),
		accountCallback: accounts.get(ACCOUNT_ID)?.override,
		appCallback: app?.callbackUrl,
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
		await expect(scene.engine.activate('two')).rejects.toThrow(scene.engine.webhookUrl('one'));
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
			/did not accept the access token.*[Tt]oken/s,
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
