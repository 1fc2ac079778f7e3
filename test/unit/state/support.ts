import type { ContactIdentity } from '../../../nodes/core/conversation/contact';
import type { ContactFacts } from '../../../nodes/core/conversation/facts';
import type { IdRecord } from '../../../nodes/core/state/memory/idRecord';
import { Replica } from '../../../nodes/core/state/memory/replica';

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

/** All that a replica was told, by identifier, whichever way it keeps it. */
export function recordsOf(replica: Replica): IdRecord[] {
	const ids = [...replica.people()].flatMap(({ identity }) => [identity.userId, identity.phone]);
	const all = replica.relatives([
		...ids.filter((id) => id !== undefined),
		...Array.from(replica.others(), ({ id }) => id),
	]);
	return all.flatMap((id) => replica.recordOf(id) ?? []).sort((a, b) => (a.id < b.id ? -1 : 1));
}
