import { joinLedgers, type Ledger } from './books';
import { looksLikeUserId, userIdFor } from './ids';
import { waysToDial } from './numberingPlans';
import type { Person } from './types';

/** A WhatsApp user, with one ledger for each business number. */
export interface Contact {
	phone?: string;
	userId?: string;
	/** Whether the simulator made the user ID up, because nobody named one. */
	userIdIsMadeUp: boolean;
	name?: string;
	username?: string;
	/** Whether Meta keeps the phone number from the business. */
	hidesPhone: boolean;
	ledgers: Map<string, Ledger>;
}

/** Only the digits of a phone number as people write it. */
export function digitsOf(phone: string): string {
	return phone.replace(/\D/g, '');
}

/** The keys of a line: one for each way of dialling it. */
function phoneKeys(phone: string): string[] {
	return waysToDial(digitsOf(phone)).map((digits) => `phone:${digits}`);
}

/** Reads a phone number or a user ID given as one text. */
export function personOf(person: string | Person): Person {
	if (typeof person !== 'string') return person;
	return looksLikeUserId(person) ? { userId: person } : { phone: digitsOf(person) };
}

/** Everybody the simulator has heard of, found by phone number or by user ID. */
export class Contacts {
	private readonly byKey = new Map<string, Contact>();

	private readonly strangers = new Set<string>();

	/** The contact, if there is one. */
	peek({ phone, userId }: Person): Contact | undefined {
		return (
			(userId ? this.byKey.get(`user:${userId}`) : undefined) ??
			(phone ? this.ofLine(phone) : undefined)
		);
	}

	/** The contact, made if new. A phone number and a user ID seen together are one person. */
	find({ phone, userId }: Person): Contact {
		const byUser = userId ? this.byKey.get(`user:${userId}`) : undefined;
		let byPhone = phone ? this.ofLine(phone) : undefined;
		// The number has another owner than before.
		if (userId && byPhone?.userId && byPhone.userId !== userId && !byPhone.userIdIsMadeUp) {
			this.takeLine(byPhone, phone as string);
			byPhone = undefined;
		}
		const contact = byUser ?? byPhone ?? newContact();
		if (byPhone && byPhone !== contact) this.absorb(contact, byPhone);
		if (phone) {
			contact.phone ??= digitsOf(phone);
			for (const key of phoneKeys(phone)) this.byKey.set(key, contact);
		}
		if (userId && (!contact.userId || contact.userIdIsMadeUp)) {
			contact.userId = userId;
			contact.userIdIsMadeUp = false;
		}
		if (!contact.userId && contact.phone) {
			contact.userId = userIdFor(contact.phone);
			contact.userIdIsMadeUp = true;
		}
		for (const id of [userId, contact.userId]) if (id) this.byKey.set(`user:${id}`, contact);
		return contact;
	}

	/** The person gives up the line and the user ID, and has others from now on. */
	change(contact: Contact, { phone, userId }: Person): void {
		if (phone && contact.phone) this.takeLine(contact, contact.phone);
		if (userId && contact.userId) this.byKey.delete(`user:${contact.userId}`);
		if (phone) contact.phone = digitsOf(phone);
		if (userId) {
			contact.userId = userId;
			contact.userIdIsMadeUp = false;
		}
		for (const key of keysOf(contact)) this.byKey.set(key, contact);
	}

	private ofLine(phone: string): Contact | undefined {
		return phoneKeys(phone)
			.map((key) => this.byKey.get(key))
			.find((contact) => contact !== undefined);
	}

	/** Somebody has the line no more. */
	private takeLine(contact: Contact, phone: string): void {
		for (const key of phoneKeys(phone)) this.byKey.delete(key);
		contact.phone = undefined;
	}

	/** The contact's ledger with a business number, made if new. */
	ledger(contact: Contact, businessNumberId: string): Ledger {
		let ledger = contact.ledgers.get(businessNumberId);
		if (!ledger) contact.ledgers.set(businessNumberId, (ledger = {}));
		return ledger;
	}

	/** Says of a phone number or user ID whether it is on WhatsApp. Everybody is, unless told. */
	setOnWhatsApp(person: string | Person, onWhatsApp: boolean): void {
		for (const key of keysOf(personOf(person))) {
			if (onWhatsApp) this.strangers.delete(key);
			else this.strangers.add(key);
		}
	}

	isOnWhatsApp(contact: Contact): boolean {
		return !keysOf(contact).some((key) => this.strangers.has(key));
	}

	/** Everybody, once. */
	all(): Contact[] {
		return [...new Set(this.byKey.values())];
	}

	clear(): void {
		this.byKey.clear();
		this.strangers.clear();
	}

	private absorb(contact: Contact, other: Contact): void {
		for (const [id, ledger] of other.ledgers) {
			contact.ledgers.set(id, joinLedgers(contact.ledgers.get(id) ?? {}, ledger));
		}
		contact.phone ??= other.phone;
		contact.name ??= other.name;
		for (const key of keysOf(other)) this.byKey.set(key, contact);
	}
}

function newContact(): Contact {
	return { userIdIsMadeUp: false, hidesPhone: false, ledgers: new Map() };
}

function keysOf({ phone, userId }: Person): string[] {
	return [...(phone ? phoneKeys(phone) : []), ...(userId ? [`user:${userId}`] : [])];
}
