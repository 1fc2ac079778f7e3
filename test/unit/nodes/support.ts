import {
	NodeHelpers,
	type IBinaryData,
	type IDataObject,
	type IExecuteFunctions,
	type INode,
	type INodeParameters,
} from 'n8n-workflow';

import { WhatsAppConversations } from '../../../nodes/WhatsAppConversations/WhatsAppConversations.node';

export const { description } = new WhatsAppConversations();

const node: INode = {
	id: '1',
	name: 'WhatsApp',
	type: 'n8n-nodes-whatsapp-conversations.whatsAppConversations',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** Parameters as the engine gives them to a node: with defaults, without what is not shown. */
function resolved(parameters: IDataObject): INodeParameters {
	return NodeHelpers.getNodeParameters(
		description.properties,
		{
			resource: 'message',
			operation: 'send',
			businessNumber: { __rl: true, mode: 'id', value: '106540352242922' },
			to: '+16505551234',
			...parameters,
		} as INodeParameters,
		true,
		false,
		node,
		description,
	) as INodeParameters;
}

function at(value: unknown, path: string): unknown {
	return path
		.split('.')
		.reduce<unknown>((part, name) => (part as IDataObject | undefined)?.[name], value);
}

/** A file of the incoming item, kept in the item itself. */
export function fileOf(mimeType: string, fileName: string, content = 'content'): IBinaryData {
	return { data: Buffer.from(content).toString('base64'), mimeType, fileName };
}

/**
 * What a node is given to work on one item, as far as sending needs it.
 *
 * @param parameters as the editor stores them; expressions are not evaluated
 */
export function contextFor(
	parameters: IDataObject,
	binary: Record<string, IBinaryData> = {},
): IExecuteFunctions {
	const values = resolved(parameters);
	const context = {
		getNode: () => node,
		getTimezone: () => 'UTC',
		addExecutionHints: () => undefined,
		getInputData: () => [{ json: {}, binary }],
		getNodeParameter(
			name: string,
			_item: number,
			fallback?: unknown,
			options?: { extractValue?: boolean },
		) {
			const value = at(values, name) ?? fallback;
			return options?.extractValue ? (value as IDataObject).value : value;
		},
		helpers: {
			getBinaryDataBuffer: async (_item: number, field: string) =>
				Buffer.from(binary[field].data, 'base64'),
		},
	};
	return context as unknown as IExecuteFunctions;
}
