import type { INodeProperties } from 'n8n-workflow';

import * as deleteUsername from './deleteUsername.operation';
import * as get from './get.operation';
import * as getComponents from './getComponents.operation';
import * as getUsername from './getUsername.operation';
import * as setComponents from './setComponents.operation';
import * as setUsername from './setUsername.operation';
import * as update from './update.operation';

export const operations = {
	deleteUsername,
	get,
	getComponents,
	getUsername,
	setComponents,
	setUsername,
	update,
};

export const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['profile'] } },
	options: [
		{
			name: 'Delete Username',
			value: 'deleteUsername',
			description: 'Give up the username of the business number',
			action: 'Delete username',
		},
		{
			name: 'Get',
			value: 'get',
			description: 'Get what people see of the business: about, address, websites, picture …',
			action: 'Get business profile',
		},
		{
			name: 'Get Conversational Components',
			value: 'getComponents',
			description: 'Get the ice breakers and commands that WhatsApp offers in a chat with you',
			action: 'Get conversational components',
		},
		{
			name: 'Get Username',
			value: 'getUsername',
			description: 'Get the username of the business number, or names that Meta keeps for it',
			action: 'Get username',
		},
		{
			name: 'Set Conversational Components',
			value: 'setComponents',
			description: 'Set the ice breakers and commands that WhatsApp offers in a chat with you',
			action: 'Set conversational components',
		},
		{
			name: 'Set Username',
			value: 'setUsername',
			description: 'Give the business number a username, or another one',
			action: 'Set username',
		},
		{
			name: 'Update',
			value: 'update',
			description: 'Change what people see of the business',
			action: 'Update business profile',
		},
	],
	default: 'get',
};
