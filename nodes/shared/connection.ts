import type {
	IExecuteFunctions,
	IHookFunctions,
	ILoadOptionsFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';

import { AppApi } from '../core/transport/appApi';
import { ClickatellTransport } from '../core/transport/clickatell/transport';
import { CloudApi } from '../core/transport/cloudApi';
import { CloudTransport } from '../core/transport/cloudTransport';
import { rootOf, type SendRequest } from '../core/transport/graphApi';
import { withTotalLimit } from '../core/transport/totalLimit';
import type { Transport } from '../core/transport/transport';
import { UnsupportedByProvider } from '../core/unsupported';

import { clickatellCredential, compatibleCredential } from './otherCredentials';
import { CREDENTIALS, providerOf, type Provider } from './provider';

export const CREDENTIAL = CREDENTIALS.metaCloud;

type Context = IExecuteFunctions | IHookFunctions | ILoadOptionsFunctions;

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

const CONNECT: Record<Provider, (context: Context) => Promise<Transport>> = {
	metaCloud: connectMeta,
	compatible: async (context) => {
		const { dialect, address } = await compatibleCredential(context);
		return new CloudTransport(sendWith(context, CREDENTIALS.compatible), dialect, address);
	},
	clickatell: async (context) =>
		new ClickatellTransport(
			sendWith(context, CREDENTIALS.clickatell),
			await clickatellCredential(context),
		),
};

/** The way to WhatsApp that the node was set to; n8n adds the key to each request. */
export async function connect(context: Context): Promise<Transport> {
	return await CONNECT[providerOf(context)](context);
}

/** Meta's API with the node's credential; n8n adds the token to each request. */
export async function connectMeta(context: Context): Promise<CloudApi> {
	return new CloudApi(sendWithToken(context), await credentialOf(context));
}

const NAMES: Record<Exclude<Provider, 'metaCloud'>, string> = {
	compatible: 'The compatible provider',
	clickatell: 'Clickatell',
};

/**
 * @param what that only Meta can do, in the words of a sentence
 * @throws UnsupportedByProvider when the node goes another way
 */
export function requireMeta(context: Context, field: string, what: string): void {
	const provider = providerOf(context);
	if (provider === 'metaCloud') return;
	throw new UnsupportedByProvider(NAMES[provider], field, what);
}

/** Sends with the access token of the node's credential. */
export function sendWithToken(context: Context): SendRequest {
	return sendWith(context, CREDENTIAL);
}

/** Sends with what a credential of the node adds; see {@link withTotalLimit}. */
export function sendWith(context: Context, credential: string): SendRequest {
	return withTotalLimit(
		async (options) =>
			await context.helpers.httpRequestWithAuthentication.call(context, credential, options),
	);
}

/** Sends without any token; see {@link withTotalLimit}. */
export function sendPlainly(context: IExecuteFunctions | IHookFunctions): SendRequest {
	return withTotalLimit(async (options) => await context.helpers.httpRequest(options));
}

/** Meta's API with the token of the app itself, made of its ID and its secret. */
export function connectApp(
	context: IExecuteFunctions | IHookFunctions,
	credential: CloudApiCredential,
): AppApi {
	const { appId, appSecret } = credential;
	const headers = { Authorization: `Bearer ${appId}|${appSecret}` };
	const send = sendPlainly(context);
	return new AppApi(
		async (options) => await send({ ...options, headers }),
		rootOf(credential),
		appId,
	);
}
