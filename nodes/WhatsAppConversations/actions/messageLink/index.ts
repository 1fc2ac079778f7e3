import type { INodeProperties } from 'n8n-workflow';

import * as create from './create.operation';
import * as deleteLink from './delete.operation';
import * as getMany from './getMany.operation';
import * as update from './update.operation';

export const operations = { create, delete: deleteLink, getMany, update };

export const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['messageLink'] } },
	options: [
		{
			name: 'Create',
			value: 'create',
			description:
				'Make a link with its QR code, which opens a chat with your number and a text already written',
			action: 'Create message link',
		},
		{
			name: 'Delete',
			value: 'delete',
			description: 'Delete a link; what was printed with it opens no chat any more',
			action: 'Delete message link',
		},
		{
			name: 'Get Many',
			value: 'getMany',
			description: 'Get many links of the business number with their QR codes',
			action: 'Get many message links',
		},
		{
			name: 'Update',
			value: 'update',
			description: 'Change the text of a link; its address and its QR code stay',
			action: 'Update message link',
		},
	],
	default: 'create',
};
