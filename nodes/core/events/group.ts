import type { WebhookEvent } from './types';

/** Whether something happened in a group: it has no window and no consent of ours. */
export function isOfGroup(event: WebhookEvent): boolean {
	return 'groupId' in event && Boolean(event.groupId);
}
