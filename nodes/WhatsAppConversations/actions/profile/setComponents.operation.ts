import { updateDisplayOptions, type IDataObject, type INodeProperties } from 'n8n-workflow';

import {
	chatComponentChanges,
	type ChatComponentsInput,
} from '../../../core/account/chatComponents';
import { InputError } from '../../../core/inputError';
import { NumberApi } from '../../../core/transport/numberApi';
import { senderOf } from '../../input/sender';
import type { Item } from '../../run/item';
import type { Result } from '../operation';

const properties: INodeProperties[] = [
	{
		displayName: 'Components to Set',
		name: 'components',
		type: 'collection',
		placeholder: 'Add component',
		default: {},
		description: 'What is not added stays as it is; what is added and left empty is removed',
		options: [
			{
				displayName: 'Commands',
				name: 'commands',
				type: 'fixedCollection',
				typeOptions: {
					multipleValues: true,
					sortable: true,
					fixedCollection: { itemTitle: '={{ $collection.item.value.command }}' },
				},
				placeholder: 'Add Command',
				default: {},
				description: 'Up to 30, which people see when they type / in the chat',
				options: [
					{
						displayName: 'Command',
						name: 'command',
						values: [
							{
								displayName: 'Command',
								name: 'command',
								type: 'string',
								default: '',
								placeholder: 'e.g. book',
								description: 'Up to 32 characters, without emojis',
							},
							{
								displayName: 'Description',
								name: 'description',
								type: 'string',
								default: '',
								placeholder: 'e.g. Book a table',
								description: 'What it does, up to 256 characters, without emojis',
							},
						],
					},
				],
			},
			{
				displayName: 'Ice Breakers',
				name: 'iceBreakers',
				type: 'string',
				typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Ice Breaker' },
				default: [],
				placeholder: 'e.g. Book a table',
				description:
					'Up to four texts of 80 characters, without emojis, of which people who open the chat for the first time can tap one; it comes to the trigger as their message',
			},
			{
				displayName: 'Welcome Message',
				name: 'welcomeMessage',
				type: 'boolean',
				default: false,
				description:
					"Whether Meta tells the trigger that somebody opened the chat for the first time. Meta's own pages said that it does not work as it should.",
			},
		],
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['profile'], operation: ['setComponents'] } },
	properties,
);

export async function execute(item: Item): Promise<Result> {
	const { id: businessNumberId } = await senderOf(item);
	const changes = chatComponentChanges(inputOf(item.parameter('components', {}) as IDataObject));
	if (Object.keys(changes).length === 0) {
		throw new InputError(
			'Components to Set',
			"'Components to Set' names nothing to set.",
			"Add what is to change, such as 'Ice Breakers'.",
		);
	}
	const api = await item.session.part(NumberApi, 'conversational components');
	await api.setChatComponents(businessNumberId, changes);
	return { json: { ...(await api.chatComponents(businessNumberId)), businessNumberId } };
}

/** The form wraps the commands; an expression may give them as a list. */
function inputOf({ commands, ...rest }: IDataObject): ChatComponentsInput {
	if (commands === undefined) return rest;
	const list = Array.isArray(commands) ? commands : ((commands as IDataObject)?.command ?? []);
	return { ...rest, commands: list as ChatComponentsInput['commands'] };
}
