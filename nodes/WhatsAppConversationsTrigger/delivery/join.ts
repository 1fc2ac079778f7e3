import { sleep, type IWebhookFunctions } from 'n8n-workflow';

import { Bursts, type Turn } from '../../core/burst/bursts';
import { mayBeJoined } from '../../core/burst/joinable';
import { quietAfter } from '../../core/burst/patience';
import type { WebhookEvent } from '../../core/events/types';
import { storedSetting } from '../../shared/setting';

import type { Candidate } from './admit';
import type { Delivery } from './delivery';

/** Messages that wait for the rest of their thought, of all triggers in this process. */
const bursts = new Bursts<Candidate>(sleep);

/** How long n8n may take to answer a delivery whose sender has hung up. */
const ANSWERED_WITHIN_MS = 20_000;

const LOOK_EVERY_MS = 50;

/**
 * Waits with messages until their contact has been quiet for a moment, where the option 'Join Messages
 * Sent in a Row' asks for it. The delivery of the first message starts the run for all of them; those
 * of the others are answered when n8n holds it. Whatever must not wait ends the wait of its contact.
 *
 * @param starting what is to start a run; of a test, nothing waits
 * @returns undefined where nothing is joined
 */
export async function takeTurn(
	delivery: Delivery,
	starting: Candidate[],
): Promise<Turn<Candidate> | undefined> {
	const { context, isTest } = delivery;
	if (isTest || storedSetting(context.getNode(), 'joinMessages') !== true) return undefined;
	const keys = new Set(starting.map(({ event }) => rowKey(delivery, event)));
	const [key] = keys;
	if (keys.size > 1 || !starting.every(isJoinable)) {
		for (const one of keys) bursts.close(one);
		return undefined;
	}
	const turns = starting.map(async (one) => {
		const { type, text } = one.json as { type: string; text: string };
		const quietMs = quietAfter({ type, text, before: bursts.countOf(key) });
		return await bursts.take(key, one, quietMs, Date.now());
	});
	const turn = await turns[0];
	if (turn.role === 'first') tellWhenHeld(context, turn.settle);
	return turn;
}

/** A word of consent is a whole message, and is heeded at once. */
function isJoinable({ event, told }: Candidate): boolean {
	return mayBeJoined(event) && !told?.consentWord;
}

/** Tells the contact at a business number, for this trigger, from all others. */
function rowKey({ context, conversations }: Delivery, event: WebhookEvent): string {
	const { businessNumberId } = event;
	const contact = 'contact' in event ? conversations.keyOf(businessNumberId, event.contact) : '';
	const trigger = [context.getWorkflow().id, context.getNode().id];
	return JSON.stringify([...trigger, businessNumberId, contact]);
}

/** n8n's own answer tells whether it holds the run: also where the sender does not wait for it. */
function tellWhenHeld(context: IWebhookFunctions, settle: (isHeld: boolean) => void): void {
	const response = context.getResponseObject();
	const isHeld = () => response.writableEnded && response.statusCode < 300;
	response.once('finish', () => settle(isHeld()));
	response.once('close', async () => {
		for (let ms = 0; ms < ANSWERED_WITHIN_MS && !response.writableEnded; ms += LOOK_EVERY_MS) {
			await sleep(LOOK_EVERY_MS);
		}
		settle(isHeld());
	});
}
