import { joinLedgers, type Ledger } from './books';
import { looksLikeUserId, userIdFor } from './ids';
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

/**
 * Brazil, Mexico and Argentina: the number that people dial and the one that WhatsApp uses differ by
 * one inserted digit. Both have the same key.
 */
function phoneKey(phone: string): string {
	const digits = digitsOf(phone)
		.replace(/^(55\d\d)9(\d{8})$/, '$1$2')
		.replace(/^521(\d{10})$/, '52$1')
		.replace(/^549(\d{10})$/, '54$1');
	return `phone:${digits}`;
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
			(phone ? this.byKey.get(phoneKey(phone)) : undefined)
		);
	}

	/** The contact, made if new. A phone number and a user ID seen together are one person. */
	find({ phone, userId }: Person): Contact {
		const byUser = userId ? this.byKey.get(`user:${userId}`) : undefined;
		let byPhone = phone ? this.byKey.get(phoneKey(phone)) : undefined;
		// The number has another owner than before.
		if (userId && byPhone?.userId && byPhone.userId !== userId && !byPhone.userIdIsMadeUp) {
			byPhone = undefined;
		}
		const contact = byUser ?? byPhone ?? newContact();
		if (byPhone && byPhone !== contact) this.absorb(contact, byPhone);
		if (phone) {
			contact.phone ??= digitsOf(phone);
			this.byKey.set(phoneKey(phone), contact);
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
	return [...(phone ? [phoneKey(phone)] : []), ...(userId ? [`user:${userId}`] : [])];
}
