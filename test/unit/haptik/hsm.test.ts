import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { convertHaptik, ofPayload } from '../../../nodes/core/haptik/convert';
import type { Hsm } from '../../../nodes/core/haptik/hsm';
import {
	definitionFrom,
	notesOn,
	templateWithText,
	valuesFor,
	wordToSearch,
} from '../../../nodes/core/haptik/hsmTemplate';
import type { TemplateDefinition } from '../../../nodes/core/templates/definition';
import { readTemplate } from '../../../nodes/core/templates/readTemplate';
import { refusal } from '../messages/refusal';
import { buildTemplate, previewOf } from '../templates/readings';
import {
	bill,
	body,
	buttons,
	header,
	template,
	textHeader,
	trackButton,
	verification,
} from '../templates/samples';

const TEXT = 'Hello {{1}}, your {{2}} plan is ready under {{3}}.';
const PLAN = template([body(TEXT)], { name: 'plan' });

const hsm = (rest: IDataObject = {}): IDataObject => ({
	namespace: 'a1b2',
	element_name: 'plan',
	language: { policy: 'deterministic', code: 'en_US' },
	localizable_params: [{ default: 'Joey' }, { default: 'weekly' }, { default: '123456' }],
	...rest,
});

const withComponents = (...components: IDataObject[]): IDataObject => ({
	type: 'template',
	template: { namespace: 'a1b2', name: 'plan', language: { code: 'en_US' }, components },
});

function read(payload: unknown): { hsm: Hsm; notes: string[] } {
	const converted = convertHaptik(payload);
	if (converted?.to !== 'template') throw new Error('not an HSM');
	return converted;
}

const textOf = (text: string) => ({ type: 'text', text });

/** The message and the text that a payload makes of a template. */
function filled(definition: TemplateDefinition, payload: unknown) {
	const values = ofPayload(() => valuesFor(readTemplate(definition), read(payload).hsm));
	const message = buildTemplate(definition, values).template;
	return { message, text: previewOf(definition, values).text };
}

describe('an HSM', () => {
	it.each<[string, unknown]>([
		['the request', { business_id: 7, type: 'hsm', hsm: hsm() }],
		['the object', hsm()],
		['JSON', JSON.stringify({ hsm: hsm() })],
		['a language with a hyphen', { hsm: hsm({ language: { code: 'en-US' } }) }],
		['a language alone', hsm({ language: 'en_US' })],
		['values alone', hsm({ localizable_params: ['Joey', 'weekly', 123456] })],
		[
			'its text and values',
			{ element_name: 'plan', text: TEXT, values: ['Joey', 'weekly', 123456] },
		],
	])('as %s fills its template', (_what, payload) => {
		expect(read(payload).notes).toEqual([]);
		expect(filled(PLAN, payload)).toEqual({
			message: {
				name: 'plan',
				language: { code: 'en_US' },
				components: [{ type: 'body', parameters: ['Joey', 'weekly', '123456'].map(textOf) }],
			},
			text: 'Hello Joey, your weekly plan is ready under 123456.',
		});
	});

	it('fills named placeholders in their order', () => {
		const named = template([body('{{who}} has {{what}}.')], { parameter_format: 'NAMED' });
		expect(filled(named, hsm({ localizable_params: ['Ann', 'cake'] })).text).toBe('Ann has cake.');
	});

	it('keeps an amount as WhatsApp writes it', () => {
		const amount = { default: '10 EUR', currency: { currency_code: 'EUR', amount_1000: 10_000 } };
		const { message } = filled(
			template([body('You owe {{1}}.')]),
			hsm({ localizable_params: [amount] }),
		);
		expect(message.components).toMatchObject([
			{
				parameters: [
					{
						type: 'currency',
						currency: { fallback_value: '10 EUR', code: 'EUR', amount_1000: 10_000 },
					},
				],
			},
		]);
	});

	it('gives the code of an authentication template to its button too', () => {
		const { message } = filled(verification, hsm({ localizable_params: ['471100'] }));
		expect(JSON.stringify(message.components).match(/471100/g)).toHaveLength(2);
	});

	it.each<[string, TemplateDefinition, IDataObject[], string]>([
		[
			'a text header',
			template([textHeader('Order {{1}}'), body('Hi {{1}}!')]),
			[
				{ type: 'header', parameters: [textOf('7')] },
				{ type: 'body', parameters: [textOf('Ann')] },
			],
			'Order 7\n\nHi Ann!',
		],
		[
			'a file',
			template([header('DOCUMENT'), body('Hi!')]),
			[
				{
					type: 'header',
					parameters: [
						{ type: 'document', document: { link: 'https://a.example/b', filename: 'bill.pdf' } },
					],
				},
			],
			'[Document: bill.pdf]\n\nHi!',
		],
		[
			'an uploaded file',
			template([header('IMAGE'), body('Hi!')]),
			[{ type: 'header', parameters: [{ type: 'image', image: { id: '471' } }] }],
			'[Image: 471]\n\nHi!',
		],
		[
			'names',
			template([body('{{who}} has {{what}}.')], { parameter_format: 'NAMED' }),
			[
				{
					type: 'body',
					parameters: [
						{ ...textOf('cake'), parameter_name: 'what' },
						{ ...textOf('Ann'), parameter_name: 'who' },
					],
				},
			],
			'Ann has cake.',
		],
		[
			'buttons',
			template([
				body('Hi!'),
				buttons({ type: 'QUICK_REPLY', text: 'No' }, trackButton, {
					type: 'COPY_CODE',
					text: 'Copy',
				}),
			]),
			[
				{
					type: 'button',
					sub_type: 'quick_reply',
					index: '0',
					parameters: [{ type: 'payload', payload: 'never' }],
				},
				{ type: 'button', sub_type: 'url', index: '1', parameters: [textOf('A17')] },
				{
					type: 'button',
					sub_type: 'copy_code',
					index: 2,
					parameters: [{ type: 'coupon_code', coupon_code: 'SAVE5' }],
				},
			],
			'Hi!\n\n[No]\n[Track order: https://shop.example/track/A17]\n[Copy: SAVE5]',
		],
	])('with components fills %s', (_what, definition, components, text) => {
		const payload = withComponents(...components);
		expect(read(payload).notes).toEqual([]);
		expect(filled(definition, payload).text).toBe(text);
	});

	it('with components sends what it was given', () => {
		const components = [
			{ type: 'header', parameters: [{ type: 'image', image: { link: 'https://a.example/b' } }] },
			{ type: 'body', parameters: [textOf('Ann')] },
		];
		const definition = template([header('IMAGE'), body('Hi {{1}}!')], { name: 'plan' });
		expect(filled(definition, withComponents(...components)).message.components).toEqual(
			components,
		);
	});

	it.each<[string, unknown, string]>([
		['the recipient', { to: '15550001', type: 'hsm', hsm: hsm() }, "'to'"],
		['the time to live', { ttl: 'P1D', type: 'hsm', hsm: hsm() }, "'ttl'"],
		[
			'another language',
			hsm({ language: { policy: 'fallback', code: 'en' } }),
			"'language.policy'",
		],
		['a part of the HSM', { hsm: hsm({ footer: 'Bye' }) }, "'hsm.footer'"],
		['a part beside it', hsm({ footer: 'Bye' }), "'footer'"],
		[
			'a date',
			{ hsm: hsm({ localizable_params: [{ default: 'May 1', date_time: { component: {} } }] }) },
			"'hsm.localizable_params[0].date_time'",
		],
		[
			'a part of a value',
			hsm({ localizable_params: [{ default: 'A', bold: true }] }),
			"'localizable_params[0].bold'",
		],
		['a second list of values', hsm({ values: ['Joey'] }), "'values'"],
		['a part of the language', hsm({ language: { code: 'en', values: [1] } }), "'language.values'"],
		[
			'a part of an amount',
			hsm({
				localizable_params: [
					{ default: '1', currency: { currency_code: 'EUR', amount_1000: 1, unit: 'cent' } },
				],
			}),
			"'localizable_params[0].currency.unit'",
		],
		[
			'a part of a component',
			withComponents({ type: 'body', parameters: [], cards: [1] }),
			"'template.components[0].cards'",
		],
		[
			'a part of a parameter',
			withComponents({ type: 'body', parameters: [{ ...textOf('A'), bold: true }] }),
			"'template.components[0].parameters[0].bold'",
		],
		[
			'a part of a file',
			withComponents({
				type: 'header',
				parameters: [{ type: 'image', image: { link: 'https://a.example/b', filename: 'c.png' } }],
			}),
			"'template.components[0].parameters[0].image.filename'",
		],
		['a part of the template', { template: { name: 'a', parts: [1] } }, "'template.parts'"],
	])('tells what was left out: %s', (_what, payload, part) => {
		const { notes } = read(payload);
		expect(notes).toHaveLength(1);
		expect(notes[0]).toContain(`${part} was left out`);
	});

	it.each<[string, unknown, RegExp]>([
		['no object', { type: 'hsm', hsm: 'plan' }, /'hsm' is not an object/],
		['no name and no text', { hsm: hsm({ element_name: '' }) }, /'hsm\.element_name' is empty/],
		['no name of a template', { template: { components: [] } }, /'template\.name' is empty/],
		['values of another kind', hsm({ localizable_params: 'Joey' }), /is not a list/],
		['an empty value', hsm({ localizable_params: [{}] }), /'localizable_params\[0\]\.default'/],
		['a carousel', withComponents({ type: 'carousel' }), /components\[0\]\.type' is 'carousel'/],
		[
			'a Flow',
			withComponents({ type: 'button', index: 0, parameters: [{ type: 'action', action: {} }] }),
			/parameters\[0\]\.type' is 'action'/,
		],
		[
			'a file at http',
			withComponents({
				type: 'header',
				parameters: [{ type: 'image', image: { link: 'http://a.example/b' } }],
			}),
			/holds no file that WhatsApp can fetch/,
		],
		['no components', { template: { name: 'a', components: 'b' } }, /components' is not a list/],
		[
			"a file of Haptik's own",
			withComponents({ type: 'header', parameters: [{ type: 'image', image: { id: 'a-1' } }] }),
			/holds no file that WhatsApp can fetch/,
		],
	])('is refused with %s', (_what, payload, message) => {
		const { field, message: text } = refusal(() => convertHaptik(payload));
		expect(field).toBe('Text');
		expect(text).toMatch(message);
	});

	it.each<[string, TemplateDefinition, unknown, RegExp]>([
		['too many values', template([body('Hi {{1}}!')]), hsm(), /3 values for the body.* takes 1\./],
		[
			'a name that the template does not have',
			template([body('{{who}} has {{what}}.')], { parameter_format: 'NAMED' }),
			withComponents({
				type: 'body',
				parameters: [{ ...textOf('Ann'), parameter_name: 'whom' }],
			}),
			/has no field 'body:whom'/,
		],
		['too few values', template([body(`${TEXT} {{4}}`)]), hsm(), /needs 4 values in the body/],
		[
			'a header text',
			PLAN,
			withComponents({ type: 'header', parameters: [textOf('A')] }),
			/1 value for the header/,
		],
		[
			'a file of another kind',
			template([header('IMAGE'), body('Hi!')]),
			withComponents({
				type: 'header',
				parameters: [{ type: 'video', video: { link: 'https://a.example/b' } }],
			}),
			/a file of the kind 'video'/,
		],
		[
			'a button',
			PLAN,
			withComponents({ type: 'button', index: '1', parameters: [textOf('A')] }),
			/a value for button 2/,
		],
		['a line break', PLAN, hsm({ localizable_params: ['A\nB', 'C', 'D'] }), /line break/],
	])('is refused where the template has no place: %s', (_what, definition, payload, message) => {
		expect(refusal(() => filled(definition, payload)).message).toMatch(message);
	});

	it('becomes the preview with its values, whatever they are', () => {
		const value = fc.stringMatching(/^[a-z{}$]{1,10}$/);
		fc.assert(
			fc.property(fc.array(value, { minLength: 1, maxLength: 9 }), (values) => {
				const text = values.map((_, index) => `{{${index + 1}}}`).join(' and ');
				const payload = { element_name: 'any', text: `So: ${text}.`, values };
				const { text: preview } = filled(template([body(`So: ${text}.`)]), payload);
				expect(preview).toBe(`So: ${values.join(' and ')}.`);
			}),
		);
	});
});

describe('an HSM without a name', () => {
	const unnamed = (rest: Partial<Hsm> = {}): Hsm => ({
		name: '',
		language: '',
		text: 'Hello  {{1}},\nyour {{2}} plan is ready under {{3}}. ',
		header: [],
		body: [],
		buttons: [],
		...rest,
	});
	const german = { ...PLAN, language: 'de' };

	it('is the template with its text, but for white space', () => {
		expect(templateWithText([bill, PLAN], unnamed())).toBe(PLAN);
		expect(templateWithText([german, PLAN], unnamed({ language: 'de' }))).toBe(german);
	});

	it('is searched by its longest word', () => {
		expect(wordToSearch(unnamed())).toBe('Hello');
		expect(wordToSearch(unnamed({ text: '{{abcdefgh}} — größer!' }))).toBe('größer');
		expect(wordToSearch(unnamed({ text: '{{1}}' }))).toBe('');
	});

	it.each<[string, TemplateDefinition[], RegExp]>([
		['no template', [bill], /^No approved template has the text/],
		['several', [PLAN, german], /Several .*'plan' \(en_US\), 'plan' \(de\)\.$/],
	])('is refused when %s has its text', (_what, definitions, message) => {
		expect(refusal(() => templateWithText(definitions, unnamed())).message).toMatch(message);
	});
});

describe('a template of which the provider tells nothing', () => {
	const definitionOf = (payload: unknown, hasLanguages = true) =>
		ofPayload(() => definitionFrom(read(payload).hsm, hasLanguages));

	it.each<[string, unknown, string]>([
		['its name and values', hsm(), '[plan] · Joey · weekly · 123456'],
		['its text', hsm({ text: TEXT }), 'Hello Joey, your weekly plan is ready under 123456.'],
		[
			'its file',
			withComponents({
				type: 'header',
				parameters: [{ type: 'image', image: { link: 'https://a.example/b.png' } }],
			}),
			'[Image: b.png]\n\n[plan]',
		],
		[
			'its header',
			withComponents({ type: 'header', parameters: [textOf('Order 7')] }),
			'Order 7\n\n[plan]',
		],
	])('shows %s', (_what, payload, text) => {
		const definition = definitionOf(payload);
		expect(definition).toMatchObject({ name: 'plan', language: 'en_US', category: '' });
		expect(filled(definition, payload).text).toBe(text);
	});

	it('has no language where the provider has none', () => {
		const definition = definitionOf(hsm(), false);
		expect(definition.language).toBe('');
		expect(notesOn(definition, read(hsm()).hsm)).toEqual([
			expect.stringContaining("'language' was left out"),
		]);
	});

	it.each<[string, unknown, RegExp]>([
		['no name', { text: TEXT, values: ['a', 'b', 'c'] }, /'element_name' is empty/],
		['no language', hsm({ language: '' }), /'language' is missing/],
		[
			'values for buttons',
			withComponents({ type: 'button', index: 0, parameters: [textOf('A')] }),
			/values for buttons/,
		],
	])('is refused with %s', (_what, payload, message) => {
		expect(refusal(() => definitionOf(payload)).message).toMatch(message);
	});
});

it.each<[string, string, number]>([
	['none', '', 0],
	['the same', ` ${TEXT}\n`, 0],
	['another', 'Hi {{1}}, {{2}}, {{3}}', 1],
])('an HSM that brings a text is compared with its template: %s', (_what, text, count) => {
	expect(notesOn(PLAN, read(hsm({ text })).hsm)).toHaveLength(count);
});
