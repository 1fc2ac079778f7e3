import fc from 'fast-check';

import { splitText } from '../../../nodes/core/messages/splitText';
import { anyCharacter } from '../anyCharacter';

const family = '👨‍👩‍👧‍👦';
const flag = '🇩🇪';
const accented = 'e\u0301\u0323';
const characters = (text: string) => [...text].length;

describe('splitText', () => {
	it.each<[string, string, number, string[]]>([
		['a short text stays whole', 'Hello. World', 12, ['Hello. World']],
		['white space around is left out', ' \n Hello\t', 5, ['Hello']],
		['no text has no parts', '', 5, []],
		['white space has no parts', ' \n\t ', 5, []],
		[
			'a paragraph ends before a sentence does',
			'One.\n\nTwo. Three. Four.',
			16,
			['One.', 'Two. Three.', 'Four.'],
		],
		['the last paragraph that fits', 'A\n\nB\n\nC', 5, ['A\n\nB', 'C']],
		['paragraphs of Windows', 'A b\r\n\r\nC d\r\n\r\nE f', 8, ['A b', 'C d', 'E f']],
		['a blank line may hold white space', 'A b\n \t\nC d', 6, ['A b', 'C d']],
		['the last sentence that fits', 'One. Two? Three! Four', 16, ['One. Two? Three!', 'Four']],
		['a sentence that just fits', 'One. Two.', 4, ['One.', 'Two.']],
		['a line ends a sentence', 'one\ntwo three', 8, ['one', 'two', 'three']],
		['a heading stays with its text', 'A b\n\n*H*\n\nC d e', 14, ['A b', '*H*\n\nC d e']],
		['and with empty lines between', 'A b\n\n*H*\n\n\nC d', 11, ['A b', '*H*\n\n\nC d']],
		['what a line announces', 'A b.\n\nSteps:\n\n1. C d', 18, ['A b.', 'Steps:\n\n1. C d']],
		['an entry of a list keeps its number', '1. Tea\n2. Cake', 9, ['1. Tea', '2. Cake']],
		['a decimal point ends nothing', 'It costs 12.50 today', 13, ['It costs', '12.50 today']],
		['other sentence marks', '你好。再见。', 4, ['你好。', '再见。']],
		['words', 'one two three', 7, ['one two', 'three']],
		['a word that just fits', 'one two', 3, ['one', 'two']],
		['several spaces between words', 'one    two', 5, ['one', 'two']],
		['indentation of the next part', 'one two\n\n    three', 9, ['one two', 'three']],
		[
			'a link stays whole',
			'See https://example.com/a.b?c=d now',
			27,
			['See', 'https://example.com/a.b?c=d', 'now'],
		],
		['a word above the limit is cut hard', 'abcdefgh', 3, ['abc', 'def', 'gh']],
		['an emoji is one character', '😀'.repeat(5), 2, ['😀😀', '😀😀', '😀']],
		['a family emoji stays whole', `ab${family}`, 7, ['ab', family]],
		['flags stay whole', flag.repeat(3), 3, [flag, flag, flag]],
		['letters keep their accents', `a${accented}b`, 3, ['a', `${accented}`, 'b']],
		['a family emoji above the limit is cut', family, 5, ['👨‍👩‍👧', '‍👦']],
	])('%s', (_name, text, limit, parts) => {
		expect(splitText(text, limit)).toEqual(parts);
	});

	it('takes 4096 characters for a part unless told otherwise', () => {
		expect(splitText('x'.repeat(4096))).toHaveLength(1);
		expect(splitText('x'.repeat(4097)).map(characters)).toEqual([4096, 1]);
		expect(splitText('😀'.repeat(4096))).toHaveLength(1);
	});

	it('is quick with long texts', () => {
		const sentence = 'The quick brown fox jumps over the lazy dog. ';
		const text = [sentence.repeat(10_000), 'x'.repeat(200_000), '\n '.repeat(100_000), 'x'].join(
			'',
		);
		const parts = splitText(text);
		expect(parts.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
	});

	const piece = fc.constantFrom(
		...['a', 'bc', 'Def', 'g.', 'H!', ' ', ' ', '  ', '\n', '\n\n', '\r\n', '\t', ' \n\u00a0\n'],
		...[
			'😀',
			family,
			flag,
			accented,
			'\u200d',
			'\ud800',
			'ﷺ',
			'漢字',
			'。',
			'1.5',
			'https://x.y/z',
		],
	);
	const texts = fc.oneof(
		fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join('')),
		fc.string({ unit: anyCharacter, maxLength: 60 }),
	);

	it('loses nothing but white space, and keeps the order', () => {
		fc.assert(
			fc.property(texts, fc.integer({ min: 1, max: 40 }), (text, limit) => {
				let rest = text;
				for (const part of splitText(text, limit)) {
					expect(part).toBe(part.trim());
					expect(part).not.toBe('');
					expect(characters(part)).toBeLessThanOrEqual(limit);
					rest = rest.trimStart();
					expect(rest.startsWith(part)).toBe(true);
					rest = rest.slice(part.length);
				}
				expect(rest.trim()).toBe('');
			}),
			{ numRuns: 2000 },
		);
	});

	it('cuts no character in two that fits', () => {
		const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
		const character = fc.constantFrom('a', 'Z', '😀', family, flag, accented, '漢', '👍🏽', '1️⃣');
		fc.assert(
			fc.property(fc.array(character), fc.integer({ min: 7, max: 20 }), (list, limit) => {
				const text = list.join('');
				const whole = [...graphemes.segment(text)].map(({ segment }) => segment);
				const cut = splitText(text, limit).flatMap((part) =>
					[...graphemes.segment(part)].map(({ segment }) => segment),
				);
				expect(cut).toEqual(whole);
			}),
		);
	});
});
