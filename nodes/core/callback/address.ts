import { parseUrl } from '../parseUrl';

/** Meta takes no longer address for the callback of a number or an account (Meta: Webhook overrides). */
const MAX_LENGTH = 200;

/** Addresses that no network outside can reach (RFC 1918, 3927, 4193, 6598 and loopback). */
const PRIVATE_ADDRESSES = [
	/^(0|10|127)\./,
	/^169\.254\./,
	/^172\.(1[6-9]|2\d|3[01])\./,
	/^192\.168\./,
	/^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./,
	/^\[::1?\]$/,
	/^\[f[cd]/,
	/^\[fe[89ab]/,
];

/** Names that mean something in one network only. */
const PRIVATE_NAMES = /(^|\.)(localhost|local|internal|intranet|lan|home|home\.arpa|corp)$/;

/**
 * Why Meta cannot deliver to an address, as a sentence; undefined where the address itself is fine.
 * Meta delivers over https to public hosts (Meta: Webhooks); a test server may be anywhere.
 *
 * @param baseUrl of the credential
 */
export function addressFlaw(url: string, baseUrl: string): string | undefined {
	const address = parseUrl(url);
	if (!address) return `'${url}' is no web address.`;
	if (url.length > MAX_LENGTH) {
		return `The webhook URL has ${url.length} characters; Meta takes at most ${MAX_LENGTH}.`;
	}
	if (!baseUrl.startsWith('https:')) return undefined;
	const { protocol, hostname } = address;
	if (isPrivate(hostname)) {
		return `Meta cannot deliver to ${url}: '${hostname}' is known in its own network only.`;
	}
	return protocol === 'https:'
		? undefined
		: `Meta cannot deliver to ${url}, because it is not a public https address.`;
}

/** How n8n gets an address that Meta can reach. */
export const ADDRESS_MEND =
	"Give n8n a short public https address and set its environment variable WEBHOOK_URL to it, or switch off 'Register With Meta Automatically'.";

function isPrivate(hostname: string): boolean {
	if (PRIVATE_ADDRESSES.some((pattern) => pattern.test(hostname))) return true;
	const isName = !hostname.startsWith('[') && !/^[\d.]+$/.test(hostname);
	return isName && (!hostname.includes('.') || PRIVATE_NAMES.test(hostname));
}

/** Whether two addresses are of one trigger: its production and its test address end alike. */
export function isSameTrigger(url: string, other: string): boolean {
	const tail = (address: string) => address.split('/').slice(-2).join('/');
	return tail(url) === tail(other);
}

/** Whether a callback is not the trigger's: it is never replaced unasked. */
export function isAnothers(callbackUrl: string, ownUrl: string): boolean {
	return callbackUrl !== '' && !isSameTrigger(callbackUrl, ownUrl);
}

/** Whether it is an address that n8n answers at only while the editor listens for a test. */
export function isTestAddress(url: string): boolean {
	return url.includes('/webhook-test/');
}
