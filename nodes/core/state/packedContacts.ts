import { canonicalPhone, isUserId, type ContactIdentity } from '../conversation/contact';

import { packUserId, unpackUserId } from './packedUserId';
import { isPackable, PHONE_LIMIT, RecordTable } from './recordTable';

/** Where a packed contact is: twice its place in the table, and one more in the table of user IDs. */
type Place = number;

/**
 * Contacts of whom no more is known than who they are and when they last wrote, as most are: a
 * tenth of the memory that objects take, and ready to be saved.
 */
export class PackedContacts {
	private readonly phones = new RecordTable(false);
	private readonly users = new RecordTable(true);
	/** By canonical phone number. */
	private readonly placeByPhone = new Map<number, Place>();
	/** By packed user ID. */
	private readonly placeByUser = new Map<string, Place>();

	get size(): number {
		return this.phones.size + this.users.size;
	}

	/** Where the contact with this identifier is; undefined when it is not packed. */
	find(id: string): Place | undefined {
		if (this.size === 0) return undefined;
		if (!isUserId(id)) return this.placeByPhone.get(phoneKey(id));
		const packed = packUserId(id);
		return packed === undefined ? undefined : this.placeByUser.get(packed);
	}

	/**
	 * Adds a contact none of whose identifiers is packed yet.
	 *
	 * @param lastInboundAt epoch seconds
	 * @returns whether it could be packed
	 */
	add({ phone, userId }: ContactIdentity, lastInboundAt: number): boolean {
		const user = userId === undefined ? '' : packUserId(userId);
		const number = phone === undefined ? 0 : phoneNumber(phone);
		if (user === undefined || number === undefined || !isPackable(lastInboundAt)) return false;
		this.addRecord(user, number, lastInboundAt);
		return true;
	}

	private addRecord(user: string, phone: number, time: number): void {
		const place = user
			? this.users.add(user, phone, time) * 2 + 1
			: this.phones.add('', phone, time) * 2;
		this.index(place, user, phone);
	}

	private index(place: Place, user: string, phone: number): void {
		if (user) this.placeByUser.set(user, place);
		if (phone) this.placeByPhone.set(phoneKey(String(phone)), place);
	}

	/** Who the contact is, and when it last wrote (epoch seconds). */
	get(place: Place): { ids: readonly string[]; lastInboundAt: number } {
		const [table, index] = this.locate(place);
		const phone = table.phone(index);
		const ids = phone ? [String(phone)] : [];
		if (table === this.users) ids.push(unpackUserId(table.user(index)));
		return { ids, lastInboundAt: table.time(index) };
	}

	lastInboundAt(place: Place): number {
		const [table, index] = this.locate(place);
		return table.time(index);
	}

	/** @returns whether the time could be packed */
	setLastInboundAt(place: Place, at: number): boolean {
		if (!isPackable(at)) return false;
		const [table, index] = this.locate(place);
		table.setTime(index, at);
		return true;
	}

	/** Removes a contact. Another one may take its place. */
	remove(place: Place): void {
		const [table, index] = this.locate(place);
		this.placeByUser.delete(table.user(index));
		this.placeByPhone.delete(phoneKey(String(table.phone(index))));
		table.remove(index);
		if (index < table.size) this.index(place, table.user(index), table.phone(index));
	}

	/** The place of every contact. Only the contact just given may be removed on the way. */
	*places(): Generator<Place> {
		for (let i = this.phones.size - 1; i >= 0; i--) yield i * 2;
		for (let i = this.users.size - 1; i >= 0; i--) yield i * 2 + 1;
	}

	/** Both tables, for {@link join}. */
	texts(): [phones: string, users: string] {
		return [this.phones.text(), this.users.text()];
	}

	/**
	 * Adds what {@link texts} gave, but hands out the contacts of whom something is known already.
	 *
	 * @param isKnown whether something is known elsewhere of one of the identifiers
	 * @returns how many were added
	 */
	join(
		[phones, users]: [phones: string, users: string],
		isKnown: (ids: readonly string[]) => boolean,
		joinKnown: (ids: readonly string[], lastInboundAt: number) => void,
	): number {
		const before = this.size;
		const read = new PackedContacts();
		read.phones.read(phones);
		read.users.read(users);
		for (const place of read.places()) {
			const [table, index] = read.locate(place);
			const user = table.user(index);
			const phone = table.phone(index);
			const isPacked = this.placeByUser.has(user) || this.placeByPhone.has(phoneKey(String(phone)));
			const { ids, lastInboundAt } = read.get(place);
			if (user && packUserId(ids[ids.length - 1]) !== user) continue; // damaged
			if (isPacked || isKnown(ids)) joinKnown(ids, lastInboundAt);
			else if (ids.length > 0) this.addRecord(user, phone, lastInboundAt);
		}
		return this.size - before;
	}

	private locate(place: Place): [table: RecordTable, index: number] {
		return [place % 2 === 0 ? this.phones : this.users, Math.floor(place / 2)];
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
