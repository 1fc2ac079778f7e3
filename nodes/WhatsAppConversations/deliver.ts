import type { IDataObject } from 'n8n-workflow';

import { addressOf, type ContactIdentity } from '../core/conversation/contact';
import type { Recipient } from '../core/messages/recipient';
import { ProviderRefusal } from '../core/transport/providerRefusal';

import { inTurn, type Turn } from './inTurn';
import { rateOf, type Sender } from './parameters';
import type { Session } from './session';
import { forgetTemplate } from './templateDefinitions';

/** From whom to whom, and the operation's options. */
export interface Envelope {
	sender: Sender;
	recipient: Recipient;
	options: IDataObject;
}

/** A contact as items show it. */
export function contactView(contact: ContactIdentity): IDataObject {
	return {
		contact: addressOf(contact),
		phone: contact.phone ? `+${contact.phone}` : '',
		userId: contact.userId ?? '',
	};
}

/**
 * Hands a message to WhatsApp when it is its turn, and remembers it, so that a later refusal finds
 * its contact. The answer means accepted, not delivered (rule D5). With the option 'Dry Run' nothing is
 * sent and the request is shown.
 *
 * @param body from `requestBody()`
 */
export async function deliver(
	session: Session,
	{ sender, recipient, options }: Envelope,
	body: IDataObject,
): Promise<IDataObject> {
	const given = recipient as ContactIdentity;
	if (options.dryRun === true) {
		const known = session.replica(sender.id).identify(given);
		return { messageId: null, ...contactView(known), messageStatus: 'notSent', request: body };
	}
	const api = await session.api();
	const turn: Turn = {
		businessNumberId: sender.id,
		contact: session.keyOf(sender.id, given),
		messagesPerSecond: rateOf(options),
		isCancelled: session.isCancelled,
	};
	let sentAt = 0;
	const send = async () => {
		sentAt = session.now();
		return await api.sendMessage(sender.id, body);
	};
	const { messageId, contact, messageStatus } = await inTurn(turn, send).catch(
		async (error: unknown) => {
			const template = body.template as IDataObject | undefined;
			if (template && error instanceof ProviderRefusal) forgetTemplate(api, String(template.name));
			return await Promise.reject(error);
		},
	);

	// The answer's form of the number is the one that deliveries use (rule D13).
	const known: ContactIdentity = {
		phone: contact.phone ?? given.phone,
		userId: contact.userId ?? given.userId,
	};
	const replica = session.replica(sender.id);
	replica.noteSent(messageId, known, sentAt);
	return { messageId, ...contactView(replica.identify(known)), messageStatus };
}

/** Some parts of a message were accepted; the next one was refused. */
export class PartlySent extends ProviderRefusal {
	constructor({ refusal, httpStatus }: ProviderRefusal, sent: number, total: number) {
		super(
			{
				...refusal,
				// A repetition would send the first parts again.
				retry: 'risky',
				message: `Only ${sent} of ${total} parts of the text went out: ${refusal.message}`,
				hint: `${refusal.hint} Then send the rest of the text alone.`,
			},
			httpStatus,
		);
	}
}

/**
 * Delivers the parts of a message, one after the other.
 *
 * @returns what {@link deliver} gives for the first one, and the IDs of all
 * @throws PartlySent when a later part than the first is refused
 */
export async function deliverParts(
	session: Session,
	envelope: Envelope,
	bodies: IDataObject[],
): Promise<{ first: IDataObject; messageIds: string[] }> {
	const accepted: IDataObject[] = [];
	for (const body of bodies) {
		const sent = accepted.length;
		accepted.push(
			await deliver(session, envelope, body).catch(async (error: unknown) => {
				const isPartly = sent > 0 && error instanceof ProviderRefusal;
				return await Promise.reject(isPartly ? new PartlySent(error, sent, bodies.length) : error);
			}),
		);
	}
	const [first] = accepted;
	// A dry run gives no IDs, and shows all parts together.
	const { dryRun } = envelope.options;
	if (dryRun === true && bodies.length > 1) {
		return { first: { ...first, request: bodies }, messageIds: [] };
	}
	const messageIds = accepted.flatMap(({ messageId }) => (messageId ? [String(messageId)] : []));
	return { first, messageIds };
}
