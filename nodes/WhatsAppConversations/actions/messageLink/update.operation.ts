import { updateDisplayOptions } from 'n8n-workflow';

import { linkCode, linkText } from '../../../core/account/messageLink';
import { NumberApi } from '../../../core/transport/numberApi';
import { linkTextProperty, messageLinkProperty } from '../../descriptions/messageLink';
import { senderOf } from '../../input/sender';
import type { Item } from '../../run/item';
import { messageLinkView } from '../../views/messageLinkView';
import type { Result } from '../operation';

export const description = updateDisplayOptions(
	{ show: { resource: ['messageLink'], operation: ['update'] } },
	[messageLinkProperty, linkTextProperty],
);

export async function execute(item: Item): Promise<Result> {
	const { id } = await senderOf(item);
	const code = linkCode(item.chosen('messageLink'));
	const text = linkText(item.parameter('text'));
	const api = await item.session.part(NumberApi, 'message links');
	return { json: messageLinkView(await api.updateLink(id, code, text), id) };
}
