import type { IDataObject } from 'n8n-workflow';

import { consentFor, type ConsentRecord, type ConsentScope } from '../../core/conversation/consent';
import type { ContactState } from '../../core/conversation/decide';
import { ownerOf } from '../../core/conversation/owner';
import { windowOf } from '../../core/conversation/window';
import { isoTime } from '../../core/events/time';
import { ownerView } from '../../shared/ownerView';
import { windowView } from '../../shared/windowView';

const SCOPES: ConsentScope[] = ['all', 'marketing', 'utility', 'authentication'];

/** What is known of a contact, as items show it. */
export function conversationView(
	{ facts, watchedSince }: ContactState,
	marginSeconds: number,
	now: number,
): IDataObject {
	const until = facts.freeEntryPointUntil;
	return {
		window: windowView(windowOf(facts, watchedSince, marginSeconds, now)),
		lastMessageAt: isoTime(facts.lastInboundAt || undefined) || null,
		refusedAt: isoTime(facts.refusedAt || undefined) || null,
		freeEntryPoint: { open: until > now, until: isoTime(until || undefined) || null },
		owner: ownerView(ownerOf(facts, now)),
		consent: Object.fromEntries(
			SCOPES.map((scope) => [scope, consentFor(facts.consent, scope, now).state]),
		),
	};
}

/** A record of consent with all that proves it, as items show it: times as ISO texts in UTC. */
export function consentRecordView(record: ConsentRecord): IDataObject {
	const { scope, state, at, source, evidence, wording, expiresAt, confirmedAt } = record;
	const { byEarlierOwner } = record;
	return {
		scope,
		state,
		at: isoTime(at),
		source,
		evidence: evidence ?? null,
		wording: wording ?? null,
		expiresAt: isoTime(expiresAt) || null,
		confirmedAt: isoTime(confirmedAt) || null,
		...(byEarlierOwner ? { byEarlierOwner } : {}),
	};
}
