import type { IWebhookFunctions } from 'n8n-workflow';

/** How long the same sentence about the same trigger is not said again. */
const QUIET_MS = 10 * 60_000;

/** Sentences are few, triggers are not many. */
const MOST_KEPT = 1_000;

interface Said {
	/** Epoch milliseconds. */
	until: number;
	/** How often it would have been said since. */
	more: number;
}

const said = new Map<string, Said>();

/**
 * Says something in the log that may hold for each of a thousand deliveries: once in ten minutes, and
 * then how often it held. Nothing of a delivery may be part of the sentence.
 */
export function logQuietly(
	context: IWebhookFunctions,
	level: 'info' | 'warn' | 'error',
	sentence: string,
): void {
	const { id: workflowId } = context.getWorkflow();
	const { id, name } = context.getNode();
	const key = `${workflowId} ${id} ${sentence}`;
	const before = said.get(key);
	if (before && Date.now() < before.until) {
		before.more++;
		return;
	}
	if (said.size >= MOST_KEPT) said.clear();
	said.set(key, { until: Date.now() + QUIET_MS, more: 0 });
	const count = before?.more
		? ` It was the same ${before.more} times more since the last report.`
		: '';
	context.logger[level](`${name}: ${sentence}${count}`, { workflowId });
}
