import { updateDisplayOptions, type IDataObject, type INodeProperties } from 'n8n-workflow';

import { recordStatus } from '../../broadcast/recordStatus';
import type { Item } from '../../run/item';
import type { Result } from '../operation';

const properties: INodeProperties[] = [
	{
		displayName:
			"Put this behind the trigger with the event 'Delivery Status'. It notes in the report of a broadcast who was not delivered to, and who got what was uncertain; other items pass.",
		name: 'recordStatusNotice',
		type: 'notice',
		default: '',
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['broadcast'], operation: ['recordStatus'] } },
	properties,
);

export async function execute(item: Item): Promise<Result> {
	const { json } = item;
	const recorded = await recordStatus(item);
	const view: IDataObject = {
		recorded,
		broadcast: json.broadcast ?? '',
		contact: json.contact ?? '',
		status: json.status ?? '',
		messageId: json.messageId ?? '',
	};
	return { json: view };
}
