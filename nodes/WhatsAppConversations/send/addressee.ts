import type { IExecuteFunctions } from 'n8n-workflow';

import { parseRecipient, type Recipient } from '../../core/messages/recipient';
import type { Sender } from '../input/parameters';
import type { Session } from '../run/session';

/**
 * To whom the message of an item goes. The items of the trigger name a contact by its user ID where
 * there is one; at a provider that takes phone numbers alone, the contact's number stands in for it
 * where that is known.
 *
 * @throws InputError as {@link parseRecipient}
 */
export async function addresseeOf(
	context: IExecuteFunctions,
	i: number,
	session: Session,
	{ id }: Sender,
): Promise<Recipient> {
	const recipient = parseRecipient(context.getNodeParameter('to', i));
	const { capabilities } = await session.api();
	if (recipient.kind === 'phone' || capabilities.userIds) return recipient;
	// Brings up to date which names are one contact.
	await session.conversations.contactState(id, recipient);
	const { phone } = session.conversations.replica(id).identify(recipient);
	return phone ? { kind: 'phone', phone } : recipient;
}
