import type {
	IDataObject,
	INodeExecutionData,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import type { CountingOptions } from '../core/conversation/counting';
import { DEFAULT_MARGIN_SECONDS, windowOf } from '../core/conversation/window';
import { toItem } from '../core/events/items';
import { parseDelivery } from '../core/events/parse';
import { isSignedBy } from '../core/events/signature';
import type { WebhookEvent } from '../core/events/types';
import { answerChallenge } from '../core/events/verification';
import { processState } from '../core/state/processState';
import type { WorkflowState } from '../core/state/staticDataStore';
import { credentialOf } from '../shared/connection';
import { windowView } from '../shared/windowView';

import { deliveryKey } from './deliveryKey';
import { observe } from './observe';
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
	const { appSecret } = await credentialOf(context);
	const signature = request.headers['x-hub-signature-256'];
	if (!isSignedBy(request.rawBody, signature, appSecret)) return refuse(context, 401);

	const now = Math.floor(Date.now() / 1000);
	let body: unknown;
	try {
		body = JSON.parse(request.rawBody.toString('utf8'));
	} catch {
		return refuse(context, 400);
	}

	const staticData = context.getWorkflowStaticData('global');
	const workflowId = String(context.getWorkflow().id ?? '');
	const state = processState.open(staticData, workflowId, now);
	processState.isFed = true;
	const events = parseDelivery(body, now);
	const changed = remember(context, state, events, now);

	const items = events
		.filter((event) => isWanted(context, event))
		.map((event) => itemOf(event, state, now));
	const starting = context.getMode() === 'manual' ? items : admit(context, state, items, now);
	if (starting === 'busy') return refuse(context, 503);
	if (starting.length > 0) return { workflowData: [starting], webhookResponse: '' };

	// A row may also lack what an earlier run knew: see noteRow().
	if (changed || state.secondsBehind(now) > SAVE_AFTER_SECONDS)
		processState.save(staticData, state);
	return { webhookResponse: '' };
}

function refuse(context: IWebhookFunctions, status: number): IWebhookResponseData {
	context.getResponseObject().status(status).end();
	return { noWebhookResponse: true };
}

/** Joins what all events tell, wanted or not, and notes that the numbers are being watched. */
function remember(
	context: IWebhookFunctions,
	state: WorkflowState,
	events: WebhookEvent[],
	now: number,
): boolean {
	const counted = context.getNodeParameter('options.alsoCounts', []) as Array<
		keyof CountingOptions
	>;
	const counting: CountingOptions = Object.fromEntries(counted.map((name) => [name, true]));
	const watcher = `${context.getWorkflow().id} ${context.getNode().id}`;
	let changed = false;
	for (const event of events) {
		if (!event.businessNumberId) continue;
		const replica = state.replica(event.businessNumberId);
		if (context.getMode() !== 'manual') replica.watch(watcher, now);
		changed = observe(event, replica, counting) || changed;
	}
	return changed;
}

/** Whether the event is of a kind and of a number for which the workflow starts. */
function isWanted(context: IWebhookFunctions, event: WebhookEvent): boolean {
	const kinds = context.getNodeParameter('events') as string[];
	const wantedNumber = String(
		context.getNodeParameter('businessNumber', '', { extractValue: true }) ?? '',
	).trim();
	return (
		kinds.includes(event.kind) &&
		(!wantedNumber || !event.businessNumberId || event.businessNumberId === wantedNumber)
	);
}

function itemOf(event: WebhookEvent, state: WorkflowState, now: number): INodeExecutionData {
	const { raw, ...json } = toItem(event, now);
	return { json: { ...json, ...windowPart(event, state, now), raw } };
}

/** The contact's window after this event, where the event has a contact. */
function windowPart(event: WebhookEvent, state: WorkflowState, now: number): IDataObject {
	if (!event.businessNumberId || !('contact' in event)) return {};
	const replica = state.replica(event.businessNumberId);
	const facts = replica.factsOf(event.contact);
	return {
		window: windowView(windowOf(facts, replica.watchedSince, DEFAULT_MARGIN_SECONDS, now)),
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
	now: number,
): INodeExecutionData[] | 'busy' {
	const { id } = context.getNode();
	const starting = new Map<string, INodeExecutionData>();
	for (const item of items) {
		const key = deliveryKey(id, item.json);
		if (state.inFlight.has(key)) return 'busy';
		if (!state.seen.has(key)) starting.set(key, item);
	}
	if (starting.size === 0) return [];

	const keys = [...starting.keys()];
	for (const key of keys) state.inFlight.add(key);
	const response = context.getResponseObject();
	response.once('finish', () => {
		if (response.statusCode < 300) for (const key of keys) state.seen.add(key, now);
	});
	response.once('close', () => {
		for (const key of keys) state.inFlight.delete(key);
	});
	return [...starting.values()];
}
