import type { INodeProperties } from 'n8n-workflow';

import * as checkSetup from './checkSetup.operation';

export const operations = { checkSetup };

export const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['account'] } },
	options: [
		{
			name: 'Check Setup',
			value: 'checkSetup',
			description:
				'Find out why messages do not come or do not go out: one item for each check, with what to do',
			action: 'Check setup',
		},
	],
	default: 'checkSetup',
};
