import type { IExecuteFunctions } from 'n8n-workflow';

import { isTestAddress } from '../core/callback/address';
import { parseUrl } from '../core/parseUrl';
import { ProviderRefusal } from '../core/transport/providerRefusal';

import { providerOf } from './provider';

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
	const addresses = await providerOf(context)
		.deliveryAddresses(context, businessNumberId, TIMEOUT_MS)
		.catch(async (error: unknown) => (isForbidden(error) ? [] : await notAnswered(error)));
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
