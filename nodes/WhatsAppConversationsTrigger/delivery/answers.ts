import type { Waiting } from '../../core/ask/reference';
import type { AnswerOutcome } from '../../core/ask/resumeAnswer';
import { isOfGroup } from '../../core/events/group';
import type { MessageEvent } from '../../core/events/types';
import { saveState } from '../../shared/workflowState';
import { shapeOf } from '../itemShape';
import { shareSoon } from '../stateStore';

import { candidateOf, isSeen, type Candidate } from './admit';
import { detachQuestion, withoutQuestion } from './attachQuestion';
import type { Delivery, Told } from './delivery';
import { handOver } from './handOver';
import { holdsUp } from './holdUp';
import { itemsOf } from './items';
import { observe, type Learned } from './observe';
import { questionsFor } from './questionsFor';
import { tellLate } from './tellLate';

/** What became of the answers in a delivery. */
export interface Answers {
	/**
	 * The events that may start the workflow. Of these, late answers alone still name their question.
	 * What could not be handed over now is not among them.
	 */
	others: Told[];
	/** What the answers told, beside that they are answers. */
	learned: Learned[];
	/** Whether one could not be handed over now: the sender has to come again. */
	isBusy: boolean;
	/** Whether the others wait for that. */
	holdsUpOthers: boolean;
}

/** A message with the questions that it may answer, the likeliest first. */
interface Answer extends Told {
	event: MessageEvent;
	questions: readonly Waiting[];
}

/**
 * Hands the answers in a delivery to the runs that wait for them, each once.
 *
 * @param isUnsure whether questions may be open that could not be read now
 */
export async function handOverAnswers(
	delivery: Delivery,
	events: Told[],
	isUnsure: boolean,
): Promise<Answers> {
	const answers: Answers = { others: [], learned: [], isBusy: false, holdsUpOthers: false };
	for (const one of events) {
		if (isUnsure && mayAnswerUnread(one)) {
			answers.learned.push(...observe(delivery, [one]));
			answers.isBusy = true;
			answers.holdsUpOthers = true;
			continue;
		}
		const answer = answerIn(delivery, one);
		const candidate = answer && candidateOf(delivery, one);
		if (!candidate || isSeen(delivery, candidate)) {
			answers.others.push(one);
			continue;
		}
		// The item that is handed over tells of the window that it has opened.
		answers.learned.push(...observe(delivery, [one]));
		const taken = takenOf(candidate);
		const outcome = isSeen(delivery, taken) ? 'taken' : await handOverToOne(delivery, answer);
		if (isToComeAgain(outcome)) {
			answers.isBusy = true;
			answers.holdsUpOthers ||= !delivery.isTest && holdsUp(candidate.key);
			continue;
		}
		const { question } = answer.event;
		if (outcome === 'over' && question) await tellLate(delivery, answer.event, question);
		const isOver = isTaken(outcome) && !startsToo(delivery);
		if (isTaken(outcome)) await note(delivery, answer, isOver ? candidate : taken);
		if (!isOver) answers.others.push({ ...one, event: afterHandOver(answer, outcome) });
	}
	return answers;
}

/** By what it is noted that a run has an answer, which may still have to start the workflow too. */
function takenOf(candidate: Candidate): Candidate {
	return { ...candidate, key: `${candidate.key} taken` };
}

/** Asked for an answer alone: n8n takes its time over a parameter. */
function startsToo({ context }: Delivery): boolean {
	return context.getNodeParameter('options.startForAnswers', false) === true;
}

/** Whether it may answer a question that is not known: a tap names its own. */
function mayAnswerUnread({ event, told }: Told): boolean {
	return (
		event.kind === 'message' &&
		!isOfGroup(event) &&
		!event.question &&
		!event.standby &&
		told?.consentWord !== 'stop'
	);
}

function answerIn(delivery: Delivery, { event, told }: Told): Answer | undefined {
	if (event.kind !== 'message') return undefined;
	const questions = questionsFor(delivery, event, told);
	return questions.length > 0 ? { event, told, questions } : undefined;
}

/** Hands an answer to the first of the questions that still waits for it. */
async function handOverToOne(
	delivery: Delivery,
	{ event, told, questions }: Answer,
): Promise<AnswerOutcome> {
	const { context, conversations, receivedAt } = delivery;
	const { businessNumberId, contact } = event;
	const plain = candidateOf(delivery, { event: withoutQuestion(event), told });
	const [{ json }] = itemsOf(delivery, [plain]);
	const content = {
		answerId: event.question?.answerId ?? '',
		isTap: event.question !== undefined,
		ids: conversations.namesOf(businessNumberId, contact),
		message: shapeOf(context.getNode())(json),
	};
	let outcome: AnswerOutcome = 'over';
	for (const waiting of questions) {
		outcome = await handOver(context, waiting, content);
		if (isToComeAgain(outcome) || outcome === 'askedAgain') return outcome;
		conversations.closeQuestion(businessNumberId, contact, waiting, receivedAt);
		if (outcome === 'taken') return outcome;
	}
	return outcome;
}

/** The same answer is not handed over when it comes again. */
async function note(
	{ context, state, conversations, receivedAt, isTest }: Delivery,
	{ event: { businessNumberId, contact } }: Answer,
	{ key }: Candidate,
): Promise<void> {
	if (isTest) return;
	state.seen.add(key, receivedAt);
	saveState(context, state);
	await shareSoon(conversations, businessNumberId, [{ contact, delivery: key, at: receivedAt }]);
}

/** The event as the workflow is to see it. */
function afterHandOver({ event }: Answer, outcome: AnswerOutcome): MessageEvent {
	if (outcome === 'over' || outcome === 'gone') return event;
	return isTaken(outcome) ? withoutQuestion(event) : detachQuestion(event);
}

/** Whether the run has the answer: it goes on, or puts the question again. */
function isTaken(outcome: AnswerOutcome): boolean {
	return outcome === 'taken' || outcome === 'askedAgain';
}

/** Whether it could not be handed over now. */
function isToComeAgain(outcome: AnswerOutcome): boolean {
	return outcome === 'saving' || outcome === 'unreachable';
}
