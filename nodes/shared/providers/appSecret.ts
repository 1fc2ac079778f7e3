import type { IWebhookFunctions } from 'n8n-workflow';

import { CREDENTIAL, credentialOf } from '../connection';

/**
 * How long a secret is used without looking at the credential again. n8n takes longer to read a
 * credential than we do for all the rest of a delivery.
 */
const KEPT_MS = 30_000;

/**
 * How long the credential is not read again after a signature did not fit what it holds: forged
 * deliveries must not cost more than real ones. A new secret counts after that time at the latest.
 */
const IN_VAIN_MS = 10_000;

interface Known {
	secret: string;
	/** Epoch milliseconds, as all times here. */
	until: number;
	/** Until when it is known that the credential holds nothing newer. */
	unchangedUntil: number;
}

/** By credential ID; one entry for each credential that a trigger uses. */
const secrets = new Map<string, Known>();

/**
 * Whether a secret of the credential has the property, such as having signed a delivery: the one read
 * a moment ago, or the one that the credential holds now.
 */
export async function hasAppSecret(
	context: IWebhookFunctions,
	fits: (secret: string) => boolean,
): Promise<boolean> {
	const id = credentialId(context);
	const known = secrets.get(id);
	const at = Date.now();
	if (known && at < known.until) {
		if (fits(known.secret)) return true;
		if (at < known.unchangedUntil) return false;
	}
	const { appSecret } = await credentialOf(context);
	const isFitting = fits(appSecret);
	secrets.set(id, {
		secret: appSecret,
		until: at + KEPT_MS,
		unchangedUntil: isFitting ? 0 : at + IN_VAIN_MS,
	});
	return isFitting;
}

function credentialId(context: IWebhookFunctions): string {
	return String(context.getNode().credentials?.[CREDENTIAL]?.id ?? '');
}
