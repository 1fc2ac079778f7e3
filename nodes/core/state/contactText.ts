import { NO_FACTS } from '../conversation/facts';

import { consentText, readConsentText } from './consentText';
import type { Contact } from './replica';

/*
 * The saved form of a contact with all that is known of it: `,` between fields, `+` inside a field,
 * empty fields at the end left out.
 *
 *     identifiers, last message, refused, free entry point: candidate, until, marketing limited,
 *     consent, identity change, linked
 */

/** Contacts never change, they are replaced, so each is written only once. */
const written = new WeakMap<Contact, string>();

/** Packs a contact into a text without the characters `;` and `~`. */
export function contactText(contact: Contact): string {
	const known = written.get(contact);
	if (known !== undefined) return known;
	const text = write(contact);
	written.set(contact, text);
	return text;
}

function write({ ids, facts }: Contact): string {
	const { at, to } = facts.identityChange;
	return [
		ids.join('+'),
		timeText(facts.lastInboundAt),
		timeText(facts.refusedAt),
		timeText(facts.freeEntryPointCandidateAt),
		timeText(facts.freeEntryPointUntil),
		timeText(facts.marketingLimitedAt),
		consentText(facts.consent),
		at === 0 ? '' : [timeText(at), ...to].join('+'),
		timeText(facts.linkedAt),
	]
		.join(',')
		.replace(/,+$/, '');
}

function timeText(at: number): string {
	return at === 0 ? '' : at.toString(36);
}

/** The contact of a text; undefined when there is none in it. */
export function readContactText(text: string): Contact | undefined {
	const [ids, ...fields] = text.split(',');
	if (!ids) return undefined;
	const [changedAt, ...to] = (fields[6] ?? '').split('+');
	return {
		ids: ids.split('+'),
		facts: {
			lastInboundAt: readTime(fields[0]),
			refusedAt: readTime(fields[1]),
			freeEntryPointCandidateAt: readTime(fields[2]),
			freeEntryPointUntil: readTime(fields[3]),
			marketingLimitedAt: readTime(fields[4]),
			linkedAt: readTime(fields[7]),
			consent: fields[5] ? readConsentText(fields[5]) : NO_FACTS.consent,
			identityChange: changedAt ? { at: readTime(changedAt), to } : NO_FACTS.identityChange,
		},
	};
}

function readTime(text = ''): number {
	return parseInt(text, 36) || 0;
}
