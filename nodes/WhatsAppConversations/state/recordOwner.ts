import type { IDataObject } from 'n8n-workflow';

import { NO_FACTS } from '../../core/conversation/facts';
import { ownerOf, type OwnerFacts } from '../../core/conversation/owner';
import { parseRecipient } from '../../core/messages/recipient';
import { ownerView } from '../../shared/ownerView';
import { senderOf } from '../input/sender';
import type { Item } from '../run/item';
import { contactView } from '../views/contactView';

/**
 * Records who has the conversation of an item.
 *
 * @param told from what is known of it so far
 * @returns the item that tells who has it now
 * @throws InputError, StateUnavailable
 */
export async function recordOwner(
	item: Item,
	told: (known: OwnerFacts) => OwnerFacts,
): Promise<IDataObject> {
	const { conversations } = item.session;
	const sender = await senderOf(item);
	const contact = parseRecipient(item.parameter('contact'), 'Contact');
	const { facts } = await conversations.storedState(sender.id, contact);
	await conversations.record(sender.id, contact, { ...NO_FACTS, owner: told(facts.owner) });
	return {
		...contactView(conversations.identify(sender.id, contact)),
		businessNumberId: sender.id,
		owner: ownerView(ownerOf(conversations.factsOf(sender.id, contact), item.session.now())),
	};
}
