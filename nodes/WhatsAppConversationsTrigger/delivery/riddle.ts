import { logQuietly } from '../quietLog';

import { isOfAnotherNumber } from './admit';
import type { Delivery, Told } from './delivery';

/**
 * Says in the log why a proven delivery starts nothing, where that would be a riddle.
 *
 * @returns the answer that the sender shows in a log of its own; '' for nearly all deliveries
 */
export function explainRiddle(delivery: Delivery, body: unknown, events: Told[]): string {
	const { context, provider } = delivery;
	const riddle = provider.riddleOf(
		body,
		events.map(({ event }) => event),
		(event) => isOfAnotherNumber(delivery, event),
	);
	if (!riddle) return '';
	const { level, sentence, isForSender } = riddle;
	if (!isForSender) {
		logQuietly(context, level, sentence);
		return '';
	}
	context.logger[level](sentence, { workflowId: context.getWorkflow().id });
	return sentence;
}
