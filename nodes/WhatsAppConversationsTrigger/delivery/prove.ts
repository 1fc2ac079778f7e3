import type { IWebhookFunctions } from 'n8n-workflow';

import type { Provider } from '../../shared/providers/provider';
import { logQuietly } from '../quietLog';

const NOT_JSON = 'A delivery was refused with 401: it does not come as JSON, as all deliveries do.';

/**
 * Whether a delivery comes from the provider, by what that one signs or sends along. What cannot be
 * proven is refused before anything is read; the log says why, with nothing of the delivery.
 */
export async function isProven(context: IWebhookFunctions, provider: Provider): Promise<boolean> {
	const flaw = await flawOf(context, provider);
	if (flaw !== undefined) logQuietly(context, 'warn', flaw);
	return flaw === undefined;
}

async function flawOf(context: IWebhookFunctions, provider: Provider): Promise<string | undefined> {
	const { rawBody, headers } = context.getRequestObject();
	// n8n keeps no raw body of content types in which nothing is delivered.
	if (!Buffer.isBuffer(rawBody)) return NOT_JSON;
	const query = context.getQueryData() as Record<string, unknown>;
	return await provider.flawOf(context, { rawBody, headers, query });
}
