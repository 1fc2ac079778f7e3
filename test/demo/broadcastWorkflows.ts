import type { INode, INodeCredentialsDetails, INodeParameters } from 'n8n-workflow';

import type { WorkflowDefinition } from '../n8n/client';

import { news } from './cast';
import { switchNode, to, webhookNode, whatsApp } from './desk';

/** Paths of the webhooks that begin a broadcast, pause, resume or stop it, and ask for its report. */
export const BROADCAST_PATH = 'broadcast';
export const STEER_PATH = 'steer-broadcast';
export const REPORT_PATH = 'broadcast-report';

/** How a broadcast under way is steered. */
export const STEPS = ['pause', 'resume', 'stop'];

/** The credentials of a broadcast: WhatsApp, and n8n's data tables for its ledger. */
export interface BroadcastCredentials {
	whatsApp: INodeCredentialsDetails;
	dataTables: INodeCredentialsDetails;
}

/** One template to many, slowly enough to be watched, and what steers it. */
export function broadcastWorkflow(credentials: BroadcastCredentials): WorkflowDefinition {
	const begin = webhookNode('A Broadcast Begins', BROADCAST_PATH, [0, 0], 'onReceived');
	const split: INode = {
		id: 'broadcast-split',
		name: 'Each Contact',
		type: 'n8n-nodes-base.splitOut',
		typeVersion: 1,
		position: [220, 0],
		parameters: { fieldToSplitOut: 'body.contacts', options: {} },
	};
	const send = ofBroadcast(
		'Send to All',
		[440, 0],
		{
			operation: 'send',
			broadcastName: `={{ $('${begin.name}').first().json.body.broadcast }}`,
			to: '={{ $json.to }}',
			template: { __rl: true, mode: 'name', value: `${news.name}|en_US` } as never,
			templateFields: { mappingMode: 'defineBelow', value: { 'body:1': '={{ $json.name }}' } },
			options: { messagesPerSecond: 1 },
		},
		credentials,
	);
	const steer = webhookNode('The Page Steers It', STEER_PATH, [0, 320], 'lastNode');
	const choose = switchNode('Which Step?', [220, 320], 'step', STEPS);
	const steps = STEPS.map((operation, index) =>
		ofBroadcast(
			operation,
			[440, 180 + index * 160],
			{ operation, broadcastName: '={{ $json.body.broadcast }}' },
			credentials,
		),
	);
	return {
		name: 'A Broadcast',
		nodes: [begin, split, send, steer, choose, ...steps],
		connections: {
			[begin.name]: { main: [[to(split)]] },
			[split.name]: { main: [[to(send)]] },
			[steer.name]: { main: [[to(choose)]] },
			[choose.name]: { main: steps.map((node) => [to(node)]) },
		},
	};
}

/** Answers how a broadcast stands. It is asked often, so its runs are not kept. */
export function reportWorkflow(credentials: BroadcastCredentials): WorkflowDefinition {
	const webhook = webhookNode('The Page Asks', REPORT_PATH, [0, 0], 'lastNode');
	const report = ofBroadcast(
		'Report',
		[240, 0],
		{ operation: 'getReport', broadcastName: '={{ $json.body.broadcast }}', show: 'summary' },
		credentials,
	);
	return {
		name: 'The Report of a Broadcast',
		nodes: [webhook, report],
		connections: { [webhook.name]: { main: [[to(report)]] } },
		settings: { executionOrder: 'v1', saveDataSuccessExecution: 'none' },
	};
}

function ofBroadcast(
	name: string,
	position: [number, number],
	parameters: INodeParameters,
	{ whatsApp: credential, dataTables }: BroadcastCredentials,
): INode {
	const node = whatsApp(name, position, { resource: 'broadcast', ...parameters }, credential);
	return { ...node, credentials: { ...node.credentials, n8nDataTableApi: dataTables } };
}
