import type { IDataObject } from 'n8n-workflow';

import { addressOf, type ContactIdentity } from '../../core/conversation/contact';
import type { Recipient } from '../../core/messages/recipient';
import { readSendNote, writeSendNote, type Send, type SentTemplate } from '../../core/sendNote';
import type { ErrorKind } from '../../core/transport/errors';
import { ProviderRefusal } from '../../core/transport/providerRefusal';
import { rateOf, type Sender } from '../input/parameters';
import type { Session } from '../run/session';
import { forgetTemplate } from '../templates/definitions';
import { DecisionError } from '../views/decision';

import { heedRefusal } from './heedRefusal';
import { sendAtRate, type RatedSend } from './rate';

/** From whom to whom, and the operation's options. */
export interface Envelope {
	sender: Sender;
	recipient: Recipient;
	options: IDataObject;
	/** Category of the template that is sent, as Meta writes it. */
	templateCategory?: string;
}

/** What stands between a message and its send. */
export interface Permit {
	/** Whether the contact waits for it: then it goes before what goes to many. */
	isReply: boolean;
	/**
	 * Decides anew, by what is known now.
	 *
	 * @throws when the message must not go out any more
	 */
	renew(): Promise<void>;
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
 * Hands a message to WhatsApp when it is its turn, and sees to it that its statuses tell of this
 * send: by memory, and by a note in the message where the user attached nothing. The answer means
 * accepted, not delivered (rule D5). With the option 'Dry Run' nothing is sent and the request is
 * shown, without the note, which tells the time of a send.
 *
 * @param body from `requestBody()`
 * @param permit renewed immediately before each try
 * @throws ProviderRefusal, which is heeded by then, and what `permit` throws
 */
export async function deliver(
	session: Session,
	{ sender, recipient, options, templateCategory }: Envelope,
	body: IDataObject,
	permit: Permit,
): Promise<IDataObject> {
	const given = recipient as ContactIdentity;
	const api = await session.api();
	const request = api.requestFor(body);
	if (options.dryRun === true) {
		const known = session.conversations.replica(sender.id).identify(given);
		return { messageId: null, ...contactView(known), messageStatus: 'notSent', request };
	}
	const turn: RatedSend = {
		businessNumberId: sender.id,
		contact: session.conversations.keyOf(sender.id, given),
		messagesPerSecond: rateOf(options),
		isReply: permit.isReply,
		source: session,
		isCancelled: session.isCancelled,
	};
	const template = sentTemplate(body, templateCategory);
	let sent: Send = { contact: given, at: 0, template };
	const send = async () => {
		sent = { ...sent, at: session.conversations.timeOfSend(sender.id, given) };
		return await api.sendMessage(sender.id, withNote(body, sent));
	};
	const renew = async () => await permit.renew();
	const { messageId, contact, messageStatus } = await sendAtRate(turn, renew, send).catch(
		async (error: unknown) => {
			if (!(error instanceof ProviderRefusal)) throw error;
			if (template) forgetTemplate(api, template.name);
			throw await heedRefusal(session, sender.id, given, error, sent.at);
		},
	);

	// The answer's form of the number is the one that deliveries use (rule D13).
	const known: ContactIdentity = {
		phone: contact.phone ?? given.phone,
		userId: contact.userId ?? given.userId,
	};
	const replica = session.conversations.replica(sender.id);
	replica.noteSent(messageId, { ...sent, contact: known });
	return { messageId, ...contactView(replica.identify(known)), messageStatus };
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

/** Some parts of a message were accepted; the next one was refused, or was not let through. */
export class PartlySent extends ProviderRefusal {
	/** Why the rest was not let through, as items show it. */
	readonly decision?: IDataObject;

	constructor(cause: unknown, sent: number, total: number) {
		const { refusal, httpStatus } =
			cause instanceof ProviderRefusal ? cause : { refusal: refusalFrom(cause) };
		super(
			{
				...refusal,
				// A repetition would send the first parts again.
				retry: 'risky',
				message: `Only ${sent} of ${total} parts of the text went out: ${refusal.message}`,
				hint: `${refusal.hint} Then send the rest of the text alone.`.trim(),
			},
			httpStatus,
		);
		if (cause instanceof DecisionError) this.decision = cause.decision;
	}
}

/** Whatever came in between, in the form of a refusal. */
function refusalFrom(cause: unknown) {
	const message = cause instanceof Error ? cause.message : String(cause);
	const { kind, hint } = cause instanceof DecisionError ? cause : { kind: 'unknown', hint: '' };
	return { kind: kind as ErrorKind, code: 0, retry: 'never' as const, message, hint, details: '' };
}

/**
 * Delivers the parts of a message, one after the other.
 *
 * @returns what {@link deliver} gives for the first one, and the IDs of all
 * @throws PartlySent when a later part than the first does not go out
 */
export async function deliverParts(
	session: Session,
	envelope: Envelope,
	bodies: IDataObject[],
	permit: Permit,
): Promise<{ first: IDataObject; messageIds: string[] }> {
	const accepted: IDataObject[] = [];
	for (const body of bodies) {
		try {
			accepted.push(await deliver(session, envelope, body, permit));
		} catch (error) {
			if (accepted.length === 0) return await Promise.reject(error);
			return await Promise.reject(new PartlySent(error, accepted.length, bodies.length));
		}
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
