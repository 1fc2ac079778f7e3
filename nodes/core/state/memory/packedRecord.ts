import { isUserId } from '../../conversation/contact';
import { isBare, NO_FACTS } from '../../conversation/facts';

import { blankRecord, type IdRecord } from './idRecord';
import type { PackedContact } from './packedContacts';

/** The name under which a packed contact is found. */
export function nameOf({ userId, phone = '' }: PackedContact): string {
	return userId ?? phone;
}

export function recordOfPacked(packed: PackedContact): IdRecord {
	const { phone, first, last, lastInboundAt } = packed;
	return {
		...blankRecord(nameOf(packed)),
		facts: { ...NO_FACTS, lastInboundAt },
		links: packed.userId !== undefined && phone !== undefined ? [{ phone, first, last }] : [],
	};
}

/** A record in the form of the tables; undefined when it tells more than they hold. */
export function packedOf(record: IdRecord): PackedContact | undefined {
	const { id, facts, links, moves, firstName } = record;
	if (!isBare(facts) || links.length > 1 || moves.length > 0 || firstName) return undefined;
	const [link = { phone: undefined, first: 0, last: 0 }] = links;
	const { lastInboundAt } = facts;
	return isUserId(id)
		? { userId: id, ...link, lastInboundAt }
		: { phone: id, lastInboundAt, first: 0, last: 0 };
}
