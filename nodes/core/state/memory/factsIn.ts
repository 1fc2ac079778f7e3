import { joinConsent, standingNoes, type ConsentRecord } from '../../conversation/consent';
import { factsBetween, joinFacts, NO_FACTS, type ContactFacts } from '../../conversation/facts';
import { carriedOwner } from '../../conversation/owner';

import type { Span } from './spans';

/**
 * What is known of a contact from the facts of its identifiers.
 *
 * @param factsOf what was told of an identifier
 */
export function factsIn(
	spans: readonly Span[],
	factsOf: (key: string) => ContactFacts,
): ContactFacts {
	let facts = NO_FACTS;
	let carriedAt = 0;
	let changedAt = 0;
	let otherwise: readonly ConsentRecord[] = [];
	const add = (consent: readonly ConsentRecord[]) => {
		facts = { ...facts, consent: joinConsent(facts.consent, consent) };
	};
	for (const { key, from, to, kind, changedAt: at = 0 } of spans) {
		const told = factsBetween(factsOf(key), from, to);
		if (told === NO_FACTS) continue;
		switch (kind) {
			case 'own':
				facts = joinFacts(facts, told);
				break;
			case 'former':
				add(told.consent);
				facts = joinFacts(facts, {
					...NO_FACTS,
					// A new name opens no window that was closed, and lifts no limit.
					refusedAt: told.refusedAt,
					marketingLimitedAt: told.marketingLimitedAt,
					owner: carriedOwner(told.owner),
					remembered: told.remembered,
				});
				carriedAt = Math.max(carriedAt, told.lastInboundAt);
				changedAt = Math.max(changedAt, at);
				break;
			case 'otherwise':
				otherwise = joinConsent(otherwise, told.consent);
				break;
			case 'afterGivingUp':
				add(standingNoes(told.consent));
				facts = joinFacts(facts, { ...NO_FACTS, marketingLimitedAt: told.marketingLimitedAt });
				break;
			case 'earlierOwner':
				add(standingNoes(told.consent).map((no) => ({ ...no, byEarlierOwner: true })));
		}
	}
	if (otherwise.length > 0) add(standingNoes(otherwise));
	// Whether a window survives a new number or user ID is not documented (E36).
	return facts.lastInboundAt === 0 && carriedAt > 0
		? { ...facts, lastInboundAt: carriedAt, identityChange: { at: changedAt, to: [] } }
		: facts;
}

/** Facts with the consent of others; whose window that is, another business number knows. */
export function withConsentOf(own: ContactFacts, { consent }: ContactFacts): ContactFacts {
	return consent.length === 0 ? own : { ...own, consent: joinConsent(own.consent, consent) };
}
