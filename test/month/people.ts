import type { Contact } from '../simulator/contacts';
import type { Writer } from '../simulator/types';

import type { Random } from './random';

const DAY_MS = 86_400_000;

/** The two names of a contact. */
export type NameKind = 'phone' | 'userId';

/** Somebody who writes to the business. */
export interface Person {
	/** Digits, as WhatsApp has it unless {@link otherPhone} is there too. */
	phone: string;
	/** The same number in its other form, with or without the ninth digit of Brazil. */
	otherPhone?: string;
	userId: string;
	/** From when on deliveries name the user ID, epoch milliseconds. */
	userIdFromMs: number;
	/** From when on deliveries name it alone, because the person has a username. */
	phoneUntilMs: number;
	/** Mean time between two conversations, milliseconds. */
	everyMs: number;
	/** In the simulator. */
	contact?: Contact;
}

/** A person of the country, with names of their own. */
export function personOf(index: number, random: Random, startMs: number, days: number): Person {
	const digits = String(index).padStart(6, '0');
	const [country, phone, otherPhone] = random.weighted<[string, string, string?]>([
		[25, ['BR', `55119${'87'}${digits}`, `5511${'87'}${digits}`]],
		[35, ['DE', `49151${random.digits(2)}${digits}`]],
		[25, ['US', `1650${'5'}${digits}`]],
		[15, ['IN', `919${random.digits(3)}${digits}`]],
	]);
	const at = () => startMs + random.between(0, days * DAY_MS);
	const shift = [at(), at()].sort((a, b) => a - b);
	const [userIdFromMs, phoneUntilMs] = random.weighted<[number, number]>([
		[55, [0, Infinity]],
		[10, [Infinity, Infinity]],
		[25, [shift[0], shift[1]]],
		[10, [0, 0]],
	]);
	const conversations = random.weighted([
		[20, 0.3],
		[50, 2],
		[25, 5],
		[5, 20],
	]);
	return {
		phone,
		otherPhone,
		userId: `${country}.${random.digits(12)}${digits}`,
		userIdFromMs,
		phoneUntilMs,
		everyMs: (30 * DAY_MS) / conversations,
	};
}

/** Which names a delivery about the person has now. */
export function namesShown(person: Person, nowMs: number): Record<NameKind, boolean> {
	return { phone: nowMs < person.phoneUntilMs, userId: nowMs >= person.userIdFromMs };
}

/** The person as the simulator lets them write. */
export function writerOf(person: Person, random: Random, nowMs: number): Writer {
	const { phone, otherPhone, userId } = person;
	const shown = namesShown(person, nowMs);
	const noPhone = random.chance(0.5) ? 'phone' : 'phoneLeavingEmpty';
	return {
		phone: otherPhone && random.chance(0.3) ? otherPhone : phone,
		userId,
		hides: !shown.userId ? 'userId' : !shown.phone ? noPhone : undefined,
	};
}
