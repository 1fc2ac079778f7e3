import { fieldsOf } from './readings';
import {
	bill,
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

const labels = (definition: ReturnType<typeof template>) =>
	fieldsOf(definition).map(({ id, label, title = label, required }) => [id, title, required]);

describe('fieldsOf', () => {
	it.each([
		['a static template', template([textHeader('Hello'), body('World'), footer('Us')]), []],
		[
			'positions, labelled by the words around them',
			template([textHeader('Our {{1}} is on!'), body('Hi {{1}}! Your order {{2}} is ready.')]),
			[
				['header:1', 'Header: Our {{1}} is on!', true],
				['body:1', 'Hi {{1}}! Your order', true],
				['body:2', 'Your order {{2}} is ready.', true],
			],
		],
		[
			'positions in the order of their numbers',
			template([body('{{2}} for {{1}}')]),
			[
				['body:1', 'for {{1}}', true],
				['body:2', '{{2}} for', true],
			],
		],
		[
			'names, a document, a link and a quick reply',
			bill,
			[
				['header:media', 'Document: file field, link or media ID', true],
				['header:filename', 'Document File Name', false],
				['body:first_name', 'first_name · e.g. Ada · Dear ___, your bill over', true],
				['body:amount', 'amount · e.g. 12.50 EUR · …bill over ___ is attached.', true],
				['button:0:1', 'Link: Track order · end of https://shop.example/track/…', true],
				['button:1:payload', 'Button ID: I have a question', false],
			],
		],
		[
			'an image',
			template([header('IMAGE'), body('Look')]),
			[['header:media', 'Image: file field, link or media ID', true]],
		],
		[
			'a location',
			template([header('LOCATION'), body('Here')]),
			[
				['header:latitude', 'Location Latitude', true],
				['header:longitude', 'Location Longitude', true],
				['header:name', 'Location Name', false],
				['header:address', 'Location Address', false],
			],
		],
		[
			'a coupon, between static buttons',
			template([
				body('Save'),
				buttons(
					{ type: 'PHONE_NUMBER', text: 'Call', phone_number: '15550051310' },
					{ type: 'COPY_CODE', text: 'Copy offer code', example: ['SAVE10'] },
					{ type: 'URL', text: 'Shop', url: 'https://shop.example' },
				),
			]),
			[['button:1:code', 'Coupon Code: Copy offer code', true]],
		],
		['one code for body and button', verification, [['code', 'Verification Code', true]]],
		[
			'one code while the button is still of type OTP, and the body has no text',
			template(
				[
					{ type: 'BODY', add_security_recommendation: true },
					buttons({ type: 'OTP', otp_type: 'ONE_TAP', text: 'Copy code' }),
				],
				{ category: 'AUTHENTICATION' },
			),
			[['code', 'Verification Code', true]],
		],
		[
			'an authentication text with more than the code',
			template(
				[
					body('{{1}} is your code for {{2}}.'),
					buttons({ type: 'OTP', otp_type: 'COPY_CODE', text: 'Copy code' }),
				],
				{ category: 'AUTHENTICATION' },
			),
			[
				['body:1', '{{1}} is your code for', true],
				['body:2', '…code for {{2}}.', true],
				['code', 'Verification Code', true],
			],
		],
		[
			'a flow and a catalog',
			template([
				body('Choose'),
				buttons({ type: 'FLOW', text: 'Book' }, { type: 'CATALOG', text: 'View catalog' }),
			]),
			[
				['button:0:flowToken', 'Flow Token: Book', false],
				['button:0:flowData', 'Flow Data (JSON): Book', false],
				['button:1:thumbnail', 'Thumbnail Product ID: View catalog', false],
			],
		],
		[
			'an offer that expires',
			template([
				{
					type: 'limited_time_offer',
					limited_time_offer: { text: 'Ends soon!', has_expiration: true },
				},
				body('Save'),
			]),
			[['offer:expiration', 'Expires At: Ends soon!', true]],
		],
		[
			'a product',
			template([header('PRODUCT'), body('New'), buttons({ type: 'SPM', text: 'View' })]),
			[
				['header:product', 'Product ID', true],
				['catalog', 'Catalog ID', true],
			],
		],
		[
			'several products and a call',
			template([
				body('Choose'),
				buttons({ type: 'MPM', text: 'View items' }, { type: 'voice_call', text: 'Call us' }),
			]),
			[
				['button:0:sections', 'Product Sections: View items · Title: ID, ID; Title: ID', true],
				['button:0:thumbnail', 'Thumbnail Product ID: View items', false],
				['button:1:minutes', 'Minutes Active: Call us', false],
				['button:1:payload', 'Payload: Call us', false],
			],
		],
		[
			'buttons and components that ask for nothing',
			template([
				body('Call or write'),
				{ type: 'CALL_PERMISSION_REQUEST' },
				buttons(
					{ type: 'PHONE_NUMBER', text: 'Call', phone_number: '15550051310' },
					{ type: 'REQUEST_CONTACT_INFO' },
					{ type: 'APP', text: 'Open' },
				),
			]),
			[],
		],
		[
			'product cards, of which the first two are required and the catalog is asked for once',
			productCarousel,
			[
				['body:1', '{{1}}, new in our shop!', true],
				['card:0:header:product', 'Card 1 · Product ID', true],
				['catalog', 'Catalog ID', true],
				['card:1:header:product', 'Card 2 · Product ID', true],
				...[3, 4, 5, 6, 7, 8, 9, 10].map((card) => [
					`card:${card - 1}:header:product`,
					`Card ${card} · Product ID`,
					false,
				]),
			],
		],
		[
			'an offer without an end',
			template([
				{ type: 'LIMITED_TIME_OFFER', limited_time_offer: { text: 'Good offer!' } },
				body('Save'),
			]),
			[],
		],
		[
			'a carousel',
			carousel,
			[
				['body:1', 'Hi {{1}}, two trips for you.', true],
				...[0, 1].flatMap((card) => {
					const city = ['Lisbon', 'Oslo'][card];
					const title = `Card ${card + 1} ·`;
					return [
						[`card:${card}:header:media`, `${title} Image: file field, link or media ID`, true],
						[`card:${card}:body:1`, `${title} ${city} from {{1}}.`, true],
						[`card:${card}:button:0:payload`, `${title} Button ID: More`, false],
						[
							`card:${card}:button:1:1`,
							`${title} Link: Book · end of https://trips.example/…`,
							true,
						],
					];
				}),
			],
		],
		[
			'types in small letters, a header without format',
			template([
				{ type: 'header', text: 'Our {{1}}' },
				{ type: 'body', text: 'Hi' },
				{ type: 'buttons', buttons: [{ type: 'quick_reply', text: 'OK' }] },
			]),
			[
				['header:1', 'Header: Our {{1}}', true],
				['button:0:payload', 'Button ID: OK', false],
			],
		],
	])('%s', (_, definition, expected) => {
		expect(labels(definition)).toEqual(expected);
	});

	it('takes a carousel of different cards as it is', () => {
		const cards = [{ components: [header('IMAGE')] }, { components: [header('PRODUCT')] }];
		expect(labels(template([{ type: 'CAROUSEL', cards }]))).toHaveLength(3);
	});

	it('gives the defaults and hints that the editor needs', () => {
		const [file, name, firstName] = fieldsOf(bill);
		expect(file).toMatchObject({ type: 'string', defaultValue: 'data', media: 'document' });
		expect(name.media).toBeUndefined();
		expect(firstName).toMatchObject({ example: 'Ada' });
	});

	it('keeps labels short even for long links', () => {
		const url = `https://shop.example/${'very/'.repeat(40)}long?id={{1}}`;
		const [{ label, title }] = fieldsOf(template([buttons({ type: 'URL', text: 'Open', url })]));
		expect(label).toBe('Link: Open');
		expect(title).toBe('Link: Open · end of https://shop.example/v…very/long?id=…');
	});

	describe('examples', () => {
		const exampleOf = (definition: ReturnType<typeof template>) => fieldsOf(definition)[0].example;

		it.each([
			['a list of lists', { body_text: [['Ada', 'A17']] }, 'Ada'],
			['a flat list', { body_text: ['Ada', 'A17'] }, 'Ada'],
			['none', undefined, undefined],
			['a single text', { body_text: 'Ada' }, 'Ada'],
			['something new', { body_texts: ['Ada'] }, undefined],
		])('of a body: %s', (_, example, expected) => {
			expect(exampleOf(template([{ ...body('Hi {{1}}, {{2}}'), example }]))).toBe(expected);
		});

		it('of a named header', () => {
			const example = { header_text_named_params: [{ param_name: 'sale', example: 'Summer' }] };
			const definition = template([{ ...textHeader('Our {{sale}}'), example }], {
				parameter_format: 'NAMED',
			});
			expect(exampleOf(definition)).toBe('Summer');
		});

		it.each([
			['the whole link', ['https://shop.example/track/A17'], 'A17'],
			['the end alone', ['A17'], 'A17'],
			['no list', 'A17', 'A17'],
			['none', undefined, undefined],
		])('of a link: %s', (_, example, expected) => {
			expect(exampleOf(template([buttons({ ...trackButton, example })]))).toBe(expected);
		});
	});

	const unknown = (what: string) => `${what}, which this version cannot fill`;

	it.each([
		[header('GIF'), "a GIF header, which only Meta's Marketing Messages API can send"],
		[header('HOLOGRAM'), unknown('a header of the type HOLOGRAM')],
		[buttons({ type: 'PAYMENT_REQUEST' }), unknown('a button of the type PAYMENT_REQUEST')],
		[{ type: 'POLL' }, unknown('a component of the type POLL')],
		[
			{
				type: 'CAROUSEL',
				cards: [{ components: [body('x')] }, { components: [header('HOLOGRAM')] }],
			},
			unknown('a header of the type HOLOGRAM'),
		],
	])('refuses what it cannot fill: %j', (component, what) => {
		expect(() => fieldsOf(template([body('Hi {{1}}'), component]))).toThrow(
			expect.objectContaining({
				name: 'InputError',
				field: 'Template',
				message: `Template 'order_ready' has ${what}.`,
			}),
		);
	});
});
