import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';

import { businessNumberProperty } from '../../shared/businessNumber';

import * as conversation from './conversation';
import * as media from './media';
import * as message from './message';
import * as template from './template';

const resource: INodeProperties = {
	displayName: 'Resource',
	name: 'resource',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'Conversation', value: 'conversation' },
		{ name: 'Media', value: 'media' },
		{ name: 'Message', value: 'message' },
		{ name: 'Template', value: 'template' },
	],
	default: 'message',
};

export const properties: INodeProperties[] = [
	resource,
	...[conversation, media, message, template].map(({ operation }) => operation),
	...updateDisplayOptions({ show: { resource: ['message', 'conversation'] } }, [
		businessNumberProperty,
	]),
	...[conversation, media, message, template].flatMap(({ operations }) =>
		Object.values(operations).flatMap(({ description }) => description),
	),
];
