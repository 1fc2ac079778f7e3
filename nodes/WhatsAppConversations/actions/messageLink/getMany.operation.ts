import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';

import { choiceIn } from '../../../core/input/choice';
import { NumberApi } from '../../../core/transport/numberApi';
import { listProperties } from '../../descriptions/list';
import { QR_FORMATS } from '../../descriptions/messageLink';
import { limitOf, untilEnough } from '../../input/list';
import { senderOf } from '../../input/sender';
import type { Item } from '../../run/item';
import { messageLinkView } from '../../views/messageLinkView';
import type { Result } from '../operation';

const properties: INodeProperties[] = [
	...listProperties,
	{
		displayName: 'QR Code',
		name: 'qrCode',
		type: 'options',
		options: [{ name: 'None', value: 'none', description: 'The links alone' }, ...QR_FORMATS],
		default: 'none',
		description: 'Whether to get pictures of the QR codes too, and in which form',
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['messageLink'], operation: ['getMany'] } },
	properties,
);

export async function execute(item: Item): Promise<Result[]> {
	const { id } = await senderOf(item);
	const chosen = item.parameter('qrCode', 'none');
	const format = choiceIn('QR Code', chosen, ['none', 'PNG', 'SVG'] as const);
	const wanted = format === 'none' ? {} : { format };
	const api = await item.session.part(NumberApi, 'message links');
	const links = await untilEnough(
		async (after) => await api.links(id, { ...wanted, after }),
		limitOf(item),
	);
	return links.map((link) => ({ json: messageLinkView(link, id) }));
}
