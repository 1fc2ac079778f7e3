import { isUserId } from '../conversation/contact';
import { InputError } from '../inputError';

/** To whom a message goes. */
export type Recipient =
	| { kind: 'phone'; /** International number, digits only. */ phone: string }
	| { kind: 'userId'; /** Business-scoped user ID. */ userId: string };

const EXAMPLE = '+49 176 04069000';

/** Length of an international number with its country code, in digits (ITU E.164; 7 by practice). */
const MIN_DIGITS = 7;
const MAX_DIGITS = 15;

/** What people put between digits: white space, dashes, minus sign, dots, slashes, brackets. */
const SEPARATORS = /[\s\p{Pd}\u2212./\\()[\]]/gu;

/**
 * A trunk zero in brackets after the country code, as in `+49 (0) 176`. It is not dialled from
 * abroad, except in Italy (39).
 */
const TRUNK_ZERO = /^(\D*(?:00)?(?!39\D)[1-9]\d{0,2}\D*)[([]\s*0\s*[)\]]/;

function refuse(message: string, hint: string): never {
	throw new InputError('To', message, hint);
}

/** Half-width forms, plain digits, no invisible marks, no `tel:` or `whatsapp:` in front. */
function plain(text: string): string {
	return text
		.normalize('NFKC')
		.replace(/\p{Cf}/gu, '')
		.replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 0xf))
		.trim()
		.replace(/^(tel|whatsapp):\s*/i, '');
}

/** The digits of an international number. */
function phoneDigits(text: string): string {
	const compact = text.replace(TRUNK_ZERO, '$1').replace(SEPARATORS, '');
	if (!/^\+?\d+$/.test(compact)) {
		refuse(
			`'To' is neither a phone number nor a user ID: '${text}'.`,
			`Write one number with its country code, e.g. ${EXAMPLE}, or a user ID such as US.13491208655302741918; groups cannot be addressed.`,
		);
	}
	const digits = compact.replace(/^(\+|00)/, '');
	if (digits.startsWith('0')) {
		refuse(
			`'To' begins with 0, so its country code is missing: '${text}'.`,
			`Write the number with its country code, e.g. ${EXAMPLE}.`,
		);
	}
	if (digits.length < MIN_DIGITS || digits.length > MAX_DIGITS) {
		refuse(
			`'To' has ${digits.length} digits; a phone number with its country code has ${MIN_DIGITS} to ${MAX_DIGITS}.`,
			`Write one number with its country code, e.g. ${EXAMPLE}.`,
		);
	}
	return digits;
}

/**
 * Reads a recipient: a phone number in any usual way of writing (`+49 176 …`, `0049 (0)176-…`,
 * `tel:+49176…`, a number) or a business-scoped user ID (rule D12). The number must begin with its
 * country code; a number without `+` is taken as if it had one.
 *
 * @throws InputError('To') when it is empty (rule T35), has no country code, or is something else
 */
export function parseRecipient(value: unknown): Recipient {
	if (typeof value === 'number' && (!Number.isSafeInteger(value) || value < 0)) {
		refuse(
			`'To' is ${value}, a number that cannot be a phone number.`,
			`Pass the phone number as text, e.g. ${EXAMPLE}.`,
		);
	}
	if (!['string', 'number', 'undefined'].includes(typeof value) && value !== null) {
		refuse(
			"'To' is neither text nor a number.",
			`Pass one phone number with its country code, e.g. ${EXAMPLE}.`,
		);
	}
	const text = plain(String(value ?? ''));
	if (isUserId(text)) return { kind: 'userId', userId: text };
	if (text.replace(SEPARATORS, '') === '') {
		refuse(
			'No phone number or user ID was given.',
			`Fill 'To' with a phone number with its country code, e.g. ${EXAMPLE}, or with a user ID.`,
		);
	}
	return { kind: 'phone', phone: phoneDigits(text) };
}

/**
 * The field of the request that names the recipient. A phone number goes with `+`, because without
 * it Meta may put the country code of the business number in front (rule D13). A user ID goes into
 * `recipient`: in `to` it would be accepted and silently dropped (rule D12).
 */
export function addressFields(recipient: Recipient): { to: string } | { recipient: string } {
	return recipient.kind === 'phone'
		? { to: `+${recipient.phone}` }
		: { recipient: recipient.userId };
}
