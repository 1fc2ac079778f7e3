import type {
	IAuthenticateGeneric,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';

export class ClickatellApi implements ICredentialType {
	name = 'clickatellApi';

	displayName = 'Clickatell One API';

	icon: Icon = {
		light: 'file:../nodes/WhatsAppConversations/whatsAppConversations.svg',
		dark: 'file:../nodes/WhatsAppConversations/whatsAppConversations.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-whatsapp-conversations/n8n-nodes-whatsapp-conversations/blob/main/docs/providers.md';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'Key of an integration of the One API with a WhatsApp number',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://platform.clickatell.com',
			required: true,
			description: 'Change it only to reach the API through a gateway or a test server',
		},
		{
			displayName: 'Template Form',
			name: 'templateForm',
			type: 'options',
			options: [
				{ name: 'Current', value: 'template' },
				{
					name: 'HSM of 2019',
					value: 'hsm',
					description: 'Name and body values alone, for older integrations',
				},
			],
			default: 'template',
			description: 'In which form templates go out',
		},
		{
			displayName: 'Webhook Token',
			name: 'webhookToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'A secret of your own. Add it to the callback address in the Clickatell portal as ?token=…, or have it sent in the header X-Webhook-Token.',
		},
		{
			displayName: 'Webhook User',
			name: 'webhookUser',
			type: 'string',
			default: '',
			description: 'In the place of the token, where the portal offers basic authentication',
		},
		{
			displayName: 'Webhook Password',
			name: 'webhookPassword',
			type: 'string',
			typeOptions: { password: true },
			default: '',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { Authorization: '={{$credentials.apiKey}}' } },
	};

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl.replace(/\\/+$/, "")}}',
			url: '/v1/balance',
			headers: { Accept: 'application/json' },
		},
		rules: [401, 403].map((value) => ({
			type: 'responseCode' as const,
			properties: { value, message: "Clickatell does not accept the 'API Key'." },
		})),
	};
}
