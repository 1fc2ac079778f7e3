import { ALL_NUMBERS, isSameConsent } from '../../core/conversation/consent';
import { isSameFacts, NO_FACTS, type ContactFacts } from '../../core/conversation/facts';
import { isOfGroup } from '../../core/events/group';
import { identityChangeOf } from '../../core/events/identityChange';
import type { WebhookEvent } from '../../core/events/types';
import type { Replica } from '../../core/state/replica';
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
 * workflow, and notes that the trigger watches these numbers.
 *
 * @returns what was new; nothing for all other events
 */
export function observe(delivery: Delivery, news: Told[]): Learned[] {
	const { context, state, receivedAt, isTest } = delivery;
	const watcher = watcherOf(context);
	return news.flatMap((one) => {
		const { businessNumberId } = one.event;
		if (!businessNumberId) return [];
		const replica = state.replica(businessNumberId);
		if (!isTest) replica.watch(watcher, receivedAt);
		return learn(one, replica, () => state.replica(ALL_NUMBERS)) ?? [];
	});
}

/** @param everywhere gives what is known for all business numbers */
function learn(one: Told, replica: Replica, everywhere: () => Replica): Learned | undefined {
	const { event } = one;
	const known = () => ('contact' in event ? replica.factsOf(event.contact) : NO_FACTS);
	const before = known();
	if (!join(one, replica, everywhere)) return undefined;
	const after = known();
	// A system message may tell who is who, which no item does.
	const isSystem = event.kind === 'message' && event.type === 'system';
	return {
		event,
		isMoreThanItem: isSystem || !isSameFacts(restOf(after), restOf(before)),
		isAboutConsent: isSystem || !isSameConsent(after.consent, before.consent),
	};
}

/** @returns whether anything was new */
function join({ event, told }: Told, replica: Replica, everywhere: () => Replica): boolean {
	const changed = event.kind === 'message' ? identityChangeOf(event) : undefined;
	if (changed) {
		const { from, to, at } = changed;
		// Consent for all numbers goes along, also where another of them is asked.
		return [replica, everywhere()].map((each) => each.move(from, to, at)).includes(true);
	}
	// WhatsApp names both only where the event itself does.
	const isNew = told !== undefined && replica.join(told.contact, told.facts, 0);
	return linkNames(event, replica) || isNew;
}

/** Names that an event tells together are one contact's then, whatever else it tells (D12, E34). */
function linkNames(event: WebhookEvent, replica: Replica): boolean {
	if (!('contact' in event) || isOfGroup(event)) return false;
	const named = event.kind === 'status' ? (event.named ?? event.contact) : event.contact;
	return replica.link(named, event.at);
}

/** All facts but the contact's last message. */
function restOf(facts: ContactFacts): ContactFacts {
	return { ...facts, lastInboundAt: 0 };
}
