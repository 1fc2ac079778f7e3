import { nextStep, type Asking } from '../../core/ask/asking';
import { MOST_SECONDS } from '../../core/ask/openQuestions';
import { waitingItem } from '../../core/ask/waitingItem';
import { fingerprintOf } from '../../core/state/fingerprint';
import type { Result } from '../actions/operation';
import { isTool } from '../input/tool';
import type { Item } from '../run/item';
import { sendByWindow } from '../send/byWindow';
import type { Draft } from '../send/draft';

import { beginAsking, waitInLoop } from './askAgain';
import { ANSWERED_OUTPUT, NO_ANSWER_OUTPUT, PUT_ONCE, requireLoop } from './inLoop';
import { ownAsking, refuseMany } from './oneRun';
import { waitTill } from './waitLimit';
import { wayBackOf } from './wayBack';

const FIELD = 'Hold Until the Contact Replies';

/** Whether a message waits in the run for the contact where the window is closed. */
export function isHeld(item: Item): boolean {
	return item.parameter('whenWindowClosed') === 'hold' && !isTool(item);
}

/**
 * Sends a message in the open window. Otherwise the template goes out now, and the message itself when
 * the contact taps or writes: the run waits with it, and nothing of it is remembered elsewhere.
 *
 * @throws what the sends throw
 */
export async function sendOrHold(item: Item, draft: Draft): Promise<Result> {
	const held = ownAsking(item);
	return held ? await goOnHolding(item, draft, held) : await sendFirst(item, draft);
}

async function sendFirst(item: Item, draft: Draft): Promise<Result> {
	const { session } = item;
	refuseMany(session, FIELD);
	requireLoop(item, FIELD, 'Sent');
	const until = waitTill(item);
	const waiting = await wayBackOf(item, draft);
	const askedAt = session.now();
	const { json } = await sendByWindow(item, draft);
	if (json.sentAs !== 'template' || json.messageId === null) {
		return { json, output: ANSWERED_OUTPUT };
	}
	const { sender, recipient } = draft;
	await session.conversations.openQuestion(sender.id, recipient, {
		waiting,
		kind: 'any',
		messageHash: fingerprintOf(String(json.messageId)),
		askedAt,
		until: Math.min(until.getTime() / 1000, askedAt + MOST_SECONDS),
	});
	const question = { id: waiting.binding, type: 'freeText' as const, choices: [] };
	const begun = beginAsking(item, PUT_ONCE, until);
	return await waitInLoop(item, { ...begun, item: waitingItem(json, question, askedAt) });
}

async function goOnHolding(item: Item, draft: Draft, held: Asking): Promise<Result> {
	switch (nextStep(held, item.session.now() * 1000)) {
		case 'passAnswer': {
			const { json } = await sendByWindow(item, { ...draft, setting: 'stop' });
			const { messageId, askedAt, answeredAt, answer } = held.item;
			const heldBy = { templateMessageId: messageId, askedAt, answeredAt, answer };
			return { json: { ...json, held: heldBy }, output: ANSWERED_OUTPUT };
		}
		case 'giveUp':
			return { json: held.item, output: NO_ANSWER_OUTPUT };
		default:
			return await waitInLoop(item, held);
	}
}
