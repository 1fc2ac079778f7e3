import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';

import { ALL_NUMBERS, consentFor } from '../../../core/conversation/consent';
import { NO_FACTS } from '../../../core/conversation/facts';
import { isoTime } from '../../../core/events/time';
import { choiceIn } from '../../../core/input/choice';
import { parseRecipient } from '../../../core/messages/recipient';
import { contactProperty } from '../../descriptions/recipient';
import { consentRecordOf } from '../../input/consentRecord';
import { senderOf } from '../../input/sender';
import type { Item } from '../../run/item';
import { contactView } from '../../views/contactView';
import { consentRecordView } from '../../views/conversationView';
import type { Result } from '../operation';

const HOLDS_FOR = ['thisNumber', 'allNumbers'] as const;

const properties: INodeProperties[] = [
	contactProperty,
	{
		displayName: 'Consent',
		name: 'state',
		type: 'options',
		options: [
			{ name: 'Opted In', value: 'opted_in' },
			{ name: 'Opted Out', value: 'opted_out' },
		],
		default: 'opted_in',
		description: 'What the contact said',
	},
	{
		displayName: 'Kind of Messages',
		name: 'scope',
		type: 'options',
		options: [
			{ name: 'All', value: 'all', description: 'Everything that the business sends' },
			{ name: 'Authentication', value: 'authentication', description: 'One-time codes' },
			{ name: 'Marketing', value: 'marketing', description: 'Offers, news, abandoned carts' },
			{ name: 'Utility', value: 'utility', description: 'Orders, bookings, bills, reminders' },
		],
		default: 'marketing',
		description: 'What the contact agreed to, or refused',
	},
	{
		displayName: 'Holds For',
		name: 'for',
		type: 'options',
		options: [
			{
				name: 'All Business Numbers',
				value: 'allNumbers',
				description: 'Holds for every number that this n8n sends from',
			},
			{
				name: 'This Business Number',
				value: 'thisNumber',
				description: 'Says nothing about messages from other numbers',
			},
		],
		default: 'thisNumber',
		description: 'The business numbers to whose messages it applies',
	},
	{
		displayName: 'Evidence',
		name: 'evidence',
		type: 'string',
		default: '',
		placeholder: 'e.g. checkout form, order 4711',
		description: 'What proves it, should anybody ask. An opt-in is not recorded without it.',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		// Shown from the start, because an opt-in needs it.
		default: { at: '' },
		options: [
			{
				displayName: 'Ends At',
				name: 'expiresAt',
				type: 'dateTime',
				default: '',
				displayOptions: { show: { '/state': ['opted_in'] } },
				description: 'When the opt-in ends; after that it no longer counts',
			},
			{
				displayName: 'Said At',
				name: 'at',
				type: 'dateTime',
				default: '',
				description:
					'When the contact said it. An opt-in needs it; an opt-out without it counts from now. An older word never overrules a newer one.',
			},
			{
				displayName: 'Source',
				name: 'source',
				type: 'options',
				options: [
					{ name: 'Button', value: 'button' },
					{ name: 'Import', value: 'import' },
					{ name: 'Keyword', value: 'keyword' },
					{ name: 'Manual', value: 'manual' },
					{ name: 'Web Form', value: 'web_form' },
				],
				default: 'manual',
				description: 'Where it was said',
			},
			{
				displayName: 'Wording',
				name: 'wording',
				type: 'string',
				default: '',
				placeholder: 'e.g. Newsletter, text of May 2026',
				description:
					'What the contact agreed to. Kept for each contact, so the name of a text is better than a long text.',
			},
		],
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['conversation'], operation: ['recordConsent'] } },
	properties,
);

/** What was said is kept as long as the contact is; it is never dropped by age (rules R45, D14). */
export async function execute(item: Item): Promise<Result> {
	const sender = await senderOf(item);
	const contact = parseRecipient(item.parameter('contact'), 'Contact');
	const now = item.session.now();
	const record = consentRecordOf(item, now);
	const { scope } = record;
	const holdsFor = choiceIn('Holds For', item.parameter('for', 'thisNumber'), HOLDS_FOR);

	await item.session.conversations.storedState(sender.id, contact);
	const known = item.session.conversations.identify(sender.id, contact);
	// A yes is the identifier's for which it was said; a no is all of the contact's (rule E53).
	const told =
		record.state === 'opted_out'
			? item.session.conversations.identifyAt(sender.id, contact, record.at)
			: contact;
	const numberId = holdsFor === 'allNumbers' ? ALL_NUMBERS : sender.id;
	await item.session.conversations.record(numberId, told, { ...NO_FACTS, consent: [record] });

	const { facts } = await item.session.conversations.storedState(sender.id, contact);
	const { state, at, atMeta } = consentFor(facts.consent, scope, now);
	return {
		json: {
			...contactView(known),
			businessNumberId: sender.id,
			recorded: { ...consentRecordView(record), for: holdsFor },
			// What counts now: a newer word, or a stop at Meta, may overrule what was recorded.
			consent: { scope, state, since: at ? isoTime(at) : null, stoppedAtMeta: atMeta },
		},
	};
}
