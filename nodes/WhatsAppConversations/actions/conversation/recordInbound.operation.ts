import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';

import { NO_FACTS } from '../../../core/conversation/facts';
import { apart } from '../../../core/conversation/owner';
import { DEFAULT_MARGIN_SECONDS, windowOf } from '../../../core/conversation/window';
import { isoTime } from '../../../core/events/time';
import { requiredPastTimeIn } from '../../../core/input/time';
import { parseRecipient } from '../../../core/messages/recipient';
import { windowView } from '../../../shared/windowView';
import { contactProperty } from '../../descriptions/recipient';
import { senderOf } from '../../input/sender';
import type { Item } from '../../run/item';
import { contactView } from '../../views/contactView';
import type { Result } from '../operation';

const properties: INodeProperties[] = [
	contactProperty,
	{
		displayName: 'Last Message At',
		name: 'at',
		type: 'dateTime',
		default: '',
		placeholder: 'e.g. 2026-11-20T10:05:00Z',
		// Not 'required': n8n would not start a workflow at all in which it is empty.
		description:
			'When the contact last wrote or called; it opens the window, so it must be given. The latest time on record counts.',
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['conversation'], operation: ['recordInbound'] } },
	properties,
);

/** For what another system has received: an import, or a bridge from elsewhere. */
export async function execute(item: Item): Promise<Result> {
	const sender = await senderOf(item);
	const contact = parseRecipient(item.parameter('contact'), 'Contact');
	const now = item.session.now();
	const value = item.parameter('at', '');
	const lastInboundAt = requiredPastTimeIn(
		{ field: 'Last Message At', value, timeZone: item.timeZone },
		now,
		'Give the time at which the contact wrote, from your own data; {{ $now }} only for a message that came this moment.',
	);
	await item.session.conversations.record(sender.id, contact, {
		...NO_FACTS,
		lastInboundAt,
		owner: apart(lastInboundAt),
	});

	const { conversations } = item.session;
	const facts = conversations.factsOf(sender.id, contact);
	return {
		json: {
			...contactView(conversations.identify(sender.id, contact)),
			businessNumberId: sender.id,
			lastMessageAt: isoTime(facts.lastInboundAt),
			window: windowView(
				windowOf(facts, conversations.watchedSince(sender.id), DEFAULT_MARGIN_SECONDS, now),
			),
		},
	};
}
