import type { INodeProperties } from 'n8n-workflow';

import * as get from './get.operation';

export const operations = { get };

export const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['conversation'] } },
	options: [
		{
			name: 'Get',
			value: 'get',
			description: "Get a contact's window and consent, and what may be sent now",
			action: 'Get a conversation',
		},
	],
	default: 'get',
};
