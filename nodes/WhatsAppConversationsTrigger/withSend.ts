import { isOfGroup } from '../core/events/group';
import type { WebhookEvent } from '../core/events/types';
import type { WorkflowState } from '../core/state/workflowState';

/**
 * A status with the send that it is about, from this process's memory or from the note that the
 * status brings back, and with all that is known of its contact: a failed status may name neither
 * ID (rule D12). Other events as they are, and statuses of groups, to which we do not send.
 */
export function withSend(event: WebhookEvent, state: WorkflowState): WebhookEvent {
	if (event.kind !== 'status' || isOfGroup(event) || !event.businessNumberId) return event;
	const replica = state.replica(event.businessNumberId);
	const send = replica.sentMessage(event.messageId) ?? event.send;
	// Not what was found before: the sides may have become known as different people's.
	const named = event.named ?? event.contact;
	const contact = replica.identify({ ...send?.contact, ...named });
	if (!send) return { ...event, named, contact };
	// No send is later than its status, whatever the clock of the server that sent it says.
	return { ...event, named, contact, send: { ...send, at: Math.min(send.at, event.at) } };
}
