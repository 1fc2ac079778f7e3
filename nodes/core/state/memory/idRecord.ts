import { keepConsent, noesOf } from '../../conversation/consent';
import { canonicalPhone, isUserId } from '../../conversation/contact';
import {
	factsBetween,
	hasFacts,
	isSameFacts,
	joinFacts,
	NO_FACTS,
	type ContactFacts,
} from '../../conversation/facts';

/** A user ID and a phone number that were seen together. Times are epoch seconds. */
export interface Link {
	/** As WhatsApp wrote it. */
	phone: string;
	first: number;
	last: number;
}

/** A reported change: from then on the identifier was its contact's no more (rule E45). */
export interface Move {
	/** Epoch seconds. */
	at: number;
	/** The identifiers that took its place. */
	to: readonly string[];
}

/** The name under which a contact became known, where that is not its name of now. */
export interface FirstName {
	name: string;
	/** When that was noted, epoch seconds. */
	at: number;
}

/**
 * What was told of one phone number or user ID. Records only join, and never become one with those of
 * other identifiers: whose an identifier was is worked out when it is asked for (`spans.ts`).
 */
export interface IdRecord {
	id: string;
	facts: ContactFacts;
	/** Of a user ID: the phone numbers, each once. */
	links: readonly Link[];
	moves: readonly Move[];
	/** See `firstName.ts`. */
	firstName?: FirstName;
}

/**
 * Each business number is told of a change, at a time of its own (rule E45): what comes so soon after the
 * same change, in seconds, tells of that one.
 */
const SAME_CHANGE_SECONDS = 3_600;

/** The changes away from one identifier, each at the time when it was told first. */
export function asFirstTold(moves: readonly Move[]): readonly Move[] {
	if (moves.length < 2) return moves;
	const told: Move[] = [];
	for (const move of [...moves].sort((a, b) => a.at - b.at)) {
		const first = told.find(
			({ at, to }) => move.at - at <= SAME_CHANGE_SECONDS && isSameTarget(to, move.to),
		);
		told.push(first ? { ...move, at: first.at } : move);
	}
	return told;
}

/** By the user IDs, where both name one: a contact gets a new one with each change. */
function isSameTarget(a: readonly string[], b: readonly string[]): boolean {
	const users = a.filter(isUserId);
	const ids = users.length > 0 && b.some(isUserId) ? users : a;
	return ids.some((id) => namesKey(b, keyOf(id)));
}

/** Whether one of some identifiers is that of a key. */
export function namesKey(ids: readonly string[], key: string): boolean {
	return ids.some((id) => keyOf(id) === key);
}

/** One form of an identifier, for comparing (rule D13). */
export function keyOf(id: string): string {
	return canonicalPhone(id);
}

/** A record in which nothing is told yet. */
export function blankRecord(id: string): IdRecord {
	return { id, facts: NO_FACTS, links: [], moves: [] };
}

/** A record of what facts say no to; undefined when they do not. */
export function noesRecord(id: string, facts: ContactFacts): IdRecord | undefined {
	const consent = noesOf(facts.consent);
	return consent.length === 0 ? undefined : { ...blankRecord(id), facts: { ...NO_FACTS, consent } };
}

/** Both records of one identifier as one. Commutative, associative and idempotent. */
export function joinRecords(a: IdRecord, b: IdRecord): IdRecord {
	return {
		id: a.id < b.id ? a.id : b.id,
		facts: keepFacts(a.facts, b.facts),
		links: joinLinks(a.links, b.links),
		moves: joinMoves(a.moves, b.moves),
		...firstNamePart(laterName(a.firstName, b.firstName)),
	};
}

/** Of one second the smaller one, so that the order does not matter. */
function laterName(a: FirstName | undefined, b: FirstName | undefined): FirstName | undefined {
	if (!a || !b) return a ?? b;
	if (a.at !== b.at) return a.at > b.at ? a : b;
	return a.name < b.name ? a : b;
}

/** Nothing where there is none: records are compared by what they hold. */
export function firstNamePart(firstName: FirstName | undefined): Pick<IdRecord, 'firstName'> {
	return firstName ? { firstName } : {};
}

function keepFacts(a: ContactFacts, b: ContactFacts): ContactFacts {
	return { ...joinFacts(a, b), consent: keepConsent(a.consent, b.consent) };
}

function joinLinks(a: readonly Link[], b: readonly Link[]): readonly Link[] {
	if (b.length === 0) return a;
	if (a.length === 0 && b.length === 1) return b;
	const byKey = new Map<string, Link>();
	for (const link of [...a, ...b]) {
		const key = keyOf(link.phone);
		const known = byKey.get(key) ?? link;
		byKey.set(key, {
			phone: known.phone < link.phone ? known.phone : link.phone,
			first: Math.min(known.first, link.first),
			last: Math.max(known.last, link.last),
		});
	}
	return [...byKey.keys()].sort().map((key) => byKey.get(key) as Link);
}

function joinMoves(a: readonly Move[], b: readonly Move[]): readonly Move[] {
	if (b.length === 0) return a;
	if (a.length === 0 && b.length === 1) return b;
	const byKey = new Map([...a, ...b].map((move) => [moveKey(move), move]));
	return [...byKey.values()].sort(
		(one, other) => one.at - other.at || (moveKey(one) < moveKey(other) ? -1 : 1),
	);
}

function moveKey({ at, to }: Move): string {
	return `${at} ${to.join(' ')}`;
}

/** Whether two records of one identifier say the same. */
export function isSameRecord(a: IdRecord, b: IdRecord): boolean {
	return (
		a.id === b.id &&
		a.links.length === b.links.length &&
		a.links.every((link, index) => isSameLink(link, b.links[index])) &&
		String(a.moves.map(moveKey)) === String(b.moves.map(moveKey)) &&
		a.firstName?.name === b.firstName?.name &&
		a.firstName?.at === b.firstName?.at &&
		isSameFacts(a.facts, b.facts)
	);
}

function isSameLink(a: Link, b: Link): boolean {
	return a.phone === b.phone && a.first === b.first && a.last === b.last;
}

/**
 * What of a record is left when everything up to some times was erased; undefined when that is nothing.
 *
 * @param erasedAt the time for an identifier, epoch seconds; 0: it was not erased
 */
export function unerased(record: IdRecord, erasedAt: (id: string) => number): IdRecord | undefined {
	const own = erasedAt(record.id);
	const { id, facts } = record;
	let isErased = own > 0;
	const links = record.links.flatMap(({ phone, first, last }) => {
		const at = Math.max(own, erasedAt(phone));
		isErased ||= at >= first;
		return last > at ? [{ phone, first: Math.max(first, at + 1), last }] : [];
	});
	if (!isErased) return record;
	const left: IdRecord = {
		id,
		facts: factsBetween(facts, own + 1, Infinity),
		links,
		moves: record.moves.filter(({ at }) => at > own),
		...firstNamePart(record.firstName && record.firstName.at > own ? record.firstName : undefined),
	};
	return isEmpty(left) ? undefined : left;
}

/** Whether a record tells nothing. */
export function isEmpty({ facts, links, moves, firstName }: IdRecord): boolean {
	return links.length === 0 && moves.length === 0 && !firstName && !hasFacts(facts);
}

/** The identifiers that a record names beside its own. */
export function namedIn({ links, moves }: IdRecord): string[] {
	return [...links.map(({ phone }) => phone), ...moves.flatMap(({ to }) => to)];
}
