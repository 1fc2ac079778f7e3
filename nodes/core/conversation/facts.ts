import { joinConsent, type ConsentRecord } from './consent';

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
	/** When WhatsApp last held back a marketing template (131049, rule T28). */
	marketingLimitedAt: number;
	/** The newest record per scope, source and state. */
	consent: readonly ConsentRecord[];
}

export const NO_FACTS: ContactFacts = Object.freeze({
	lastInboundAt: 0,
	refusedAt: 0,
	freeEntryPointCandidateAt: 0,
	freeEntryPointUntil: 0,
	marketingLimitedAt: 0,
	consent: Object.freeze([]),
});

/**
 * Both sets of facts as one: the latest of each (rules.md, section 4). Commutative, associative
 * and idempotent, which is what makes repeated, late and reordered events harmless.
 */
export function joinFacts(a: ContactFacts, b: ContactFacts): ContactFacts {
	return {
		lastInboundAt: Math.max(a.lastInboundAt, b.lastInboundAt),
		refusedAt: Math.max(a.refusedAt, b.refusedAt),
		freeEntryPointCandidateAt: Math.max(a.freeEntryPointCandidateAt, b.freeEntryPointCandidateAt),
		freeEntryPointUntil: Math.max(a.freeEntryPointUntil, b.freeEntryPointUntil),
		marketingLimitedAt: Math.max(a.marketingLimitedAt, b.marketingLimitedAt),
		consent: joinConsent(a.consent, b.consent),
	};
}
