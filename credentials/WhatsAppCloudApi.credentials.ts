import type {
	IAuthenticateGeneric,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';

export class WhatsAppCloudApi implements ICredentialType {
	name = 'whatsAppCloudApi';

	displayName = 'WhatsApp Cloud API';

	icon: Icon = {
		light: 'file:../nodes/WhatsAppConversations/whatsAppConversations.svg',
		dark: 'file:../nodes/WhatsAppConversations/whatsAppConversations.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-whatsapp-conversations/n8n-nodes-whatsapp-conversations#connect-a-whatsapp-business-number';

	properties: INodeProperties[] = [
		{
			displayName:
				'To send, the node needs the <b>Access Token</b> of a system user, with the permissions whatsapp_business_messaging and whatsapp_business_management, and the <b>Business Account ID</b>, which the Meta app shows under WhatsApp → API Setup.',
			name: 'sendNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description:
				'Made in the business settings under Users → System users. The temporary token of the developer page ends after a day.',
		},
		{
			displayName: 'Business Account ID',
			name: 'businessAccountId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 102290129340398',
			description:
				'WhatsApp Business account ID, as shown in the app under WhatsApp → API Setup. Not the phone number ID, nor the ID of the business portfolio.',
		},
		{
			displayName:
				'To receive messages, the trigger needs <b>App ID</b> and <b>App Secret</b>, both from the Meta app under App settings → Basic. For sending alone, leave them empty.',
			name: 'receiveNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'App ID',
			name: 'appId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 670843887433847',
			description: 'ID of the Meta app, shown under App settings → Basic',
		},
		{
			displayName: 'App Secret',
			name: 'appSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Secret of the Meta app, shown under App settings → Basic. By it the trigger tells real deliveries from forged ones.',
		},
		{
			displayName: 'All below may stay as it is.',
			name: 'restNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Verify Token',
			name: 'verifyToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'A word of your own that Meta repeats when it checks the callback address. Leave it empty to have one made from the app secret.',
		},
		{
			displayName: 'API Version',
			name: 'apiVersion',
			type: 'string',
			default: 'v26.0',
			required: true,
			description: 'Version of the Graph API; each one lives about two years',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://graph.facebook.com',
			required: true,
			description: 'Change it only to reach the API through a gateway or a test server',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: {
			headers: { Authorization: '=Bearer {{$credentials.accessToken}}' },
		},
	};

	// Asks the business account for its numbers, so that an ID of another kind is noticed too.
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl.replace(/\\/+$/, "")}}/{{$credentials.apiVersion}}',
			url: '=/{{encodeURIComponent($credentials.businessAccountId)}}/phone_numbers',
			qs: { fields: 'id', limit: 1 },
			ignoreHttpStatusErrors: true,
		},
		rules: [
			...[190, 0, 102].map((code) =>
				refusal(
					'error.code',
					code,
					"Meta does not accept the 'Access Token'. It may be mistyped or expired: create a permanent one for a system user.",
				),
			),
			...[100, 33, 803].map((code) =>
				refusal(
					'error.code',
					code,
					"The token works, but there is no business account with this 'Business Account ID' that it can reach. Copy the WhatsApp Business account ID from WhatsApp → API Setup, and assign the account to the token's system user.",
				),
			),
			...[3, 10, 200, 298, 131005].map((code) =>
				refusal(
					'error.code',
					code,
					"The token lacks a permission for this business account. Create it with whatsapp_business_management and whatsapp_business_messaging, and assign the account to the token's system user.",
				),
			),
			...['OAuthException', 'GraphMethodException', 'FacebookApiException', 'IGApiException'].map(
				(type) =>
					refusal(
						'error.type',
						type,
						"Meta refused the request. Check 'Access Token', 'Business Account ID' and 'API Version'.",
					),
			),
			refusal(
				'data',
				undefined,
				"The answer is not that of Meta's Graph API. Check 'Base URL' and 'API Version'.",
			),
		],
	};
}

function refusal(key: string, value: unknown, message: string) {
	return { type: 'responseSuccessBody' as const, properties: { key, value, message } };
}
