import { updateDisplayOptions } from 'n8n-workflow';

import { parseRecipient } from '../../../core/messages/recipient';
import { contactProperty } from '../../descriptions/recipient';
import { senderOf } from '../../input/sender';
import type { Item } from '../../run/item';
import { rememberedView } from '../../views/rememberedView';
import type { Result } from '../operation';

export const description = updateDisplayOptions(
	{ show: { resource: ['conversation'], operation: ['recall'] } },
	[contactProperty],
);

/** What was remembered of a contact and is not over. */
export async function execute(item: Item): Promise<Result> {
	const sender = await senderOf(item);
	const contact = parseRecipient(item.parameter('contact'), 'Contact');
	await item.session.conversations.storedState(sender.id, contact);
	return { json: rememberedView(item, sender.id, contact) };
}
