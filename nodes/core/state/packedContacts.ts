import { canonicalPhone, type ContactIdentity } from '../conversation/contact';

import { packUserId, unpackUserId } from './packedUserId';
import { isPackable, PHONE_LIMIT, RecordTable } from './recordTable';

/** Where a packed contact is: its number in its table, times three, and which table it is. */
type Place = number;

/** The saved form of the tables: contacts without a user ID, with one, and mere pairs. */
export type PackedTexts = [phones: string, users: string, pairs: string];

/** What is known of a packed contact. */
export interface PackedFacts {
	/** Epoch seconds; 0 for a mere pair. */
	lastInboundAt: number;
	/** Epoch seconds; 0 for all but a mere pair. */
	linkedAt: number;
}

/**
 * Contacts of whom no more is known than who they are and when they last wrote, as most are: a
 * tenth of the memory that objects take, and ready to be saved. Also pairs of phone number and user
 * ID of which nothing is known but when they were seen together.
 */
export class PackedContacts {
	private readonly phones = new RecordTable(false);
	private readonly users = new RecordTable(true);
	private readonly pairs = new RecordTable(true);
	private readonly tables = [this.phones, this.users, this.pairs];
	/** By canonical phone number. */
	private readonly placeByPhone = new Map<number, Place>();
	/** By packed user ID. */
	private readonly placeByUser = new Map<string, Place>();

	get size(): number {
		return this.phones.size + this.users.size + this.pairs.size;
	}

	/** Where the contact with this identifier is; undefined when it is not packed. */
	find(id: string): Place | undefined {
		if (this.size === 0) return undefined;
		// User IDs begin with a letter.
		if (id.charCodeAt(0) <= 57) return this.placeByPhone.get(phoneKey(id));
		const packed = packUserId(id);
		return packed === undefined ? undefined : this.placeByUser.get(packed);
	}

	/**
	 * Adds a contact none of whose identifiers is packed yet.
	 *
	 * @returns whether it could be packed
	 */
	add({ phone, userId }: ContactIdentity, { lastInboundAt, linkedAt }: PackedFacts): boolean {
		const user = userId === undefined ? '' : packUserId(userId);
		const number = phone === undefined ? 0 : phoneNumber(phone);
		const isPair = lastInboundAt === 0 && userId !== undefined;
		const time = isPair ? linkedAt : lastInboundAt;
		if (user === undefined || number === undefined || !isPackable(time)) return false;
		this.addRecord(isPair ? this.pairs : user ? this.users : this.phones, user, number, time);
		return true;
	}

	private addRecord(table: RecordTable, user: string, phone: number, time: number): void {
		const number = table.add(user, phone, time);
		this.index(number * this.tables.length + this.tables.indexOf(table), user, phone);
	}

	private index(place: Place, user: string, phone: number): void {
		if (user) this.placeByUser.set(user, place);
		if (phone) this.placeByPhone.set(phoneKeyOf(phone), place);
	}

	/** The contact's identifiers. */
	ids(place: Place): readonly string[] {
		const [table, index] = this.locate(place);
		return idsOf(table.user(index), table.phone(index));
	}

	facts(place: Place): PackedFacts {
		const [table, index] = this.locate(place);
		const time = table.time(index);
		return table === this.pairs
			? { lastInboundAt: 0, linkedAt: time }
			: { lastInboundAt: time, linkedAt: 0 };
	}

	/** When the contact was last heard of, epoch seconds. */
	time(place: Place): number {
		const [table, index] = this.locate(place);
		return table.time(index);
	}

	/** Whether both its phone number and its user ID are known. */
	isPair(place: Place): boolean {
		const [table, index] = this.locate(place);
		return table !== this.phones && table.phone(index) > 0;
	}

	/** @returns whether the facts could be packed in the same place */
	setFacts(place: Place, { lastInboundAt, linkedAt }: PackedFacts): boolean {
		const [table, index] = this.locate(place);
		const isPair = lastInboundAt === 0;
		const time = isPair ? linkedAt : lastInboundAt;
		if (isPair !== (table === this.pairs) || !isPackable(time)) return false;
		table.setTime(index, time);
		return true;
	}

	/** Removes a contact. Another one may take its place. */
	remove(place: Place): void {
		const [table, index] = this.locate(place);
		this.placeByUser.delete(table.user(index));
		this.placeByPhone.delete(phoneKeyOf(table.phone(index)));
		table.remove(index);
		if (index < table.size) this.index(place, table.user(index), table.phone(index));
	}

	/** The place of every contact. Only the contact just given may be removed on the way. */
	*places(): Generator<Place> {
		for (const [table, { size }] of this.tables.entries()) {
			for (let i = size - 1; i >= 0; i--) yield i * this.tables.length + table;
		}
	}

	/** All tables, for {@link join}. */
	texts(): PackedTexts {
		return [this.phones.text(), this.users.text(), this.pairs.text()];
	}

	/**
	 * Adds what {@link texts} gave, but hands out the contacts of whom something is known already.
	 *
	 * @param isKnown whether something is known elsewhere of one of the identifiers; undefined when
	 *   nothing is known elsewhere of anybody
	 * @returns how many were added
	 */
	join(
		texts: PackedTexts,
		isKnown: ((ids: readonly string[]) => boolean) | undefined,
		joinKnown: (ids: readonly string[], facts: PackedFacts) => void,
	): number {
		const before = this.size;
		const read = new PackedContacts();
		read.tables.forEach((table, i) => table.read(texts[i]));
		for (const [i, table] of read.tables.entries()) {
			for (let index = 0; index < table.size; index++) {
				const user = table.user(index);
				const phone = table.phone(index);
				if (!(user || phone) || (user && packUserId(unpackUserId(user)) !== user)) continue; // damaged
				const isPacked = this.placeByUser.has(user) || this.placeByPhone.has(phoneKeyOf(phone));
				if (isPacked || isKnown?.(idsOf(user, phone))) {
					joinKnown(idsOf(user, phone), read.facts(index * this.tables.length + i));
				} else {
					this.addRecord(this.tables[i], user, phone, table.time(index));
				}
			}
		}
		return this.size - before;
	}

	private locate(place: Place): [table: RecordTable, index: number] {
		const { tables } = this;
		return [tables[place % tables.length], Math.floor(place / tables.length)];
	}
}

/** A phone number as a number; undefined when it would not come back the same. */
function phoneNumber(phone: string): number | undefined {
	const number = Number(phone);
	return number > 0 && number < PHONE_LIMIT && String(number) === phone ? number : undefined;
}

/** NaN, under which nothing is found, for a number with a leading zero: it is another one without. */
function phoneKey(phone: string): number {
	return phone.startsWith('0') ? NaN : Number(canonicalPhone(phone));
}

/** As {@link phoneKey}. All numbers of two forms have 13 digits and begin with 5. */
function phoneKeyOf(phone: number): number {
	return phone >= 5e12 && phone < 6e12 ? phoneKey(String(phone)) : phone;
}

function idsOf(user: string, phone: number): string[] {
	const ids = phone ? [String(phone)] : [];
	if (user) ids.push(unpackUserId(user));
	return ids;
}
