import type { IExecuteFunctions } from 'n8n-workflow';

import type { ContactState } from '../../core/conversation/decide';
import { joinFacts, NO_FACTS } from '../../core/conversation/facts';
import { ProviderRefusal } from '../../core/transport/providerRefusal';
import { pastTimeOf } from '../input/parameters';
import type { Session } from '../run/session';
import type { Reading } from '../state/conversations';

import { PartlySent, type Envelope } from './deliver';

/**
 * What is known of the contact, with what the user's own data add.
 *
 * @param reading see `Conversations.contactState()`
 */
export async function contactStateOf(
	context: IExecuteFunctions,
	session: Session,
	{ sender, recipient, options }: Envelope,
	reading: Reading,
): Promise<ContactState> {
	const at = {
		field: "Contact's Last Message At",
		value: options.contactLastMessageAt,
	};
	// First, because it may stop the message before anything is asked. Empty: the user's own data know
	// of no message either.
	const lastInboundAt = pastTimeOf(context, at, session.now()) ?? 0;
	const { facts, ...rest } = await session.conversations.contactState(
		sender.id,
		recipient,
		reading,
	);
	return { facts: joinFacts(facts, { ...NO_FACTS, lastInboundAt }), ...rest };
}

/**
 * Decides and sends, and does so once more when WhatsApp knows better than our records: the window is
 * on record as closed by then.
 *
 * @throws what `act` throws
 */
export async function heedingRefusal<T>(act: () => Promise<T>): Promise<T> {
	return await act().catch(async (error: unknown) => {
		const isClosed = error instanceof ProviderRefusal && error.refusal.kind === 'windowClosed';
		if (!isClosed || error instanceof PartlySent) throw error;
		return await act();
	});
}
