import { createHash, randomBytes, timingSafeEqual } from 'crypto';

import { canonicalPhone } from '../conversation/contact';

/** Characters of one hash: 72 bits. */
const DIGEST_CHARS = 12;

/** Tells the questions of one node apart that it puts in a loop, in the same execution. */
const NONCE_BYTES = 3;

/**
 * To whom a question went, from which number, and which one it was, as a text that n8n signs along
 * with the address at which the answer resumes the run: whoever changes it has no valid signature any
 * more.
 *
 * @param ids the phone number (digits) and the user ID of the contact, as far as they are known: one
 * or two of them
 */
export function bindingOf(businessNumberId: string, ids: readonly string[]): string {
	const hashes = ids.map((id) => contactDigest(businessNumberId, id)).join('');
	return hashes + randomBytes(NONCE_BYTES).toString('base64url');
}

/**
 * Whether a binding names this contact at this number, by any identifier; in a time that does not
 * depend on where texts differ.
 */
export function isBound(
	binding: string,
	businessNumberId: string,
	ids: readonly string[],
): boolean {
	let found = false;
	for (let at = 0; at + DIGEST_CHARS <= binding.length; at += DIGEST_CHARS) {
		const bound = Buffer.from(binding.slice(at, at + DIGEST_CHARS));
		for (const id of ids) {
			const own = Buffer.from(contactDigest(businessNumberId, id));
			found = (bound.length === own.length && timingSafeEqual(bound, own)) || found;
		}
	}
	return found;
}

/** All forms of a phone number give one hash (rules D13, E50). */
function contactDigest(businessNumberId: string, id: string): string {
	const text = `${businessNumberId}\n${canonicalPhone(id)}`;
	return createHash('sha256').update(text).digest('base64url').slice(0, DIGEST_CHARS);
}
