import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { DEFAULT_WORDS } from '../core/conversation/keywords';
import { businessNumberProperty } from '../shared/businessNumber';
import { providerProperty, providersWith } from '../shared/provider';
import { stateProperties } from '../shared/stateTable';

const { stopWords, startWords, stopPayloads, startPayloads } = DEFAULT_WORDS;

/** By who tells the provider where to deliver. */
const byCallback = providersWith(({ registration }) => registration === 'callback');
const byWebhook = providersWith(({ registration }) => registration === 'webhook');
const byUser = providersWith(({ registration }) => registration === 'user');

/** What starts the workflow, in the order in which shops need it; `action` is what the node list says. */
const EVENTS: INodePropertyOptions[] = [
	{
		name: 'Message Received',
		value: 'message',
		action: 'On message received',
		description: 'Everything that a contact writes, sends or taps',
	},
	{
		name: 'Delivery Status',
		value: 'status',
		action: 'On delivery status',
		description: 'What became of your messages; they keep the windows right even if not chosen',
	},
	{
		name: 'Message Sent From the App',
		value: 'echo',
		action: 'On message sent from the app',
		description: 'Messages that colleagues send from the WhatsApp Business app',
	},
	{
		name: 'Consent Change',
		value: 'consent',
		action: 'On consent change',
		description: 'A contact stopped or resumed marketing messages in WhatsApp',
	},
	{
		name: 'Call',
		value: 'call',
		action: 'On call',
		description: 'Calls of and to contacts; a call of the contact opens the window too',
	},
	{
		name: 'Account Event',
		value: 'account',
		action: 'On account event',
		description: 'Templates approved or rejected, quality changes, restrictions',
	},
];

export const properties: INodeProperties[] = [
	providerProperty,
	{
		...businessNumberProperty,
		description: 'The WhatsApp number of your business whose deliveries start this workflow',
	},
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		options: EVENTS,
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
					'Registers the webhook URL with Meta at activation, and removes it at deactivation',
			},
			{
				name: 'Manual',
				value: 'manual',
				description: 'Registers nothing: you paste the webhook URL and the verify token at Meta',
			},
		],
		default: 'automatic',
		displayOptions: { hide: { provider: byUser } },
		description: 'How the provider learns where to deliver',
	},
	{
		displayName: 'Callback Level',
		name: 'callbackLevel',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Phone Number',
				value: 'phoneNumber',
				description: 'The chosen number alone, so that each may have a workflow of its own',
			},
			{
				name: 'Business Account',
				value: 'businessAccount',
				description:
					'All numbers without a callback of their own; the chosen one alone starts the workflow',
			},
			{
				name: 'App',
				value: 'app',
				description:
					'The one callback of the app: what goes nowhere else, and account and consent events',
			},
		],
		default: 'phoneNumber',
		displayOptions: { show: { provider: byCallback, registration: ['automatic'] } },
		description:
			'Which of the three callbacks of Meta the trigger takes; that of the number goes before that of the account, and this before that of the app',
		hint: "If nothing arrives, 'Check Setup' of the node WhatsApp Conversations says why",
	},
	{
		displayName:
			"Account events and consent changes go to the callback of the Meta app alone. To receive them here, set 'Callback Level' to 'App', best in a workflow of its own. At the other levels they come only if the app had no callback before this trigger gave it one.",
		name: 'appEventsNotice',
		type: 'notice',
		default: '',
		displayOptions: {
			show: {
				provider: byCallback,
				registration: ['automatic'],
				events: ['account', 'consent'],
				callbackLevel: ['phoneNumber', 'businessAccount'],
			},
		},
	},
	{
		displayName: 'Replace Another Callback',
		name: 'replaceCallback',
		type: 'boolean',
		default: false,
		displayOptions: {
			show: { registration: ['automatic'] },
			hide: { provider: byUser },
		},
		description:
			'Whether to take the place of a callback that somebody else has set at this level. It is put back when the workflow is deactivated. If this is off, the activation stops and names the other callback.',
	},
	{
		displayName: "Other Callback's Verify Token",
		name: 'otherVerifyToken',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		displayOptions: {
			show: { provider: byCallback, registration: ['automatic'], replaceCallback: [true] },
		},
		description:
			'Meta asks the other callback for this word when it is put back. It may be empty if that one is a trigger with the same credential.',
	},
	{
		displayName:
			'In the Meta app, open WhatsApp → Configuration → Webhook. Paste the Production URL shown above under Webhook URLs as Callback URL and the text below as Verify Token, then subscribe to the field <b>messages</b>. The workflow must be active when you save there.',
		name: 'manualNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { provider: byCallback, registration: ['manual'] } },
	},
	{
		displayName:
			"Only 360dialog is told by the trigger where to deliver. For every other provider set 'Registration' to 'Manual'.",
		name: 'compatibleNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { provider: byWebhook, registration: ['automatic'] } },
	},
	{
		displayName:
			'Paste the production URL shown above into the portal of the provider, and have the secret of the credential sent along. Kapso has to deliver webhooks of the kind <b>meta</b>, Gupshup those of version 3.',
		name: 'compatibleManualNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { provider: byWebhook, registration: ['manual'] } },
	},
	{
		displayName:
			"Paste the production URL shown above into the Clickatell portal, for replies and for statuses alike, with <b>?token=</b> and the 'Webhook Token' of the credential at its end. 'Business Number' is the number itself.",
		name: 'clickatellNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { provider: byUser } },
	},
	{
		displayName: 'Verify Token',
		name: 'verifyWord',
		type: 'string',
		default: '={{ $workflow.id }}',
		displayOptions: { show: { provider: byCallback, registration: ['manual'] } },
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
			{
				displayName: 'Inner Address',
				name: 'innerAddress',
				type: 'string',
				default: '',
				placeholder: 'e.g. http://localhost:5678',
				description:
					"Where this n8n is reached from inside, in order to hand the answers to questions of 'Send and Wait for Response' to the runs that wait for them. Needed only where neither the public address nor the port of n8n can be reached from within.",
			},
			{
				displayName: 'Start Also for Answers',
				name: 'startForAnswers',
				type: 'boolean',
				default: false,
				description:
					"Whether an answer to a question of 'Send and Wait for Response' starts this workflow as well. It goes to the run that waits for it either way.",
			},
			{
				displayName: 'Start Button Payloads',
				name: 'startPayloads',
				type: 'string',
				default: startPayloads,
				description:
					'Payloads of quick replies, and IDs of buttons and list rows, that do what a start word does. Separate them by commas.',
			},
			{
				displayName: 'Start for Messages Older Than Seven Days',
				name: 'startForOld',
				type: 'boolean',
				default: false,
				description:
					'Whether events start the workflow that arrive more than seven days after they happened. Meta repeats a delivery for seven days, so nobody knows whether such an event has started it before. Windows and consent are learned from it either way.',
			},
			{
				displayName: 'Start Words',
				name: 'startWords',
				type: 'string',
				default: startWords,
				description:
					'Messages that take back an earlier opt-out. They are no opt-in, and do not lift a stop of marketing in WhatsApp. Separate them by commas; capital letters make no difference.',
			},
			{
				displayName: 'Stop and Start Words',
				name: 'consentWords',
				type: 'boolean',
				default: true,
				description:
					"Whether to record an opt-out when a whole message is a stop word, and to take it back at a start word. The item then has 'consentWord', so that the workflow can confirm it.",
			},
			{
				displayName: 'Stop Button Payloads',
				name: 'stopPayloads',
				type: 'string',
				default: stopPayloads,
				description:
					'Payloads of quick replies, and IDs of buttons and list rows, that do what a stop word does. Separate them by commas.',
			},
			{
				displayName: 'Stop Words',
				name: 'stopWords',
				type: 'string',
				default: stopWords,
				description:
					'Messages that opt the contact out of everything but answers. Separate them by commas; capital letters make no difference.',
			},
			{
				displayName: 'Text for Late Answers',
				name: 'lateAnswerText',
				type: 'string',
				default: '',
				placeholder: 'e.g. This question is closed. Please write to us.',
				description:
					"What a contact gets who taps on a question of 'Send and Wait for Response' when nobody waits for the answer any more, once for each question. It is sent in the window that the tap has opened.",
			},
		],
	},
	...stateProperties,
];
