import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';

import { usernameOf } from '../../../core/account/username';
import { NumberApi } from '../../../core/transport/numberApi';
import { senderOf } from '../../input/sender';
import type { Item } from '../../run/item';
import type { Result } from '../operation';

const properties: INodeProperties[] = [
	{
		displayName: 'Username',
		name: 'username',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. corner_shop',
		description:
			'3 to 35 letters, digits, points and underscores. Whether it is still to be had, Meta says when it is set.',
	},
	{
		displayName: 'Move From Another Number',
		name: 'moveUsername',
		type: 'boolean',
		default: false,
		description:
			'Whether another number of your business that has this username loses it; otherwise nothing changes then',
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['profile'], operation: ['setUsername'] } },
	properties,
);

export async function execute(item: Item): Promise<Result> {
	const { id: businessNumberId } = await senderOf(item);
	const username = usernameOf(item.parameter('username'));
	const mayMove = item.parameter('moveUsername', false) === true;
	const api = await item.session.part(NumberApi, 'usernames');
	const status = await api.setUsername(businessNumberId, username, mayMove);
	return { json: { username, status, businessNumberId } };
}
