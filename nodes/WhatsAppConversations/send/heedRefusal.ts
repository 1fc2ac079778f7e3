import type { ContactIdentity } from '../../core/conversation/contact';
import { factsOfRefusal, newsOfRefusal } from '../../core/conversation/refusal';
import { ProviderRefusal } from '../../core/transport/providerRefusal';
import type { Session } from '../run/session';

/**
 * Learns from a refusal that came at once what it tells about the contact, as the trigger does from a
 * failed status (rules.md, section 8). Every send goes this way, so that the next one knows.
 *
 * @param sentAt epoch seconds, from `timeOfSend()`
 * @returns the refusal, which says what is on record now
 */
export async function heedRefusal(
	session: Session,
	businessNumberId: string,
	contact: ContactIdentity,
	error: ProviderRefusal,
	sentAt: number,
): Promise<ProviderRefusal> {
	const { refusal, httpStatus } = error;
	const facts = factsOfRefusal(refusal.kind, sentAt, session.now());
	if (!facts) return error;
	await session.conversations.learn(businessNumberId, contact, facts);
	const message = `${refusal.message} ${newsOfRefusal(refusal.kind)}`;
	return new ProviderRefusal({ ...refusal, message }, httpStatus);
}
