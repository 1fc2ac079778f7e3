import type { INodeProperties } from 'n8n-workflow';

import { businessNumberProperty } from '../shared/businessNumber';
import { stateProperties } from '../shared/stateTable';

export const properties: INodeProperties[] = [
	{
		...businessNumberProperty,
		description: 'The WhatsApp number of your business whose deliveries start this workflow',
	},
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		options: [
			{
				name: 'Account Events',
				value: 'account',
				description:
					'Templates approved or rejected, quality changes, restrictions. Meta sends them to the callback of the app alone.',
			},
			{
				name: 'Calls',
				value: 'call',
				description: 'Calls of and to contacts; a call of the contact opens the window too',
			},
			{
				name: 'Consent Changes',
				value: 'consent',
				description:
					'A contact stopped or resumed marketing messages in WhatsApp. Meta sends them to the callback of the app alone.',
			},
			{
				name: 'Echoes',
				value: 'echo',
				description: 'Messages that colleagues send from the WhatsApp Business app',
			},
			{
				name: 'Messages',
				value: 'message',
				description: 'Everything that a contact writes, sends or taps',
			},
			{
				name: 'Statuses',
				value: 'status',
				description:
					'What became of messages you sent: sent, delivered, read, failed. They keep the windows right even when they are not chosen here.',
			},
		],
		default: ['message'],
		required: true,
		description: 'What starts the workflow, one item for each event',
	},
	{
		displayName: 'Registration',
		name: 'registration',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Automatic',
				value: 'automatic',
				description:
					'Registers the webhook URL with Meta for this number alone when the workflow is activated, and removes it when it is deactivated',
			},
			{
				name: 'Manual',
				value: 'manual',
				description: 'Registers nothing: you paste the webhook URL and the verify token at Meta',
			},
		],
		default: 'automatic',
		description: 'How Meta learns where to deliver',
	},
	{
		displayName:
			'In the Meta app, open WhatsApp → Configuration → Webhook. Paste the production URL shown above as Callback URL and the text below as Verify Token, then subscribe to the field <b>messages</b>. The workflow must be active when you save there.',
		name: 'manualNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { registration: ['manual'] } },
	},
	{
		displayName: 'Verify Token',
		name: 'verifyWord',
		type: 'string',
		default: '={{ $workflow.id }}',
		displayOptions: { show: { registration: ['manual'] } },
		description:
			'The word that Meta repeats when it checks the callback. Any word will do, if it is the same at Meta.',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Also Counts as a Message',
				name: 'alsoCounts',
				type: 'multiOptions',
				options: [
					{ name: 'Edits and Deletions', value: 'edits' },
					{ name: 'Reactions', value: 'reactions' },
					{ name: 'Unsupported Messages', value: 'unsupported' },
				],
				default: [],
				description:
					'What opens the customer service window beside messages and calls. Meta does not say whether these do, so by default they do not.',
			},
			{
				displayName: 'Download Media',
				name: 'downloadMedia',
				type: 'boolean',
				default: false,
				description:
					"Whether to put the photo, document, audio or video of a message into the binary field 'data' of its item. If that does not succeed, the item says why in 'mediaError'.",
			},
		],
	},
	...stateProperties,
];
