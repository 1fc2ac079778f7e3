import Ajv, { type ValidateFunction } from 'ajv';
import fc from 'fast-check';

import { InputError } from '../../../nodes/core/inputError';
import { addressRequestMessage } from '../../../nodes/core/messages/addressRequest';
import { callPermissionRequestMessage } from '../../../nodes/core/messages/callPermissionRequest';
import { carouselMessage } from '../../../nodes/core/messages/carousel';
import { catalogMessage } from '../../../nodes/core/messages/catalog';
import { contactInfoRequestMessage } from '../../../nodes/core/messages/contactInfoRequest';
import {
	contactsFromFields,
	contactsMessage,
	type ContactFields,
} from '../../../nodes/core/messages/contacts';
import { ctaUrlMessage } from '../../../nodes/core/messages/ctaUrl';
import { requestBody } from '../../../nodes/core/messages/envelope';
import { flowMessage, type FlowInput } from '../../../nodes/core/messages/flow';
import type { HeaderInput } from '../../../nodes/core/messages/header';
import { listMessage } from '../../../nodes/core/messages/list';
import { locationMessage } from '../../../nodes/core/messages/location';
import { locationRequestMessage } from '../../../nodes/core/messages/locationRequest';
import { markReadBody } from '../../../nodes/core/messages/markRead';
import { mediaMessage } from '../../../nodes/core/messages/media';
import { orderDetailsMessage } from '../../../nodes/core/messages/orderDetails';
import { orderStatusMessage } from '../../../nodes/core/messages/orderStatus';
import { productMessage } from '../../../nodes/core/messages/product';
import { productCarouselMessage } from '../../../nodes/core/messages/productCarousel';
import { productListMessage } from '../../../nodes/core/messages/productList';
import { reactionMessage } from '../../../nodes/core/messages/reaction';
import { parseRecipient } from '../../../nodes/core/messages/recipient';
import { replyButtonsMessage } from '../../../nodes/core/messages/replyButtons';
import { textMessage } from '../../../nodes/core/messages/text';
import type { CloudMessage } from '../../../nodes/core/messages/types';
import { contactsFromVCard } from '../../../nodes/core/messages/vCard';
import { voiceCallMessage } from '../../../nodes/core/messages/voiceCall';
import { describeWithFixtures, readFixture } from '../../fixtures';

const FOLDER = 'meta-openapi-v23';

const phone = parseRecipient('+1 650 555 1234');
const id = { id: '1037543291543636' };
const link = { link: 'https://example.com/file' };
const body = 'x'.repeat(1024);
const footer = 'x'.repeat(60);
const buttonText = 'x'.repeat(20);
const header: HeaderInput = { type: 'text', text: 'x'.repeat(60) };
const mediaHeaders: HeaderInput[] = (['image', 'video', 'document'] as const).flatMap((type) => [
	{ type, source: id },
	{ type, source: link },
]);
const url = 'https://example.com/shop?id=1';
const buttons = [{ title: 'Yes' }, { title: 'No', id: 'no' }];
const rows = (count: number) =>
	Array.from({ length: count }, (_, index) => ({
		title: `Row ${index} ${'x'.repeat(18)}`,
		id: `${index}`.padEnd(200, 'x'),
		description: 'x'.repeat(72),
	}));
const cards = [1, 2].map((card) => ({
	header: { type: 'image' as const, source: link },
	body: 'x'.repeat(160),
	buttons: [{ title: 'Buy', id: `buy ${card}` }],
}));
const linkCards = [1, 2].map(() => ({
	header: { type: 'video' as const, source: id },
	buttonText,
	url,
}));
const contact = {
	name: { formatted_name: 'Anna Example', first_name: 'Anna' },
	phones: [{ phone: '+49 176 04069000', type: 'HOME', wa_id: '4917604069000' }],
};

/** Messages of every kind, the shortest and the longest. */
const ACCEPTED: Array<[string, CloudMessage]> = [
	['text', textMessage('Hello', true)],
	['the longest text', textMessage('x'.repeat(4096))],
	['image', mediaMessage('image', id, { caption: 'A' })],
	['video', mediaMessage('video', link, { caption: body })],
	['audio', mediaMessage('audio', id)],
	['voice message', mediaMessage('audio', link, { voice: true })],
	['document', mediaMessage('document', link, { caption: 'A', fileName: 'a.pdf' })],
	['sticker', mediaMessage('sticker', id)],
	['location', locationMessage({ latitude: '52.5', longitude: -13.4 })],
	['named location', locationMessage({ latitude: 0, longitude: 180, name: 'A', address: 'B' })],
	['contact', contactsMessage([{ name: { formatted_name: 'Anna' } }])],
	['five contacts', contactsMessage(Array(5).fill(contact))],
	[
		'contact of a form',
		contactsMessage(
			contactsFromFields([
				{
					prefix: 'Dr',
					firstName: 'Anna',
					middleName: 'B',
					lastName: 'C',
					suffix: 'Jr',
					phones: [{ phone: '+49 176 04069000', type: 'WORK', waId: '+49 176 04069000' }],
					emails: [{ email: 'a@example.com', type: 'HOME' }],
					urls: [{ url: 'https://example.com', type: 'WORK' }],
					addresses: [{ street: 'A 1', city: 'B', state: 'C', zip: 1, countryCode: 'DE' }],
					company: 'D',
					department: 'E',
					title: 'F',
					birthday: '1999-01-23',
				},
			]),
		),
	],
	['vCard', contactsMessage(contactsFromVCard('BEGIN:VCARD\nFN:A\nTEL;TYPE=WORK:1\nEND:VCARD'))],
	['reaction', reactionMessage('wamid.A=', '👍')],
	['removed reaction', reactionMessage('wamid.A=', '')],
	['buttons', replyButtonsMessage({ body: 'A', buttons })],
	[
		'the longest buttons',
		replyButtonsMessage({
			body,
			header,
			footer,
			buttons: [{ title: buttonText, id: 'x'.repeat(256) }, ...buttons],
		}),
	],
	...mediaHeaders.map((file): [string, CloudMessage] => [
		`buttons below ${file.type}`,
		replyButtonsMessage({ body, header: file, buttons }),
	]),
	['list without sections', listMessage({ body: 'A', buttonText: 'B', rows: [{ title: 'C' }] })],
	[
		'the longest list',
		listMessage({
			body,
			footer,
			buttonText,
			header: 'x'.repeat(60),
			sections: Array.from({ length: 10 }, (_, section) => ({
				title: 'x'.repeat(24),
				rows: rows(10).slice(section, section + 1),
			})),
		}),
	],
	['flow', flowMessage({ body: 'A', buttonText: 'Open', flowId: '1' })],
	[
		'the longest flow',
		flowMessage({
			body,
			header,
			footer,
			buttonText: 'x'.repeat(30),
			flowName: 'A',
			token: 'B',
			screen: 'FIRST',
			data: { name: 'Anna' },
			draft: true,
		}),
	],
	[
		'flow with an endpoint',
		flowMessage({ body, buttonText, flowId: '1', action: 'data_exchange' }),
	],
	['product', productMessage({ catalogId: '1', productId: 'SKU' })],
	['product with texts', productMessage({ catalogId: '1', productId: 'SKU', body, footer })],
	[
		'product list',
		productListMessage({
			header: 'A',
			body,
			footer,
			catalogId: '1',
			sections: [
				{ title: 'A', products: 'SKU1, SKU2' },
				{ title: 'B', products: ['SKU3'] },
			],
		}),
	],
	['catalog', catalogMessage({ body, footer, thumbnailProductId: 'SKU' })],
	['call permission request', callPermissionRequestMessage()],
	['call permission request with text', callPermissionRequestMessage(body)],
];

type Schema = Record<string, unknown>;

/** A part of a schema, by its path. */
function partOf<T = Schema>(schema: Schema, path: string): T {
	return path.split('/').reduce((part, key) => part[key] as Schema, schema) as T;
}

interface Exception {
	name: string;
	/** Why the schema is wrong or too old. */
	reason: string;
	request: object;
	/** Loosens the schema at this one point. */
	amend(schema: Schema): void;
}

const text = (maxLength?: number) => ({ type: 'string', ...(maxLength && { maxLength }) });
const object = (properties: Schema, required = Object.keys(properties)) => ({
	type: 'object',
	additionalProperties: false,
	properties,
	required,
});
const urlButton = object({
	name: { const: 'cta_url' },
	parameters: object({ display_text: text(20), url: text() }),
});
const card = (properties: Schema, required?: string[]) =>
	object({ card_index: { type: 'integer', minimum: 0, maximum: 9 }, ...properties }, required);
const cardsOf = (schemas: Schema[]) =>
	object({ cards: { type: 'array', minItems: 2, maxItems: 10, items: { oneOf: schemas } } });
const amount = object({ value: { type: 'integer', minimum: 1 }, offset: { const: 100 } });
const addressTexts = object({ name: text(), in_pin_code: text(), city: text() }, []);

/** An interactive type that the schema does not know; `action` is what Meta's page shows. */
function newerType(page: string, action: Schema, message: CloudMessage): Exception {
	const { type } = (message as { interactive: { type: string } }).interactive;
	return {
		name: type,
		reason: `Missing in the schema; Meta documents it on the page "${page}".`,
		request: requestBody(phone, message),
		amend(schema) {
			const types = partOf<string[]>(schema, 'definitions/InteractiveObject/properties/type/enum');
			if (!types.includes(type)) types.push(type);
			partOf<Schema[]>(schema, 'definitions/ActionObject/oneOf').push(action);
		},
	};
}

/** Changes what the schema says of the body of every type. */
function inEveryType(
	schema: Schema,
	change: (type: { properties: Schema; required: string[] }) => void,
) {
	for (const definition of Object.values(partOf<Record<string, Schema>>(schema, 'definitions'))) {
		const type = definition as { properties?: Schema; required: string[] };
		if (type.properties?.to) change({ ...type, properties: type.properties });
	}
}

const CAROUSEL_PAGE = 'Interactive media carousel messages';
const mediaCard = (action: Schema) =>
	card(
		{
			type: { const: 'cta_url' },
			header: { $ref: '#/definitions/HeaderObject' },
			body: object({ text: text(160) }),
			action,
		},
		['card_index', 'type', 'header', 'action'],
	);

/** Bodies that WhatsApp takes although Meta's schema (v23.0 of November 2025) does not. */
const EXCEPTIONS: Exception[] = [
	newerType(
		'Interactive call-to-action URL button messages',
		urlButton,
		ctaUrlMessage({ header, body, footer, buttonText, url }),
	),
	newerType(
		'Location request messages',
		object({ name: { const: 'send_location' } }),
		locationRequestMessage(body),
	),
	newerType(
		CAROUSEL_PAGE,
		cardsOf([
			mediaCard(
				object({
					buttons: {
						type: 'array',
						minItems: 1,
						items: object({
							type: { const: 'quick_reply' },
							quick_reply: object({ id: text(256), title: text(20) }),
						}),
					},
				}),
			),
		]),
		carouselMessage({ body, cards }),
	),
	newerType(
		CAROUSEL_PAGE,
		cardsOf([mediaCard(urlButton)]),
		carouselMessage({ body, cards: linkCards }),
	),
	newerType(
		'Interactive product carousel messages',
		cardsOf([
			card({
				type: { const: 'product' },
				action: object({ product_retailer_id: text(), catalog_id: text() }),
			}),
		]),
		productCarouselMessage({ body, catalogId: '1', products: 'A, B' }),
	),
	newerType(
		'Address messages',
		object({
			name: { const: 'address_message' },
			parameters: object({
				country: { const: 'IN' },
				values: addressTexts,
				saved_addresses: { type: 'array', items: object({ id: text(), value: addressTexts }) },
				validation_errors: addressTexts,
			}),
		}),
		addressRequestMessage({
			header,
			body,
			footer,
			values: { name: 'Anna' },
			savedAddresses: [{ id: '1', value: { city: 'Delhi' } }],
			validationErrors: { in_pin_code: 'Unknown' },
		}),
	),
	newerType(
		'Send WhatsApp call button messages and deep links',
		object({
			name: { const: 'voice_call' },
			parameters: object({
				display_text: text(20),
				ttl_minutes: { type: 'integer', minimum: 1, maximum: 43200 },
				payload: text(512),
			}),
		}),
		voiceCallMessage({ body, buttonText, minutes: '43200', payload: 'x'.repeat(512) }),
	),
	newerType(
		'Business-scoped user IDs',
		object({ name: { const: 'request_contact_info' } }),
		contactInfoRequestMessage(body),
	),
	newerType(
		'Payments API India: Receive payments via payment gateways',
		object({
			name: { const: 'review_and_pay' },
			parameters: object({
				reference_id: text(35),
				type: { enum: ['digital-goods', 'physical-goods'] },
				payment_settings: { type: 'array', minItems: 1 },
				currency: { const: 'INR' },
				total_amount: amount,
				order: object({
					status: { const: 'pending' },
					items: {
						type: 'array',
						minItems: 1,
						items: object({ name: text(60), amount, quantity: { type: 'integer', minimum: 1 } }),
					},
					subtotal: amount,
					tax: { type: 'object', required: ['value', 'offset'] },
				}),
			}),
		}),
		orderDetailsMessage(
			{
				body,
				footer,
				header: { type: 'image', source: id },
				referenceId: 'x'.repeat(35),
				payment: { method: 'razorpay', configuration: 'x'.repeat(60) },
				items: [{ name: 'x'.repeat(60), price: '1,299.50' }],
				tax: 1,
				taxText: 'x'.repeat(60),
			},
			{ now: 0, timeZone: 'UTC' },
		),
	),
	newerType(
		'Payments API Brazil: Orders',
		object({
			name: { const: 'review_order' },
			parameters: object({
				reference_id: text(60),
				order: object({ status: text(), description: text(120) }),
				payment: object({ status: text(), timestamp: { type: 'integer' } }),
			}),
		}),
		orderStatusMessage(
			{
				body,
				footer,
				referenceId: 'x'.repeat(60),
				status: 'shipped',
				description: 'x'.repeat(120),
				paymentStatus: 'captured',
				paidAt: '2026-11-20T12:00:00Z',
			},
			'UTC',
		),
	),
	{
		name: 'list body above 1024 characters',
		reason: 'The page "Interactive list messages" allows 4096.',
		request: requestBody(
			phone,
			listMessage({ body: 'x'.repeat(4096), buttonText, rows: rows(10) }),
		),
		amend: (schema) => {
			partOf(schema, 'definitions/BodyObject/properties/text').maxLength = 4096;
		},
	},
	{
		name: 'catalog without a thumbnail',
		reason: 'The thumbnail is optional: without it the first product of the catalog is shown.',
		request: requestBody(phone, catalogMessage({ body })),
		amend: (schema) => {
			partOf<Schema[]>(schema, 'definitions/ActionObject/oneOf').push(
				object({ name: { const: 'catalog_message' } }),
			);
		},
	},
	{
		name: 'more than five contacts',
		reason: 'The page "Contacts messages" allows 257.',
		request: requestBody(phone, contactsMessage(Array(257).fill(contact))),
		amend: (schema) => {
			partOf(schema, 'definitions/ContactsMessage/properties/contacts').maxItems = 257;
		},
	},
	{
		name: 'other types of numbers',
		reason: 'The page "Contacts messages" names cell, mobile, main, iPhone and others.',
		request: requestBody(
			phone,
			contactsMessage(contactsFromVCard('BEGIN:VCARD\nFN:A\nTEL;TYPE=cell:1\nEND:VCARD')),
		),
		amend: (schema) => {
			delete partOf(schema, 'definitions/PhoneObject/properties/type').enum;
		},
	},
	{
		name: 'recipient in place of to',
		reason: 'Business-scoped user IDs came in 2026.',
		request: requestBody(parseRecipient('US.13491208655302741918'), textMessage('Hello')),
		amend: (schema) =>
			inEveryType(schema, ({ properties, required }) => {
				required.splice(required.indexOf('to'), 1);
				properties.recipient = text();
			}),
	},
	{
		name: 'tracking data',
		reason: 'Documented for every type; the schema has it for none.',
		request: requestBody(phone, textMessage('Hello'), { trackingData: 'order 17' }),
		amend: (schema) =>
			inEveryType(schema, ({ properties }) => {
				properties.biz_opaque_callback_data = text(512);
			}),
	},
];

function metaSchema(): Schema {
	return readFixture<Schema>(FOLDER, 'messages-request.repaired.schema.json');
}

function validatorOf(schema: Schema): ValidateFunction {
	return new Ajv({ allErrors: true }).compile(schema);
}

function objections(validate: ValidateFunction, request: unknown) {
	return validate(request) ? [] : validate.errors;
}

describeWithFixtures("Meta's request schema", () => {
	// Compiled inside the tests: without the fixtures there is nothing to compile.
	let validate: ValidateFunction;
	beforeAll(() => {
		validate = validatorOf(metaSchema());
	});

	it.each(ACCEPTED)('accepts %s', (_name, message) => {
		expect(objections(validate, requestBody(phone, message))).toEqual([]);
		const reply = requestBody(phone, message, { replyTo: 'wamid.A=' });
		expect(objections(validate, reply)).toEqual([]);
	});

	it.each([true, false])('accepts mark as read, typing %s', (typing) => {
		expect(objections(validate, markReadBody('wamid.A=', typing))).toEqual([]);
	});

	it.each(EXCEPTIONS)('refuses without reason: $name', ({ request, amend }) => {
		expect(objections(validate, request)).not.toEqual([]);
		const schema = metaSchema();
		amend(schema);
		expect(objections(validatorOf(schema), request)).toEqual([]);
	});

	it('would notice a wrong body', () => {
		const request = requestBody(phone, textMessage('Hello'));
		expect(objections(validate, { ...request, x: 1 })).not.toEqual([]);
	});
});

describeWithFixtures('whatever a form gives', () => {
	let validate: ValidateFunction;
	beforeAll(() => {
		const schema = metaSchema();
		for (const { amend } of EXCEPTIONS) amend(schema);
		validate = validatorOf(schema);
	});

	/** What fields hold: texts around the limits, and what expressions may give besides. */
	const field = fc.oneof(
		{ weight: 8, arbitrary: fc.integer({ min: 0, max: 25 }).map((n) => 'ab cd'.repeat(n / 5 + 1)) },
		{ weight: 4, arbitrary: fc.string({ unit: 'grapheme', maxLength: 30 }) },
		fc.constantFrom('', ' ', undefined, null, 0, 7, true, NaN, {}, [], ['a'], 'x'.repeat(5000)),
	);
	/** Fields of which few texts are right. */
	const likely = (...right: unknown[]) =>
		fc.oneof({ weight: 20, arbitrary: fc.constantFrom(...right) }, field);
	const few = <T>(entry: fc.Arbitrary<T>) => fc.array(entry, { maxLength: 4 });
	const parts = { body: field, footer: field };
	const texts: fc.Arbitrary<HeaderInput> = field.map((text) => ({ type: 'text', text }));
	const headers = fc.oneof(texts, fc.constantFrom(undefined, ...mediaHeaders));
	const row = fc.record({ title: field, id: field, description: field });
	const list = {
		...parts,
		header: field,
		buttonText: field,
		sections: few(fc.record({ title: field, rows: few(row) })),
	};
	const button = fc.record({ title: field, id: field });

	const forms: Array<[string, fc.Arbitrary<() => CloudMessage>]> = [
		['text', field.map((text) => () => textMessage(text))],
		[
			'location',
			fc
				.record({
					latitude: likely('52.5', -90, '91'),
					longitude: likely(13, '180'),
					name: field,
					address: field,
				})
				.map((input) => () => locationMessage(input)),
		],
		[
			'buttons',
			fc
				.record({ ...parts, header: headers, buttons: few(button) })
				.map((input) => () => replyButtonsMessage(input)),
		],
		['list', fc.record(list).map((input) => () => listMessage(input))],
		[
			'link',
			fc
				.record({ ...parts, header: headers, buttonText: field, url: fc.webUrl() })
				.map((input) => () => ctaUrlMessage(input)),
		],
		[
			'flow',
			fc
				.record({
					...parts,
					header: headers,
					buttonText: likely('Open'),
					flowId: likely('1', ''),
					flowName: likely('order', '', '', ''),
					token: field,
					screen: likely('FIRST', ''),
					data: likely({ name: 'Anna' }, '{"a": 1}', {}, ''),
					draft: fc.boolean(),
				})
				.map((input) => () => flowMessage(input as FlowInput)),
		],
		[
			'product list',
			fc
				.record({
					...parts,
					header: field,
					catalogId: field,
					sections: few(fc.record({ title: field, products: fc.oneof(field, few(field)) })),
				})
				.map((input) => () => productListMessage(input)),
		],
		[
			'contacts',
			few(
				fc.record({
					formattedName: likely('Anna Example', ''),
					lastName: likely('Example', ''),
					company: likely('A'),
					birthday: likely('1999-01-23', '2000-02-29T12:00', ''),
					phones: few(
						fc.record({ phone: likely('1'), type: likely('CELL'), waId: likely('+1', '') }),
					),
					addresses: few(fc.record({ street: likely('A 1', ''), countryCode: likely('de', '') })),
				}),
			).map((contacts) => () => contactsMessage(contactsFromFields(contacts as ContactFields[]))),
		],
	];

	it.each(forms)('%s: is refused by name, or a message that Meta takes', (_name, form) => {
		fc.assert(
			fc.property(form, (build) => {
				let message: CloudMessage;
				try {
					message = build();
				} catch (thrown) {
					if (thrown instanceof InputError) return;
					throw thrown;
				}
				expect(objections(validate, requestBody(phone, message))).toEqual([]);
			}),
			{ numRuns: 300 },
		);
	});
});
