import { isBlank, wellFormed } from '../characters';
import { InputError } from '../inputError';
import { markdownToOneLine } from '../markdown/oneLine';

import type { Element, FillOptions, TemplateField, Values } from './element';
import { checkLocalizable, localizableOf } from './localizable';
import { checkText, cleanValue } from './textRules';

/** Longer labels, as older versions gave them, are cut in errors. */
const MOST_LABEL_CHARS = 40;

/** Where a field belongs, by the first part of its ID. */
const PLACES: Record<string, string> = {
	header: 'the header',
	body: 'the body',
	button: 'the buttons',
	code: 'the body and the button',
	offer: 'the offer',
	card: 'the carousel',
	catalog: 'the products',
};

/**
 * Checks the values for a template by everything that can be known before the send (rules R43 and
 * T31). Texts lose white space at their ends; numbers and booleans become texts; null, undefined
 * and '' count as absent.
 * @param template its name
 * @param values by field ID, as the editor stores them
 * @returns the values as texts, without the absent ones; checking these again changes nothing
 * @throws InputError that names the field by its label
 */
export function checkValues(
	template: string,
	elements: Element[],
	values: Record<string, unknown>,
	options: FillOptions,
): Values {
	const fields = elements.flatMap((element) => element.fields);
	refuseUnknown(template, fields, values, options);
	const clean = textsOf(fields, values, options);
	refuseMissing(template, fields, clean);
	for (const field of fields) if (field.id in clean) checkField(field, clean[field.id]);
	for (const element of elements) element.check?.(clean);
	return clean;
}

/** The values that can be shown, as texts: nothing is checked, and what cannot be a text is left out. */
export function visibleValues(
	fields: TemplateField[],
	values: Record<string, unknown>,
	options: FillOptions,
): Values {
	const texts: Values = {};
	for (const field of fields) {
		const text = fieldText(field, values[field.id], options);
		if (text) texts[field.id] = text;
	}
	return texts;
}

/**
 * The values of known fields as texts, absent ones left out.
 * @throws InputError for a value that its field cannot hold, such as an object
 */
function textsOf(
	fields: TemplateField[],
	values: Record<string, unknown>,
	options: FillOptions,
): Values {
	const texts: Values = {};
	for (const field of fields) {
		const text = fieldText(field, values[field.id], options);
		if (text === undefined) {
			throw new InputError(
				field.label,
				`'${field.label}' holds ${kindOf(values[field.id])}, where a text is needed.`,
				'Pick one value of a list or an object; put quotes around a number with many digits.',
			);
		}
		if (text !== '') texts[field.id] = text;
	}
	return texts;
}

/**
 * A value as the text that its field keeps: cleaned up if so wished, and JSON for an object or a
 * list where the field takes one. Undefined for what the field cannot hold.
 */
function fieldText(
	{ oneLine, accepts }: TemplateField,
	value: unknown,
	{ cleanUp, markdown }: FillOptions,
): string | undefined {
	const formatted = markdown && accepts === 'localizable' ? markdownToOneLine : asItIs;
	const tidied = cleanUp && oneLine ? cleanValue : asItIs;
	const tidy = (text: string) => tidied(formatted(text));
	const localizable = accepts === 'localizable' ? localizableOf(value) : undefined;
	if (localizable) return jsonOf(localizable, tidy);
	const text = textOf(value);
	if (text !== undefined) return tidy(text);
	return accepts === 'json' && typeof value === 'object' ? jsonOf(value, tidy) : undefined;
}

function asItIs(text: string): string {
	return text;
}

/** Undefined for what JSON cannot express. */
function jsonOf(value: unknown, tidy: (text: string) => string): string | undefined {
	try {
		return JSON.stringify(value, (_, part: unknown) =>
			typeof part === 'string' ? tidy(part) : part,
		);
	} catch {
		return undefined;
	}
}

function checkField(field: TemplateField, text: string): void {
	if (!field.oneLine) return;
	const localizable = field.accepts === 'localizable' ? localizableOf(text) : undefined;
	if (localizable) checkLocalizable(field, localizable);
	else checkText(field, text);
}

/**
 * A value as text; '' when it is absent, not a number, or nothing that can be seen. A point in time becomes ISO text.
 * Undefined for what cannot be a text: lists, objects, whole numbers that have lost digits.
 */
function textOf(value: unknown): string | undefined {
	if (value === undefined || value === null) return '';
	if (typeof value === 'string') return isBlank(value) ? '' : wellFormed(value.trim());
	if (typeof value === 'number') return numberText(value);
	if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
	return timeTextOf(value);
}

function numberText(value: number): string | undefined {
	if (!Number.isFinite(value)) return '';
	return Number.isInteger(value) && !Number.isSafeInteger(value) ? undefined : String(value);
}

function kindOf(value: unknown): string {
	if (Array.isArray(value)) return 'a list';
	return typeof value === 'number' ? 'a number that has lost digits' : 'an object';
}

/** ISO text of a Date or of a luxon DateTime, also of one from another copy of luxon. */
function timeTextOf(value: unknown): string | undefined {
	if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString();
	const { toISO } = value as { toISO?: () => string | null };
	return typeof toISO === 'function' ? (toISO.call(value) ?? '') : undefined;
}

function refuseUnknown(
	template: string,
	fields: TemplateField[],
	values: Record<string, unknown>,
	{ savedLabels = {} }: FillOptions,
): void {
	const known = new Set(fields.map(({ id }) => id));
	const unknown = Object.keys(values).filter((id) => !known.has(id) && textOf(values[id]) !== '');
	if (unknown.length > 0) {
		const labels = unknown.map((id) => {
			return shortLabel(Object.hasOwn(savedLabels, id) ? savedLabels[id] : id);
		});
		throw new InputError(
			labels[0],
			`Template '${template}' has no ${unknown.length === 1 ? 'field' : 'fields'} ${listOf(labels)}. It may have changed since the values were entered.`,
			'Choose the template again, so that its fields are read anew.',
		);
	}
}

/** A label as an error names it: short, and without quotes of its own. */
function shortLabel(label: string): string {
	const plain = label.replace(/["“”„‘’']/g, '').trim();
	return plain.length > MOST_LABEL_CHARS ? `${plain.slice(0, MOST_LABEL_CHARS - 1)}…` : plain;
}

function refuseMissing(template: string, fields: TemplateField[], values: Values): void {
	const missing = fields.filter(({ id, required }) => required && !(id in values));
	if (missing.length === 0) return;
	const place = placeOf(missing[0]);
	const expected = fields.filter((field) => field.required && placeOf(field) === place);
	const given = expected.filter(({ id }) => id in values).length;
	const labels = listOf(missing.map(({ label }) => label));
	throw new InputError(
		missing[0].label,
		`Template '${template}' needs ${expected.length} ${expected.length === 1 ? 'value' : 'values'} in ${place}; ${given} ${given === 1 ? 'was' : 'were'} given. No value for ${labels}.`,
		`Fill ${labels}. Where an expression stands, see that the data has that value.`,
	);
}

function placeOf({ id }: TemplateField): string {
	return PLACES[id.split(':')[0]];
}

/** 'a', 'b' and 'c' */
function listOf(names: string[]): string {
	const quoted = names.map((name) => `'${name}'`);
	const last = quoted.pop() ?? '';
	return quoted.length > 0 ? `${quoted.join(', ')} and ${last}` : last;
}
