import fc from 'fast-check';

import type { InputError } from '../../../nodes/core/inputError';
import { templateToCreate, templateToEdit } from '../../../nodes/core/templates/create';
import { adviceFor } from '../../../nodes/core/templates/create/advice';
import type { ButtonDraft, TemplateDraft } from '../../../nodes/core/templates/create/draft';
import { placeholdersOf } from '../../../nodes/core/templates/placeholders';

import { fieldsOf } from './readings';
import { body, template } from './samples';

const bill: TemplateDraft = {
	name: 'bill_ready',
	language: 'en_US',
	category: 'UTILITY',
	header: { format: 'DOCUMENT', handle: '4::aW' },
	body: 'Dear {{first_name}}, your bill over {{amount}} is attached.',
	examples: { first_name: 'Ada', amount: '12.50 EUR' },
	footer: 'Example Energy',
	buttons: [
		{
			type: 'URL',
			text: 'Pay now',
			url: 'https://energy.example/pay/{{1}}',
			example: 'https://energy.example/pay/B-7',
		},
		{ type: 'QUICK_REPLY', text: 'I have a question' },
	],
};

function refusal(act: () => unknown) {
	try {
		act();
	} catch (error) {
		const { name, field, message, hint } = error as InputError;
		expect(name).toBe('InputError');
		expect(hint).not.toBe('');
		return { field, message };
	}
	throw new Error('The draft was accepted.');
}

const refused = (change: Partial<TemplateDraft>) =>
	refusal(() => templateToCreate({ ...bill, ...change }));

describe('templateToCreate', () => {
	it('builds a bill with its PDF', () => {
		expect(templateToCreate(bill)).toEqual({
			name: 'bill_ready',
			language: 'en_US',
			category: 'UTILITY',
			parameter_format: 'NAMED',
			components: [
				{ type: 'HEADER', format: 'DOCUMENT', example: { header_handle: ['4::aW'] } },
				{
					type: 'BODY',
					text: 'Dear {{first_name}}, your bill over {{amount}} is attached.',
					example: {
						body_text_named_params: [
							{ param_name: 'first_name', example: 'Ada' },
							{ param_name: 'amount', example: '12.50 EUR' },
						],
					},
				},
				{ type: 'FOOTER', text: 'Example Energy' },
				{
					type: 'BUTTONS',
					buttons: [
						{
							type: 'URL',
							text: 'Pay now',
							url: 'https://energy.example/pay/{{1}}',
							example: ['https://energy.example/pay/B-7'],
						},
						{ type: 'QUICK_REPLY', text: 'I have a question' },
					],
				},
			],
		});
	});

	it('needs no more than a name, a language, a category and a body', () => {
		const draft = { name: 'hello', language: 'de', category: 'marketing', body: ' Hallo! ' };
		expect(templateToCreate({ ...draft, header: { format: '' }, footer: '', buttons: [] })).toEqual(
			{
				name: 'hello',
				language: 'de',
				category: 'MARKETING',
				components: [{ type: 'BODY', text: 'Hallo!' }],
			},
		);
	});

	it('orders the samples by number and reads placeholders with spaces', () => {
		const { components } = templateToCreate({
			...bill,
			body: 'For {{ 2 }} and {{1}}, with {{2}}!',
			examples: { 2: 'two', 1: 'one' },
		});
		expect(components[1]).toEqual({
			type: 'BODY',
			text: 'For {{2}} and {{1}}, with {{2}}!',
			example: { body_text: [['one', 'two']] },
		});
	});

	it('names the placeholder of a header', () => {
		const header = { format: 'TEXT', text: 'Bill of {{month}}', example: 'May' };
		expect(templateToCreate({ ...bill, header }).components[0]).toEqual({
			type: 'HEADER',
			format: 'TEXT',
			text: 'Bill of {{month}}',
			example: { header_text_named_params: [{ param_name: 'month', example: 'May' }] },
		});
	});

	it.each([
		['Name', { name: '' }, 'is empty'],
		['Name', { name: 'Bill Ready' }, 'only lower-case letters, digits and underscores'],
		['Name', { name: 'x'.repeat(513) }, 'at most 512'],
		['Language', { language: 'English' }, 'no language code'],
		['Category', { category: 'TRANSACTIONAL' }, "is 'TRANSACTIONAL'"],
		['Header', { header: { format: 'GIF' } }, "is 'GIF'"],
		['Header Sample', { header: { format: 'IMAGE' } }, 'is empty'],
		['Header Text', { header: { format: 'TEXT' } }, 'is empty'],
		['Header Text', { header: { format: 'TEXT', text: 'x'.repeat(61) } }, 'at most 60'],
		['Header Text', { header: { format: 'TEXT', text: 'a\nb' } }, 'a line break'],
		['Header Text', { header: { format: 'TEXT', text: 'Sale 🎉' } }, 'an emoji'],
		['Header Text', { header: { format: 'TEXT', text: '*Sale*' } }, 'a formatting character'],
		['Header Text', { header: { format: 'TEXT', text: '{{a}} and {{b}}' } }, 'has 2 placeholders'],
		['Header Example', { header: { format: 'TEXT', text: 'Bill {{a}}' } }, 'no sample value'],
		['Body', { body: '  ' }, 'is empty'],
		['Body', { body: 'x'.repeat(1025), examples: {} }, 'at most 1024'],
		['Body', { body: '{{first_name}}, {{amount}} is due.' }, 'starts or ends with a placeholder'],
		['Body', { body: 'Hi {{first_name}}, pay {{amount}}' }, 'starts or ends with a placeholder'],
		['Body', { body: 'Hi {{1}} and {{3}}!' }, 'no {{2}}'],
		['Body', { body: 'Hi {{0}} and {{1}}!' }, 'no {{2}}'],
		['Body', { body: 'Hi {{1}} and {{name}}!' }, 'both numbered and named'],
		['Body', { body: 'Hi {{First}}!' }, 'the placeholder {{First}}'],
		['Body', { body: 'Hi {{1a}}!' }, 'the placeholder {{1a}}'],
		['Body', { body: 'Hi {{first name}}!' }, 'enclose no placeholder'],
		['Body', { body: 'Hi {{first_name}!' }, 'enclose no placeholder'],
		['Examples', { examples: { first_name: 'Ada' } }, 'no sample value for {{amount}}'],
		['Examples', { examples: { first_name: 'Ada', amount: ' ' } }, 'for {{amount}}'],
		['Examples', { examples: { ...bill.examples, total: '9' } }, 'for {{total}}'],
		['Body', { header: { format: 'TEXT', text: 'Bill {{1}}', example: '7' } }, 'both numbered'],
		['Footer', { footer: 'x'.repeat(61) }, 'at most 60'],
		['Footer', { footer: 'From {{1}}' }, 'a placeholder'],
		['Footer', { footer: 'a\nb' }, 'a line break'],
	])('refuses %s: %j', (field, change, text) => {
		const result = refused(change as Partial<TemplateDraft>);
		expect(result.field).toBe(field);
		expect(result.message).toContain(text);
		expect(result.message).toContain(`'${field}'`);
	});

	describe('buttons', () => {
		const created = (...buttons: ButtonDraft[]) =>
			templateToCreate({ ...bill, buttons }).components.at(-1)?.buttons;
		const reply = (text: string): ButtonDraft => ({ type: 'QUICK_REPLY', text });
		const phone: ButtonDraft = { type: 'PHONE_NUMBER', text: 'Call', phoneNumber: '15550051310' };
		const link: ButtonDraft = { type: 'URL', text: 'Shop', url: 'https://shop.example' };

		it.each([
			[
				{ type: 'phone_number', text: 'Call', phoneNumber: '+1 (555) 005-1310' },
				{ type: 'PHONE_NUMBER', text: 'Call', phone_number: '+15550051310' },
			],
			[
				{ type: 'COPY_CODE', example: '250FF' },
				{ type: 'COPY_CODE', example: '250FF' },
			],
			[
				{ type: 'FLOW', text: 'Book', flowId: '77' },
				{ type: 'FLOW', text: 'Book', flow_id: '77', flow_action: 'navigate' },
			],
			[{ type: 'CATALOG' }, { type: 'CATALOG', text: 'View catalog' }],
			[{ type: 'MPM' }, { type: 'MPM', text: 'View items' }],
			[{ type: 'ORDER_DETAILS' }, { type: 'ORDER_DETAILS', text: 'Review and Pay' }],
			[
				{ type: 'VOICE_CALL', text: 'Call us', minutes: 1440 },
				{ type: 'VOICE_CALL', text: 'Call us', ttl_minutes: 1440 },
			],
			[
				{ type: 'VOICE_CALL', text: 'Call us' },
				{ type: 'VOICE_CALL', text: 'Call us' },
			],
			[{ type: 'REQUEST_CONTACT_INFO' }, { type: 'REQUEST_CONTACT_INFO' }],
		])('%j', (draft, button) => {
			expect(created(draft)).toEqual([button]);
		});

		it.each([
			[[reply('A'), reply('B'), link]],
			[[link, { ...link, text: 'More' }, reply('A'), reply('B')]],
			[Array.from({ length: 10 }, (_, index) => reply(`Answer ${index}`))],
		])('may stand in groups: %#', (list) => {
			expect(created(...list)).toHaveLength(list.length);
		});

		it.each([
			['Button 1 · Type', [{ type: 'ORDER_STATUS' }], "is 'ORDER_STATUS'"],
			['Button 1 · Text', [reply('')], 'is empty'],
			['Button 1 · Text', [reply('x'.repeat(26))], 'at most 25'],
			['Button 1 · Text', [reply('Fine 👍')], 'an emoji'],
			['Button 1 · Text', [reply('Hi {{1}}')], 'a placeholder'],
			['Button 2 · Link', [reply('A'), { ...link, url: 'shop.example' }], 'no link'],
			['Button 1 · Link', [{ ...link, url: 'https://' }], 'no link'],
			['Button 1 · Link', [{ ...link, url: 'https://a.example/{{1}}/b' }], 'not at its end'],
			['Button 1 · Link', [{ ...link, url: 'https://a.example/{{1}}{{2}}' }], 'not at its end'],
			['Button 1 · Link', [{ ...link, url: `https://a.example/${'x'.repeat(2000)}` }], '2000'],
			['Button 1 · Example', [{ ...link, url: 'https://a.example/{{1}}' }], 'is empty'],
			['Button 1 · Phone Number', [{ type: 'PHONE_NUMBER', text: 'Call' }], 'is empty'],
			[
				'Button 1 · Phone Number',
				[{ type: 'PHONE_NUMBER', text: 'Call', phoneNumber: 'office' }],
				'no phone number',
			],
			[
				'Button 1 · Phone Number',
				[{ type: 'PHONE_NUMBER', text: 'Call', phoneNumber: `+${'1'.repeat(20)}` }],
				'at most 20',
			],
			['Button 1 · Example', [{ type: 'COPY_CODE' }], 'is empty'],
			['Button 1 · Example', [{ type: 'COPY_CODE', example: 'x'.repeat(21) }], 'at most 20'],
			['Button 1 · Flow', [{ type: 'FLOW', text: 'Book' }], 'names no flow'],
			[
				'Button 1 · Flow',
				[{ type: 'FLOW', text: 'Book', flowId: '1', flowName: 'a' }],
				'in several ways',
			],
			['Button 1 · Flow', [{ type: 'FLOW', text: 'Book', flowJson: '[]' }], 'not a JSON object'],
			[
				'Button 1 · Minutes Active',
				[{ type: 'VOICE_CALL', text: 'Call us', minutes: 100 }],
				'from 1440 to 43200',
			],
			['Buttons', Array.from({ length: 11 }, () => reply('A')), 'has 11 buttons'],
			['Buttons', [link, link, link], 'has 3 buttons of the type URL'],
			['Buttons', [{ type: 'CATALOG' }, { type: 'CATALOG' }], '2 buttons of the type CATALOG'],
			['Buttons', [phone, phone], '2 buttons of the type PHONE_NUMBER'],
			['Buttons', [reply('A'), link, reply('B')], 'between the quick replies'],
			['Buttons', [{ type: 'OTP', otpType: 'COPY_CODE' }], 'only authentication templates'],
			['Buttons', [{ type: 'SPM' }], 'a product header belong together'],
		])('refuses %s: %j', (field, buttons, text) => {
			const result = refused({ buttons });
			expect(result.field).toBe(field);
			expect(result.message).toContain(text);
			expect(result.message).toContain(`'${field}'`);
		});
	});

	it('makes a single-product template', () => {
		const draft = { ...bill, header: { format: 'PRODUCT' }, buttons: [{ type: 'SPM' }] };
		const { components } = templateToCreate(draft);
		expect(components[0]).toEqual({ type: 'HEADER', format: 'PRODUCT' });
		expect(components.at(-1)?.buttons).toEqual([{ type: 'SPM', text: 'View' }]);
		expect(refused({ header: { format: 'PRODUCT' } }).field).toBe('Buttons');
	});

	it('makes a request for the permission to call', () => {
		const { components } = templateToCreate({ ...bill, buttons: [], callPermission: true });
		expect(components.at(-1)).toEqual({ type: 'CALL_PERMISSION_REQUEST' });
	});

	describe('authentication templates', () => {
		const code = (button: Partial<ButtonDraft> = {}, rest: Partial<TemplateDraft> = {}) => ({
			name: 'login_code',
			language: 'en_US',
			category: 'AUTHENTICATION',
			buttons: [{ type: 'OTP', otpType: 'COPY_CODE', ...button }],
			...rest,
		});
		const apps = [{ packageName: 'com.example.app', signatureHash: 'K8a/AINcGX7' }];

		it('have one button and texts by Meta', () => {
			expect(templateToCreate(code()).components).toEqual([
				{ type: 'BODY' },
				{ type: 'BUTTONS', buttons: [{ type: 'OTP', otp_type: 'COPY_CODE' }] },
			]);
		});

		it('may fill in the code without a tap', () => {
			const draft = code({ otpType: 'ZERO_TAP', apps, termsAccepted: true });
			expect(templateToCreate(draft).components[1].buttons).toEqual([
				{
					type: 'OTP',
					otp_type: 'ZERO_TAP',
					zero_tap_terms_accepted: true,
					supported_apps: [{ package_name: 'com.example.app', signature_hash: 'K8a/AINcGX7' }],
				},
			]);
		});

		it.each([
			['Button 1 · Code Button', code({ otpType: 'FOUR_TAP' })],
			['Button 1 · Apps', code({ otpType: 'ONE_TAP' })],
			['Button 1 · Apps', code({ otpType: 'ONE_TAP', apps: Array(6).fill(apps[0]) })],
			['Button 1 · Terms Accepted', code({ otpType: 'ZERO_TAP', apps })],
			[
				'Button 1 · Package Name',
				code({ otpType: 'ONE_TAP', apps: [{ ...apps[0], packageName: '' }] }),
			],
			['Code Expires After', code({}, { codeExpirationMinutes: 91 })],
			['Code Expires After', code({}, { codeExpirationMinutes: 0 })],
			['Buttons', code({}, { buttons: [] })],
			['Buttons', code({}, { buttons: [{ type: 'QUICK_REPLY', text: 'OK' }] })],
			['Header', code({}, { header: { format: 'LOCATION' } })],
			['Body', code({}, { body: '{{1}} is your code.' })],
			['Footer', code({}, { footer: 'Us' })],
		])('refuse %s: %#', (field, draft) => {
			const result = refusal(() => templateToCreate(draft));
			expect(result.field).toBe(field);
			expect(result.message).toContain(`'${field}'`);
		});
	});

	describe('limited-time offers', () => {
		const offer: TemplateDraft = {
			name: 'offer',
			language: 'en_US',
			category: 'MARKETING',
			header: { format: 'IMAGE', handle: '4::aW' },
			offer: { text: 'Expiring offer!', expires: true },
			body: 'Good news, {{1}}! Save now.',
			examples: { 1: 'Ada' },
			buttons: [
				{ type: 'COPY_CODE', example: 'SAVE25' },
				{ type: 'URL', text: 'Book', url: 'https://trips.example' },
			],
		};

		it('stand between header and body', () => {
			const { components } = templateToCreate(offer);
			expect(components.map(({ type }) => type)).toEqual([
				'HEADER',
				'LIMITED_TIME_OFFER',
				'BODY',
				'BUTTONS',
			]);
			expect(components[1]).toEqual({
				type: 'LIMITED_TIME_OFFER',
				limited_time_offer: { text: 'Expiring offer!', has_expiration: true },
			});
		});

		it.each([
			['Category', { category: 'UTILITY' }],
			['Footer', { footer: 'Us' }],
			['Header', { header: { format: 'TEXT', text: 'Sale' } }],
			['Offer Text', { offer: { text: 'x'.repeat(17) } }],
			['Offer Text', { offer: { text: '{{1}}' } }],
			['Body', { body: 'x'.repeat(601), examples: {} }],
			['Buttons', { buttons: [...(offer.buttons ?? [])].reverse() }],
			['Buttons', { buttons: [] }],
		])('refuse %s: %#', (field, change) => {
			const result = refusal(() => templateToCreate({ ...offer, ...change }));
			expect(result.field).toBe(field);
			expect(result.message).toContain(`'${field}'`);
		});
	});

	describe('carousels', () => {
		const cards = ['lisbon', 'oslo'].map((city) => ({
			header: { format: 'IMAGE', handle: `4::${city}` },
			body: `${city} from {{1}} on.`,
			examples: { 1: '99 EUR' },
			buttons: [
				{ type: 'QUICK_REPLY', text: 'More' },
				{ type: 'URL', text: 'Book', url: 'https://trips.example/{{1}}', example: city },
			],
		}));
		const draft: TemplateDraft = {
			name: 'trips',
			language: 'en_US',
			category: 'MARKETING',
			body: 'Two trips for you.',
			cards,
		};
		const product = { header: { format: 'PRODUCT' }, buttons: [{ type: 'SPM' }] };

		it('have cards with pictures', () => {
			const { components } = templateToCreate(draft);
			expect(components.map(({ type }) => type)).toEqual(['BODY', 'CAROUSEL']);
			expect(components[1].cards?.[1].components).toEqual([
				{ type: 'HEADER', format: 'IMAGE', example: { header_handle: ['4::oslo'] } },
				{ type: 'BODY', text: 'oslo from {{1}} on.', example: { body_text: [['99 EUR']] } },
				{
					type: 'BUTTONS',
					buttons: [
						{ type: 'QUICK_REPLY', text: 'More' },
						{
							type: 'URL',
							text: 'Book',
							url: 'https://trips.example/{{1}}',
							example: ['oslo'],
						},
					],
				},
			]);
		});

		it('have cards with products', () => {
			const { components } = templateToCreate({ ...draft, cards: [product, product] });
			const parts = [
				{ type: 'HEADER', format: 'PRODUCT' },
				{ type: 'BUTTONS', buttons: [{ type: 'SPM', text: 'View' }] },
			];
			expect(components[1].cards).toEqual([{ components: parts }, { components: parts }]);
		});

		const [first] = cards;

		it.each([
			['Cards', { cards: [first] }],
			['Cards', { cards: Array(11).fill(first) }],
			['Cards', { cards: [product, product, product] }],
			['Cards', { cards: [first, { ...first, body: '', examples: {} }] }],
			['Cards', { cards: [first, product] }],
			['Card 1 · Header', { cards: [{ ...first, header: { format: 'LOCATION' } }] }],
			['Card 1 · Header', { cards: [{ ...first, header: undefined }] }],
			['Card 2 · Header Sample', { cards: [first, { ...first, header: { format: 'IMAGE' } }] }],
			['Card 1 · Body', { cards: [{ ...first, body: 'x'.repeat(161) }] }],
			['Card 1 · Body', { cards: [{ ...product, body: 'New' }] }],
			['Card 1 · Buttons', { cards: [{ ...product, buttons: [{ type: 'CATALOG' }] }] }],
			[
				'Card 1 · Buttons',
				{ cards: [{ ...first, buttons: [...first.buttons, first.buttons[1]] }] },
			],
			['Body', { body: 'Trips for {{name}} here.', examples: { name: 'Ada' } }],
			['Card 2 · Examples', { cards: [first, { ...first, examples: {} }] }],
			[
				'Card 1 · Button 1 · Text',
				{ cards: [{ ...first, buttons: [{ type: 'QUICK_REPLY', text: '' }] }] },
			],
			['Category', { category: 'UTILITY' }],
			['Footer', { footer: 'Us' }],
			['Header', { header: { format: 'IMAGE', handle: '4::aW' } }],
			['Buttons', { buttons: [{ type: 'QUICK_REPLY', text: 'Stop' }] }],
		])('refuse %s: %#', (field, change) => {
			const result = refusal(() => templateToCreate({ ...draft, ...change }));
			expect(result.field).toBe(field);
			expect(result.message).toContain(`'${field}'`);
		});
	});

	const name = fc.stringMatching(/^[a-z][a-z0-9_]{0,9}$/);
	const words = fc.stringMatching(/^[A-Za-z ,.]{1,12}$/).filter((text) => text.trim() !== '');
	const named = fc.uniqueArray(name, { maxLength: 5 });
	const numbered = fc
		.nat({ max: 5 })
		.map((count) => Array.from({ length: count }, (_, index) => String(index + 1)));

	it('gives templates that ask for what their placeholders need, with the samples', () => {
		fc.assert(
			fc.property(fc.oneof(named, numbered), words, words, (placeholders, start, end) => {
				const text = `a${start}${placeholders.map((one) => `{{${one}}}`).join(end)}${end}z`;
				const created = templateToCreate({
					...bill,
					buttons: [],
					body: text,
					examples: Object.fromEntries(placeholders.map((one) => [one, `sample ${one}`])),
				});
				const asked = fieldsOf(template(created.components, { ...created })).filter(({ id }) =>
					id.startsWith('body:'),
				);
				expect(asked.map(({ id, example }) => [id, example])).toEqual(
					placeholders.map((one) => [`body:${one}`, `sample ${one}`]),
				);
			}),
		);
	});

	it('either accepts a text or refuses it by its name', () => {
		const pieces = fc.constantFrom('{{', '}}', '{{1}}', '{{2}}', '{{a}}', '{{A}}', ' ', 'x', '{');
		fc.assert(
			fc.property(fc.array(pieces), (parts) => {
				const text = parts.join('');
				const examples = Object.fromEntries(placeholdersOf(text).map((one) => [one, 'sample']));
				try {
					templateToCreate({ ...bill, body: text, examples });
				} catch (error) {
					expect(error).toMatchObject({ name: 'InputError', field: 'Body' });
				}
			}),
		);
	});
});

describe('templateToEdit', () => {
	const listed = template([body('Hi {{1}}, old.')], { status: 'APPROVED' });
	const change = { body: 'Hi {{1}}, new text.', examples: { 1: 'Ada' } };
	const components = [
		{ type: 'BODY', text: 'Hi {{1}}, new text.', example: { body_text: [['Ada']] } },
	];

	it('replaces the content', () => {
		expect(templateToEdit(listed, change)).toEqual({ components });
		expect(templateToEdit(listed, { ...change, category: 'utility' })).toEqual({ components });
	});

	it.each(['REJECTED', 'PAUSED', 'DISABLED'])('may change the category when %s', (status) => {
		const draft = { ...change, category: 'MARKETING' };
		expect(templateToEdit({ ...listed, status }, draft)).toEqual({
			category: 'MARKETING',
			components,
		});
	});

	it.each([
		['Category', listed, { ...change, category: 'MARKETING' }],
		['Category', listed, { ...change, category: 'OTHER' }],
		['Template', { ...listed, status: 'PENDING' }, change],
		['Template', { ...listed, status: 'IN_APPEAL' }, change],
		['Body', listed, { body: 'Hi {{name}}, new.', examples: { name: 'Ada' } }],
		['Body', { ...listed, parameter_format: 'named' }, change],
		['Body', listed, { body: '{{1}} is new.', examples: { 1: 'Ada' } }],
		['Examples', listed, { body: 'Hi {{1}}, new.' }],
	])('refuses %s: %#', (field, definition, draft) => {
		expect(refusal(() => templateToEdit(definition, draft)).field).toBe(field);
	});

	it('may drop all placeholders of a named template', () => {
		const named = { ...listed, parameter_format: 'NAMED' };
		expect(templateToEdit(named, { body: 'Hello.' }).components).toHaveLength(1);
	});
});

describe('adviceFor', () => {
	it.each([
		['Hello there!', []],
		['Dear {{first_name}}, your order {{order}} has left our store today.', []],
		['', []],
		[
			'Hi {{1}}: {{2}}.',
			['The body has few words for its placeholders (words: 1, placeholders: 2).'],
		],
		[
			'Dear {{1}} {{2}}, thank you very much for your order of today.',
			['The body has placeholders side by side.'],
		],
	])('%j', (text, starts) => {
		const advice = adviceFor({ body: text });
		expect(advice).toEqual(starts.map((start) => expect.stringContaining(start)));
	});
});

it('says of a marketing template with a button to pay that it is a bill', () => {
	const draft = {
		name: 'bill',
		language: 'en',
		body: 'Your bill',
		buttons: [{ type: 'ORDER_DETAILS' }],
	};
	expect(templateToCreate({ ...draft, category: 'MARKETING' })).toMatchObject({
		display_format: 'ORDER_DETAILS',
	});
	expect(templateToCreate({ ...draft, category: 'UTILITY' })).not.toHaveProperty('display_format');
});
