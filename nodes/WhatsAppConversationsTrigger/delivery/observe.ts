import { isSameConsent } from '../../core/conversation/consent';
import { changesConsent } from '../../core/conversation/consentChange';
import { isSameFacts, NO_FACTS, type ContactFacts } from '../../core/conversation/facts';
import { isOfGroup } from '../../core/events/group';
import { identityChangeOf } from '../../core/events/identityChange';
import type { WebhookEvent } from '../../core/events/types';
import type { Conversations } from '../../core/state/conversations';
import { watcherOf } from '../thisTrigger';

import type { Delivery, Told } from './delivery';

/** What came of an event that told something new. */
export interface Learned {
	event: WebhookEvent;
	/** Whether more is known now than the contact's last message, which the event's item tells too. */
	isMoreThanItem: boolean;
	/** Whether it is about consent, or about whose consent it is from now on: it must never be lost. */
	isAboutConsent: boolean;
}

/**
 * Joins what events tell into the state of their business numbers, whether or not they start the
 * workflow, and notes that the trigger watches these numbers. What is about consent must never be
 * lost from then on.
 *
 * @returns what was new; nothing for all other events
 */
export function observe(delivery: Delivery, news: Told[]): Learned[] {
	const { context, state, conversations, receivedAt, isTest } = delivery;
	const watcher = watcherOf(context);
	const learned = news.flatMap((one) => {
		const { businessNumberId } = one.event;
		if (!businessNumberId) return [];
		if (!isTest) conversations.watch(businessNumberId, watcher, receivedAt);
		return learn(one, delivery) ?? [];
	});
	if (learned.some(({ isAboutConsent }) => isAboutConsent)) state.changedUrgently();
	return learned;
}

function learn(one: Told, delivery: Delivery): Learned | undefined {
	const { event } = one;
	const { conversations } = delivery;
	const known = () =>
		'contact' in event
			? conversations.factsAtNumber(event.businessNumberId, event.contact)
			: NO_FACTS;
	const before = known();
	const isNew = join(one, conversations);
	const after = known();
	noteConsentChange(delivery, one, before, after);
	if (!isNew) return undefined;
	// A system message may tell who is who, which no item does.
	const isSystem = event.kind === 'message' && event.type === 'system';
	return {
		event,
		isMoreThanItem: isSystem || !isSameFacts(restOf(after), restOf(before)),
		isAboutConsent: isSystem || !isSameConsent(after.consent, before.consent),
	};
}

/** Notes of a stop or start word whether it has changed anything. Of a message the first look counts. */
function noteConsentChange(
	{ consentChanges }: Delivery,
	{ event, told }: Told,
	before: ContactFacts,
	after: ContactFacts,
): void {
	if (event.kind !== 'message' || !told?.consentWord || consentChanges.has(event.messageId)) return;
	const [said] = told.facts.consent;
	consentChanges.set(event.messageId, changesConsent(said, before.consent, after.consent));
}

/** @returns whether anything was new */
function join({ event, told }: Told, conversations: Conversations): boolean {
	const changed = event.kind === 'message' ? identityChangeOf(event) : undefined;
	if (changed) return conversations.tellChange(event.businessNumberId, changed);
	// WhatsApp names both only where the event itself does.
	const isNew =
		told !== undefined && conversations.tell(event.businessNumberId, told.contact, told.facts, 0);
	const isNoted = note(event, conversations);
	return linkNames(event, conversations) || isNew || isNoted;
}

/** @returns whether others are to know */
function note(event: WebhookEvent, conversations: Conversations): boolean {
	if (event.kind === 'echo') {
		return conversations.tellWrittenTo(event.businessNumberId, event.contact, event.at);
	}
	if (event.kind === 'message' && !isOfGroup(event) && event.name !== '') {
		conversations.tellName(event.businessNumberId, event.contact, event.name, event.at);
	}
	return false;
}

/** Names that an event tells together are one contact's then, whatever else it tells (D12, E34). */
function linkNames(event: WebhookEvent, conversations: Conversations): boolean {
	if (!('contact' in event) || isOfGroup(event)) return false;
	const named = event.kind === 'status' ? (event.named ?? event.contact) : event.contact;
	return conversations.tellNames(event.businessNumberId, named, event.at);
}

/** All facts but the contact's last message. */
function restOf(facts: ContactFacts): ContactFacts {
	return { ...facts, lastInboundAt: 0 };
}
