import { isOfGroup } from '../events/group';
import type { MessageEvent, WebhookEvent } from '../events/types';

/** What people write and send; all else is a tap, or tells of something that happened. */
const TYPES = new Set([
	'text',
	'image',
	'video',
	'audio',
	'document',
	'sticker',
	'location',
	'contacts',
]);

/**
 * Whether a message may be one of several that make one thought. Taps, answers to a question, orders
 * and calls are complete as they are, and a group has no one contact.
 */
export function mayBeJoined(event: WebhookEvent): event is MessageEvent {
	return (
		event.kind === 'message' &&
		TYPES.has(event.type) &&
		event.messageId !== '' &&
		event.businessNumberId !== '' &&
		event.question === undefined &&
		event.reply === undefined &&
		!isOfGroup(event)
	);
}
