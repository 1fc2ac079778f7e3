import { noteGiven, noteTaken } from './books';
import { digitsOf, personOf } from './contacts';
import { messageId } from './ids';
import { envelope, namesOf, valueOf } from './payloads';
import type { Delivery, Json, Writer } from './types';
import type { World } from './world';

/** Somebody beside the API deals with a contact. */
export interface Dealing {
	/** The contact: a phone number, a user ID, or more about the person. */
	with: string | Writer;
	/** The business number; default the first one. */
	number?: string;
	/** How long ago it happened; the webhook goes out now. */
	agoSeconds?: number;
}

export interface Answering extends Dealing {
	text: string;
	/** The message ID; made up if left out. */
	id?: string;
}

/** A colleague answers a contact from the WhatsApp Business app (Meta: smb_message_echoes). */
export async function colleagueWrites(world: World, answering: Answering): Promise<Delivery> {
	return await echo(world, answering, 'smb_message_echoes');
}

/** The second responder of a number writes to a contact, whose conversation it takes by that. */
export async function otherResponderWrites(world: World, answering: Answering): Promise<Delivery> {
	const { ledger, atMs } = scene(world, answering);
	noteTaken(ledger, atMs);
	return await echo(world, answering, 'standby');
}

/** The second responder takes a conversation, or passes it to the app (Meta: messaging_handovers). */
export async function otherResponder(
	world: World,
	change: 'control_taken' | 'control_passed',
	dealing: Dealing,
): Promise<Delivery> {
	const { number, named, ledger, atMs } = scene(world, dealing);
	if (change === 'control_taken') noteTaken(ledger, atMs);
	else noteGiven(ledger);
	const value = {
		messaging_product: 'whatsapp',
		recipient: { display_phone_number: number.phone, phone_number_id: number.id },
		sender: {
			...(named.phone !== undefined && { phone_number: named.phone }),
			...(named.userId !== undefined && { user_id: named.userId }),
		},
		timestamp: String(atMs / 1000),
		type: change,
		[change]: {},
	};
	return await deliver(world, number, 'messaging_handovers', '', value);
}

/** Gives a conversation up. Meta tells nobody; the contact's next message goes to the app. */
export function otherResponderReleases(world: World, dealing: Dealing): void {
	noteGiven(scene(world, dealing).ledger);
}

async function echo(world: World, answering: Answering, field: string): Promise<Delivery> {
	const { number, contact, named, atMs } = scene(world, answering);
	const id = answering.id ?? messageId(contact.phone);
	const timestamp = String(atMs / 1000);
	const to = named.phone !== undefined && { to: named.phone };
	const content = { type: 'text', text: { body: answering.text } };
	const echoed =
		field === 'standby'
			? {
					id,
					timestamp,
					// The request that the other responder made.
					message: {
						messaging_product: 'whatsapp',
						recipient_type: 'individual',
						...to,
						...(named.userId !== undefined && { recipient: named.userId }),
						...content,
					},
				}
			: {
					from: number.phone,
					...to,
					...(named.userId !== undefined && { to_user_id: named.userId }),
					id,
					timestamp,
					...content,
				};
	const value = valueOf(field, number, { message_echoes: [echoed] });
	return await deliver(world, number, field, id, value);
}

function scene(world: World, { with: other, number: to, agoSeconds = 0 }: Dealing) {
	const writer: Writer = personOf(other);
	const number = world.number(to);
	const contact = world.contacts.find({ phone: writer.phone, userId: writer.userId });
	if (writer.phone) contact.phone = digitsOf(writer.phone);
	contact.name ??= writer.name;
	const named = namesOf(writer, contact, world.settings.userIds);
	const atMs = (Math.floor(world.now() / 1000) - agoSeconds) * 1000;
	return { number, contact, named, ledger: world.ledger(number, contact), atMs };
}

async function deliver(
	world: World,
	{ id: businessNumberId, businessAccountId }: ReturnType<World['number']>,
	field: string,
	id: string,
	value: Json,
): Promise<Delivery> {
	const event = world.event(
		field,
		[id],
		{ businessAccountId, businessNumberId },
		envelope(businessAccountId, field, value),
	);
	return await world.deliveries.track(world.deliveries.send(event));
}
