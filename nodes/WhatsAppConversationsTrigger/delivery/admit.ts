import type { IDataObject } from 'n8n-workflow';

import { identityOf } from '../../core/conversation/contact';
import { ownerOf } from '../../core/conversation/owner';
import { isOfGroup } from '../../core/events/group';
import { toItem } from '../../core/events/items';
import type { WebhookEvent } from '../../core/events/types';
import { deliveryKey } from '../deliveryKey';

import type { Delivery, Told } from './delivery';

/** For how long Meta repeats a delivery that was not answered. */
const REPEATED_SECONDS = 7 * 86_400;

/** An event that may start the workflow. */
export interface Candidate extends Told {
	/** What tells it from all others: see {@link deliveryKey}. */
	key: string;
	/** The event as the workflow sees it, without what is known of the contact. */
	json: IDataObject;
}

/** What is to be done with the events of a delivery. */
export interface Admission {
	/** Those that may tell something new. */
	news: Told[];
	/** Those that start the workflow. */
	starting: Candidate[];
	/** Whether n8n is still about to start a run for one of them: the sender has to come again. */
	isBusy: boolean;
}

/**
 * Tells which events start the workflow, and which may tell something new. What has started the
 * workflow before does not do it again; a test in the editor starts with everything.
 */
export function admit(delivery: Delivery, events: Told[]): Admission {
	const { state, isTest } = delivery;
	const isWanted = wantedBy(delivery);
	const news = events.filter((one) => !isRepeated(delivery, one, isWanted(one.event)));
	const wanted = events
		.filter(({ event }) => isWanted(event))
		.map((one) => candidateOf(delivery, one));
	if (isTest) return { news, starting: wanted, isBusy: false };

	const starting = new Map<string, Candidate>();
	for (const one of wanted) {
		if (state.starts.isUnderWay(one.key, Date.now())) return { news, starting: [], isBusy: true };
		if (!isSeen(delivery, one)) starting.set(one.key, one);
	}
	return { news, starting: [...starting.values()], isBusy: false };
}

/** Tells the events of another number than the one that the trigger is for. */
export function isOfAnotherNumber(
	{ businessNumberId: wanted }: Delivery,
	{ businessNumberId }: WebhookEvent,
): boolean {
	return wanted !== '' && businessNumberId !== '' && businessNumberId !== wanted;
}

/**
 * Tells the events for which the workflow starts: of the chosen kinds, of the chosen number, and no
 * older than Meta repeats them; what comes later is no repetition, and nobody knows whether it has
 * started the workflow before.
 */
function wantedBy(delivery: Delivery): (event: WebhookEvent) => boolean {
	const { context, receivedAt } = delivery;
	const kinds = context.getNodeParameter('events') as string[];
	const options = context.getNodeParameter('options', {}) as IDataObject;
	const oldest = options.startForOld === true ? -Infinity : receivedAt - REPEATED_SECONDS;
	return (event) =>
		kinds.includes(event.kind) &&
		!isOfAnotherNumber(delivery, event) &&
		event.at >= oldest &&
		(!event.standby || options.startForStandby === true) &&
		!(options.whenPersonHasIt === 'skip' && isForPerson(delivery, event));
}

/** Whether the contact writes or calls while a person of the business has the conversation. */
function isForPerson({ conversations, receivedAt }: Delivery, event: WebhookEvent): boolean {
	if ((event.kind !== 'message' && event.kind !== 'call') || isOfGroup(event)) return false;
	const facts = conversations.factsAtNumber(event.businessNumberId, event.contact);
	return ownerOf(facts, receivedAt).who === 'person';
}

/**
 * Whether an event that is stamped ahead of its arrival is known to have arrived before, also in an
 * earlier process or in another one: then its first arrival has told all that it tells.
 */
function isRepeated(delivery: Delivery, one: Told, isWanted: boolean): boolean {
	if (one.event.claimedAt === undefined) return false;
	const { state, isTest, receivedAt } = delivery;
	const candidate = candidateOf(delivery, one);
	const isKnown = isSeen(delivery, candidate);
	// What starts a run is noted when n8n holds it.
	if (!isKnown && !isWanted && !isTest) state.seen.add(candidate.key, receivedAt);
	return isKnown;
}

/** An event as the workflow would see it, and what tells it from all others. */
export function candidateOf({ context, receivedAt }: Delivery, one: Told): Candidate {
	const json = toItem(one.event, receivedAt);
	return { ...one, json, key: deliveryKey(context.getNode().id, json) };
}

/** Whether an event was handled by this workflow already, in this process or in another one. */
export function isSeen({ conversations }: Delivery, { key, json }: Candidate): boolean {
	const contact = identityOf(json.phone, json.userId);
	return conversations.wasSeen(String(json.businessNumberId), contact, key);
}
