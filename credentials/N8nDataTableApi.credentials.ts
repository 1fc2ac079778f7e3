import type {
	IAuthenticateGeneric,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';

// n8n writes its own name so.
const DISPLAY_NAME = 'n8n Data Table API';

export class N8nDataTableApi implements ICredentialType {
	name = 'n8nDataTableApi';

	displayName = DISPLAY_NAME;

	icon: Icon = {
		light: 'file:../nodes/shared/dataTable.svg',
		dark: 'file:../nodes/shared/dataTable.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-whatsapp-conversations/n8n-nodes-whatsapp-conversations/blob/main/docs/state.md#the-data-table';

	properties: INodeProperties[] = [
		{
			displayName:
				"Make a key in n8n under Settings → n8n API. If it asks for scopes, choose those of 'dataTable' and 'dataTableRow'.",
			name: 'keyNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://n8n.example.com',
			description:
				'The address of this n8n, as its editor opens. Behind a proxy the inner one is quicker, such as http://localhost:5678.',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description:
				'The scopes that it needs are dataTable:list, read and create, and dataTableRow:read, create, update and delete',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: {
			headers: { 'X-N8N-API-KEY': '={{$credentials.apiKey}}' },
		},
	};

	test: ICredentialTestRequest = {
		request: {
			baseURL:
				'={{$credentials.baseUrl.trim().replace(/\\/+$/, "").replace(/\\/api\\/v1$/, "")}}/api/v1',
			url: '/data-tables',
			qs: { limit: 1 },
			disableFollowRedirect: true,
		},
		rules: [
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'data',
					value: undefined,
					message:
						"The answer is not that of n8n's API. Check 'Base URL': the address at which the editor opens, without a path.",
				},
			},
		],
	};
}
