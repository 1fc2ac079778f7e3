import { updateDisplayOptions } from 'n8n-workflow';

import { NumberApi } from '../../../core/transport/numberApi';
import { listProperties } from '../../descriptions/list';
import { limitOf, untilEnough } from '../../input/list';
import { senderOf } from '../../input/sender';
import type { Item } from '../../run/item';
import { contactView } from '../../views/contactView';
import type { Result } from '../operation';

export const description = updateDisplayOptions(
	{ show: { resource: ['contact'], operation: ['getManyBlocked'] } },
	listProperties,
);

export async function execute(item: Item): Promise<Result[]> {
	const { id: businessNumberId } = await senderOf(item);
	const api = await item.session.part(NumberApi, 'the blocking of contacts');
	const contacts = await untilEnough(
		async (after) => await api.blocked(businessNumberId, after),
		limitOf(item),
	);
	return contacts.map((contact) => ({
		json: { ...contactView(contact), blocked: true, businessNumberId },
	}));
}
