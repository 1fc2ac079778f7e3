import { OpenQuestions } from '../../ask/openQuestions';
import { BoundedMap } from '../../boundedMap';
import { identityOfId, isUserId, type ContactIdentity } from '../../conversation/contact';
import { hasFacts, isBare, NO_FACTS, type ContactFacts } from '../../conversation/facts';
import type { Send } from '../../sendNote';
import { fingerprintOf } from '../fingerprint';

import { ContactNotes, type ContactNote } from './contactNotes';
import { factsIn, withConsentOf } from './factsIn';
import {
	blankRecord,
	isSameRecord,
	joinRecords,
	keyOf,
	noesRecord,
	unerased,
	type IdRecord,
} from './idRecord';
import type { PackedContact, PackedTexts } from './packedContacts';
import { nameOf, recordOfPacked } from './packedRecord';
import { ownerOf, phoneOf } from './phoneHistory';
import { Records } from './records';
import { isLaterDay, isWorthSaving } from './worthSaving';

/** Messages we sent whose statuses could still come; of older ones their note alone tells. */
const SENT_KEPT = 10_000;

/** A contact with all that is known of it now. */
export interface Person {
	identity: ContactIdentity;
	facts: ContactFacts;
}

/** What is erased of one identifier: all up to a time, epoch seconds. */
export interface Erasure {
	id: string;
	at: number;
}

/**
 * The merged state of one business number in this process. Everything joins: what comes twice,
 * late or in another order changes nothing. What was told of an identifier stays with it; whose it
 * was is worked out when it is asked for.
 */
export class Replica extends Records {
	/** Counts material changes, so that savers know whether there is something new. */
	revision = 0;

	/** The latest time anybody told, epoch seconds: pairs that were not seen for long are over by it. */
	now = 0;

	/** Questions that contacts may answer without a tap. */
	readonly questions = new OpenQuestions();

	/** Hash of an identifier → when its contact was forgotten, epoch seconds. */
	private readonly forgottenAt = new Map<string, number>();
	/** Names, and when one has written to whom. */
	readonly notes = new ContactNotes(this.forgottenAt);

	private readonly watchers = new Map<string, number>();
	private readonly sentMessages = new BoundedMap<string, Send>(SENT_KEPT);

	/**
	 * What is known of a contact; {@link NO_FACTS} when nothing is. Where both names are given, the user
	 * ID says who it is.
	 *
	 * @param elsewhere where more was told of the same people, e.g. for all business numbers
	 */
	factsOf(identity: ContactIdentity, elsewhere?: Replica): ContactFacts {
		const [id] = idsOf(identity);
		return id === undefined ? NO_FACTS : this.factsOfId(id, elsewhere);
	}

	private factsOfId(id: string, elsewhere?: Replica): ContactFacts {
		const spans = this.spansOf(id, this.now, elsewhere);
		const own = factsIn(spans, (key) => this.toldOf(key));
		if (!elsewhere || elsewhere.isBlank) return own;
		return withConsentOf(
			own,
			factsIn(spans, (key) => elsewhere.toldOf(key)),
		);
	}

	/** The contact's phone number and user ID as far as known; those of `identity` go first. */
	identify({ phone, userId }: ContactIdentity): ContactIdentity {
		if (userId) return { phone: phone ?? phoneOf(this, userId, this.now), userId };
		return { phone, userId: phone === undefined ? undefined : ownerOf(this, phone, this.now) };
	}

	/**
	 * As {@link identify}, but only with identifiers that were the contact's at a time before.
	 *
	 * @param at epoch seconds
	 */
	identifyAt(identity: ContactIdentity, at: number): ContactIdentity {
		const known = this.identify(identity);
		if (!known.userId || !known.phone) return known;
		const key = keyOf(known.phone);
		const isSame = this.spansOf(known.userId, this.now).some(
			(span) => span.kind === 'own' && span.key === key && span.from <= at && at < span.to,
		);
		return isSame ? known : identity;
	}

	/** The name under which a contact became known: see `firstName.ts`; '' where no identifier is known. */
	firstNameOf(identity: ContactIdentity): string {
		const [id] = idsOf(this.identify(identity));
		return id === undefined ? '' : this.firstNameOfId(id, this.now);
	}

	/**
	 * The name under which a contact is known already; undefined when nothing was told of it. A number
	 * names its owner of now, and nobody who was seen with it before or is seen with it next.
	 *
	 * @param at when the contact had these identifiers, epoch seconds
	 */
	knownNameOf({ userId, phone }: ContactIdentity, at: number): string | undefined {
		if (userId && this.knows(userId)) return this.firstNameOf({ userId });
		if (!phone || !this.knows(phone)) return undefined;
		const owner = ownerOf(this, phone, this.now);
		const isOwners = !userId && this.identifyAt({ phone }, at).userId === owner;
		return owner === undefined || isOwners ? this.firstNameOf({ phone }) : undefined;
	}

	/** The names under which a contact may be known, by each identifier that has to do with it. */
	firstNamesAround(identity: ContactIdentity): string[] {
		return this.relatives(idsOf(identity)).map((id) => this.firstNameOfId(id, this.now));
	}

	/** Goes on with a name under which a contact is known, where its name of now is another one. */
	keepFirstName(identity: ContactIdentity, name: string): void {
		const [id] = idsOf(this.identify(identity));
		if (id === undefined || this.firstNameOf(identity) === name) return;
		this.joinRecord({ ...blankRecord(id), firstName: { name, at: this.now } });
	}

	/**
	 * Joins facts about a contact. What is told of a user ID together with a phone number is the user
	 * ID's; a no stays with the number as well (rules E46, E53).
	 *
	 * @param seenAt when WhatsApp named both identifiers together, epoch seconds; 0 when it did not
	 * @returns whether anything was new
	 */
	join(identity: ContactIdentity, facts: ContactFacts, seenAt = facts.lastInboundAt): boolean {
		const { userId, phone } = identity;
		if (!userId) return phone ? this.joinRecord({ ...blankRecord(phone), facts }) : false;
		const isPair = phone !== undefined && phone !== '' && seenAt > 0;
		const packed: PackedContact = {
			userId,
			...(isPair && { phone }),
			lastInboundAt: facts.lastInboundAt,
			first: isPair ? seenAt : 0,
			last: isPair ? seenAt : 0,
		};
		if (isBare(facts)) return this.joinPackedContact(packed);
		const links = isPair ? [{ phone, first: seenAt, last: seenAt }] : [];
		const isNew = this.joinRecord({ ...blankRecord(userId), facts, links });
		const noes = phone ? noesRecord(phone, facts) : undefined;
		return (noes !== undefined && this.joinRecord(noes)) || isNew;
	}

	/**
	 * Joins what the tables hold of a contact.
	 *
	 * @param isUnerased as for {@link joinRecord}
	 * @returns whether anything was new that is worth a save
	 */
	joinPackedContact(contact: PackedContact, isUnerased = this.forgottenAt.size === 0): boolean {
		const place = isUnerased ? this.packed.find(nameOf(contact)) : undefined;
		const known = place === undefined ? undefined : this.packed.contact(place);
		const joined = place === undefined ? undefined : this.packed.touch(place, contact);
		if (!known || !joined) return this.joinRecord(recordOfPacked(contact), isUnerased);
		const isNew =
			joined.lastInboundAt !== known.lastInboundAt ||
			joined.first !== known.first ||
			isLaterDay(joined.last, known.last);
		if (isNew) this.revision++;
		return isNew;
	}

	/**
	 * Notes that WhatsApp named phone number and user ID together: they are one contact's at that time
	 * (rule D12).
	 *
	 * @param at epoch seconds
	 * @returns whether that was new, and worth a save
	 */
	link(identity: ContactIdentity, at: number): boolean {
		if (!identity.userId || !identity.phone) return false;
		return this.join(identity, NO_FACTS, at);
	}

	/**
	 * Notes a reported change: from then on the old identifiers belong to nobody, and the new ones to
	 * their contact (rule E45).
	 *
	 * @param at epoch seconds
	 * @returns whether that was new
	 */
	move(from: readonly string[], to: readonly string[], at: number): boolean {
		const sorted = [...to].sort();
		const told = from.map((id) =>
			this.joinRecord({ ...blankRecord(id), moves: [{ at, to: sorted }] }),
		);
		const pairs = [from, to].map((ids) => ({
			phone: ids.find((id) => !isUserId(id)),
			userId: ids.find(isUserId),
		}));
		const linked = pairs.map((pair) => this.link(pair, at));
		return [...told, ...linked].includes(true);
	}

	/**
	 * Joins a record that was kept elsewhere.
	 *
	 * @param isUnerased whether nothing is in it that was forgotten here
	 * @returns whether anything was new
	 */
	joinRecord(record: IdRecord, isUnerased = this.forgottenAt.size === 0): boolean {
		const told = isUnerased ? record : unerased(record, (id) => this.erasedAt(id));
		if (!told) return false;
		const known = this.recordOf(told.id);
		const joined = joinRecords(known ?? blankRecord(told.id), told);
		if (known && isSameRecord(known, joined)) return false;
		const isNew = !known || isWorthSaving(known, joined);
		this.put(joined);
		if (isNew) this.revision++;
		return isNew;
	}

	/**
	 * What {@link forget} erases: all identifiers of a contact, those that it has given up too, but of
	 * those nothing that is another contact's by now.
	 *
	 * @param at epoch seconds
	 * @param elsewhere as for {@link factsOf}
	 */
	erasuresFor(identity: ContactIdentity, at: number, elsewhere?: Replica): Erasure[] {
		const until = new Map(idsOf(identity).map((id) => [keyOf(id), at]));
		for (const id of idsOf(this.identify(identity))) {
			for (const { key, to, kind } of this.spansOf(id, this.now, elsewhere)) {
				const end = isUserId(key) ? at : Math.min(at, to - 1);
				if (kind !== 'earlierOwner') until.set(key, Math.max(end, until.get(key) ?? 0));
			}
		}
		return Array.from(until, ([id, end]) => ({ id, at: end }));
	}

	/**
	 * Erases what is known of identifiers up to a time. What older facts come back later, from a saved
	 * copy or a repeated delivery, is not taken in again; what is newer begins afresh. Of the
	 * identifiers only hashes stay.
	 *
	 * @param elsewhere as for {@link factsOf}
	 * @returns whether anything was known
	 */
	forget(erasures: readonly Erasure[], elsewhere?: Replica): boolean {
		const others = this.consentOfOthers(erasures, elsewhere);
		let wasKnown = false;
		for (const { id, at } of erasures) {
			const hash = fingerprintOf(keyOf(id));
			if ((this.forgottenAt.get(hash) ?? 0) >= at) continue;
			this.forgottenAt.set(hash, at);
			this.revision++;
			const concerned = [id, ...this.usersOf(keyOf(id))];
			this.notes.erase(hash);
			wasKnown = concerned.map((one) => this.erase(one)).includes(true) || wasKnown;
		}
		const keys = new Set(erasures.map(({ id }) => keyOf(id)));
		for (const [messageId, { contact }] of this.sentMessages) {
			if (idsOf(contact).some((id) => keys.has(keyOf(id)))) this.sentMessages.delete(messageId);
		}
		for (const record of others) this.joinRecord(record);
		return wasKnown;
	}

	/**
	 * What others said under a phone number that was theirs before: it is theirs still when the number is
	 * erased together with its owner of now.
	 */
	private consentOfOthers(erasures: readonly Erasure[], elsewhere?: Replica): IdRecord[] {
		const known = this.with(elsewhere);
		const erased = new Set(erasures.map(({ id }) => keyOf(id)));
		const ids = erasures
			.map(({ id }) => keyOf(id))
			.filter((key) => !isUserId(key))
			.flatMap((key) => [
				...known.usersOf(key),
				...known.movesFrom(key).flatMap(({ to }) => to.filter(isUserId)),
			]);
		return [...new Set(ids)]
			.filter((id) => !erased.has(id))
			.flatMap((id) => {
				const facts = factsIn(this.spansOf(id, this.now, elsewhere), (key) => this.toldOf(key));
				const consent = facts.consent.filter(({ byEarlierOwner }) => !byEarlierOwner);
				if (consent.length === 0) return [];
				return [{ ...blankRecord(id), facts: { ...NO_FACTS, consent } }];
			});
	}

	/** @returns whether anything of the identifier was there to be erased */
	private erase(id: string): boolean {
		const known = this.recordOf(id);
		if (!known) return false;
		const left = unerased(known, (one) => this.erasedAt(one));
		if (left === known) return false;
		this.remove(keyOf(id));
		if (left) this.put(left);
		return true;
	}

	private erasedAt(id: string): number {
		return this.forgottenAt.get(fingerprintOf(keyOf(id))) ?? 0;
	}

	/** What {@link forget} keeps: a hash of each identifier, and the time. */
	forgotten(): ReadonlyMap<string, number> {
		return this.forgottenAt;
	}

	/**
	 * Joins what {@link forgotten} gave elsewhere, and erases the contacts concerned.
	 *
	 * @returns whether what was kept together with it has to be looked through: it was written by one
	 *   who did not know of all that is forgotten here
	 */
	joinForgotten(entries: ReadonlyArray<[hash: string, at: number]>): boolean {
		const told = new Map(entries);
		const isBehind = Array.from(this.forgottenAt).some(([hash, at]) => (told.get(hash) ?? 0) < at);
		const news = entries.filter(([hash, at]) => (this.forgottenAt.get(hash) ?? 0) < at);
		for (const [hash, at] of news) {
			this.forgottenAt.set(hash, at);
			this.notes.erase(hash);
		}
		if (news.length === 0) return isBehind;
		this.revision++;
		// Whom the hashes name cannot be told but by a look at all contacts. That happens once.
		const ids = [...this.records.values()].map(({ id }) => id);
		for (const place of this.packed.places()) ids.push(nameOf(this.packed.contact(place)));
		for (const id of ids) this.erase(id);
		return isBehind;
	}

	/**
	 * Joins what `packedTexts()` gave elsewhere.
	 *
	 * @param isUnerased whether nothing is in it that was forgotten here
	 */
	joinPacked(texts: PackedTexts, isUnerased = this.forgottenAt.size === 0): void {
		const isKnown = (contact: PackedContact) =>
			!isUnerased || this.isRecorded(contact.userId) || this.isRecorded(contact.phone);
		const needsCare = !isUnerased || this.records.size > 0;
		const added = this.packed.join(texts, needsCare ? isKnown : undefined, (contact) =>
			this.joinPackedContact(contact, isUnerased),
		);
		if (added > 0) this.revision++;
	}

	private isRecorded(id: string | undefined): boolean {
		return id !== undefined && this.records.has(keyOf(id));
	}

	/**
	 * All contacts of whom something is known now, each once.
	 *
	 * @param elsewhere as for {@link factsOf}
	 */
	*people(elsewhere?: Replica): Generator<Person> {
		const isAlone = !elsewhere || elsewhere.isBlank;
		for (const place of [...this.packed.places()]) {
			const contact = this.packed.contact(place);
			if (isAlone && this.isSimple(contact, this.now)) {
				const { userId, phone, lastInboundAt } = contact;
				yield { identity: { phone, userId }, facts: { ...NO_FACTS, lastInboundAt } };
			} else {
				yield* this.personWith(nameOf(contact), elsewhere);
			}
		}
		for (const { id } of [...this.records.values()]) yield* this.personWith(id, elsewhere);
		for (const key of this.sourcesByTarget.keys()) {
			if (!this.recordOf(key)) yield* this.personWith(key, elsewhere);
		}
	}

	private *personWith(id: string, elsewhere?: Replica): Generator<Person> {
		const identity = this.identify(identityOfId(id));
		// A phone number that is a user's is told with it.
		if (!isUserId(id) && identity.userId !== undefined) return;
		const facts = this.factsOfId(id, elsewhere);
		if (hasFacts(facts) || (identity.phone && identity.userId)) yield { identity, facts };
	}

	/** Drops contacts of whom nothing that is known can matter any more. */
	prune(now: number): void {
		if (this.dropOver(now)) this.revision++;
	}

	/** Notes something of a contact under its user ID, or its phone number where none is known. */
	note(contact: ContactIdentity, note: Partial<ContactNote>): void {
		const [id] = idsOf(this.identify(contact));
		if (id !== undefined) this.notes.put(id, note);
	}

	/** What is noted of a contact under all identifiers that it has now. */
	noteOf(contact: ContactIdentity): ContactNote {
		return this.notes.of(idsOf(this.identify(contact)));
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
	}

	sentMessage(messageId: string): Send | undefined {
		return this.sentMessages.get(messageId);
	}
}

export { keyOf } from './idRecord';

/** The identifiers of an identity, the user ID first. */
export function idsOf({ userId, phone }: ContactIdentity): string[] {
	return [userId, phone].filter((id): id is string => Boolean(id));
}
