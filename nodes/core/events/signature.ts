import { createHmac, timingSafeEqual } from 'crypto';

const SIGNATURE = /^sha256=([0-9a-f]{64})$/i;

/** Whether a header has the form of a signature; one that has not is no signature of anything. */
export function isSignature(header: string | string[] | undefined): boolean {
	return typeof header === 'string' && SIGNATURE.test(header);
}

/**
 * Whether Meta signed the delivery with the app secret: HMAC-SHA256 over the body
 * (Meta: Webhooks, 'Validate payloads').
 *
 * @param rawBody the bytes as they arrived; a body parsed and written again does not verify
 * @param header value of `X-Hub-Signature-256`, `sha256=` and 64 hex digits
 * @param appSecret an empty secret verifies nothing
 */
export function isSignedBy(
	rawBody: Buffer,
	header: string | string[] | undefined,
	appSecret: string,
): boolean {
	const given = typeof header === 'string' ? SIGNATURE.exec(header)?.[1] : undefined;
	if (given === undefined || appSecret === '') return false;

	const expected = createHmac('sha256', appSecret).update(rawBody).digest();
	return timingSafeEqual(Buffer.from(given, 'hex'), expected);
}
