import type { INodeProperties } from 'n8n-workflow';

import * as markRead from './markRead.operation';
import * as react from './react.operation';
import * as send from './send.operation';
import * as sendAndWait from './sendAndWait.operation';
import * as sendTemplate from './sendTemplate.operation';

export const operations = { markRead, react, send, sendAndWait, sendTemplate };

export const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['message'] } },
	options: [
		{
			name: 'Mark as Read',
			value: 'markRead',
			displayOptions: { hide: { provider: ['clickatell'] } },
			description: 'Show the contact that a message was read, or that an answer is being typed',
			action: 'Mark message as read',
		},
		{
			name: 'React',
			value: 'react',
			displayOptions: { hide: { provider: ['clickatell'] } },
			description: 'Put an emoji on a message of a contact, or take it away',
			action: 'React to message',
		},
		{
			name: 'Send',
			value: 'send',
			description: 'Answer a contact freely; the customer service window is checked first',
			action: 'Send message',
		},
		{
			name: 'Send and Wait for Response',
			value: 'sendAndWait',
			displayOptions: { hide: { provider: ['clickatell'], '@tool': [true] } },
			description: 'Ask a contact, and go on with the workflow when the answer is there',
			action: 'Send a message and wait for the response',
		},
		{
			name: 'Send Template',
			value: 'sendTemplate',
			description: 'Send an approved template, such as a ticket or a bill, at any time',
			action: 'Send template',
		},
	],
	default: 'send',
};
