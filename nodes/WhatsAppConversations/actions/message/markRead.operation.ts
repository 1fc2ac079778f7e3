import { updateDisplayOptions, type IDataObject, type INodeProperties } from 'n8n-workflow';

import { markReadBody } from '../../../core/messages/markRead';
import { messageIdProperty } from '../../descriptions/messageId';
import { senderOf } from '../../input/sender';
import type { Item } from '../../run/item';
import type { Result } from '../operation';

const properties: INodeProperties[] = [
	{
		...messageIdProperty,
		description:
			'A message that you received in the last 30 days; those before it are marked as read too',
	},
	{
		displayName: 'Show Typing Indicator',
		name: 'typing',
		type: 'boolean',
		default: false,
		description:
			'Whether the contact sees that an answer is being typed, until it comes or for 25 seconds',
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['message'], operation: ['markRead'] } },
	properties,
);

/** Not a message, so no window is needed (rule T33). */
export async function execute(item: Item): Promise<Result> {
	const sender = senderOf(item);
	const typing = item.parameter('typing') as boolean;
	const body = markReadBody(item.parameter('messageId'), typing);
	const api = await item.session.api();
	await api.markRead(sender.id, body as unknown as IDataObject);
	return { json: { success: true, messageId: body.message_id, typing } };
}
