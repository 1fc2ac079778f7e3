import { readdirSync } from 'fs';
import { join } from 'path';

import { Logger } from '@n8n/backend-common';
import { Container } from '@n8n/di';
import type { IDataObject } from 'n8n-workflow';

import { describeWithFixtures, readFixture } from '../fixtures';
import {
	accountDelivery,
	batch,
	call,
	delivery,
	echo,
	failedStatus,
	interactiveReply,
	message,
	messageDelivery,
	preference,
	rawBodyOf,
	signatureOf,
	status,
	templateStatus,
	textMessage,
} from '../unit/events/payloads';

import {
	ACCOUNT_ID,
	AT,
	CONTACT,
	CONTACT_PHONE,
	CONTACT_USER_ID,
	conversationOf,
	deliver,
	deliverText,
	HOUR,
	listener,
	MINUTE,
	NUMBER_ID,
	SECRET,
	setClock,
	triggered,
	useScene,
	windowOf,
} from './scene';
import { problemsWith } from './schemas';
import { chosen } from './workflows';

const ALL_EVENTS = ['account', 'call', 'consent', 'echo', 'message', 'status'];

const scene = useScene();

/** Adds an active workflow that our trigger starts. */
async function listen(id = 'wf', parameters = {}): Promise<void> {
	scene.engine.add(listener(id, parameters));
	await scene.engine.activate(id);
}

describe("Meta's check of the address", () => {
	const check = async (workflowId: string, query: Record<string, string>) =>
		await scene.engine.deliver(workflowId, { method: 'GET', query });
	const challenge = (token: string) => ({
		'hub.mode': 'subscribe',
		'hub.verify_token': token,
		'hub.challenge': '1158201444',
	});

	it('is answered when it knows the word of the node', async () => {
		await listen('wf', { verifyWord: 'open sesame' });
		const answer = await check('wf', challenge('open sesame'));
		expect(answer).toMatchObject({ status: 200, body: '1158201444' });
		expect(answer.headers['content-type']).toContain('text/plain');
		expect(scene.engine.executions).toEqual([]);
	});

	it('is answered for the ID of the workflow, which is the word unless another was given', async () => {
		await listen('wf');
		expect(await check('wf', challenge('wf'))).toMatchObject({ status: 200, body: '1158201444' });
	});

	it.each<[string, Record<string, string>]>([
		['a wrong word', challenge('sesame')],
		['an empty word', challenge('')],
		['no word', { 'hub.mode': 'subscribe', 'hub.challenge': '1158201444' }],
		['no mode', { 'hub.verify_token': 'open sesame', 'hub.challenge': '1158201444' }],
		['no challenge', { 'hub.mode': 'subscribe', 'hub.verify_token': 'open sesame' }],
		['nothing', {}],
	])('is refused with %s', async (_what, query) => {
		await listen('wf', { verifyWord: 'open sesame' });
		expect(await check('wf', query)).toMatchObject({ status: 403, body: '' });
	});

	describe('after a registration by the node', () => {
		it('knows a word made from the app secret, and not the ID of the workflow', async () => {
			await listen('wf', { registration: 'automatic' });
			const registered = scene.simulator.requests.find(
				({ method, path }) => method === 'POST' && path.endsWith(`/${NUMBER_ID}`),
			);
			const { webhook_configuration: configuration } = registered?.body as {
				webhook_configuration: { verify_token: string };
			};
			expect(configuration.verify_token).toMatch(/^\S{16,}$/);
			expect(configuration.verify_token).not.toContain(SECRET);
			expect(await check('wf', challenge(configuration.verify_token))).toMatchObject({
				status: 200,
				body: '1158201444',
			});
			expect((await check('wf', challenge('wf'))).status).toBe(403);
		});
	});

	it('is answered for the word of the credential', async () => {
		scene.engine.credential.verifyToken = 'from the credential';
		await listen('wf');
		expect(await check('wf', challenge('from the credential'))).toMatchObject({ status: 200 });
	});
});

describe('a signed delivery', () => {
	it('starts the workflow with a flat item that has the open window', async () => {
		await listen();
		setClock(5);
		expect(await deliverText(scene.engine, 'wf', { body: 'Is it open?' })).toMatchObject({
			status: 200,
			body: '',
		});
		const items = await triggered(scene.engine);
		expect(problemsWith(items[0], 'WhatsAppConversationsTrigger', 'output')).toEqual([]);
		expect(items).toEqual([
			{
				event: 'message',
				messageId: 'wamid.inbound',
				sessionKey: expect.stringMatching(/^[\w-]{20}$/),
				type: 'text',
				kind: 'text',
				text: 'Is it open?',
				contact: CONTACT_USER_ID,
				phone: CONTACT,
				userId: CONTACT_USER_ID,
				name: 'Sheena Nelson',
				username: '',
				timestamp: '2026-11-20T12:00:00.000Z',
				businessNumberId: NUMBER_ID,
				businessPhone: '+15550783881',
				accountId: ACCOUNT_ID,
				late: false,
				ageSeconds: 5,
				window: {
					state: 'open',
					openedAt: '2026-11-20T12:00:00.000Z',
					expiresAt: '2026-11-21T11:59:00.000Z',
					secondsLeft: 24 * HOUR - MINUTE - 5,
				},
				owner: { who: 'automation', since: null, until: null, why: null },
				raw: textMessage({ body: 'Is it open?' }),
			},
		]);
	});

	it('of several messages starts one run with an item for each, in their order', async () => {
		await listen();
		const one = textMessage({ id: 'wamid.1', body: 'one' });
		const two = textMessage({ id: 'wamid.2', body: 'two', timestamp: AT - 1 });
		const three = textMessage({
			id: 'wamid.3',
			body: 'three',
			from: '4915112345678',
			userId: undefined,
		});
		await deliver(
			scene.engine,
			'wf',
			batch(delivery({ messages: [one, two] }), messageDelivery(three)),
		);
		const [run, ...others] = await scene.engine.settled();
		expect(others).toEqual([]);
		expect(run.status).toBe('success');
		const items = await triggered(scene.engine);
		expect(items.map(({ text, contact }) => [text, contact])).toEqual([
			['one', CONTACT_USER_ID],
			['two', CONTACT_USER_ID],
			['three', '+4915112345678'],
		]);
		expect(items.map(({ window }) => (window as IDataObject).openedAt)).toEqual(
			Array(3).fill('2026-11-20T12:00:00.000Z'),
		);
	});

	it('of a message that is a day old says that the window is closed', async () => {
		await listen();
		await deliverText(scene.engine, 'wf', { timestamp: AT - 25 * HOUR });
		expect(await triggered(scene.engine)).toMatchObject([
			{ late: true, window: { state: 'closed', secondsLeft: 0 } },
		]);
	});

	it('keeps letters outside ASCII, which Meta escapes', async () => {
		await listen();
		await deliverText(scene.engine, 'wf', { body: 'Grüße 👋' });
		expect(await triggered(scene.engine)).toMatchObject([{ text: 'Grüße 👋' }]);
	});

	it('of a contact without a phone number goes by the user ID', async () => {
		await listen();
		await deliverText(scene.engine, 'wf', { from: '' });
		expect(await triggered(scene.engine)).toMatchObject([
			{ contact: CONTACT_USER_ID, phone: '', userId: CONTACT_USER_ID, window: { state: 'open' } },
		]);
		expect(await windowOf(scene.engine, 'wf', CONTACT_USER_ID)).toMatchObject({ state: 'open' });
		expect(await windowOf(scene.engine, 'wf', CONTACT)).toMatchObject({ state: 'unknown' });
	});

	it.each([
		['reaction', message('reaction', { message_id: 'wamid.outbound', emoji: '👍' }), 'reactions'],
		['unsupported', message('unsupported', { type: 'poll' }), 'unsupported'],
		['edit', message('edit', { original_message_id: 'wamid.x', message: {} }), 'edits'],
	])('of type %s opens the window only on request', async (_type, inbound, option) => {
		await listen('plain');
		await listen('counting', { options: { alsoCounts: [option] } });
		await deliver(scene.engine, 'plain', messageDelivery(inbound));
		expect(await triggered(scene.engine)).toMatchObject([{ window: { state: 'unknown' } }]);
		await deliver(scene.engine, 'counting', messageDelivery(inbound));
		expect(await windowOf(scene.engine, 'counting')).toMatchObject({ state: 'open' });
	});
});

describeWithFixtures("Meta's own examples", (dir) => {
	const folder = join(dir, 'meta-openapi-v23', 'webhooks');

	it.each(readdirSync(folder))('%s starts the workflow with flat items', async (file) => {
		// Some of them are years old.
		await listen('wf', { events: ALL_EVENTS, options: { startForOld: true } });
		const answer = await deliver(
			scene.engine,
			'wf',
			readFixture('meta-openapi-v23', 'webhooks', file),
		);
		expect(answer).toMatchObject({ status: 200, body: '' });
		const items = await triggered(scene.engine);
		expect(items.length).toBeGreaterThan(0);
		for (const item of items) {
			expect(ALL_EVENTS).toContain(item.event);
			expect(item.raw).toEqual(expect.any(Object));
		}
	});
});

describe('what is not proven', () => {
	const body = rawBodyOf(messageDelivery(textMessage()));

	it('is proven by a new secret at once, and by the old one no longer after half a minute', async () => {
		await listen();
		const answerTo = async (id: string, secret: string) => {
			const signed = rawBodyOf(messageDelivery(textMessage({ id })));
			const headers = { 'x-hub-signature-256': signatureOf(signed, secret) };
			return (await scene.engine.deliver('wf', { body: signed, headers })).status;
		};
		expect(await answerTo('wamid.1', SECRET)).toBe(200);
		scene.engine.credential.appSecret = 'a new secret';
		expect(await answerTo('wamid.2', 'a new secret')).toBe(200);
		expect(await answerTo('wamid.3', SECRET)).toBe(401);

		scene.engine.credential.appSecret = SECRET;
		jest.setSystemTime(Date.now() + 31_000);
		expect(await answerTo('wamid.4', 'a new secret')).toBe(401);
		expect(await answerTo('wamid.5', SECRET)).toBe(200);
	});

	it.each<[string, Record<string, string>]>([
		['is missing', {}],
		['is of another secret', { 'x-hub-signature-256': signatureOf(body, 'guessed') }],
		['is of another body', { 'x-hub-signature-256': signatureOf('{}', SECRET) }],
		['is the old SHA-1', { 'x-hub-signature': `sha1=${'0'.repeat(40)}` }],
		['is cut short', { 'x-hub-signature-256': signatureOf(body, SECRET).slice(0, -2) }],
		['has no algorithm', { 'x-hub-signature-256': signatureOf(body, SECRET).slice(7) }],
		['is empty', { 'x-hub-signature-256': '' }],
	])('changes nothing when the signature %s', async (_how, headers) => {
		await listen();
		const before = scene.engine.staticData('wf');
		expect(await scene.engine.deliver('wf', { body, headers })).toMatchObject({
			status: 401,
			body: '',
		});
		expect(scene.engine.executions).toEqual([]);
		expect(scene.engine.staticData('wf')).toEqual(before);
		expect(await windowOf(scene.engine, 'wf')).toMatchObject({ state: 'unknown' });
	});

	it.each(['text/plain', 'application/octet-stream', 'multipart/form-data; boundary=x'])(
		'is refused as %s too',
		async (type) => {
			await listen();
			const headers = { 'content-type': type, 'x-hub-signature-256': signatureOf('{}', SECRET) };
			expect((await scene.engine.deliver('wf', { body, headers })).status).toBe(401);
			expect(scene.engine.executions).toEqual([]);
		},
	);

	it.each(['not JSON', '[1, 2'])('is answered 400 when %j is signed', async (text) => {
		await listen();
		const headers = {
			// n8n itself refuses what calls itself JSON and is none.
			'content-type': 'text/plain',
			'x-hub-signature-256': signatureOf(text, SECRET),
		};
		expect(await scene.engine.deliver('wf', { body: text, headers })).toMatchObject({
			status: 400,
		});
		expect(scene.engine.executions).toEqual([]);
	});

	it.each(['null', '7', '[]', '{}', '{"object":"page"}', '{"object":"whatsapp_business_account"}'])(
		'starts nothing when %s is signed',
		async (text) => {
			await listen();
			const headers = { 'x-hub-signature-256': signatureOf(text, SECRET) };
			expect(await scene.engine.deliver('wf', { body: text, headers })).toMatchObject({
				status: 200,
			});
			expect(scene.engine.executions).toEqual([]);
		},
	);

	it.each([
		['without a message ID', { from: CONTACT_PHONE }],
		['with one', { from: CONTACT_PHONE, id: 'wamid.deep' }],
	])('is answered 400 when it is nested 8,000 deep, %s', async (_what, entry) => {
		await listen('wf', { events: ALL_EVENTS });
		const deep = '['.repeat(8_000) + ']'.repeat(8_000);
		const payload = messageDelivery({ ...entry, type: 'text', text: { body: 'x' }, deep: 0 });
		const text = String(rawBodyOf(payload)).replace('"deep":0', `"deep":${deep}`);
		const headers = { 'x-hub-signature-256': signatureOf(text, SECRET) };
		expect((await scene.engine.deliver('wf', { body: text, headers })).status).toBe(400);
		expect(scene.engine.executions).toEqual([]);
	});

	it('is refused when the credential has lost its secret, even signed with nothing', async () => {
		await listen();
		scene.engine.credential.appSecret = '';
		const headers = { 'x-hub-signature-256': signatureOf(body, '') };
		expect((await scene.engine.deliver('wf', { body, headers })).status).toBe(401);
		expect(scene.engine.executions).toEqual([]);
	});
});

describe('deliveries that nobody expects', () => {
	const body = rawBodyOf(messageDelivery(textMessage()));
	let warnings: string[];
	let reads: number;

	beforeEach(() => {
		warnings = [];
		reads = 0;
		const note = (text: string) => void warnings.push(text);
		jest.spyOn(Container.get(Logger), 'warn').mockImplementation(note);
		jest.spyOn(Container.get(Logger), 'info').mockImplementation(note);
		// What earlier tests read and said is forgotten by then.
		jest.setSystemTime(Date.now() + HOUR * 1000);
		Object.defineProperty(scene.engine.credential, 'appSecret', {
			enumerable: true,
			get: () => {
				reads++;
				return SECRET;
			},
		});
	});

	afterEach(() => jest.restoreAllMocks());

	it.each<[string, Record<string, string>, RegExp]>([
		['no signature', {}, /has no signature \(header 'X-Hub-Signature-256'\)/],
		['a malformed one', { 'x-hub-signature-256': 'sha256=abc' }, /is not a signature/],
	])('are refused without reading the credential: %s', async (_what, headers, text) => {
		await listen();
		reads = 0;
		jest.setSystemTime(Date.now() + HOUR * 1000);
		for (let n = 0; n < 5; n++) {
			expect((await scene.engine.deliver('wf', { body, headers })).status).toBe(401);
		}
		expect(reads).toBe(0);
		expect(warnings).toEqual([expect.stringMatching(text)]);
		expect(warnings[0]).not.toContain(CONTACT_PHONE);
	});

	it('are refused with one look at the credential when another secret signed them', async () => {
		await listen();
		reads = 0;
		jest.setSystemTime(Date.now() + 2 * HOUR * 1000);
		const forged = { 'x-hub-signature-256': signatureOf(body, 'guessed') };
		for (let n = 0; n < 20; n++) {
			expect((await scene.engine.deliver('wf', { body, headers: forged })).status).toBe(401);
		}
		expect(reads).toBe(1);
		expect(warnings).toEqual([expect.stringContaining("does not fit 'App Secret'")]);
		expect(await deliverText(scene.engine, 'wf')).toMatchObject({ status: 200 });
		expect(reads).toBe(1);

		jest.setSystemTime(Date.now() + HOUR * 1000);
		await scene.engine.deliver('wf', { body, headers: forged });
		expect(warnings.slice(1)).toEqual([expect.stringContaining('the same 19 times more')]);
	});

	const sample = (field: string, value: object) => ({
		object: 'whatsapp_business_account',
		entry: [{ id: '0', time: AT, changes: [{ field, value }] }],
	});

	it("are told of when they are the sample of Meta's app dashboard", async () => {
		await listen();
		const value = {
			messaging_product: 'whatsapp',
			metadata: { display_phone_number: '16505551111', phone_number_id: '123456123' },
			contacts: [{ profile: { name: 'test user name' }, wa_id: '16315551181' }],
			messages: [
				{
					from: '16315551181',
					id: 'ABGGFlA5Fpa',
					timestamp: '1504902988',
					type: 'text',
					text: { body: 'this is a text message' },
				},
			],
		};
		expect((await deliver(scene.engine, 'wf', sample('messages', value))).status).toBe(200);
		expect(scene.engine.executions).toEqual([]);
		expect(warnings).toEqual([expect.stringContaining("the sample that the button 'Test'")]);
	});

	it.each<[string, object, RegExp]>([
		[
			'another number',
			delivery({ messages: [textMessage()], metadata: { phone_number_id: '999' } }),
			/about another number than the 'Business Number'/,
		],
		['a page', { object: 'page', entry: [] }, /not about a WhatsApp business account/],
	])('are told of when they are about %s', async (_what, payload, text) => {
		await listen();
		expect((await deliver(scene.engine, 'wf', payload)).status).toBe(200);
		expect(warnings).toEqual([expect.stringMatching(text)]);
	});

	it('are no others: what starts the workflow says nothing', async () => {
		await listen();
		await deliverText(scene.engine, 'wf');
		expect(warnings).toEqual([]);
	});
});

describe('a delivery that comes again', () => {
	it('starts nothing', async () => {
		await listen();
		await deliverText(scene.engine, 'wf');
		expect(await deliverText(scene.engine, 'wf')).toMatchObject({ status: 200, body: '' });
		setClock(6 * 24 * HOUR);
		expect((await deliverText(scene.engine, 'wf')).status).toBe(200);
		expect(await triggered(scene.engine)).toHaveLength(1);
	});

	it('starts nothing after a restart either', async () => {
		await listen();
		await deliverText(scene.engine, 'wf');
		await scene.engine.settled();
		scene.engine.restart();
		expect((await deliverText(scene.engine, 'wf')).status).toBe(200);
		expect(await triggered(scene.engine)).toHaveLength(1);
	});

	it('starts what is new in it', async () => {
		await listen();
		await deliverText(scene.engine, 'wf', { id: 'wamid.1' });
		const messages = ['wamid.1', 'wamid.2', 'wamid.2'].map((id) => textMessage({ id }));
		await deliver(scene.engine, 'wf', delivery({ messages }));
		const items = await triggered(scene.engine);
		expect(items.map(({ messageId }) => messageId)).toEqual(['wamid.1', 'wamid.2']);
	});

	it('starts every workflow that listens, once', async () => {
		await listen('one');
		await listen('two');
		for (const id of ['one', 'two', 'one', 'two']) await deliverText(scene.engine, id);
		await scene.engine.settled();
		expect(scene.engine.executions.map(({ workflowId }) => workflowId)).toEqual(['one', 'two']);
	});

	it('is sent away while n8n is still taking the first one in', async () => {
		await listen();
		const taking = holdExecutions();
		const first = deliverText(scene.engine, 'wf');
		await taking.begun;
		expect((await deliverText(scene.engine, 'wf')).status).toBe(503);
		taking.end();
		expect((await first).status).toBe(200);
		expect((await deliverText(scene.engine, 'wf')).status).toBe(200);
		expect(await triggered(scene.engine)).toHaveLength(1);
	});

	it('starts the workflow when n8n could not take the first one in', async () => {
		await listen();
		scene.engine.storeExecution = async () => {
			throw new Error('The database is full');
		};
		expect((await deliverText(scene.engine, 'wf')).status).toBe(500);
		expect(scene.engine.executions).toEqual([]);
		scene.engine.storeExecution = async () => {};
		expect((await deliverText(scene.engine, 'wf')).status).toBe(200);
		expect(await triggered(scene.engine)).toHaveLength(1);
	});

	it('starts each run of a test in the editor', async () => {
		scene.engine.add(listener('wf'));
		await scene.engine.listenForTest('wf');
		expect(
			(await deliver(scene.engine, 'wf', messageDelivery(textMessage()), { test: true })).status,
		).toBe(200);
		await scene.engine.listenForTest('wf');
		expect(
			(await deliver(scene.engine, 'wf', messageDelivery(textMessage()), { test: true })).status,
		).toBe(200);
		expect(await triggered(scene.engine)).toMatchObject([
			{ window: { state: 'open' } },
			{ window: { state: 'open' } },
		]);
		expect(scene.engine.executions.map(({ mode }) => mode)).toEqual(['manual', 'manual']);
		expect(scene.engine.staticData('wf')).toBeNull();
	});

	it('starts the active workflow although a test has seen it', async () => {
		await listen();
		await scene.engine.listenForTest('wf');
		await deliver(scene.engine, 'wf', messageDelivery(textMessage()), { test: true });
		await deliverText(scene.engine, 'wf');
		await scene.engine.settled();
		expect(scene.engine.executions.map(({ mode }) => mode)).toEqual(['manual', 'webhook']);
	});
});

/** Lets n8n take its time to store the executions that begin from now on. */
function holdExecutions(): { begun: Promise<void>; end: () => void } {
	let end = () => {};
	const ended = new Promise<void>((resolve) => (end = resolve));
	const begun = new Promise<void>((resolve) => {
		scene.engine.storeExecution = async () => {
			resolve();
			await ended;
		};
	});
	return { begun, end };
}

describe('events besides messages', () => {
	const refused = () => delivery({ statuses: [failedStatus({ timestamp: AT + MINUTE })] });

	it('start nothing by default', async () => {
		await listen();
		for (const payload of [
			delivery({ statuses: [status()] }),
			delivery({ calls: [call()] }, 'calls'),
			delivery({ user_preferences: [preference('stop')] }, 'user_preferences'),
			delivery({ message_echoes: [echo()] }, 'smb_message_echoes'),
			templateStatus('APPROVED'),
			accountDelivery({ event: 'ACCOUNT_RESTRICTION' }, 'account_update'),
		]) {
			expect(await deliver(scene.engine, 'wf', payload)).toMatchObject({ status: 200, body: '' });
		}
		expect(scene.engine.executions).toEqual([]);
	});

	it('close the window when WhatsApp refused a message for it, for good', async () => {
		await listen();
		await deliverText(scene.engine, 'wf');
		await scene.engine.settled();
		setClock(2 * MINUTE);
		await deliver(scene.engine, 'wf', refused());
		expect(scene.engine.executions).toHaveLength(1);
		expect(await windowOf(scene.engine, 'wf')).toMatchObject({ state: 'closed' });
		scene.engine.restart();
		expect(await conversationOf(scene.engine, 'wf')).toMatchObject({
			window: { state: 'closed' },
			maySend: { freeForm: { allowed: false, reason: 'windowClosedByProvider' } },
			refusedAt: '2026-11-20T12:01:00.000Z',
		});
	});

	it('open it again when the contact writes afterwards', async () => {
		await listen();
		setClock(2 * MINUTE);
		await deliver(scene.engine, 'wf', refused());
		await deliverText(scene.engine, 'wf', { timestamp: AT + 2 * MINUTE });
		expect(await windowOf(scene.engine, 'wf')).toMatchObject({ state: 'open' });
	});

	it('leave it closed when the message is older than the refused one', async () => {
		await listen();
		setClock(2 * MINUTE);
		await deliver(scene.engine, 'wf', refused());
		await deliverText(scene.engine, 'wf');
		expect(await windowOf(scene.engine, 'wf')).toMatchObject({ state: 'closed' });
	});

	it("open the window by the contact's call", async () => {
		await listen();
		await deliver(scene.engine, 'wf', delivery({ calls: [call()] }, 'calls'));
		expect(await windowOf(scene.engine, 'wf')).toMatchObject({
			state: 'open',
			openedAt: '2026-11-20T12:00:00.000Z',
		});
	});

	it('stop marketing when the contact says so', async () => {
		await listen();
		await deliver(
			scene.engine,
			'wf',
			delivery({ user_preferences: [preference('stop')] }, 'user_preferences'),
		);
		scene.engine.restart();
		expect(await conversationOf(scene.engine, 'wf')).toMatchObject({
			consent: { marketing: 'stopped', utility: 'none' },
			maySend: {
				marketingTemplate: { allowed: false, reason: 'marketingStopped' },
				utilityTemplate: { allowed: true },
			},
		});
	});

	it.each<[string, unknown, IDataObject]>([
		[
			'status',
			delivery({
				statuses: [
					status({
						status: 'read',
						extra: { biz_opaque_callback_data: 'order-7', pricing: { category: 'service' } },
					}),
				],
			}),
			{
				event: 'status',
				messageId: 'wamid.outbound',
				status: 'read',
				trackingData: 'order-7',
				pricingCategory: 'service',
				errorCode: 0,
				contact: CONTACT,
				window: { state: 'unknown', openedAt: null, expiresAt: null, secondsLeft: 0 },
			},
		],
		[
			'status',
			delivery({ statuses: [failedStatus()] }),
			{
				event: 'status',
				status: 'failed',
				errorCode: 131047,
				errorMessage: 'Details of 131047',
				window: { state: 'closed', openedAt: null, expiresAt: null, secondsLeft: 0 },
			},
		],
		[
			'call',
			delivery({ calls: [call()] }, 'calls'),
			{ event: 'call', callId: 'wacid.call', callEvent: 'connect', direction: 'inbound' },
		],
		[
			'consent',
			delivery({ user_preferences: [preference('stop')] }, 'user_preferences'),
			{ event: 'consent', category: 'marketing_messages', value: 'stop', contact: CONTACT_USER_ID },
		],
		[
			'echo',
			delivery({ message_echoes: [echo()] }, 'smb_message_echoes'),
			{ event: 'echo', messageId: 'wamid.echo', text: 'We are on our way' },
		],
		[
			'account',
			templateStatus('APPROVED'),
			{
				event: 'account',
				field: 'message_template_status_update',
				accountEvent: 'APPROVED',
				templateName: 'order_confirmation',
				businessNumberId: '',
				accountId: ACCOUNT_ID,
			},
		],
	])('start the workflow on request: %s', async (event, payload, expected) => {
		await listen('wf', { events: [event] });
		await deliver(scene.engine, 'wf', payload);
		await deliver(scene.engine, 'wf', payload);
		await deliverText(scene.engine, 'wf');
		expect(await triggered(scene.engine)).toEqual([expect.objectContaining(expected)]);
	});

	it('are told apart: each status of a message starts the workflow once', async () => {
		await listen('wf', { events: ['status'] });
		for (const state of ['sent', 'delivered', 'sent', 'read', 'read']) {
			await deliver(scene.engine, 'wf', delivery({ statuses: [status({ status: state })] }));
		}
		const items = await triggered(scene.engine);
		expect(items.map((item) => item.status)).toEqual(['sent', 'delivered', 'read']);
	});

	it('come together with messages in one run', async () => {
		await listen('wf', { events: ALL_EVENTS });
		await deliver(
			scene.engine,
			'wf',
			batch(
				messageDelivery(interactiveReply('button_reply', { id: 'yes', title: 'Yes' })),
				delivery({ statuses: [status()] }),
				templateStatus('PAUSED'),
			),
		);
		const items = await triggered(scene.engine);
		expect(items.map(({ event }) => event)).toEqual(['message', 'status', 'account']);
		expect(items[0]).toMatchObject({ text: 'Yes', reply: { id: 'yes', title: 'Yes' } });
	});
});

describe('another business number', () => {
	const elsewhere = (text = 'Hello') =>
		delivery({
			metadata: { display_phone_number: '15550009999', phone_number_id: '999000999000' },
			messages: [textMessage({ id: 'wamid.elsewhere', body: text })],
		});

	it('starts nothing, and its windows are its own', async () => {
		await listen();
		expect((await deliver(scene.engine, 'wf', elsewhere())).status).toBe(200);
		expect(scene.engine.executions).toEqual([]);
		expect(await windowOf(scene.engine, 'wf')).toMatchObject({ state: 'unknown' });
	});

	it('starts its own workflow', async () => {
		await listen('wf', { businessNumber: chosen('999000999000', 'id') });
		await deliver(scene.engine, 'wf', elsewhere());
		await deliverText(scene.engine, 'wf');
		expect(await triggered(scene.engine)).toMatchObject([{ businessNumberId: '999000999000' }]);
	});
});

it('counts a contact by either of its names once both have come together', async () => {
	await listen();
	await deliverText(scene.engine, 'wf', { timestamp: AT - HOUR });
	await deliverText(scene.engine, 'wf', { id: 'wamid.2', from: undefined });
	for (const name of [CONTACT, CONTACT_PHONE, CONTACT_USER_ID]) {
		expect(await windowOf(scene.engine, 'wf', name)).toMatchObject({
			openedAt: '2026-11-20T12:00:00.000Z',
		});
	}
});

describe('a contact who changes the phone number or the user ID (E36)', () => {
	const NEW_PHONE = '16505559999';
	const NEW_USER_ID = 'US.99';

	it.each<[string, object, string[]]>([
		[
			'the phone number',
			{ type: 'user_changed_number', wa_id: NEW_PHONE, user_id: NEW_USER_ID },
			[NEW_PHONE, NEW_USER_ID],
		],
		[
			'the user ID',
			{
				type: 'user_changed_user_id',
				user_id: NEW_USER_ID,
				previous_user_id: CONTACT_USER_ID,
			},
			[CONTACT_PHONE, NEW_USER_ID],
		],
	])(
		'%s: is the same contact, whose window counts again from the next message',
		async (_what, system, names) => {
			await listen();
			await deliver(
				scene.engine,
				'wf',
				delivery({ user_preferences: [preference('stop')] }, 'user_preferences'),
			);
			await deliverText(scene.engine, 'wf', { timestamp: AT - HOUR });
			const changed = message('system', system, { id: 'wamid.system', timestamp: AT - MINUTE });
			await deliver(scene.engine, 'wf', messageDelivery(changed));

			for (const name of names) {
				expect(await conversationOf(scene.engine, 'wf', name)).toMatchObject({
					window: { state: 'unknown', openedAt: '2026-11-20T11:00:00.000Z' },
					consent: { marketing: 'stopped' },
					userId: NEW_USER_ID,
				});
			}
			const [phone] = names;
			await deliverText(scene.engine, 'wf', { id: 'wamid.2', from: phone, userId: undefined });
			expect(await windowOf(scene.engine, 'wf', NEW_USER_ID)).toMatchObject({ state: 'open' });
		},
	);
});
