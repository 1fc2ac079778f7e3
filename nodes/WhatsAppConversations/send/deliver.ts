import type { IDataObject } from 'n8n-workflow';

import type { ContactIdentity } from '../../core/conversation/contact';
import { readSendNote, writeSendNote, type Send, type SentTemplate } from '../../core/sendNote';
import { ProviderRefusal } from '../../core/transport/providerRefusal';
import { rateOf } from '../input/rate';
import type { Session } from '../run/session';
import { forgetTemplate } from '../templates/definitions';
import { contactView } from '../views/contactView';

import type { Envelope } from './envelope';
import { learnFromRefusal } from './learnFromRefusal';
import type { Permit } from './permit';
import { sendAtRate, type RatedSend } from './rate';

/**
 * Hands a message to WhatsApp when it is its turn, and sees to it that its statuses tell of this
 * send: by memory, and by a note in the message where the user attached nothing. The answer means
 * accepted, not delivered (rule D5). With the option 'Dry Run' nothing is sent and the request is
 * shown, without the note, which tells the time of a send.
 *
 * @param body from `requestBody()`
 * @param permit renewed immediately before each try
 * @throws ProviderRefusal, from which is learned by then, and what `permit` throws
 */
export async function deliver(
	session: Session,
	{ sender, recipient, options, templateCategory, broadcast }: Envelope,
	body: IDataObject,
	permit: Permit,
): Promise<IDataObject> {
	const given = recipient as ContactIdentity;
	const api = await session.api();
	const request = api.requestFor(body);
	if (options.dryRun === true) {
		const known = session.conversations.identify(sender.id, given);
		return { messageId: null, ...contactView(known), messageStatus: 'notSent', request };
	}
	const turn: RatedSend = {
		businessNumberId: sender.id,
		contact: session.conversations.keyOf(sender.id, given),
		messagesPerSecond: rateOf(options),
		isReply: permit.isReply,
		source: session,
		isCancelled: () => session.isCancelled(),
	};
	const template = sentTemplate(body, templateCategory);
	let sent: Send = { contact: given, at: 0, template, broadcast: broadcast?.name };
	const send = async () => {
		sent = { ...sent, at: session.conversations.timeOfSend(sender.id, given) };
		return await api.sendMessage(sender.id, withNote(body, sent));
	};
	const renew = async () => {
		await broadcast?.claim();
		await permit.renew();
		broadcast?.requireGoing();
	};
	const { messageId, contact, messageStatus } = await sendAtRate(turn, renew, send).catch(
		async (error: unknown) => {
			if (!(error instanceof ProviderRefusal)) throw error;
			if (template) forgetTemplate(api, template.name);
			throw await learnFromRefusal(session, sender.id, sent, error);
		},
	);

	// The answer's form of the number is the one that deliveries use (rule D13).
	const known: ContactIdentity = {
		phone: contact.phone ?? given.phone,
		userId: contact.userId ?? given.userId,
	};
	const { conversations } = session;
	conversations.noteSent(sender.id, messageId, { ...sent, contact: known });
	if (body.type !== 'reaction') await conversations.wroteTo(sender.id, known, sent.at);
	return { messageId, ...contactView(conversations.identify(sender.id, known)), messageStatus };
}

/** The template of a request, where it sends one. */
function sentTemplate({ template }: IDataObject, category = ''): SentTemplate | undefined {
	if (!template) return undefined;
	const { name, language } = template as { name: string; language: { code: string } };
	return { name, language: language.code, category };
}

/** The request with a note for its statuses, unless the user's own text has the place. */
function withNote(body: IDataObject, send: Send): IDataObject {
	const { biz_opaque_callback_data: own } = body;
	// A note that was copied from a status would tell of another send.
	if (own !== undefined && !readSendNote(String(own))) return body;
	return { ...body, biz_opaque_callback_data: writeSendNote(send) };
}
