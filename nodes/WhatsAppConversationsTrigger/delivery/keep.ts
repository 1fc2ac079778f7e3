import { ranMs, saveState } from '../../shared/workflowState';
import { saveContacts } from '../stateStore';

import type { Delivery } from './delivery';
import type { Learned } from './observe';

/** How long a row may lack what the process knows, when a delivery comes that starts nothing. */
const SAVE_AFTER_MS = 5_000;

/** Keeps what was learned where no run will: in the workflow's row, and as {@link share} does. */
export async function keep(delivery: Delivery, learned: Learned[]): Promise<void> {
	await share(delivery, learned);
	const { context, state } = delivery;
	const { saver } = state;
	// A row may also lack what an earlier run knew, or told.
	const isBehind = saver.isOwed || saver.behindMs(ranMs()) > SAVE_AFTER_MS;
	if (learned.length > 0 || isBehind) saveState(context, state);
}

/** Puts what was learned where other processes see it too. */
export async function share(
	{ conversations, receivedAt }: Delivery,
	learned: Learned[],
): Promise<void> {
	await saveContacts(
		conversations,
		learned.map(({ event }) => event),
		receivedAt,
	);
}
