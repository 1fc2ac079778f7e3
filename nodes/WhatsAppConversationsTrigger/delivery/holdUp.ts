import type { Delivery } from './delivery';
import { Patience } from './patience';

/** A run is saved, and n8n starts, within seconds; what takes longer is a fault that somebody has to mend. */
const ANSWER_PATIENCE_MS = 5 * 60_000;

/** As long as n8n's main process may need to start anew; whoever writes waits for the repetition. */
const STATE_PATIENCE_MS = 3 * 60_000;

const forAnswers = new Patience(ANSWER_PATIENCE_MS);
const forState = new Patience(STATE_PATIENCE_MS);

/**
 * Whether the rest of a delivery waits for an answer in it that could not be handed over now. What n8n
 * answers with an error comes again; so if a run were started beside that answer and n8n were killed,
 * nobody would know at the repetition that it had been started.
 *
 * @param key what tells the answer from all others
 */
export function holdsUp(key: string): boolean {
	return forAnswers.isLeft(key);
}

/**
 * Whether a delivery waits for the state that all processes share. Its messages may answer questions
 * that only that state knows; started as messages like others, they would be lost to the runs that wait.
 * Only a sender who repeats what was not taken can be made to wait.
 *
 * @param isSettled whether there is nothing to wait for: see `loadContacts`
 */
export function waitsForState(
	{ context, provider, isTest }: Delivery,
	isSettled: boolean,
): boolean {
	const workflow = String(context.getWorkflow().id);
	if (isSettled) forState.end(workflow);
	return !isSettled && !isTest && provider.repeatsDeliveries && forState.isLeft(workflow);
}
