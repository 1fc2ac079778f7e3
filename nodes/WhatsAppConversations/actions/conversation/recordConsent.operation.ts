import { updateDisplayOptions, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';

import {
	consentFor,
	type ConsentRecord,
	type ConsentScope,
	type ConsentSource,
} from '../../../core/conversation/consent';
import { NO_FACTS } from '../../../core/conversation/facts';
import { isoTime } from '../../../core/events/time';
import { parseRecipient } from '../../../core/messages/recipient';
import { contactView } from '../../deliver';
import { contactProperty } from '../../descriptions/recipient';
import { optionsOf, pastTimeOf, senderOf } from '../../parameters';
import type { Session } from '../../session';
import type { Result } from '../operation';

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
		displayName: 'Evidence',
		name: 'evidence',
		type: 'string',
		default: '',
		placeholder: 'e.g. checkout form, order 4711',
		description: 'What proves it, should anybody ask',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Said At',
				name: 'at',
				type: 'dateTime',
				default: '',
				description:
					'When the contact said it; now when empty. An older word never overrules a newer one.',
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
		],
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['conversation'], operation: ['recordConsent'] } },
	properties,
);

/** What was said is kept as long as the contact is; it is never dropped by age (rules R45, D14). */
export async function execute(
	context: IExecuteFunctions,
	i: number,
	session: Session,
): Promise<Result> {
	const sender = senderOf(context, i);
	const contact = parseRecipient(context.getNodeParameter('contact', i));
	const options = optionsOf(context, i);
	const evidence = String(context.getNodeParameter('evidence', i, '') ?? '').trim();
	const now = session.now();
	const scope = context.getNodeParameter('scope', i) as ConsentScope;
	const record: ConsentRecord = {
		scope,
		state: context.getNodeParameter('state', i) as ConsentRecord['state'],
		at: pastTimeOf(context, 'Said At', options.at, now) || now,
		source: (options.source as ConsentSource | undefined) ?? 'manual',
		...(evidence ? { evidence } : {}),
	};
	await session.record(sender.id, contact, { ...NO_FACTS, consent: [record] });

	const replica = session.replica(sender.id);
	const { state, at, atMeta } = consentFor(replica.factsOf(contact).consent, scope);
	return {
		json: {
			...contactView(replica.identify(contact)),
			businessNumberId: sender.id,
			recorded: { ...record, at: isoTime(record.at) },
			// What counts now: a newer word, or a stop at Meta, may overrule what was recorded.
			consent: { scope, state, since: at ? isoTime(at) : null, stoppedAtMeta: atMeta },
		},
	};
}
