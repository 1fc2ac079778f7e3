import type { IDataObject } from 'n8n-workflow';

import { asObject, asText } from '../events/reading';
import { isoTime } from '../events/time';

import { choiceOf, type Choice, type ResponseType } from './question';

/** A question while it waits, as the item shows it that goes on when nobody answers. */
export interface OpenQuestion {
	/** The binding of its way back, see `bindingOf()`. */
	id: string;
	type: ResponseType;
	choices: Choice[];
}

/**
 * The item of a question that waits. n8n passes it on as it is when the time is over, so it says that
 * nobody has answered.
 *
 * @param sent what the send of the question gave
 * @param askedAt epoch seconds
 */
export function waitingItem(
	sent: IDataObject,
	question: OpenQuestion,
	askedAt: number,
): IDataObject {
	return {
		answered: false,
		answer: '',
		answerId: '',
		...(question.type === 'approval' && { approved: false }),
		askedAt: isoTime(askedAt),
		answeredAt: null,
		...sent,
		question: { ...question },
	};
}

/** The question in the item that waits; undefined in every other one. */
export function openQuestionIn(item: IDataObject): OpenQuestion | undefined {
	const question = asObject(item.question);
	if (item.answered !== false || typeof question.id !== 'string') return undefined;
	return question as unknown as OpenQuestion;
}

/** An answer as the trigger hands it over. */
export interface HandedAnswer {
	/** As the way back of a tap gave it; '' for everything else. */
	answerId: string;
	/** The trigger's item. */
	message: IDataObject;
}

/** The item with which the run goes on. */
export function answeredItem(
	waiting: IDataObject,
	{ type, choices }: OpenQuestion,
	{ answerId, message }: HandedAnswer,
): IDataObject {
	const rest = Object.fromEntries(Object.entries(waiting).filter(([key]) => key !== 'question'));
	const choice = choiceOf(choices, answerId);
	const title = asText(asObject(message.reply).title);
	const id = choice?.id ?? '';
	return {
		...rest,
		answered: true,
		answer: choice?.title || title || asText(message.text),
		answerId: id,
		...(type === 'approval' && { approved: id === APPROVE }),
		answeredAt: message.timestamp ?? '',
		message,
	};
}

/** The answers' own IDs of the type 'approval'. */
export const APPROVE = 'approve';
export const DECLINE = 'decline';
