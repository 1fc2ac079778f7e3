import { parseRecipient } from '../../core/messages/recipient';
import { senderOf } from '../input/sender';

import type { Item } from './item';

/**
 * To whom an item goes, alike for all forms of a number: such items keep their order. undefined for an
 * item that goes to nobody.
 */
export async function laneOf(item: Item): Promise<string | undefined> {
	try {
		const recipient = parseRecipient(item.parameter('to'));
		return item.session.conversations.keyOf((await senderOf(item)).id, recipient);
	} catch {
		// No recipient, or none that could be sent to: its own work tells why.
		return undefined;
	}
}
