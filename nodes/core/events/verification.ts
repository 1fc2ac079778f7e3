import { createHash, timingSafeEqual } from 'crypto';

/** Meta's challenges are short numbers; we do not echo more than this for anyone. */
const MAX_CHALLENGE_LENGTH = 1000;

/**
 * The answer to Meta's verification handshake: the challenge, if the request knows one of our
 * tokens (Meta: Webhooks, 'Verification requests'). To be sent as plain text with status 200;
 * `undefined` means 403.
 *
 * @param query query of the GET request, with `hub.mode`, `hub.verify_token`, `hub.challenge`
 * @param acceptedTokens empty tokens are never accepted
 */
export function answerChallenge(
	query: Record<string, unknown>,
	acceptedTokens: string[],
): string | undefined {
	const token = query['hub.verify_token'];
	const challenge = query['hub.challenge'];
	if (query['hub.mode'] !== 'subscribe' || typeof token !== 'string') return undefined;
	if (typeof challenge !== 'string' || challenge === '') return undefined;
	if (challenge.length > MAX_CHALLENGE_LENGTH) return undefined;

	const isKnown = acceptedTokens.some((accepted) => accepted !== '' && isSame(accepted, token));
	return isKnown ? challenge : undefined;
}

/** Compares hashes, so that neither content nor length of a token shows in the time taken. */
function isSame(a: string, b: string): boolean {
	return timingSafeEqual(sha256(a), sha256(b));
}

function sha256(text: string): Buffer {
	return createHash('sha256').update(text).digest();
}
