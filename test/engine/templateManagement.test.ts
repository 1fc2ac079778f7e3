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

import { ACCOUNT_ID, addTemplate, CONTACT, doings, send, useScene } from './scene';
import { chosen, fields, SEND_TYPE } from './workflows';

const scene = useScene();

const add = (definition: TemplateDefinition, rest: IDataObject = {}) =>
	addTemplate(scene, definition, rest);
const named = (name: string, rest: IDataObject = {}) =>
	add(template([body('Hello.')], { name }), rest);

const run = async (operation: string, parameters: INodeParameters = {}) =>
	await send(scene, { resource: 'template', operation, ...parameters });

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
	headerHandle: '4::aW==',
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
	it('registers a ticket template', async () => {
		const { items, error } = await run('create', TICKET);
		expect(error).toBeUndefined();
		expect(sentBody()).toEqual({
			name: 'ticket_ready',
			language: 'en_US',
			category: 'UTILITY',
			parameter_format: 'NAMED',
			components: [
				{ type: 'HEADER', format: 'DOCUMENT', example: { header_handle: ['4::aW=='] } },
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

	it('registers a carousel, and a limited-time offer', async () => {
		const card = (handle: string) => ({
			headerFormat: 'IMAGE',
			headerHandle: handle,
			bodyText: 'Only {{1}} today',
			bodyExamples: { example: [{ value: '5 EUR' }] },
			templateButtons: { button: [{ type: 'QUICK_REPLY', text: 'Buy' }] },
		});
		const carousel = await run('create', {
			templateName: 'offers',
			templateCategory: 'MARKETING',
			bodyText: 'Our offers',
			templateCards: { card: [card('4::a'), card('4::b')] },
		});
		expect(carousel.error).toBeUndefined();
		const [, { cards }] = sentBody().components as Array<{ cards: IDataObject[] }>;
		expect(cards).toHaveLength(2);
		expect(cards[1].components).toEqual([
			{ type: 'HEADER', format: 'IMAGE', example: { header_handle: ['4::b'] } },
			{ type: 'BODY', text: 'Only {{1}} today', example: { body_text: [['5 EUR']] } },
			{ type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'Buy' }] },
		]);

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
		['no sample of the header', { headerHandle: '' }, "'Header Sample Handle' is empty"],
		[
			'a button without text',
			{ templateButtons: { button: [{ type: 'QUICK_REPLY' }] } },
			"'Button 1 · Text' is empty",
		],
	])('refuses %s before Meta sees it', async (_what, more, text) => {
		const { error } = await run('create', { ...TICKET, ...more } as INodeParameters);
		expect(error?.message).toContain(text);
		expect(doings(scene)).toEqual([]);
	});

	it('says what Meta says', async () => {
		named('ticket_ready');
		const { error } = await run('create', TICKET);
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

it('the list of all templates says which are not approved', async () => {
	named('order_ready');
	named('waiting', { status: 'PENDING' });
	const { results } = await scene.engine.listSearch(SEND_TYPE, 'searchAllTemplates');
	expect(results.map(({ name }) => name)).toEqual([
		'order_ready (en_US) · utility · approved',
		'waiting (en_US) · utility · pending',
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
