import type { IDataObject } from 'n8n-workflow';

import { InputError } from '../../inputError';
import { placeholdersOf } from '../placeholders';

/** How the placeholders of a text are written: {{1}}, {{name}}, or there are none. */
export type PlaceholderFormat = 'POSITIONAL' | 'NAMED' | undefined;

/** The text of a header or body as Meta wants it, with a sample value for each placeholder. */
export interface SampledText {
	text: string;
	example?: IDataObject;
}

/**
 * Checks the placeholders of a text and joins their sample values to it (Meta: Template review,
 * Template components).
 * @param place decides about the form that Meta wants for the samples
 * @param labels display names of the text's field and of the samples' field
 * @param samples by placeholder
 * @throws InputError for placeholders that Meta refuses, and for missing or surplus samples
 */
export function sampledText(
	place: 'header' | 'body',
	labels: { text: string; examples: string },
	raw: string,
	samples: Record<string, string> = {},
): SampledText {
	const text = raw.replace(/\{\{\s*(\w+)\s*\}\}/g, '{{$1}}');
	const names = checkedPlaceholders(labels.text, text);
	refuseSurplus(labels.examples, names, samples);
	if (names.length === 0) return { text };
	const values = names.map((name) => sampleOf(labels.examples, name, samples[name]));
	if (formatOf(text) === 'NAMED') {
		const named = names.map((name, index) => ({ param_name: name, example: values[index] }));
		return { text, example: { [`${place}_text_named_params`]: named } };
	}
	// The samples of a body stand in a list of lists, that of a header in a list.
	return { text, example: { [`${place}_text`]: place === 'body' ? [values] : values } };
}

/** How the placeholders in a text are written; a text that was checked has one kind only. */
export function formatOf(text: string): PlaceholderFormat {
	const [name] = placeholdersOf(text);
	if (name === undefined) return undefined;
	return /\D/.test(name) ? 'NAMED' : 'POSITIONAL';
}

/** The placeholders, positions in their order. @throws InputError for what Meta refuses */
function checkedPlaceholders(label: string, text: string): string[] {
	const names = placeholdersOf(text);
	const rest = names.reduce((left, name) => left.replaceAll(`{{${name}}}`, ''), text);
	if (/\{\{|\}\}/.test(rest)) {
		throw new InputError(
			label,
			`'${label}' has double braces that enclose no placeholder.`,
			'Write placeholders as {{1}} or {{first_name}}.',
		);
	}
	const numbers = names.filter((name) => !/\D/.test(name));
	if (numbers.length === 0) {
		const wrong = names.find((name) => !/^[a-z][a-z0-9_]*$/.test(name));
		if (wrong === undefined) return names;
		throw new InputError(
			label,
			`'${label}' has the placeholder {{${wrong}}}, whose name Meta refuses.`,
			'Use lower-case letters, digits and underscores, and begin with a letter.',
		);
	}
	if (numbers.length < names.length) {
		throw new InputError(
			label,
			`'${label}' has both numbered and named placeholders.`,
			'Use one kind in the whole template.',
		);
	}
	const ordered = numbers.map((_, index) => String(index + 1));
	const gap = ordered.find((position) => !numbers.includes(position));
	if (gap !== undefined) {
		throw new InputError(
			label,
			`'${label}' has ${names.length} numbered placeholders, but no {{${gap}}}.`,
			'Number them from 1 without gaps.',
		);
	}
	return ordered;
}

function sampleOf(label: string, name: string, sample: string | undefined): string {
	const value = String(sample ?? '').trim();
	if (value !== '') return value;
	throw new InputError(
		label,
		`'${label}' has no sample value for {{${name}}}.`,
		'Give a value as a contact might read it; Meta reviews the template with it.',
	);
}

function refuseSurplus(label: string, names: string[], samples: Record<string, string>): void {
	const surplus = Object.keys(samples).find((name) => !names.includes(name));
	if (surplus === undefined) return;
	throw new InputError(
		label,
		`'${label}' has a sample value for {{${surplus}}}, which the text does not have.`,
		'Remove it, or add the placeholder to the text.',
	);
}
