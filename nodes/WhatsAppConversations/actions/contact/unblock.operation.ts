import { updateDisplayOptions } from 'n8n-workflow';

import { NumberApi } from '../../../core/transport/numberApi';
import { contactProperty } from '../../descriptions/recipient';
import { blockedContactOf } from '../../input/blockedContact';
import type { Item } from '../../run/item';
import { contactView } from '../../views/contactView';
import type { Result } from '../operation';

export const description = updateDisplayOptions(
	{ show: { resource: ['contact'], operation: ['unblock'] } },
	[contactProperty],
);

export async function execute(item: Item): Promise<Result> {
	const { businessNumberId, user } = await blockedContactOf(item);
	const api = await item.session.part(NumberApi, 'the blocking of contacts');
	const contact = await api.unblock(businessNumberId, user);
	return { json: { ...contactView(contact), blocked: false, businessNumberId } };
}
