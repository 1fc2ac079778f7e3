import { canonicalPhone, identityOfAll, type ContactIdentity } from '../conversation/contact';
import {
	factsAfter,
	hasFacts,
	isBare,
	isSameFacts,
	joinFacts,
	latestTimeOf,
	NO_FACTS,
	type ContactFacts,
} from '../conversation/facts';
import type { Send } from '../sendNote';

import { hashOf } from './hash';
import { PackedContacts, type PackedTexts } from './packedContacts';

/**
 * How long facts without consent are kept after the contact's last message, in seconds: as long
 * as Meta repeats deliveries. A closed window can so be told from one never seen.
 */
export const RETENTION_SECONDS = 7 * 86_400;

/**
 * How long it is remembered which phone number and user ID are one contact, after they were last
 * seen. Meta leaves the phone number out after 30 days without a message (rule D12).
 */
export const PAIR_RETENTION_SECONDS = 90 * 86_400;

/** How much earlier than now a pair must have been seen for it to be noted anew. */
const PAIR_NOTED_EVERY_SECONDS = 86_400;

/** A contact with everything that is known of it. */
export interface Contact {
	/** Every phone number (digits) and user ID under which the contact was seen (rule D12). */
	ids: readonly string[];
	facts: ContactFacts;
}

/** Messages we sent whose statuses could still come; of older ones their note alone tells. */
const SENT_KEPT = 10_000;

/**
 * The merged state of one business number in this process. Everything joins: what comes twice,
 * late or in another order changes nothing.
 */
export class Replica {
	/** Counts material changes, so that savers know whether there is something new. */
	revision = 0;

	/** Most contacts: those of whom no more is known than who they are and when they last wrote. */
	private readonly packed = new PackedContacts();
	/** All others, under each of their identifiers. */
	private readonly contactsByKey = new Map<string, Contact>();
	/** Hash of an identifier → when its contact was forgotten, epoch seconds. */
	private readonly forgottenAt = new Map<string, number>();
	private readonly watchers = new Map<string, number>();
	private readonly sentMessages = new Map<string, Send>();

	/** What is known of a contact; {@link NO_FACTS} when nothing is. */
	factsOf(identity: ContactIdentity): ContactFacts {
		for (const id of idsOf(identity)) {
			const contact = this.contactsByKey.get(keyOf(id));
			if (contact) return contact.facts;
			const place = this.packed.find(id);
			if (place !== undefined) return this.packedFacts(place);
		}
		return NO_FACTS;
	}

	/** The contact's phone number and user ID as far as known; those of `identity` go first. */
	identify(identity: ContactIdentity): ContactIdentity {
		const contact = this.find(identity);
		const known = contact ? currentIdentity(contact) : {};
		return {
			phone: identity.phone ?? known.phone,
			userId: identity.userId ?? known.userId,
		};
	}

	/** The contact with all its identifiers; undefined when nothing is known of it. */
	find(identity: ContactIdentity): Contact | undefined {
		const [contact] = this.findAll(idsOf(identity));
		return contact;
	}

	/** The contacts to whom the identifiers belong, each once. */
	private findAll(ids: readonly string[]): Contact[] {
		const contacts = new Set<Contact>();
		const places = new Set<number>();
		for (const id of ids) {
			const contact = this.contactsByKey.get(keyOf(id));
			const place = contact ? undefined : this.packed.find(id);
			if (contact) contacts.add(contact);
			else if (place !== undefined) places.add(place);
		}
		return [...contacts, ...Array.from(places, (place) => this.packedContact(place))];
	}

	private packedContact(place: number): Contact {
		return { ids: this.packed.ids(place), facts: this.packedFacts(place) };
	}

	private packedFacts(place: number): ContactFacts {
		return { ...NO_FACTS, ...this.packed.facts(place) };
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
		const told = this.sinceForgotten(ids, facts);
		if (!told) return false;
		const isNewer = this.joinNextMessage(ids, told);
		if (isNewer !== undefined) return isNewer;

		const known = this.findAll(ids);
		if (known.length === 0) {
			this.put({ ids: unionOf(ids), facts: told });
			return true;
		}
		const joined: Contact = {
			ids: unionOf([...known.flatMap((contact) => contact.ids), ...ids]),
			facts: known.reduce((sum, contact) => joinFacts(sum, contact.facts), told),
		};
		if (known.length === 1 && isSameContact(known[0], joined)) return false;
		this.put(joined);
		return true;
	}

	/**
	 * Notes that phone number and user ID were seen together, so that they are one contact from then
	 * on (rule D12).
	 *
	 * @param at epoch seconds
	 * @returns whether that was new
	 */
	link(identity: ContactIdentity, at: number): boolean {
		const ids = idsOf(identity);
		if (ids.length < 2) return false;
		const known = this.findAll(ids);
		const isLinked = known.length === 1 && ids.every((id) => hasId(known[0], id));
		const seenAt = isLinked ? latestTimeOf(known[0].facts) : 0;
		if (isLinked && at - seenAt < PAIR_NOTED_EVERY_SECONDS) return false;
		return this.joinContact({ ids, facts: { ...NO_FACTS, linkedAt: at } });
	}

	/**
	 * The usual case, without the work that the others take: a contact known by just these
	 * identifiers has written again.
	 *
	 * @returns whether that was new; undefined for all other cases
	 */
	private joinNextMessage(ids: readonly string[], facts: ContactFacts): boolean | undefined {
		// Numbers that may have two forms begin with 5 (rule D13).
		if (!isBare(facts) || ids.some((id) => id.startsWith('5'))) return undefined;
		const place = this.packed.find(ids[0]);
		if (place === undefined || ids.some((id) => this.packed.find(id) !== place)) return undefined;
		const known = this.packed.facts(place);
		const joined = joinFacts({ ...NO_FACTS, ...known }, facts);
		if (joined.lastInboundAt === known.lastInboundAt && joined.linkedAt === known.linkedAt) {
			return false;
		}
		if (!this.packed.setFacts(place, joined)) return undefined;
		this.revision++;
		return true;
	}

	private put(contact: Contact): void {
		this.revision++;
		const { ids, facts } = contact;
		this.drop(ids);
		const identity = identityOfAll(ids);
		const isWhole = ids.length === idsOf(identity).length;
		if (isWhole && isBare(facts) && this.packed.add(identity, facts)) return;
		for (const id of ids) this.contactsByKey.set(keyOf(id), contact);
	}

	/** Takes contacts out of memory alone: what is told of them again counts again. */
	drop(ids: readonly string[]): void {
		for (const id of ids) {
			const place = this.packed.find(id);
			if (place !== undefined) this.packed.remove(place);
			this.contactsByKey.delete(keyOf(id));
		}
	}

	/**
	 * Erases a contact. What older facts come back later, from a saved copy or a repeated delivery,
	 * is not taken in again; what is newer begins afresh. Of the identifiers only hashes stay.
	 *
	 * @param at epoch seconds
	 * @returns whether anything was known
	 */
	forget(identity: ContactIdentity, at: number): boolean {
		const known = this.findAll(idsOf(identity));
		const ids = unionOf([...known.flatMap((contact) => contact.ids), ...idsOf(identity)]);
		this.joinForgotten(ids.map((id) => [hashOf(keyOf(id)), at]));
		for (const [messageId, { contact }] of this.sentMessages) {
			const isTheirs = idsOf(contact).some((id) => ids.some((other) => keyOf(other) === keyOf(id)));
			if (isTheirs) this.sentMessages.delete(messageId);
		}
		return known.length > 0;
	}

	/** What {@link forget} keeps: a hash of each identifier, and the time. */
	forgotten(): ReadonlyMap<string, number> {
		return this.forgottenAt;
	}

	/** Joins what {@link forgotten} gave elsewhere, and erases the contacts concerned. */
	joinForgotten(entries: Iterable<[hash: string, at: number]>): void {
		const added = new Map<string, number>();
		for (const [hash, at] of entries) {
			if ((this.forgottenAt.get(hash) ?? 0) >= at) continue;
			this.forgottenAt.set(hash, at);
			added.set(hash, at);
		}
		if (added.size === 0) return;
		this.revision++;
		for (const contact of [...this.contacts()]) {
			if (contact.ids.some((id) => added.has(hashOf(keyOf(id))))) {
				this.drop(contact.ids);
				this.joinContact(contact);
			}
		}
	}

	/** What of the facts is newer than the contact's erasure; undefined when nothing is. */
	private sinceForgotten(ids: readonly string[], facts: ContactFacts): ContactFacts | undefined {
		if (this.forgottenAt.size === 0) return facts;
		const at = Math.max(...ids.map((id) => this.forgottenAt.get(hashOf(keyOf(id))) ?? 0));
		if (at === 0) return facts;
		const after = factsAfter(facts, at);
		return hasFacts(after) ? after : undefined;
	}

	/** The contacts of whom only the last message is known, as {@link joinPacked} takes them. */
	packedTexts(): PackedTexts {
		return this.packed.texts();
	}

	/** Joins what {@link packedTexts} gave elsewhere. */
	joinPacked(texts: PackedTexts): void {
		const needsCare = this.contactsByKey.size > 0 || this.forgottenAt.size > 0;
		const isKnown = (ids: readonly string[]) =>
			this.forgottenAt.size > 0 || ids.some((id) => this.contactsByKey.has(keyOf(id)));
		const added = this.packed.join(texts, needsCare ? isKnown : undefined, (ids, facts) =>
			this.joinContact({ ids, facts: { ...NO_FACTS, ...facts } }),
		);
		if (added > 0) this.revision++;
	}

	/** The contacts of whom more is known, each once. */
	*others(): Generator<Contact> {
		for (const [key, contact] of this.contactsByKey) {
			if (key === keyOf(contact.ids[0])) yield contact;
		}
	}

	/** Every contact once. */
	*contacts(): Generator<Contact> {
		for (const place of this.packed.places()) yield this.packedContact(place);
		yield* this.others();
	}

	/** Drops contacts of whom nothing that is known can matter any more. */
	prune(now: number): void {
		const before = this.packed.size + this.contactsByKey.size;
		for (const place of this.packed.places()) {
			if (this.packed.time(place) < now - keptFor(this.packed.isPair(place))) {
				this.packed.remove(place);
			}
		}
		for (const [key, contact] of this.contactsByKey) {
			if (keptUntil(contact) < now) this.contactsByKey.delete(key);
		}
		if (this.packed.size + this.contactsByKey.size < before) this.revision++;
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

	/** Remembers a send, so that its statuses find contact, time and template (E31, E32). */
	noteSent(messageId: string, send: Send): void {
		this.sentMessages.set(messageId, send);
		if (this.sentMessages.size > SENT_KEPT) {
			for (const oldest of this.sentMessages.keys()) {
				this.sentMessages.delete(oldest);
				break;
			}
		}
	}

	sentMessage(messageId: string): Send | undefined {
		return this.sentMessages.get(messageId);
	}
}

/** The identifiers that are valid now: those of the latest change go first (rule E36). */
export function currentIdentity(contact: Contact): ContactIdentity {
	const { to } = contact.facts.identityChange;
	const current = identityOfAll(to.filter((id) => hasId(contact, id)));
	const all = identityOfAll(contact.ids);
	return { phone: current.phone ?? all.phone, userId: current.userId ?? all.userId };
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
export function unionOf(ids: readonly string[]): readonly string[] {
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

/** `joined` holds at least what `known` does, so equal counts are equal lists. */
function isSameContact(known: Contact, joined: Contact): boolean {
	return joined.ids.length === known.ids.length && isSameFacts(joined.facts, known.facts);
}

/**
 * Until when what is known of a contact can matter, epoch seconds. Consent is never dropped by age
 * (rules.md, section 4): then it is Infinity.
 */
export function keptUntil({ ids, facts }: Contact): number {
	return facts.consent.length > 0 ? Infinity : latestTimeOf(facts) + keptFor(ids.length > 1);
}

function keptFor(isPair: boolean): number {
	return isPair ? PAIR_RETENTION_SECONDS : RETENTION_SECONDS;
}

function hasId({ ids }: Contact, id: string): boolean {
	return ids.some((other) => keyOf(other) === keyOf(id));
}
