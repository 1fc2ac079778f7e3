import { DateTime } from 'luxon';

import type { InputError } from '../../../nodes/core/inputError';

import { checkValues } from './readings';
import {
	bill,
	billValues,
	body,
	buttons,
	carousel,
	footer,
	header,
	productCarousel,
	template,
	textHeader,
	trackButton,
	verification,
} from './samples';

const order = template([textHeader('Order {{1}}'), body('Hi {{1}}! Your order {{2}} is ready.')]);
const complete = { 'header:1': 'A17', 'body:1': 'Ada', 'body:2': 'A17' };
const label1 = '{{1}}';
const label2 = '{{2}}';

function refusal(definition: ReturnType<typeof template>, values: Record<string, unknown>) {
	try {
		checkValues(definition, values);
	} catch (error) {
		const { name, field, message, hint } = error as InputError;
		expect(name).toBe('InputError');
		return { field, message, hint };
	}
	throw new Error('The values were accepted.');
}

describe('checkValues (T31)', () => {
	it.each([
		['texts', { ...complete }, complete],
		['white space at the ends', { ...complete, 'body:1': ' Ada\n' }, complete],
		['numbers', { ...complete, 'body:2': 17 }, { ...complete, 'body:2': '17' }],
		[
			'zero and false',
			{ ...complete, 'body:1': 0, 'body:2': false },
			{ ...complete, 'body:1': '0', 'body:2': 'false' },
		],
		[
			'bigints',
			{ ...complete, 'body:2': 12345678901234567890n },
			{ ...complete, 'body:2': '12345678901234567890' },
		],
		[
			'dates',
			{ ...complete, 'body:2': new Date(0) },
			{ ...complete, 'body:2': '1970-01-01T00:00:00.000Z' },
		],
		[
			'DateTimes',
			{ ...complete, 'body:2': DateTime.fromMillis(0, { zone: 'utc' }) },
			{ ...complete, 'body:2': '1970-01-01T00:00:00.000Z' },
		],
		['left-overs without a value', { ...complete, 'body:3': '', 'body:4': null }, complete],
		[
			'four spaces in a row',
			{ ...complete, 'body:1': 'A    B' },
			{ ...complete, 'body:1': 'A    B' },
		],
	])('accepts %s', (_, values, clean) => {
		expect(checkValues(order, values)).toEqual(clean);
	});

	it('leaves out optional fields without a value', () => {
		expect(
			checkValues(bill, { ...billValues, 'header:filename': null, 'button:1:payload': '' }),
		).toEqual({
			'header:media': 'data',
			'body:first_name': 'Grace',
			'body:amount': '30 EUR',
			'button:0:1': 'B 7',
		});
	});

	it.each([undefined, null, '', '  ', NaN, new Date(NaN)])('misses a value that is %p', (value) => {
		expect(refusal(order, { ...complete, 'body:2': value })).toEqual({
			field: label2,
			message: `Template 'order_ready' needs 2 values in the body; 1 was given. No value for '${label2}'.`,
			hint: `Fill '${label2}'. Where an expression stands, see that the data has that value.`,
		});
	});

	it('names all missing values', () => {
		const { message } = refusal(order, {});
		expect(message).toBe(
			`Template 'order_ready' needs 1 value in the header; 0 were given. No value for 'Header: {{1}}', '${label1}' and '${label2}'.`,
		);
	});

	it.each([
		[header('IMAGE'), 'the header'],
		[buttons(trackButton), 'the buttons'],
		[buttons({ type: 'COPY_CODE' }), 'the buttons'],
		[{ type: 'LIMITED_TIME_OFFER', limited_time_offer: { has_expiration: true } }, 'the offer'],
		[{ type: 'CAROUSEL', cards: [{ components: [body('{{1}}')] }] }, 'the carousel'],
		[buttons({ type: 'MPM' }), 'the buttons'],
	])('says where a value is missing: %#', (component, place) => {
		expect(refusal(template([component]), {}).message).toContain(
			`needs 1 value in ${place}; 0 were given.`,
		);
	});

	it('says that the catalog is missing', () => {
		const { message } = refusal(template([header('PRODUCT')]), { 'header:product': 'sku' });
		expect(message).toContain(
			"needs 1 value in the products; 0 were given. No value for 'Catalog ID'",
		);
	});

	it('says where the code is missing', () => {
		expect(refusal(verification, {}).message).toBe(
			"Template 'one_time_password' needs 1 value in the body and the button; 0 were given. No value for 'Verification Code'.",
		);
	});

	it.each([
		[{ first: 'Ada' }, 'an object'],
		[['Ada'], 'a list'],
		[2 ** 60, 'a number that has lost digits'],
		[() => 'Ada', 'an object'],
	])('refuses %p', (value, what) => {
		expect(refusal(order, { ...complete, 'body:1': value })).toMatchObject({
			field: label1,
			message: `'${label1}' holds ${what}, where a text is needed.`,
		});
	});

	it.each([
		[{ 'body:3': 'x' }, "has no field 'body:3'."],
		[
			{ 'body:first_name': 'x', 'button:0:1': { a: 1 } },
			"has no fields 'body:first_name' and 'button:0:1'.",
		],
	])('names values for which the template has no place: %j', (extra, text) => {
		const { field, message } = refusal(order, { ...complete, ...extra });
		expect(field).toBe(Object.keys(extra)[0]);
		expect(message).toContain(text);
	});

	it.each([
		['card:2:body:1', 'Card 3 · Price', "has no field 'Card 3 · Price'."],
		['card:0:button:1:code', undefined, "has no field 'card:0:button:1:code'."],
	])('names what has gone from a carousel: %s', (id, label, text) => {
		const values = {
			'body:1': 'Ada',
			...Object.fromEntries(
				[0, 1].flatMap((card) => [
					[`card:${card}:header:media`, '1'],
					[`card:${card}:body:1`, '9 EUR'],
					[`card:${card}:button:1:1`, 'x'],
				]),
			),
		};
		expect(checkValues(carousel, values)).toEqual(values);
		const savedLabels = label ? { [id]: label } : {};
		const check = () => checkValues(carousel, { ...values, [id]: 'y' }, { savedLabels });
		expect(check).toThrow(expect.objectContaining({ field: label ?? id }));
		expect(check).toThrow(text);
	});

	it('names the product cards beyond the tenth', () => {
		const values = { 'body:1': 'Ada', 'card:10:header:product': 'sku' };
		expect(refusal(productCarousel, values).message).toContain("'card:10:header:product'");
	});

	describe.each([
		['a header', order, { 'header:1': 'x' }, complete],
		['a body', order, { 'body:1': 'x' }, complete],
		['a link', template([buttons(trackButton)]), { 'button:0:1': 'x' }, {}],
		['a coupon', template([buttons({ type: 'COPY_CODE' })]), { 'button:0:code': 'x' }, {}],
		['a code', verification, { code: 'x' }, {}],
	])('in %s', (_, definition, one, others) => {
		const [id] = Object.keys(one);

		it.each([
			['a\nb', 'a line break'],
			['a\r\nb', 'a line break'],
			['a\tb', 'a tab'],
			['a     b', 'more than four spaces in a row'],
		])('refuses %j', (value, what) => {
			const { field, message } = refusal(definition, { ...others, [id]: value });
			expect(message).toBe(
				`'${field}' contains ${what}, which WhatsApp does not accept in a template value.`,
			);
		});
	});

	it('does not mind line breaks where WhatsApp does not', () => {
		const definition = template([buttons({ type: 'QUICK_REPLY', text: 'OK' })]);
		expect(() => checkValues(definition, { 'button:0:payload': 'a\nb' })).not.toThrow();
	});

	describe('lengths', () => {
		const long = (length: number) => '😀'.repeat(length);

		it.each([
			['header', order, complete, 'header:1', 60 - 'Order '.length],
			['body', order, complete, 'body:2', 1024 - 'Hi Ada! Your order  is ready.'.length],
			['coupon code', template([buttons({ type: 'COPY_CODE' })]), {}, 'button:0:code', 20],
			['one-time code', verification, {}, 'code', 15],
			['payload', template([buttons({ type: 'QUICK_REPLY' })]), {}, 'button:0:payload', 512],
		])('of a %s', (_, definition, values, id, limit) => {
			expect(checkValues(definition, { ...values, [id]: long(limit) })[id]).toBe(long(limit));
			const { field, message } = refusal(definition, { ...values, [id]: long(limit + 1) });
			expect(message).toContain(`'${field}'`);
			expect(message).toContain('WhatsApp accepts at most');
		});

		it('says by how much a body is too long, and names its longest value', () => {
			expect(refusal(order, { ...complete, 'body:1': long(10), 'body:2': long(1100) })).toEqual({
				field: label2,
				message: `With '${label2}' filled in, the body is 1136 characters long; WhatsApp accepts at most 1024.`,
				hint: 'Shorten the value by at least 112 characters.',
			});
		});

		it('says nothing about a long static text', () => {
			expect(checkValues(template([body('x'.repeat(2000)), footer('y')]), {})).toEqual({});
		});

		it('of a link, after encoding', () => {
			const definition = template([buttons(trackButton)]);
			const fits = 'x'.repeat(2000 - 'https://shop.example/track/'.length);
			expect(checkValues(definition, { 'button:0:1': fits })).toEqual({ 'button:0:1': fits });
			const { message } = refusal(definition, { 'button:0:1': fits.replace('xx', 'x ') });
			expect(message).toContain('the link is 2002 characters long; WhatsApp accepts at most 2000.');
		});
	});

	it('refuses a link that is only the fixed part', () => {
		const definition = template([buttons(trackButton)]);
		const { message } = refusal(definition, { 'button:0:1': 'https://shop.example/track/' });
		expect(message).toContain('adds nothing to it');
	});

	it.each([
		['header:latitude', '90.1', 'a number between -90 and 90'],
		['header:latitude', '48,1', 'a number between -90 and 90'],
		['header:longitude', '-181', 'a number between -180 and 180'],
		['header:longitude', 'east', 'a number between -180 and 180'],
	])('refuses the degrees %s = %s', (id, value, range) => {
		const definition = template([header('LOCATION')]);
		const place = { 'header:latitude': 48.1, 'header:longitude': '11.5' };
		expect(checkValues(definition, place)).toEqual({
			'header:latitude': '48.1',
			'header:longitude': '11.5',
		});
		expect(refusal(definition, { ...place, [id]: value }).message).toContain(range);
	});

	it('refuses a file that WhatsApp cannot fetch', () => {
		const { field } = refusal(bill, { ...billValues, 'header:media': 'http://shop.example/b.pdf' });
		expect(field).toBe('Document');
	});

	it.each(['later', '2026-12-31', '2026-12-31T18:00:00', '2026-13-31T18:00:00Z', 46354.4])(
		'refuses %p as the end of an offer',
		(value) => {
			const definition = template([
				{ type: 'LIMITED_TIME_OFFER', limited_time_offer: { text: 'Ends', has_expiration: true } },
			]);
			expect(refusal(definition, { 'offer:expiration': value }).message).toContain(
				'not a point in time',
			);
		},
	);

	describe('the end of an offer', () => {
		const definition = template([
			{ type: 'LIMITED_TIME_OFFER', limited_time_offer: { text: 'Ends', has_expiration: true } },
		]);
		const values = { 'offer:expiration': '2030-01-01T12:00:00Z' };
		const end = Date.parse('2030-01-01T12:00:00Z');

		it('must lie ahead', () => {
			expect(checkValues(definition, values, { nowMs: end - 1 })).toEqual(values);
			expect(() => checkValues(definition, values, { nowMs: end })).toThrow(
				"'Expires At: Ends' is '2030-01-01T12:00:00Z', which has passed.",
			);
		});

		it('may lie anywhere when the present is not known', () => {
			expect(checkValues(definition, { 'offer:expiration': '1999-01-01T00:00:00Z' })).toEqual({
				'offer:expiration': '1999-01-01T00:00:00Z',
			});
		});

		it.each(['2030-01-01 12:00:00Z', end / 1000, String(end), new Date(end)])(
			'may be written as %p',
			(value) => {
				const given = { 'offer:expiration': value };
				expect(() => checkValues(definition, given, { nowMs: end - 1 })).not.toThrow();
				expect(() => checkValues(definition, given, { nowMs: end })).toThrow('has passed');
			},
		);

		it.each(['2026-12-31', 'later', '2026-13-31T18:00:00'])('is no %s in any zone', (value) => {
			const options = { timeZone: 'Europe/Berlin' };
			expect(() => checkValues(definition, { 'offer:expiration': value }, options)).toThrow(
				'not a point in time',
			);
		});
	});

	it.each(['0', '43201', '1.5', 'soon'])('refuses %s as the minutes of a call button', (value) => {
		const definition = template([buttons({ type: 'VOICE_CALL', text: 'Call us' })]);
		expect(refusal(definition, { 'button:0:minutes': value })).toMatchObject({
			field: 'Minutes Active: Call us',
			message: `'Minutes Active: Call us' is '${value}', which is not a whole number between 1 and 43200.`,
		});
	});

	it('refuses a long payload of a call button', () => {
		const definition = template([buttons({ type: 'VOICE_CALL', text: 'Call us' })]);
		const { field } = refusal(definition, { 'button:0:payload': 'x'.repeat(513) });
		expect(field).toBe('Payload: Call us');
	});

	it('refuses sections that cannot be read', () => {
		const definition = template([buttons({ type: 'MPM', text: 'View items' })]);
		expect(refusal(definition, { 'button:0:sections': 'b1, b2' })).toMatchObject({
			field: 'Product Sections: View items',
		});
	});

	describe('amounts and dates', () => {
		const amount = { fallback_value: '$9.99', code: 'USD', amount_1000: 9990 };

		it.each([
			['an object', amount],
			['a whole parameter', { type: 'currency', currency: amount }],
			['JSON text', JSON.stringify(amount)],
		])('are kept as JSON, given as %s', (_, value) => {
			const checked = checkValues(order, { ...complete, 'body:2': value });
			expect(JSON.parse(checked['body:2'])).toEqual({ type: 'currency', currency: amount });
			expect(checkValues(order, checked)).toEqual(checked);
		});

		it.each([
			[{ ...amount, fallback_value: 'a\nb' }, 'contains a line break'],
			[{ ...amount, fallback_value: ' ' }, 'without the text to show'],
			[{ ...amount, fallback_value: 9 }, 'without the text to show'],
			[{ ...amount, code: 'dollars' }, 'not complete'],
			[{ ...amount, amount_1000: 9.99 }, 'not complete'],
			[{ fallback_value: '$9.99', code: 'USD' }, 'not complete'],
			[{ type: 'date_time', date_time: {} }, 'without the text to show'],
			[{ type: 'currency', amount_1000: 1 }, 'holds an object, where a text is needed'],
			[{ fallback_value: 'x'.repeat(1100) }, 'WhatsApp accepts at most 1024'],
		])('%j are refused by the name of their field', (value, text) => {
			const { field, message } = refusal(order, { ...complete, 'body:2': value });
			expect(field).toBe(label2);
			expect(message).toContain(text);
		});

		it('have no place in links and codes', () => {
			const link = template([buttons(trackButton)]);
			expect(refusal(link, { 'button:0:1': amount }).message).toContain('holds an object');
			expect(refusal(verification, { code: amount }).message).toContain('holds an object');
		});
	});

	describe('with clean-up', () => {
		const cleaned = (definition: ReturnType<typeof template>, values: Record<string, unknown>) =>
			checkValues(definition, values, { cleanUp: true });

		it('mends white space in header, body, link and code', () => {
			expect(
				cleaned(order, { 'header:1': 'A\t17', 'body:1': ' Ada \n B.\n', 'body:2': 'a     b' }),
			).toEqual({ 'header:1': 'A 17', 'body:1': 'Ada B.', 'body:2': 'a b' });
			expect(cleaned(verification, { code: '12\n34' })).toEqual({ code: '12 34' });
			expect(cleaned(template([buttons(trackButton)]), { 'button:0:1': 'a\r\nb' })).toEqual({
				'button:0:1': 'a b',
			});
		});

		it('mends the text of an amount', () => {
			const value = { fallback_value: 'about\n$9' };
			expect(cleaned(order, { ...complete, 'body:2': value })['body:2']).toBe(
				'{"type":"date_time","date_time":{"fallback_value":"about $9"}}',
			);
		});

		it('leaves alone what WhatsApp takes as it is', () => {
			const definition = template([
				buttons({ type: 'QUICK_REPLY', text: 'OK' }, { type: 'FLOW', text: 'Book' }),
			]);
			const values = { 'button:0:payload': 'a\nb', 'button:1:flowData': '{"note": "a\\nb"}' };
			expect(cleaned(definition, values)).toEqual(values);
		});

		it('still misses what is only white space', () => {
			expect(() => cleaned(order, { ...complete, 'body:1': '\n\t' })).toThrow('No value for');
		});
	});

	it.each(['[1]', '1', 'null', '{', 'text'])('refuses %s as flow data', (value) => {
		const definition = template([buttons({ type: 'FLOW', text: 'Book' })]);
		expect(refusal(definition, { 'button:0:flowData': value })).toMatchObject({
			field: 'Flow Data (JSON): Book',
		});
	});
});
