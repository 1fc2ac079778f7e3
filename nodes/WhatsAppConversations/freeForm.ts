import type { IExecuteFunctions } from 'n8n-workflow';

import type { ContactState } from '../core/conversation/decide';
import { joinFacts, NO_FACTS, type ContactFacts } from '../core/conversation/facts';
import { factsOfRefusal } from '../core/conversation/refusal';
import { ProviderRefusal } from '../core/transport/providerRefusal';

import { PartlySent, type Envelope } from './deliver';
import { pastTimeOf } from './parameters';
import type { Session } from './session';

/** What is known of the contact, with what the user's own data add. */
export async function contactStateOf(
	context: IExecuteFunctions,
	session: Session,
	{ sender, recipient, options }: Envelope,
	now: number,
): Promise<ContactState> {
	const { facts, ...rest } = await session.conversations.contactState(sender.id, recipient);
	const at = {
		field: "Contact's Last Message At",
		value: options.contactLastMessageAt,
	};
	// Empty: the user's own data know of no message either.
	const lastInboundAt = pastTimeOf(context, at, now) ?? 0;
	return { facts: joinFacts(facts, { ...NO_FACTS, lastInboundAt }), ...rest };
}

/**
 * Decides and sends, and does so once more when WhatsApp knows better than our records: then the
 * window is closed from now on.
 *
 * @throws what `act` throws
 */
export async function heedingRefusal<T>(
	session: Session,
	{ sender, recipient }: Envelope,
	act: () => Promise<T>,
): Promise<T> {
	return await act().catch(async (error: unknown) => {
		if (!(error instanceof ProviderRefusal) || error.refusal.kind !== 'windowClosed') {
			return await Promise.reject(error);
		}
		const at = session.conversations.timeOfSend(sender.id, recipient);
		const facts = factsOfRefusal('windowClosed', at, at) as ContactFacts;
		await session.conversations.learn(sender.id, recipient, facts);
		return error instanceof PartlySent ? await Promise.reject(error) : await act();
	});
}
