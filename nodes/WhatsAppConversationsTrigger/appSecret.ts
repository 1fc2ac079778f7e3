import type { IWebhookFunctions } from 'n8n-workflow';

import { CREDENTIAL, credentialOf } from '../shared/connection';

/**
 * How long a secret is used without looking at the credential again. n8n takes longer to read a
 * credential than we do for all the rest of a delivery.
 */
const KEPT_MS = 30_000;

/** By credential ID; one entry for each credential that a trigger uses. */
const secrets = new Map<string, { secret: string; until: number }>();

/** The secret as read a moment ago. A signature that it does not fit may still fit a new secret. */
export function knownAppSecret(context: IWebhookFunctions): string | undefined {
	const known = secrets.get(credentialId(context));
	return known && Date.now() < known.until ? known.secret : undefined;
}

/** The secret as the credential holds it now. */
export async function readAppSecret(context: IWebhookFunctions): Promise<string> {
	const { appSecret } = await credentialOf(context);
	secrets.set(credentialId(context), { secret: appSecret, until: Date.now() + KEPT_MS });
	return appSecret;
}

function credentialId(context: IWebhookFunctions): string {
	return String(context.getNode().credentials?.[CREDENTIAL]?.id ?? '');
}
