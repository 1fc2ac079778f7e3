import { canonicalPhone } from '../../conversation/contact';

import { packUserId, unpackUserId } from './packedUserId';
import { isPackable, PHONE_LIMIT, RecordTable } from './recordTable';

/** Where a packed contact is: its number in its table, times two, and which table it is. */
type Place = number;

/** The saved form of the tables: phone numbers alone, and user IDs with or without a phone number. */
export type PackedTexts = [phones: string, users: string];

/** What is known of a packed contact. Times are epoch seconds; 0: never. */
export interface PackedContact {
	userId?: string;
	phone?: string;
	lastInboundAt: number;
	/** When both were seen together. */
	first: number;
	last: number;
}

/** The times of a record of {@link PackedContacts}' second table. */
const INBOUND = 0;
const FIRST = 1;
const LAST = 2;

/**
 * Contacts of whom no more is known than who they are, since when and until when phone number and user
 * ID were seen together, and when they last wrote, as most are: a tenth of the memory that objects
 * take, and ready to be saved.
 */
export class PackedContacts {
	private readonly phones = new RecordTable(false, 1);
	private readonly users = new RecordTable(true, 3);
	private readonly tables = [this.phones, this.users];
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
		// User IDs begin with a letter.
		if (id.charCodeAt(0) <= 57) return this.placeByPhone.get(phoneKey(id));
		const packed = packUserId(id);
		return packed === undefined ? undefined : this.placeByUser.get(packed);
	}

	/** @returns whether the contact could be packed: none of its identifiers may be packed already */
	add({ userId, phone, lastInboundAt, first, last }: PackedContact): boolean {
		const user = userId === undefined ? '' : packUserId(userId);
		const number = phone === undefined ? 0 : phoneNumber(phone);
		if (user === undefined || number === undefined) return false;
		if (!(user || number) || (!user && lastInboundAt === 0)) return false;
		if (![lastInboundAt, first, last].every(isPackable)) return false;
		if (this.isTaken(user, number)) return false;
		if (user) this.addRecord(this.users, user, number, [lastInboundAt, first, last]);
		else this.addRecord(this.phones, user, number, [lastInboundAt]);
		return true;
	}

	private isTaken(user: string, phone: number): boolean {
		return (
			(user !== '' && this.placeByUser.has(user)) ||
			(phone > 0 && this.placeByPhone.has(phoneKeyOf(phone)))
		);
	}

	private addRecord(table: RecordTable, user: string, phone: number, times: number[]): void {
		const number = table.add(user, phone, times);
		this.index(number * this.tables.length + this.tables.indexOf(table), user, phone);
	}

	private index(place: Place, user: string, phone: number): void {
		if (user) this.placeByUser.set(user, place);
		if (phone) this.placeByPhone.set(phoneKeyOf(phone), place);
	}

	/** All that is known at a place. */
	contact(place: Place): PackedContact {
		const [table, index] = this.locate(place);
		return contactIn(table, index, table === this.users);
	}

	/** The user ID of a place; undefined when only a phone number is known. */
	userId(place: Place): string | undefined {
		const [table, index] = this.locate(place);
		return table === this.users ? unpackUserId(table.user(index)) : undefined;
	}

	/**
	 * The usual case, without the work that the others take: a contact known by just these identifiers
	 * has written again, or was seen again.
	 *
	 * @returns what is known now; undefined for all other cases
	 */
	touch(place: Place, now: PackedContact): PackedContact | undefined {
		const known = this.contact(place);
		const isOtherPhone = now.phone !== undefined && known.phone !== now.phone;
		if (known.userId !== now.userId || isOtherPhone) return undefined;
		const { lastInboundAt, first, last } = now;
		if (![lastInboundAt, first, last].every(isPackable)) return undefined;
		const [table, index] = this.locate(place);
		const joined = {
			...known,
			lastInboundAt: Math.max(known.lastInboundAt, lastInboundAt),
			first: Math.min(known.first || first, first || known.first),
			last: Math.max(known.last, last),
		};
		if (joined.lastInboundAt > known.lastInboundAt) {
			table.setTime(index, INBOUND, joined.lastInboundAt);
		}
		if (table === this.users) {
			if (joined.first !== known.first) table.setTime(index, FIRST, joined.first);
			if (joined.last !== known.last) table.setTime(index, LAST, joined.last);
		}
		return joined;
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
		return [this.phones.text(), this.users.text()];
	}

	/**
	 * Adds what {@link texts} gave, but hands out the contacts of whom something is known already.
	 *
	 * @param isKnown whether something is known elsewhere of one of the identifiers; undefined when
	 *   nothing is known elsewhere of anybody
	 * @returns how many were added
	 */
	join(
		[phones, users]: PackedTexts,
		isKnown: ((contact: PackedContact) => boolean) | undefined,
		joinKnown: (contact: PackedContact) => void,
	): number {
		const before = this.size;
		for (const [own, text] of [
			[this.phones, phones],
			[this.users, users],
		] as const) {
			const isUsers = own === this.users;
			const read = new RecordTable(isUsers, isUsers ? 3 : 1);
			read.read(text);
			for (let index = 0; index < read.size; index++) {
				const user = read.user(index);
				const phone = read.phone(index);
				if (isDamaged(user, phone, isUsers)) continue;
				if (this.isTaken(user, phone) || isKnown?.(contactIn(read, index, isUsers))) {
					joinKnown(contactIn(read, index, isUsers));
				} else {
					this.addRecord(own, user, phone, timesOf(read, index, isUsers));
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

function contactIn(table: RecordTable, index: number, isUsers: boolean): PackedContact {
	const phone = table.phone(index);
	return {
		...(isUsers ? { userId: unpackUserId(table.user(index)) } : {}),
		...(phone > 0 ? { phone: String(phone) } : {}),
		lastInboundAt: table.time(index, INBOUND),
		first: isUsers ? table.time(index, FIRST) : 0,
		last: isUsers ? table.time(index, LAST) : 0,
	};
}

function timesOf(table: RecordTable, index: number, isUsers: boolean): number[] {
	const times = isUsers ? [INBOUND, FIRST, LAST] : [INBOUND];
	return times.map((which) => table.time(index, which));
}

function isDamaged(user: string, phone: number, isUsers: boolean): boolean {
	return isUsers ? packUserId(unpackUserId(user)) !== user : phone === 0;
}

/**
 * The contacts in the tables of version 0.1.0: with a user ID, or pairs of which nothing else was known.
 * When both had been seen together was told by their one time.
 */
export function* oldUsersIn(text: string, arePairs: boolean): Generator<PackedContact> {
	const table = new RecordTable(true, 1);
	table.read(text);
	for (let index = 0; index < table.size; index++) {
		const user = table.user(index);
		if (isDamaged(user, table.phone(index), true)) continue;
		const contact = contactIn(table, index, false);
		const at = contact.lastInboundAt;
		const seenAt = contact.phone === undefined ? 0 : at;
		yield {
			...contact,
			userId: unpackUserId(user),
			lastInboundAt: arePairs ? 0 : at,
			first: seenAt,
			last: seenAt,
		};
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

/** As {@link phoneKey}, without making a text of most numbers: long forms have 13 digits (rule D13). */
function phoneKeyOf(phone: number): number {
	const mayBeLong = (phone >= 2.25e12 && phone < 2.3e12) || (phone >= 5.2e12 && phone < 5.6e12);
	return mayBeLong ? phoneKey(String(phone)) : phone;
}
