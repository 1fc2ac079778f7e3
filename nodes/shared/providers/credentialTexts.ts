import type { IDataObject } from 'n8n-workflow';

import { InputError } from '../../core/inputError';
import { parseUrl } from '../../core/parseUrl';

import type { CredentialReader } from './provider';

/** A value by its name. */
export type CredentialTexts = (name: string) => string;

/** The values of a credential by name, without spaces around them; missing ones are ''. */
export async function credentialTexts(
	context: CredentialReader,
	credential: string,
): Promise<CredentialTexts> {
	return textsOf(await context.getCredentials(credential));
}

/** The same of values that were read. */
export function textsOf(values: IDataObject): CredentialTexts {
	return (name) => String(values[name] ?? '').trim();
}

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/**
 * The address of a provider's API. Keys go over https alone, except on the machine itself.
 *
 * @throws InputError for 'Base URL'
 */
export function baseOf(url: string): string {
	const { protocol = '', hostname = '' } = parseUrl(url) ?? ({} as Partial<URL>);
	const isSafe =
		protocol === 'https:' || (protocol === 'http:' && LOOPBACK.includes(hostname ?? ''));
	if (isSafe) return url.replace(/\/+$/, '');
	throw new InputError(
		'Base URL',
		`'Base URL' of the credential is '${url}', which is no https address.`,
		"Write the address of the provider's API, with https:// in front.",
	);
}
