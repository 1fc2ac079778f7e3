import type { INodeProperties } from 'n8n-workflow';

import * as checkSetup from './checkSetup.operation';
import * as getCosts from './getCosts.operation';

export const operations = { checkSetup, getCosts };

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
		{
			name: 'Get Costs',
			value: 'getCosts',
			description:
				'Get what Meta reported of delivered messages and their costs, to understand its bill',
			action: 'Get costs',
		},
	],
	default: 'checkSetup',
};
