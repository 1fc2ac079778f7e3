import { updateDisplayOptions, type IDataObject, type INodeProperties } from 'n8n-workflow';

import { markReadBody } from '../../../core/messages/markRead';
import { messageIdProperty } from '../../descriptions/messageId';
import { sentByOption } from '../../descriptions/options';
import { senderOf } from '../../input/sender';
import type { Item } from '../../run/item';
import { requireOwnConversation } from '../../send/signal';
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
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [sentByOption],
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['message'], operation: ['markRead'] } },
	properties,
);

/** Not a message, so no window is needed (rule T33); but no bot types in a person's conversation. */
export async function execute(item: Item): Promise<Result> {
	const sender = await senderOf(item);
	const typing = item.parameter('typing') as boolean;
	const body = markReadBody(item.parameter('messageId'), typing);
	await requireOwnConversation(item, sender, body.message_id);
	const api = await item.session.api();
	await api.markRead(sender.id, body as unknown as IDataObject);
	return { json: { success: true, messageId: body.message_id, typing } };
}
