import type { ContactState } from '../../core/conversation/decide';
import { joinFacts, NO_FACTS } from '../../core/conversation/facts';
import { pastTimeIn } from '../../core/input/time';
import type { Item } from '../run/item';
import type { Reading } from '../state/conversations';

import type { Envelope } from './envelope';

/**
 * What is known of the contact, with what the user's own data add.
 *
 * @param reading see `Conversations.contactState()`
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
	return { facts: joinFacts(facts, { ...NO_FACTS, lastInboundAt }), ...rest };
}
