import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';

import { isoTime } from '../../../core/events/time';
import { parseRecipient } from '../../../core/messages/recipient';
import { contactProperty } from '../../descriptions/recipient';
import { senderOf } from '../../input/sender';
import type { Item } from '../../run/item';
import { contactView } from '../../views/contactView';
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
export async function execute(item: Item): Promise<Result> {
	const sender = await senderOf(item);
	const contact = parseRecipient(item.parameter('contact'), 'Contact');
	const wasKnown = await item.session.conversations.forget(sender.id, contact);
	return {
		json: {
			...contactView(contact),
			businessNumberId: sender.id,
			wasKnown,
			forgottenAt: isoTime(item.session.now()),
		},
	};
}
