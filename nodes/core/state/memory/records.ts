import { isUserId } from '../../conversation/contact';
import { NO_FACTS, type ContactFacts } from '../../conversation/facts';

import { knownTogether, type Belongings } from './belongings';
import { firstNameOf } from './firstName';
import {
	asFirstTold,
	keyOf,
	namedIn,
	namesKey,
	type IdRecord,
	type Link,
	type Move,
} from './idRecord';
import { KeyIndex } from './keyIndex';
import { PackedContacts, type PackedContact, type PackedTexts } from './packedContacts';
import { packedOf, recordOfPacked } from './packedRecord';
import { isPackedOver, isPairOver, pruned } from './pruning';
import { spansOf, type Span } from './spans';

/**
 * What was told of each identifier, and which others it names. A contact of whom little is known is
 * packed; it is found under its user ID and its phone number, and tells what a record of it would.
 */
export class Records implements Belongings {
	/** Most contacts: those of whom little is known. */
	protected readonly packed = new PackedContacts();
	/** All other identifiers. */
	protected readonly records = new Map<string, IdRecord>();
	/** Phone number → the user IDs of {@link records} that were seen with it. */
	protected readonly usersByPhone = new KeyIndex();
	/** Identifier → those of {@link records} that it took the place of. */
	protected readonly sourcesByTarget = new KeyIndex();

	protected get isBlank(): boolean {
		return this.records.size === 0 && this.packed.size === 0;
	}

	/** Whether anything was told of an identifier. */
	knows(id: string): boolean {
		const key = keyOf(id);
		return (
			this.records.has(key) ||
			this.packed.find(key) !== undefined ||
			this.usersOf(key).length > 0 ||
			this.movesTo(key).length > 0
		);
	}

	/** What was told of an identifier itself; undefined when nothing was. */
	recordOf(id: string): IdRecord | undefined {
		const key = keyOf(id);
		const record = this.records.get(key);
		if (record) return record;
		const place = this.packed.find(key);
		if (place === undefined) return undefined;
		const packed = this.packed.contact(place);
		return isUserId(id) === (packed.userId !== undefined) ? recordOfPacked(packed) : undefined;
	}

	toldOf(key: string): ContactFacts {
		return this.recordOf(key)?.facts ?? NO_FACTS;
	}

	linksOf(userKey: string): readonly Link[] {
		return this.recordOf(userKey)?.links ?? [];
	}

	usersOf(phoneKey: string): readonly string[] {
		const users = this.usersByPhone.of(phoneKey);
		const place = this.packed.find(phoneKey);
		const user = place === undefined ? undefined : this.packed.userId(place);
		return user === undefined || user === phoneKey ? users : [...users, user];
	}

	movesFrom(key: string): readonly Move[] {
		return asFirstTold(this.records.get(key)?.moves ?? []);
	}

	movesTo(key: string): Array<{ from: string; move: Move }> {
		return this.sourcesByTarget.of(key).flatMap((from) =>
			this.movesFrom(from)
				.filter(({ to }) => namesKey(to, key))
				.map((move) => ({ from, move })),
		);
	}

	/** See {@link firstNameOf}. */
	protected firstNameOfId(id: string, now: number): string {
		return firstNameOf(this, id, this.recordOf(id), now);
	}

	/** Every identifier that has to do with some: of the same contacts, and of those before and after. */
	relatives(ids: readonly string[]): string[] {
		const found = new Map(ids.map((id) => [keyOf(id), id]));
		for (const [key] of found) {
			const record = this.recordOf(key);
			const named = record ? namedIn(record) : [];
			const others = [...named, ...this.usersOf(key), ...this.sourcesByTarget.of(key)];
			for (const id of others) if (!found.has(keyOf(id))) found.set(keyOf(id), id);
		}
		return [...found.values()];
	}

	/**
	 * The identifiers of the contact whom an identifier names: see {@link spansOf}.
	 *
	 * @param now epoch seconds
	 * @param elsewhere where more was told of the same people
	 */
	protected spansOf(id: string, now: number, elsewhere?: Records): readonly Span[] {
		return spansOf(this.with(elsewhere), id, now);
	}

	protected with(elsewhere?: Records): Belongings {
		return elsewhere && !elsewhere.isBlank ? knownTogether([this, elsewhere]) : this;
	}

	/** The identifiers that moved to one by a reported change. */
	sourcesOf(key: string): string[] {
		return this.sourcesByTarget.of(key);
	}

	/** Takes the place of what was known of the identifier. */
	protected put(record: IdRecord): void {
		const key = keyOf(record.id);
		this.remove(key);
		const packed = packedOf(record);
		if (packed && this.packed.add(packed)) return;
		this.records.set(key, record);
		for (const { phone } of record.links) this.usersByPhone.add(keyOf(phone), key);
		for (const id of record.moves.flatMap(({ to }) => to)) this.sourcesByTarget.add(keyOf(id), key);
	}

	protected remove(key: string): void {
		const place = this.packed.find(key);
		if (place !== undefined && (this.packed.userId(place) ?? key) === key)
			this.packed.remove(place);
		const record = this.records.get(key);
		if (!record) return;
		this.records.delete(key);
		for (const { phone } of record.links) this.usersByPhone.delete(keyOf(phone), key);
		for (const id of record.moves.flatMap(({ to }) => to)) {
			this.sourcesByTarget.delete(keyOf(id), key);
		}
	}

	/** Takes identifiers out of memory alone: what is told of them again counts again. */
	drop(ids: readonly string[]): void {
		for (const id of ids) this.remove(keyOf(id));
	}

	/**
	 * Drops contacts of whom nothing that is known can matter any more.
	 *
	 * @param now epoch seconds
	 * @returns whether there were any
	 */
	protected dropOver(now: number): boolean {
		let isChanged = false;
		for (const place of this.packed.places()) {
			const contact = this.packed.contact(place);
			const { phone } = contact;
			const ofPhone = phone === undefined ? undefined : this.records.get(keyOf(phone));
			if (!isPackedOver(contact, ofPhone, now)) continue;
			this.packed.remove(place);
			isChanged = true;
		}
		for (const record of [...this.records.values()]) {
			const left = pruned(record, this, now);
			if (left === record && !packedOf(record)) continue;
			this.remove(keyOf(record.id));
			if (left) this.put(left);
			isChanged ||= left !== record;
		}
		return isChanged;
	}

	/** Whether nothing else tells anything of a packed contact. */
	protected isSimple(contact: PackedContact, now: number): boolean {
		const { userId, phone } = contact;
		if (userId !== undefined && this.sourcesByTarget.has(userId)) return false;
		if (phone === undefined) return true;
		const key = keyOf(phone);
		return !(
			isPairOver(contact, now) ||
			this.records.has(key) ||
			this.usersByPhone.has(key) ||
			this.sourcesByTarget.has(key)
		);
	}

	/** The contacts of whom little is known, as `Replica.joinPacked()` takes them. */
	packedTexts(): PackedTexts {
		return this.packed.texts();
	}

	/** The records of all identifiers that are not packed. */
	others(): Iterable<IdRecord> {
		return this.records.values();
	}
}
