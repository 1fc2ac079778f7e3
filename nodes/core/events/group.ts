import type { WebhookEvent } from './types';

/** Whether something happened in a group: it has no window and no consent of ours. */
export function isOfGroup<T extends WebhookEvent>(event: T): event is T & { groupId: string } {
	return 'groupId' in event && Boolean(event.groupId);
}
