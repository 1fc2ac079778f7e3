import type { IDataObject } from 'n8n-workflow';

import { addressOf, type ContactIdentity } from '../core/conversation/contact';
import type { Recipient } from '../core/messages/recipient';
import { ProviderRefusal } from '../core/transport/providerRefusal';

import type { Session } from './session';
import { forgetTemplate } from './templateDefinitions';

/** A contact as items show it. */
export function contactView(contact: ContactIdentity): IDataObject {
	return {
		contact: addressOf(contact),
		phone: contact.phone ? `+${contact.phone}` : '',
		userId: contact.userId ?? '',
	};
}

/**
 * Hands a message to WhatsApp, and remembers it, so that a later refusal finds its contact. The
 * answer means accepted, not delivered (rule D5).
 *
 * @param body from `requestBody()`
 */
export async function deliver(
	session: Session,
	businessNumberId: string,
	recipient: Recipient,
	body: IDataObject,
): Promise<IDataObject> {
	const api = await session.api();
	const sentAt = session.now();
	const { messageId, contact, messageStatus } = await api
		.sendMessage(businessNumberId, body)
		.catch(async (error: unknown) => {
			const template = body.template as IDataObject | undefined;
			if (template && error instanceof ProviderRefusal) forgetTemplate(api, String(template.name));
			return await Promise.reject(error);
		});

	const { phone, userId } = recipient as ContactIdentity;
	// The answer's form of the number is the one that deliveries use (rule D13).
	const known: ContactIdentity = {
		phone: contact.phone ?? phone,
		userId: contact.userId ?? userId,
	};
	const replica = session.replica(businessNumberId);
	replica.noteSent(messageId, known, sentAt);
	return { messageId, ...contactView(replica.identify(known)), messageStatus };
}
