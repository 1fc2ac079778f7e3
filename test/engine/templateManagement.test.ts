import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { TemplateDefinition } from '../../nodes/core/templates/definition';
import {
	bill,
	body,
	buttons,
	template,
	textHeader,
	trackButton,
	verification,
} from '../unit/templates/samples';

import {
	ACCOUNT_ID,
	addTemplate,
	APP_ID,
	AT,
	CONTACT,
	doings,
	fileItem,
	HOUR,
	send,
	setClock,
	useScene,
} from './scene';
import { chosen, fields, SEND_TYPE } from './workflows';

const scene = useScene();

const add = (definition: TemplateDefinition, rest: IDataObject = {}) =>
	addTemplate(scene, definition, rest);
const named = (name: string, rest: IDataObject = {}) =>
	add(template([body('Hello.')], { name }), rest);

const run = async (
	operation: string,
	parameters: INodeParameters = {},
	rest: Parameters<typeof send>[2] = {},
) => await send(scene, { resource: 'template', operation, ...parameters }, rest);

/** Items with a file each, in the field `data`. */
const PDF = [fileItem('%PDF-1.4 a ticket', 'application/pdf', 'ticket.pdf')];
const PNG = [fileItem('a picture', 'image/png', 'offer.png')];

/** The handle of a sample that was uploaded before. */
const uploaded = (type: string) => {
	const { uploads } = scene.simulator.world;
	return uploads.end(uploads.begin(6, type), Buffer.from('sample'))!;
};

const UPLOAD = [`POST /${APP_ID}/uploads`, expect.stringMatching(/^POST \/upload:/)];

/** The last body that was sent to create or edit a template. */
const sentBody = () =>
	scene.simulator.requests.filter(({ method }) => method === 'POST').at(-1)?.body as IDataObject;

const stored = () => [...scene.simulator.world.templates.byId.values()];

describe('template: getMany', () => {
	const names = ({ items }: { items: IDataObject[] }) => items.map(({ name }) => name);

	it('gives one item for each template, with all that says what it is', async () => {
		const { id } = add(bill);
		named('rejected_one', {
			status: 'REJECTED',
			rejected_reason: 'PROMOTIONAL',
			quality_score: { score: 'GREEN' },
		});
		const { items, error } = await run('getMany');
		expect(error).toBeUndefined();
		expect(items).toEqual([
			{
				key: 'bill|en_US',
				id,
				name: 'bill',
				language: 'en_US',
				status: 'APPROVED',
				category: 'UTILITY',
				quality: 'UNKNOWN',
				statusText: 'The template is approved and can be sent.',
				rejectedReason: '',
				components: bill.components,
			},
			expect.objectContaining({
				status: 'REJECTED',
				rejectedReason: 'PROMOTIONAL',
				quality: 'GREEN',
			}),
		]);
	});

	it.each([
		['50 by default', {}, 50],
		['as many as the limit', { limit: 3 }, 3],
		['as many as the limit, over several pages', { limit: 130 }, 130],
		['all of more than 1,000', { returnAll: true }, 1_050],
	])('gives %s', async (_what, parameters, count) => {
		for (let n = 0; n < 1_050; n++) named(`template_${n}`);
		const found = names(await run('getMany', parameters));
		expect(found).toHaveLength(count);
		expect(new Set(found).size).toBe(count);
	});

	it.each([
		['status', { status: 'PENDING' }, ['waiting']],
		['category', { category: 'MARKETING' }, ['sale']],
		['language', { language: 'de' }, ['ticket_de']],
		['a part of the name, not of the text', { nameContains: 'Ticket' }, ['ticket', 'ticket_de']],
		['several', { nameContains: 'ticket', language: 'en_US' }, ['ticket']],
		['none that fits', { nameContains: 'bill' }, []],
	])('filters by %s', async (_what, filters, expected) => {
		named('ticket');
		named('ticket_de', { language: 'de' });
		add(template([body('Your ticket.')], { name: 'sale', category: 'MARKETING' }));
		named('waiting', { status: 'PENDING' });
		const done = await run('getMany', { filters });
		expect(done.error).toBeUndefined();
		expect(names(done)).toEqual(expected);
	});
});

describe('template: get', () => {
	it('gives the fields and a preview with the examples', async () => {
		add(
			template(
				[
					{ ...textHeader('Order {{1}}'), example: { header_text: ['4711'] } },
					body('Hello {{1}}.', ['Ada']),
				],
				{
					name: 'order_ready',
				},
			),
		);
		const { items, error } = await run('get', { template: chosen('order_ready|en_US') });
		expect(error).toBeUndefined();
		expect(items).toMatchObject([
			{
				key: 'order_ready|en_US',
				sendable: true,
				fields: [
					{ id: 'header:1', type: 'string', required: true, example: '4711' },
					{ id: 'body:1', required: true, example: 'Ada' },
				],
				preview: { header: 'Order 4711', body: 'Hello Ada.' },
			},
		]);
	});

	it('gives templates that cannot be sent too, and says why', async () => {
		named('late', { status: 'PAUSED' });
		add(template([{ type: 'HEADER', format: 'GIF' }, body('Hello.')], { name: 'moving' }));
		const late = await run('get', { template: chosen('late|en_US') });
		expect(late.items).toMatchObject([
			{ sendable: false, explanation: expect.stringContaining('PAUSED') },
		]);
		const moving = await run('get', { template: chosen('moving', 'name') });
		expect(moving.items).toMatchObject([
			{ sendable: false, explanation: expect.stringContaining('GIF'), preview: { body: 'Hello.' } },
		]);
	});

	it('sees at once that a template has changed', async () => {
		const added = named('order_ready');
		await run('get', { template: chosen('order_ready|en_US') });
		added.status = 'PAUSED';
		const { items } = await run('get', { template: chosen('order_ready|en_US') });
		expect(items).toMatchObject([{ status: 'PAUSED' }]);
	});

	it('says it when there is none', async () => {
		const { error } = await run('get', { template: chosen('gone|en_US') });
		expect(error?.message).toContain("'gone'");
	});
});

const EXAMPLES = {
	example: [
		{ placeholder: 'first_name', value: 'Ada' },
		{ placeholder: '{{number}}', value: 'A17' },
	],
};
const TICKET: INodeParameters = {
	templateName: 'ticket_ready',
	language: 'en_US',
	templateCategory: 'UTILITY',
	headerFormat: 'DOCUMENT',
	headerHandle: 'data',
	bodyText: 'Hello {{first_name}}, your ticket {{number}} for tonight is attached.',
	bodyExamples: EXAMPLES,
	footerText: 'Corner Cinema',
	templateButtons: {
		button: [
			{
				type: 'URL',
				text: 'Open',
				url: 'https://example.com/{{1}}',
				example: 'https://example.com/A17',
			},
			{ type: 'QUICK_REPLY', text: 'Cancel' },
		],
	},
};
const TICKET_BODY = {
	type: 'BODY',
	text: TICKET.bodyText,
	example: {
		body_text_named_params: [
			{ param_name: 'first_name', example: 'Ada' },
			{ param_name: 'number', example: 'A17' },
		],
	},
};

describe('template: create', () => {
	it('registers a ticket template, with the file of the item as a sample', async () => {
		const { items, error } = await run('create', TICKET, { items: PDF });
		expect(error).toBeUndefined();
		expect(doings(scene)).toEqual([...UPLOAD, `POST /${ACCOUNT_ID}/message_templates`]);
		const [{ example: sample }] = sentBody().components as Array<{ example: IDataObject }>;
		const [handle] = sample.header_handle as string[];
		expect(scene.simulator.world.uploads.get(handle)?.toString()).toBe('%PDF-1.4 a ticket');
		expect(sentBody()).toEqual({
			name: 'ticket_ready',
			language: 'en_US',
			category: 'UTILITY',
			parameter_format: 'NAMED',
			components: [
				{ type: 'HEADER', format: 'DOCUMENT', example: { header_handle: [handle] } },
				TICKET_BODY,
				{ type: 'FOOTER', text: 'Corner Cinema' },
				{
					type: 'BUTTONS',
					buttons: [
						{
							type: 'URL',
							text: 'Open',
							url: 'https://example.com/{{1}}',
							example: ['https://example.com/A17'],
						},
						{ type: 'QUICK_REPLY', text: 'Cancel' },
					],
				},
			],
		});
		expect(items).toEqual([
			{
				id: stored()[0].id,
				status: 'PENDING',
				category: 'UTILITY',
				name: 'ticket_ready',
				language: 'en_US',
				advice: [],
			},
		]);
	});

	it('takes a handle in place of a file', async () => {
		const headerHandle = uploaded('application/pdf');
		const { error } = await run('create', { ...TICKET, headerHandle });
		expect(error).toBeUndefined();
		expect(doings(scene)).toEqual([`POST /${ACCOUNT_ID}/message_templates`]);
	});

	it('needs no more than a name and a text, and counts unnamed examples', async () => {
		const { error, items } = await run('create', {
			templateName: 'bill_due',
			bodyText: 'Bill {{1}} {{2}} due',
			bodyExamples: { example: [{ value: 'A17' }, { value: 'is' }] },
		});
		expect(error).toBeUndefined();
		expect(sentBody()).toEqual({
			name: 'bill_due',
			language: 'en_US',
			category: 'UTILITY',
			components: [
				{ type: 'BODY', text: 'Bill {{1}} {{2}} due', example: { body_text: [['A17', 'is']] } },
			],
		});
		expect(items[0].advice).toEqual([
			expect.stringContaining('few words'),
			expect.stringContaining('side by side'),
		]);
	});

	it('registers a one-time code', async () => {
		const { error } = await run('create', {
			templateName: 'login_code',
			templateCategory: 'AUTHENTICATION',
			otpType: 'ONE_TAP',
			otpApps: { app: [{ packageName: 'com.example.shop', signatureHash: 'K8a/AINcGX7' }] },
			options: { codeExpirationMinutes: 5, securityRecommendation: true },
			// Left over from another category.
			bodyText: 'Hello',
			headerFormat: 'TEXT',
			headerText: 'Hello',
		});
		expect(error).toBeUndefined();
		expect(sentBody().components).toEqual([
			{ type: 'BODY', add_security_recommendation: true },
			{ type: 'FOOTER', code_expiration_minutes: 5 },
			{
				type: 'BUTTONS',
				buttons: [
					{
						type: 'OTP',
						otp_type: 'ONE_TAP',
						supported_apps: [{ package_name: 'com.example.shop', signature_hash: 'K8a/AINcGX7' }],
					},
				],
			},
		]);
	});

	it('registers a carousel, with one upload for the file that its cards share', async () => {
		const card = (handle: string) => ({
			headerFormat: 'IMAGE',
			headerHandle: handle,
			bodyText: 'Only {{1}} today',
			bodyExamples: { example: [{ value: '5 EUR' }] },
			templateButtons: { button: [{ type: 'QUICK_REPLY', text: 'Buy' }] },
		});
		const other = uploaded('image/jpeg');
		const { error } = await run(
			'create',
			{
				templateName: 'offers',
				templateCategory: 'MARKETING',
				bodyText: 'Our offers',
				templateCards: { card: [card('data'), card('data'), card(other)] },
			},
			{ items: PNG },
		);
		expect(error).toBeUndefined();
		expect(doings(scene)).toEqual([...UPLOAD, `POST /${ACCOUNT_ID}/message_templates`]);
		const [, { cards }] = sentBody().components as Array<{ cards: IDataObject[] }>;
		expect(cards).toHaveLength(3);
		const [first, second, third] = cards.map(
			({ components }) => (components as Array<{ example: IDataObject }>)[0].example.header_handle,
		);
		expect(second).toEqual(first);
		expect(third).toEqual([other]);
		expect(cards[1].components).toEqual([
			{ type: 'HEADER', format: 'IMAGE', example: { header_handle: first } },
			{ type: 'BODY', text: 'Only {{1}} today', example: { body_text: [['5 EUR']] } },
			{ type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'Buy' }] },
		]);
	});

	it('registers a limited-time offer', async () => {
		const offer = await run('create', {
			templateName: 'offer',
			templateCategory: 'MARKETING',
			bodyText: 'A week of bargains',
			templateButtons: {
				button: [
					{ type: 'COPY_CODE', example: 'SAVE5' },
					{ type: 'URL', text: 'Shop', url: 'https://example.com' },
				],
			},
			options: { offerText: 'Ends soon!' },
		});
		expect(offer.error).toBeUndefined();
		expect(sentBody().components).toContainEqual({
			type: 'LIMITED_TIME_OFFER',
			limited_time_offer: { text: 'Ends soon!', has_expiration: true },
		});
	});

	it.each([
		['1274943474731', { flow_id: '1274943474731' }],
		['booking', { flow_name: 'booking' }],
		['{"screens":[]}', { flow_json: '{"screens":[]}' }],
	])('names a flow by %s', async (flow, expected) => {
		await run('create', {
			templateName: 'form',
			bodyText: 'Please fill in the form',
			templateButtons: { button: [{ type: 'FLOW', text: 'Open', flow, screen: 'FIRST' }] },
		});
		expect(sentBody().components).toMatchObject([
			{},
			{ buttons: [{ ...expected, navigate_screen: 'FIRST' }] },
		]);
	});

	it.each([
		['a name with capitals', { templateName: 'Ticket' }, "'Name'"],
		['no text', { bodyText: '' }, "'Body' is empty"],
		['a missing example', { bodyExamples: {} }, "'Examples' has no sample value"],
		['no sample of the header', { headerHandle: '' }, "'Header Sample' is empty"],
		[
			'a button without text',
			{ templateButtons: { button: [{ type: 'QUICK_REPLY' }] } },
			"'Button 1 · Text' is empty",
		],
		['a field without a file', { headerHandle: 'photo' }, "the binary field 'photo'"],
		[
			'a PDF as an image',
			{ headerFormat: 'IMAGE' },
			'application/pdf, which WhatsApp does not take',
		],
		[
			'a card without its file',
			{
				headerFormat: 'none',
				footerText: '',
				templateButtons: {},
				templateCategory: 'MARKETING',
				templateCards: {
					card: [
						{ headerFormat: 'IMAGE', headerHandle: '4::a' },
						{ headerFormat: 'IMAGE', headerHandle: 'photo' },
					],
				},
			},
			"'Card 2 · Header Sample' names the binary field 'photo'",
		],
	])('refuses %s before Meta sees it', async (_what, more, text) => {
		const parameters = { ...TICKET, ...more } as INodeParameters;
		const { error } = await run('create', parameters, { items: PDF });
		expect(error?.message).toContain(text);
		expect(doings(scene)).toEqual([]);
	});

	it('refuses a sample that could be sent, and cannot be a sample', async () => {
		const items = [fileItem('Your ticket', 'text/plain', 'ticket.txt')];
		const { error } = await run('create', TICKET, { items });
		expect(error?.message).toContain('text/plain, which Meta does not take as a sample');
		expect(error?.description).toContain('application/pdf');
		expect(doings(scene)).toEqual([]);
	});

	it('says what Meta says of a handle that is none of this app', async () => {
		const { error } = await run('create', { ...TICKET, headerHandle: '4::aW==' });
		expect(error?.description).toContain('uploaded for this app');
	});

	it('says what Meta says', async () => {
		named('ticket_ready');
		const { error } = await run('create', TICKET, { items: PDF });
		expect(error?.description).toContain('already');
	});

	it('is known to a send as soon as it is approved', async () => {
		const simple = { templateName: 'hello', bodyText: 'Hello there' };
		await run('create', simple);
		await scene.simulator.setTemplateStatus(stored()[0].id, 'APPROVED');
		const { items } = await send(scene, {
			operation: 'sendTemplate',
			template: chosen('hello|en_US'),
			templateFields: fields(null),
			to: CONTACT,
		});
		expect(items).toMatchObject([{ messageStatus: 'accepted' }]);
	});
});

describe('template: edit', () => {
	const NEW = { bodyText: 'Good news: it is ready.' };

	it('replaces the content, keeps the category, and has it reviewed again', async () => {
		const { id } = add(template([body('Hello.'), buttons(trackButton)], { name: 'order_ready' }));
		const { items, error } = await run('edit', { template: chosen('order_ready|en_US'), ...NEW });
		expect(error).toBeUndefined();
		expect(doings(scene)).toEqual([`POST /${id}`]);
		expect(sentBody()).toEqual({ components: [{ type: 'BODY', text: NEW.bodyText }] });
		expect(items).toEqual([
			{
				id,
				status: 'PENDING',
				category: 'UTILITY',
				name: 'order_ready',
				language: 'en_US',
				advice: [],
			},
		]);
	});

	it('changes the category of a rejected one', async () => {
		named('order_ready', { status: 'REJECTED' });
		const { items } = await run('edit', {
			template: chosen('order_ready|en_US'),
			templateCategory: 'MARKETING',
			...NEW,
		});
		expect(sentBody().category).toBe('MARKETING');
		expect(items).toMatchObject([{ category: 'MARKETING' }]);
	});

	it('uploads a new sample, once the rest is known to be right', async () => {
		const { id } = named('order_ready');
		const edit = { template: chosen('order_ready|en_US'), headerFormat: 'DOCUMENT', ...NEW };
		const wrong = await run('edit', { ...edit, bodyText: '' }, { items: PDF });
		expect(wrong.error?.message).toContain("'Body' is empty");
		expect(doings(scene)).toEqual([]);
		const { error } = await run('edit', edit, { items: PDF });
		expect(error).toBeUndefined();
		expect(doings(scene)).toEqual([...UPLOAD, `POST /${id}`]);
	});

	it('does not fail when the edited template cannot be looked at', async () => {
		const { id } = named('order_ready');
		scene.simulator.failNext({ method: 'GET', path: `/${id}`, httpStatus: 500 });
		const { items } = await run('edit', { template: chosen('order_ready|en_US'), ...NEW });
		expect(items).toMatchObject([{ id, category: 'UTILITY' }]);
	});

	it.each([
		['a template under review', { status: 'PENDING' }, {}, 'status PENDING'],
		['another category for an approved one', {}, { templateCategory: 'MARKETING' }, 'keeps that'],
		[
			'other placeholders',
			{ parameter_format: 'NAMED' },
			{ bodyText: 'Order {{1}} is ready', bodyExamples: { example: [{ value: 'A17' }] } },
			'named',
		],
	])('refuses %s', async (_what, rest, more, text) => {
		named('order_ready', rest);
		const parameters = { template: chosen('order_ready|en_US'), ...NEW, ...more };
		const { error } = await run('edit', parameters as INodeParameters);
		expect(error?.message).toContain(text);
		expect(doings(scene)).toEqual([]);
	});

	it('asks for the fields of an authentication template', async () => {
		add(verification);
		const edit = async (more: INodeParameters) =>
			await run('edit', { template: chosen('one_time_password|en_US'), ...more });
		expect((await edit(NEW)).error?.description).toContain("'Authentication'");
		const { error } = await edit({ templateCategory: 'AUTHENTICATION', otpType: 'COPY_CODE' });
		expect(error).toBeUndefined();
		expect(sentBody().components).toContainEqual({
			type: 'BUTTONS',
			buttons: [{ type: 'OTP', otp_type: 'COPY_CODE' }],
		});
	});
});

describe('where the credential does not name the app', () => {
	beforeEach(() => {
		scene.engine.credential.appId = '';
	});

	it('the access token tells it', async () => {
		const { error } = await run('create', TICKET, { items: PDF });
		expect(error).toBeUndefined();
		expect(doings(scene)).toEqual([...UPLOAD, `POST /${ACCOUNT_ID}/message_templates`]);
	});

	it('or nothing is uploaded', async () => {
		scene.simulator.setUp({ tokenAppId: '' });
		const { error } = await run('create', TICKET, { items: PDF });
		expect(error?.message).toContain("no 'App ID'");
		expect(error?.description).toContain('App settings → Basic');
		expect(doings(scene)).toEqual([]);
	});
});

describe('template: delete', () => {
	beforeEach(() => {
		named('order_ready');
		named('order_ready', { language: 'de' });
		named('other');
	});

	const left = () => stored().map(({ name, language }) => `${name}|${language}`);

	it('deletes the chosen language alone', async () => {
		const { items, error } = await run('delete', { template: chosen('order_ready|de') });
		expect(error).toBeUndefined();
		expect(items).toEqual([{ deleted: true }]);
		expect(left()).toEqual(['order_ready|en_US', 'other|en_US']);
		expect(doings(scene)).toEqual([`DELETE /${ACCOUNT_ID}/message_templates`]);
	});

	it.each(['order_ready', 'order_ready|de'])('deletes all languages of %s', async (name) => {
		await run('delete', { template: chosen(name, 'name'), allLanguages: true });
		expect(left()).toEqual(['other|en_US']);
	});

	it('does not guess the language', async () => {
		const { error } = await run('delete', { template: chosen('order_ready', 'name') });
		expect(error?.message).toContain('several languages');
		expect(left()).toHaveLength(3);
	});
});

describe("Meta's figures", () => {
	const REPLY = { type: 'QUICK_REPLY', text: 'Yes' };

	/** Sends the template, and gives the ID of the message. */
	const sends = async (name: string) => {
		const { items, error } = await send(scene, {
			operation: 'sendTemplate',
			template: chosen(`${name}|en_US`),
			to: CONTACT,
			options: { utilityConsent: 'off' },
		});
		expect(error).toBeUndefined();
		return String(items[0].messageId);
	};

	it('of a template: sent, delivered, read, tapped, and its quality', async () => {
		add(template([body('Is it ready?'), buttons(REPLY)], { name: 'question' }), {
			quality_score: { score: 'YELLOW' },
		});
		const [first] = [await sends('question'), await sends('question')];
		await scene.simulator.settled();
		await scene.simulator.reads(first);
		await scene.simulator.taps({ messageId: first, choice: 'Yes', deliver: false });
		setClock(HOUR);
		const { items, error } = await run('getAnalytics', { template: chosen('question|en_US') });
		expect(error).toBeUndefined();
		expect(items).toEqual([
			{
				key: 'question|en_US',
				name: 'question',
				language: 'en_US',
				status: 'APPROVED',
				category: 'UTILITY',
				quality: 'YELLOW',
				sent: 2,
				delivered: 2,
				read: 1,
				clicks: [{ button: 'Yes', type: 'quick_reply_button', clicks: 1 }],
				from: expect.stringContaining('2026-11-01T00:00:00'),
				until: new Date((AT + HOUR) * 1000).toISOString(),
			},
		]);
	});

	it('are null, not 0, where Meta tells none', async () => {
		named('unused');
		const { items, run: done } = await run('getAnalytics', { template: chosen('unused|en_US') });
		expect(items).toMatchObject([{ sent: null, delivered: null, read: null, clicks: [] }]);
		expect(JSON.stringify(done.data.resultData.runData.WhatsApp)).toContain(
			'Meta reported nothing of the template for this period',
		);
	});

	it('compare two templates, the one that is blocked less often first', async () => {
		scene.simulator.world.settings.leastCompared = 1;
		const loud = named('loud', { blocks: 3 });
		named('quiet');
		await sends('loud');
		await sends('quiet');
		await sends('quiet');
		const both = { template: chosen('loud|en_US'), compareWith: chosen('quiet|en_US') };
		const { items, error } = await run('compare', { ...both, days: '7' });
		expect(error).toBeUndefined();
		const about = { topBlockReason: 'UNKNOWN_BLOCK_REASON', days: 7, status: 'APPROVED' };
		expect(items).toMatchObject([
			{ ...about, key: 'quiet|en_US', blockRank: 1, sent: 2 },
			{ ...about, key: 'loud|en_US', blockRank: 2, sent: 1 },
		]);
		expect(scene.simulator.requests.at(-1)).toMatchObject({
			path: expect.stringContaining(`/${loud.id}/compare`),
		});
	});

	it('are not told of templates that were seldom sent, nor of one and the same', async () => {
		named('loud');
		named('quiet');
		const few = await run('compare', {
			template: chosen('loud|en_US'),
			compareWith: chosen('quiet|en_US'),
		});
		expect(few.error?.description).toContain('1,000 times');
		const same = await run('compare', {
			template: chosen('loud|en_US'),
			compareWith: chosen('loud', 'name'),
		});
		expect(same.error?.message).toContain("'Compare With' and 'Template' name the same template");
	});
});

describe("Meta's library", () => {
	const list = async (parameters: INodeParameters = {}) => {
		const { items, error } = await run('getManyFromLibrary', parameters);
		expect(error).toBeUndefined();
		return items;
	};

	it('is searched by a word', async () => {
		expect(await list({ search: 'payment of' })).toEqual([
			{
				key: 'payment_due_1|en_US',
				name: 'payment_due_1',
				language: 'en_US',
				category: 'UTILITY',
				topic: 'PAYMENTS',
				useCase: 'PAYMENT_DUE_REMINDER',
				industries: ['E_COMMERCE', 'FINANCIAL_SERVICES'],
				header: '',
				body: 'Hi {{1}}, your payment of {{2}} is due on {{3}}.',
				bodyExamples: ['Jim', '$12.00', 'Jan 1, 2026'],
				bodyTypes: ['TEXT', 'AMOUNT', 'DATE'],
				footer: '',
				buttons: [],
				id: expect.any(String),
			},
		]);
	});

	it.each<[INodeParameters, string[]]>([
		[
			{ filters: { topic: 'ORDER_MANAGEMENT' } },
			['delivery_update_1|en_US', 'delivery_update_1|de'],
		],
		[{ filters: { useCase: 'PAYMENT_DUE_REMINDER' } }, ['payment_due_1|en_US']],
		[{ filters: { language: 'de' } }, ['delivery_update_1|de']],
		[
			{ filters: { industry: 'FINANCIAL_SERVICES' } },
			['payment_due_1|en_US', 'verify_code_1|en_US'],
		],
		[{ limit: 1 }, ['delivery_update_1|en_US']],
	])('is filtered by %j', async (parameters, keys) => {
		expect((await list(parameters)).map(({ key }) => key)).toEqual(keys);
	});

	it('is listed in the editor', async () => {
		const { results } = await scene.engine.listSearch(SEND_TYPE, 'searchLibraryTemplates', {
			filter: 'parcel',
		});
		expect(results).toEqual([
			{
				name: 'delivery_update_1 (en_US) · Hi {{1}}, order {{2}} comes on {{3}}.',
				value: 'delivery_update_1|en_US',
			},
		]);
	});

	const LINKS = {
		link: [{ url: 'https://shop.example/{{1}}', example: 'https://shop.example/A17' }],
	};

	const adopt = async (libraryTemplate: string, more: INodeParameters = {}) =>
		await run('createFromLibrary', {
			libraryTemplate: chosen(libraryTemplate, 'name'),
			...more,
		});

	it('gives a template, which can be sent at once', async () => {
		const { items, error } = await adopt('delivery_update_1|en_US', {
			templateName: 'parcel',
			links: LINKS,
			phoneNumber: '+1 555 005 1310',
		});
		expect(error).toBeUndefined();
		expect(items).toEqual([
			{
				id: expect.any(String),
				status: 'APPROVED',
				category: 'UTILITY',
				name: 'parcel',
				language: 'en_US',
				libraryTemplate: 'delivery_update_1',
			},
		]);
		expect(sentBody()).toEqual({
			name: 'parcel',
			language: 'en_US',
			category: 'UTILITY',
			library_template_name: 'delivery_update_1',
			library_template_button_inputs: JSON.stringify([
				{
					type: 'URL',
					url: {
						base_url: 'https://shop.example/{{1}}',
						url_suffix_example: 'https://shop.example/A17',
					},
				},
				{ type: 'PHONE_NUMBER', phone_number: '+15550051310' },
			]),
		});
		const sent = await send(scene, {
			operation: 'sendTemplate',
			template: chosen('parcel|en_US'),
			templateFields: fields({
				'body:1': 'Ada',
				'body:2': 'A17',
				'body:3': '1 December',
				'button:0:1': 'A17',
			}),
			to: CONTACT,
			options: { utilityConsent: 'off' },
		});
		expect(sent.error).toBeUndefined();
		expect(sent.items).toMatchObject([{ messageStatus: 'accepted' }]);
	});

	it('gives one without buttons under its own name, and one with a code to copy', async () => {
		const bill = await adopt('payment_due_1');
		expect(bill.items).toMatchObject([{ name: 'payment_due_1', status: 'APPROVED' }]);
		expect(sentBody()).not.toHaveProperty('library_template_button_inputs');
		const code = await adopt('verify_code_1|en_US');
		expect(code.items).toMatchObject([{ category: 'AUTHENTICATION' }]);
		expect(sentBody().library_template_button_inputs).toBe(
			JSON.stringify([{ type: 'OTP', otp_type: 'COPY_CODE' }]),
		);
	});

	it.each<[string, string, INodeParameters, string]>([
		['what is no name', 'a|b|c', {}, "'Library Template' holds 'a|b|c'"],
		['no such template', 'gone|en_US', {}, "'gone' in the language 'en_US'"],
		['an open language', 'delivery_update_1', {}, 'several languages'],
		['a missing link', 'delivery_update_1|de', {}, "'Links' has 0 entries"],
		['a link too many', 'payment_due_1', { links: LINKS }, "'Links' has 1 entries"],
		['a missing number', 'delivery_update_1|de', { links: LINKS }, "'Phone Number' is empty"],
		['a number too many', 'payment_due_1', { phoneNumber: '+15550051310' }, "'Phone Number'"],
		[
			'a link that is none',
			'delivery_update_1|de',
			{ links: { link: [{ url: 'shop' }] } },
			"'Link 1 · Link' is 'shop'",
		],
		['a name with capitals', 'payment_due_1', { templateName: 'Bill' }, "'Name' is 'Bill'"],
	])('refuses %s before it creates anything', async (_what, key, more, text) => {
		const { error } = await adopt(key, more);
		expect(error?.message).toContain(text);
		expect(doings(scene)).toEqual([]);
	});
});

it('the list of all templates says which are not approved', async () => {
	named('order_ready');
	named('waiting', { status: 'PENDING' });
	const { results } = await scene.engine.listSearch(SEND_TYPE, 'searchAllTemplates');
	expect(results.map(({ name }) => name)).toEqual([
		'order_ready (en_US) · utility · approved · Hello.',
		'waiting (en_US) · utility · pending · Hello.',
	]);
});

describe("the account's lists", () => {
	const account = () => scene.simulator.world.accounts.accounts.get(ACCOUNT_ID)!;

	it('of Flows says which are not published', async () => {
		account().flows.push(
			{ id: '128', name: 'Book a table', status: 'PUBLISHED' },
			{ id: '129', name: 'Feedback', status: 'DRAFT' },
		);
		const { results } = await scene.engine.listSearch(SEND_TYPE, 'searchFlows');
		expect(results).toEqual([
			{ name: 'Book a table', value: '128' },
			{ name: 'Feedback · draft', value: '129' },
		]);
	});

	it('of catalogs is that of Meta', async () => {
		account().catalogs.push({ id: '194', name: 'Shop' });
		const { results } = await scene.engine.listSearch(SEND_TYPE, 'searchCatalogs');
		expect(results).toEqual([{ name: 'Shop', value: '194' }]);
	});
});
