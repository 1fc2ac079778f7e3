import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { convertHaptik } from '../../../nodes/core/haptik/convert';
import { checkFreeForm } from '../../simulator/messageRules';
import type { Json } from '../../simulator/types';
import { refusal } from '../messages/refusal';

const PAGE = 'https://shop.example/orders/7';
const FILE = 'https://shop.example/files/bill%207.pdf?key=a';

const link = (payload: IDataObject = { url: PAGE }, rest: IDataObject = {}): IDataObject => ({
	actionable_text: 'See order',
	location_required: false,
	is_default: 0,
	uri: 'LINK',
	type: 'APP_ACTION',
	payload: { gogo_message: '', ...payload },
	...rest,
});

const reply = (actionable_text: string, payload: IDataObject = {}): IDataObject => ({
	actionable_text,
	is_default: 0,
	type: 'TEXT_ONLY',
	payload,
});

const element = (...items: IDataObject[]): IDataObject => ({
	text: 'Your order is packed.',
	type: 'BUTTON',
	data: { items },
});

const textElement = (...quick_replies: IDataObject[]): IDataObject => ({
	text: 'Shall we deliver today?',
	type: 'TEXT',
	data: { quick_replies },
});

const ctaUrl = (url: string) => ({
	type: 'interactive',
	interactive: {
		type: 'cta_url',
		body: { text: 'Your order is packed.' },
		action: { name: 'cta_url', parameters: { display_text: 'See order', url } },
	},
});

const documentOf = (address: string, filename: string) => ({
	type: 'document',
	document: { link: address, caption: 'Your order is packed.', filename },
});

const buttonsOf = (text: string, ...replies: Array<[id: string, title: string]>) => ({
	type: 'interactive',
	interactive: {
		type: 'button',
		body: { text },
		action: { buttons: replies.map(([id, title]) => ({ type: 'reply', reply: { id, title } })) },
	},
});

const NO_BUTTON = "Item 1: 'actionable_text' was left out: a document has no button.";

describe('an HSL element', () => {
	it.each<[string, IDataObject, string, object, string[]]>([
		['a link to a page', element(link()), 'linkButton', ctaUrl(PAGE), []],
		[
			'a page without https',
			element(link({ url: 'http://shop.example' })),
			'linkButton',
			ctaUrl('http://shop.example'),
			[],
		],
		[
			'a link under its other name',
			element(link({ url: '', link: PAGE })),
			'linkButton',
			ctaUrl(PAGE),
			[],
		],
		[
			'a page with a dot in its name',
			element(link({ url: 'https://shop.example/a.html' })),
			'linkButton',
			ctaUrl('https://shop.example/a.html'),
			[],
		],
		[
			'a host that ends like a file',
			element(link({ url: 'https://files.zip' })),
			'linkButton',
			ctaUrl('https://files.zip'),
			[],
		],
		[
			'a link to a file',
			element(link({ url: FILE })),
			'document',
			documentOf(FILE, 'bill 7.pdf'),
			[NO_BUTTON],
		],
		[
			'a link to a picture',
			element(link({ url: 'https://shop.example/a.JPG' })),
			'document',
			documentOf('https://shop.example/a.JPG', 'a.JPG'),
			[NO_BUTTON],
		],
		[
			'a file without a label, however long',
			element(link({ url: FILE }, { actionable_text: '' })),
			'document',
			documentOf(FILE, 'bill 7.pdf'),
			[],
		],
		[
			'items with a message',
			element(
				{ ...reply('Yes', { message: 'yes please' }), type: 'APP_ACTION' },
				reply('No', { gogo_message: 'no{task}' }),
			),
			'buttons',
			buttonsOf('Your order is packed.', ['yes please', 'Yes'], ['no{task}', 'No']),
			[],
		],
		[
			'quick replies',
			textElement(reply('Yes', { message: 'yes', gogo_message: 'yes{task}' }), reply('No')),
			'buttons',
			buttonsOf('Shall we deliver today?', ['yes{task}', 'Yes'], ['No', 'No']),
			["Item 1: 'payload.message' was left out: 'payload.gogo_message' comes back."],
		],
	])('%s', (_what, payload, to, message, notes) => {
		const converted = convertHaptik(payload);
		expect(converted).toEqual({ from: 'hsl', to, message, notes });
		expect(convertHaptik(JSON.stringify(payload))).toEqual(converted);
		const { type } = message as { type: string };
		expect(() => checkFreeForm(type, message as Json, () => true)).not.toThrow();
	});

	it.each([textElement(), { text: 'Shall we deliver today?', type: 'TEXT' }])(
		'with nothing to tap is a text: %j',
		(payload) => {
			expect(convertHaptik(payload)).toEqual({
				from: 'hsl',
				to: 'text',
				text: 'Shall we deliver today?',
				notes: [],
			});
		},
	);

	it.each<[string, IDataObject, string]>([
		['a default', element(link({ url: PAGE }, { is_default: 1 })), "Item 1: 'is_default'"],
		['what a tap says', element(link({ url: PAGE, message: 'Hi' })), "Item 1: 'payload.message'"],
		[
			'what a tap tells the bot',
			element(link({ url: PAGE, gogo_message: 'Hi' })),
			"Item 1: 'payload.gogo_message'",
		],
		['a second link', element(link({ url: PAGE, link: FILE })), "Item 1: 'payload.link'"],
		['a part of the element', { ...element(link()), footer: 'Bye' }, "'footer'"],
		[
			'a part of the data',
			{ ...element(), data: { items: [link()], image: { url: 'a' } } },
			"'data.image'",
		],
		['a part of an item', element(link({ url: PAGE }, { emoji: '🎂' })), "Item 1: 'emoji'"],
		['a part of a payload', element(link({ url: PAGE, title: 'A' })), "Item 1: 'payload.title'"],
	])('tells what was left out: %s', (_what, payload, part) => {
		const { notes } = convertHaptik(payload) as { notes: string[] };
		expect(notes).toHaveLength(1);
		expect(notes[0]).toContain(`${part} was left out`);
	});

	it.each<[string, unknown, RegExp]>([
		['no type', { text: 'Hi' }, /'type' is missing/],
		['another type', { ...element(link()), type: 'CAROUSEL' }, /'CAROUSEL'/],
		['no items', element(), /'data\.items' is empty/],
		['no data', { text: 'Hi', type: 'BUTTON' }, /'data\.items' is empty/],
		['data of another kind', { ...element(), data: 'items' }, /'data' is not an object/],
		['items of another kind', { ...element(), data: { items: ['a'] } }, /'data\.items' is not/],
		['no text', { ...element(link()), text: ' ' }, /'text' is empty/],
		['a long text', { ...element(link()), text: 'a'.repeat(1025) }, /'text' has 1025/],
		['no label', element(link({ url: PAGE }, { actionable_text: '' })), /Item 1: 'actionable_t/],
		[
			'a long label',
			element(link({ url: PAGE }, { actionable_text: 'a'.repeat(21) })),
			/Item 1: 'actionable_text' has 21 characters; WhatsApp allows at most 20/,
		],
		['no link', element(link({})), /Item 1: 'payload\.url' is empty/],
		['half a link', element(link({ url: 'shop.example' })), /'payload\.url' is not a complete/],
		['another protocol', element(link({ url: 'ftp://a.example/b' })), /'payload\.url' does not/],
		[
			'a file that is not at https',
			element(link({ url: 'http://a.example/b.pdf' })),
			/'payload\.url' does not begin with https/,
		],
		['two links', element(link(), link()), /it has 2 items and a link among them/],
		['a link and a reply', element(reply('Yes'), link()), /it has 2 items/],
		[
			'a place',
			element(link({ url: PAGE }, { location_required: true })),
			/Item 1: 'location_required' is set/,
		],
		['a place, as a number', element(link({}, { location_required: 1 })), /location_required/],
		['a text with a gap in it', { ...textElement(), text: 'Hi {{2}}' }, /placeholder \{\{2\}\}/],
		['a call', element(link({}, { uri: 'CALL' })), /Item 1: 'uri' is 'CALL'/],
		['a form', element(link({}, { uri: '', type: 'FORM_SHOW' })), /'type' is 'FORM_SHOW'/],
		['an action that does nothing', element(link({}, { uri: '' })), /Item 1: 'uri' is ''/],
		['a link of another type', element(link({}, { type: 'MESSAGE_BAR' })), /'MESSAGE_BAR'/],
		['four replies', textElement(...['a', 'b', 'c', 'd'].map((one) => reply(one))), /4 entries/],
		[
			'a payload of another kind',
			textElement({ ...reply('Yes'), payload: 'yes' }),
			/Item 1: 'payload' is not an object/,
		],
		['a long reply', textElement(reply('a', { message: 'b'.repeat(257) })), /257 characters/],
		['the same reply twice', textElement(reply('a'), reply('a')), /is the same/],
		['a list', [element(link()), element(link())], /it is a list of 2/],
		['broken JSON', '{"text": "Hi",}', /not valid JSON/],
		['a text with a gap', 'Hi {{1}}!', /placeholder \{\{1\}\}/],
		['a text that begins with one', '{{1}}, hi!', /placeholder \{\{1\}\}/],
	])('is refused with %s', (_what, payload, message) => {
		const { field, message: text, hint } = refusal(() => convertHaptik(payload));
		expect(field).toBe('Text');
		expect(text).toMatch(/^The Haptik payload in 'Text' cannot be converted: \S/);
		expect(text).toMatch(message);
		expect(hint).toMatch(/^[A-Z].*\.$/);
	});

	it('is a message that WhatsApp takes, whatever its texts, or is refused', () => {
		const anyText = fc.oneof(fc.string({ maxLength: 30 }), fc.webUrl(), fc.constant(FILE));
		const item = fc.record({
			actionable_text: anyText,
			uri: fc.constantFrom('LINK', '', undefined),
			type: fc.constantFrom('APP_ACTION', 'TEXT_ONLY'),
			payload: fc.record({ url: anyText, message: anyText }),
		});
		fc.assert(
			fc.property(anyText, fc.array(item, { maxLength: 4 }), (text, items) => {
				const payload = { ...element(...(items as IDataObject[])), text };
				const outcome = (() => {
					try {
						return convertHaptik(payload);
					} catch (error) {
						expect(error).toMatchObject({ name: 'InputError', field: 'Text' });
						return undefined;
					}
				})();
				if (!outcome || !('message' in outcome)) return;
				const { message } = outcome;
				expect(() =>
					checkFreeForm(message.type, message as unknown as Json, () => true),
				).not.toThrow();
			}),
		);
	});
});

it.each(['Hello', '[Order 7] is packed', 'Hi {name}', '', 7, undefined, null])(
	'%j is no payload',
	(value) => {
		expect(convertHaptik(value)).toBeUndefined();
	},
);
