import { createHash } from 'crypto';

/** 48 bits in base64url: among a million texts a new one is taken for an old one in 3 of 10^9. */
export const FINGERPRINT_CHARS = 8;

/** A text as {@link FINGERPRINT_CHARS} characters from which it cannot be read back. */
export function fingerprintOf(text: string): string {
	return createHash('sha256').update(text).digest('base64url').slice(0, FINGERPRINT_CHARS);
}
