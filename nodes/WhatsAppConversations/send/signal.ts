import { decide, DEFAULT_POLICY } from '../../core/conversation/decide';
import type { Sender } from '../input/sender';
import { isByPerson } from '../input/sentBy';
import type { Item } from '../run/item';
import { explanationContext } from '../views/decisionView';

import { requirePermission } from './decisionError';

/**
 * Sees that the automation marks nothing as read, and shows no typing, in a conversation that a person
 * or another responder has (rule T42). Whose a message is the trigger's item in this run tells; where
 * there is none, nothing is held back.
 *
 * @throws DecisionError, InputError
 */
export async function requireOwnConversation(
	{ session, options, timeZone }: Item,
	sender: Sender,
	messageId: string,
): Promise<void> {
	const byPerson = isByPerson(options);
	const contact = session.conversations.contactOfMessage(messageId);
	if (!contact || byPerson) return;
	const state = await session.conversations.contactState(sender.id, contact);
	const now = session.now();
	const decision = decide({ kind: 'signal' }, state, DEFAULT_POLICY, now);
	requirePermission(decision, explanationContext(timeZone, { ...state, now, sender }));
}
