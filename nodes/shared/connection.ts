import type {
	IExecuteFunctions,
	IHookFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';

import { CloudApi } from '../core/transport/cloudApi';

export const CREDENTIAL = 'whatsAppCloudApi';

/** The credential as the editor stores it. */
export interface CloudApiCredential {
	accessToken: string;
	businessAccountId: string;
	appId: string;
	appSecret: string;
	verifyToken: string;
	apiVersion: string;
	baseUrl: string;
}

/** The credential's values; missing ones are ''. */
export async function credentialOf(
	context: IExecuteFunctions | IHookFunctions | ILoadOptionsFunctions | IWebhookFunctions,
): Promise<CloudApiCredential> {
	const values = await context.getCredentials(CREDENTIAL);
	const text = (name: keyof CloudApiCredential) => String(values[name] ?? '').trim();
	return {
		accessToken: text('accessToken'),
		businessAccountId: text('businessAccountId'),
		appId: text('appId'),
		appSecret: text('appSecret'),
		verifyToken: text('verifyToken'),
		apiVersion: text('apiVersion'),
		baseUrl: text('baseUrl'),
	};
}

/** Meta's API with the node's credential; n8n adds the token to each request. */
export async function connect(
	context: IExecuteFunctions | IHookFunctions | ILoadOptionsFunctions,
): Promise<CloudApi> {
	const send = async (options: IHttpRequestOptions): Promise<unknown> =>
		await context.helpers.httpRequestWithAuthentication.call(context, CREDENTIAL, options);
	return new CloudApi(send, await credentialOf(context));
}
