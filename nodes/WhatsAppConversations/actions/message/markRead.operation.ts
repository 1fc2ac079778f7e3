import {
	updateDisplayOptions,
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
} from 'n8n-workflow';

import { markReadBody } from '../../../core/messages/markRead';
import { messageIdProperty } from '../../descriptions/messageId';
import { senderOf } from '../../input/parameters';
import type { Session } from '../../run/session';
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
export async function execute(
	context: IExecuteFunctions,
	i: number,
	session: Session,
): Promise<Result> {
	const sender = senderOf(context, i);
	const typing = context.getNodeParameter('typing', i) as boolean;
	const body = markReadBody(context.getNodeParameter('messageId', i), typing);
	const api = await session.api();
	await api.markRead(sender.id, body as unknown as IDataObject);
	return { json: { success: true, messageId: body.message_id, typing } };
}
