import { characterCount, isBlank, wellFormed } from '../characters';
import { EmptyInput, InputError } from '../inputError';

/** For texts whose length Meta does not limit. */
export const NO_LIMIT = Infinity;

/**
 * The value of a field as text; '' when nothing was given. Expressions may give numbers and
 * booleans, which become text; halves of characters are replaced.
 *
 * @param field display name of the parameter
 * @param where what goes before the name, where several fields have the same one: `Button 2: `
 * @throws InputError for lists, objects, and whole numbers that have lost digits on the way
 */
export function textOf(field: string, value: unknown, where = ''): string {
	if (value === undefined || value === null) return '';
	if (typeof value === 'string') return wellFormed(value);
	if (typeof value === 'boolean') return String(value);
	if (typeof value === 'number' && Number.isFinite(value)) {
		if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
			throw new InputError(
				field,
				`${where}'${field}' is a number with more digits than a number can keep exactly.`,
				'Pass it as text, in quotes.',
			);
		}
		return String(value);
	}
	throw new InputError(
		field,
		`${where}'${field}' is not text.`,
		'Pass text; choose one value out of a list or an object.',
	);
}

/**
 * The text of a field that may stay empty; `undefined` when it holds nothing that can be seen.
 *
 * @param maxCharacters the limit, in characters (see {@link characterCount})
 * @throws InputError when the value is no text or too long
 */
export function optionalText(
	field: string,
	value: unknown,
	maxCharacters: number,
	where = '',
): string | undefined {
	const text = textOf(field, value, where);
	if (isBlank(text)) return undefined;
	const count = characterCount(text);
	if (count > maxCharacters) {
		throw new InputError(
			field,
			`${where}'${field}' has ${count} characters; WhatsApp allows at most ${maxCharacters}.`,
			`Shorten it by ${count - maxCharacters}.`,
		);
	}
	return text;
}

/**
 * The text of a field that must be filled.
 *
 * @param maxCharacters the limit, in characters (see {@link characterCount})
 * @throws InputError when the value is empty, no text or too long
 */
export function requiredText(
	field: string,
	value: unknown,
	maxCharacters: number,
	where = '',
): string {
	const text = optionalText(field, value, maxCharacters, where);
	if (text === undefined) {
		throw new EmptyInput(field, undefined, where);
	}
	return text;
}

/**
 * As {@link optionalText}, without white space around it: for names and IDs, of which it is never
 * meant to be part.
 */
export function optionalLabel(
	field: string,
	value: unknown,
	maxCharacters: number,
	where = '',
): string | undefined {
	return optionalText(field, textOf(field, value, where).trim(), maxCharacters, where);
}

/** As {@link requiredText}, without white space around it. */
export function requiredLabel(
	field: string,
	value: unknown,
	maxCharacters: number,
	where = '',
): string {
	return requiredText(field, textOf(field, value, where).trim(), maxCharacters, where);
}

/**
 * The ID of a WhatsApp message (`wamid.…`), without white space around it.
 *
 * @throws InputError('Message ID') when it is empty or cannot be an ID
 */
export function messageId(value: unknown): string {
	const id = textOf('Message ID', value).trim();
	if (/^\S+$/.test(id)) return id;
	const hint =
		'Give the ID of a message as the trigger or a send reports it; it begins with wamid.';
	if (id === '') throw new EmptyInput('Message ID', hint);
	throw new InputError('Message ID', "'Message ID' contains white space.", hint);
}
