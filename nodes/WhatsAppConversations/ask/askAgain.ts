import type { IDataObject } from 'n8n-workflow';

import {
	afterReminder,
	allChoices,
	loopItem,
	nextStep,
	wakeAt,
	withItem,
	type Asking,
} from '../../core/ask/asking';
import type { ResponseType } from '../../core/ask/question';
import { openQuestionIn, type OpenQuestion } from '../../core/ask/waitingItem';
import { InputError } from '../../core/inputError';
import type { Result } from '../actions/operation';
import type { Item } from '../run/item';
import { envelopeOf } from '../send/envelope';

import { askByTemplate, askFreely } from './ask';
import { ANSWERED_OUTPUT, NO_ANSWER_OUTPUT, textAgain, type InLoop } from './inLoop';
import { responseTypeOf } from './questionForm';
import { wayBackOf } from './wayBack';

/**
 * A question that was put for the first time, and may be put more often.
 *
 * @param until when it is given up
 * @throws InputError when it is given up before the first reminder
 */
export function beginAsking(item: Item, how: InLoop, until: Date): Omit<Asking, 'item'> {
	const remindAt = how.reminders > 0 ? item.session.now() * 1000 + how.everyMs : null;
	if (remindAt !== null && remindAt >= until.getTime()) {
		throw new InputError(
			'Remind After',
			"'Remind After' is not before the end of 'Limit Wait Time', so nobody would be reminded.",
			'Give a shorter time, or a longer limit.',
		);
	}
	return {
		executionId: item.session.executionId,
		nodeId: item.getNode().id,
		until: until.getTime(),
		remindAt,
		everyMs: how.everyMs,
		remindersLeft: how.reminders,
		asksAgain: how.asksAgain,
		askAgainLeft: how.askAgain,
		notChoices: [],
		notChoice: null,
	};
}

/** Has n8n keep the run until the answer is there, or something is to be done. */
export async function waitInLoop(item: Item, asking: Asking): Promise<Result> {
	await item.wait(loopItem(item.json, asking), new Date(wakeAt(asking)));
	return { json: asking.item };
}

/** Does what is to be done with a question that came back through the output 'Loop'. */
export async function goOnAsking(item: Item, asking: Asking): Promise<Result> {
	const nowMs = item.session.now() * 1000;
	switch (nextStep(asking, nowMs)) {
		case 'passAnswer':
			return { json: asking.item, output: ANSWERED_OUTPUT };
		case 'giveUp':
			return { json: asking.item, output: NO_ANSWER_OUTPUT };
		case 'remind': {
			const after = await putAgain(item, asking, 'remind');
			return await waitInLoop(item, afterReminder(after, nowMs));
		}
		case 'askAgain': {
			const after = await putAgain(item, asking, 'askAgain');
			return await waitInLoop(item, { ...after, notChoice: null });
		}
		case 'wait':
			return await waitInLoop(item, asking);
	}
}

/**
 * Puts the question once more, through the same decision as the first time. Where that may not be, the
 * item says why, and the run waits on: the first message may still be answered.
 */
async function putAgain(item: Item, asking: Asking, why: 'remind' | 'askAgain'): Promise<Asking> {
	const question = openQuestionIn(asking.item) as OpenQuestion;
	const counter = why === 'remind' ? 'reminders' : 'askedAgain';
	try {
		const { choices } = await ask(item, question, why);
		return withItem(asking, {
			...asking.item,
			[counter]: Number(asking.item[counter] ?? 0) + 1,
			question: { ...question, choices: allChoices(question.choices, choices) },
		} as IDataObject);
	} catch (error) {
		return withItem(asking, { ...asking.item, notAskedAgain: (error as Error).message });
	}
}

async function ask(item: Item, { id }: OpenQuestion, why: 'remind' | 'askAgain') {
	const type: ResponseType = responseTypeOf(item);
	const envelope = await envelopeOf(item);
	const waiting = await wayBackOf(item, envelope, id);
	if (type === 'template') return await askByTemplate(item, envelope, waiting);
	return await askFreely(withMessage(item, textAgain(item, why)), envelope, type, waiting);
}

/** The item with another 'Message', unless that is empty. */
function withMessage(item: Item, message: string): Item {
	if (message === '') return item;
	const parameter: Item['parameter'] = (name, otherwise) =>
		name === 'message' ? message : item.parameter(name, otherwise);
	return Object.create(item, { parameter: { value: parameter } }) as Item;
}
