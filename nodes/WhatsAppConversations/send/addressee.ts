import { InputError } from '../../core/inputError';
import { parseRecipient, type Recipient } from '../../core/messages/recipient';
import { mayLackCountryCode } from '../../core/phoneNumber';
import type { TemplateDefinition } from '../../core/templates/definition';
import { requiresPhoneNumber } from '../../core/templates/usability';
import type { Sender } from '../input/sender';
import type { Item } from '../run/item';

/**
 * To whom the message of an item goes. The items of the trigger name a contact by its user ID where
 * there is one; at a provider that takes phone numbers alone, the contact's number stands in for it
 * where that is known.
 *
 * @throws InputError as {@link parseRecipient}
 */
export async function addresseeOf(item: Item, { id }: Sender): Promise<Recipient> {
	const { session } = item;
	const to = item.parameter('to');
	const recipient = parseRecipient(to);
	const doubtful = doubtfulNumberOf(item, recipient);
	if (doubtful) {
		session.hint(
			`The first digits of '${String(to)}' in 'To' were taken for the country code, so the number is +${doubtful}. If the code is missing, write it in front, with a +.`,
		);
	}
	const { capabilities } = await session.api();
	if (recipient.kind === 'phone' || capabilities.userIds) return recipient;
	// Brings up to date which names are one contact.
	await session.conversations.contactState(id, recipient);
	const { phone } = session.conversations.identify(id, recipient);
	return phone ? { kind: 'phone', phone } : recipient;
}

/** The number in 'To' as it was read, where its country code may be missing. */
export function doubtfulNumberOf(item: Item, recipient: Recipient): string | undefined {
	if (recipient.kind !== 'phone') return undefined;
	return mayLackCountryCode(String(item.parameter('to'))) ? recipient.phone : undefined;
}

/**
 * Where a template can go: authentication codes go to phone numbers only, so a user ID is replaced
 * by the contact's number where that is known (rule T32).
 *
 * @throws InputError where it is not
 */
export function addresseeOfTemplate(
	{ session }: Item,
	{ sender, recipient }: { sender: Sender; recipient: Recipient },
	definition: TemplateDefinition,
): Recipient {
	if (recipient.kind === 'phone' || !requiresPhoneNumber(definition)) return recipient;
	const { phone } = session.conversations.identify(sender.id, recipient);
	if (phone) return { kind: 'phone', phone };
	throw new InputError(
		'To',
		"This template can be sent to a phone number only, and 'To' is a user ID.",
		'Ask the contact for the number.',
	);
}
