import { percentEncode } from '../../../nodes/core/templates/elements/urlButton';

import { buildTemplate, componentsOf } from './readings';
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

describe('buildTemplate', () => {
	it('has no components for a static template', () => {
		const definition = template([textHeader('Hello'), body('World'), footer('Us')]);
		expect(buildTemplate(definition, {})).toEqual({
			type: 'template',
			template: { name: 'order_ready', language: { code: 'en_US' } },
		});
	});

	it('fills names, a document, a link and a quick reply', () => {
		expect(buildTemplate(bill, billValues, { 'header:media': { id: '77' } })).toEqual({
			type: 'template',
			template: {
				name: 'bill',
				language: { code: 'en_US' },
				components: [
					{
						type: 'header',
						parameters: [{ type: 'document', document: { id: '77', filename: 'bill-7.pdf' } }],
					},
					{
						type: 'body',
						parameters: [
							{ type: 'text', parameter_name: 'first_name', text: 'Grace' },
							{ type: 'text', parameter_name: 'amount', text: '30 EUR' },
						],
					},
					{
						type: 'button',
						sub_type: 'url',
						index: '0',
						parameters: [{ type: 'text', text: 'B%207' }],
					},
					{
						type: 'button',
						sub_type: 'quick_reply',
						index: '1',
						parameters: [{ type: 'payload', payload: 'question-7' }],
					},
				],
			},
		});
	});
});

describe('componentsOf', () => {
	it('checks the values', () => {
		expect(() => componentsOf(bill, {})).toThrow("Template 'bill' needs");
	});

	it('sends positions in the order of their numbers, each once', () => {
		const definition = template([textHeader('{{1}}'), body('{{2}} for {{1}}, {{2}}')]);
		expect(componentsOf(definition, { 'header:1': 'h', 'body:1': 'one', 'body:2': 2 })).toEqual([
			{ type: 'header', parameters: [{ type: 'text', text: 'h' }] },
			{
				type: 'body',
				parameters: [
					{ type: 'text', text: 'one' },
					{ type: 'text', text: '2' },
				],
			},
		]);
	});

	it('sends more than nine positions in the order of their numbers', () => {
		const names = Array.from({ length: 11 }, (_, index) => String(index + 1));
		const definition = template([body(names.map((name) => `{{${name}}}`).join(', '))]);
		const values = Object.fromEntries(names.map((name) => [`body:${name}`, name]));
		const [{ parameters }] = componentsOf(definition, values);
		expect(parameters?.map(({ text }) => text)).toEqual(names);
	});

	it.each([
		['named', '{{order_id}}', [{ type: 'text', parameter_name: 'order_id', text: '7' }]],
		['numbered', '{{1}}', [{ type: 'text', text: '7' }]],
	])('in a named template, a link with a %s placeholder', (_, placeholder, parameters) => {
		const url = `https://shop.example/?id=${placeholder}`;
		const definition = template([buttons({ type: 'URL', text: 'Open', url })], {
			parameter_format: 'NAMED',
		});
		const id = `button:0:${placeholder.slice(2, -2)}`;
		expect(componentsOf(definition, { [id]: 7 })).toEqual([
			{ type: 'button', sub_type: 'url', index: '0', parameters },
		]);
	});

	it('takes the end of a link that was given whole', () => {
		const definition = template([buttons(trackButton)]);
		const value = 'https://shop.example/track/A 17';
		const [{ parameters }] = componentsOf(definition, { 'button:0:1': value });
		expect(parameters).toEqual([{ type: 'text', text: 'A%2017' }]);
	});

	it('fills a coupon at its place among the buttons', () => {
		const definition = template([
			buttons(
				{ type: 'PHONE_NUMBER', text: 'Call', phone_number: '15550051310' },
				{ type: 'COPY_CODE', text: 'Copy offer code' },
			),
		]);
		expect(componentsOf(definition, { 'button:1:code': 'SAVE10' })).toEqual([
			{
				type: 'button',
				sub_type: 'copy_code',
				index: '1',
				parameters: [{ type: 'coupon_code', coupon_code: 'SAVE10' }],
			},
		]);
	});

	it.each([
		['as listed', verification],
		[
			'as created',
			template(
				[
					{ type: 'BODY', add_security_recommendation: true },
					{ type: 'FOOTER', code_expiration_minutes: 10 },
					buttons({ type: 'OTP', otp_type: 'ZERO_TAP', text: 'Copy code' }),
				],
				{ category: 'AUTHENTICATION' },
			),
		],
	])('sends the code in body and button, %s', (_, definition) => {
		const parameters = [{ type: 'text', text: '424242' }];
		expect(componentsOf(definition, { code: '424242' })).toEqual([
			{ type: 'body', parameters },
			{ type: 'button', sub_type: 'url', index: '0', parameters },
		]);
	});

	it('does not take the link of another category for a code', () => {
		const definition = { ...verification, category: 'UTILITY' };
		expect(() => componentsOf(definition, { code: '1' })).toThrow('has no field');
	});

	it('sends a location as texts, without what is absent', () => {
		const definition = template([header('LOCATION')]);
		const place = { 'header:latitude': 48.1374, 'header:longitude': '-11.5' };
		expect(componentsOf(definition, place)).toEqual([
			{
				type: 'header',
				parameters: [{ type: 'location', location: { latitude: '48.1374', longitude: '-11.5' } }],
			},
		]);
		const named = { ...place, 'header:name': 'Shop', 'header:address': '1 Main St' };
		expect(componentsOf(definition, named)[0].parameters?.[0].location).toEqual({
			latitude: '48.1374',
			longitude: '-11.5',
			name: 'Shop',
			address: '1 Main St',
		});
	});

	describe('media headers', () => {
		const send = (format: string, values: object, media = {}) =>
			componentsOf(template([header(format)]), { ...values }, media)[0].parameters?.[0];

		it.each([
			['IMAGE', 'image'],
			['VIDEO', 'video'],
			['DOCUMENT', 'document'],
		])('%s by media ID', (format, type) => {
			expect(send(format, { 'header:media': '1602186516975000' })).toEqual({
				type,
				[type]: { id: '1602186516975000' },
			});
		});

		it('an image by link, which gives no file name', () => {
			expect(send('IMAGE', { 'header:media': 'https://shop.example/a.png' })).toEqual({
				type: 'image',
				image: { link: 'https://shop.example/a.png' },
			});
		});

		it.each([
			[{ 'header:media': 'https://shop.example/b/7%20a.pdf?sig=x.y' }, {}, '7 a.pdf'],
			[{ 'header:media': 'https://shop.example/b/7' }, {}, undefined],
			[{ 'header:media': 'https://shop.example' }, {}, undefined],
			[{ 'header:media': 'https://shop.example/%.pdf' }, {}, '%.pdf'],
			[{ 'header:media': 'data' }, { id: '5', filename: 'own.pdf' }, 'own.pdf'],
			[
				{ 'header:media': 'data', 'header:filename': 'chosen.pdf' },
				{ id: '5', filename: 'own.pdf' },
				'chosen.pdf',
			],
		])('names the document of %j %j', (values, file, filename) => {
			const media = 'id' in file ? { 'header:media': file } : {};
			expect((send('DOCUMENT', values, media)?.document as { filename?: string }).filename).toBe(
				filename,
			);
		});

		it('a video that was uploaded keeps its name to itself', () => {
			const media = { 'header:media': { id: '5', filename: 'clip.mp4' } };
			expect(send('VIDEO', { 'header:media': 'data' }, media)).toEqual({
				type: 'video',
				video: { id: '5' },
			});
		});

		it('refuses a file that is not uploaded', () => {
			expect(() => send('VIDEO', { 'header:media': 'clip' })).toThrow(
				"The file of 'Video' in the binary field 'clip' is not uploaded yet.",
			);
		});
	});

	it.each([
		[{}, undefined],
		[{ 'button:0:flowToken': 't' }, { flow_token: 't' }],
		[
			{ 'button:0:flowToken': 't', 'button:0:flowData': '{"city":"Oslo"}' },
			{ flow_token: 't', flow_action_data: { city: 'Oslo' } },
		],
	])('always sends a flow button: %j', (values, action) => {
		const definition = template([body('Book'), buttons({ type: 'FLOW', text: 'Book' })]);
		expect(componentsOf(definition, values)).toEqual([
			{
				type: 'button',
				sub_type: 'flow',
				index: '0',
				...(action && { parameters: [{ type: 'action', action }] }),
			},
		]);
	});

	it.each([
		[{}, []],
		[
			{ 'button:0:thumbnail': 'sku-1' },
			[
				{
					type: 'button',
					sub_type: 'CATALOG',
					index: '0',
					parameters: [{ type: 'action', action: { thumbnail_product_retailer_id: 'sku-1' } }],
				},
			],
		],
	])('sends a catalog button only with a thumbnail: %j', (values, expected) => {
		const definition = template([buttons({ type: 'CATALOG', text: 'View catalog' })]);
		expect(componentsOf(definition, values)).toEqual(expected);
	});

	it('sends the end of an offer in milliseconds', () => {
		const definition = template([
			{
				type: 'LIMITED_TIME_OFFER',
				limited_time_offer: { text: 'Ends soon!', has_expiration: true },
			},
			body('Save'),
		]);
		const values = { 'offer:expiration': '1970-01-01T01:00:01+01:00' };
		expect(componentsOf(definition, values)).toEqual([
			{
				type: 'limited_time_offer',
				parameters: [
					{ type: 'limited_time_offer', limited_time_offer: { expiration_time_ms: 1000 } },
				],
			},
		]);
	});

	it.each([
		['2030-01-01T12:00:00', 'Europe/Berlin', '2030-01-01T11:00:00Z'],
		['2030-07-01 12:00', 'Europe/Berlin', '2030-07-01T10:00:00Z'],
		['2030-01-01T12:00:00-05', 'Europe/Berlin', '2030-01-01T17:00:00Z'],
		['2030-01-01 12:00:00+0100', undefined, '2030-01-01T11:00:00Z'],
		['2030-01-01T12:00:00.000Z', undefined, '2030-01-01T12:00:00Z'],
	])('reads the end of an offer, %s in %s', (value, timeZone, instant) => {
		const offer = { text: 'Ends', has_expiration: true };
		const definition = template([{ type: 'LIMITED_TIME_OFFER', limited_time_offer: offer }]);
		const [{ parameters }] = componentsOf(
			definition,
			{ 'offer:expiration': value },
			{},
			{ timeZone },
		);
		expect(parameters?.[0].limited_time_offer).toEqual({
			expiration_time_ms: Date.parse(instant),
		});
	});

	it('sends a product header', () => {
		const definition = template([
			header('PRODUCT'),
			body('New'),
			buttons({ type: 'SPM', text: 'View' }),
		]);
		expect(componentsOf(definition, { 'header:product': 'sku 1', catalog: 1948 })).toEqual([
			{
				type: 'header',
				parameters: [
					{ type: 'product', product: { product_retailer_id: 'sku 1', catalog_id: '1948' } },
				],
			},
		]);
	});

	describe('product cards', () => {
		const given = (...cards: number[]) => ({
			'body:1': 'Ada',
			catalog: '77',
			...Object.fromEntries(cards.map((card) => [`card:${card}:header:product`, `sku-${card}`])),
		});
		const sentBy = (values: object) => {
			const [, carouselComponent] = componentsOf(productCarousel, { ...values });
			return carouselComponent.cards?.map(({ card_index: index, components: [card] }) => [
				index,
				card.parameters?.[0].product,
			]);
		};
		const product = (card: number) => ({ product_retailer_id: `sku-${card}`, catalog_id: '77' });

		it('are at least the two that define the carousel', () => {
			expect(sentBy(given(0, 1))).toEqual([
				[0, product(0)],
				[1, product(1)],
			]);
			expect(() => sentBy(given(0))).toThrow('Card 2 · Product ID');
		});

		it('are as many more as are filled, without gaps', () => {
			expect(sentBy(given(0, 1, 4, 9))).toEqual([
				[0, product(0)],
				[1, product(1)],
				[2, product(4)],
				[3, product(9)],
			]);
		});

		it('are whole or not sent at all', () => {
			const link = { type: 'URL', text: 'Buy', url: 'https://shop.example/{{1}}' };
			const card = { components: [header('PRODUCT'), buttons(link)] };
			const definition = template([{ type: 'CAROUSEL', cards: [card, card] }]);
			const values = {
				catalog: '77',
				'card:0:header:product': 'a',
				'card:0:button:0:1': 'a',
				'card:1:header:product': 'b',
				'card:1:button:0:1': 'b',
			};
			expect(componentsOf(definition, values)[0].cards).toHaveLength(2);
			expect(() => componentsOf(definition, { ...values, 'card:2:button:0:1': 'c' })).toThrow(
				"'Card 3 · Product ID' is empty, though other fields of that card are filled.",
			);
		});
	});

	describe('a button to pay a bill', () => {
		const definition = template([buttons({ type: 'ORDER_DETAILS', text: 'Review and Pay' })]);
		const values = {
			'button:0:reference': 'order-7',
			'button:0:method': 'payu',
			'button:0:payment': 'payu-prod',
			'button:0:items': [{ name: 'Bread', quantity: 2, price: '1,299.50' }],
			'button:0:shipping': 50,
			'button:0:total': '2,649',
		};

		it('is sent with the bill, whose sum is made here', () => {
			expect(componentsOf(definition, values)).toEqual([
				{
					type: 'button',
					sub_type: 'order_details',
					index: '0',
					parameters: [
						{
							type: 'action',
							action: {
								order_details: {
									reference_id: 'order-7',
									type: 'digital-goods',
									payment_settings: [
										{
											type: 'payment_gateway',
											payment_gateway: { type: 'payu', configuration_name: 'payu-prod' },
										},
									],
									currency: 'INR',
									total_amount: { value: 264900, offset: 100 },
									order: {
										status: 'pending',
										items: [{ name: 'Bread', amount: { value: 129950, offset: 100 }, quantity: 2 }],
										subtotal: { value: 259900, offset: 100 },
										tax: { value: 0, offset: 100 },
										shipping: { value: 5000, offset: 100 },
									},
								},
							},
						},
					],
				},
			]);
		});

		it.each([
			['boleto', '3'.repeat(47), { boleto: { digitable_line: '3'.repeat(47) } }],
			[
				'card',
				'{"last_four_digits": "0235", "credential_id": "7"}',
				{ offsite_card_pay: { last_four_digits: '0235', credential_id: '7' } },
			],
			[
				'pix',
				{ code: '000201', merchant_name: 'P', key: 'a@b.c', key_type: 'EMAIL' },
				{
					pix_dynamic_code: { code: '000201', merchant_name: 'P', key: 'a@b.c', key_type: 'EMAIL' },
				},
			],
		])('is paid by %s, without items too', (method, payment, setting) => {
			const [{ parameters }] = componentsOf(definition, {
				'button:0:reference': 'pedido-7',
				'button:0:method': method,
				'button:0:payment': payment,
				'button:0:total': '12,34',
			});
			expect(parameters).toMatchObject([
				{
					action: {
						order_details: { payment_settings: [setting], total_amount: { value: 1234 } },
					},
				},
			]);
		});

		it.each([
			[{ 'button:0:method': 'cash' }, "'Payment Method' is 'cash'"],
			[{ 'button:0:items': undefined }, 'only in Brazil'],
			[{ 'button:0:total': '1' }, "'Total' is 1.00, but the amounts come to another sum"],
			[{ 'button:0:method': 'pix', 'button:0:payment': '000201' }, 'is not valid JSON'],
		])('is refused: %j', (change, message) => {
			expect(() => componentsOf(definition, { ...values, ...change })).toThrow(message);
		});
	});

	describe('a multi-product button', () => {
		const definition = template([buttons({ type: 'MPM', text: 'View items' })]);
		const sections = [
			{
				title: 'Bundles',
				product_items: [{ product_retailer_id: 'b1' }, { product_retailer_id: 'b2' }],
			},
			{ title: 'Packages', product_items: [{ product_retailer_id: 'p1' }] },
		];
		const action = (values: Record<string, unknown>) =>
			componentsOf(definition, values)[0].parameters?.[0].action;

		it('is sent with its sections and its first product as thumbnail', () => {
			expect(
				componentsOf(definition, { 'button:0:sections': 'Bundles: b1, b2; Packages: p1' }),
			).toEqual([
				{
					type: 'button',
					sub_type: 'mpm',
					index: '0',
					parameters: [
						{ type: 'action', action: { thumbnail_product_retailer_id: 'b1', sections } },
					],
				},
			]);
		});

		it('takes another thumbnail', () => {
			expect(action({ 'button:0:sections': sections, 'button:0:thumbnail': 'p1' })).toEqual({
				thumbnail_product_retailer_id: 'p1',
				sections,
			});
		});
	});

	it.each([
		[{}, undefined],
		[{ 'button:1:minutes': 100 }, [{ type: 'ttl_minutes', ttl_minutes: 100 }]],
		[
			{ 'button:1:minutes': '43200', 'button:1:payload': 'shop-7' },
			[
				{ type: 'ttl_minutes', ttl_minutes: 43_200 },
				{ type: 'payload', payload: 'shop-7' },
			],
		],
	])('sends a call button only with values: %j', (values, parameters) => {
		const definition = template([
			buttons(
				{ type: 'URL', text: 'Shop', url: 'https://shop.example' },
				{ type: 'VOICE_CALL', text: 'Call us' },
			),
		]);
		const button = { type: 'button', sub_type: 'voice_call', index: '1', parameters };
		expect(componentsOf(definition, values)).toEqual(parameters ? [button] : []);
	});

	it('sends amounts and dates as such, with their names', () => {
		const definition = template([textHeader('Due {{due}}'), body('{{amount}} and {{note}}.')], {
			parameter_format: 'NAMED',
		});
		const amount = { fallback_value: '$100.99', code: 'USD', amount_1000: 100_990 };
		const due = { fallback_value: '25 February' };
		const values = {
			'header:due': due,
			'body:amount': { type: 'currency', currency: amount },
			'body:note': 'text',
		};
		expect(componentsOf(definition, values)).toEqual([
			{
				type: 'header',
				parameters: [{ type: 'date_time', parameter_name: 'due', date_time: due }],
			},
			{
				type: 'body',
				parameters: [
					{ type: 'currency', parameter_name: 'amount', currency: amount },
					{ type: 'text', parameter_name: 'note', text: 'text' },
				],
			},
		]);
	});

	it('takes an object as the data of a flow', () => {
		const definition = template([buttons({ type: 'FLOW', text: 'Book' })]);
		const [{ parameters }] = componentsOf(definition, { 'button:0:flowData': { city: 'Oslo' } });
		expect(parameters).toEqual([
			{ type: 'action', action: { flow_action_data: { city: 'Oslo' } } },
		]);
	});

	it('fills every card of a carousel', () => {
		const values = {
			'body:1': 'Ada',
			'card:0:header:media': '11',
			'card:0:body:1': '99 EUR',
			'card:0:button:1:1': 'lisbon',
			'card:1:header:media': 'data',
			'card:1:body:1': '120 EUR',
			'card:1:button:0:payload': 'more-oslo',
			'card:1:button:1:1': 'oslo',
		};
		const card = (id: string, price: string, place: string, extra: object[] = []) => [
			{ type: 'header', parameters: [{ type: 'image', image: { id } }] },
			{ type: 'body', parameters: [{ type: 'text', text: price }] },
			...extra,
			{
				type: 'button',
				sub_type: 'url',
				index: '1',
				parameters: [{ type: 'text', text: place }],
			},
		];
		const payload = {
			type: 'button',
			sub_type: 'quick_reply',
			index: '0',
			parameters: [{ type: 'payload', payload: 'more-oslo' }],
		};
		expect(componentsOf(carousel, values, { 'card:1:header:media': { id: '22' } })).toEqual([
			{ type: 'body', parameters: [{ type: 'text', text: 'Ada' }] },
			{
				type: 'carousel',
				cards: [
					{ card_index: 0, components: card('11', '99 EUR', 'lisbon') },
					{ card_index: 1, components: card('22', '120 EUR', 'oslo', [payload]) },
				],
			},
		]);
		expect(() => componentsOf(carousel, { ...values, 'card:0:body:1': 'x'.repeat(150) })).toThrow(
			'the body is 163 characters long; WhatsApp accepts at most 160.',
		);
	});
});

describe('percentEncode', () => {
	it.each([
		['A17', 'A17'],
		['a b', 'a%20b'],
		['a%20b', 'a%20b'],
		['100%', '100%25'],
		['%zz', '%25zz'],
		['é😀', '%C3%A9%F0%9F%98%80'],
		['path/7?a=b&c=d#e', 'path/7?a=b&c=d#e'],
		['x:key', 'x%3Akey'],
		['<"{|}">', '%3C%22%7B%7C%7D%22%3E'],
		['\ud800', '%EF%BF%BD'],
	])('%j', (text, encoded) => {
		expect(percentEncode(text)).toBe(encoded);
	});
});
