import type { ConsentRecord, ConsentState } from './consent';

const STATES = new Map<string, ConsentState>([
	['stop', 'opted_out'],
	['resume', 'lifted'],
	['signup', 'opted_in'],
]);

/** What Meta's webhook `user_preferences` says a contact chose in WhatsApp. */
export interface Preference {
	/** Today always `marketing_messages`. */
	category: string;
	value: string;
	/** The sign-up link that was used. */
	signupId?: string;
	/** Epoch seconds. */
	at: number;
}

/**
 * The record of a contact's choice in WhatsApp (rule T26); undefined for what changes nothing.
 *
 * `resume` takes back the stop at Meta alone: marketing still needs the opt-in that was there before
 * (T24). `signup` is an opt-in of its own, since the contact used a sign-up link of the business.
 */
export function preferenceRecord(preference: Preference): ConsentRecord | undefined {
	const { category, value, signupId, at } = preference;
	const state = STATES.get(value);
	if (category !== 'marketing_messages' || !state) return undefined;
	return {
		scope: 'marketing',
		state,
		at,
		source: 'meta_preference',
		...(signupId ? { evidence: `signup ${signupId}` } : {}),
	};
}
