import { InputError } from '../inputError';

import { NO_LIMIT, optionalLabel } from './fields';
import { optionalObject } from './json';

/** Meta's names of the texts in an object, with the display names of their fields. */
export type Labels<Name extends string> = Record<Name, string>;

/**
 * The texts of an object; those that are empty are left out.
 *
 * @param field display name of the object
 * @throws InputError when it is no object, has an entry that Meta does not know, or one of its
 * values is no text
 */
export function namedTexts<Name extends string>(
	field: string,
	value: unknown,
	labels: Labels<Name>,
	where = '',
): Partial<Record<Name, string>> {
	const object = optionalObject(field, value, where) ?? {};
	const unknown = Object.keys(object).find((name) => !Object.hasOwn(labels, name));
	if (unknown !== undefined) {
		throw new InputError(
			field,
			`${where}'${field}' has an entry '${unknown}', which WhatsApp does not know.`,
			`Use only: ${Object.keys(labels).join(', ')}.`,
		);
	}
	const texts: Partial<Record<Name, string>> = {};
	for (const name of Object.keys(labels) as Name[]) {
		const text = optionalLabel(labels[name], object[name], NO_LIMIT, where);
		if (text !== undefined) texts[name] = text;
	}
	return texts;
}
