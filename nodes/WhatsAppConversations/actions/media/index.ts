import type { INodeProperties } from 'n8n-workflow';

import * as deleteMedia from './delete.operation';
import * as download from './download.operation';
import * as upload from './upload.operation';

export const operations = { delete: deleteMedia, download, upload };

export const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['media'] } },
	options: [
		{
			name: 'Delete',
			value: 'delete',
			displayOptions: { hide: { provider: ['clickatell'] } },
			description: 'Delete a file from WhatsApp; messages that carry it keep it',
			action: 'Delete media',
		},
		{
			name: 'Download',
			value: 'download',
			description: 'Download a file that a contact sent into a binary field',
			action: 'Download media',
		},
		{
			name: 'Upload',
			value: 'upload',
			description: 'Upload a file once, to send it by its media ID as often as you like',
			action: 'Upload media',
		},
	],
	default: 'download',
};
