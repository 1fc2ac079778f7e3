import type { IExecuteFunctions } from 'n8n-workflow';

import { isTestAddress } from '../core/callback/address';
import { parseUrl } from '../core/parseUrl';
import { Dialog360Webhook } from '../core/transport/dialects/dialog360Webhook';
import { rootOf, type SendRequest } from '../core/transport/graphApi';
import { ProviderRefusal } from '../core/transport/providerRefusal';
import { SetupApi } from '../core/transport/setupApi';

import { credentialOf, sendWith, sendWithToken } from './connection';
import { compatibleCredential } from './otherCredentials';
import { CREDENTIALS, providerOf } from './provider';

const TIMEOUT_MS = 5_000;

/**
 * Where the provider delivers what contacts of a business number say, as far as it tells. A token
 * may not be permitted to ask: then nothing is told, as by a provider that cannot be asked.
 *
 * @returns undefined when the provider did not answer
 */
export async function deliveryAddresses(
	context: IExecuteFunctions,
	businessNumberId: string,
): Promise<string[] | undefined> {
	const addresses = await ASK[providerOf(context)](context, businessNumberId).catch(
		async (error: unknown) => (isForbidden(error) ? [] : await notAnswered(error)),
	);
	return addresses?.filter((url) => parseUrl(url) && !isTestAddress(url));
}

/** Whether asking again would not help. */
function isForbidden(error: unknown): boolean {
	if (!(error instanceof ProviderRefusal)) return false;
	const { httpStatus = 0, refusal } = error;
	return httpStatus >= 400 && httpStatus < 500 && refusal.kind !== 'rateLimited';
}

function notAnswered(error: unknown): undefined {
	if (!(error instanceof ProviderRefusal)) throw error;
}

const ASK: Record<
	ReturnType<typeof providerOf>,
	(context: IExecuteFunctions, businessNumberId: string) => Promise<string[]>
> = {
	// Of three callbacks the first one gets messages; a stop of marketing goes to that of the app alone.
	metaCloud: async (context, businessNumberId) => {
		const root = rootOf(await credentialOf(context));
		const api = new SetupApi(soon(sendWithToken(context)), root);
		return Object.values(await api.callbacks(businessNumberId));
	},
	compatible: async (context) => {
		const { dialect, address } = await compatibleCredential(context);
		if (!dialect.capabilities.registration) return [];
		const send = soon(sendWith(context, CREDENTIALS.compatible));
		return [(await new Dialog360Webhook(send, address.root).read()).url];
	},
	clickatell: async () => [],
};

function soon(send: SendRequest): SendRequest {
	return async (options) => await send({ ...options, timeout: TIMEOUT_MS });
}
