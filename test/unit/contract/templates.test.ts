import Ajv, { type ValidateFunction } from 'ajv';

import { requestBody } from '../../../nodes/core/messages/envelope';
import { parseRecipient } from '../../../nodes/core/messages/recipient';
import type { TemplateDefinition } from '../../../nodes/core/templates/definition';
import { describeWithFixtures, readFixture } from '../../fixtures';
import { buildTemplate } from '../templates/readings';
import {
	bill,
	billValues,
	body,
	buttons,
	carousel,
	header,
	productCarousel,
	template,
	textHeader,
	trackButton,
	verification,
} from '../templates/samples';

type Values = Record<string, unknown>;

interface Schema {
	definitions: {
		TemplateComponent: {
			properties: Record<'type' | 'sub_type', { enum: string[] }>;
		};
	};
}

const phone = parseRecipient('+1 650 555 1234');
const media = { 'header:media': { id: '1' } };

const request = (definition: TemplateDefinition, values: Values) =>
	requestBody(phone, buildTemplate(definition, values, media));

const ACCEPTED: Array<[string, TemplateDefinition, Values]> = [
	['a static template', template([textHeader('Hello'), body('World')]), {}],
	['a bill in the named format', bill, billValues],
	['a code', verification, { code: '424242' }],
	[
		'an amount and a date',
		template([textHeader('Due {{1}}'), body('Pay {{1}} now.')]),
		{
			'header:1': { fallback_value: '1 May' },
			'body:1': { fallback_value: '$9.99', code: 'USD', amount_1000: 9990 },
		},
	],
	[
		'an image, a link and a payload',
		template([
			header('IMAGE'),
			body('Look'),
			buttons({ type: 'QUICK_REPLY', text: 'Yes' }, trackButton),
		]),
		{ 'header:media': 'https://shop.example/a.png', 'button:0:payload': 'yes', 'button:1:1': 'A' },
	],
	['a video', template([header('VIDEO'), body('Look')]), { 'header:media': '1' }],
	[
		'a place',
		template([header('LOCATION'), body('Here')]),
		{ 'header:latitude': 1, 'header:longitude': 2 },
	],
	[
		'a flow and a catalog',
		template([body('Hi'), buttons({ type: 'FLOW' }, { type: 'CATALOG' })]),
		{ 'button:0:flowToken': 'token', 'button:1:thumbnail': 'sku' },
	],
	['a flow without values', template([body('Hi'), buttons({ type: 'FLOW' })]), {}],
	[
		'a product',
		template([header('PRODUCT'), body('New'), buttons({ type: 'SPM', text: 'View' })]),
		{ 'header:product': 'sku', catalog: '1' },
	],
	[
		'a request for the permission to call',
		template([body('May we call you?'), { type: 'CALL_PERMISSION_REQUEST' }]),
		{},
	],
	[
		'a request for contact details',
		template([body('Hi'), buttons({ type: 'REQUEST_CONTACT_INFO' })]),
		{},
	],
];

interface Exception {
	name: string;
	/** Where Meta shows what its schema (v23.0 of November 2025) does not know. */
	page: string;
	/** The value that is missing in the schema, and where. */
	missing: ['type' | 'sub_type', string];
	request: () => object;
}

const EXCEPTIONS: Exception[] = [
	{
		name: 'a coupon',
		page: 'Coupon code templates',
		missing: ['sub_type', 'copy_code'],
		request: () =>
			request(template([body('Save'), buttons({ type: 'COPY_CODE' })]), {
				'button:0:code': 'SAVE10',
			}),
	},
	{
		name: 'several products',
		page: 'Multi-product templates',
		missing: ['sub_type', 'mpm'],
		request: () =>
			request(template([body('Choose'), buttons({ type: 'MPM' })]), {
				'button:0:sections': 'Shoes: a, b; Bags: c',
			}),
	},
	{
		name: 'a call',
		page: 'Call button messages and deep links',
		missing: ['sub_type', 'voice_call'],
		request: () =>
			request(template([body('Call'), buttons({ type: 'VOICE_CALL' })]), {
				'button:0:minutes': 60,
			}),
	},
	{
		name: 'an offer',
		page: 'Limited-time offer templates',
		missing: ['type', 'limited_time_offer'],
		request: () =>
			request(
				template([
					{ type: 'LIMITED_TIME_OFFER', limited_time_offer: { text: 'Now', has_expiration: true } },
					body('Save'),
				]),
				{ 'offer:expiration': '2030-01-01T00:00:00Z' },
			),
	},
	{
		name: 'media cards',
		page: 'Media card carousel templates',
		missing: ['type', 'carousel'],
		request: () =>
			request(carousel, {
				'body:1': 'Ada',
				...Object.fromEntries(
					[0, 1].flatMap((card) => [
						[`card:${card}:header:media`, '1'],
						[`card:${card}:body:1`, '9 EUR'],
						[`card:${card}:button:1:1`, 'x'],
					]),
				),
			}),
	},
	{
		name: 'product cards',
		page: 'Product card carousel templates',
		missing: ['type', 'carousel'],
		request: () =>
			request(productCarousel, {
				'body:1': 'Ada',
				catalog: '1',
				'card:0:header:product': 'a',
				'card:1:header:product': 'b',
			}),
	},
];

describeWithFixtures("templates and the schema of Meta's send endpoint", () => {
	const schema = () =>
		readFixture<Schema>('meta-openapi-v23', 'messages-request.repaired.schema.json');
	const objections = (validate: ValidateFunction, message: object) =>
		validate(message) ? [] : validate.errors;
	const published = new Ajv({ allErrors: true }).compile(schema());

	it.each(ACCEPTED)('fit: %s', (_, definition, values) => {
		expect(objections(published, request(definition, values))).toEqual([]);
	});

	it.each(EXCEPTIONS)('are newer than the schema: $name ($page)', ({ missing, request: make }) => {
		const [property, value] = missing;
		expect(objections(published, make())).not.toEqual([]);

		const amended = schema();
		amended.definitions.TemplateComponent.properties[property].enum.push(value);
		expect(objections(new Ajv({ allErrors: true }).compile(amended), make())).toEqual([]);
	});

	it('are refused by the schema when they are wrong', () => {
		const message = { messaging_product: 'whatsapp', to: '+16505551234', type: 'template' };
		expect(published({ ...message, template: { name: 'x' } })).toBe(false);
	});
});
