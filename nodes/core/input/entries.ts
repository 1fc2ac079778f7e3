import { InputError } from '../inputError';

/** The fewest and the most that there may be. */
export type Limits = readonly [min: number, max: number];

/**
 * @param field display name of the collection
 * @throws InputError unless `min` ≤ `count` ≤ `max`
 */
export function checkCount(field: string, count: number, [min, max]: Limits, where = ''): void {
	if (count >= min && count <= max) return;
	const limits = count > max && min <= 1 ? `at most ${max}` : `${min} to ${max}`;
	throw new InputError(
		field,
		`${where}'${field}' has ${count} ${count === 1 ? 'entry' : 'entries'}; WhatsApp takes ${limits}.`,
		count < min ? `Add ${min - count}.` : `Remove ${count - max}.`,
	);
}

/**
 * The entries of a form's collection.
 *
 * @param field display name of the collection
 * @param where what goes before the name, where several collections have the same one
 * @throws InputError when it is no list of objects, or has too few or too many
 */
export function entriesOf<T extends object>(
	field: string,
	value: readonly T[] | undefined,
	limits: Limits,
	where = '',
): readonly T[] {
	const entries: unknown = value ?? [];
	if (!Array.isArray(entries) || entries.some((entry) => typeof entry !== 'object' || !entry)) {
		throw new InputError(
			field,
			`${where}'${field}' is not a list of entries.`,
			'Add the entries in the form, or pass a list of objects.',
		);
	}
	checkCount(field, entries.length, limits, where);
	return entries as T[];
}

/**
 * Refuses the same text in two entries: WhatsApp tells answers apart by it.
 *
 * @param field display name of the repeated field
 * @param places what each entry is called: `Button 2`
 * @throws InputError
 */
export function refuseRepeats(field: string, values: string[], places: string[]): void {
	values.forEach((value, index) => {
		const first = values.indexOf(value);
		if (first === index) return;
		throw new InputError(
			field,
			`${places[index]}: '${field}' is the same as that of ${places[first].toLowerCase()}.`,
			`Give each its own '${field}'.`,
		);
	});
}
