import type {
	IDataObject,
	INodeExecutionData,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { ALL_NUMBERS, consentFor, isSameConsent } from '../core/conversation/consent';
import { NO_FACTS, type ContactFacts } from '../core/conversation/facts';
import { consentSaid } from '../core/conversation/keywords';
import { DEFAULT_MARGIN_SECONDS, windowOf } from '../core/conversation/window';
import { parseClickatell } from '../core/events/clickatell';
import { FOREIGN_FORM, isForeignForm, parseCompatible } from '../core/events/compatible';
import { isDeeperThan, MOST_LEVELS } from '../core/events/depth';
import { isOfGroup } from '../core/events/group';
import { toItem } from '../core/events/items';
import { parseDelivery } from '../core/events/parse';
import { isSample, SAMPLE } from '../core/events/sample';
import type { WebhookEvent } from '../core/events/types';
import { answerChallenge, asksToVerify } from '../core/events/verification';
import { factsText } from '../core/state/contactText';
import type { ConversationStore } from '../core/state/conversationStore';
import { processState } from '../core/state/processState';
import type { WorkflowState } from '../core/state/staticDataStore';
import { credentialOf } from '../shared/connection';
import { providerOf } from '../shared/provider';
import { verifyTokenOf } from '../shared/verifyToken';
import { windowView } from '../shared/windowView';
import { now, openState, ranMs, saveState } from '../shared/workflowState';

import { handOverAnswers, lateView, withQuestion } from './answers';
import { deliveryKey } from './deliveryKey';
import { failureView } from './failureView';
import { answerBell, noteListening } from './listening';
import { observe, type Understanding } from './observe';
import { proofsOf } from './otherRegistration';
import { flawOf } from './prove';
import { logQuietly } from './quietLog';
import { noteOwnRegistration } from './registration';
import { loadContacts, saveContacts, storeOf, wasSeenElsewhere } from './stateStore';
import { businessNumberOf, watcherOf } from './thisTrigger';
import { understandingOf } from './understanding';
import { withSend } from './withSend';

/** For how long Meta repeats a delivery that was not answered. */
const REPEATED_SECONDS = 7 * 86_400;

/** How long a row may lack what the process knows, when a delivery comes that starts nothing. */
const SAVE_AFTER_MS = 5_000;

const WRONG_WORD =
	"A check of the webhook's address was refused with 403: it knows another word than 'Verify Token' of the trigger or of the credential. If you made it in Meta's app dashboard, enter the same word in both places.";

/** Meta's check of the callback address: the challenge comes back only for the right token. */
export async function verify(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const query = context.getQueryData() as Record<string, unknown>;
	if (!asksToVerify(query)) return refuse(context, 403);
	const tokens =
		providerOf(context) === 'metaCloud'
			? [
					verifyTokenOf(await credentialOf(context)),
					String(context.getNodeParameter('verifyWord', '')),
				]
			: await wordsOfOthers(context);
	const challenge = answerChallenge(query, tokens);
	if (challenge === undefined) {
		logQuietly(context, 'warn', WRONG_WORD);
		return refuse(context, 403);
	}
	context.getResponseObject().status(200).type('text/plain').send(challenge);
	return { noWebhookResponse: true };
}

/** Some compatible providers check the address as Meta does, for the word that proves deliveries. */
async function wordsOfOthers(context: IWebhookFunctions): Promise<string[]> {
	return (await proofsOf(context)).flatMap((proof) =>
		'secret' in proof && proof.secret ? [proof.secret] : [],
	);
}

/** A delivery: proven, parsed, remembered, and turned into the items that start the workflow. */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const request = context.getRequestObject();
	const answer = answerBell(context);
	if (answer) return answer;
	const flaw = await flawOf(context, request);
	if (flaw) {
		logQuietly(context, 'warn', flaw);
		return refuse(context, 401);
	}
	if (isDeeperThan(MOST_LEVELS, request.rawBody)) return refuse(context, 400);

	let body: unknown;
	try {
		body = JSON.parse(request.rawBody.toString('utf8'));
	} catch {
		return refuse(context, 400);
	}

	const webhookResponse = adviceOn(context, body);
	const receivedAt = now();
	const state = openState(context);
	if (context.getMode() !== 'manual') state.saver.loaded();
	noteOwnRegistration(context, state);
	processState.isFed = true;
	const parsed = eventsIn(context, body, receivedAt).map((event) =>
		withSend(atFirstReceipt(event, receivedAt), state),
	);
	noteListening(context, numbersIn(parsed));
	const store = storeOf(context, (name) => context.getNodeParameter(name, ''));
	await loadContacts(store, parsed);
	// What was loaded may tell more of a contact.
	const events = parsed.map((event) => withQuestion(store ? withSend(event, state) : event, state));
	const understanding = understandingOf(context);
	const isWanted = wantedBy(context, receivedAt);
	const isNews = (event: WebhookEvent) =>
		event.claimedAt === undefined ||
		!isRepeated(context, state, event, isWanted(event), receivedAt, store);
	const news = events.filter(isNews);
	const changing = observeAll(context, state, news, understanding, receivedAt);
	if (changing.some(({ mustLast }) => mustLast)) state.markUrgent();

	logUnexpected(context, body, events);
	const isShared = store !== undefined;
	const toldOf = (event: WebhookEvent) =>
		itemOf(event, state, understanding, receivedAt, isShared).json;
	const answers = await handOverAnswers(context, state, events, {
		toldOf,
		words: understanding.words,
		store,
		receivedAt,
	});
	if (answers.isBusy) return refuse(context, 503);
	const items = answers.starting
		.filter(isWanted)
		.map((event) => itemOf(event, state, understanding, receivedAt, isShared));
	const starting =
		context.getMode() === 'manual' ? items : admit(context, state, items, receivedAt, store);
	if (starting === 'busy') return refuse(context, 503);
	const left =
		starting.length > 0
			? changing.filter(({ event, isUntold }) => isUntold || answers.taken.includes(event))
			: changing;
	await saveContacts(
		store,
		left.map(({ event }) => event),
		receivedAt,
	);
	if (starting.length > 0) return { workflowData: [starting], webhookResponse };

	// A row may also lack what an earlier run knew, or told.
	const { saver } = state;
	if (
		changing.length + answers.taken.length > 0 ||
		saver.isOwed ||
		saver.behindMs(ranMs()) > SAVE_AFTER_MS
	)
		saveState(context, state);
	return { webhookResponse };
}

/** What the provider's log and ours should say of a delivery that cannot be read; '' of all others. */
function adviceOn(context: IWebhookFunctions, body: unknown): string {
	if (providerOf(context) !== 'compatible' || !isForeignForm(body)) return '';
	context.logger.warn(FOREIGN_FORM, { workflowId: context.getWorkflow().id });
	return FOREIGN_FORM;
}

/** The events of a delivery, in whatever words the provider tells them. */
function eventsIn(context: IWebhookFunctions, body: unknown, receivedAt: number): WebhookEvent[] {
	switch (providerOf(context)) {
		case 'clickatell':
			return parseClickatell(body, businessNumberOf(context), receivedAt);
		case 'compatible':
			return parseCompatible(
				body,
				String(context.getHeaderData()['x-webhook-event'] ?? ''),
				businessNumberOf(context),
				receivedAt,
			);
		default:
			return parseDelivery(body, receivedAt);
	}
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
	/** Whether it told of consent, or to whom it belongs from now on. */
	mustLast: boolean;
}

/** The business numbers that events are about. */
function numbersIn(events: WebhookEvent[]): Set<string> {
	return new Set(events.flatMap(({ businessNumberId }) => businessNumberId || []));
}

/** Joins what all events tell, wanted or not, and notes that the numbers are being watched. */
function observeAll(
	context: IWebhookFunctions,
	state: WorkflowState,
	events: WebhookEvent[],
	understanding: Understanding,
	receivedAt: number,
): Change[] {
	const watcher = watcherOf(context);
	const changing: Change[] = [];
	for (const event of events) {
		if (!event.businessNumberId) continue;
		const replica = state.replica(event.businessNumberId);
		if (context.getMode() !== 'manual') replica.watch(watcher, receivedAt);
		const facts = () => ('contact' in event ? replica.factsOf(event.contact) : NO_FACTS);
		const everywhere = () => state.replica(ALL_NUMBERS);
		const before = facts();
		if (!observe(event, replica, understanding, everywhere)) continue;
		const after = facts();
		changing.push({
			event,
			isUntold: isSystem(event) || restOf(after) !== restOf(before),
			mustLast: !isSameConsent(after.consent, before.consent) || isSystem(event),
		});
	}
	return changing;
}

/** Whether an event may tell who is who, which no item does. */
function isSystem(event: WebhookEvent): boolean {
	return event.kind === 'message' && event.type === 'system';
}

/**
 * Tells the events for which the workflow starts: of the chosen kinds, of the chosen number, and no
 * older than Meta repeats them; what comes later is no repetition, and nobody knows whether it has
 * started the workflow before.
 */
function wantedBy(
	context: IWebhookFunctions,
	receivedAt: number,
): (event: WebhookEvent) => boolean {
	const kinds = context.getNodeParameter('events') as string[];
	const isOfOther = isOfAnotherNumber(context);
	const { startForOld } = context.getNodeParameter('options', {}) as IDataObject;
	const oldest = startForOld === true ? -Infinity : receivedAt - REPEATED_SECONDS;
	return (event) => kinds.includes(event.kind) && !isOfOther(event) && event.at >= oldest;
}

/** Says why a proven delivery starts nothing, where that would be a riddle. */
function logUnexpected(context: IWebhookFunctions, body: unknown, events: WebhookEvent[]): void {
	if (providerOf(context) !== 'metaCloud') return;
	if (events.some(isSample)) logQuietly(context, 'warn', SAMPLE);
	else if (isForeignForm(body)) {
		logQuietly(
			context,
			'warn',
			"A delivery starts nothing: it is not about a WhatsApp business account. Subscribe the app to the fields of 'Whatsapp Business Account'.",
		);
	} else if (events.length > 0 && events.every(isOfAnotherNumber(context))) {
		logQuietly(
			context,
			'info',
			"A delivery starts nothing: it is about another number than the 'Business Number' of this trigger.",
		);
	}
}

function isOfAnotherNumber(context: IWebhookFunctions): (event: WebhookEvent) => boolean {
	const wantedNumber = businessNumberOf(context);
	return ({ businessNumberId }) =>
		wantedNumber !== '' && businessNumberId !== '' && businessNumberId !== wantedNumber;
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

/**
 * Whether an event that is stamped ahead of its arrival is known to have arrived before, also in an
 * earlier process or in another one: then its first arrival has told all that it tells.
 */
function isRepeated(
	context: IWebhookFunctions,
	state: WorkflowState,
	event: WebhookEvent,
	isWanted: boolean,
	receivedAt: number,
	store: ConversationStore | undefined,
): boolean {
	const item = toItem(event, receivedAt);
	const key = deliveryKey(context.getNode().id, item);
	const isKnown = state.seen.has(key) || wasSeenElsewhere(store, item, key);
	// What starts a run is noted when n8n holds it.
	if (!isKnown && !isWanted && context.getMode() !== 'manual') state.seen.add(key, receivedAt);
	return isKnown;
}

function itemOf(
	event: WebhookEvent,
	state: WorkflowState,
	understanding: Understanding,
	receivedAt: number,
	isShared: boolean,
): INodeExecutionData {
	const { raw, ...json } = toItem(event, receivedAt);
	return {
		json: {
			...json,
			...failureView(event),
			...consentPart(event, state, understanding, receivedAt),
			...windowPart(event, state, receivedAt, isShared),
			...lateView(event),
			raw,
		},
	};
}

/**
 * The word with which a message opted out or took that back. A start word does not lift a stop at
 * Meta, so the item says whether there is one (rules.md, section 7.3).
 */
function consentPart(
	event: WebhookEvent,
	state: WorkflowState,
	{ words }: Understanding,
	receivedAt: number,
): IDataObject {
	if (event.kind !== 'message' || isOfGroup(event)) return {};
	const said = words && consentSaid(event, event.at, words);
	if (!said) return {};
	const { consent } = state.replica(event.businessNumberId).factsOf(event.contact);
	const { atMeta } = consentFor(consent, 'marketing', receivedAt);
	return { consentWord: said.word, stoppedAtMeta: atMeta };
}

/** The contact's window after this event, where the event has a contact. A group has none. */
function windowPart(
	event: WebhookEvent,
	state: WorkflowState,
	receivedAt: number,
	isShared: boolean,
): IDataObject {
	if (!event.businessNumberId || !('contact' in event) || isOfGroup(event)) return {};
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
 * answered that it holds the execution, or when its run has begun; until then a repetition is sent
 * away to come again later, also where the sender of the first one has lost patience.
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
		if (state.starts.isUnderWay(key, Date.now())) return 'busy';
		if (!state.seen.has(key) && !wasSeenElsewhere(store, item.json, key)) starting.set(key, item);
	}
	if (starting.size === 0) return [];

	const keys = [...starting.keys()];
	const response = context.getResponseObject();
	const isOver = new Promise((resolve) => response.once('finish', resolve).once('close', resolve));
	state.starts.begin(keys, response, isOver, receivedAt, Date.now());
	state.pace.begin(keys[0], ranMs());
	response.once('finish', () => state.starts.lookAt(keys[0]));
	return [...starting.values()];
}

/** All facts but the contact's last message. */
function restOf(facts: ContactFacts): string {
	return factsText({ ...facts, lastInboundAt: 0 });
}
