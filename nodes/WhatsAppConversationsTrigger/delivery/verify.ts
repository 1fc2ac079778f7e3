import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { answerChallenge, asksToVerify } from '../../core/events/verification';
import { credentialOf } from '../../shared/connection';
import { providerOf } from '../../shared/provider';
import { verifyTokenOf } from '../../shared/verifyToken';
import { logQuietly } from '../quietLog';
import { proofsOf } from '../registration/providerRegistration';

import { refuse } from './refuse';

const WRONG_WORD =
	"A check of the webhook's address was refused with 403: it knows another word than 'Verify Token' of the trigger or of the credential. If you made it in Meta's app dashboard, enter the same word in both places.";

/** Meta's check of the callback address: the challenge comes back only for the right token. */
export async function verify(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const query = context.getQueryData() as Record<string, unknown>;
	if (!asksToVerify(query)) return refuse(context, 403);
	const tokens =
		providerOf(context) === 'metaCloud'
			? [
					verifyTokenOf(await credentialOf(context)),
					String(context.getNodeParameter('verifyWord', '')),
				]
			: await wordsOfOthers(context);
	const challenge = answerChallenge(query, tokens);
	if (challenge === undefined) {
		logQuietly(context, 'warn', WRONG_WORD);
		return refuse(context, 403);
	}
	context.getResponseObject().status(200).type('text/plain').send(challenge);
	return { noWebhookResponse: true };
}

/** Some compatible providers check the address as Meta does, for the word that proves deliveries. */
async function wordsOfOthers(context: IWebhookFunctions): Promise<string[]> {
	return (await proofsOf(context)).flatMap((proof) =>
		'secret' in proof && proof.secret ? [proof.secret] : [],
	);
}
