import type { IExecuteFunctions, NodeExecutionHint } from 'n8n-workflow';

import type { Conversations } from '../../core/state/conversations';
import { processState } from '../../core/state/processState';

/** Modes in which a trigger's items need not have come through this process. */
const OTHER_WAYS = ['manual', 'retry'];

/**
 * What a worker of n8n's queue mode should be told: it gets no static data, so it knows of nobody
 * but the contacts in the trigger's items of its own executions.
 *
 * @param contactsOfTrigger how many contacts the trigger's items of this run tell about
 */
export function hintOfQueueMode(
	context: IExecuteFunctions,
	{ isShared }: Conversations,
	contactsOfTrigger: number,
): NodeExecutionHint | undefined {
	const isBlind = !isShared && !processState.isReached && contactsOfTrigger > 0;
	if (!isBlind || OTHER_WAYS.includes(context.getMode())) return undefined;
	return {
		message:
			"This run does not see the conversation state that the trigger recorded, as on a worker of n8n's queue mode. Replies to the contact that started it are right; for everything else choose 'n8n Data Table' under 'Conversation State', in the trigger too.",
		type: 'warning',
		location: 'outputPane',
	};
}
