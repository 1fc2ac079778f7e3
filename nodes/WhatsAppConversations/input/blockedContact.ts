import { parseRecipient } from '../../core/messages/recipient';
import type { Item } from '../run/item';

import { senderOf } from './sender';

/** Whom to block or to unblock, and at which number. */
export interface BlockedContact {
	businessNumberId: string;
	/** As Meta takes it: the phone number where it is known, else the user ID. */
	user: string;
}

/** What the parameters of an item say. @throws InputError as `parseRecipient`, and as `senderOf` */
export async function blockedContactOf(item: Item): Promise<BlockedContact> {
	const { id } = await senderOf(item);
	const recipient = parseRecipient(item.parameter('contact'), 'Contact');
	const { phone, userId } = item.session.conversations.identify(id, recipient);
	return { businessNumberId: id, user: phone ? `+${phone}` : String(userId) };
}
