/** Absent, or a text with nothing to be seen in it. */
export function isEmpty(value: unknown): boolean {
	return value === undefined || value === null || (typeof value === 'string' && !value.trim());
}

/** A value in a sentence about it. */
export function shown(value: unknown): string {
	if (Array.isArray(value)) return 'a list';
	return typeof value === 'object' && !(value instanceof Date) ? 'an object' : `'${String(value)}'`;
}
