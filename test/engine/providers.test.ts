import { createHmac } from 'crypto';

import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { startClickatell, type Clickatell } from '../simulator/dialects/clickatell';
import { startCustom, type Custom } from '../simulator/dialects/custom';
import { startDialog360, type Dialog360 } from '../simulator/dialects/dialog360';
import { startGupshup, type Gupshup } from '../simulator/dialects/gupshup';
import { startKapso, type Kapso } from '../simulator/dialects/kapso';
import type { Behind, Provider } from '../simulator/dialects/provider';
import { listen, type Dialect, type Seen } from '../simulator/dialects/server';
import {
	failedStatus,
	messageDelivery,
	status,
	textMessage,
	delivery as deliveryOf,
} from '../unit/events/payloads';
import { body, template } from '../unit/templates/samples';

import { itemsOf } from './engine';
import { NodeProcess } from './nodeProcess';
import {
	ACCOUNT_ID,
	addTemplate,
	AT,
	CONTACT,
	CONTACT_PHONE,
	fileItem,
	HOUR,
	NUMBER_ID,
	send,
	setClock,
	TOKEN,
	triggered,
	useScene,
	type Sent,
} from './scene';
import { chosen, fields, SEND_TYPE, sendNode, triggerNode, workflowOf } from './workflows';

const SECRET = 'a long word of our own';
const KEY = 'the-api-key';
const SHOP = '27999000002';
const TEXT = 'We are open until eight.';

const scene = useScene();

const CREDENTIALS = {
	whatsAppCompatibleApi: { id: '2', name: '360dialog' },
	clickatellApi: { id: '3', name: 'Clickatell' },
};

const ANSWER = { resource: 'message', operation: 'send', to: '={{ $json.contact }}' };

/** Runs our node through a provider. */
async function sendBy(parameters: INodeParameters, item: IDataObject = {}): Promise<Sent> {
	const items = [{ json: { contact: CONTACT, ...item } }];
	return await send(
		scene,
		{ ...ANSWER, ...parameters },
		{ items, node: { credentials: CREDENTIALS } },
	);
}

function inbox(parameters: INodeParameters): void {
	const events = ['message', 'status'];
	const node = triggerNode('inbox', { events, ...parameters }, { credentials: CREDENTIALS });
	scene.engine.add(workflowOf('inbox', node));
}

/** The field that a run was stopped for. */
async function refusedField(parameters: INodeParameters): Promise<unknown> {
	const common = { resource: 'message', operation: 'send', to: CONTACT };
	const { items } = await send(
		scene,
		{ ...common, ...parameters },
		{ node: { credentials: CREDENTIALS, onError: 'continueRegularOutput' } },
	);
	return (items[0].details as IDataObject) ?? items[0];
}

/** What a provider is told of the business, with the key that it gives out. */
const behind = (): Behind => ({
	simulator: scene.simulator,
	apiKey: KEY,
	accessToken: TOKEN,
	businessNumberId: NUMBER_ID,
	businessAccountId: ACCOUNT_ID,
});

const COMPATIBLE: INodeParameters = {
	provider: 'compatible',
	businessNumber: chosen(NUMBER_ID, 'id'),
};

const FROM_LIST = {
	whenWindowClosed: 'template',
	fallbackTemplate: chosen('come_back|en_US'),
	fallbackTemplateFields: fields({ 'body:1': 'Ada' }),
};

const TYPED_IN = {
	whenWindowClosed: 'template',
	fallbackTemplateSource: 'typed',
	fallbackTypedTemplate: 'come_back',
	fallbackTypedLanguage: 'en_US',
	fallbackTypedCategory: 'UTILITY',
	fallbackTypedValues: { value: [{ text: 'Ada' }] },
};

function addComeBack(): void {
	addTemplate(
		scene,
		template([body('Hello {{1}}, reply to us.', ['Grace'])], { name: 'come_back' }),
	);
}

/** A server that is nobody's, and what it was asked. */
let stranger: Dialect & { seen: Seen[] };
beforeEach(async () => {
	stranger = await listen((app) => {
		app.use((_req, res) => {
			res.type('image/png').send('not yours');
		});
	});
});
afterEach(async () => await stranger.stop());

/** The trigger's file of a message that came in. */
async function fileOf(content: Buffer, mimeType = 'image/png') {
	const media = scene.simulator.addInboundMedia(content, mimeType);
	const message = { type: 'image', image: media };
	await scene.simulator.writes({ from: CONTACT_PHONE, message });
	await scene.simulator.settled();
	const runs = await scene.engine.settled();
	const [item] = runs.flatMap((run) => itemsOf(run, 'Trigger'));
	return item;
}

describe('through 360dialog', () => {
	let dialog360: Dialog360;
	const through = COMPATIBLE;
	const TEMPLATE = FROM_LIST;

	beforeEach(async () => {
		dialog360 = await startDialog360(behind());
		Object.assign(scene.engine.credential, {
			whatsAppCompatibleApi: {
				preset: 'dialog360',
				apiKey: KEY,
				baseUrl: dialog360.url,
				webhookSecret: SECRET,
			},
		});
		addComeBack();
		inbox({ ...through, registration: 'automatic' });
	});

	afterEach(async () => await dialog360.stop());

	it('a message in is answered, by the same rules', async () => {
		await scene.engine.activate('inbox');
		expect(dialog360.webhook).toEqual({
			url: scene.engine.webhookUrl('inbox'),
			headers: { 'x-webhook-secret': SECRET },
		});
		await scene.simulator.writes({ from: CONTACT_PHONE, text: 'Open?' });
		expect(await dialog360.forward(messageDelivery(textMessage({ body: 'Open?' })))).toBe(200);
		const [item] = await triggered(scene.engine);
		expect(item).toMatchObject({ event: 'message', text: 'Open?', businessNumberId: NUMBER_ID });

		const { items, error } = await sendBy({ ...through, text: TEXT });
		expect(error).toBeUndefined();
		expect(items).toMatchObject([
			{ sentAs: 'freeForm', messageStatus: 'accepted', decision: { window: { state: 'open' } } },
		]);
		expect(scene.simulator.sent).toMatchObject([{ type: 'text' }]);
		const request = dialog360.seen.find(({ path }) => path === '/messages');
		expect(request?.headers).toMatchObject({ 'd360-api-key': KEY });
		expect(request?.headers.authorization).toBeUndefined();
	});

	it('a closed window refuses, or sends the template of the list', async () => {
		await scene.engine.activate('inbox');
		await dialog360.forward(messageDelivery(textMessage()));
		await triggered(scene.engine);
		setClock(25 * HOUR);
		const { error } = await sendBy({ ...through, text: TEXT });
		expect(error?.message).toContain('closed');
		expect(dialog360.seen.filter(({ path }) => path === '/messages')).toEqual([]);

		const { items } = await sendBy({ ...through, text: TEXT, ...TEMPLATE });
		expect(items).toMatchObject([
			{ sentAs: 'template', preview: { text: expect.stringContaining('Hello Ada') as string } },
		]);
		expect(scene.simulator.sent).toMatchObject([{ type: 'template' }]);
	});

	it('a refusal that comes later closes the window', async () => {
		await scene.engine.activate('inbox');
		await dialog360.forward(messageDelivery(textMessage()));
		await triggered(scene.engine);
		await scene.simulator.writes({ from: CONTACT_PHONE, text: 'Hi' });
		setClock(HOUR);
		const { items } = await sendBy({ ...through, text: TEXT });
		const id = String(items[0].messageId);
		await dialog360.forward(
			deliveryOf({ statuses: [failedStatus({ id, timestamp: AT + HOUR + 1 })] }),
		);
		await scene.engine.settled();
		const again = await sendBy({ ...through, text: TEXT });
		expect(again.error?.message).toMatch(/closed/);
	});

	it.each([
		['without the secret', {}],
		['with another one', { 'x-webhook-secret': `${SECRET}!` }],
	])('a delivery %s is sent away and starts nothing', async (_, headers) => {
		await scene.engine.activate('inbox');
		const forged = JSON.stringify(messageDelivery(textMessage()));
		const { status: answered } = await scene.engine.deliver('inbox', { body: forged, headers });
		expect(answered).toBe(401);
		expect(await triggered(scene.engine)).toEqual([]);
	});

	it("another's webhook stays, unless it may be replaced; then it is put back", async () => {
		const theirs = { url: 'https://crm.example/hook', headers: { 'X-Theirs': '1' } };
		Object.assign(dialog360.webhook, theirs);
		await expect(scene.engine.activate('inbox')).rejects.toThrow('crm.example');
		expect(dialog360.webhook).toEqual(theirs);

		inbox({ ...through, registration: 'automatic', replaceCallback: true });
		await scene.engine.activate('inbox');
		expect(dialog360.webhook.url).toBe(scene.engine.webhookUrl('inbox'));
		await scene.engine.deactivate('inbox');
		expect(dialog360.webhook).toEqual(theirs);
	});

	it('a wrong key is told apart', async () => {
		Object.assign(scene.engine.credential.whatsAppCompatibleApi as IDataObject, { apiKey: 'x' });
		expect(
			await refusedField({ ...through, text: TEXT, whenWindowClosed: 'sendAnyway' }),
		).toMatchObject({ kind: 'auth' });
	});

	it('T34: what only Meta can do is refused before any request', async () => {
		const parameters = { ...through, resource: 'account', operation: 'checkSetup' };
		expect(await refusedField(parameters)).toMatchObject({ reason: 'unsupportedByProvider' });
		expect(dialog360.seen).toEqual([]);
	});

	it("a contact's file comes from 360dialog's own host", async () => {
		inbox({ ...through, registration: 'automatic', options: { downloadMedia: true } });
		await scene.engine.activate('inbox');
		scene.simulator.setCallback(dialog360.fromMeta);
		const { binary } = await fileOf(Buffer.from('a photo'));
		expect(Buffer.from(binary?.data.data ?? '', 'base64').toString()).toBe('a photo');
	});

	it('a file at a strange host is not asked for, so that the key goes nowhere', async () => {
		inbox({ ...through, registration: 'automatic', options: { downloadMedia: true } });
		await scene.engine.activate('inbox');
		scene.simulator.setCallback(dialog360.fromMeta);
		scene.simulator.settings.mediaUrl = `${stranger.url}/file`;
		const { json, binary } = await fileOf(Buffer.from('a photo'));
		expect(json.mediaError).toMatchObject({
			error: expect.stringContaining('127.0.0.1') as string,
		});
		expect(binary).toBeUndefined();
		expect(stranger.seen).toEqual([]);
	});

	it('statuses tell of their sends', async () => {
		await scene.engine.activate('inbox');
		await dialog360.forward(deliveryOf({ statuses: [status({ id: 'wamid.1' })] }));
		expect(await triggered(scene.engine)).toMatchObject([{ event: 'status', status: 'delivered' }]);
	});
});

interface Way {
	name: string;
	start: () => Promise<Provider & { credential: IDataObject }>;
	/** How a template goes out instead. */
	fallback: INodeParameters;
	/** The header of the key, and what stands in it. */
	key: [string, string];
	/** The header of the proof. */
	proof: string;
	/** Where a message goes. */
	path: string;
}

const HMAC = { webhookProof: 'hmac', webhookSecret: SECRET };

const WAYS: Way[] = [
	{
		name: 'Kapso',
		fallback: FROM_LIST,
		key: ['x-api-key', KEY],
		proof: 'x-webhook-signature',
		path: `/meta/whatsapp/v24.0/${NUMBER_ID}/messages`,
		start: async () => {
			const kapso = await startKapso(behind(), SECRET);
			const credential = {
				preset: 'kapso',
				apiKey: KEY,
				baseUrl: kapso.base,
				phoneNumberId: NUMBER_ID,
				businessAccountId: ACCOUNT_ID,
				webhookHeader: 'X-Webhook-Signature',
				...HMAC,
			};
			return { ...kapso, credential };
		},
	},
	{
		name: 'Gupshup',
		fallback: TYPED_IN,
		key: ['authorization', KEY],
		proof: 'x-from-gupshup',
		path: '/partner/app/app-1/v3/message',
		start: async () => {
			const gupshup = await startGupshup(behind(), 'app-1');
			gupshup.webhook.headers = { 'X-From-Gupshup': SECRET };
			const credential = {
				preset: 'gupshup',
				apiKey: KEY,
				baseUrl: gupshup.url,
				appId: 'app-1',
				webhookHeader: 'X-From-Gupshup',
				webhookSecret: SECRET,
			};
			return { ...gupshup, credential };
		},
	},
	{
		name: 'a custom provider',
		fallback: TYPED_IN,
		key: ['x-access', `Key ${KEY}`],
		proof: 'x-proof',
		path: `/api/v1/${NUMBER_ID}/messages`,
		start: async () => {
			const custom = await startCustom(behind(), SECRET);
			const credential = {
				preset: 'custom',
				apiKey: KEY,
				baseUrl: custom.base,
				headerName: 'X-Access',
				headerPrefix: 'Key',
				pathStyle: 'graph',
				webhookHeader: 'X-Proof',
				webhookPrefix: 'sha256=',
				...HMAC,
			};
			return { ...custom, credential };
		},
	},
];

const LATE =
	'Message failed to send because more than 24 hours have passed since the customer last replied.';

/** How providers say that a window is closed. */
const CLOSED_IN_WORDS: Array<[string, number, unknown]> = [
	['an error that is a text', 422, { error: LATE }],
	['a message beside a status', 400, { status: 'error', message: LATE }],
	['a list of errors', 400, { errors: [{ code: 470, title: 'Failed', details: LATE }] }],
	['the message of the old API', 400, { meta: { developer_message: LATE } }],
	['JSON within a text', 500, { error: JSON.stringify({ error: { message: LATE } }) }],
	['a mere text', 400, LATE],
];

/** What is no word about the window. */
const OTHER_WORDS: Array<[string, number, unknown]> = [
	['a key that ends', 422, { error: 'Keys are valid for 24 hours since the user made them' }],
	['a fault of its own', 422, { error: 'Cannot process' }],
	['a web page', 400, '<html>Re-engagement message</html>'],
	['an overloaded gateway', 504, { message: 'Upstream timed out, too many requests' }],
];

const TOO_MANY: Array<[string, unknown]> = [
	['a text', 'Too Many Requests'],
	['nothing', ''],
	['a web page', '<html>Slow down</html>'],
	['JSON of its own', { error: 'throttled' }],
];

describe.each(WAYS)('through $name', ({ name, start, fallback, key, proof, path }) => {
	const through = COMPATIBLE;
	let provider: Provider;

	beforeEach(async () => {
		const { credential, ...started } = await start();
		provider = started;
		Object.assign(scene.engine.credential, { whatsAppCompatibleApi: credential });
		addComeBack();
		inbox({ ...through, registration: 'manual', options: { downloadMedia: true } });
		await scene.engine.activate('inbox');
		provider.webhook.url = scene.engine.webhookUrl('inbox');
		scene.simulator.setCallback(provider.fromMeta);
	});

	afterEach(async () => await provider.stop());

	const writes = async (text = 'Open?') => {
		await scene.simulator.writes({ from: CONTACT_PHONE, text });
		await scene.simulator.settled();
		return (await triggered(scene.engine)).at(-1);
	};

	it('a message in is answered freely, and its status tells of the send', async () => {
		const item = await writes();
		expect(item).toMatchObject({
			event: 'message',
			text: 'Open?',
			contact: expect.stringMatching(/^US\./) as string,
			phone: CONTACT,
			businessNumberId: NUMBER_ID,
			window: { state: 'open' },
		});
		const { items, error } = await sendBy({ ...through, text: TEXT }, item);
		expect(error).toBeUndefined();
		expect(items).toMatchObject([{ sentAs: 'freeForm', messageStatus: 'accepted' }]);
		expect(scene.simulator.sent).toMatchObject([{ type: 'text', windowWasOpen: true }]);
		const request = provider.seen.find((one) => one.path === path);
		const [header, value] = key;
		expect(request?.headers).toMatchObject({ [header]: value });

		await scene.simulator.settled();
		expect((await triggered(scene.engine)).at(-1)).toMatchObject({
			event: 'status',
			status: 'delivered',
			messageId: items[0].messageId,
			phone: CONTACT,
			businessNumberId: NUMBER_ID,
		});
	});

	it('a worker of the queue mode answers too, by the names that the item tells', async () => {
		const options = { credentials: CREDENTIALS };
		const listening = { ...through, events: ['message'], registration: 'manual' };
		const answering = { ...ANSWER, ...through, text: TEXT };
		scene.engine.add(
			workflowOf('inbox', triggerNode('inbox', listening, options), sendNode(answering, options)),
		);
		scene.engine.worker = new NodeProcess();
		await writes();
		await scene.engine.settled();
		expect(scene.simulator.sent).toMatchObject([{ type: 'text', windowWasOpen: true }]);
	});

	it('a closed window refuses, or sends the template', async () => {
		await writes();
		setClock(25 * HOUR);
		const { error } = await sendBy({ ...through, text: TEXT });
		expect(error?.message).toContain('closed');
		expect(scene.simulator.sent).toEqual([]);
		const { items } = await sendBy({ ...through, text: TEXT, ...fallback });
		expect(items).toMatchObject([
			{ sentAs: 'template', decision: { reason: 'sentTemplateInstead' } },
		]);
		expect(scene.simulator.sent).toMatchObject([
			{ type: 'template', body: { template: { name: 'come_back', language: { code: 'en_US' } } } },
		]);
		expect(scene.simulator.failuresOutsideWindow()).toEqual([]);
	});

	it('a refusal at once closes the window, and the template goes out in its place', async () => {
		scene.simulator.settings.windowRefusal = 'atOnce';
		const tries = { ...through, text: TEXT, whenWindowUnknown: 'try' };
		const { items } = await sendBy({ ...tries, ...fallback });
		expect(items).toMatchObject([{ sentAs: 'template' }]);
		expect(scene.simulator.failuresOutsideWindow()).toHaveLength(1);
		const { error } = await sendBy(tries);
		expect(error?.message).toContain('closed');
		expect(scene.simulator.failuresOutsideWindow()).toHaveLength(1);
	});

	it.each(CLOSED_IN_WORDS)('%s closes the window, too', async (_form, status, body) => {
		provider.answers.push({ status, body });
		const tries = { ...through, text: TEXT, whenWindowUnknown: 'try', ...fallback };
		expect((await sendBy(tries)).items).toMatchObject([{ sentAs: 'template' }]);
		expect((await sendBy(tries)).items).toMatchObject([
			{ sentAs: 'template', decision: { reason: 'sentTemplateInstead' } },
		]);
		expect(scene.simulator.sent.map(({ type }) => type)).toEqual(['template', 'template']);
	});

	it.each(OTHER_WORDS)('%s does not', async (_words, status, body) => {
		provider.answers.push({ status, body });
		const tries = { ...through, text: TEXT, whenWindowUnknown: 'try', ...fallback };
		expect((await sendBy(tries)).error).toBeDefined();
		expect(scene.simulator.sent).toEqual([]);
		expect(provider.seen.filter((one) => one.path === path)).toHaveLength(1);
	});

	it.each(TOO_MANY)('a limit told as %s is waited for', async (_form, body) => {
		provider.answers.push({ status: 429, body, headers: { 'retry-after': '0' } });
		const { items, error } = await sendBy({ ...through, text: TEXT, whenWindowUnknown: 'try' });
		expect(error).toBeUndefined();
		expect(items).toMatchObject([{ sentAs: 'freeForm' }]);
		expect(provider.seen.filter((one) => one.path === path)).toHaveLength(2);
	});

	it('a limit of an hour is not waited for, and told', async () => {
		provider.answers.push({ status: 429, body: 'Slow down', headers: { 'retry-after': '3600' } });
		const { error } = await sendBy({ ...through, text: TEXT, whenWindowUnknown: 'try' });
		expect(error?.description).toContain('3600 seconds');
		expect(scene.simulator.sent).toEqual([]);
	});

	it('a refusal that comes later closes the window, for the next one is a template', async () => {
		const tries = { ...through, text: TEXT, whenWindowUnknown: 'try', ...fallback };
		const [accepted] = (await sendBy(tries)).items;
		expect(accepted).toMatchObject({ sentAs: 'freeForm' });
		await scene.simulator.settled();
		expect((await triggered(scene.engine)).at(-1)).toMatchObject({
			event: 'status',
			status: 'failed',
			messageId: accepted.messageId,
			errorKind: 'windowClosed',
			contact: CONTACT,
			businessNumberId: NUMBER_ID,
		});
		expect((await sendBy(tries)).items).toMatchObject([{ sentAs: 'template' }]);
		expect(scene.simulator.failuresOutsideWindow()).toHaveLength(1);
	});

	it.each([
		['without its proof', undefined],
		['with a wrong proof', 'wrong'],
		['with an empty proof', ''],
		['with that of another body', createHmac('sha256', SECRET).update('{}').digest('hex')],
	])('a delivery %s is sent away and starts nothing', async (_, given) => {
		const headers: Record<string, string> = given === undefined ? {} : { [proof]: given };
		expect(await provider.forward(messageDelivery(textMessage()), headers)).toBe(401);
		expect(await triggered(scene.engine)).toEqual([]);
	});

	it('a wrong key is told apart', async () => {
		Object.assign(scene.engine.credential.whatsAppCompatibleApi as IDataObject, { apiKey: 'x' });
		const refused = await refusedField({ ...through, text: TEXT, whenWindowClosed: 'sendAnyway' });
		expect(refused).toMatchObject({ kind: name === 'a custom provider' ? 'permission' : 'auth' });
	});

	it('a file goes out as it was', async () => {
		await writes();
		const parameters = { resource: 'message', operation: 'send', to: '={{ $json.contact }}' };
		const { items, error } = await send(
			scene,
			{ ...parameters, ...through, messageType: 'document', mediaSource: 'binary' },
			{
				items: [fileItem('%PDF-1.7 a bill', 'application/pdf', 'bill.pdf')],
				node: { credentials: CREDENTIALS },
			},
		);
		expect(error).toBeUndefined();
		expect(items).toMatchObject([{ sentAs: 'freeForm' }]);
		const { document } = scene.simulator.sent[0].body as { document: { id: string } };
		expect(document).toMatchObject({ filename: 'bill.pdf' });
		expect(scene.simulator.media.get(document.id)).toMatchObject({
			bytes: Buffer.from('%PDF-1.7 a bill'),
			mimeType: 'application/pdf',
		});
	});

	it("a contact's file comes in as it was, or the item says why not", async () => {
		const { json, binary } = await fileOf(Buffer.from('a photo'));
		if (name === 'Gupshup') {
			expect(json.mediaError).toMatchObject({ details: { reason: 'unsupportedByProvider' } });
			return;
		}
		expect(json).not.toHaveProperty('mediaError');
		expect(Buffer.from(binary?.data.data ?? '', 'base64').toString()).toBe('a photo');
	});

	it('a file at a strange host is not asked for, so that the key goes nowhere', async () => {
		scene.simulator.settings.mediaUrl = `${stranger.url}/file`;
		const { json, binary } = await fileOf(Buffer.from('a photo'));
		expect(json.mediaError).toMatchObject({ error: expect.any(String) as string });
		expect(binary).toBeUndefined();
		expect(stranger.seen).toEqual([]);
	});
});

describe("in Kapso's own words", () => {
	let kapso: Kapso;

	beforeEach(async () => {
		const started = await WAYS[0].start();
		kapso = started as Provider as Kapso;
		Object.assign(scene.engine.credential, { whatsAppCompatibleApi: started.credential });
	});

	afterEach(async () => await kapso.stop());

	async function listenTo(events: string[]): Promise<void> {
		inbox({ ...COMPATIBLE, registration: 'manual', events });
		await scene.engine.activate('inbox');
		kapso.webhook.url = scene.engine.webhookUrl('inbox');
	}

	const RECEIVED = {
		phone_number_id: NUMBER_ID,
		message: {
			id: 'wamid.K',
			type: 'text',
			from: CONTACT_PHONE,
			text: { body: 'Open?' },
			kapso: { direction: 'inbound', status: 'received' },
		},
		conversation: { id: 'c1', phone_number: CONTACT },
	};
	const ADVICE = expect.stringContaining("kind 'meta'") as string;

	it('a message starts nothing, and the answer says what to change', async () => {
		await listenTo(['message', 'status']);
		expect(await kapso.tells('whatsapp.message.received', RECEIVED)).toMatchObject({
			status: 200,
			body: ADVICE,
		});
		expect(await triggered(scene.engine)).toEqual([]);
	});

	it('it is an account event that says what to change, for those who want these', async () => {
		await listenTo(['account']);
		await kapso.tells('whatsapp.message.received', RECEIVED);
		expect(await triggered(scene.engine)).toMatchObject([
			{ event: 'account', field: 'whatsapp.message.received', reason: ADVICE, raw: RECEIVED },
		]);
	});

	it('a contact who stopped marketing there has opted out', async () => {
		kapso.stopped.add(CONTACT_PHONE);
		addComeBack();
		const refused = await refusedField({
			...COMPATIBLE,
			operation: 'sendTemplate',
			template: chosen('come_back|en_US'),
			templateFields: fields({ 'body:1': 'Ada' }),
		});
		expect(refused).toMatchObject({ kind: 'optedOut' });
	});
});

describe("in Gupshup's own words", () => {
	let gupshup: Gupshup;

	beforeEach(async () => {
		const started = await WAYS[1].start();
		gupshup = started as Provider as Gupshup;
		Object.assign(scene.engine.credential, { whatsAppCompatibleApi: started.credential });
		inbox({ ...COMPATIBLE, registration: 'manual', events: ['message', 'status', 'account'] });
		await scene.engine.activate('inbox');
		gupshup.webhook.url = scene.engine.webhookUrl('inbox');
	});

	afterEach(async () => await gupshup.stop());

	it('an inactive contact is one whose window is closed: the template goes out', async () => {
		addComeBack();
		gupshup.refusals.push({ code: 1004, reason: 'User is inactive' });
		const tries = { ...COMPATIBLE, text: TEXT, whenWindowUnknown: 'try', ...TYPED_IN };
		expect((await sendBy(tries)).items).toMatchObject([{ sentAs: 'template' }]);
		expect(scene.simulator.sent).toMatchObject([{ type: 'template' }]);
	});

	it('the test of a callback starts nothing, and is answered', async () => {
		const news = deliveryOf({ statuses: [{ type: 'set-callback' }] });
		expect(await gupshup.forward(news)).toBe(200);
		expect(await triggered(scene.engine)).toEqual([]);
	});

	it('the check of the connection is answered', async () => {
		const check = deliveryOf({ type: 'connectivity-check' }, 'platform-event');
		expect(await gupshup.forward(check)).toBe(200);
	});
});

describe("a custom provider's files", () => {
	it('lie below its address even if it says that they are at Meta', async () => {
		const started = await WAYS[2].start();
		const custom = started as Provider as Custom;
		custom.files.at = 'meta';
		Object.assign(scene.engine.credential, { whatsAppCompatibleApi: started.credential });
		inbox({ ...COMPATIBLE, registration: 'manual', options: { downloadMedia: true } });
		await scene.engine.activate('inbox');
		custom.webhook.url = scene.engine.webhookUrl('inbox');
		scene.simulator.setCallback(custom.fromMeta);
		const { binary } = await fileOf(Buffer.from('a photo'));
		expect(Buffer.from(binary?.data.data ?? '', 'base64').toString()).toBe('a photo');
		await custom.stop();
	});
});

describe('through Clickatell', () => {
	let clickatell: Clickatell;
	const through: INodeParameters = {
		provider: 'clickatell',
		businessNumber: chosen(`+${SHOP}`, 'id'),
	};
	const TEMPLATE = {
		whenWindowClosed: 'template',
		fallbackTypedTemplate: 'come_back',
		fallbackTypedCategory: 'UTILITY',
		fallbackTypedValues: { value: [{ text: 'Ada' }, { text: 'Monday' }] },
	};

	beforeEach(async () => {
		clickatell = await startClickatell({ apiKey: KEY, number: SHOP, now: () => Date.now() });
		Object.assign(scene.engine.credential, {
			clickatellApi: { apiKey: KEY, baseUrl: clickatell.url, webhookToken: SECRET },
		});
		inbox(through);
		await scene.engine.activate('inbox');
		const token = new URLSearchParams({ token: SECRET }).toString();
		clickatell.callback.url = `${scene.engine.webhookUrl('inbox')}?${token}`;
	});

	afterEach(async () => await clickatell.stop());

	it('a message in is answered, by the same rules', async () => {
		expect(await clickatell.writes(CONTACT_PHONE, 'Open?')).toBe(200);
		const [item] = await triggered(scene.engine);
		expect(item).toMatchObject({
			event: 'message',
			type: 'text',
			text: 'Open?',
			contact: CONTACT,
			businessNumberId: SHOP,
			timestamp: new Date(AT * 1000).toISOString(),
			window: { state: 'open' },
		});

		const { items, error } = await sendBy({ ...through, text: TEXT });
		expect(error).toBeUndefined();
		expect(items).toMatchObject([{ sentAs: 'freeForm', messageStatus: 'accepted' }]);
		expect(clickatell.sent).toMatchObject([
			{ channel: 'whatsapp', to: CONTACT_PHONE, content: TEXT },
		]);
		expect(clickatell.sms).toEqual([]);

		await clickatell.settles(clickatell.sent[0].apiMessageId);
		const [, told] = await triggered(scene.engine);
		expect(told).toMatchObject({ event: 'status', status: 'delivered', contact: CONTACT });
	});

	it('a file goes out inside its message, or is uploaded for a template', async () => {
		await clickatell.writes(CONTACT_PHONE, 'Open?');
		await triggered(scene.engine);
		const sendFile = async () =>
			await send(
				scene,
				{
					resource: 'message',
					operation: 'send',
					to: '={{ $json.contact }}',
					...through,
					messageType: 'document',
					mediaSource: 'binary',
					...TEMPLATE,
					fallbackTypedHeader: 'DOCUMENT',
					fallbackTypedHeaderValue: 'data',
				},
				{
					items: [fileItem('%PDF-1.7 a bill', 'application/pdf', 'bill.pdf')],
					node: { credentials: CREDENTIALS },
				},
			);
		const { items, error } = await sendFile();
		expect(error).toBeUndefined();
		expect(items).toMatchObject([{ sentAs: 'freeForm' }]);
		const [{ content = '', contentType }] = clickatell.sent;
		expect(contentType).toBe('application/pdf');
		expect(Buffer.from(content, 'base64').toString()).toBe('%PDF-1.7 a bill');

		setClock(25 * HOUR);
		expect((await sendFile()).items).toMatchObject([{ sentAs: 'template' }]);
		const { header } = clickatell.sent[1].template as { header: IDataObject };
		const { fileId } = header.media as { fileId: string };
		expect(clickatell.files.get(fileId)).toEqual({
			content: Buffer.from('%PDF-1.7 a bill'),
			type: 'application/pdf',
		});
	});

	it('a refusal inside the answer closes the window, and the template goes out', async () => {
		clickatell.settings.windowRefusal = 'atOnce';
		const tries = { ...through, text: TEXT, whenWindowUnknown: 'try', ...TEMPLATE };
		expect((await sendBy(tries)).items).toMatchObject([{ sentAs: 'template' }]);
		expect(clickatell.outsideWindow).toHaveLength(1);
		expect((await sendBy(tries)).items).toMatchObject([{ sentAs: 'template' }]);
		expect(clickatell.outsideWindow).toHaveLength(1);
	});

	it.each<[string, number, unknown]>([
		...CLOSED_IN_WORDS,
		['a new code', 400, { error: { code: 999, description: LATE } }],
		[
			'a new code within an answer',
			202,
			{
				messages: [{ accepted: false, error: { code: 999, description: LATE } }],
			},
		],
	])('%s closes the window, too', async (_form, status, body) => {
		clickatell.answers.push({ status, body });
		const tries = { ...through, text: TEXT, whenWindowUnknown: 'try', ...TEMPLATE };
		expect((await sendBy(tries)).items).toMatchObject([{ sentAs: 'template' }]);
	});

	it("a contact's file is fetched from Clickatell alone, with the key", async () => {
		inbox({ ...through, options: { downloadMedia: true } });
		await scene.engine.activate('inbox');
		clickatell.files.set('f7', { content: Buffer.from('a photo'), type: 'image/jpeg' });
		const tells = async (messageId: string, host: string) =>
			await clickatell.tells({
				moMedia: [
					{
						channel: 'whatsapp',
						messageId,
						from: CONTACT_PHONE,
						to: SHOP,
						timestamp: Date.now(),
						files: [
							{
								contentType: 'image/jpeg',
								fileName: 'a.jpeg',
								downloadUrl: `${host}/v1/media?fileId=f7&sha256Hash=x&source=client`,
							},
						],
					},
				],
			});
		expect(await tells('m1', clickatell.url)).toBe(200);
		expect(await tells('m2', stranger.url)).toBe(200);
		const files = (await scene.engine.settled())
			.flatMap((run) => itemsOf(run, 'Trigger'))
			.map(({ binary }) => Buffer.from(binary?.data.data ?? '', 'base64').toString());
		expect(files).toEqual(['a photo', 'a photo']);
		expect(stranger.seen).toEqual([]);
	});

	it('a closed window refuses, or sends a template that was typed in', async () => {
		await clickatell.writes(CONTACT_PHONE, 'Open?');
		await triggered(scene.engine);
		setClock(25 * HOUR);
		const { error } = await sendBy({ ...through, text: TEXT });
		expect(error?.message).toContain('closed');
		expect(clickatell.sent).toEqual([]);

		const { items } = await sendBy({ ...through, text: TEXT, ...TEMPLATE });
		expect(items).toMatchObject([{ sentAs: 'template' }]);
		expect(clickatell.sent).toMatchObject([
			{
				channel: 'whatsapp',
				template: { templateName: 'come_back', body: { parameters: { 1: 'Ada', 2: 'Monday' } } },
			},
		]);
	});

	it('a refusal that comes later closes the window, also after a restart', async () => {
		await clickatell.writes(CONTACT_PHONE, 'Open?');
		await triggered(scene.engine);
		setClock(25 * HOUR);
		await sendBy({ ...through, text: TEXT, whenWindowClosed: 'sendAnyway' });
		scene.engine.restart();
		expect(await clickatell.settles(clickatell.sent[0].apiMessageId)).toBe(
			'WHATSAPP_RE_ENGAGEMENT_REQUIRED',
		);
		const told = (await triggered(scene.engine)).at(-1);
		expect(told).toMatchObject({
			event: 'status',
			status: 'failed',
			errorKind: 'windowClosed',
			contact: CONTACT,
		});
	});

	it.each(TOO_MANY)('a limit told as %s is waited for', async (_form, body) => {
		clickatell.answers.push({ status: 429, body, headers: { 'retry-after': '0' } });
		const { items, error } = await sendBy({ ...through, text: TEXT, whenWindowUnknown: 'try' });
		expect(error).toBeUndefined();
		expect(items).toMatchObject([{ sentAs: 'freeForm' }]);
	});

	it('a limit of an hour is not waited for, and told', async () => {
		clickatell.answers.push({ status: 429, body: 'Slow down', headers: { 'retry-after': '3600' } });
		const { error } = await sendBy({ ...through, text: TEXT, whenWindowUnknown: 'try' });
		expect(error?.description).toContain('3600 seconds');
	});

	it('an authentication template goes out with a warning, once, any other without', async () => {
		const typed = (typedCategory: string) => ({
			...through,
			operation: 'sendTemplate',
			typedTemplate: 'code',
			typedCategory,
			typedValues: { value: [{ text: '123456' }] },
		});
		const hintsOf = ({ run }: Sent) =>
			(run.data.resultData.runData.WhatsApp[0].hints ?? []).map(({ message }) => message);
		const code = await sendBy(typed('AUTHENTICATION'));
		expect(code.items).toMatchObject([{ sentAs: 'template' }]);
		const warning = expect.stringMatching(/^Clickatell does not say .* authentication templates/);
		expect(hintsOf(code)).toContainEqual(warning);
		expect(hintsOf(await sendBy(typed('UTILITY')))).not.toContainEqual(warning);
	});

	it('a stop of marketing is an opt-out', async () => {
		await clickatell.writes(CONTACT_PHONE, 'Hi');
		await triggered(scene.engine);
		await sendBy({ ...through, text: TEXT });
		const [{ apiMessageId: messageId, clientMessageId }] = clickatell.sent;
		const update = { channel: 'whatsapp', messageId, clientMessageId, timestamp: Date.now() };
		await clickatell.tells({
			messageStatusUpdate: [{ ...update, status: 'STOP_MARKETING_MESSAGES' }],
		});
		await scene.engine.settled();
		const { error } = await sendBy({
			...through,
			operation: 'sendTemplate',
			typedTemplate: 'sale',
			typedCategory: 'MARKETING',
		});
		expect(error?.message).toMatch(/stopped|opted/i);
		expect(clickatell.sent).toHaveLength(1);
	});

	it.each(['', '?token=', '?token=another'])('a callback with %j starts nothing', async (query) => {
		clickatell.callback.url = `${scene.engine.webhookUrl('inbox')}${query}`;
		expect(await clickatell.writes(CONTACT_PHONE, 'Open?')).toBe(401);
		expect(await triggered(scene.engine)).toEqual([]);
	});

	it.each([
		['the header X-Webhook-Token', { 'X-Webhook-Token': SECRET }, 200],
		['basic authentication', { Authorization: `Basic ${btoa('us:a password')}` }, 200],
		['another header', { 'X-Webhook-Token': `${SECRET}!` }, 401],
		['another password', { Authorization: `Basic ${btoa('us:another')}` }, 401],
		['the API key', { Authorization: KEY }, 401],
	])('a callback with %s and no token is answered so', async (_, headers, status) => {
		const { clickatellApi } = scene.engine.credential;
		Object.assign(clickatellApi as IDataObject, {
			webhookUser: 'us',
			webhookPassword: 'a password',
		});
		clickatell.callback.url = scene.engine.webhookUrl('inbox');
		clickatell.callback.headers = headers as Record<string, string>;
		expect(await clickatell.writes(CONTACT_PHONE, 'Open?')).toBe(status);
		expect(await triggered(scene.engine)).toHaveLength(status === 200 ? 1 : 0);
	});

	it('a tapped button and what is new start the workflow too', async () => {
		const base = { channel: 'whatsapp', from: CONTACT_PHONE, to: SHOP, timestamp: Date.now() };
		await clickatell.writes(CONTACT_PHONE, 'Yes', { button: { payload: 'yes-7', text: 'Yes' } });
		await clickatell.tells({ moSomething: [{ ...base, messageId: 'new', x: 1 }] });
		expect(await triggered(scene.engine)).toMatchObject([
			{ event: 'message', type: 'button', text: 'Yes', reply: { id: 'yes-7', title: 'Yes' } },
			{ event: 'message', type: 'unknown', messageId: 'new', contact: CONTACT, raw: { x: 1 } },
		]);
	});

	it.each([
		['+27 99 900-0002', [{ name: `+${SHOP}`, value: SHOP }]],
		['27', []],
		['my shop', []],
		[undefined, []],
	])('the business number is found by itself: %s', async (filter, results) => {
		for (const type of [SEND_TYPE, SEND_TYPE.replace(/$/, 'Trigger')]) {
			const parameters = { provider: 'clickatell' };
			const found = scene.engine.listSearch(type, 'searchBusinessNumbers', { parameters, filter });
			expect(await found).toEqual({ results });
		}
		expect(clickatell.seen).toEqual([]);
	});

	it('a callback that comes twice starts once', async () => {
		await clickatell.writes(CONTACT_PHONE, 'One', { messageId: 'same' });
		await clickatell.writes(CONTACT_PHONE, 'One', { messageId: 'same' });
		expect(await triggered(scene.engine)).toHaveLength(1);
	});

	it.each([
		[{ messageType: 'location', latitude: 1, longitude: 2 }, 'Message Type'],
		[{ messageType: 'image', mediaSource: 'link', link: 'https://example.com/a.jpg' }, 'File'],
		[{ text: TEXT, to: 'US.13491208655302741918' }, 'To'],
		[{ resource: 'template', operation: 'getMany' }, 'Template'],
		[{ operation: 'markRead', messageId: 'wamid.A', typing: false }, 'Operation'],
	])('%j is refused before any request, and names its field', async (parameters, field) => {
		expect(await refusedField({ ...through, ...parameters } as INodeParameters)).toMatchObject({
			reason: 'unsupportedByProvider',
			provider: 'Clickatell',
			field,
		});
		expect(clickatell.seen).toEqual([]);
	});
});
