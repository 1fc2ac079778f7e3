import type { ContactIdentity } from '../conversation/contact';

import type { Erasure } from './replica';

/** What is to be stored about a contact, beside the facts that the replica holds. */
export interface ContactNews {
	contact: ContactIdentity;
	/** Profile name, where it was told. */
	name?: string;
	/** Key of a delivery that has started a workflow. */
	delivery?: string;
	/** When the news came, epoch seconds. */
	at: number;
}

/**
 * Where conversation state is kept beside the process: it keeps the process's replicas and what
 * others know in step. The replica stays the place where facts are joined and read.
 */
export interface ConversationStore {
	/**
	 * Whether others write there too, so that this process alone never knows everything: contacts
	 * have to be loaded before they are asked about.
	 */
	readonly isShared: boolean;

	/**
	 * Joins what is stored of some contacts into the replica.
	 *
	 * @throws StateUnavailable
	 */
	load(businessNumberId: string, contacts: ContactIdentity[]): Promise<void>;

	/**
	 * Joins what is stored of all contacts of a business number into the replica.
	 *
	 * @throws StateUnavailable
	 */
	loadAll(businessNumberId: string): Promise<void>;

	/**
	 * Stores what the replica knows of some contacts. What cannot be stored now is stored by a later
	 * call.
	 *
	 * @throws StateUnavailable
	 */
	save(businessNumberId: string, news: ContactNews[]): Promise<void>;

	/**
	 * Removes what is stored of a contact, who has been forgotten by the replica.
	 *
	 * @param erasures what was forgotten
	 * @throws StateUnavailable
	 */
	remove(businessNumberId: string, erasures: readonly Erasure[]): Promise<void>;

	/** Whether a delivery of a loaded contact has started a workflow already, in any process. */
	wasSeen(businessNumberId: string, contact: ContactIdentity, delivery: string): boolean;
}
