import { InputError } from '../inputError';
import { isObject } from '../isObject';
import { jsonIn } from '../json';

type JsonObject = Record<string, unknown>;

/**
 * A value that an expression gives as it is, or a form as JSON text.
 *
 * @param field display name of the parameter
 * @throws InputError when the text is not JSON
 */
export function jsonValue(field: string, value: unknown): unknown {
	if (typeof value !== 'string') return value;
	const json = jsonIn(value);
	if (json !== undefined) return json;
	throw new InputError(
		field,
		`'${field}' is not valid JSON.`,
		'Look for a missing quote, comma or bracket, or pass the value by an expression.',
	);
}

/**
 * An object, or the JSON text of one; `undefined` when the field is empty or the object has no
 * entries.
 *
 * @param field display name of the parameter
 * @param where what goes before the name, where several fields have the same one
 * @throws InputError for anything else
 */
export function optionalObject(field: string, value: unknown, where = ''): JsonObject | undefined {
	if (value === undefined || value === null) return undefined;
	if (typeof value === 'string' && value.trim() === '') return undefined;
	const object = jsonValue(field, value);
	if (!isObject(object)) {
		throw new InputError(
			field,
			`${where}'${field}' is not an object.`,
			'Pass an object with names and values, such as {"name": "Anna"}.',
		);
	}
	return Object.keys(object).length > 0 ? object : undefined;
}
