import type { INode } from 'n8n-workflow';

import { nodeOf, workflowOf } from '../e2e/harness';
import type { Editor } from '../n8n/editor';

import { businessNumber, NODE_TYPE, type Stage, TRIGGER_TYPE } from './stage';

/** A look at something of the editor that is not an open node. */
export interface View {
	name: string;
	/** Pixels. */
	height: number;
	show: (editor: Editor, stage: Stage) => Promise<void>;
	/** The element that is seen; the whole window when left out. */
	testId?: string;
	theme?: 'dark';
}

const OPERATIONS: Record<string, string[]> = {
	account: ['checkSetup'],
	conversation: ['createTable', 'forget', 'get', 'getMany', 'recordConsent', 'recordInbound'],
	media: ['delete', 'download', 'upload'],
	message: ['markRead', 'react', 'send', 'sendTemplate'],
	template: ['create', 'delete', 'edit', 'get', 'getMany', 'preview'],
};

const search = async (editor: Editor) => {
	await editor.showNewWorkflow();
	await editor.searchNodes('whatsapp');
};

const actions = async (editor: Editor) => {
	await search(editor);
	await editor.openActions('WhatsApp Conversations');
};

const credential =
	(type: string) =>
	async (editor: Editor, { credentials }: Stage) =>
		await editor.showCredential(credentials?.[type].id as string);

export const views: View[] = [
	{ name: 'panel-search', height: 900, show: search },
	{
		name: 'panel-actions',
		height: 1_500,
		show: actions,
		testId: 'node-creator',
	},
	{
		name: 'credential-whatsapp',
		height: 1_300,
		show: credential('whatsAppCloudApi'),
	},
	{
		name: 'credential-data-table',
		height: 900,
		show: credential('n8nDataTableApi'),
	},
	{
		name: 'credential-compatible',
		height: 1_500,
		show: credential('whatsAppCompatibleApi'),
	},
	{
		name: 'credential-clickatell',
		height: 1_000,
		show: credential('clickatellApi'),
	},
	{ name: 'canvas', height: 900, show: showCanvas },
	{ name: 'canvas-dark', height: 900, show: showCanvas, theme: 'dark' },
	{ name: 'tool', height: 1_100, show: showTool },
	{
		name: 'tool-when-closed',
		height: 1_100,
		show: async (editor, stage) => {
			await showTool(editor, stage);
			await editor.openList('whenWindowClosed');
		},
	},
];

/** Every operation on the canvas, with what stands below its name. */
async function showCanvas(editor: Editor, { client, credentials }: Stage): Promise<void> {
	const trigger = nodeOf('WhatsApp Conversations Trigger', TRIGGER_TYPE, {
		credentials,
		parameters: { businessNumber, events: ['message', 'status'] } as never,
	});
	const definition = workflowOf('Operations', trigger);
	Object.entries(OPERATIONS).forEach(([resource, operations], column) =>
		operations.forEach((operation, row) => {
			const node = nodeOf(`WhatsApp Conversations ${column}${row}`, NODE_TYPE, {
				credentials,
				parameters: { resource, operation, businessNumber } as unknown as INode['parameters'],
				position: [300 + column * 260, row * 200],
			});
			definition.nodes.push(node);
		}),
	);
	const { id } = await client.createWorkflow(definition);
	await editor.show(id);
	await editor.part('zoom-to-fit').click();
}

/** The node as an agent's tool, whose fields the agent may fill in. */
async function showTool(editor: Editor, { client, credentials }: Stage): Promise<void> {
	const tool = nodeOf('WhatsApp Conversations', `${NODE_TYPE}Tool`, {
		credentials,
		position: [200, 250],
		parameters: {
			businessNumber,
			to: "={{ $fromAI('To', '', 'string') }}",
			messageType: 'text',
		} as never,
	});
	const agent = nodeOf('AI Agent', '@n8n/n8n-nodes-langchain.agent', { typeVersion: 2 });
	const definition = workflowOf('Tool', agent);
	definition.nodes.push(tool);
	definition.connections[tool.name] = {
		ai_tool: [[{ node: agent.name, type: 'ai_tool', index: 0 }]],
	};
	const { id } = await client.createWorkflow(definition);
	await editor.show(id, tool.id);
}
