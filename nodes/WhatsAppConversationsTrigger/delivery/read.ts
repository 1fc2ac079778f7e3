import type { IWebhookFunctions } from 'n8n-workflow';

import { isDeeperThan, MOST_LEVELS } from '../../core/events/depth';
import { factsOf } from '../../core/events/factsOf';
import { toItem } from '../../core/events/items';
import type { WebhookEvent } from '../../core/events/types';
import { processState } from '../../core/state/processState';
import type { Arrival } from '../../shared/providers/provider';
import { deliveryKey } from '../deliveryKey';
import { loadContacts } from '../stateStore';

import { attachQuestion } from './attachQuestion';
import { attachSend } from './attachSend';
import type { Delivery, Told } from './delivery';
import { waitsForState } from './holdUp';
import { readingOptionsOf } from './readingOptions';

/**
 * The JSON of a delivery, which has to be proven before; undefined where it is none, or nested deeper
 * than any delivery.
 */
export function readBody(context: IWebhookFunctions): unknown {
	const { rawBody } = context.getRequestObject();
	if (isDeeperThan(MOST_LEVELS, rawBody)) return undefined;
	try {
		return JSON.parse(rawBody.toString('utf8'));
	} catch {
		return undefined;
	}
}

/** What a delivery says. */
export interface Reading {
	events: Told[];
	/** Whether what others know of its contacts could not be had now, and is worth waiting for. */
	isUnsure: boolean;
}

/**
 * The events of a delivery, with all that is known of the sends and questions they are about, and what
 * they tell.
 */
export async function read(delivery: Delivery, body: unknown): Promise<Reading> {
	const { context, provider, conversations, receivedAt, businessNumberId } = delivery;
	const headers = context.getHeaderData() as Arrival['headers'];
	const parsed = provider
		.readDelivery(body, { headers, businessNumberId, receivedAt })
		.map((event) => attachSend(atFirstReceipt(event, receivedAt), conversations));
	const isSettled = await loadContacts(conversations, parsed);
	// What was loaded may tell more of a contact.
	const known = conversations.isShared
		? parsed.map((event) => attachSend(event, conversations))
		: parsed;
	const events = known.map((event) => attachQuestion(event, conversations));
	const options = readingOptionsOf(context);
	return {
		events: events.map((event) => ({ event, told: factsOf(event, options) })),
		isUnsure: waitsForState(delivery, isSettled),
	};
}

/** An event that is stamped ahead of its arrival counts from its first one, however often it comes. */
function atFirstReceipt(event: WebhookEvent, receivedAt: number): WebhookEvent {
	const { firstReceipts } = processState;
	const isAhead = event.claimedAt !== undefined;
	if (!isAhead && firstReceipts.size === 0) return event;
	const key = deliveryKey('', toItem(event, receivedAt));
	if (isAhead) firstReceipts.note(key, receivedAt);
	return { ...event, at: Math.min(event.at, firstReceipts.of(key) ?? Infinity) };
}
