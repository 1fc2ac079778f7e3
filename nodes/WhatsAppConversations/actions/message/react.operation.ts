import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';

import { decide } from '../../../core/conversation/decide';
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
import { policyOf } from '../../input/policy';
import type { Item } from '../../run/item';
import { contactStateOf } from '../../send/contactState';
import { requirePermission } from '../../send/decisionError';
import { deliver } from '../../send/deliver';
import { bodyOf, envelopeOf, withoutQuote } from '../../send/envelope';
import { DecidedPermit } from '../../send/permit';
import { withSecondTry } from '../../send/secondTry';
import type { Reading } from '../../state/conversations';
import { explanationContext } from '../../views/decisionView';
import { outcomeView } from '../../views/outcomeView';
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
export async function execute(item: Item): Promise<Result> {
	const { session, options, timeZone } = item;
	const envelope = await envelopeOf(item);
	const { sender } = envelope;
	const reaction = reactionMessage(item.parameter('messageId'), item.parameter('emoji', ''));
	const body = bodyOf(withoutQuote(envelope), reaction);
	const policy = policyOf(options);

	return await withSecondTry(async () => {
		const reading: Reading = {};
		const permit = new DecidedPermit(true, async () => {
			const state = await contactStateOf(item, envelope, reading);
			const now = session.now();
			const decision = decide({ kind: 'reaction' }, state, policy, now);
			return requirePermission(decision, explanationContext(timeZone, { ...state, now, sender }));
		});
		await permit.renew();
		const accepted = await deliver(session, envelope, body, permit);
		const json = { ...accepted, sentAs: 'freeForm', decision: permit.view };
		return { json: outcomeView(item.getNode(), json) };
	});
}
