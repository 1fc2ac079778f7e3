import { isSameConsent, joinConsent, type ConsentRecord } from './consent';
import {
	isNobodys,
	isSameOwner,
	joinOwner,
	latestOfOwner,
	NO_OWNER,
	ownerWithin,
	type OwnerFacts,
} from './owner';
import { isSameRemembered, joinRemembered, type Remembered } from './remembered';

/**
 * What is known about one contact of one business number. All times are epoch seconds; 0 means
 * 'never'. Facts only ever join (see {@link joinFacts}), so events may come twice, late and in any
 * order.
 */
export interface ContactFacts {
	/** Latest counted message or call of the contact, by the time inside the event (rules R2, R4). */
	lastInboundAt: number;
	/** When the latest free-form message was sent that WhatsApp refused with 131047 (rule E31). */
	refusedAt: number;
	/** Latest message that came through an ad or page (rule R31): only a candidate. */
	freeEntryPointCandidateAt: number;
	/** End of the free entry point as a status reported it (rule R32). */
	freeEntryPointUntil: number;
	/** When the latest marketing template was sent that WhatsApp held back (131049, rule T28). */
	marketingLimitedAt: number;
	/**
	 * The reported change of phone number or user ID since which the contact has not written (rule
	 * E36). Worked out when facts are read, never kept.
	 */
	identityChange: IdentityChange;
	/** Who has the conversation: see `ownerOf()`. */
	owner: OwnerFacts;
	/** What workflows want to know again, by key. */
	remembered: readonly Remembered[];
	/** The newest record per scope, source and state. */
	consent: readonly ConsentRecord[];
}

export interface IdentityChange {
	/** Epoch seconds; 0: never. */
	at: number;
	/** The identifiers that are valid since. */
	to: readonly string[];
}

export const NO_FACTS: ContactFacts = Object.freeze({
	lastInboundAt: 0,
	refusedAt: 0,
	freeEntryPointCandidateAt: 0,
	freeEntryPointUntil: 0,
	marketingLimitedAt: 0,
	identityChange: Object.freeze({ at: 0, to: Object.freeze([]) }),
	owner: NO_OWNER,
	remembered: Object.freeze([]),
	consent: Object.freeze([]),
});

const TIMES = [
	'lastInboundAt',
	'refusedAt',
	'freeEntryPointCandidateAt',
	'freeEntryPointUntil',
	'marketingLimitedAt',
] as const;

/**
 * Both sets of facts as one: the latest of each. Commutative, associative
 * and idempotent, which is what makes repeated, late and reordered events harmless.
 */
export function joinFacts(a: ContactFacts, b: ContactFacts): ContactFacts {
	return {
		lastInboundAt: Math.max(a.lastInboundAt, b.lastInboundAt),
		refusedAt: Math.max(a.refusedAt, b.refusedAt),
		freeEntryPointCandidateAt: Math.max(a.freeEntryPointCandidateAt, b.freeEntryPointCandidateAt),
		freeEntryPointUntil: Math.max(a.freeEntryPointUntil, b.freeEntryPointUntil),
		marketingLimitedAt: Math.max(a.marketingLimitedAt, b.marketingLimitedAt),
		identityChange: isLater(b.identityChange, a.identityChange)
			? b.identityChange
			: a.identityChange,
		owner: joinOwner(a, b),
		remembered: joinRemembered(a.remembered, b.remembered),
		consent: joinConsent(a.consent, b.consent),
	};
}

function isLater(a: IdentityChange, b: IdentityChange): boolean {
	return a.at > b.at || (a.at === b.at && String(a.to) > String(b.to));
}

/** Whether two sets of facts from {@link joinFacts} say the same. */
export function isSameFacts(a: ContactFacts, b: ContactFacts): boolean {
	return (
		TIMES.every((name) => a[name] === b[name]) &&
		a.identityChange.at === b.identityChange.at &&
		String(a.identityChange.to) === String(b.identityChange.to) &&
		isSameOwner(a.owner, b.owner) &&
		isSameRemembered(a.remembered, b.remembered) &&
		isSameConsent(a.consent, b.consent)
	);
}

/** When the latest of all facts but consent came about, epoch seconds; 0 when there are none. */
export function latestTimeOf(facts: ContactFacts): number {
	return Math.max(
		facts.identityChange.at,
		latestOfOwner(facts.owner),
		...facts.remembered.map(({ at }) => at),
		...TIMES.map((name) => facts[name]),
	);
}

/** Whether nothing is known but who the contact is and, perhaps, when it last wrote. */
export function isBare(facts: ContactFacts): boolean {
	return (
		facts.refusedAt === 0 &&
		facts.freeEntryPointCandidateAt === 0 &&
		facts.freeEntryPointUntil === 0 &&
		facts.marketingLimitedAt === 0 &&
		facts.identityChange.at === 0 &&
		isNobodys(facts.owner) &&
		facts.remembered.length === 0 &&
		facts.consent.length === 0
	);
}

/**
 * What came about within a time, both in epoch seconds.
 *
 * @param from the first second of it
 * @param to the first second after it
 */
export function factsBetween(facts: ContactFacts, from: number, to: number): ContactFacts {
	if (from === 0 && to === Infinity) return facts;
	const isWithin = (at: number) => at >= from && at < to;
	const within = (at: number) => (isWithin(at) ? at : 0);
	const { lastInboundAt, freeEntryPointCandidateAt } = facts;
	return {
		lastInboundAt: within(lastInboundAt),
		refusedAt: within(facts.refusedAt),
		freeEntryPointCandidateAt: within(freeEntryPointCandidateAt),
		// An end, which lies ahead: it belongs to what began it.
		freeEntryPointUntil:
			isWithin(lastInboundAt) || isWithin(freeEntryPointCandidateAt)
				? facts.freeEntryPointUntil
				: 0,
		marketingLimitedAt: within(facts.marketingLimitedAt),
		identityChange: isWithin(facts.identityChange.at)
			? facts.identityChange
			: NO_FACTS.identityChange,
		owner: ownerWithin(facts.owner, isWithin),
		remembered: facts.remembered.filter(({ at }) => isWithin(at)),
		consent: facts.consent.filter(({ at }) => isWithin(at)),
	};
}

/** Whether anything at all is known. */
export function hasFacts(facts: ContactFacts): boolean {
	return facts.consent.length > 0 || latestTimeOf(facts) > 0;
}
