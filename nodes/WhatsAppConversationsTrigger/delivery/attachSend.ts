import { isOfGroup } from '../../core/events/group';
import type { EchoEvent, WebhookEvent } from '../../core/events/types';
import type { Conversations } from '../../core/state/conversations';

/**
 * A status with the send that it is about, from this process's memory or from the note that the
 * status brings back, and with all that is known of its contact: a failed status may name neither
 * ID (rule D12). Other events as they are, and statuses of groups, to which we do not send.
 */
export function attachSend(event: WebhookEvent, conversations: Conversations): WebhookEvent {
	if (event.kind === 'echo') return withoutOwn(event, conversations);
	if (event.kind !== 'status' || isOfGroup(event) || !event.businessNumberId) return event;
	const { businessNumberId, messageId } = event;
	const send = conversations.sentMessage(businessNumberId, messageId) ?? event.send;
	// Not what was found before: the sides may have become known as different people's.
	const named = event.named ?? event.contact;
	const contact = conversations.identify(businessNumberId, { ...send?.contact, ...named });
	if (!send) return { ...event, named, contact };
	// No send is later than its status, whatever the clock of the server that sent it says.
	return { ...event, named, contact, send: { ...send, at: Math.min(send.at, event.at) } };
}

/** What this package sent itself, no colleague wrote (rule E56). */
function withoutOwn(event: EchoEvent, conversations: Conversations): EchoEvent {
	if (!event.fromApp) return event;
	const { fromApp, ...rest } = event;
	const isOwn = conversations.sentMessage(event.businessNumberId, event.messageId) !== undefined;
	return isOwn ? rest : { ...rest, fromApp };
}
