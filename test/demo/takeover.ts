import type { INodeCredentialsDetails } from 'n8n-workflow';

import type { WorkflowDefinition } from '../n8n/client';

import { to, webhookNode, whatsApp } from './desk';

/** Paths of the webhooks that give a conversation to a person, and back to the automation. */
export const HAND_OVER_PATH = 'hand-over';
export const GIVE_BACK_PATH = 'give-back';

/** What a helpdesk would call: a person takes a conversation, or is done with it. */
export function takeoverWorkflow(credential: INodeCredentialsDetails): WorkflowDefinition {
	const ofContact = { resource: 'conversation', contact: '={{ $json.body.to }}' };
	const takes = webhookNode('A Person Takes It', HAND_OVER_PATH, [0, 0], 'lastNode');
	const isDone = webhookNode('The Person Is Done', GIVE_BACK_PATH, [0, 200], 'lastNode');
	const handOver = whatsApp(
		'Hand Over',
		[260, 0],
		{ ...ofContact, operation: 'handOver', howLong: 'hours', hours: 12 },
		credential,
	);
	const giveBack = whatsApp(
		'Resume Automation',
		[260, 200],
		{ ...ofContact, operation: 'resume' },
		credential,
	);
	return {
		name: 'Who Has the Conversation',
		nodes: [takes, isDone, handOver, giveBack],
		connections: {
			[takes.name]: { main: [[to(handOver)]] },
			[isDone.name]: { main: [[to(giveBack)]] },
		},
	};
}
