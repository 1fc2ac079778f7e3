import type {
	IAuthenticateGeneric,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';

/** The properties that only some presets have. */
const only = (...preset: string[]) => ({ show: { preset } });

const baseUrl = (preset: string, value: string, description: string): INodeProperties => ({
	displayName: 'Base URL',
	name: 'baseUrl',
	type: 'string',
	default: value,
	required: true,
	displayOptions: only(preset),
	description,
});

const GATEWAY = 'Change it only to reach the API through a gateway or a test server';

export class WhatsAppCompatibleApi implements ICredentialType {
	name = 'whatsAppCompatibleApi';

	displayName = 'WhatsApp Compatible Provider API';

	icon: Icon = {
		light: 'file:../nodes/WhatsAppConversations/whatsAppConversations.svg',
		dark: 'file:../nodes/WhatsAppConversations/whatsAppConversations.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-whatsapp-conversations/n8n-nodes-whatsapp-conversations/blob/main/docs/providers.md';

	properties: INodeProperties[] = [
		{
			displayName: 'Provider',
			name: 'preset',
			type: 'options',
			options: [
				{ name: '360dialog', value: 'dialog360' },
				{ name: 'Custom', value: 'custom' },
				{ name: 'Gupshup Partner V3', value: 'gupshup' },
				{ name: 'Kapso', value: 'kapso' },
			],
			default: 'dialog360',
			description: "Who takes Meta's messages on your behalf",
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'For Gupshup, the token of the app',
		},
		baseUrl('dialog360', 'https://waba-v2.360dialog.io', GATEWAY),
		baseUrl(
			'kapso',
			'https://api.kapso.ai/meta/whatsapp/v24.0',
			'With the version of the Graph API',
		),
		baseUrl('gupshup', 'https://partner.gupshup.io', GATEWAY),
		baseUrl(
			'custom',
			'',
			"What stands before the provider's paths, with a version where it has one; for 'Fixed Address' the whole address that sends",
		),
		{
			displayName: 'App ID',
			name: 'appId',
			type: 'string',
			default: '',
			required: true,
			displayOptions: only('gupshup'),
			description: 'ID of the app at Gupshup',
		},
		{
			displayName: 'Phone Number ID',
			name: 'phoneNumberId',
			type: 'string',
			default: '',
			displayOptions: only('kapso', 'custom'),
			placeholder: 'e.g. 106540352242922',
			description: 'ID of the business number, not the number itself',
		},
		{
			displayName: 'Business Account ID',
			name: 'businessAccountId',
			type: 'string',
			default: '',
			displayOptions: only('kapso', 'custom'),
			placeholder: 'e.g. 102290129340398',
			description: 'WhatsApp Business account ID, for the list of templates',
		},
		{
			displayName: 'Header Name',
			name: 'headerName',
			type: 'string',
			default: 'Authorization',
			required: true,
			displayOptions: only('custom'),
			description: 'Name of the header that takes the key',
		},
		{
			displayName: 'Header Prefix',
			name: 'headerPrefix',
			type: 'string',
			default: '',
			placeholder: 'e.g. Bearer',
			displayOptions: only('custom'),
			description: 'Word before the key; a space goes between them',
		},
		{
			displayName: 'Path Style',
			name: 'pathStyle',
			type: 'options',
			options: [
				{
					name: 'As at Meta',
					value: 'graph',
					description: 'Base URL / phone number ID / messages',
				},
				{ name: 'Fixed Address', value: 'fixed', description: 'The base URL itself sends' },
				{ name: 'Without the Number', value: 'flat', description: 'Base URL / messages' },
			],
			default: 'graph',
			displayOptions: only('custom'),
		},
		{
			displayName: 'Files Lie',
			name: 'mediaHost',
			type: 'options',
			options: [
				{ name: 'On the Host of the Base URL', value: 'sameHost' },
				{
					name: 'Where the API Says',
					value: 'asIs',
					description: "Also on Meta's hosts: only where the key is an access token of Meta",
				},
			],
			default: 'sameHost',
			displayOptions: only('custom'),
			description:
				"From where files of contacts are fetched. The key goes along, so other hosts than the provider's and Meta's are refused.",
		},
		{
			displayName: 'Template List',
			name: 'templateList',
			type: 'options',
			options: [
				{ name: 'As at Meta', value: 'graph' },
				{ name: 'None', value: 'none', description: 'Templates are typed in' },
			],
			default: 'none',
			displayOptions: only('custom'),
		},
		{
			displayName: 'Test Path',
			name: 'testPath',
			type: 'string',
			default: '',
			placeholder: 'e.g. /health_status',
			displayOptions: only('custom'),
			description:
				'A path below the base URL that answers a GET with 200 for the right key. Without it the test asks for the base URL itself.',
		},
		{
			displayName: 'Proof of Deliveries',
			name: 'webhookProof',
			type: 'options',
			options: [
				{
					name: 'Basic Auth',
					value: 'basic',
					description: 'User and password in the address of the webhook',
				},
				{
					name: 'Header',
					value: 'header',
					description: 'A header with a secret of your own, which the provider sends along',
				},
				{
					name: 'Signature',
					value: 'hmac',
					description: 'A header with the HMAC-SHA256 of the body, in hex',
				},
			],
			default: 'header',
			description: 'How the trigger tells real deliveries from forged ones',
		},
		{
			displayName: 'Proof Header',
			name: 'webhookHeader',
			type: 'string',
			default: 'X-Webhook-Secret',
			displayOptions: { show: { webhookProof: ['header', 'hmac'] } },
			description:
				'Name of the header. Kapso signs in X-Webhook-Signature, 360dialog for partners in x-360dialog-signature.',
		},
		{
			displayName: 'Signature Prefix',
			name: 'webhookPrefix',
			type: 'string',
			default: '',
			placeholder: 'e.g. sha256=',
			displayOptions: { show: { webhookProof: ['hmac'] } },
		},
		{
			displayName: 'Webhook User',
			name: 'webhookUser',
			type: 'string',
			default: '',
			displayOptions: { show: { webhookProof: ['basic'] } },
		},
		{
			displayName: 'Webhook Secret',
			name: 'webhookSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'The value of the header, the key of the signature, or the password. Without it the trigger takes no delivery.',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: {
			headers: {
				'={{ { dialog360: "D360-API-KEY", kapso: "X-API-Key", gupshup: "Authorization" }[$credentials.preset] || $credentials.headerName }}':
					'={{ ($credentials.preset === "custom" && $credentials.headerPrefix ? $credentials.headerPrefix.trim() + " " : "") + $credentials.apiKey }}',
			},
		},
	};

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ $credentials.baseUrl.replace(/\\/+$/, "") }}',
			url: '={{ { dialog360: "/health_status", kapso: "/" + $credentials.phoneNumberId, gupshup: "/partner/app/" + $credentials.appId + "/subscription" }[$credentials.preset] || $credentials.testPath || "" }}',
		},
		rules: [401, 403].map((value) => ({
			type: 'responseCode' as const,
			properties: { value, message: "The provider does not accept the 'API Key'." },
		})),
	};
}
