import type { IDataObject } from 'n8n-workflow';

/** What tells an event from all others, whenever and however often it is delivered. */
export function deliveryKey(nodeId: string, item: IDataObject): string {
	const { event, businessNumberId } = item;
	return JSON.stringify([nodeId, event, businessNumberId, ...identityOf(item)]);
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
			return [item.messageId, item.status, item.groupId ? item.contact : ''];
		case 'call':
			return [item.callId, item.callEvent];
		default:
			return [item.timestamp, item.raw];
	}
}
