import type { ContactIdentity } from '../core/conversation/contact';
import { callCounts, messageCounts, type CountingOptions } from '../core/conversation/counting';
import { NO_FACTS, type ContactFacts } from '../core/conversation/facts';
import { consentSaid, type ConsentWords } from '../core/conversation/keywords';
import { preferenceRecord } from '../core/conversation/preference';
import { factsOfRefusal } from '../core/conversation/refusal';
import { isOfGroup } from '../core/events/group';
import { identityChangeOf } from '../core/events/identityChange';
import type { ConsentEvent, MessageEvent, StatusEvent, WebhookEvent } from '../core/events/types';
import type { Replica } from '../core/state/replica';
import { describeCode } from '../core/transport/errorTable';

/** What one event tells about a contact. */
interface Observation {
	contact: ContactIdentity;
	facts: ContactFacts;
}

/** What a user may change about how messages are understood. */
export interface Understanding {
	counting: CountingOptions;
	/** Absent: no word and no button says anything about consent. */
	words?: ConsentWords;
}

/**
 * Joins what an event tells into the state of its business number.
 *
 * @param everywhere gives what is known for all business numbers
 * @returns whether anything was new
 */
export function observe(
	event: WebhookEvent,
	replica: Replica,
	understanding: Understanding,
	everywhere: () => Replica,
): boolean {
	const changed = event.kind === 'message' ? identityChangeOf(event) : undefined;
	if (changed) {
		const { from, to, at } = changed;
		// Consent for all numbers goes along, also where another of them is asked.
		return [replica, everywhere()].map((each) => each.move(from, to, at)).includes(true);
	}
	const observation = observationOf(event, understanding);
	// WhatsApp names both only where the event itself does.
	const isNew =
		observation !== undefined && replica.join(observation.contact, observation.facts, 0);
	return linkNames(event, replica) || isNew;
}

/** Names that an event tells together are one contact's then, whatever else it tells (D12, E34). */
function linkNames(event: WebhookEvent, replica: Replica): boolean {
	if (!('contact' in event) || isOfGroup(event)) return false;
	const named = event.kind === 'status' ? (event.named ?? event.contact) : event.contact;
	return replica.link(named, event.at);
}

function observationOf(event: WebhookEvent, understanding: Understanding): Observation | undefined {
	switch (event.kind) {
		case 'message':
			return ofMessage(event, understanding);
		case 'call':
			return callCounts(event)
				? { contact: event.contact, facts: { ...NO_FACTS, lastInboundAt: event.at } }
				: undefined;
		case 'status':
			return ofStatus(event);
		case 'consent':
			return ofPreference(event);
		default:
			return undefined;
	}
}

/** Group messages are kept apart: a group has no window of ours (rules.md, section 4). */
function ofMessage(
	event: MessageEvent,
	{ counting, words }: Understanding,
): Observation | undefined {
	if (isOfGroup(event) || !messageCounts(event.type, counting)) return undefined;
	const said = words && consentSaid(event, event.at, words);
	return {
		contact: event.contact,
		facts: {
			...NO_FACTS,
			lastInboundAt: event.at,
			freeEntryPointCandidateAt: event.referral ? event.at : 0,
			consent: said ? [said.record] : NO_FACTS.consent,
		},
	};
}

function ofPreference(event: ConsentEvent): Observation | undefined {
	const record = preferenceRecord(event);
	return record && { contact: event.contact, facts: { ...NO_FACTS, consent: [record] } };
}

/** A refusal counts from the time of its send, where that is known (rules E31, E32). */
function ofStatus(event: StatusEvent): Observation | undefined {
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
	const facts = factsOfRefusal(kind, send?.at ?? event.at, event.at);
	return facts && { contact, facts };
}
