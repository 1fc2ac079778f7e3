import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

import { questionsAnsweredBy } from '../core/ask/answeredBy';
import { isAskedOf, readReference, type Reference, type Waiting } from '../core/ask/reference';
import type { HandOver } from '../core/ask/resumeAnswer';
import { consentSaid, type ConsentWords } from '../core/conversation/keywords';
import { isOfGroup } from '../core/events/group';
import { asObject, asText } from '../core/events/reading';
import type { MessageEvent, WebhookEvent } from '../core/events/types';
import type { ConversationStore } from '../core/state/conversationStore';
import { idsOf } from '../core/state/replica';
import type { WorkflowState } from '../core/state/staticDataStore';

import { deliveryKey } from './deliveryKey';
import { handOver } from './handOver';
import { soon, wasSeenElsewhere } from './stateStore';

/**
 * A message that answers a question, with the answer's own ID in the place of the way back that
 * WhatsApp carried. Other events as they are, also taps whose way back was given to another contact
 * or by another number.
 */
export function withQuestion(event: WebhookEvent, state: WorkflowState): WebhookEvent {
	if (event.kind !== 'message' || isOfGroup(event) || !event.businessNumberId) return event;
	const reference = referenceIn(event);
	if (!reference) return event;
	const replica = state.replica(event.businessNumberId);
	const ids = idsOf(replica.identify(event.contact));
	if (!isAskedOf(reference, event.businessNumberId, ids)) return event;
	const { reply } = event;
	const id = isIndex(reference.answerId) ? '' : reference.answerId;
	return {
		...event,
		question: reference,
		...(reply && { reply: { ...reply, id: id || reply.title } }),
	};
}

/** The way back of a tap, or of a filled form. */
function referenceIn({ reply, details }: MessageEvent): Reference | undefined {
	return (
		(reply && readReference(reply.id)) ||
		readReference(asText(asObject(details?.flowResponse).flow_token))
	);
}

/** An answer's own ID that did not fit is given by its place. */
function isIndex(answerId: string): boolean {
	return answerId.startsWith('#');
}

/** What became of the answers in a delivery. */
export interface Answers {
	/** Those that a run goes on with. */
	taken: WebhookEvent[];
	/** The events that may start the workflow; a late answer still names its question. */
	starting: WebhookEvent[];
	/** Whether one could not be handed over now: the delivery has to come again. */
	isBusy: boolean;
}

interface Handing {
	/** What the trigger would tell the workflow of an event. */
	toldOf: (event: WebhookEvent) => IDataObject;
	/** Words of consent, which answer no question. */
	words: ConsentWords | undefined;
	store: ConversationStore | undefined;
	receivedAt: number;
}

/** Hands the answers in a delivery to the runs that wait for them, each once. */
export async function handOverAnswers(
	context: IWebhookFunctions,
	state: WorkflowState,
	events: WebhookEvent[],
	{ toldOf, words, store, receivedAt }: Handing,
): Promise<Answers> {
	const answers: Answers = { taken: [], starting: [], isBusy: false };
	const startsToo = context.getNodeParameter('options.startForAnswers', false) === true;
	for (const event of events) {
		const questions = questionsFor(event, state, words, receivedAt);
		if (event.kind !== 'message' || questions.length === 0) {
			answers.starting.push(event);
			continue;
		}
		const item = toldOf(event);
		const key = deliveryKey(context.getNode().id, item);
		const isKnown = state.seen.has(key) || wasSeenElsewhere(store, item, key);
		const outcome = isKnown
			? 'over'
			: await handOverToOne(context, state, questions, { event, item, receivedAt });
		answers.isBusy ||= outcome === 'saving' || outcome === 'unreachable';
		const isTaken = outcome === 'taken';
		if (isTaken) answers.taken.push(event);
		if (isTaken && !startsToo) await noteTaken(context, state, { event, key, store, receivedAt });
		else answers.starting.push(isTaken || outcome === 'over' ? event : withoutQuestion(event));
	}
	return answers;
}

/** The questions that a message may answer, the likeliest first. */
function questionsFor(
	event: WebhookEvent,
	state: WorkflowState,
	words: ConsentWords | undefined,
	receivedAt: number,
): Waiting[] {
	if (event.kind !== 'message' || isOfGroup(event) || !event.businessNumberId) return [];
	if (event.question) return [event.question];
	if (words && consentSaid(event, event.at, words)) return [];
	const replica = state.replica(event.businessNumberId);
	const open = replica.questions.of(idsOf(replica.identify(event.contact)), receivedAt);
	return questionsAnsweredBy(event, open).map(({ waiting }) => waiting);
}

interface Answering {
	event: MessageEvent;
	item: IDataObject;
	receivedAt: number;
}

/** Hands an answer to the first of the questions that still waits for it. */
async function handOverToOne(
	context: IWebhookFunctions,
	state: WorkflowState,
	questions: readonly Waiting[],
	{ event, item, receivedAt }: Answering,
): Promise<HandOver> {
	const { questions: open, ...replica } = namesOf(state, event);
	const answerId = event.question?.answerId ?? '';
	let outcome: HandOver = 'over';
	for (const waiting of questions) {
		outcome = await handOver(context, waiting, { answerId, ids: replica.ids, message: item });
		if (outcome === 'saving' || outcome === 'unreachable') return outcome;
		open.closeIfKnown(replica.ids, waiting, receivedAt);
		if (outcome === 'taken') return outcome;
	}
	return outcome;
}

function namesOf(state: WorkflowState, { businessNumberId, contact }: MessageEvent) {
	const replica = state.replica(businessNumberId);
	return { questions: replica.questions, ids: idsOf(replica.identify(contact)) };
}

interface Taken {
	event: MessageEvent;
	key: string;
	store: ConversationStore | undefined;
	receivedAt: number;
}

/** The same answer starts nothing when it comes again. */
async function noteTaken(
	context: IWebhookFunctions,
	state: WorkflowState,
	{ event, key, store, receivedAt }: Taken,
): Promise<void> {
	if (context.getMode() === 'manual') return;
	state.seen.add(key, receivedAt);
	const news = { contact: event.contact, delivery: key, at: receivedAt };
	if (store) await soon(store.save(event.businessNumberId, [news]));
}

/** What nobody asked is an ordinary message, with all that WhatsApp told. */
function withoutQuestion(event: WebhookEvent): WebhookEvent {
	if (event.kind !== 'message' || !event.question) return event;
	const { question, reply, ...rest } = event;
	return { ...rest, ...(reply && { reply: { ...reply, id: question.text } }) };
}

/** What the item of a late answer says beside the message. */
export function lateView(event: WebhookEvent): IDataObject {
	if (event.kind !== 'message' || !event.question) return {};
	const { executionId, nodeId } = event.question;
	return { lateAnswerTo: { executionId, nodeId } };
}
