import { characterCount } from '../characters';
import { InputError } from '../inputError';

import type { TemplateField } from './element';

type Labelled = Pick<TemplateField, 'label'>;

/** The option that mends all of it at once. */
const CLEAN_UP = "Add the option 'Clean Up Parameter Values'";

const FORBIDDEN = [
	{
		pattern: /[\r\n]/,
		what: 'a line break',
		mend: `${CLEAN_UP}, or replace line breaks with spaces.`,
	},
	{ pattern: /\t/, what: 'a tab', mend: `${CLEAN_UP}, or replace tabs with spaces.` },
	{
		pattern: / {5}/,
		what: 'more than four spaces in a row',
		mend: `${CLEAN_UP}, or leave at most four spaces in a row.`,
	},
];

/**
 * Refuses what WhatsApp refuses in a template value (Meta: code 132018): line breaks, tabs and more
 * than four spaces in a row. @throws InputError
 */
export function checkText({ label }: Labelled, value: string): void {
	const broken = FORBIDDEN.find(({ pattern }) => pattern.test(value));
	if (broken) {
		throw new InputError(
			label,
			`'${label}' contains ${broken.what}, which WhatsApp does not accept in a template value.`,
			broken.mend,
		);
	}
}

/**
 * The value with what `checkText` refuses mended: each run of white space with a line break or a tab
 * in it, and each run of more than four spaces, becomes one space.
 */
export function cleanValue(value: string): string {
	return value.replace(/\s*[\r\n\t]\s*| {5,}/g, ' ');
}

/** Refuses a value of more than `limit` characters. @throws InputError */
export function checkLength({ label }: Labelled, value: string, limit: number): void {
	const length = characterCount(value);
	if (length > limit) {
		throw new InputError(
			label,
			`'${label}' is ${length} characters long; WhatsApp accepts at most ${limit}.`,
			'Shorten the value.',
		);
	}
}
