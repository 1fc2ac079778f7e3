import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';

import { businessNumberProperty } from '../../shared/businessNumber';
import { stateProperties } from '../../shared/stateTable';

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

/** The resources that need to know conversations. */
const statefulResources = { resource: ['message', 'conversation'] };

export const properties: INodeProperties[] = [
	resource,
	...[conversation, media, message, template].map(({ operation }) => operation),
	...updateDisplayOptions({ show: statefulResources, hide: { operation: ['createTable'] } }, [
		businessNumberProperty,
	]),
	...[conversation, media, message, template].flatMap(({ operations }) =>
		Object.values(operations).flatMap(({ description }) => description),
	),
	...stateProperties.map((property) => ({
		...property,
		displayOptions: {
			show: { ...statefulResources, ...property.displayOptions?.show },
			hide: {
				operation: property.name === 'stateTable' ? ['markRead', 'createTable'] : ['markRead'],
			},
		},
	})),
];
