import type { IConnections, INode, INodeParameters } from 'n8n-workflow';

import { LATEST_VERSION } from '../../nodes/WhatsAppConversations/version';

import { CREDENTIALS, type WorkflowDefinition } from './engine';

const PACKAGE_NAME = 'n8n-nodes-whatsapp-conversations';
export const TRIGGER_TYPE = `${PACKAGE_NAME}.whatsAppConversationsTrigger`;
export const SEND_TYPE = `${PACKAGE_NAME}.whatsAppConversations`;

/** Nodes one after the other, each connected to the next by its first output. */
export function workflowOf(id: string, ...nodes: INode[]): WorkflowDefinition {
	const connections: IConnections = {};
	nodes.slice(1).forEach((node, index) => {
		connections[nodes[index].name] = { main: [[{ node: node.name, type: 'main', index: 0 }]] };
	});
	return { id, name: id, nodes, connections };
}

export function nodeOf(name: string, type: string, rest: Partial<INode> = {}): INode {
	return {
		id: `id of ${name}`,
		name,
		type,
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		...rest,
	};
}

/** Our trigger, with a webhook address of its own for each workflow. */
export function triggerNode(
	webhookId: string,
	parameters: INodeParameters,
	rest: Partial<INode> = {},
): INode {
	return nodeOf('Trigger', TRIGGER_TYPE, {
		webhookId,
		credentials: CREDENTIALS,
		parameters,
		...rest,
	});
}

/** Our node, as it is made now. */
export function sendNode(parameters: INodeParameters, rest: Partial<INode> = {}): INode {
	return nodeOf('WhatsApp', SEND_TYPE, {
		typeVersion: LATEST_VERSION,
		credentials: CREDENTIALS,
		parameters,
		...rest,
	});
}

/** A value of a resource locator. */
export function chosen(value: string, mode = 'list', cachedResultName?: string): INodeParameters {
	return { __rl: true, mode, value, ...(cachedResultName && { cachedResultName }) };
}

/** A value of a resource mapper. */
export function fields(value: Record<string, unknown> | null): INodeParameters {
	return {
		mappingMode: 'defineBelow',
		value: value as INodeParameters | null,
		matchingColumns: [],
		schema: [],
	} as unknown as INodeParameters;
}

/** What 'Send and Wait for Response' is asked for: a question with two answers to tap. */
export const BUTTONS = {
	responseType: 'buttons',
	buttons: {
		button: [
			{ title: 'Yes', id: 'yes' },
			{ title: 'No', id: 'no' },
		],
	},
};
