import type { AwaitedAnswer } from '../ask/openQuestions';
import type { Waiting } from '../ask/reference';
import { ALL_NUMBERS } from '../conversation/consent';
import { identityOfId, identityOfIds, type ContactIdentity } from '../conversation/contact';
import type { ContactFacts } from '../conversation/facts';
import type { Send } from '../sendNote';

import type { ContactNote } from './memory/contactNotes';
import { idsOf, keyOf, type Erasure, type Person, type Replica } from './memory/replica';
import { sessionKey } from './sessionKey';
import type { Urgency, WorkflowState } from './workflowState';

export type { ContactNote } from './memory/contactNotes';
export type { Person } from './memory/replica';

/** What other processes are to know of a contact, beside the facts. */
export interface ContactNews {
	contact: ContactIdentity;
	/** Profile name, where it was told. */
	name?: string;
	/** Key of a delivery that has started a workflow. */
	delivery?: string;
	/** When the news came, epoch seconds. */
	at: number;
}

/** In a run of messages to a contact others learn of one in this time. */
const WRITTEN_TO_SHARED_EVERY_SECONDS = 300;

/** A reported change: from then on the old identifiers belong to nobody (rule E45). */
export interface IdentityChange {
	from: readonly string[];
	to: readonly string[];
	/** Epoch seconds. */
	at: number;
}

/**
 * What is known of all contacts, as a run or a delivery of one workflow sees it. Facts are joined and
 * read in the memory of the process; the two places where they are kept differ in how that memory
 * and they are brought in step: {@link MemoryConversations} and {@link TableConversations}.
 */
export abstract class Conversations {
	/**
	 * Whether other processes write there too, so that this one alone never knows everything: contacts
	 * have to be loaded before they are asked about.
	 */
	abstract readonly isShared: boolean;

	/** When what others know could last be read, in milliseconds of a clock that nobody sets. */
	abstract readonly lastReadMs: number;

	/** @param saveRow has n8n save the workflow's row */
	constructor(
		protected readonly state: WorkflowState,
		protected readonly saveRow: (urgency: Urgency) => void,
	) {}

	/**
	 * Brings the memory up to date with what other processes know of some contacts of a number.
	 *
	 * @throws StateUnavailable
	 */
	abstract load(businessNumberId: string, contacts: ContactIdentity[]): Promise<void>;

	/**
	 * As {@link load}, for all contacts of a number.
	 *
	 * @throws StateUnavailable
	 */
	protected abstract loadAll(businessNumberId: string): Promise<void>;

	/**
	 * Lets other processes know what the memory holds of some contacts. What is not possible now
	 * is done by a later call.
	 *
	 * @throws StateUnavailable
	 */
	abstract share(businessNumberId: string, news: ContactNews[]): Promise<void>;

	/** Has kept what was joined. @param isNew whether this process did not know it */
	protected abstract keep(
		businessNumberId: string,
		news: ContactNews,
		isNew: boolean,
	): Promise<void>;

	/** Erases where it is kept what was erased in memory. @throws StateUnavailable */
	protected abstract erase(businessNumberId: string, erasures: readonly Erasure[]): Promise<void>;

	/** Whether another process, as far as loaded, has noted a delivery as one that started a workflow. */
	abstract wasSeenElsewhere(
		businessNumberId: string,
		contact: ContactIdentity,
		delivery: string,
	): boolean;

	/** Whether a delivery of a loaded contact has started this workflow already. */
	wasSeen(businessNumberId: string, contact: ContactIdentity, delivery: string): boolean {
		return (
			this.state.seen.has(delivery) || this.wasSeenElsewhere(businessNumberId, contact, delivery)
		);
	}

	/**
	 * As {@link load}, for one contact, with what holds for all numbers.
	 *
	 * @throws StateUnavailable
	 */
	async loadContact(businessNumberId: string, contact: ContactIdentity): Promise<void> {
		await Promise.all(
			[businessNumberId, ALL_NUMBERS].map(async (id) => await this.load(id, [contact])),
		);
		// What holds for all numbers may have been said under another identifier of the contact.
		const ids = this.state.replica(businessNumberId).relatives(idsOf(contact));
		await this.load(ALL_NUMBERS, ids.map(identityOfId));
	}

	/** What is known of a contact, with the consent that holds for all numbers. */
	factsOf(businessNumberId: string, contact: ContactIdentity): ContactFacts {
		return this.state.replica(businessNumberId).factsOf(contact, this.state.replica(ALL_NUMBERS));
	}

	/** What is known of a contact by one business number alone. */
	factsAtNumber(businessNumberId: string, contact: ContactIdentity): ContactFacts {
		return this.state.replica(businessNumberId).factsOf(contact);
	}

	/** The contact's phone number and user ID as far as known; those of `contact` go first. */
	identify(businessNumberId: string, contact: ContactIdentity): ContactIdentity {
		return this.state.replica(businessNumberId).identify(contact);
	}

	/**
	 * As {@link identify}, but only with identifiers that were the contact's at a time before.
	 *
	 * @param at epoch seconds
	 */
	identifyAt(businessNumberId: string, contact: ContactIdentity, at: number): ContactIdentity {
		return this.state.replica(businessNumberId).identifyAt(contact, at);
	}

	/** The same text for a contact in all forms of its number, and for its user ID where both are known. */
	keyOf(businessNumberId: string, contact: ContactIdentity): string {
		const { userId, phone = '' } = this.identify(businessNumberId, contact);
		return userId ?? keyOf(phone);
	}

	/** A trigger receives a number's deliveries from a time on, epoch seconds; the first call counts. */
	watch(businessNumberId: string, watcher: string, at: number): void {
		this.state.watch(businessNumberId, watcher, at);
	}

	/**
	 * Since when the deliveries of a business number have come in without a gap, epoch seconds, as this
	 * process can tell: one of many cannot.
	 */
	watchedSince(businessNumberId: string): number | undefined {
		return this.isShared ? undefined : this.state.replica(businessNumberId).watchedSince;
	}

	/**
	 * Joins what is told of a contact, in memory: the run saves it later.
	 *
	 * @param seenAt when WhatsApp named both identifiers together, epoch seconds; 0 when it did not
	 * @returns whether anything was new
	 */
	tell(
		businessNumberId: string,
		contact: ContactIdentity,
		facts: ContactFacts,
		seenAt: number,
	): boolean {
		return this.underFirstName(businessNumberId, { before: contact }, (replica) =>
			replica.join(contact, facts, seenAt),
		);
	}

	/**
	 * As {@link tell}: WhatsApp named phone number and user ID together (rule D12).
	 *
	 * @param at epoch seconds
	 */
	tellNames(businessNumberId: string, names: ContactIdentity, at: number): boolean {
		return this.underFirstName(businessNumberId, { before: names }, (replica) =>
			replica.link(names, at),
		);
	}

	/** As {@link tell}. Consent for all numbers goes along, also where another of them is asked. */
	tellChange(businessNumberId: string, { from, to, at }: IdentityChange): boolean {
		const change = { before: identityOfIds(from), after: identityOfIds(to), at };
		return this.underFirstName(businessNumberId, change, () =>
			[businessNumberId, ALL_NUMBERS]
				.map((id) => this.state.replica(id).move(from, to, at))
				.includes(true),
		);
	}

	/**
	 * What an agent's memory goes by: of a contact the same under a new phone number or user ID, and at
	 * each business number another one; '' where no identifier is known. Longer than a fingerprint, since
	 * whoever shared one would share a memory.
	 */
	sessionKeyOf(businessNumberId: string, contact: ContactIdentity): string {
		const name = this.state.replica(businessNumberId).firstNameOf(contact);
		return name && sessionKey(businessNumberId, name);
	}

	/**
	 * Goes on with a key that {@link sessionKeyOf} gave, perhaps in another process, where it was that of
	 * one of the contact's identifiers.
	 */
	keepSessionKey(businessNumberId: string, contact: ContactIdentity, key: string): void {
		if (this.sessionKeyOf(businessNumberId, contact) === key) return;
		const replica = this.state.replica(businessNumberId);
		const name = replica
			.firstNamesAround(contact)
			.find((one) => sessionKey(businessNumberId, one) === key);
		if (name !== undefined) replica.keepFirstName(contact, name);
	}

	/** Tells of a contact, who keeps the name under which it is known. */
	private underFirstName(
		businessNumberId: string,
		{
			before,
			after = before,
			at,
		}: { before: ContactIdentity; after?: ContactIdentity; at?: number },
		tell: (replica: Replica) => boolean,
	): boolean {
		const replica = this.state.replica(businessNumberId);
		const name = replica.knownNameOf(before, at ?? replica.now);
		const isNew = tell(replica);
		if (name !== undefined) replica.keepFirstName(after, name);
		return isNew;
	}

	/** As {@link tell}: a contact's profile name. @param at when it was that, epoch seconds */
	tellName(businessNumberId: string, contact: ContactIdentity, name: string, at: number): void {
		this.state.replica(businessNumberId).note(contact, { name, namedAt: at });
	}

	/**
	 * As {@link tell}: a message went to a contact.
	 *
	 * @param at epoch seconds
	 * @returns whether other processes should know by now: it answers what the contact wrote, or they have
	 *   not heard of one for a while
	 */
	tellWrittenTo(businessNumberId: string, contact: ContactIdentity, at: number): boolean {
		const { lastInboundAt } = this.factsAtNumber(businessNumberId, contact);
		const before = this.noteOf(businessNumberId, contact).writtenToAt;
		this.state.replica(businessNumberId).note(contact, { writtenToAt: at });
		return at > before && (before < lastInboundAt || at - before > WRITTEN_TO_SHARED_EVERY_SECONDS);
	}

	/** The contact's name, and when one has written to it, as far as known. */
	noteOf(businessNumberId: string, contact: ContactIdentity): ContactNote {
		return this.state.replica(businessNumberId).noteOf(contact);
	}

	/** Remembers a send, so that its statuses find contact, time and template (E31, E32). */
	noteSent(businessNumberId: string, messageId: string, send: Send): void {
		this.state.replica(businessNumberId).noteSent(messageId, send);
	}

	/** The send of a message; undefined when this process has not sent it, or long ago. */
	sentMessage(businessNumberId: string, messageId: string): Send | undefined {
		return this.state.replica(businessNumberId).sentMessage(messageId);
	}

	/**
	 * Joins what was learned of a contact, and has it kept.
	 *
	 * @param at of the news, epoch seconds
	 * @returns whether anything was new
	 * @throws StateUnavailable
	 */
	async learn(
		businessNumberId: string,
		contact: ContactIdentity,
		facts: ContactFacts,
		at: number,
	): Promise<boolean> {
		const isNew = this.state.replica(businessNumberId).join(contact, facts);
		await this.keep(businessNumberId, { contact, at }, isNew);
		return isNew;
	}

	/** Every identifier of a contact that is known, the user ID first. */
	namesOf(businessNumberId: string, contact: ContactIdentity): string[] {
		return idsOf(this.identify(businessNumberId, contact));
	}

	/**
	 * Notes a question that the contact may answer without a tap, and has that kept.
	 *
	 * @throws StateUnavailable
	 */
	async openQuestion(
		businessNumberId: string,
		contact: ContactIdentity,
		question: AwaitedAnswer,
	): Promise<void> {
		const ids = this.namesOf(businessNumberId, contact);
		this.state.replica(businessNumberId).questions.put(ids, question);
		await this.keep(businessNumberId, { contact, at: question.askedAt }, true);
	}

	/**
	 * The questions that wait for a contact's answer without a tap, the newest first.
	 *
	 * @param at epoch seconds
	 */
	openQuestions(businessNumberId: string, contact: ContactIdentity, at: number): AwaitedAnswer[] {
		const ids = this.namesOf(businessNumberId, contact);
		return this.state.replica(businessNumberId).questions.of(ids, at);
	}

	/** Whether contacts were asked at a number lately, as far as this process knows. */
	hasQuestions(businessNumberId: string): boolean {
		return !this.state.replica(businessNumberId).questions.isEmpty;
	}

	/** As {@link tell}: a question was answered, or its run waits no longer. */
	closeQuestion(
		businessNumberId: string,
		contact: ContactIdentity,
		waiting: Waiting,
		at: number,
	): void {
		const ids = this.namesOf(businessNumberId, contact);
		this.state.replica(businessNumberId).questions.closeIfKnown(ids, waiting, at);
	}

	/**
	 * All contacts of whom something is known, at this number or for all numbers.
	 *
	 * @throws StateUnavailable
	 */
	async all(businessNumberId: string): Promise<Person[]> {
		await this.loadAll(businessNumberId);
		await this.loadAll(ALL_NUMBERS);
		const replica = this.state.replica(businessNumberId);
		const everywhere = this.state.replica(ALL_NUMBERS);
		const isUnknown = ({ identity }: Person) => !idsOf(identity).some((id) => replica.knows(id));
		return [...replica.people(everywhere), ...[...everywhere.people()].filter(isUnknown)];
	}

	/**
	 * Erases what is known of a contact, also for all numbers together, and where it is kept.
	 *
	 * @param at epoch seconds
	 * @returns whether anything was known
	 * @throws StateUnavailable
	 */
	async forget(businessNumberId: string, contact: ContactIdentity, at: number): Promise<boolean> {
		await this.loadContact(businessNumberId, contact);
		const replica = this.state.replica(businessNumberId);
		replica.questions.closeAll(this.namesOf(businessNumberId, contact), at);
		const erasures = replica.erasuresFor(contact, at, this.state.replica(ALL_NUMBERS));
		let wasKnown = false;
		// First where only the number's replica knows who is who.
		for (const id of [ALL_NUMBERS, businessNumberId]) {
			wasKnown = this.state.replica(id).forget(erasures, replica) || wasKnown;
			await this.erase(id, erasures);
		}
		this.saveRow('urgent');
		return wasKnown;
	}
}
