import { NO_FACTS, type ContactFacts } from './facts';

/**
 * What a refusal by the provider tells about the contact (rules E31, T26 and T28), at once or by a
 * later status: 131047 closes the window, 131050 stops marketing, 131049 pauses it. All of it counts from
 * the send: then the name in it was the contact's, which it may not be any more when the status comes
 * (E48), and only then does a later message of the contact open the window again (E32).
 *
 * @param kind the normalised kind of the refusal; other kinds tell nothing about the contact
 * @param sentAt when the refused message was sent, epoch seconds
 */
export function factsOfRefusal(kind: string, sentAt: number): ContactFacts | undefined {
	switch (kind) {
		case 'windowClosed':
			return { ...NO_FACTS, refusedAt: sentAt };
		case 'optedOut':
			return {
				...NO_FACTS,
				consent: [{ scope: 'marketing', state: 'opted_out', at: sentAt, source: 'provider_code' }],
			};
		case 'marketingLimited':
			return { ...NO_FACTS, marketingLimitedAt: sentAt };
		default:
			return undefined;
	}
}

/**
 * What is on record of the contact since a refusal, in a sentence.
 *
 * @param kind one of which {@link factsOfRefusal} tells something
 */
export function newsOfRefusal(kind: string): string {
	switch (kind) {
		case 'windowClosed':
			return 'The window counts as closed from now on, until the contact writes.';
		case 'optedOut':
			return 'The contact counts as opted out of marketing from now on.';
		default:
			return 'Marketing templates to this contact are held back for a day from now on.';
	}
}
