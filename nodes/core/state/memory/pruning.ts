import { hasFacts, latestTimeOf, NO_FACTS } from '../../conversation/facts';
import { handedOverUntil } from '../../conversation/owner';
import { notOver } from '../../conversation/remembered';

import { PAIR_RETENTION_SECONDS } from './belongings';
import { firstNamePart, isEmpty, keyOf, type IdRecord } from './idRecord';
import type { PackedContact } from './packedContacts';
import type { Records } from './records';

/**
 * How long facts without consent are kept after the contact's last message, in seconds: as long
 * as Meta repeats deliveries. A closed window can so be told from one never seen.
 */
export const RETENTION_SECONDS = 7 * 86_400;

/** Until when what a record tells can matter, epoch seconds; Infinity: always. */
export function keptUntil({ facts, links, moves, firstName }: IdRecord): number {
	if (facts.consent.length > 0 || moves.length > 0) return Infinity;
	const times = [...links.map(({ last }) => last), firstName?.at ?? 0];
	const seen = times.map((at) => at + PAIR_RETENTION_SECONDS);
	const ends = facts.remembered.map(({ until }) => until);
	const sure = Math.max(latestTimeOf(facts) + RETENTION_SECONDS, handedOverUntil(facts.owner));
	return Math.max(sure, ...ends, ...seen);
}

/**
 * Whether nothing that a packed contact tells can matter any more.
 *
 * @param ofPhone what is recorded of its phone number, where that has a record of its own
 */
export function isPackedOver(
	{ phone, lastInboundAt, last }: PackedContact,
	ofPhone: IdRecord | undefined,
	now: number,
): boolean {
	const keptUntilAt = Math.max(
		lastInboundAt + RETENTION_SECONDS,
		phone === undefined ? 0 : last + PAIR_RETENTION_SECONDS,
	);
	return keptUntilAt < now && !holdsForLong(ofPhone);
}

/** Whether phone number and user ID of a packed contact are no longer one contact's. */
export function isPairOver({ userId, last }: PackedContact, now: number): boolean {
	return userId !== undefined && last < now - PAIR_RETENTION_SECONDS;
}

/** What of a record can still matter; undefined when nothing can. */
export function pruned(record: IdRecord, records: Records, now: number): IdRecord | undefined {
	const { id, moves, firstName } = record;
	const remembered = notOver(record.facts.remembered, now);
	const isSame = remembered === record.facts.remembered;
	const facts = isSame ? record.facts : { ...record.facts, remembered };
	const isRecent = (at: number) => at >= now - PAIR_RETENTION_SECONDS;
	// Whose a number was has to be known for as long as what was told under it.
	const links = record.links.filter(
		({ phone, last }) => isRecent(last) || holdsForLong(records.recordOf(phone)),
	);
	const isKept =
		facts.consent.length > 0 ||
		remembered.length > 0 ||
		latestTimeOf(facts) >= now - RETENTION_SECONDS ||
		handedOverUntil(facts.owner) >= now;
	const isMoved =
		isKept ||
		links.length > 0 ||
		moves.some(({ at }) => isRecent(at)) ||
		[...records.usersOf(keyOf(id)), ...records.sourcesOf(keyOf(id))].some(
			(one) => records.toldOf(one).consent.length > 0 || records.movesFrom(one).length > 0,
		);
	// As long as the contact is known by its name of now.
	const isNamed = isKept || links.length > 0 || (firstName !== undefined && isRecent(firstName.at));
	if (
		isSame &&
		(isKept || !hasFacts(facts)) &&
		(isNamed || !firstName) &&
		links.length === record.links.length &&
		(isMoved || moves.length === 0)
	) {
		return isEmpty(record) ? undefined : record;
	}
	const left = {
		id,
		facts: isKept ? facts : NO_FACTS,
		links,
		moves: isMoved ? moves : [],
		...firstNamePart(isNamed ? firstName : undefined),
	};
	return isEmpty(left) ? undefined : left;
}

function holdsForLong(record: IdRecord | undefined): boolean {
	return record !== undefined && (record.facts.consent.length > 0 || record.moves.length > 0);
}
