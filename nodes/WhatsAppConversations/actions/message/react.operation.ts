import { updateDisplayOptions, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';

import { decide } from '../../../core/conversation/decide';
import { requestBody } from '../../../core/messages/envelope';
import { reactionMessage } from '../../../core/messages/reaction';
import { messageIdProperty } from '../../descriptions/messageId';
import {
	identityKeyHashOption,
	messagesPerSecondOption,
	sortedOptions,
	trackingDataOption,
	windowOptions,
} from '../../descriptions/options';
import { recipientProperty } from '../../descriptions/recipient';
import { envelopeOptions, optionsOf, policyOf, senderOf } from '../../input/parameters';
import type { Session } from '../../run/session';
import { addresseeOf } from '../../send/addressee';
import { contactStateOf, heedingRefusal } from '../../send/contactState';
import { deliver } from '../../send/deliver';
import { SolePermit } from '../../send/template';
import type { Reading } from '../../state/conversations';
import { explanationContext } from '../../views/decision';
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
			trackingDataOption,
		]),
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['message'], operation: ['react'] } },
	properties,
);

/** A reaction needs the window, and no template can stand in for it (rule T14). */
export async function execute(
	context: IExecuteFunctions,
	i: number,
	session: Session,
): Promise<Result> {
	const sender = senderOf(context, i);
	const recipient = await addresseeOf(context, i, session, sender);
	const options = optionsOf(context, i);
	const envelope = { sender, recipient, options };
	const reaction = reactionMessage(
		context.getNodeParameter('messageId', i),
		context.getNodeParameter('emoji', i, ''),
	);
	const body = requestBody(recipient, reaction, envelopeOptions(options));
	const policy = policyOf(options);

	return await heedingRefusal(async () => {
		const reading: Reading = {};
		const permit = new SolePermit(true, async () => {
			const state = await contactStateOf(context, session, envelope, reading);
			const now = session.now();
			const decision = decide({ kind: 'reaction' }, state, policy, now);
			return { decision, about: explanationContext(context, { ...state, now, sender }) };
		});
		await permit.renew();
		const accepted = await deliver(session, envelope, body, permit);
		return { json: { ...accepted, sentAs: 'freeForm', decision: permit.view } };
	});
}
