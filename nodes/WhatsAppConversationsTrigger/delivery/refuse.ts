import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

/** Answers with an HTTP status and nothing else. No workflow starts. */
export function refuse(context: IWebhookFunctions, status: number): IWebhookResponseData {
	context.getResponseObject().status(status).end();
	return { noWebhookResponse: true };
}
