import { factsOfRefusal, newsOfRefusal } from '../../core/conversation/refusal';
import type { Send } from '../../core/sendNote';
import { ProviderRefusal } from '../../core/transport/providerRefusal';
import type { Session } from '../run/session';

/**
 * Learns from a refusal that came at once what it tells about the contact, as the trigger does from a
 * failed status (`core/conversation/refusal.ts`). Every send goes this way, so that the next one knows.
 *
 * @returns the refusal, which says what is on record now
 */
export async function learnFromRefusal(
	session: Session,
	businessNumberId: string,
	{ contact, at }: Send,
	error: ProviderRefusal,
): Promise<ProviderRefusal> {
	const { refusal, httpStatus } = error;
	const facts = factsOfRefusal(refusal.kind, at);
	if (!facts) return error;
	await session.conversations.learn(businessNumberId, contact, facts);
	const message = `${refusal.message} ${newsOfRefusal(refusal.kind)}`;
	return new ProviderRefusal({ ...refusal, message }, httpStatus);
}
