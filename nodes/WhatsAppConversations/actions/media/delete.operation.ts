import { updateDisplayOptions } from 'n8n-workflow';

import { mediaIdProperty } from '../../descriptions/media';
import { mediaIdOf } from '../../input/mediaId';
import type { Item } from '../../run/item';
import type { Result } from '../operation';

export const description = updateDisplayOptions(
	{ show: { resource: ['media'], operation: ['delete'] } },
	[mediaIdProperty],
);

export async function execute(item: Item): Promise<Result> {
	const mediaId = mediaIdOf(item);
	await (await item.session.api()).deleteMedia(mediaId);
	return { json: { deleted: true } };
}
