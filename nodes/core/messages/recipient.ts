import { isUserId } from '../conversation/contact';
import { EmptyInput, InputError } from '../inputError';
import { internationalDigits, isBlankNumber, plainNumber } from '../phoneNumber';

/** To whom a message goes. */
export type Recipient =
	| { kind: 'phone'; /** International number, digits only. */ phone: string }
	| { kind: 'userId'; /** Business-scoped user ID. */ userId: string };

const EXAMPLE = '+49 176 04069000';

/**
 * Reads a recipient: a phone number as {@link internationalDigits} does, or a business-scoped user ID
 * (rule D12). A number without `+` is taken as if it had one.
 *
 * @param field display name of the parameter
 * @throws InputError when it is empty (rule T35), has no country code, or is something else
 */
export function parseRecipient(value: unknown, field = 'To'): Recipient {
	if (typeof value === 'number' && (!Number.isSafeInteger(value) || value < 0)) {
		throw new InputError(
			field,
			`'${field}' is ${value}, a number that cannot be a phone number.`,
			`Pass the phone number as text, e.g. ${EXAMPLE}.`,
		);
	}
	if (!['string', 'number', 'bigint', 'undefined'].includes(typeof value) && value !== null) {
		throw new InputError(
			field,
			`'${field}' is neither text nor a number.`,
			`Pass one phone number with its country code, e.g. ${EXAMPLE}.`,
		);
	}
	const text = String(value ?? '');
	if (/\{\{.*\}\}/s.test(text)) {
		throw new InputError(
			field,
			`'${field}' is '${text}', an expression that is not evaluated.`,
			"Switch the field from 'Fixed' to 'Expression'.",
		);
	}
	const plain = plainNumber(text);
	if (isUserId(plain)) return { kind: 'userId', userId: plain };
	if (isBlankNumber(plain)) {
		throw new EmptyInput(
			field,
			`Fill it with a phone number with its country code, e.g. ${EXAMPLE}, or with a user ID.`,
		);
	}
	const phone = internationalDigits(text, {
		field,
		not: 'is neither a phone number nor a user ID',
		hint: `Write one number with its country code, e.g. ${EXAMPLE}, or a user ID such as US.13491208655302741918; groups cannot be addressed.`,
	});
	return { kind: 'phone', phone };
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
