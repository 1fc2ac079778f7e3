import { questionsAnsweredBy } from '../../core/ask/answeredBy';
import type { Waiting } from '../../core/ask/reference';
import { consentFor } from '../../core/conversation/consent';
import { isOfGroup } from '../../core/events/group';
import type { MessageEvent } from '../../core/events/types';

import type { Delivery, Told } from './delivery';

/**
 * The questions that a message may answer, the likeliest first. A word of consent answers none, unless
 * it stands on a button that was offered.
 */
export function questionsFor(
	delivery: Delivery,
	event: MessageEvent,
	told: Told['told'],
): Waiting[] {
	const { conversations, receivedAt } = delivery;
	if (isOfGroup(event) || !event.businessNumberId) return [];
	if (event.question) return [event.question];
	if (isAboutConsent(delivery, event, told)) return [];
	const open = conversations.openQuestions(event.businessNumberId, event.contact, receivedAt);
	return questionsAnsweredBy(event, open).map(({ waiting }) => waiting);
}

/** A start word that has nothing to take back is a word as any other: 'Yes' answers many a question. */
function isAboutConsent(
	{ conversations, receivedAt }: Delivery,
	{ businessNumberId, contact }: MessageEvent,
	told: Told['told'],
): boolean {
	if (told?.consentWord !== 'start') return told?.consentWord !== undefined;
	const { consent } = conversations.factsOf(businessNumberId, contact);
	return consentFor(consent, 'all', receivedAt).state === 'out';
}
