import type { ContactIdentity } from '../../../nodes/core/conversation/contact';
import type { ContactFacts } from '../../../nodes/core/conversation/facts';
import type { Contact } from '../../../nodes/core/state/replica';
import { Replica } from '../../../nodes/core/state/replica';

import type { Told } from './arbitraries';

/** A replica that was told all of this, in this order. */
export function replicaOf(told: Iterable<Told>): Replica {
	const replica = new Replica();
	for (const { identity, facts } of told) replica.join(identity, facts);
	return replica;
}

/** Everything a replica knows of these contacts, in their order. */
export function answersOf(replica: Replica, identities: readonly ContactIdentity[]) {
	return identities.map((identity): ContactFacts => replica.factsOf(identity));
}

/** All contacts of a replica in one form and order, whichever way it keeps them. */
export function contactsOf(replica: Replica): Contact[] {
	return [...replica.contacts()].sort((a, b) => (a.ids[0] < b.ids[0] ? -1 : 1));
}
