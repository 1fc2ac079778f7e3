import { InputError } from '../../../nodes/core/inputError';
import {
	isNamed,
	readDefinition,
	type TemplateDefinition,
} from '../../../nodes/core/templates/definition';
import {
	fillPlaceholders,
	placeholdersOf,
	wordsAround,
} from '../../../nodes/core/templates/placeholders';
import { parseTemplateKey, templateKey } from '../../../nodes/core/templates/templateKey';
import { notApproved, requiresPhoneNumber } from '../../../nodes/core/templates/usability';

import { componentsOf, fieldsOf, previewOf } from './readings';
import {
	bill,
	billValues,
	body,
	carousel,
	header,
	productCarousel,
	template,
	verification,
} from './samples';

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
		['Hi {{1}}! Your order {{2}} is ready.', '1', 'Hi {{1}}! Your order'],
		['Hi {{1}}! Your order {{2}} is ready.', '2', 'Your order {{2}} is ready.'],
		['First line\n{{1}}\nlast line', '1', ''],
		['{{1}}', '1', ''],
		[
			'This is a rather long introduction before {{1}} and an equally long end after it.',
			'1',
			'…before {{1}} and an equally',
		],
		['文'.repeat(30) + '{{1}}', '1', `…${'文'.repeat(14)}{{1}}`],
		['Hi {{1}}', '2', ''],
	])('%j, %s', (text, name, words) => {
		expect(wordsAround(text, name, `{{${name}}}`)).toBe(words);
	});

	it('does not cut an emoji in two', () => {
		expect(wordsAround(`${'😀'.repeat(30)}{{1}}`, '1', '?')).toBe(`…${'😀'.repeat(14)}?`);
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

/** Every place in a value, as the path to it. */
function places(value: unknown, path: string[] = []): string[][] {
	const deeper =
		typeof value === 'object' && value !== null
			? Object.entries(value).flatMap(([key, entry]) => places(entry, [...path, key]))
			: [];
	return path.length > 0 ? [path, ...deeper] : deeper;
}

/** A copy with null in one place. */
function withNull(definition: TemplateDefinition, path: string[]): TemplateDefinition {
	const copy = structuredClone(definition);
	const parent = path
		.slice(0, -1)
		.reduce<
			Record<string, unknown>
		>((part, key) => part[key] as Record<string, unknown>, copy as unknown as Record<string, unknown>);
	parent[path[path.length - 1]] = null;
	return copy;
}

describe('null in a definition', () => {
	const offer = template([
		{ type: 'LIMITED_TIME_OFFER', limited_time_offer: { text: 'Sale', has_expiration: true } },
		header('LOCATION'),
	]);

	it.each([bill, carousel, productCarousel, verification, offer].map((one) => [one.name, one]))(
		'is as if absent, wherever it stands: %s',
		(_, definition) => {
			for (const path of places(definition)) {
				const given = withNull(definition as TemplateDefinition, path);
				const read = readDefinition(given);
				expect(JSON.stringify(read)).not.toContain('null');
				expect(readDefinition(read)).toEqual(read);
				const tried = [
					() => fieldsOf(given),
					() => componentsOf(given, billValues),
					() => previewOf(given, billValues),
					() => notApproved(given),
					() => requiresPhoneNumber(given),
					() => isNamed(given),
				].map((attempt) => {
					try {
						return attempt();
					} catch (error) {
						return error;
					}
				});
				for (const result of tried) {
					if (result instanceof Error) expect(result).toBeInstanceOf(InputError);
				}
			}
		},
	);

	it('leaves the rest as it was', () => {
		const given = { ...bill, parameter_format: null, quality_score: null, note: { a: null } };
		const rest: Partial<TemplateDefinition> = { ...bill, note: {} };
		delete rest.parameter_format;
		expect(readDefinition(given)).toEqual(rest);
		expect(readDefinition(bill)).toEqual(bill);
	});

	it('makes an element without a type one that cannot be filled', () => {
		const given = template([{ type: null as unknown as string, text: 'Hi' }]);
		expect(() => fieldsOf(given)).toThrow(/has a component without a type, which/);
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
