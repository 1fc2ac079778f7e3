import { sleep } from 'n8n-workflow';

import { questionKey, type Waiting } from '../../core/ask/reference';
import { addressOf, type ContactIdentity } from '../../core/conversation/contact';
import { decide, DEFAULT_POLICY } from '../../core/conversation/decide';
import type { MessageEvent } from '../../core/events/types';
import { requestBody } from '../../core/messages/envelope';
import { parseRecipient, type Recipient } from '../../core/messages/recipient';
import { textMessage } from '../../core/messages/text';
import { writeSendNote } from '../../core/sendNote';
import { logQuietly } from '../quietLog';
import { shareSoon } from '../stateStore';

import type { Delivery } from './delivery';

/** The sender of the delivery waits for its answer no longer than some seconds. */
const PATIENCE_MS = 3_000;

/**
 * Tells a contact whose tap came when nobody waited for it any more, with the text that the trigger was
 * given for it, if it was: once for each question, in the window that the tap has opened.
 *
 * @param waiting of the question, whose signature n8n has proven
 */
export async function tellLate(
	delivery: Delivery,
	event: MessageEvent,
	waiting: Waiting,
): Promise<void> {
	const { context, isTest } = delivery;
	const given = String(context.getNodeParameter('options.lateAnswerText', '')).trim();
	if (given === '' || isTest || !(await isFirst(delivery, event, waiting))) return;
	const send = async () => {
		try {
			if (mayReply(delivery, event)) await reply(delivery, event, given);
		} catch (error) {
			const why = `The text for late answers could not be sent: ${(error as Error).message}`;
			logQuietly(context, 'warn', why);
		}
	};
	await Promise.race([send(), sleep(PATIENCE_MS)]);
}

/** Whether nobody has been told about this question; from now on somebody has. */
async function isFirst(
	{ context, conversations, state, receivedAt }: Delivery,
	{ businessNumberId, contact }: MessageEvent,
	waiting: Waiting,
): Promise<boolean> {
	const key = JSON.stringify([context.getNode().id, 'tellLate', questionKey(waiting)]);
	if (conversations.wasSeen(businessNumberId, contact, key)) return false;
	state.seen.add(key, receivedAt);
	await shareSoon(conversations, businessNumberId, [{ contact, delivery: key, at: receivedAt }]);
	return true;
}

function mayReply({ conversations, receivedAt }: Delivery, event: MessageEvent): boolean {
	const { businessNumberId, contact } = event;
	const facts = conversations.factsOf(businessNumberId, contact);
	const watchedSince = conversations.watchedSince(businessNumberId);
	const about = { facts, watchedSince };
	return decide({ kind: 'freeForm' }, about, DEFAULT_POLICY, receivedAt).outcome === 'allowed';
}

async function reply(
	{ context, provider, conversations, receivedAt }: Delivery,
	{ businessNumberId, contact }: MessageEvent,
	given: string,
): Promise<void> {
	const api = await provider.connect(context);
	const known = conversations.identify(businessNumberId, contact);
	const recipient = recipientOf(known, api.capabilities.userIds);
	const sent = { contact: known, at: receivedAt };
	const body = requestBody(recipient, textMessage(given), { trackingData: writeSendNote(sent) });
	const { messageId } = await api.sendMessage(businessNumberId, body);
	conversations.noteSent(businessNumberId, messageId, sent);
}

/** By the phone number where the provider takes nothing else. */
function recipientOf(known: ContactIdentity, takesUserIds: boolean): Recipient {
	const { phone } = known;
	if (phone && !takesUserIds) return { kind: 'phone', phone };
	return parseRecipient(addressOf(known));
}
