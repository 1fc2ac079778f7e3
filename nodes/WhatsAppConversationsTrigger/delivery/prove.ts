import type { IWebhookFunctions } from 'n8n-workflow';

import { isProvenBy } from '../../core/events/proof';
import { isSignature, isSignedBy } from '../../core/events/signature';
import { providerOf } from '../../shared/provider';
import { logQuietly } from '../quietLog';
import { proofsOf } from '../registration/providerRegistration';

import { hasAppSecret } from './appSecret';

const SIGNATURE = 'x-hub-signature-256';

const FLAWS = {
	type: 'A delivery was refused with 401: it does not come as JSON, as all deliveries do.',
	missing:
		"A delivery was refused with 401: it has no signature (header 'X-Hub-Signature-256'), so it does not come from Meta. If it does, something between Meta and n8n removes the header.",
	malformed:
		"A delivery was refused with 401: its header 'X-Hub-Signature-256' is not a signature, so it does not come from Meta. If it does, something between Meta and n8n changes the header.",
	secret:
		"A delivery was refused with 401: its signature does not fit 'App Secret' of the credential. If it comes from Meta, copy the secret anew from the App settings, Basic, of the app that delivers; and nothing between Meta and n8n may change the body.",
	proof:
		"A delivery was refused with 401: it does not carry what the credential says that proves deliveries. If it comes from the provider, compare the secret and 'Proof of Deliveries' of the credential with the provider's portal.",
};

/**
 * Whether a delivery comes from Meta, by the signature with the app's secret, or from another
 * provider, by the proof of its credential. What cannot be proven is refused before anything is read;
 * the log says why, with nothing of the delivery.
 */
export async function isProven(context: IWebhookFunctions): Promise<boolean> {
	const flaw = await flawOf(context);
	if (flaw !== undefined) logQuietly(context, 'warn', flaw);
	return flaw === undefined;
}

/** Why a delivery is not proven, as sentences; undefined when it is. */
async function flawOf(context: IWebhookFunctions): Promise<string | undefined> {
	const { rawBody, headers } = context.getRequestObject();
	// n8n keeps no raw body of content types that Meta never sends.
	if (!Buffer.isBuffer(rawBody)) return FLAWS.type;
	if (providerOf(context) !== 'metaCloud') {
		const query = context.getQueryData() as Record<string, unknown>;
		const proofs = await proofsOf(context);
		const hasProof = proofs.some((proof) => isProvenBy(proof, { rawBody, headers, query }));
		return hasProof ? undefined : FLAWS.proof;
	}
	const signature = headers[SIGNATURE];
	if (!signature) return FLAWS.missing;
	if (!isSignature(signature)) return FLAWS.malformed;
	const isSigned = await hasAppSecret(context, (secret) => isSignedBy(rawBody, signature, secret));
	return isSigned ? undefined : FLAWS.secret;
}
