import { isAskedOf, readReference, type Reference } from '../../core/ask/reference';
import { isOfGroup } from '../../core/events/group';
import { asObject, asText } from '../../core/events/reading';
import type { MessageEvent, WebhookEvent } from '../../core/events/types';
import type { Conversations } from '../../core/state/conversations';

/**
 * A message that answers a question, with the answer's own ID in the place of the way back that
 * WhatsApp carried. Other events as they are, also taps whose way back was given to another contact
 * or by another number.
 */
export function attachQuestion(event: WebhookEvent, conversations: Conversations): WebhookEvent {
	if (event.kind !== 'message' || isOfGroup(event) || !event.businessNumberId) return event;
	const reference = referenceIn(event);
	if (!reference) return event;
	const { businessNumberId, contact, reply } = event;
	const names = conversations.namesOf(businessNumberId, contact);
	if (!isAskedOf(reference, businessNumberId, names)) return event;
	const id = isPlace(reference.answerId) ? '' : reference.answerId;
	return {
		...event,
		question: reference,
		...(reply && { reply: { ...reply, id: id || reply.title } }),
	};
}

/** What nobody asked is an ordinary message, with all that WhatsApp told. */
export function detachQuestion(event: MessageEvent): MessageEvent {
	const { question, reply } = event;
	if (!question) return event;
	const plain = withoutQuestion(event);
	return reply ? { ...plain, reply: { ...reply, id: question.text } } : plain;
}

/** The answer alone. */
export function withoutQuestion(event: MessageEvent): MessageEvent {
	return { ...event, question: undefined };
}

/** The way back of a tap, or of a filled form. */
function referenceIn({ reply, details }: MessageEvent): Reference | undefined {
	return (
		(reply && readReference(reply.id)) ||
		readReference(asText(asObject(details?.flowResponse).flow_token))
	);
}

/** An answer's own ID that did not fit is given by its place. */
function isPlace(answerId: string): boolean {
	return answerId.startsWith('#');
}
