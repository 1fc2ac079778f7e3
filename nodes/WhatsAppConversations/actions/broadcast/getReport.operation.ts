import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';

import { contactsOf, summaryOf, type Shown } from '../../../core/broadcast/report';
import { knownBook } from '../../broadcast/control';
import { begunBroadcastProperty } from '../../descriptions/broadcast';
import { broadcastNameOf } from '../../input/broadcastName';
import type { Item } from '../../run/item';
import type { Result } from '../operation';

const properties: INodeProperties[] = [
	begunBroadcastProperty,
	{
		displayName: 'Show',
		name: 'show',
		type: 'options',
		options: [
			{ name: 'Accepted', value: 'accepted', description: 'Contacts for whom WhatsApp took it' },
			{ name: 'All Contacts', value: 'all' },
			{
				name: 'Failed Later',
				value: 'failed',
				description: "Accepted, and not delivered by a status that 'Record Status' noted",
			},
			{ name: 'Refused', value: 'refused', description: 'WhatsApp did not take it' },
			{
				name: 'Skipped',
				value: 'skipped',
				description: 'Nothing was tried, such as for an opt-out',
			},
			{ name: 'Summary', value: 'summary', description: 'One item with the numbers' },
			{
				name: 'Uncertain',
				value: 'uncertain',
				description: 'A run was cut short between the request and its answer',
			},
		],
		default: 'summary',
		description: 'What to return: the numbers, or one item for each contact',
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['broadcast'], operation: ['getReport'] } },
	properties,
);

export async function execute(item: Item): Promise<Result[]> {
	const name = broadcastNameOf(item);
	const shown = item.parameter('show', 'summary') as Shown;
	if (!item.session.broadcasts.isFirstReport(name, shown)) return [];
	const { ledger } = await knownBook(item, name);
	const items = shown === 'summary' ? [summaryOf(name, ledger)] : contactsOf(name, ledger, shown);
	return items.map((json) => ({ json }));
}
