import type { IDataObject } from 'n8n-workflow';

import { characterCount } from '../characters';
import { InputError } from '../inputError';

import type { ComponentDefinition } from './definition';
import type { Element, ElementContext, TemplateField, Values } from './element';
import { localizableOf, shownText } from './localizable';
import { fillPlaceholders, placeholdersOf, wordsAround } from './placeholders';

/** Stands for a placeholder whose name is said already. */
const BLANK = '___';

/** A placeholder and the field that fills it. */
export interface TextParameter {
	name: string;
	field: TemplateField;
}

/**
 * The placeholders of a header or body text, in the order in which their values are sent: Meta
 * counts positions, so {{1}} comes first even where a translation puts {{2}} before it.
 */
export function textParametersOf(
	place: 'header' | 'body',
	component: ComponentDefinition,
	context: ElementContext,
): TextParameter[] {
	const text = component.text ?? '';
	const names = placeholdersOf(text);
	if (!context.named) names.sort((a, b) => Number(a) - Number(b));
	const examples = examplesOf(place, component.example);
	return names.map((name, position) => {
		const example = context.named ? examples.named.get(name) : examples.positional[position];
		const own = context.named ? name : `{{${name}}}`;
		const words = wordsAround(text, name, context.named ? BLANK : own);
		const prefix = context.labelPrefix + (place === 'header' ? 'Header: ' : '');
		const sample = example && `e.g. ${example}`;
		// What tells the field best goes first: a name and its sample, or the sentence around a number.
		const title = (context.named ? [own, sample, words] : [words, sample])
			.filter(Boolean)
			.join(' · ');
		return {
			name,
			field: {
				id: `${context.idPrefix}${place}:${name}`,
				label: prefix + own,
				title: prefix + (title || own),
				required: true,
				type: 'string',
				oneLine: true,
				accepts: 'localizable',
				...(example !== undefined && { example }),
			},
		};
	});
}

/**
 * Meta's samples for a text: `body_text` (a text, a list, or a list of lists), `header_text` (a text
 * or a list), or `…_text_named_params` (a list of `{param_name, example}`).
 */
function examplesOf(place: string, example: IDataObject = {}) {
	const texts = example[`${place}_text`];
	const named = example[`${place}_text_named_params`];
	const pairs = Array.isArray(named) ? (named as IDataObject[]) : [];
	return {
		positional: texts === undefined ? [] : [texts].flat(2).map(String),
		named: new Map(
			pairs.map(({ param_name, example: sample }) => [String(param_name), String(sample)]),
		),
	};
}

/** A header or body whose placeholders are filled with texts; static when it has none. */
export function textComponent(
	place: 'header' | 'body',
	text: string,
	parameters: TextParameter[],
	{ limit, named }: { limit: number; named: boolean },
): Element {
	const render = (values: Values) =>
		fillPlaceholders(text, (name) => {
			const parameter = parameters.find((candidate) => candidate.name === name);
			const value = parameter && values[parameter.field.id];
			return value && shownText(value);
		});

	return {
		fields: parameters.map(({ field }) => field),
		check(values) {
			if (parameters.length > 0) checkRendered(render(values), values);
		},
		components(values) {
			if (parameters.length === 0) return [];
			return [
				{
					type: place,
					parameters: parameters.map(({ name, field }) => ({
						...(named && { parameter_name: name }),
						...(localizableOf(values[field.id]) ?? { type: 'text', text: values[field.id] }),
					})),
				},
			];
		},
		preview: (values) => ({ [place]: render(values) }),
	};

	/** Refuses a text that has become too long (Meta: code 132005). */
	function checkRendered(rendered: string, values: Values): void {
		const excess = characterCount(rendered) - limit;
		if (excess <= 0) return;
		const sizes = parameters.map(({ field }) => characterCount(shownText(values[field.id])));
		const { label } = parameters[sizes.indexOf(Math.max(...sizes))].field;
		throw new InputError(
			label,
			`With '${label}' filled in, the ${place} is ${characterCount(rendered)} characters long; WhatsApp accepts at most ${limit}.`,
			`Shorten the value by at least ${excess} characters.`,
		);
	}
}
