import type { INodeProperties } from 'n8n-workflow';

import * as block from './block.operation';
import * as getManyBlocked from './getManyBlocked.operation';
import * as unblock from './unblock.operation';

export const operations = { block, getManyBlocked, unblock };

export const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['contact'] } },
	options: [
		{
			name: 'Block',
			value: 'block',
			description:
				'Block a contact who wrote in the last 24 hours: no messages either way from then on',
			action: 'Block contact',
		},
		{
			name: 'Get Many Blocked',
			value: 'getManyBlocked',
			description: 'Get many contacts whom the business number has blocked',
			action: 'Get many blocked contacts',
		},
		{
			name: 'Unblock',
			value: 'unblock',
			description: 'Let a blocked contact write again',
			action: 'Unblock contact',
		},
	],
	default: 'block',
};
