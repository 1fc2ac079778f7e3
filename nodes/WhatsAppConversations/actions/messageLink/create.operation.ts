import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';

import { linkText } from '../../../core/account/messageLink';
import { choiceIn } from '../../../core/input/choice';
import { NumberApi } from '../../../core/transport/numberApi';
import { linkTextProperty, QR_FORMATS } from '../../descriptions/messageLink';
import { senderOf } from '../../input/sender';
import type { Item } from '../../run/item';
import { messageLinkView } from '../../views/messageLinkView';
import type { Result } from '../operation';

const properties: INodeProperties[] = [
	linkTextProperty,
	{
		displayName: 'QR Code',
		name: 'qrCode',
		type: 'options',
		options: QR_FORMATS,
		default: 'PNG',
		description: 'The form of its picture, of which the output has the address',
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['messageLink'], operation: ['create'] } },
	properties,
);

export async function execute(item: Item): Promise<Result> {
	const { id } = await senderOf(item);
	const text = linkText(item.parameter('text'));
	const format = choiceIn('QR Code', item.parameter('qrCode', 'PNG'), ['PNG', 'SVG'] as const);
	const api = await item.session.part(NumberApi, 'message links');
	return { json: messageLinkView(await api.createLink(id, text, format), id) };
}
