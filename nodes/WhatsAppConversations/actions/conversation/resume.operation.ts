import { updateDisplayOptions } from 'n8n-workflow';

import { resumed } from '../../../core/conversation/owner';
import { contactProperty } from '../../descriptions/recipient';
import type { Item } from '../../run/item';
import { recordOwner } from '../../state/recordOwner';
import type { Result } from '../operation';

export const description = updateDisplayOptions(
	{ show: { resource: ['conversation'], operation: ['resume'] } },
	[contactProperty],
);

/** No person has the conversation any more (rule E40). Another responder at Meta keeps it. */
export async function execute(item: Item): Promise<Result> {
	const now = item.session.now();
	return { json: await recordOwner(item, (known) => resumed(known, now)) };
}
