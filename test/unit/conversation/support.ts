import type {
	ConsentRecord,
	ConsentScope,
	ConsentSource,
} from '../../../nodes/core/conversation/consent';
import {
	decide,
	DEFAULT_POLICY,
	type ContactState,
	type Decision,
	type Outgoing,
	type Policy,
} from '../../../nodes/core/conversation/decide';
import { joinFacts, NO_FACTS, type ContactFacts } from '../../../nodes/core/conversation/facts';

export const MINUTE = 60;
export const HOUR = 3_600;
export const DAY = 86_400;

/** 20 November 2026, 10:05 in Berlin. */
export const NOW = Date.UTC(2026, 10, 20, 9, 5) / 1_000;

/** What one single event tells. */
export function fact(part: Partial<ContactFacts>): ContactFacts {
	return { ...NO_FACTS, ...part };
}

/** Single facts joined in the order in which they arrive. */
export function joined(...arrivals: ContactFacts[]): ContactFacts {
	return arrivals.reduce(joinFacts, NO_FACTS);
}

export function consentFact(...records: ConsentRecord[]): ContactFacts {
	return joined(...records.map((record) => fact({ consent: [record] })));
}

export function optIn(
	scope: ConsentScope,
	at: number,
	source: ConsentSource = 'web_form',
): ConsentRecord {
	return { scope, state: 'opted_in', at, source };
}

export function optOut(
	scope: ConsentScope,
	at: number,
	source: ConsentSource = 'keyword',
): ConsentRecord {
	return { scope, state: 'opted_out', at, source };
}

export function lifted(
	scope: ConsentScope,
	at: number,
	source: ConsentSource = 'keyword',
): ConsentRecord {
	return { scope, state: 'lifted', at, source };
}

export const TEXT: Outgoing = { kind: 'freeForm' };
export const REACTION: Outgoing = { kind: 'reaction' };
export const UTILITY: Outgoing = { kind: 'template', category: 'utility' };
export const MARKETING: Outgoing = { kind: 'template', category: 'marketing' };

/** {@link decide} at {@link NOW} under the default policy, but for what a case is about. */
export function decideAt(
	message: Outgoing,
	facts: ContactFacts,
	{
		now = NOW,
		watchedSince,
		unread,
		...policy
	}: Partial<Policy> & Pick<ContactState, 'watchedSince' | 'unread'> & { now?: number } = {},
): Decision {
	return decide(message, { facts, watchedSince, unread }, { ...DEFAULT_POLICY, ...policy }, now);
}
