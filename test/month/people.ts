import type { Writer } from '../simulator/types';

import type { Random } from './random';

const DAY_MS = 86_400_000;

/** The two names of a contact. */
export type NameKind = 'phone' | 'userId';

/** The names that somebody has for a time. WhatsApp makes a new user ID for a new number. */
export interface Era {
	/** Digits, as WhatsApp has it unless {@link otherPhone} is there too. */
	phone: string;
	/** The same number in its other form, with or without the ninth digit of Brazil. */
	otherPhone?: string;
	userId: string;
	/** Epoch milliseconds. */
	fromMs: number;
}

/** How the business is told of a new number: by a system message, in time, late, or not at all. */
export type Report = 'soon' | 'late' | 'never';

/** Somebody who writes to the business. */
export interface Person {
	/** One after the other; each ends where the next one begins. */
	eras: Era[];
	report: Report;
	/** From when on the shop's own records have the newest number, epoch milliseconds. */
	shopKnowsFromMs: number;
	/** From when on deliveries name the user ID, epoch milliseconds. */
	userIdFromMs: number;
	/** From when on deliveries name it alone, because the person has a username. */
	phoneUntilMs: number;
	/** Mean time between two conversations, milliseconds. */
	everyMs: number;
	/** Index of the business number that the person writes to as a rule. */
	favourite: number;
	/** Whether there is anything about the names that takes care: see {@link peopleOf}. */
	isSpecial: boolean;
}

/**
 * The people of the month. Most have two names, for ever. Of the others some change their number,
 * and get another user ID with it; half of these numbers belong to somebody else later. And there
 * are landlines of Brazil beside mobiles that differ from them by a nine alone.
 */
export function peopleOf(count: number, random: Random, startMs: number, days: number): Person[] {
	const people: Person[] = [];
	while (people.length < count) {
		const index = people.length;
		const story = { index, random, startMs, days };
		const kind = random.weighted([
			[92, 'plain'],
			[5, 'moves'],
			[3, 'neighbours'],
		] as const);
		if (kind === 'plain') people.push(plainPerson(story));
		else if (kind === 'moves') people.push(...peopleOfOneNumber(story));
		else people.push(...neighbours(story));
	}
	return people;
}

interface Story {
	/** Of the first of them, from which names are made that nobody else has. */
	index: number;
	random: Random;
	startMs: number;
	days: number;
}

function plainPerson({ index, random, startMs, days }: Story): Person {
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
		eras: [{ ...namesOf(index, random), fromMs: startMs }],
		report: 'never',
		shopKnowsFromMs: startMs,
		userIdFromMs,
		phoneUntilMs,
		everyMs: (30 * DAY_MS) / conversations,
		favourite: random.chance(0.8) ? 0 : 1,
		isSpecial: false,
	};
}

/** Somebody who gets another number, and perhaps whoever has the old one after a while. */
function peopleOfOneNumber(story: Story): Person[] {
	const { index, random, startMs, days } = story;
	const changedMs = startMs + random.between(0.12, 0.45) * days * DAY_MS;
	const mover = lively(story);
	mover.eras.push({ ...namesOf(index + 500_000, random), fromMs: changedMs });
	mover.report = random.weighted([
		[60, 'soon'],
		[25, 'late'],
		[15, 'never'],
	] as const);
	// The shop may learn of it by itself before or after WhatsApp tells, or keep the old number.
	mover.shopKnowsFromMs = changedMs + random.exponential(0.15 * days * DAY_MS);
	if (!random.chance(0.6)) return [mover];

	const takenMs = changedMs + Math.max(DAY_MS, random.between(0.1, 0.4) * days * DAY_MS);
	const heir = lively(story);
	const { phone, otherPhone } = mover.eras[0];
	const { userId } = namesOf(index + 250_000, random);
	heir.eras = [{ phone, otherPhone, userId, fromMs: takenMs }];
	heir.shopKnowsFromMs = takenMs;
	// No number of somebody new is hidden from the beginning.
	heir.phoneUntilMs = Infinity;
	heir.userIdFromMs = random.chance(0.85) ? 0 : Infinity;
	heir.favourite = mover.favourite;
	return [mover, heir];
}

/** A landline, which businesses and their customers use too, and a mobile with one nine more. */
function neighbours(story: Story): Person[] {
	const digits = String(story.index).padStart(6, '0');
	const landline = lively(story);
	const mobile = lively(story);
	Object.assign(landline.eras[0], { phone: `551133${digits}`, otherPhone: undefined });
	Object.assign(mobile.eras[0], { phone: `5511933${digits}`, otherPhone: undefined });
	for (const [position, { eras }] of [landline, mobile].entries()) {
		eras[0].userId = `BR.${story.random.digits(12)}${position}${digits}`;
	}
	mobile.favourite = landline.favourite;
	return [landline, mobile];
}

/** Somebody of whom more is heard than of most. */
function lively(story: Story): Person {
	const { random, days } = story;
	const [userIdFromMs, phoneUntilMs] = random.weighted<[number, number]>([
		[75, [0, Infinity]],
		[10, [Infinity, Infinity]],
		[15, [0, 0]],
	]);
	const everyMs = (days * DAY_MS) / 6;
	return { ...plainPerson(story), userIdFromMs, phoneUntilMs, everyMs, isSpecial: true };
}

function namesOf(index: number, random: Random): Omit<Era, 'fromMs'> {
	const digits = String(index).padStart(6, '0');
	const [country, phone, otherPhone] = random.weighted<[string, string, string?]>([
		[25, ['BR', `55119${'87'}${digits}`, `5511${'87'}${digits}`]],
		[35, ['DE', `49151${random.digits(2)}${digits}`]],
		[25, ['US', `1650${'5'}${digits}`]],
		[15, ['IN', `919${random.digits(3)}${digits}`]],
	]);
	return { phone, otherPhone, userId: `${country}.${random.digits(12)}${digits}` };
}

/** Which of somebody's eras it is; undefined while there is nobody of these names yet. */
export function eraAt({ eras }: Person, nowMs: number): number | undefined {
	for (let era = eras.length - 1; era >= 0; era--) if (eras[era].fromMs <= nowMs) return era;
	return undefined;
}

/** Which names a delivery about the person has now. */
export function namesShown(person: Person, nowMs: number): Record<NameKind, boolean> {
	return { phone: nowMs < person.phoneUntilMs, userId: nowMs >= person.userIdFromMs };
}

/** The person as the simulator lets them write. */
export function writerOf(person: Person, era: number, random: Random, nowMs: number): Writer {
	const { phone, otherPhone, userId } = person.eras[era];
	const shown = namesShown(person, nowMs);
	const noPhone = random.chance(0.5) ? 'phone' : 'phoneLeavingEmpty';
	return {
		phone: otherPhone && random.chance(0.3) ? otherPhone : phone,
		userId,
		hides: !shown.userId ? 'userId' : !shown.phone ? noPhone : undefined,
	};
}
