import type { IDataObject } from 'n8n-workflow';

import type { Proof } from '../core/events/proof';
import { InputError } from '../core/inputError';
import { parseUrl } from '../core/parseUrl';
import type { ClickatellOptions } from '../core/transport/clickatell/transport';
import type { CloudAddress, CloudDialect } from '../core/transport/dialect';
import { dialectOf, type Preset } from '../core/transport/dialects';
import type { CustomStyle } from '../core/transport/dialects/custom';

import { CREDENTIALS } from './provider';

/** Whoever may look at the node's credentials. */
interface CredentialReader {
	getCredentials(type: string): Promise<IDataObject>;
}

export interface CompatibleCredential {
	preset: Preset;
	dialect: CloudDialect;
	address: CloudAddress;
	proof: Proof;
}

/** What the credential of a compatible provider says. @throws InputError */
export async function compatibleCredential(
	context: CredentialReader,
): Promise<CompatibleCredential> {
	const text = await textsOf(context, CREDENTIALS.compatible);
	const preset = (text('preset') || 'dialog360') as Preset;
	const base = baseOf(text('baseUrl'));
	const businessNumberId = text('phoneNumberId');
	const dialect = dialectOf(preset, {
		pathStyle: text('pathStyle') as CustomStyle['pathStyle'],
		mediaHost: text('mediaHost') as CustomStyle['mediaHost'],
		templateList: text('templateList') as CustomStyle['templateList'],
		hasNumber: businessNumberId !== '',
	});
	const root =
		preset === 'gupshup' ? `${base}/partner/app/${encodeURIComponent(text('appId'))}` : base;
	const address = { root, businessAccountId: text('businessAccountId'), businessNumberId };
	return { preset, dialect, address, proof: proofOf(text) };
}

function proofOf(text: (name: string) => string): Proof {
	const secret = text('webhookSecret');
	const header = text('webhookHeader').toLowerCase();
	switch (text('webhookProof')) {
		case 'hmac':
			return { kind: 'hmac', header, prefix: text('webhookPrefix'), secret };
		case 'basic':
			return { kind: 'basic', user: text('webhookUser'), password: secret };
		default:
			return { kind: 'header', header, secret };
	}
}

/** What the credential of Clickatell's says; deliveries have one of two proofs. @throws InputError */
export async function clickatellCredential(
	context: CredentialReader,
): Promise<ClickatellOptions & { proofs: Proof[] }> {
	const text = await textsOf(context, CREDENTIALS.clickatell);
	return {
		baseUrl: baseOf(text('baseUrl')),
		templateForm: text('templateForm') === 'hsm' ? 'hsm' : 'template',
		proofs: [
			{ kind: 'token', token: text('webhookToken') },
			{ kind: 'basic', user: text('webhookUser'), password: text('webhookPassword') },
		],
	};
}

async function textsOf(
	context: CredentialReader,
	credential: string,
): Promise<(name: string) => string> {
	const values = await context.getCredentials(credential);
	return (name) => String(values[name] ?? '').trim();
}

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** Keys go over https alone, except on the machine itself. */
function baseOf(url: string): string {
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
