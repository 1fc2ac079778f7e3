import type { IDataObject } from 'n8n-workflow';

import { jsonValue } from '../input/json';
import { InputError } from '../inputError';
import { isObject } from '../isObject';
import { placeholdersOf } from '../templates/placeholders';

/** Display name of the parameter that holds a payload. */
export const PAYLOAD_FIELD = 'Text';

/** Refuses a part of a payload. @param message one sentence that names the part by its key */
export function refuse(message: string, hint: string): never {
	throw new InputError(PAYLOAD_FIELD, message, hint);
}

/**
 * The payload that an expression gives as it is, or a form as JSON text; undefined for a text that
 * is none.
 *
 * @throws InputError for text that begins as JSON and is not, for lists, and for the text of an HSM
 * that comes without its values
 */
export function payloadIn(value: unknown): IDataObject | undefined {
	const payload = isText(value) ? undefined : jsonValue(PAYLOAD_FIELD, value);
	if (isObject(payload)) return payload;
	if (Array.isArray(payload)) {
		refuse(
			`it is a list of ${payload.length}, where one element is needed.`,
			'Split the list into items first, for example with Split Out.',
		);
	}
	return undefined;
}

/** Whether a value is a text for people. @throws InputError for an HSM without its values */
function isText(value: unknown): value is string {
	// A text may begin with a placeholder, or with something in brackets.
	if (typeof value !== 'string' || /^\s*(\{(?!\{)|\[\s*[[{])/.test(value)) return false;
	refuseGaps(value);
	return true;
}

/** Refuses a text with a placeholder that nothing fills (rule R36). @throws InputError */
export function refuseGaps(text: string): void {
	const placeholder = placeholdersOf(text).find((name) => /^\d+$/.test(name));
	if (placeholder === undefined) return;
	refuse(
		`it is a text with the placeholder {{${placeholder}}} and no value for it.`,
		'Give the text and the values together, such as {"text": "Hi {{1}}!", "values": ["Ann"]}.',
	);
}

/** What stands under a key that must hold an object. @throws InputError */
export function objectIn(part: IDataObject, key: string, path = key, where = ''): IDataObject {
	const value = part[key];
	if (isObject(value)) return value;
	return refuse(`${where}'${path}' is not an object.`, 'Pass the payload as Haptik writes it.');
}

/** What stands under a key that must hold a list of objects; [] when it is missing. */
export function listIn(part: IDataObject, key: string, path = key): IDataObject[] {
	const value = part[key] ?? [];
	if (Array.isArray(value) && value.every(isObject)) return value as IDataObject[];
	return refuse(`'${path}' is not a list of objects.`, 'Pass the payload as Haptik writes it.');
}

/**
 * A note for each entry that is not known and holds something.
 *
 * @param path what goes before the keys: `data.`
 * @param where what goes before the sentences: `Item 2: `
 */
export function unknownParts(part: IDataObject, known: string[], path = '', where = ''): string[] {
	return Object.keys(part)
		.filter((key) => !known.includes(key) && holdsSomething(part[key]))
		.map((key) => `${where}'${path}${key}' was left out: there is no place for it.`);
}

/** Whether a flag is set, as a number, a boolean or a text. */
export function isSet(flag: unknown): boolean {
	return holdsSomething(flag) && !['0', 'false'].includes(String(flag).trim().toLowerCase());
}

/** Whether a value says anything: neither empty, nor zero, nor false. */
export function holdsSomething(value: unknown): boolean {
	if (typeof value === 'string') return value.trim() !== '';
	return typeof value === 'object' && value !== null ? Object.keys(value).length > 0 : !!value;
}
