/**
 * Who a contact is. Since 2026 a contact with a username may come without a phone number, so the
 * business-scoped user ID goes first and the phone number second (rule D12).
 */
export interface ContactIdentity {
	/** International number, digits only, no '+' (Meta's `wa_id`). */
	phone?: string;
	/** Business-scoped user ID, e.g. `US.13491208655302741918`. */
	userId?: string;
}

const USER_ID = /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/;

/** Whether a text has the form of a business-scoped user ID (rule D12). */
export function isUserId(text: string): boolean {
	return USER_ID.test(text);
}

/**
 * The identity in the two fields in which Meta reports it. An empty string counts as absent (E39).
 * A user ID that arrives in the phone field is put where it belongs.
 */
export function identityOf(phone: unknown, userId: unknown): ContactIdentity {
	const identity: ContactIdentity = {};
	for (const value of [phone, userId]) {
		if (typeof value !== 'string') continue;
		const text = value.trim();
		if (isUserId(text)) identity.userId = text;
		// No phone number is longer (ITU E.164).
		else if (/^\+?\d{1,15}$/.test(text)) identity.phone = text.replace('+', '');
	}
	return identity;
}

/** The identity of a contact who is known by several identifiers: the first of each sort. */
export function identityOfAll(ids: readonly string[]): ContactIdentity {
	return { phone: ids.find((id) => !isUserId(id)), userId: ids.find(isUserId) };
}

/** What to write into 'To' in order to reach the contact; '' when nothing is known. */
export function addressOf({ userId, phone }: ContactIdentity): string {
	return userId ?? (phone ? `+${phone}` : '');
}

/** Country code, then what is written between it and the number in one of two forms (rule D13). */
const OPTIONAL_DIGITS: ReadonlyArray<[pattern: RegExp, canonical: string]> = [
	[/^(55\d{2})9(\d{8})$/, '$1$2'], // Brazil: the ninth digit of mobile numbers
	[/^521(\d{10})$/, '52$1'], // Mexico: the old mobile prefix
	[/^549(\d{10})$/, '54$1'], // Argentina: the mobile prefix
];

/**
 * One form of a phone number for comparing: Brazilian, Mexican and Argentine numbers reach us with
 * and without an extra digit (rule D13). Never to be sent to.
 *
 * @param phone digits only
 */
export function canonicalPhone(phone: string): string {
	if (phone.charCodeAt(0) !== 53) return phone; // all three countries begin with 5
	for (const [pattern, canonical] of OPTIONAL_DIGITS) {
		if (pattern.test(phone)) return phone.replace(pattern, canonical);
	}
	return phone;
}
