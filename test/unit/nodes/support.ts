import {
	NodeHelpers,
	type IBinaryData,
	type IDataObject,
	type INode,
	type INodeParameters,
	type INodeProperties,
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

/** By resource and operation: what the node may show for them, a small part of all that it has. */
const shown = new Map<string, INodeProperties[]>();

function propertiesFor({ resource, operation }: IDataObject): INodeProperties[] {
	const key = `${String(resource)} ${String(operation)}`;
	const known = shown.get(key);
	if (known) return known;
	const properties = description.properties.filter(({ displayOptions: { show = {} } = {} }) =>
		[
			[show.resource, resource],
			[show.operation, operation],
		].every(([values, value]) => (values as unknown[] | undefined)?.includes(value) ?? true),
	);
	shown.set(key, properties);
	return properties;
}

/** Parameters as the engine gives them to a node: with defaults, without what is not shown. */
function resolved(parameters: IDataObject): INodeParameters {
	const stored = {
		resource: 'message',
		operation: 'send',
		businessNumber: { __rl: true, mode: 'id', value: '106540352242922' },
		to: '+16505551234',
		...parameters,
	};
	return NodeHelpers.getNodeParameters(
		propertiesFor(stored),
		stored as INodeParameters,
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
