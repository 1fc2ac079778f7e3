import { asciiDigits, withoutInvisible } from './characters';
import { InputError } from './inputError';
import { withoutTrunkPrefix } from './trunkPrefix';

const EXAMPLE = '+49 176 04069000';

/** Length of an international number with its country code, in digits (ITU E.164; 7 by practice). */
const MIN_DIGITS = 7;
const MAX_DIGITS = 15;

/** What people put between digits: white space, dashes, minus sign, dots, slashes, brackets. */
const SEPARATORS = /[\s\p{Pd}\u2212./\\()[\]]/gu;

/** As spreadsheets write a whole number: `919876543210.0`. */
const WITH_DECIMALS = /^(\+?\d{8,})[.,]0{1,2}$/;

/** As spreadsheets shorten a long number: `9.19877E+11`. */
const EXPONENT = /^[+-]?\d+([.,]\d+)?e[+-]?\d+$/i;

/** Digits after which a number is complete: no country code and area code are as long. */
const COMPLETE = String.raw`(?:\D*\d){8,}`;

/**
 * Digits that belong to something else: another ending after a slash, decimals, a note in brackets,
 * a second line, a small or circled number.
 */
const FOREIGN_DIGITS = [
	new RegExp(String.raw`^${COMPLETE}[^\d/\\]*[/\\]`),
	new RegExp(String.raw`^${COMPLETE}[^\d.]*\.\d$`),
	new RegExp(String.raw`^(?=[^.]*\.[^.]*$)${COMPLETE}[^\d.]*\.\d{2}$`),
	/^\+?\d{8,}\.\d{1,3}$/,
	/[([]\s*\d{1,2}\s*[)\]]$/,
	/[\n\r\v\f\u0085\u2028\u2029]/,
];

/** Half-width forms, plain digits, no invisible marks, no `tel:` or `whatsapp:` in front. */
export function plainNumber(text: string): string {
	return asciiDigits(withoutInvisible(text.normalize('NFKC')))
		.trim()
		.replace(/^(tel|whatsapp):\s*/i, '');
}

/** Whether a text holds nothing but what may stand between digits. */
export function isBlankNumber(plain: string): boolean {
	return plain.replace(SEPARATORS, '') === '';
}

/** Where a number stands. */
export interface NumberField {
	/** Display name of the parameter. */
	field: string;
	/** What goes before the name, where several fields have the same one: `Button 2: `. */
	where?: string;
	/** What is said of a text that is no number. */
	not?: string;
	hint?: string;
}

/** Every complaint about a number, with the text that was given. */
function refusal({ field, where = '', hint }: NumberField, what: string, text: string): InputError {
	return new InputError(
		field,
		`${where}'${field}' ${what}: '${text}'.`,
		hint ?? `Write one number with its country code, e.g. ${EXAMPLE}.`,
	);
}

/**
 * The digits of a number as people write it, with `+` where it was given. Says nothing about country
 * codes.
 *
 * @throws InputError when there is more or less in it than one number
 */
export function numberOf(text: string, field: NumberField): string {
	const plain = plainNumber(text);
	if (EXPONENT.test(plain)) {
		throw new InputError(
			field.field,
			`${field.where ?? ''}'${field.field}' is '${plain}': a spreadsheet has shortened the number, and its last digits are lost.`,
			'Format the column as text in the spreadsheet, and take the numbers from there anew.',
		);
	}
	const whole = WITH_DECIMALS.exec(plain)?.[1] ?? plain;
	const compact = whole.replace(SEPARATORS, '');
	if (!/^\+?\d+$/.test(compact)) throw refusal(field, field.not ?? 'is not a phone number', text);
	// Normalised, '²' would be a digit.
	if (/\p{No}/u.test(text) || FOREIGN_DIGITS.some((form) => form.test(whole))) {
		throw refusal(field, 'has digits that are not part of one number', text);
	}
	return compact;
}

/**
 * The digits of an international number, written in any usual way: `+49 176 …`, `0049 (0)176-…`,
 * `tel:+49176…`, `49176….0`, also with digits of other scripts. It must begin with its country code;
 * a trunk zero behind that is dropped where the country has one.
 *
 * @throws InputError as {@link numberOf}, and for what no country's number can be
 */
export function internationalDigits(text: string, field: NumberField): string {
	const written = numberOf(text, field).replace(/^(\+|00)/, '');
	if (written.startsWith('0')) {
		throw refusal(field, 'begins with 0, so its country code is missing', text);
	}
	const digits = withoutTrunkPrefix(written, plainNumber(text));
	if (digits === undefined) {
		throw refusal(
			field,
			'has a 0 behind the country code, where no number of that country has one',
			text,
		);
	}
	if (digits.length < MIN_DIGITS || digits.length > MAX_DIGITS) {
		const { length } = digits;
		const limits = `${MIN_DIGITS} to ${MAX_DIGITS}`;
		const shown = text.length > 2 * MAX_DIGITS ? `${text.slice(0, 2 * MAX_DIGITS)}…` : text;
		throw refusal(
			field,
			`has ${length === 1 ? 'one digit' : `${length} digits`}; a phone number with its country code has ${limits}`,
			shown,
		);
	}
	return digits;
}

/** Most digits of a number without its country code in the countries where most people write. */
const MOST_NATIONAL_DIGITS = 10;

/**
 * Whether the country code of a number may be missing: it is as short as numbers are without one, and
 * neither `+` nor `00` says that it is there.
 */
export function mayLackCountryCode(text: string): boolean {
	const plain = plainNumber(text).replace(SEPARATORS, '');
	return /^[1-9]\d*$/.test(plain) && plain.length <= MOST_NATIONAL_DIGITS;
}
