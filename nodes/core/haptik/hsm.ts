import type { IDataObject } from 'n8n-workflow';

import { textOf } from '../input/text';
import { isObject } from '../isObject';

import { holdsSomething, listIn, objectIn, refuse, unknownParts } from './payload';

/** One value for a placeholder: a text, or Meta's `currency` or `date_time` parameter. */
export interface HsmValue {
	/** Set where the payload names the placeholder instead of counting. */
	name?: string;
	value: unknown;
}

/** An HSM, which WhatsApp calls a template today, with the values for one contact (rule R43). */
export interface Hsm {
	/** '' when only the text tells which template it is. */
	name: string;
	/** '' when the payload names none. */
	language: string;
	/** Text of the body with its placeholders; '' when the payload does not have it. */
	text: string;
	header: HsmValue[];
	file?: { kind: 'image' | 'video' | 'document'; reference: string; fileName?: string };
	body: HsmValue[];
	/** By the position of the button. */
	buttons: Array<{ index: number; value: unknown }>;
}

/** What became of an HSM, with a note for every part that has no counterpart. */
export interface ConvertedHsm {
	from: 'hsm';
	to: 'template';
	hsm: Hsm;
	notes: string[];
}

/** Keys that say who sends, and of what kind the request is: here the node's fields say so. */
const ENVELOPE = ['type', 'to', 'business_id', 'recipient_type', 'messaging_product'];

/** Keys of the `hsm` object, but for its values. */
const IDENTITY = ['namespace', 'element_name', 'language', 'text'];

/** Whether a payload is an HSM, in one of the forms of {@link convertHsm}. */
export function isHsm(payload: IDataObject): boolean {
	const keys = ['hsm', 'template', 'element_name', 'localizable_params', 'values'];
	return keys.some((key) => key in payload) || ['hsm', 'template'].includes(String(payload.type));
}

/**
 * Reads an HSM (rules R36, R43): the body of Haptik's notification request with `hsm` or, for files
 * and buttons, `template`; the `hsm` object alone; or `{text, values}`, the text with its
 * placeholders and what fills them.
 *
 * @throws InputError for what has no counterpart
 */
export function convertHsm(payload: IDataObject): ConvertedHsm {
	const key = ['hsm', 'template'].find((each) => each in payload || payload.type === each);
	const content = key ? objectIn(payload, key) : payload;
	const read =
		key === 'template'
			? readTemplate(content)
			: key === 'hsm'
				? readHsm(content, 'hsm.')
				: readHsm(content, '', ENVELOPE);
	const notes = [...(key ? unknownParts(payload, [...ENVELOPE, key]) : []), ...read.notes];
	if (holdsSomething(payload.to)) {
		notes.push("'to' was left out: the message goes to the contact in the field 'To'.");
	}
	return { from: 'hsm', to: 'template', hsm: read.hsm, notes };
}

interface Read {
	hsm: Hsm;
	notes: string[];
}

/** @param around keys that may stand beside those of the HSM */
function readHsm(content: IDataObject, path: string, around: string[] = []): Read {
	const language = languageOf(content, path);
	const name = textOf(`${path}element_name`, content.element_name).trim();
	const text = textOf(`${path}text`, content.text);
	if (name === '' && text.trim() === '') {
		refuse(
			`'${path}element_name' is empty.`,
			'Give the name of the template, or the text of the HSM with its placeholders.',
		);
	}
	const key = 'localizable_params' in content ? 'localizable_params' : 'values';
	const read = valuesOf(content[key], `${path}${key}`);
	const unknown = unknownParts(content, [...around, ...IDENTITY, key], path);
	const notes = [...unknown, ...language.notes, ...read.notes];
	const hsm = { name, language: language.code, text, header: [], body: read.values, buttons: [] };
	return { hsm, notes };
}

/** The language, as the template list writes it: with an underscore. */
function languageOf({ language }: IDataObject, path: string): { code: string; notes: string[] } {
	const place = `${path}language`;
	const { policy, code, ...rest } = isObject(language) ? language : { policy: '', code: language };
	const notes = unknownParts(rest, [], `${place}.`);
	if (policy === 'fallback') {
		notes.push(
			`'${place}.policy' was left out: WhatsApp takes exactly the language that is named.`,
		);
	}
	return { code: textOf(`${place}.code`, code).trim().replace('-', '_'), notes };
}

interface ReadValues {
	values: HsmValue[];
	notes: string[];
}

function valuesOf(given: unknown = [], path: string): ReadValues {
	if (!Array.isArray(given)) {
		refuse(`'${path}' is not a list.`, 'Give the values in the order of {{1}}, {{2}}, ….');
	}
	const notes: string[] = [];
	const values = (given as unknown[]).map((each, index) => {
		const place = `${path}[${index}]`;
		if (!isObject(each)) return { value: each };
		notes.push(...unknownParts(each, ['default', 'currency', 'date_time'], `${place}.`));
		const fallback = textOf(`${place}.default`, each.default);
		if (fallback.trim() === '') {
			refuse(`'${place}.default' is empty.`, 'Give the text that stands for the placeholder.');
		}
		if (isObject(each.date_time)) {
			notes.push(`'${place}.date_time' was left out: WhatsApp shows the text in 'default'.`);
		}
		if (!isObject(each.currency)) return { value: fallback };
		const { currency_code: code, amount_1000: amount, ...rest } = each.currency;
		notes.push(...unknownParts(rest, [], `${place}.currency.`));
		const currency = { fallback_value: fallback, code, amount_1000: amount };
		return { value: { type: 'currency', currency } };
	});
	return { values, notes };
}

/** `template`, whose components are Meta's own (Meta: Template components). */
function readTemplate(content: IDataObject): Read {
	const { code: language, notes } = languageOf(content, 'template.');
	const name = textOf('template.name', content.name).trim();
	if (name === '') refuse("'template.name' is empty.", 'Give the name of the template.');
	const hsm: Hsm = { name, language, text: '', header: [], body: [], buttons: [] };
	const known = ['namespace', 'name', 'language', 'components'];
	const unknown = unknownParts(content, known, 'template.');
	const components = listIn(content, 'components', 'template.components');
	const inside = components.flatMap((component, index) =>
		readComponent(hsm, component, `template.components[${index}]`),
	);
	return { hsm, notes: [...unknown, ...notes, ...inside] };
}

/** Adds what a component fills; returns a note for every part that has no counterpart. */
function readComponent(hsm: Hsm, component: IDataObject, path: string): string[] {
	const type = String(component.type ?? '').toLowerCase();
	if (!['header', 'body', 'button'].includes(type)) noCounterpart(`${path}.type`, type);
	const parameters = listIn(component, 'parameters', `${path}.parameters`);
	const known = ['type', 'parameters', ...(type === 'button' ? ['index', 'sub_type'] : [])];
	const notes = unknownParts(component, known, `${path}.`);
	parameters.forEach((parameter, position) => {
		const place = `${path}.parameters[${position}]`;
		const kind = String(parameter.type ?? 'text');
		notes.push(...unknownParts(parameter, ['type', 'parameter_name', kind], `${place}.`));
		if (type === 'header' && isFileKind(kind)) {
			const read = readFile(parameter, kind, `${place}.${kind}`);
			hsm.file = read.file;
			notes.push(...read.notes);
			return;
		}
		const value = valueOf(parameter, kind, place);
		if (type === 'header') hsm.header.push(value);
		else if (type === 'body') hsm.body.push(value);
		else hsm.buttons.push({ index: Number(component.index), value: value.value });
	});
	return notes;
}

/** What a parameter of a type holds, other than a file. */
const CONTENTS: Partial<Record<string, (parameter: IDataObject) => unknown>> = {
	text: ({ text }) => text,
	payload: ({ payload }) => payload,
	coupon_code: ({ coupon_code: code }) => code,
	currency: ({ currency }) => ({ type: 'currency', currency }),
	date_time: ({ date_time: time }) => ({ type: 'date_time', date_time: time }),
};

function valueOf(parameter: IDataObject, kind: string, path: string): HsmValue {
	const content = CONTENTS[kind] ?? noCounterpart(`${path}.type`, kind);
	const { parameter_name: name } = parameter;
	return { ...(typeof name === 'string' && { name }), value: content(parameter) };
}

function noCounterpart(path: string, value: string): never {
	return refuse(
		`'${path}' is '${value}', which has no counterpart.`,
		"Send this template with the operation 'Send Template'.",
	);
}

type HsmFile = NonNullable<Hsm['file']>;

function isFileKind(kind: string): kind is HsmFile['kind'] {
	return ['image', 'video', 'document'].includes(kind);
}

function readFile(
	parameter: IDataObject,
	kind: HsmFile['kind'],
	path: string,
): { file: HsmFile; notes: string[] } {
	const content = objectIn(parameter, kind, path);
	const source = holdsSomething(content.link) ? 'link' : 'id';
	const reference = textOf(`${path}.${source}`, content[source]).trim();
	// Only Meta's own IDs have digits only; anything else would be taken for a binary field.
	if (!(source === 'id' ? /^\d+$/ : /^https:/i).test(reference)) {
		refuse(
			`'${path}' holds no file that WhatsApp can fetch.`,
			"Give a 'link' that begins with https://, or upload the file and give its media ID.",
		);
	}
	const fileName = kind === 'document' ? textOf(`${path}.filename`, content.filename).trim() : '';
	const known = [source, ...(kind === 'document' ? ['filename'] : [])];
	return {
		file: { kind, reference, ...(fileName && { fileName }) },
		notes: unknownParts(content, known, `${path}.`),
	};
}
