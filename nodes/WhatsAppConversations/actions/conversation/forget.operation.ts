import { updateDisplayOptions, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';

import { isoTime } from '../../../core/events/time';
import { parseRecipient } from '../../../core/messages/recipient';
import { contactProperty } from '../../descriptions/recipient';
import { senderOf } from '../../input/parameters';
import type { Session } from '../../run/session';
import { contactView } from '../../send/deliver';
import type { Result } from '../operation';

const properties: INodeProperties[] = [
	contactProperty,
	{
		displayName:
			'This erases the window, the consent and the identifiers of the contact, for good: older data that come back are not taken in. A later message begins afresh. The messages themselves are in the executions of n8n, which you delete there.',
		name: 'forgetNotice',
		type: 'notice',
		default: '',
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['conversation'], operation: ['forget'] } },
	properties,
);

/** For those who ask that nothing be kept of them. */
export async function execute(
	context: IExecuteFunctions,
	i: number,
	session: Session,
): Promise<Result> {
	const sender = senderOf(context, i);
	const contact = parseRecipient(context.getNodeParameter('contact', i), 'Contact');
	const wasKnown = await session.conversations.forget(sender.id, contact);
	return {
		json: {
			...contactView(contact),
			businessNumberId: sender.id,
			wasKnown,
			forgottenAt: isoTime(session.now()),
		},
	};
}
