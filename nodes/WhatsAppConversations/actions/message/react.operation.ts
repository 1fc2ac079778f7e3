import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';

import { reactionMessage } from '../../../core/messages/reaction';
import { sortedOptions } from '../../../shared/sortedOptions';
import { messageIdProperty } from '../../descriptions/messageId';
import {
	identityKeyHashOption,
	messagesPerSecondOption,
	sentByOption,
	trackingDataOption,
	windowOptions,
} from '../../descriptions/options';
import { recipientProperty } from '../../descriptions/recipient';
import type { Item } from '../../run/item';
import { envelopeOf } from '../../send/envelope';
import { sendReaction } from '../../send/reaction';
import type { Result } from '../operation';

const properties: INodeProperties[] = [
	recipientProperty,
	messageIdProperty,
	{
		displayName: 'Emoji',
		name: 'emoji',
		type: 'string',
		default: '👍',
		placeholder: 'e.g. 👍',
		description: 'One emoji. Leave it empty to take away an earlier one.',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: sortedOptions([
			...windowOptions,
			identityKeyHashOption,
			messagesPerSecondOption,
			sentByOption,
			trackingDataOption,
		]),
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['message'], operation: ['react'] } },
	properties,
);

export async function execute(item: Item): Promise<Result> {
	const envelope = await envelopeOf(item);
	const reaction = reactionMessage(item.parameter('messageId'), item.parameter('emoji', ''));
	return { json: await sendReaction(item, envelope, reaction) };
}
