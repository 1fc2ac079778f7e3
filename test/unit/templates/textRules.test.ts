import fc from 'fast-check';

import { checkText, cleanValue } from '../../../nodes/core/templates/textRules';

describe('cleanValue', () => {
	it.each([
		['one line', 'one line'],
		['a\nb', 'a b'],
		['a\r\n\r\nb', 'a b'],
		['a\tb', 'a b'],
		['a \t \n b', 'a b'],
		['a    b', 'a    b'],
		['a     b', 'a b'],
		['a     \nb', 'a b'],
		['Hi, 文\n文 😀\n😀', 'Hi, 文 文 😀 😀'],
	])('%j becomes %j', (value, clean) => {
		expect(cleanValue(value)).toBe(clean);
	});

	const whiteSpace = fc.constantFrom(' ', '  ', '     ', '\n', '\r', '\t', '\u00a0', 'x');
	const spaced = fc.oneof(
		fc.array(whiteSpace).map((parts) => parts.join('')),
		fc.string(),
	);

	it('gives what WhatsApp accepts, whatever it is given', () => {
		fc.assert(
			fc.property(spaced, (value) => {
				expect(() => checkText({ label: 'Value' }, cleanValue(value))).not.toThrow();
			}),
		);
	});

	it('changes nothing else', () => {
		fc.assert(
			fc.property(spaced, (value) => {
				const clean = cleanValue(value);
				expect(cleanValue(clean)).toBe(clean);
				expect(clean.replace(/\s/g, '')).toBe(value.replace(/\s/g, ''));
				if (!/[\r\n\t]| {5}/.test(value)) expect(clean).toBe(value);
			}),
		);
	});
});
