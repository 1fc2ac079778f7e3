import fc from 'fast-check';

import { isBlank } from '../../../nodes/core/characters';
import { InputError } from '../../../nodes/core/inputError';
import { readElements } from '../../../nodes/core/templates/elements';
import { percentEncode } from '../../../nodes/core/templates/elements/urlButton';
import { placeholdersOf } from '../../../nodes/core/templates/placeholders';
import { anyCharacter } from '../anyCharacter';

import { buildTemplate, checkValues, componentsOf, fieldsOf, previewOf } from './readings';
import { body, buttons, template, textHeader } from './samples';

/** Text around placeholders; braces would make placeholders of its own. */
const fixedText = fc
	.string({ unit: 'grapheme', maxLength: 20 })
	.map((text) => text.replace(/[{}]/g, ''));

/** A value that WhatsApp accepts. */
const value = fc
	.string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
	.map((text) =>
		text
			.replace(/[\r\n\t]/g, '')
			.replace(/ {5,}/g, ' ')
			.trim(),
	)
	.filter((text) => !isBlank(text));

/** What may follow the fixed part of a link: a path from the root has a meaning of its own. */
const linkSuffix = value.filter((text) => !text.startsWith('/'));

const name = fc.stringMatching(/^[a-z][a-z0-9_]{0,9}$/);
const names = fc.uniqueArray(name, { minLength: 1, maxLength: 6 });
const positions = fc.integer({ min: 1, max: 12 }).chain((count) =>
	fc.shuffledSubarray(
		Array.from({ length: count }, (_, index) => String(index + 1)),
		{ minLength: count },
	),
);

/** A body with the given placeholders in the given order, and a value for each. */
const filledBody = (placeholders: fc.Arbitrary<string[]>) =>
	placeholders.chain((list) =>
		fc
			.tuple(
				fc.array(fixedText, { minLength: list.length, maxLength: list.length }),
				fc.array(value, { minLength: list.length, maxLength: list.length }),
			)
			.map(([texts, given]) => ({
				placeholders: list,
				text: list.map((placeholder, index) => `${texts[index]}{{${placeholder}}}`).join(''),
				values: Object.fromEntries(
					list.map((placeholder, index) => [`body:${placeholder}`, given[index]]),
				),
			})),
	);

const positional = filledBody(positions);
const named = filledBody(names);

describe('positional templates', () => {
	it('get one parameter per placeholder, in the order of the numbers', () => {
		fc.assert(
			fc.property(positional, ({ text, values, placeholders }) => {
				const [{ parameters = [] }] = componentsOf(template([body(text)]), values);
				expect(parameters).toHaveLength(placeholders.length);
				parameters.forEach((parameter, index) => {
					expect(parameter).toEqual({ type: 'text', text: values[`body:${index + 1}`] });
				});
			}),
		);
	});
});

describe('named templates', () => {
	it('carry the name with each value, however the values are ordered', () => {
		fc.assert(
			fc.property(named, ({ text, values, placeholders }) => {
				const definition = template([body(text)], { parameter_format: 'NAMED' });
				const reversed = Object.fromEntries(Object.entries(values).reverse());
				const [{ parameters = [] }] = componentsOf(definition, values);
				expect(componentsOf(definition, reversed)[0].parameters).toEqual(parameters);
				expect(Object.fromEntries(parameters.map((one) => [one.parameter_name, one.text]))).toEqual(
					Object.fromEntries(placeholders.map((key) => [key, values[`body:${key}`]])),
				);
			}),
		);
	});
});

describe.each([
	['positional', positional, 'POSITIONAL'],
	['named', named, 'NAMED'],
])('%s templates', (_, filled, parameter_format) => {
	const whole = fc
		.record({ filled, title: value, suffix: linkSuffix })
		.map(({ filled: { text, values, placeholders }, title, suffix }) => {
			const key = placeholders[0];
			return {
				definition: template(
					[
						textHeader(`Our {{${key}}}`),
						body(text),
						buttons({ type: 'URL', text: 'Open', url: 'https://shop.example/{{1}}' }),
					],
					{ parameter_format },
				),
				values: { ...values, [`header:${key}`]: title, 'button:0:1': suffix } as Record<
					string,
					string
				>,
			};
		});

	it('accept complete values unchanged, and checking twice changes nothing', () => {
		fc.assert(
			fc.property(whole, ({ definition, values }) => {
				const clean = checkValues(definition, values);
				expect(clean).toEqual(values);
				expect(checkValues(definition, clean)).toEqual(clean);
				expect(buildTemplate(definition, clean)).toEqual(buildTemplate(definition, values));
			}),
		);
	});

	it('ask for exactly the values that they need', () => {
		fc.assert(
			fc.property(whole, ({ definition, values }) => {
				const ids = fieldsOf(definition).map(({ id }) => id);
				expect(new Set(ids).size).toBe(ids.length);
				expect([...ids].sort()).toEqual(Object.keys(values).sort());
			}),
		);
	});

	it('refuse any gap by the label of its field', () => {
		fc.assert(
			fc.property(whole, fc.nat(), ({ definition, values }, pick) => {
				const fields = fieldsOf(definition);
				const { id, label } = fields[pick % fields.length];
				expect(() => checkValues(definition, { ...values, [id]: ' ' })).toThrow(
					expect.objectContaining({ name: 'InputError', field: label }),
				);
			}),
		);
	});

	it('show every value, and no placeholder that is filled', () => {
		fc.assert(
			fc.property(whole, ({ definition, values }) => {
				const { text } = previewOf(definition, values);
				for (const [id, given] of Object.entries(values)) {
					expect(text).toContain(id === 'button:0:1' ? percentEncode(given) : given);
				}
				const inValues = placeholdersOf(Object.values(values).join(''));
				expect(placeholdersOf(text).filter((left) => !inValues.includes(left))).toEqual([]);
			}),
		);
	});

	it('show every placeholder without a value', () => {
		fc.assert(
			fc.property(whole, ({ definition }) => {
				const placeholders = definition.components.flatMap((component) =>
					placeholdersOf(component.text),
				);
				expect(placeholdersOf(previewOf(definition, {}).text)).toEqual(
					expect.arrayContaining(placeholders),
				);
			}),
		);
	});
});

describe('whatever Meta may add', () => {
	const anything = fc.record({
		type: fc.oneof(
			fc.constantFrom('HEADER', 'BODY', 'FOOTER', 'BUTTONS', 'CAROUSEL', 'LIMITED_TIME_OFFER'),
			fc.constantFrom('CALL_PERMISSION_REQUEST', 'carousel'),
			fc.string(),
		),
		format: fc.option(
			fc.oneof(fc.constantFrom('TEXT', 'IMAGE', 'LOCATION', 'PRODUCT', 'GIF'), fc.string()),
			{ nil: undefined },
		),
		text: fc.option(fc.string(), { nil: undefined }),
		buttons: fc.array(
			fc.record({
				type: fc.oneof(
					fc.constantFrom('URL', 'QUICK_REPLY', 'OTP', 'COPY_CODE', 'FLOW', 'MPM', 'VOICE_CALL'),
					fc.string(),
				),
				url: fc.option(fc.constantFrom('', '{{1}}', 'https://a.example/{{x}}'), { nil: undefined }),
			}),
			{ maxLength: 3 },
		),
	});

	const withCards = fc.oneof(
		anything,
		fc.record({
			type: fc.constant('CAROUSEL'),
			cards: fc.array(fc.record({ components: fc.array(anything, { maxLength: 2 }) }), {
				maxLength: 3,
			}),
		}),
	);

	it('is refused in plain words also where a field is called as every object has one', () => {
		expect(() => buildTemplate(template([]), { toString: 0 })).toThrow(InputError);
	});

	it('is either filled or refused in plain words, and can be shown', () => {
		fc.assert(
			fc.property(
				fc.array(withCards, { maxLength: 4 }),
				fc.array(fc.oneof(fc.anything(), fc.string(), fc.integer()), { minLength: 1 }),
				fc.dictionary(fc.string(), fc.anything()),
				(components, pool, surplus) => {
					const definition = template(components);
					const asked = readElements(definition).flatMap(({ fields }) => fields);
					const values = {
						...surplus,
						...Object.fromEntries(asked.map(({ id }, index) => [id, pool[index % pool.length]])),
					};
					expect(typeof previewOf(definition, values).text).toBe('string');
					try {
						buildTemplate(definition, values);
					} catch (error) {
						expect(error).toBeInstanceOf(InputError);
					}
				},
			),
		);
	});
});

describe('percentEncode', () => {
	const text = fc.oneof(fc.string({ unit: anyCharacter }), fc.string());

	it('leaves only characters that may stand in a link', () => {
		fc.assert(
			fc.property(text, (original) => {
				expect(percentEncode(original)).toMatch(/^[!-~]*$/);
			}),
		);
	});

	it('encodes once', () => {
		fc.assert(
			fc.property(text, (original) => {
				const once = percentEncode(original);
				expect(percentEncode(once)).toBe(once);
			}),
		);
	});

	it('loses nothing', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme' }), (original) => {
				fc.pre(!original.includes('%'));
				expect(decodeURIComponent(percentEncode(original))).toBe(original);
			}),
		);
	});
});
