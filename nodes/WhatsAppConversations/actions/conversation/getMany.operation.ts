import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';

import { consentFor } from '../../../core/conversation/consent';
import { ownerOf } from '../../../core/conversation/owner';
import { DEFAULT_MARGIN_SECONDS, windowOf, type Window } from '../../../core/conversation/window';
import type { ContactNote, Person } from '../../../core/state/conversations';
import { listProperties } from '../../descriptions/list';
import { senderOf } from '../../input/sender';
import type { Item } from '../../run/item';
import { contactView, noteView } from '../../views/contactView';
import { conversationView } from '../../views/conversationView';
import type { Result } from '../operation';

const properties: INodeProperties[] = [
	{
		displayName: 'Show',
		name: 'show',
		type: 'options',
		options: [
			{ name: 'All', value: 'all', description: 'Everybody of whom something is on record' },
			{
				name: 'Closing Soon',
				value: 'closing',
				description: 'The window is open, and closes within some minutes',
			},
			{
				name: 'Free Entry Point',
				value: 'freeEntryPoint',
				description: "Came from an ad, and Meta's 72-hour free entry point still runs",
			},
			{ name: 'Open', value: 'open', description: 'The window is open' },
			{
				name: 'Opted Out',
				value: 'optedOut',
				description: 'Opted out of everything, or stopped marketing messages',
			},
			{
				name: 'Unanswered',
				value: 'unanswered',
				description: 'The window is open, and nobody has written to them since their last message',
			},
			{
				name: 'With a Person',
				value: 'withPerson',
				description: 'A person of your business has the conversation',
			},
		],
		default: 'open',
		description: 'Which contacts to return; those whose window closes first come first',
	},
	{
		displayName: 'Closes Within (Minutes)',
		name: 'withinMinutes',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 1_440 },
		default: 60,
		displayOptions: { show: { show: ['closing'] } },
	},
	...listProperties,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Leave Out Written To Within (Minutes)',
				name: 'leaveOutWrittenToMinutes',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 1_440 },
				default: 60,
				description:
					'Leaves out contacts to whom a message went within so many minutes, so that a workflow that runs often writes to each of them once. 0 leaves out nobody.',
			},
			{
				displayName: 'Skip',
				name: 'skip',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: 0,
				description: 'How many contacts to leave out at the beginning, to get a long list in parts',
			},
		],
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['conversation'], operation: ['getMany'] } },
	properties,
);

interface Listed extends Person {
	window: Window;
	note: ContactNote;
}

export async function execute(item: Item): Promise<Result[]> {
	const sender = await senderOf(item);
	const contacts = await item.session.conversations.contacts(sender.id);
	const watchedSince = item.session.conversations.watchedSince(sender.id);
	const now = item.session.now();
	const isWanted = filterOf(item, now);
	const minutes = Number(item.options.leaveOutWrittenToMinutes ?? 0);
	const writtenToBefore = minutes > 0 ? now - minutes * 60 : Infinity;
	const limit = item.parameter('returnAll') ? Infinity : (item.parameter('limit') as number);

	const listed: Listed[] = [];
	for (const contact of contacts) {
		const window = windowOf(contact.facts, watchedSince, DEFAULT_MARGIN_SECONDS, now);
		const note = item.session.conversations.noteOf(sender.id, contact.identity);
		const one = { ...contact, window, note };
		if (isWanted(one) && note.writtenToAt <= writtenToBefore) listed.push(one);
	}
	listed.sort((a, b) => closingTime(a) - closingTime(b));
	const skip = Number(item.options.skip ?? 0);
	return listed.slice(skip, skip + limit).map(({ identity, facts, note }) => ({
		json: {
			...contactView(identity),
			...noteView(note),
			businessNumberId: sender.id,
			...conversationView({ facts, watchedSince }, DEFAULT_MARGIN_SECONDS, now),
		},
	}));
}

function filterOf(item: Item, now: number): (of: Listed) => boolean {
	switch (item.parameter('show')) {
		case 'closing': {
			const seconds = (item.parameter('withinMinutes') as number) * 60;
			return ({ window }) => window.state === 'open' && window.secondsLeft <= seconds;
		}
		case 'freeEntryPoint':
			return ({ facts }) => facts.freeEntryPointUntil > now;
		case 'open':
			return ({ window }) => window.state === 'open';
		case 'optedOut':
			return ({ facts }) =>
				['out', 'stopped'].includes(consentFor(facts.consent, 'marketing', now).state);
		case 'unanswered':
			return ({ window, facts, note }) =>
				window.state === 'open' && note.writtenToAt < facts.lastInboundAt;
		case 'withPerson':
			return ({ facts }) => ownerOf(facts, now).who === 'person';
		default:
			return () => true;
	}
}

/** Windows that are over or unknown go last. */
function closingTime({ window }: Listed): number {
	return window.state === 'open' ? (window.expiresAt ?? Infinity) : Infinity;
}
