import type { INode, INodeProperties } from 'n8n-workflow';

/** The ways to WhatsApp; each has a credential of its own. */
export type Provider = 'metaCloud' | 'compatible' | 'clickatell';

export const CREDENTIALS: Record<Provider, string> = {
	metaCloud: 'whatsAppCloudApi',
	compatible: 'whatsAppCompatibleApi',
	clickatell: 'clickatellApi',
};

/** The choice of the way, alike in both nodes. */
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

/** What a node was set to; nodes of older versions know Meta alone. */
export function providerOf(context: { getNode(): INode }): Provider {
	const { provider } = context.getNode().parameters ?? {};
	return typeof provider === 'string' && Object.hasOwn(CREDENTIALS, provider)
		? (provider as Provider)
		: 'metaCloud';
}
