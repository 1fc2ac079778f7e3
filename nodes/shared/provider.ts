import type { INode, INodeCredentialDescription, INodeProperties } from 'n8n-workflow';

import { WHATSAPP_CREDENTIAL_LABEL } from '../core/credentials';
import type { Transport } from '../core/transport/transport';
import { UnsupportedByProvider } from '../core/unsupported';

import { clickatell } from './providers/clickatell';
import { compatible } from './providers/compatible';
import { metaCloud } from './providers/metaCloud';
import type { ConnectionContext, Provider, ProviderName } from './providers/provider';
import { storedSetting } from './setting';

/** Nodes of older versions know Meta alone. */
const DEFAULT = metaCloud;

const PROVIDERS: Record<ProviderName, Provider> = { metaCloud, compatible, clickatell };

/** The provider that a node was set to. To be asked once, at the door of a node. */
export function providerOf(context: { getNode(): INode }): Provider {
	const provider = storedSetting(context.getNode(), 'provider');
	return typeof provider === 'string' && Object.hasOwn(PROVIDERS, provider)
		? PROVIDERS[provider as ProviderName]
		: DEFAULT;
}

/** The names of all providers with a property, for what is shown with them alone. */
export function providersWith(has: (provider: Provider) => boolean): ProviderName[] {
	return Object.values(PROVIDERS)
		.filter(has)
		.map(({ name }) => name);
}

/** The choice of the provider, alike in both nodes. */
export const providerProperty: INodeProperties = {
	displayName: 'Connect Through',
	name: 'provider',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Clickatell',
			value: 'clickatell',
			description: "Clickatell's One API: texts, files and templates",
		},
		{
			name: 'Compatible Provider',
			value: 'compatible',
			description: "360dialog, Kapso, Gupshup, or another who takes Meta's messages",
		},
		{
			name: 'Meta Cloud API',
			value: 'metaCloud',
			description: 'WhatsApp itself, without anybody in between',
		},
	],
	default: 'metaCloud',
	description: 'Who connects your business number to WhatsApp',
};

/**
 * The credentials of all providers, each shown where its provider was chosen: that of the default
 * wherever no other one was.
 *
 * @param setting path of the parameter 'Connect Through'
 * @param without the operations that need none
 */
export function providerCredentials(
	setting: string,
	without: string[] = [],
): INodeCredentialDescription[] {
	const hide = without.length > 0 ? { operation: without } : undefined;
	return Object.values(PROVIDERS).map((provider) => ({
		name: provider.credential,
		displayName: WHATSAPP_CREDENTIAL_LABEL,
		required: true,
		displayOptions:
			provider === DEFAULT
				? { hide: { [setting]: providersWith((other) => other !== DEFAULT), ...hide } }
				: { show: { [setting]: [provider.name] }, ...(hide && { hide }) },
	}));
}

/** The way to WhatsApp that the node was set to; n8n adds the key to each request. */
export async function connect(context: ConnectionContext): Promise<Transport> {
	return await providerOf(context).connect(context);
}

/** Whether a node goes to Meta itself. */
export function isMeta(context: { getNode(): INode }): boolean {
	return providerOf(context) === metaCloud;
}

/**
 * @param what that only Meta can do, in the words of a sentence
 * @throws UnsupportedByProvider when the node goes another way
 */
export function requireMeta(context: ConnectionContext, field: string, what: string): void {
	if (!isMeta(context)) throw new UnsupportedByProvider(providerOf(context).title, field, what);
}
