import { NumberApi } from '../../../core/transport/numberApi';
import { senderOf } from '../../input/sender';
import type { Item } from '../../run/item';
import type { Result } from '../operation';

export const description = [];

export async function execute(item: Item): Promise<Result> {
	const { id: businessNumberId } = await senderOf(item);
	const api = await item.session.part(NumberApi, 'usernames');
	const username = await api.username(businessNumberId);
	const suggestions = await api.usernameSuggestions(businessNumberId);
	return { json: { ...username, suggestions, businessNumberId } };
}
