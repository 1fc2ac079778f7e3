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

/** No phone number is longer than 15 digits (ITU E.164): what is, names nobody. */
const PHONE = /^\+?\d{1,15}$/;

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
		else if (PHONE.test(text)) identity.phone = text.replace('+', '');
	}
	return identity;
}

/** The identity that one identifier alone tells. */
export function identityOfId(id: string): ContactIdentity {
	return isUserId(id) ? { userId: id } : { phone: id };
}

/** The identity that some identifiers of one contact tell. */
export function identityOfIds(ids: readonly string[]): ContactIdentity {
	return Object.assign({}, ...ids.map(identityOfId)) as ContactIdentity;
}

/** What to write into 'To' in order to reach the contact; '' when nothing is known. */
export function addressOf({ userId, phone }: ContactIdentity): string {
	return userId ?? (phone ? `+${phone}` : '');
}

/** The longer of two forms in which one number is written, and the shorter one (rules D13, E50). */
const LONG_FORMS: ReadonlyArray<[pattern: RegExp, short: string]> = [
	// Brazil: the ninth digit, which mobile numbers alone were given: those that begin with 6 to 9.
	[/^(55\d{2})9([6-9]\d{7})$/, '$1$2'],
	[/^521(\d{10})$/, '52$1'], // Mexico: the old mobile prefix
	[/^549(\d{10})$/, '54$1'], // Argentina: the mobile prefix
	[/^22901(\d{8})$/, '229$1'], // Benin, since 2024, by its public numbering plan
	// Ivory Coast, since 2021, by its public numbering plan: mobile numbers got the prefix of the
	// operator, which the old number's second digit tells: Moov 01, MTN 05, Orange 07.
	[/^22501([04-9][0-3]\d{6})$/, '225$1'],
	[/^22505([04-9][4-6]\d{6})$/, '225$1'],
	[/^22507([04-9][7-9]\d{6})$/, '225$1'],
];

/** Digits of every long form. */
const LONG = 13;

/**
 * One form of a phone number for comparing: some countries' numbers reach us in two (rules D13, E50).
 * Never to be sent to.
 *
 * @param phone digits only
 */
export function canonicalPhone(phone: string): string {
	if (phone.length !== LONG) return phone;
	// All these countries begin with 2 or 5.
	const first = phone.charCodeAt(0);
	if (first !== 50 && first !== 53) return phone;
	for (const [pattern, short] of LONG_FORMS) {
		if (pattern.test(phone)) return phone.replace(pattern, short);
	}
	return phone;
}
