import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';

import { fallbackTemplateProperties } from './template';

/** What to do with a message that the window does not permit. */
export const closedWindowProperties: INodeProperties[] = [
	{
		displayName: 'When the Window Is Closed',
		name: 'whenWindowClosed',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Hold Until the Contact Replies',
				value: 'hold',
				description:
					'Sends an approved template, and the message itself when the contact taps or writes',
				// An agent's tool has one output.
				displayOptions: { hide: { '@tool': [true] } },
			},
			{
				name: 'Send a Template Instead',
				value: 'template',
				description: 'Sends an approved template, which may go out at any time',
			},
			{
				name: 'Send Anyway',
				value: 'sendAnyway',
				description: 'Sends the message although WhatsApp will most likely refuse it later',
			},
			{
				name: 'Stop With an Error',
				value: 'stop',
				description: 'Sends nothing and says why',
			},
			{
				name: "Use the 'Closed' Output",
				value: 'output',
				description: 'Sends nothing and passes the item to a second output',
				// An agent's tool has one output.
				displayOptions: { hide: { '@tool': [true] } },
			},
		],
		default: 'stop',
		description:
			'What to do when the contact has not written in the last 24 hours, so that WhatsApp takes only an approved template',
	},
	{
		displayName:
			"Connect the output 'Loop' back to the input of this node, and go on from 'Sent' and 'No Answer'. The option 'Limit Wait Time' says how long the message is held.",
		name: 'holdNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { whenWindowClosed: ['hold'] } },
	},
	...updateDisplayOptions(
		{ show: { whenWindowClosed: ['hold', 'template'] } },
		fallbackTemplateProperties,
	),
	{
		displayName: 'When the Window Is Unknown',
		name: 'whenWindowUnknown',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Treat as Closed',
				value: 'treatAsClosed',
				description: 'Does what was chosen for a closed window',
			},
			{
				name: 'Try the Free-Form Message',
				value: 'try',
				description: 'Sends the message; WhatsApp may still refuse it later',
			},
		],
		default: 'treatAsClosed',
		description:
			'What to do when no message of this contact is on record and the number has not been watched for a whole day',
	},
];
