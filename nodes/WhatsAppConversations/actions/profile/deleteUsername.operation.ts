import { NumberApi } from '../../../core/transport/numberApi';
import { senderOf } from '../../input/sender';
import type { Item } from '../../run/item';
import type { Result } from '../operation';

export const description = [];

export async function execute(item: Item): Promise<Result> {
	const { id } = await senderOf(item);
	const api = await item.session.part(NumberApi, 'usernames');
	await api.deleteUsername(id);
	return { json: { deleted: true } };
}
