import { isNamed } from '../../../nodes/core/templates/definition';
import {
	fillPlaceholders,
	placeholdersOf,
	wordsAround,
} from '../../../nodes/core/templates/placeholders';
import { parseTemplateKey, templateKey } from '../../../nodes/core/templates/templateKey';

import { body, carousel, template } from './samples';

describe('placeholdersOf', () => {
	it.each([
		['Hello World', []],
		['Hi {{1}}, order {{2}}', ['1', '2']],
		['{{2}} before {{1}} and {{2}} again', ['2', '1']],
		['Hi {{ first_name }}, {{order_id}}', ['first_name', 'order_id']],
		['{1} {{}} {{ }} {{a b}} }}{{', []],
		[undefined, []],
	])('finds in %j: %j', (text, names) => {
		expect(placeholdersOf(text)).toEqual(names);
	});
});

describe('fillPlaceholders', () => {
	it('fills what is known and leaves the rest visible', () => {
		const values: Record<string, string> = { '1': 'a $& {{2}}' };
		expect(fillPlaceholders('{{1}}, {{ 2 }}, {{1}}', (name) => values[name])).toBe(
			'a $& {{2}}, {{2}}, a $& {{2}}',
		);
	});
});

describe('wordsAround', () => {
	it.each([
		['Hi {{1}}! Your order {{2}} is ready.', '1', 'Hi …! Your order'],
		['Hi {{1}}! Your order {{2}} is ready.', '2', 'Your order … is ready.'],
		['First line\n{{1}}\nlast line', '1', ''],
		['{{1}}', '1', ''],
		[
			'This is a rather long introduction before {{1}} and an equally long end after it.',
			'1',
			'before … and an equally',
		],
		['文'.repeat(30) + '{{1}}', '1', `${'文'.repeat(20)}…`],
		['Hi {{1}}', '2', ''],
	])('%j, %s', (text, name, words) => {
		expect(wordsAround(text, name)).toBe(words);
	});

	it('does not cut an emoji in two', () => {
		expect(wordsAround(`${'😀'.repeat(30)}{{1}}`, '1')).toBe(`${'😀'.repeat(20)}…`);
	});
});

describe('isNamed', () => {
	it.each([
		['NAMED', 'Hi {{name}}', true],
		['named', 'Hi {{name}}', true],
		['POSITIONAL', 'Hi {{1}}', false],
		['positional', 'Hello', false],
		[undefined, 'Hi {{name}}', true],
		[undefined, 'Hi {{1}}', false],
		[undefined, 'Hello', false],
	])('parameter_format %s, text %j: %s', (parameter_format, text, named) => {
		expect(isNamed(template([body(text)], { parameter_format }))).toBe(named);
	});

	it('looks into the cards of a carousel', () => {
		const [card] = carousel.components[1].cards ?? [];
		const named = { components: [body('{{city}}')] };
		const withCards = (...cards: Array<typeof card>) =>
			template([{ type: 'CAROUSEL', cards }], { parameter_format: undefined });
		expect(isNamed(withCards(card))).toBe(false);
		expect(isNamed(withCards(card, named))).toBe(true);
	});
});

describe('template key', () => {
	it('is name and language', () => {
		expect(templateKey({ name: 'order_ready', language: 'en_US' })).toBe('order_ready|en_US');
	});

	it.each([
		['order_ready|en_US', { name: 'order_ready', language: 'en_US' }],
		[' order_ready | de ', { name: 'order_ready', language: 'de' }],
		['order_ready|pt-BR', { name: 'order_ready', language: 'pt_BR' }],
		['order_ready', { name: 'order_ready' }],
	])('reads %j', (text, key) => {
		expect(parseTemplateKey(text)).toEqual(key);
	});

	it.each(['', ' ', '|en', 'order_ready|', 'a|b|c', undefined as unknown as string])(
		'refuses %j',
		(text) => {
			expect(() => parseTemplateKey(text)).toThrow(
				expect.objectContaining({ name: 'InputError', field: 'Template' }),
			);
		},
	);
});
