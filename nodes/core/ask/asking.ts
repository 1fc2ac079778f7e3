import type { IDataObject } from 'n8n-workflow';

import { asObject } from '../events/reading';
import { isObject } from '../isObject';

import type { Choice } from './question';
import { openQuestionIn } from './waitingItem';

/** The field of an item by which a question comes back to the node that put it. */
const ASKING_FIELD = 'askedBefore';

/** A clock that is read in whole seconds may be behind by this much. */
const TOLERANCE_MS = 1_000;

/**
 * A question that may be put more than once: what is known of it while it goes through the output
 * 'Loop' back to its node. n8n wakes a run that waits by passing its item on, and never runs the node
 * itself again, so all of it is in that item.
 */
export interface Asking {
	/** Where it was put: it means nothing elsewhere. */
	executionId: string;
	nodeId: string;
	/** The item that says what has come of it so far: answered or not. */
	item: IDataObject;
	/** When it is given up, epoch milliseconds. */
	until: number;
	/** When the contact is reminded next, epoch milliseconds; null when no more. */
	remindAt: number | null;
	everyMs: number;
	remindersLeft: number;
	/** Whether an answer that is none of the choices has it put again, and how often more. */
	asksAgain: boolean;
	askAgainLeft: number;
	/** The messages that were none of the choices. */
	notChoices: string[];
	/** The last of them, as the trigger's item, while the question has not been put again. */
	notChoice: IDataObject | null;
}

/** What is to be done with a question that came back to its node. */
export type NextStep = 'passAnswer' | 'askAgain' | 'giveUp' | 'remind' | 'wait';

/** @param nowMs epoch milliseconds */
export function nextStep(asking: Asking, nowMs: number): NextStep {
	const isDue = (at: number | null) => at !== null && nowMs + TOLERANCE_MS > at;
	if (asking.item.answered === true) return 'passAnswer';
	if (asking.notChoice) return 'askAgain';
	if (isDue(asking.until)) return 'giveUp';
	return isDue(asking.remindAt) ? 'remind' : 'wait';
}

/** When n8n is to wake the run, epoch milliseconds. */
export function wakeAt({ until, remindAt }: Asking): number {
	return Math.min(until, remindAt ?? until);
}

/** The question after a reminder was due. @param nowMs epoch milliseconds */
export function afterReminder(asking: Asking, nowMs: number): Asking {
	const remindersLeft = asking.remindersLeft - 1;
	const remindAt = remindersLeft > 0 ? nowMs + asking.everyMs : null;
	return { ...asking, remindersLeft, remindAt };
}

/** The question after a message that was none of its choices. */
export function afterNotChoice(asking: Asking, message: IDataObject): Asking {
	return {
		...asking,
		askAgainLeft: asking.askAgainLeft - 1,
		notChoices: [...asking.notChoices, String(message.messageId)],
		notChoice: message,
	};
}

/** The question with what has come of it. */
export function withItem(asking: Asking, item: IDataObject): Asking {
	return { ...asking, item };
}

/** The answers of the question and of one that was put in its place, each once: taps on both count. */
export function allChoices(known: readonly Choice[], more: readonly Choice[]): Choice[] {
	const isNew = ({ id }: Choice) => !known.some((choice) => choice.id === id);
	return [...known, ...more.filter(isNew)];
}

/**
 * The item that waits, and comes back to the node: the node's expressions find all that they found
 * the first time.
 *
 * @param json the item of the input
 */
export function loopItem(json: IDataObject, asking: Asking): IDataObject {
	return { ...json, [ASKING_FIELD]: { ...asking } };
}

/** The question in an item that waits or comes back; undefined in every other item. */
export function askingIn(json: IDataObject): Asking | undefined {
	const asking = json[ASKING_FIELD];
	if (!isObject(asking)) return undefined;
	const { executionId, nodeId, until } = asking;
	const isWhole =
		typeof executionId === 'string' && typeof nodeId === 'string' && typeof until === 'number';
	const item = asObject(asking.item);
	const isOurs = openQuestionIn(item) !== undefined || item.answered === true;
	return isWhole && isOurs ? (asking as unknown as Asking) : undefined;
}
