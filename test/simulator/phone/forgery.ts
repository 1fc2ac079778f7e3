import { messageId } from '../ids';
import { contactNode, envelope, valueFor } from '../payloads';
import type { Delivery, Json } from '../types';
import type { World } from '../world';

/** A message that a contact never wrote, signed by somebody who does not have the app's secret. */
export async function forge(world: World, { phone, to, text }: Json): Promise<Delivery> {
	const number = world.number(to === undefined ? undefined : String(to));
	const contact = world.contacts.find({ phone: String(phone) });
	const named = { phone: contact.phone, userId: contact.userId };
	const message: Json = {
		from: named.phone,
		id: messageId(contact.phone),
		timestamp: String(Math.floor(world.now() / 1000)),
		type: 'text',
		text: { body: String(text) },
	};
	const { businessAccountId } = number;
	const value = valueFor(number, { contacts: [contactNode(contact, named)], messages: [message] });
	return await world.deliveries.post(envelope(businessAccountId, 'messages', value), {
		url: world.subscriptions.callbackOf('messages', businessAccountId, number.id),
		signature: 'forged',
	});
}
