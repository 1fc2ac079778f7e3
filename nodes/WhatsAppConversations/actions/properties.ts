import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';

import { businessNumberProperty } from '../../shared/businessNumber';

import * as account from './account';
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
		{ name: 'Account', value: 'account' },
		{ name: 'Conversation', value: 'conversation' },
		{ name: 'Media', value: 'media' },
		{ name: 'Message', value: 'message' },
		{ name: 'Template', value: 'template' },
	],
	default: 'message',
};

const RESOURCES = [account, conversation, media, message, template];

export const properties: INodeProperties[] = [
	resource,
	...RESOURCES.map(({ operation }) => operation),
	...updateDisplayOptions({ show: { resource: ['account', 'message', 'conversation'] } }, [
		businessNumberProperty,
	]),
	...RESOURCES.flatMap(({ operations }) =>
		Object.values(operations).flatMap(({ description }) => description),
	),
];
