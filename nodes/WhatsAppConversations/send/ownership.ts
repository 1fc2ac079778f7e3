import type { Decision } from '../../core/conversation/decide';
import { NO_FACTS } from '../../core/conversation/facts';
import { extendedBy, NO_OWNER, takenOver } from '../../core/conversation/owner';
import { isByPerson } from '../input/sentBy';
import type { Session } from '../run/session';

import type { Envelope } from './envelope';

/**
 * Notes what a message that went out makes of who has the conversation: a person's message extends the
 * hand-over (T38), and one that takes over makes the conversation ours (T40).
 *
 * @param decision by which it went out
 */
export async function noteOwnership(
	session: Session,
	{ sender, recipient, options }: Envelope,
	{ owner: before }: Decision,
): Promise<void> {
	if (options.dryRun === true || before.who === 'automation') return;
	const owner =
		before.who === 'otherResponder'
			? takenOver(before, session.now())
			: extendedBy(before, session.now());
	// A template went out in any case, and reactions take nothing.
	const isNews = before.who === 'person' ? isByPerson(options) : options.takeOver === true;
	if (!isNews || owner === NO_OWNER) return;
	await session.conversations.learn(sender.id, recipient, { ...NO_FACTS, owner });
}
