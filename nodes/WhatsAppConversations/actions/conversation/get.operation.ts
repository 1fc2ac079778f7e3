import { updateDisplayOptions, type IDataObject, type INodeProperties } from 'n8n-workflow';

import { isoTime } from '../../../core/events/time';
import { parseRecipient } from '../../../core/messages/recipient';
import { safetyMarginOption } from '../../descriptions/options';
import { contactProperty } from '../../descriptions/recipient';
import { simplifyProperty } from '../../descriptions/simplify';
import { policyOf } from '../../input/policy';
import { senderOf } from '../../input/sender';
import type { Item } from '../../run/item';
import { contactView, noteView } from '../../views/contactView';
import { consentRecordView, conversationView } from '../../views/conversationView';
import { maySendView } from '../../views/maySendView';
import type { Result } from '../operation';

const properties: INodeProperties[] = [
	contactProperty,
	simplifyProperty,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [safetyMarginOption],
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['conversation'], operation: ['get'] } },
	properties,
);

export async function execute(item: Item): Promise<Result> {
	const sender = await senderOf(item);
	const recipient = parseRecipient(item.parameter('contact'), 'Contact');
	const policy = policyOf(item.options);
	const now = item.session.now();
	const state = await item.session.conversations.storedState(sender.id, recipient);

	const all: IDataObject = {
		...contactView(item.session.conversations.identify(sender.id, recipient)),
		...noteView(item.session.conversations.noteOf(sender.id, recipient)),
		businessNumberId: sender.id,
		...conversationView(state, policy.marginSeconds, now),
		consentRecords: state.facts.consent.map(consentRecordView),
		watchedSince: isoTime(state.watchedSince) || null,
		maySend: maySendView(state, policy, { now, sender, timeZone: item.timeZone }),
	};
	return { json: item.parameter('simplify', false) ? simplified(all) : all };
}

/** What decides about a message, without what proves it; n8n asks for at most ten fields. */
function simplified(all: IDataObject): IDataObject {
	const { contact, window, lastMessageAt, owner, consent, maySend } = all;
	const { freeEntryPoint, phone, userId } = all;
	const first = { contact, window, lastMessageAt, owner, consent, maySend };
	return { ...first, freeEntryPoint, phone, userId };
}
