import { isBlank, wellFormed } from '../../../nodes/core/characters';
import { textMessage } from '../../../nodes/core/messages/text';
import { checkValues } from '../templates/readings';
import { body, template } from '../templates/samples';

import { refusal } from './refusal';

const INVISIBLE: Array<[string, string]> = [
	['white space', ' \t\n\u00a0\u3000'],
	['a zero-width space', '\u200b'],
	['a joiner', '\u200d'],
	['the mark of the encoding', '\ufeff'],
	['marks of direction', '\u200e\u202b'],
	['a soft hyphen', '\u00ad'],
	['the blank of Hangul', '\u3164'],
	['the blank of Braille', '\u2800'],
	['a variation selector', '\ufe0f'],
	['several of them', ' \u200b\ufeff\u3164 '],
];

it.each(INVISIBLE)('%s counts as empty', (_, text) => {
	expect(isBlank(text)).toBe(true);
	expect(refusal(() => textMessage(text)).message).toContain("'Text'");
	expect(() => checkValues(template([body('Hi {{1}}')]), { 'body:1': text })).toThrow(
		/No value for/,
	);
});

it.each(['a', '.', '😀', '👨‍👩‍👧', '\u200bHi', 'שלום', '\u2801'])("'%s' does not", (text) => {
	expect(isBlank(text)).toBe(false);
	expect(textMessage(text).text.body).toBe(text);
});

it.each([
	['a\ud800b', 'a\ufffdb'],
	['\udc00', '\ufffd'],
	['😀\ud83d', '😀\ufffd'],
	['😀', '😀'],
])('%j is sent as %j', (text, sent) => {
	expect(wellFormed(text)).toBe(sent);
	expect(textMessage(`${text}.`).text.body).toBe(`${sent}.`);
	const values = checkValues(template([body('Hi {{1}}')]), { 'body:1': text });
	expect(values['body:1']).toBe(sent);
});
