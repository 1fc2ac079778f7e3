import { createHash, timingSafeEqual } from 'crypto';

/** Meta's challenges are short numbers; we do not echo more than this for anyone. */
const MAX_CHALLENGE_LENGTH = 1000;

/** Whether a request can be Meta's check at all, whatever word it knows. */
export function asksToVerify(query: Record<string, unknown>): boolean {
	const challenge = query['hub.challenge'];
	return (
		query['hub.mode'] === 'subscribe' &&
		typeof query['hub.verify_token'] === 'string' &&
		typeof challenge === 'string' &&
		challenge !== '' &&
		challenge.length <= MAX_CHALLENGE_LENGTH
	);
}

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
	if (!asksToVerify(query)) return undefined;
	const token = String(query['hub.verify_token']);
	const isKnown = acceptedTokens.some((accepted) => accepted !== '' && isSame(accepted, token));
	return isKnown ? String(query['hub.challenge']) : undefined;
}

/** Compares hashes, so that neither content nor length of a token shows in the time taken. */
function isSame(a: string, b: string): boolean {
	return timingSafeEqual(sha256(a), sha256(b));
}

function sha256(text: string): Buffer {
	return createHash('sha256').update(text).digest();
}
