import { parseUrl } from '../parseUrl';

/** Where Meta's media addresses point to. */
const META_HOSTS = ['facebook.com', 'fbcdn.net', 'fbsbx.com', 'whatsapp.net'];

/**
 * Whether a file may be fetched from an address with the access token: only from Meta's hosts over
 * https, or from the host of the configured base URL. The token must go nowhere else.
 *
 * @param hosts in the place of Meta's, where the token is another provider's
 */
export function mayFetchFrom(address: string, baseUrl: string, hosts = META_HOSTS): boolean {
	const url = parseUrl(address);
	const base = parseUrl(baseUrl);
	if (!url || !base) return false;
	const { protocol, hostname, origin } = url;
	if (origin === base.origin) return true;
	return (
		protocol === 'https:' &&
		hosts.some((host) => hostname === host || hostname.endsWith(`.${host}`))
	);
}
