import { createHash } from 'crypto';

/** 120 bits: no two contacts share a memory. */
const CHARS = 20;

/**
 * What an agent's memory of a conversation goes by.
 *
 * @param name under which the contact became known to the business number, or the ID of a group
 */
export function sessionKey(businessNumberId: string, name: string): string {
	return createHash('sha256')
		.update(`${businessNumberId} ${name}`)
		.digest('base64url')
		.slice(0, CHARS);
}
