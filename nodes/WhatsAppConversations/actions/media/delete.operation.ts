import { updateDisplayOptions, type IExecuteFunctions } from 'n8n-workflow';

import { mediaIdProperty } from '../../descriptions/media';
import { mediaIdOf } from '../../input/parameters';
import type { Session } from '../../run/session';
import type { Result } from '../operation';

export const description = updateDisplayOptions(
	{ show: { resource: ['media'], operation: ['delete'] } },
	[mediaIdProperty],
);

export async function execute(
	context: IExecuteFunctions,
	i: number,
	session: Session,
): Promise<Result> {
	const mediaId = mediaIdOf(context, i);
	await (await session.api()).deleteMedia(mediaId);
	return { json: { deleted: true } };
}
