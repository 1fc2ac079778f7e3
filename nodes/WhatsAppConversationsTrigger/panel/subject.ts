import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { businessNumberProperty } from '../../shared/businessNumber';

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
		name: 'Payment Status',
		value: 'payment',
		action: 'On payment status',
		description: 'A bill was paid, or somebody tried to pay it; in India, by payment gateways',
	},
	{
		name: 'Message Sent From the App',
		value: 'echo',
		action: 'On message sent from the app',
		description: 'Messages that colleagues send from the WhatsApp Business app',
	},
	{
		name: 'Conversation Passed On',
		value: 'handover',
		action: 'On conversation passed on',
		description: 'Another responder of the number took a conversation from you, or you got it',
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

/** What every version asks first: which number, and which events of it. */
export const subjectProperties: INodeProperties[] = [
	{
		...businessNumberProperty,
		description:
			'The WhatsApp number of your business whose deliveries start this workflow. Empty: the only one of your account.',
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
];
