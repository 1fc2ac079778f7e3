import type { ContactIdentity } from '../conversation/contact';
import { hasFacts, type ContactFacts } from '../conversation/facts';

import { Replica } from './memory/replica';

/** What some items tell about contacts, apart from all else that is known. */
export class ToldFacts {
	private readonly replicas = new Map<string, Replica>();

	/** For how many business numbers something was told. */
	get size(): number {
		return this.replicas.size;
	}

	/** @param seenAt when both names were one contact's, epoch seconds */
	tell(
		businessNumberId: string,
		contact: ContactIdentity,
		facts: ContactFacts,
		seenAt: number,
	): void {
		const replica = this.replicas.get(businessNumberId) ?? new Replica();
		replica.join(contact, facts, seenAt);
		this.replicas.set(businessNumberId, replica);
	}

	/** What is told about a contact; undefined when nothing is. */
	of(businessNumberId: string, contact: ContactIdentity): ContactFacts | undefined {
		const facts = this.replicas.get(businessNumberId)?.factsOf(contact);
		return facts && hasFacts(facts) ? facts : undefined;
	}
}
