import type {
	IExecuteFunctions,
	IHookFunctions,
	ILoadOptionsFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';

import { InputError } from '../core/inputError';
import { AppApi } from '../core/transport/appApi';
import { CloudApi } from '../core/transport/cloudApi';
import { GraphApi, rootOf, type SendRequest } from '../core/transport/graphApi';
import { withTotalLimit } from '../core/transport/totalLimit';
import type { FileToUpload } from '../core/transport/transport';
import { UploadApi } from '../core/transport/uploadApi';

/** The type of Meta's credential. */
export const CREDENTIAL = 'whatsAppCloudApi';

type Context = IExecuteFunctions | IHookFunctions | ILoadOptionsFunctions | IWebhookFunctions;

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
export async function credentialOf(context: Context): Promise<CloudApiCredential> {
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
export async function connectMeta(context: Context): Promise<CloudApi> {
	return new CloudApi(sendWithToken(context), await credentialOf(context));
}

/** What stands by itself among Meta's requests. */
export type PartOfMeta<Api> = new (sendRequest: SendRequest, root: string) => Api;

/** A part of Meta's API with the node's credential. */
export async function connectPart<Api>(context: Context, Part: PartOfMeta<Api>): Promise<Api> {
	return new Part(sendWithToken(context), rootOf(await credentialOf(context)));
}

/**
 * Uploads a file that belongs to no message; returns the handle by which requests name it.
 *
 * @param open gives the file, once it is known to which app it goes
 * @throws InputError where neither the credential nor the access token tells the app, to which such
 * a file belongs
 */
export async function uploadToMeta(context: IExecuteFunctions, open: () => Promise<FileToUpload>) {
	const credential = await credentialOf(context);
	const root = rootOf(credential);
	const appId = credential.appId || (await appOfToken(context, credential));
	const api = new UploadApi(sendPlainly(context), root, credential.accessToken);
	return await api.upload(appId, await open());
}

/** The app for which the access token was made (Meta: Debug token). */
async function appOfToken(context: IExecuteFunctions, credential: CloudApiCredential) {
	const api = new GraphApi(sendWithToken(context), rootOf(credential));
	const { appId } = await api.tokenInfo(credential.accessToken);
	if (appId !== '') return appId;
	throw new InputError(
		'App ID',
		"The credential has no 'App ID', nor does Meta tell it by the access token, and such a file goes to an app alone.",
		"Copy 'App ID' from the Meta app under App settings → Basic into the credential.",
	);
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
export function sendPlainly(context: Context): SendRequest {
	return withTotalLimit(async (options) => await context.helpers.httpRequest(options));
}

/** As {@link send}, with a limit for each request. @param timeout milliseconds */
export function within(send: SendRequest, timeout: number): SendRequest {
	return async (options) => await send({ ...options, timeout });
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
