import { noesOf } from '../../conversation/consent';
import { isUserId } from '../../conversation/contact';
import {
	factsBetween,
	joinFacts,
	latestTimeOf,
	NO_FACTS,
	type ContactFacts,
} from '../../conversation/facts';
import { blankRecord, keyOf, type IdRecord, type Link } from '../memory/idRecord';

import { readFactFields, readTime } from './contactText';

/*
 * What version 0.1.0 saved of a contact: all its identifiers together, old ones too.
 *
 *     identifiers, last message, refused, free entry point: candidate, until, marketing limited,
 *     consent, identity change: at+identifiers, linked
 */

/** A contact of version 0.1.0. Times are epoch seconds. */
interface OldContact {
	ids: readonly string[];
	facts: ContactFacts;
	/** When phone number and user ID were last seen together; 0: the last message tells. */
	linkedAt: number;
	/** The latest reported change, and the identifiers that are valid since; 0: there was none. */
	changedAt: number;
	to: readonly string[];
}

/** What a saved text of version 0.1.0 tells, as it is kept now. */
export function readOldContact(text: string): IdRecord[] {
	const [ids] = text.split(',', 1);
	return ids ? oldRecords(ids.split('+'), text.slice(ids.length + 1)) : [];
}

/** @param factsText the fields after the identifiers */
export function oldRecords(ids: readonly string[], factsText: string): IdRecord[] {
	const fields = factsText.split(',');
	const [changedAt, ...to] = (fields[6] ?? '').split('+');
	return recordsOf({
		ids,
		facts: readFactFields(fields),
		linkedAt: readTime(fields[7]),
		changedAt: readTime(changedAt),
		to,
	});
}

function recordsOf(contact: OldContact): IdRecord[] {
	const { ids, facts, changedAt, to } = contact;
	const current = changedAt > 0 ? ids.filter((id) => isAmong(to, id)) : ids;
	const former = ids.filter((id) => !isAmong(current, id));
	const isOnePerson = current.filter(isUserId).length < 2 && phonesOf(current).length < 2;
	if (!isOnePerson || current.length === 0) return cautiousRecords(ids, facts);
	if (former.length === 0) return recordsOfOne(current, facts, contact.linkedAt);

	const before = factsBetween(facts, 0, changedAt + 1);
	const after = factsBetween(facts, changedAt + 1, Infinity);
	const moved = former.map((id) => ({
		...blankRecord(id),
		// The consent alone goes on to the new identifiers.
		facts: before,
		moves: [{ at: changedAt, to: [...current].sort() }],
	}));
	return [...moved, ...recordsOfOne(current, after, changedAt)];
}

function recordsOfOne(ids: readonly string[], facts: ContactFacts, linkedAt: number): IdRecord[] {
	const userId = ids.find(isUserId);
	const [phone] = phonesOf(ids);
	if (userId === undefined) return [{ ...blankRecord(phone), facts }];
	const at = seenAt(facts, linkedAt);
	const links: Link[] = phone === undefined || at === 0 ? [] : [{ phone, first: at, last: at }];
	const records: IdRecord[] = [{ ...blankRecord(userId), facts, links }];
	if (phone !== undefined && facts.consent.length > 0) {
		const consent = noesOf(facts.consent);
		records.push({ ...blankRecord(phone), facts: { ...NO_FACTS, consent } });
	}
	return records;
}

/**
 * Several people may have been taken for one: the number of one came to another. Nobody gets a window
 * or a yes by that, and everybody a no.
 */
function cautiousRecords(ids: readonly string[], { consent }: ContactFacts): IdRecord[] {
	const noes = { ...NO_FACTS, consent: noesOf(consent) };
	return ids.map((id) => ({ ...blankRecord(id), facts: joinFacts(NO_FACTS, noes) }));
}

/** When the pair was last seen: consent tells it where nothing else does. */
function seenAt(facts: ContactFacts, linkedAt: number): number {
	const at = Math.max(latestTimeOf({ ...facts, freeEntryPointUntil: 0 }), linkedAt);
	return at > 0 ? at : Math.max(0, ...facts.consent.map((record) => record.at));
}

function phonesOf(ids: readonly string[]): string[] {
	return ids.filter((id) => !isUserId(id));
}

function isAmong(ids: readonly string[], id: string): boolean {
	return ids.some((other) => keyOf(other) === keyOf(id));
}
