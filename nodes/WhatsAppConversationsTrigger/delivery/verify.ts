import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { answerChallenge, asksToVerify } from '../../core/events/verification';
import { providerOf } from '../../shared/provider';
import { logQuietly } from '../quietLog';

import { refuse } from './refuse';

const WRONG_WORD =
	"A check of the webhook's address was refused with 403: it knows another word than 'Verify Token' of the trigger or of the credential. If you made it in Meta's app dashboard, enter the same word in both places.";

/** Meta's check of the callback address: the challenge comes back only for the right token. */
export async function verify(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const query = context.getQueryData() as Record<string, unknown>;
	if (!asksToVerify(query)) return refuse(context, 403);
	const tokens = await providerOf(context).verifyTokens(context);
	const challenge = answerChallenge(query, tokens);
	if (challenge === undefined) {
		logQuietly(context, 'warn', WRONG_WORD);
		return refuse(context, 403);
	}
	context.getResponseObject().status(200).type('text/plain').send(challenge);
	return { noWebhookResponse: true };
}
