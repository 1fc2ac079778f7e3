import { updateDisplayOptions } from 'n8n-workflow';

import { linkCode } from '../../../core/account/messageLink';
import { NumberApi } from '../../../core/transport/numberApi';
import { messageLinkProperty } from '../../descriptions/messageLink';
import { senderOf } from '../../input/sender';
import type { Item } from '../../run/item';
import type { Result } from '../operation';

export const description = updateDisplayOptions(
	{ show: { resource: ['messageLink'], operation: ['delete'] } },
	[messageLinkProperty],
);

export async function execute(item: Item): Promise<Result> {
	const { id } = await senderOf(item);
	const code = linkCode(item.chosen('messageLink'));
	const api = await item.session.part(NumberApi, 'message links');
	await api.deleteLink(id, code);
	return { json: { deleted: true } };
}
