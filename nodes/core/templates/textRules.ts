import { characterCount } from '../characters';
import { InputError } from '../inputError';

import type { TemplateField } from './element';

const FORBIDDEN = [
	{ pattern: /[\r\n]/, what: 'a line break', mend: 'Replace line breaks with spaces.' },
	{ pattern: /\t/, what: 'a tab', mend: 'Replace tabs with spaces.' },
	{
		pattern: / {5}/,
		what: 'more than four spaces in a row',
		mend: 'Leave at most four spaces in a row.',
	},
];

/**
 * Refuses what WhatsApp refuses in a template value (Meta: code 132018): line breaks, tabs and more
 * than four spaces in a row. @throws InputError
 */
export function checkText({ label }: TemplateField, value: string): void {
	const broken = FORBIDDEN.find(({ pattern }) => pattern.test(value));
	if (broken) {
		throw new InputError(
			label,
			`'${label}' contains ${broken.what}, which WhatsApp does not accept in a template value.`,
			broken.mend,
		);
	}
}

/** Refuses a value of more than `limit` characters. @throws InputError */
export function checkLength({ label }: TemplateField, value: string, limit: number): void {
	const length = characterCount(value);
	if (length > limit) {
		throw new InputError(
			label,
			`'${label}' is ${length} characters long; WhatsApp accepts at most ${limit}.`,
			'Shorten the value.',
		);
	}
}
