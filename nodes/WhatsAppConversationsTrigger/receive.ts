import type {
	IDataObject,
	INodeExecutionData,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { identityOf } from '../core/conversation/contact';
import type { CountingOptions } from '../core/conversation/counting';
import type { ContactFacts } from '../core/conversation/facts';
import { DEFAULT_MARGIN_SECONDS, windowOf } from '../core/conversation/window';
import { toItem } from '../core/events/items';
import { parseDelivery } from '../core/events/parse';
import { isSignedBy } from '../core/events/signature';
import type { WebhookEvent } from '../core/events/types';
import { answerChallenge } from '../core/events/verification';
import type { ConversationStore } from '../core/state/conversationStore';
import { processState } from '../core/state/processState';
import type { WorkflowState } from '../core/state/staticDataStore';
import { factsText } from '../core/state/tableRow';
import { credentialOf } from '../shared/connection';
import { windowView } from '../shared/windowView';
import { now, openState, saveState } from '../shared/workflowState';

import { knownAppSecret, readAppSecret } from './appSecret';
import { deliveryKey } from './deliveryKey';
import { observe } from './observe';
import { businessNumberOf, watcherOf } from './registration';
import { loadContacts, saveContacts, storeOf } from './stateStore';
import { verifyTokenOf } from './verifyToken';

/** How long a row may lack what the process knows, when a delivery comes that starts nothing. */
const SAVE_AFTER_SECONDS = 5;

/** Meta's check of the callback address: the challenge comes back only for the right token. */
export async function verify(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const tokens = [
		verifyTokenOf(await credentialOf(context)),
		String(context.getNodeParameter('verifyWord', '')),
	];
	const challenge = answerChallenge(context.getQueryData() as Record<string, unknown>, tokens);
	const response = context.getResponseObject();
	if (challenge === undefined) response.status(403).end();
	else response.status(200).type('text/plain').send(challenge);
	return { noWebhookResponse: true };
}

/** A delivery of Meta's: proven, parsed, remembered, and turned into the items that start the workflow. */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const request = context.getRequestObject();
	if (!(await isProven(context, request))) return refuse(context, 401);

	let body: unknown;
	try {
		body = JSON.parse(request.rawBody.toString('utf8'));
	} catch {
		return refuse(context, 400);
	}

	const receivedAt = now();
	const state = openState(context);
	state.isLoaded = true;
	processState.isFed = true;
	const events = parseDelivery(body, receivedAt);
	const store = storeOf(context, (name) => context.getNodeParameter(name, ''));
	await loadContacts(store, events);
	const changing = observeAll(context, state, events, receivedAt);

	const isShared = store !== undefined;
	const items = events
		.filter(wantedBy(context))
		.map((event) => itemOf(event, state, receivedAt, isShared));
	const starting =
		context.getMode() === 'manual' ? items : admit(context, state, items, receivedAt, store);
	if (starting === 'busy') return refuse(context, 503);
	const left = starting.length > 0 ? changing.filter(({ isUntold }) => isUntold) : changing;
	await saveContacts(
		store,
		left.map(({ event }) => event),
		receivedAt,
	);
	if (starting.length > 0) return { workflowData: [starting], webhookResponse: '' };

	// A row may also lack what an earlier run knew: see noteRow().
	if (changing.length > 0 || state.secondsBehind(receivedAt) > SAVE_AFTER_SECONDS)
		saveState(context, state);
	return { webhookResponse: '' };
}

/** Whether the app's secret signed the delivery. */
async function isProven(
	context: IWebhookFunctions,
	{ rawBody, headers }: ReturnType<IWebhookFunctions['getRequestObject']>,
): Promise<boolean> {
	// n8n keeps no raw body of content types that Meta never sends.
	if (!Buffer.isBuffer(rawBody)) return false;
	const isSigned = (appSecret: string) =>
		isSignedBy(rawBody, headers['x-hub-signature-256'], appSecret);
	const known = knownAppSecret(context);
	if (known !== undefined && isSigned(known)) return true;
	return isSigned(await readAppSecret(context));
}

function refuse(context: IWebhookFunctions, status: number): IWebhookResponseData {
	context.getResponseObject().status(status).end();
	return { noWebhookResponse: true };
}

/** An event that told something new. */
interface Change {
	event: WebhookEvent;
	/** Whether it told more than the contact's last message, which its item tells too. */
	isUntold: boolean;
}

/** Joins what all events tell, wanted or not, and notes that the numbers are being watched. */
function observeAll(
	context: IWebhookFunctions,
	state: WorkflowState,
	events: WebhookEvent[],
	receivedAt: number,
): Change[] {
	const counted = context.getNodeParameter('options.alsoCounts', []) as Array<
		keyof CountingOptions
	>;
	const counting: CountingOptions = Object.fromEntries(counted.map((name) => [name, true]));
	const watcher = watcherOf(context);
	const changing: Change[] = [];
	for (const event of events) {
		if (!event.businessNumberId) continue;
		const replica = state.replica(event.businessNumberId);
		if (context.getMode() !== 'manual') replica.watch(watcher, receivedAt);
		const rest = () => ('contact' in event ? restOf(replica.factsOf(event.contact)) : '');
		const before = rest();
		if (observe(event, replica, counting)) changing.push({ event, isUntold: rest() !== before });
	}
	return changing;
}

/** Tells the events for which the workflow starts: of the chosen kinds, and of the chosen number. */
function wantedBy(context: IWebhookFunctions): (event: WebhookEvent) => boolean {
	const kinds = context.getNodeParameter('events') as string[];
	const wantedNumber = businessNumberOf(context);
	return ({ kind, businessNumberId }) =>
		kinds.includes(kind) &&
		(!wantedNumber || !businessNumberId || businessNumberId === wantedNumber);
}

function itemOf(
	event: WebhookEvent,
	state: WorkflowState,
	receivedAt: number,
	isShared: boolean,
): INodeExecutionData {
	const { raw, ...json } = toItem(event, receivedAt);
	return { json: { ...json, ...windowPart(event, state, receivedAt, isShared), raw } };
}

/** The contact's window after this event, where the event has a contact. */
function windowPart(
	event: WebhookEvent,
	state: WorkflowState,
	receivedAt: number,
	isShared: boolean,
): IDataObject {
	if (!event.businessNumberId || !('contact' in event)) return {};
	const replica = state.replica(event.businessNumberId);
	const facts = replica.factsOf(event.contact);
	// One process of many cannot tell that nobody else has heard of the contact.
	const watchedSince = isShared ? undefined : replica.watchedSince;
	return {
		window: windowView(windowOf(facts, watchedSince, DEFAULT_MARGIN_SECONDS, receivedAt)),
	};
}

/**
 * Drops what has started the workflow before. A delivery counts as handled only when n8n has
 * answered that it holds the execution; until then a repetition is sent away to come again later.
 */
function admit(
	context: IWebhookFunctions,
	state: WorkflowState,
	items: INodeExecutionData[],
	receivedAt: number,
	store: ConversationStore | undefined,
): INodeExecutionData[] | 'busy' {
	const { id } = context.getNode();
	const starting = new Map<string, INodeExecutionData>();
	for (const item of items) {
		const key = deliveryKey(id, item.json);
		if (state.inFlight.has(key)) return 'busy';
		if (!state.seen.has(key) && !wasSeenElsewhere(store, item.json, key)) starting.set(key, item);
	}
	if (starting.size === 0) return [];

	const keys = [...starting.keys()];
	for (const key of keys) state.inFlight.add(key);
	const response = context.getResponseObject();
	response.once('finish', () => {
		if (response.statusCode < 300) for (const key of keys) state.seen.add(key, receivedAt);
	});
	response.once('close', () => {
		for (const key of keys) state.inFlight.delete(key);
	});
	return [...starting.values()];
}

/** Whether a delivery has started this workflow in another process. */
function wasSeenElsewhere(
	store: ConversationStore | undefined,
	{ businessNumberId, phone, userId }: IDataObject,
	key: string,
): boolean {
	const contact = identityOf(phone, userId);
	return store?.wasSeen(String(businessNumberId), contact, key) === true;
}

/** All facts but the contact's last message. */
function restOf(facts: ContactFacts): string {
	return factsText({ ...facts, lastInboundAt: 0 });
}
