import { isSameConsent } from '../conversation/consent';
import { canonicalPhone, identityOfAll, type ContactIdentity } from '../conversation/contact';
import { joinFacts, NO_FACTS, type ContactFacts } from '../conversation/facts';

/**
 * How long facts without consent are kept after the contact's last message, in seconds: as long
 * as Meta repeats deliveries. A closed window can so be told from one never seen.
 */
export const RETENTION_SECONDS = 7 * 86_400;

/** What eight characters of base64 hold: every number of up to fourteen digits. */
export const MAX_PLAIN_PHONE = 64 ** 8;

/** A contact with everything that is known of it. */
export interface Contact {
	/** Every phone number (digits) and user ID under which the contact was seen (rule D12). */
	ids: readonly string[];
	facts: ContactFacts;
}

/** Messages we sent whose refusal could still come; older ones fall back to the status's time. */
const SENT_KEPT = 10_000;

/**
 * The merged state of one business number in this process. Everything joins: what comes twice,
 * late or in another order changes nothing.
 */
export class Replica {
	/** Counts material changes, so that savers know whether there is something new. */
	revision = 0;

	/**
	 * Most contacts: those of whom no more is known than one phone number and the last message.
	 * Number → epoch seconds; a tenth of the memory and time that {@link Contact} objects take.
	 */
	private readonly plainContacts = new Map<number, number>();
	/** All others, under each of their identifiers. */
	private readonly contactsByKey = new Map<string, Contact>();
	private readonly watchers = new Map<string, number>();
	private readonly sentMessages = new Map<string, { at: number; contact: ContactIdentity }>();

	/** What is known of a contact; {@link NO_FACTS} when nothing is. */
	factsOf(identity: ContactIdentity): ContactFacts {
		return this.find(identity)?.facts ?? NO_FACTS;
	}

	/** The contact's phone number and user ID as far as known; those of `identity` go first. */
	identify(identity: ContactIdentity): ContactIdentity {
		const known = identityOfAll(this.find(identity)?.ids ?? []);
		return {
			phone: identity.phone ?? known.phone,
			userId: identity.userId ?? known.userId,
		};
	}

	/** The contact with all its identifiers; undefined when nothing is known of it. */
	find(identity: ContactIdentity): Contact | undefined {
		for (const id of idsOf(identity)) {
			const contact = this.lookUp(id);
			if (contact) return contact;
		}
		return undefined;
	}

	private lookUp(id: string): Contact | undefined {
		const key = keyOf(id);
		const contact = this.contactsByKey.get(key);
		if (contact) return contact;
		if (this.plainContacts.size === 0) return undefined;
		const lastInboundAt = this.plainContacts.get(numberOf(key));
		return lastInboundAt === undefined
			? undefined
			: { ids: [key], facts: { ...NO_FACTS, lastInboundAt } };
	}

	/**
	 * Joins facts about a contact. Identifiers given together belong to one contact from then on.
	 * @returns whether anything was new
	 */
	join(identity: ContactIdentity, facts: ContactFacts): boolean {
		return this.joinContact({ ids: idsOf(identity), facts });
	}

	/** As {@link join}, for a contact known by any number of identifiers. */
	joinContact({ ids, facts }: Contact): boolean {
		if (ids.length === 0) return false;
		const known = this.findAll(ids);
		if (known.length === 0) {
			this.put({ ids: union(ids), facts });
			return true;
		}
		const joined: Contact = {
			ids: union([...known.flatMap((contact) => contact.ids), ...ids]),
			facts: known.reduce((sum, contact) => joinFacts(sum, contact.facts), facts),
		};
		if (known.length === 1 && isSameContact(known[0], joined)) return false;
		this.put(joined);
		return true;
	}

	/** The contacts to whom the identifiers belong, each once. */
	private findAll(ids: readonly string[]): Contact[] {
		const found: Contact[] = [];
		for (const id of ids) {
			const contact = this.lookUp(id);
			if (contact && !found.includes(contact)) found.push(contact);
		}
		return found;
	}

	/** As {@link joinContact}, for a contact of whom only the number and the last message are known. */
	joinPlain(phone: number, lastInboundAt: number): void {
		const known = this.plainContacts.get(phone);
		if (known !== undefined && known >= lastInboundAt) return;
		if (this.contactsByKey.size > 0 && this.contactsByKey.has(String(phone))) {
			this.joinContact({ ids: [String(phone)], facts: { ...NO_FACTS, lastInboundAt } });
			return;
		}
		this.plainContacts.set(phone, lastInboundAt);
		this.revision++;
	}

	private put(contact: Contact): void {
		this.revision++;
		if (this.plainContacts.size > 0) {
			for (const id of contact.ids) this.plainContacts.delete(numberOf(keyOf(id)));
		}
		const phone = plainPhoneOf(contact);
		if (phone !== undefined) {
			this.contactsByKey.delete(contact.ids[0]);
			this.plainContacts.set(phone, contact.facts.lastInboundAt);
			return;
		}
		for (const id of contact.ids) this.contactsByKey.set(keyOf(id), contact);
	}

	/** Contacts of whom only the number and the last message are known. */
	plain(): ReadonlyMap<number, number> {
		return this.plainContacts;
	}

	/** All other contacts, each once. */
	*others(): Generator<Contact> {
		for (const [key, contact] of this.contactsByKey) {
			if (key === keyOf(contact.ids[0])) yield contact;
		}
	}

	/** Every contact once. */
	*contacts(): Generator<Contact> {
		for (const [phone, lastInboundAt] of this.plainContacts) {
			yield { ids: [String(phone)], facts: { ...NO_FACTS, lastInboundAt } };
		}
		yield* this.others();
	}

	/** Drops contacts of whom nothing that is known can matter any more. */
	prune(now: number): void {
		const before = this.plainContacts.size + this.contactsByKey.size;
		for (const [phone, lastInboundAt] of this.plainContacts) {
			if (lastInboundAt < now - RETENTION_SECONDS) this.plainContacts.delete(phone);
		}
		for (const [key, { facts }] of this.contactsByKey) {
			if (isStale(facts, now)) this.contactsByKey.delete(key);
		}
		if (this.plainContacts.size + this.contactsByKey.size < before) this.revision++;
	}

	/** A trigger receives this number's deliveries from now on; repeated calls change nothing. */
	watch(watcher: string, now: number): void {
		if (!this.watchers.has(watcher)) this.watchers.set(watcher, now);
	}

	unwatch(watcher: string): void {
		this.watchers.delete(watcher);
	}

	/**
	 * Since when this number's deliveries have come in without a gap, epoch seconds. A restart is a
	 * gap, so nothing of this is saved.
	 */
	get watchedSince(): number | undefined {
		return this.watchers.size === 0 ? undefined : Math.min(...this.watchers.values());
	}

	/** Remembers a send, so that a later refusal finds its contact and its time (E31, E32). */
	noteSent(messageId: string, contact: ContactIdentity, at: number): void {
		this.sentMessages.set(messageId, { at, contact });
		if (this.sentMessages.size > SENT_KEPT) {
			for (const oldest of this.sentMessages.keys()) {
				this.sentMessages.delete(oldest);
				break;
			}
		}
	}

	sentMessage(messageId: string): { at: number; contact: ContactIdentity } | undefined {
		return this.sentMessages.get(messageId);
	}
}

/** The identifiers of an identity, the user ID first. */
export function idsOf({ userId, phone }: ContactIdentity): string[] {
	return [userId, phone].filter((id): id is string => Boolean(id));
}

/** One form of an identifier, for comparing (rule D13). */
export function keyOf(id: string): string {
	return canonicalPhone(id);
}

/** Each identifier once, in a fixed order; forms that differ only as rule D13 tells are one. */
function union(ids: readonly string[]): readonly string[] {
	const [first, second, ...others] = ids;
	// The usual cases, without the work that many identifiers take.
	if (second === undefined) return ids;
	if (others.length === 0 && keyOf(first) !== keyOf(second)) {
		return first < second ? ids : [second, first];
	}
	const byKey = new Map<string, string>();
	for (const id of [...ids].sort()) if (!byKey.has(keyOf(id))) byKey.set(keyOf(id), id);
	return [...byKey.values()];
}

/** A phone number as a number; NaN when that would not come back the same, and for user IDs. */
function numberOf(id: string): number {
	// User IDs begin with a letter.
	if (id.charCodeAt(0) > 57) return NaN;
	const phone = Number(id);
	return String(phone) === id ? phone : NaN;
}

/**
 * The number of a contact of whom only it and the last message are known; undefined for all others,
 * and for numbers that have a shorter form (rule D13).
 */
function plainPhoneOf({ ids, facts }: Contact): number | undefined {
	const [id, ...others] = ids;
	const phone = numberOf(id);
	const isPlain =
		others.length === 0 &&
		phone < MAX_PLAIN_PHONE &&
		keyOf(id) === id &&
		facts.lastInboundAt > 0 &&
		facts.refusedAt === 0 &&
		facts.freeEntryPointCandidateAt === 0 &&
		facts.freeEntryPointUntil === 0 &&
		facts.marketingLimitedAt === 0 &&
		facts.consent.length === 0;
	return isPlain ? phone : undefined;
}

/** `joined` holds at least what `known` does, so equal counts are equal lists. */
function isSameContact(known: Contact, joined: Contact): boolean {
	return (
		joined.ids.length === known.ids.length &&
		joined.facts.lastInboundAt === known.facts.lastInboundAt &&
		joined.facts.refusedAt === known.facts.refusedAt &&
		joined.facts.freeEntryPointCandidateAt === known.facts.freeEntryPointCandidateAt &&
		joined.facts.freeEntryPointUntil === known.facts.freeEntryPointUntil &&
		joined.facts.marketingLimitedAt === known.facts.marketingLimitedAt &&
		isSameConsent(joined.facts.consent, known.facts.consent)
	);
}

/** Consent is never dropped by age (rules.md, section 4). */
function isStale(facts: ContactFacts, now: number): boolean {
	const latest = Math.max(
		facts.lastInboundAt,
		facts.refusedAt,
		facts.freeEntryPointCandidateAt,
		facts.freeEntryPointUntil,
		facts.marketingLimitedAt,
	);
	return facts.consent.length === 0 && latest < now - RETENTION_SECONDS;
}
