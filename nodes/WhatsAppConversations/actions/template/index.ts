import type { INodeProperties } from 'n8n-workflow';

import * as preview from './preview.operation';

export const operations = { preview };

export const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['template'] } },
	options: [
		{
			name: 'Preview',
			value: 'preview',
			description: 'See a template with its values filled in; sends nothing',
			action: 'Preview a template',
		},
	],
	default: 'preview',
};
