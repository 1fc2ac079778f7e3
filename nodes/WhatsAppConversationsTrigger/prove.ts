import type { IWebhookFunctions } from 'n8n-workflow';

import { isProvenBy } from '../core/events/proof';
import { isSignature, isSignedBy } from '../core/events/signature';
import { providerOf } from '../shared/provider';

import { hasAppSecret } from './appSecret';
import { proofsOf } from './otherRegistration';

type Request = ReturnType<IWebhookFunctions['getRequestObject']>;

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
 * Why a delivery is not proven to come from Meta, by the signature with the app's secret, or from
 * another provider, by the proof of its credential; undefined when it is. What cannot be proven at
 * all is refused before anything is read.
 *
 * @returns sentences for the log, with nothing of the delivery
 */
export async function flawOf(
	context: IWebhookFunctions,
	{ rawBody, headers }: Request,
): Promise<string | undefined> {
	// n8n keeps no raw body of content types that Meta never sends.
	if (!Buffer.isBuffer(rawBody)) return FLAWS.type;
	if (providerOf(context) !== 'metaCloud') {
		const query = context.getQueryData() as Record<string, unknown>;
		const proofs = await proofsOf(context);
		const isProven = proofs.some((proof) => isProvenBy(proof, { rawBody, headers, query }));
		return isProven ? undefined : FLAWS.proof;
	}
	const signature = headers[SIGNATURE];
	if (!signature) return FLAWS.missing;
	if (!isSignature(signature)) return FLAWS.malformed;
	const isSigned = await hasAppSecret(context, (secret) => isSignedBy(rawBody, signature, secret));
	return isSigned ? undefined : FLAWS.secret;
}
