import { textMessage, textMessages } from '../../../nodes/core/messages/text';

import { refusal } from './refusal';

describe('textMessage', () => {
	it.each<[string, unknown, string]>([
		['text', 'Hello\nworld', 'Hello\nworld'],
		['white space at the ends', ' Hello ', ' Hello '],
		['a number', 12.5, '12.5'],
		['zero', 0, '0'],
		['a boolean', false, 'false'],
		['the longest text', 'x'.repeat(4096), 'x'.repeat(4096)],
		['emojis, each one character', '😀'.repeat(4096), '😀'.repeat(4096)],
	])('takes %s', (_name, value, body) => {
		expect(textMessage(value)).toEqual({ type: 'text', text: { body } });
	});

	it.each([true, false])('says whether a link is previewed: %s', (preview_url) => {
		expect(textMessage('https://example.com', preview_url).text).toEqual({
			body: 'https://example.com',
			preview_url,
		});
	});

	it.each<[string, unknown, RegExp, RegExp]>([
		['nothing', undefined, /is empty/, /Fill/],
		['null', null, /is empty/, /Fill/],
		['empty text', '', /is empty/, /Fill/],
		['white space', ' \n\t', /is empty/, /Fill/],
		['one character too many', 'x'.repeat(4097), /4097 characters.* 4096/, /by 1\./],
		['too many emojis', '😀'.repeat(4100), /4100 characters/, /by 4\./],
		['an object', { text: 'x' }, /is not text/, /choose one value/],
		['a list', ['x'], /is not text/, /choose one value/],
		['not a number', NaN, /is not text/, /choose one value/],
		['a number that lost digits', 12345678901234567000, /more digits/, /as text/],
	])('refuses %s', (_name, value, message, hint) => {
		const thrown = refusal(() => textMessage(value));
		expect(thrown.field).toBe('Text');
		expect(thrown.message).toMatch(message);
		expect(thrown.message).toContain("'Text'");
		expect(thrown.hint).toMatch(hint);
	});
});

describe('textMessages', () => {
	it.each<[string, unknown, string[]]>([
		['a short text', 'Hello', ['Hello']],
		['a number', 7, ['7']],
		[
			'paragraphs',
			`${'a'.repeat(3000)}\n\n${'b'.repeat(3000)}`,
			['a'.repeat(3000), 'b'.repeat(3000)],
		],
	])('makes messages of %s', (_name, text, bodies) => {
		expect(textMessages(text).map((message) => message.text.body)).toEqual(bodies);
	});

	it('says of each whether a link is previewed', () => {
		const previews = textMessages('x'.repeat(5000), true).map(({ text }) => text.preview_url);
		expect(previews).toEqual([true, true]);
	});

	it.each([undefined, '', ' \n', {}])('refuses %j', (text) => {
		expect(refusal(() => textMessages(text)).field).toBe('Text');
	});
});
