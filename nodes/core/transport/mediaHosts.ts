import { InputError } from '../inputError';
import { parseUrl } from '../parseUrl';

import type { MediaInfo } from './transport';

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

/**
 * The token goes along with the request for a file, so it must not go just anywhere.
 *
 * @param hosts as for {@link mayFetchFrom}
 * @throws InputError
 */
export function refuseForeignHost({ id, url }: MediaInfo, root: string, hosts?: string[]): void {
	if (mayFetchFrom(url, root, hosts)) return;
	const address = parseUrl(url);
	const host = address ? `at '${address.host}'` : 'at no address';
	// The key of another provider is none of Meta's business.
	const [whose, own] = hosts
		? ['not to the provider of the credential', 'its own']
		: ["neither to Meta nor to the 'Base URL' of the credential", 'its own or of Meta'];
	throw new InputError(
		'Base URL',
		`The file of the media ID '${id}' lies ${host}, which belongs ${whose}. It was not fetched, so the access token stayed here.`,
		`Check the 'Base URL' of the credential: a gateway has to answer with addresses of ${own}.`,
	);
}
