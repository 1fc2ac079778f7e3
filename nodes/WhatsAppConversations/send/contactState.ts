import type { ContactState } from '../../core/conversation/decide';
import { joinFacts, NO_FACTS } from '../../core/conversation/facts';
import { apart } from '../../core/conversation/owner';
import { pastTimeIn } from '../../core/input/time';
import type { Item } from '../run/item';
import type { Reading } from '../state/conversations';

import type { Envelope } from './envelope';

/**
 * What is known of the contact, with what the user's own data add.
 *
 * @param reading see `RunConversations.contactState()`
 */
export async function contactStateOf(
	{ session, options, timeZone }: Item,
	{ sender, recipient }: Envelope,
	reading: Reading,
): Promise<ContactState> {
	const value = options.contactLastMessageAt;
	const at = { field: "Contact's Last Message At", value, timeZone };
	// First, because it may stop the message before anything is asked. Empty: the user's own data know
	// of no message either.
	const lastInboundAt = pastTimeIn(at, session.now()) ?? 0;
	const { facts, ...rest } = await session.conversations.contactState(
		sender.id,
		recipient,
		reading,
	);
	// The user's own data do not say to whom WhatsApp delivered it.
	const own = { ...NO_FACTS, lastInboundAt, owner: apart(lastInboundAt) };
	return { facts: joinFacts(facts, own), ...rest };
}
