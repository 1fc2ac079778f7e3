import {
	NodeHelpers,
	type IBinaryData,
	type IDataObject,
	type INode,
	type INodeParameters,
} from 'n8n-workflow';

import { WhatsAppConversations } from '../../../nodes/WhatsAppConversations/WhatsAppConversations.node';
import type { Item } from '../../../nodes/WhatsAppConversations/run/item';
import type { Session } from '../../../nodes/WhatsAppConversations/run/session';
import { LATEST_VERSION } from '../../../nodes/WhatsAppConversations/version';
import { metaCloud } from '../../../nodes/shared/providers/metaCloud';

import { FakeSession } from './fakeSession';

export const { description } = new WhatsAppConversations();

const node: INode = {
	id: '1',
	name: 'WhatsApp',
	type: 'n8n-nodes-whatsapp-conversations.whatsAppConversations',
	typeVersion: LATEST_VERSION,
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
 * One item of a node's input.
 *
 * @param parameters as the editor stores them; expressions are not evaluated
 */
export function itemFor(
	parameters: IDataObject,
	binary: Record<string, IBinaryData> = {},
	session: Session = new FakeSession(),
): Item {
	const values = resolved(parameters);
	const parameter = (name: string, otherwise?: unknown) => at(values, name) ?? otherwise;
	return {
		session,
		provider: metaCloud,
		timeZone: 'UTC',
		options: (values.options ?? {}) as IDataObject,
		json: {},
		binary,
		comesBack: () => true,
		getNode: () => node,
		parameter,
		chosen: (name) => (parameter(name) as IDataObject).value,
		wait: async () => {
			throw new Error('No send waits');
		},
	};
}
