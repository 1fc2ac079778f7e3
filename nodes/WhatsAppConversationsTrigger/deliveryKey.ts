import type { IDataObject } from 'n8n-workflow';

import { messagesOf } from '../core/burst/joinedItem';

/**
 * What tells an event from all others, whenever and however often it is delivered. It is made of what
 * was said, never of the arrival, which is another each time.
 */
export function deliveryKey(nodeId: string, item: IDataObject): string {
	const { event, businessNumberId } = item;
	return JSON.stringify([nodeId, event, businessNumberId, ...identityOf(item)]);
}

/** As {@link deliveryKey}, of each message of an item that was joined of several. */
export function deliveryKeys(nodeId: string, item: IDataObject): string[] {
	const messages = messagesOf(item) ?? [{}];
	return messages.map((message) => deliveryKey(nodeId, { ...item, ...message }));
}

/** What tells the run that a delivery started from all others of the same delivery. */
export function runKey(key: string, executionId: string): string {
	return JSON.stringify([key, executionId]);
}

function identityOf(item: IDataObject): unknown[] {
	switch (item.event) {
		case 'message':
		case 'echo':
			return item.messageId ? [item.messageId] : [item.raw];
		case 'status':
			// In a group every participant has a status of the message.
			return item.messageId
				? [item.messageId, item.status, item.groupId ? item.contact : '']
				: [item.raw];
		case 'call':
			return item.callId ? [item.callId, item.callEvent] : [item.raw];
		case 'payment':
		case 'consent':
			// Meta's own time is inside.
			return [item.accountId, item.contact, item.raw];
		default:
			// The same may happen again, to this account or to another one.
			return [item.accountId, item.field, item.entryTime ?? '', item.raw];
	}
}
