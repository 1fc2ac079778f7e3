import { InputError } from '../inputError';

import { optionalObject } from './json';
import { NO_LIMIT, optionalLabel } from './text';

/** Meta's names of the texts in an object, with the display names of their fields. */
export type Labels<Name extends string> = Record<Name, string>;

/** Told of an entry that WhatsApp does not take, and that is left out. */
export type LeftOut = (entry: string) => void;

/** Where an object stands, and what becomes of entries that Meta does not know. */
export interface Place {
	/** What goes before the names of fields: `Contact 2: `. */
	where?: string;
	/** Takes entries that may be left out; without it they are refused. */
	leftOut?: LeftOut;
}

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
	place: Place = {},
): Partial<Record<Name, string>> {
	const { where = '' } = place;
	const object = optionalObject(field, value, where) ?? {};
	const names = Object.keys(labels) as Name[];
	checkUnknown(field, object, names, place);
	const texts: Partial<Record<Name, string>> = {};
	for (const name of names) {
		const text = optionalLabel(labels[name], object[name], NO_LIMIT, where);
		if (text !== undefined) texts[name] = text;
	}
	return texts;
}

/**
 * Refuses entries that Meta does not know, unless they are empty. Where some may be left out, those
 * stay refused that look like a known one, and those of an object that says nothing else.
 *
 * @throws InputError(field)
 */
export function checkUnknown(
	field: string,
	object: Record<string, unknown>,
	names: string[],
	{ where = '', leftOut }: Place,
): void {
	const entries = Object.keys(object).filter((name) => !isEmpty(object[name]));
	const isAnyKnown = entries.some((name) => names.includes(name));
	for (const entry of entries.filter((name) => !names.includes(name))) {
		if (!leftOut || !isAnyKnown || names.some((name) => isLike(name, entry))) {
			throw new InputError(
				field,
				`${where}'${field}' has an entry '${entry}', which WhatsApp does not know.`,
				`Use only: ${names.join(', ')}.`,
			);
		}
		leftOut(`${where}'${field}' has an entry '${entry}'`);
	}
}

function isEmpty(value: unknown): boolean {
	if (value === undefined || value === null || value === '') return true;
	return typeof value === 'object' && Object.keys(value).length === 0;
}

/** Whether one name may be meant by another: `phone` by `phones`, `firstName` by `first_name`. */
function isLike(name: string, entry: string): boolean {
	const [known, given] = [name, entry].map((text) => text.toLowerCase().replace(/[^a-z]/g, ''));
	return given.length > 2 && (known.startsWith(given) || given.startsWith(known));
}
