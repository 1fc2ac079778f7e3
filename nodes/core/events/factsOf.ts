import type { ContactIdentity } from '../conversation/contact';
import { callCounts, messageCounts, type CountingOptions } from '../conversation/counting';
import { NO_FACTS, type ContactFacts } from '../conversation/facts';
import { consentSaid, type ConsentWord, type ConsentWords } from '../conversation/keywords';
import { apart, NO_OWNER, type OwnerFacts } from '../conversation/owner';
import { preferenceRecord } from '../conversation/preference';
import { factsOfRefusal } from '../conversation/refusal';
import { describeCode } from '../transport/errorTable';

import { isOfGroup } from './group';
import type {
	ConsentEvent,
	EchoEvent,
	HandOverEvent,
	MessageEvent,
	StatusEvent,
	WebhookEvent,
} from './types';

/** What one event tells about a contact. */
export interface EventFacts {
	contact: ContactIdentity;
	facts: ContactFacts;
	/** Whether the contact opted out or took that back, by a word or a button. */
	consentWord?: ConsentWord;
}

/** What a user may change about how messages are read. */
export interface ReadingOptions {
	counting: CountingOptions;
	/** Absent: no word and no button says anything about consent. */
	words?: ConsentWords;
	/** For how long a colleague who writes in the app has the conversation; absent: not at all. */
	appPauseSeconds?: number;
}

/**
 * What an event tells about its contact; undefined when it tells nothing. Who the contact is, and a
 * change of that, is not among it: see `identityChangeOf`.
 */
export function factsOf(event: WebhookEvent, options: ReadingOptions): EventFacts | undefined {
	switch (event.kind) {
		case 'message':
			return ofMessage(event, options);
		case 'call':
			return callCounts(event)
				? {
						contact: event.contact,
						// Calls have a responder of their own (Meta: Conversation Routing).
						facts: { ...NO_FACTS, lastInboundAt: event.at, owner: apart(event.at) },
					}
				: undefined;
		case 'status':
			return ofStatus(event);
		case 'consent':
			return ofPreference(event);
		case 'echo':
			return ofEcho(event, options);
		case 'handover':
			return ofHandOver(event);
		default:
			return undefined;
	}
}

/** Group messages are kept apart: a group has no window of ours. */
function ofMessage(
	event: MessageEvent,
	{ counting, words }: ReadingOptions,
): EventFacts | undefined {
	if (isOfGroup(event)) return undefined;
	const standby = event.standby && ownedBy({ otherAt: event.at });
	if (!messageCounts(event.type, counting)) {
		return standby && { contact: event.contact, facts: standby };
	}
	const said = words && consentSaid(event, event.at, words);
	return {
		contact: event.contact,
		facts: {
			...NO_FACTS,
			...standby,
			lastInboundAt: event.at,
			freeEntryPointCandidateAt: event.referral ? event.at : 0,
			consent: said ? [said.record] : NO_FACTS.consent,
		},
		consentWord: said?.word,
	};
}

function ofPreference(event: ConsentEvent): EventFacts | undefined {
	const record = preferenceRecord(event);
	return record && { contact: event.contact, facts: { ...NO_FACTS, consent: [record] } };
}

/**
 * A colleague in the app has the conversation for a time from the message on (E38), where that is asked
 * for; what stands under `standby` is another responder's (E42).
 */
function ofEcho(
	{ contact, at, standby, fromApp }: EchoEvent,
	{ appPauseSeconds = 0 }: ReadingOptions,
): EventFacts | undefined {
	if (standby) return { contact, facts: ownedBy({ otherAt: at }) };
	if (!fromApp || appPauseSeconds <= 0) return undefined;
	const handOver = { at, until: at + appPauseSeconds, way: 'app' } as const;
	return { contact, facts: ownedBy({ handOvers: [handOver] }) };
}

/** E41 and E42. */
function ofHandOver({ contact, change, at }: HandOverEvent): EventFacts | undefined {
	switch (change) {
		case 'control_passed':
			return { contact, facts: ownedBy({ passedAt: at }) };
		case 'control_taken':
			return { contact, facts: ownedBy({ otherAt: at }) };
		default:
			return undefined;
	}
}

function ownedBy(owner: Partial<OwnerFacts>): ContactFacts {
	return { ...NO_FACTS, owner: { ...NO_OWNER, ...owner } };
}

/** A refusal counts from the time of its send, where that is known (rules E31, E32). */
function ofStatus(event: StatusEvent): EventFacts | undefined {
	const { send } = event;
	// Not whom we take for the same contact: the facts tell of those who were named then.
	const contact = { ...send?.contact, ...(event.named ?? event.contact) };
	if (event.freeEntryPointUntil !== undefined) {
		return {
			contact,
			facts: { ...NO_FACTS, freeEntryPointUntil: event.freeEntryPointUntil },
		};
	}
	if (event.status !== 'failed') return undefined;
	const { kind } = describeCode(event.errorCode);
	const facts = factsOfRefusal(kind, send?.at ?? event.at);
	return facts && { contact, facts };
}
