import { updateDisplayOptions } from 'n8n-workflow';

import { control } from '../../broadcast/control';
import { begunBroadcastProperty } from '../../descriptions/broadcast';
import type { Item } from '../../run/item';
import type { Result } from '../operation';

export const description = updateDisplayOptions(
	{ show: { resource: ['broadcast'], operation: ['stop'] } },
	[begunBroadcastProperty],
);

export async function execute(item: Item): Promise<Result> {
	return { json: await control(item, 'stopped') };
}
