import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';

import { mediaIdProperty } from '../../descriptions/media';
import { mediaIdOf } from '../../input/mediaId';
import type { Item } from '../../run/item';
import type { Result } from '../operation';

const properties: INodeProperties[] = [
	mediaIdProperty,
	{
		displayName: 'Put Output File in Field',
		name: 'outputField',
		type: 'string',
		default: 'data',
		required: true,
		placeholder: 'e.g. data',
		hint: 'The name of the output binary field to put the file in',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'File Name',
				name: 'fileName',
				type: 'string',
				default: '',
				placeholder: 'e.g. invoice.pdf',
				description:
					"The name to give the file, such as the 'media.fileName' of the trigger. The media ID with the extension of its type when empty.",
			},
		],
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['media'], operation: ['download'] } },
	properties,
);

export async function execute(item: Item): Promise<Result> {
	const mediaId = mediaIdOf(item);
	const field = item.parameter('outputField') as string;
	const fileName = String(item.options.fileName ?? '').trim();
	const { info, binary } = await item.session.download(mediaId, fileName);
	const { mimeType, sha256, sizeBytes } = info;
	return {
		json: { mediaId, mimeType, fileName: binary.fileName ?? '', sizeBytes, sha256 },
		binary: { [field]: binary },
	};
}
