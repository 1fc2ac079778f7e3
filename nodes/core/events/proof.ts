import { createHash, createHmac, timingSafeEqual } from 'crypto';

/** How a delivery shows that it comes from the provider. An empty secret proves nothing. */
export type Proof =
	/** @property header lower case */
	| { kind: 'header'; header: string; secret: string }
	/** HMAC-SHA256 over the bytes of the body, in hex. */
	| { kind: 'hmac'; header: string; prefix: string; secret: string }
	| { kind: 'basic'; user: string; password: string }
	/** In the query of the address, or in the header X-Webhook-Token. */
	| { kind: 'token'; token: string };

/** What arrived. */
export interface Delivery {
	/** As it arrived; a body parsed and written again does not verify. */
	rawBody: Buffer;
	/** By lower-case name. */
	headers: Record<string, string | string[] | undefined>;
	query: Record<string, unknown>;
}

/** Whether a delivery has the proof. All secrets are compared in constant time. */
export function isProvenBy(proof: Proof, { rawBody, headers, query }: Delivery): boolean {
	switch (proof.kind) {
		case 'header':
			return isSecret(headers[proof.header], proof.secret);
		case 'hmac': {
			if (proof.secret === '') return false;
			const hex = createHmac('sha256', proof.secret).update(rawBody).digest('hex');
			const given = headers[proof.header];
			return isSecret(
				typeof given === 'string' ? given.toLowerCase() : given,
				proof.prefix.toLowerCase() + hex,
			);
		}
		case 'basic': {
			if (proof.password === '') return false;
			const pair = Buffer.from(`${proof.user}:${proof.password}`).toString('base64');
			return isSecret(headers.authorization, `Basic ${pair}`);
		}
		case 'token':
			return (
				isSecret(query.token, proof.token) || isSecret(headers['x-webhook-token'], proof.token)
			);
	}
}

/** Whether a proof could ever be given. */
export function hasSecret(proof: Proof): boolean {
	switch (proof.kind) {
		case 'basic':
			return proof.password !== '';
		case 'token':
			return proof.token !== '';
		default:
			return proof.secret !== '' && proof.header !== '';
	}
}

/** Compares hashes, which are of one length whatever was given. */
function isSecret(given: unknown, secret: string): boolean {
	if (typeof given !== 'string' || secret === '') return false;
	const hash = (text: string) => createHash('sha256').update(text).digest();
	return timingSafeEqual(hash(given), hash(secret));
}
