import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { startClickatell, type Clickatell } from '../simulator/dialects/clickatell';
import { startDialog360, type Dialog360 } from '../simulator/dialects/dialog360';
import {
	failedStatus,
	messageDelivery,
	status,
	textMessage,
	delivery as deliveryOf,
} from '../unit/events/payloads';
import { body, template } from '../unit/templates/samples';

import {
	ACCOUNT_ID,
	addTemplate,
	AT,
	CONTACT,
	CONTACT_PHONE,
	HOUR,
	NUMBER_ID,
	send,
	setClock,
	TOKEN,
	triggered,
	useScene,
	type Sent,
} from './scene';
import { chosen, fields, triggerNode, workflowOf } from './workflows';

const SECRET = 'a long word of our own';
const KEY = 'the-api-key';
const SHOP = '27999000002';
const TEXT = 'We are open until eight.';

const scene = useScene();

const CREDENTIALS = {
	whatsAppCompatibleApi: { id: '2', name: '360dialog' },
	clickatellApi: { id: '3', name: 'Clickatell' },
};

/** Runs our node through a provider. */
async function sendBy(parameters: INodeParameters, item: IDataObject = {}): Promise<Sent> {
	const items = [{ json: { contact: CONTACT, ...item } }];
	const common = { resource: 'message', operation: 'send', to: '={{ $json.contact }}' };
	return await send(
		scene,
		{ ...common, ...parameters },
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

describe('through 360dialog', () => {
	let dialog360: Dialog360;
	const through: INodeParameters = {
		provider: 'compatible',
		businessNumber: chosen(NUMBER_ID, 'id'),
	};
	const TEMPLATE = {
		whenWindowClosed: 'template',
		fallbackTemplate: chosen('come_back|en_US'),
		fallbackTemplateFields: fields({ 'body:1': 'Ada' }),
	};

	beforeEach(async () => {
		dialog360 = await startDialog360({
			simulator: scene.simulator,
			apiKey: KEY,
			accessToken: TOKEN,
			businessNumberId: NUMBER_ID,
			businessAccountId: ACCOUNT_ID,
		});
		Object.assign(scene.engine.credential, {
			whatsAppCompatibleApi: {
				preset: 'dialog360',
				apiKey: KEY,
				baseUrl: dialog360.url,
				webhookSecret: SECRET,
			},
		});
		addTemplate(
			scene,
			template([body('Hello {{1}}, reply to us.', ['Grace'])], { name: 'come_back' }),
		);
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

	it('what only Meta can do is refused before any request', async () => {
		const parameters = { ...through, resource: 'account', operation: 'checkSetup' };
		expect(await refusedField(parameters)).toMatchObject({ reason: 'unsupportedByProvider' });
		expect(dialog360.seen).toEqual([]);
	});

	it('statuses tell of their sends', async () => {
		await scene.engine.activate('inbox');
		await dialog360.forward(deliveryOf({ statuses: [status({ id: 'wamid.1' })] }));
		expect(await triggered(scene.engine)).toMatchObject([{ event: 'status', status: 'delivered' }]);
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
