import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';

import type { MediaKind } from '../../../core/messages/types';
import { businessNumberProperty } from '../../../shared/businessNumber';
import { binaryFileOf } from '../../files/binaryFile';
import { uploadFile } from '../../files/upload';
import { senderOf } from '../../input/sender';
import type { Item } from '../../run/item';
import type { Result } from '../operation';

const properties: INodeProperties[] = [
	{
		...businessNumberProperty,
		description: 'The WhatsApp number of your business that will send the file',
	},
	{
		displayName: 'Binary Field',
		name: 'binaryField',
		type: 'string',
		default: 'data',
		required: true,
		placeholder: 'e.g. data',
		hint: 'The name of the binary field of the incoming item that holds the file',
		description: 'The file to upload',
	},
	{
		displayName: 'Type',
		name: 'mediaType',
		type: 'options',
		options: [
			{
				name: 'Audio',
				value: 'audio',
				description: 'AAC, AMR, MP3, M4A or OGG with OPUS, up to 16 MB',
			},
			{
				name: 'Automatic',
				value: 'automatic',
				description: 'By the type of the file; one of no other kind is a document',
			},
			{ name: 'Document', value: 'document', description: 'PDF, Office or text, up to 100 MB' },
			{ name: 'Image', value: 'image', description: 'JPEG or PNG, up to 5 MB' },
			{ name: 'Sticker', value: 'sticker', description: 'WebP, up to 100 KB, animated 500 KB' },
			{ name: 'Video', value: 'video', description: 'MP4 or 3GP, up to 16 MB' },
		],
		default: 'automatic',
		description: 'As what the file will be sent. Its format and size are checked for that first.',
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['media'], operation: ['upload'] } },
	properties,
);

export async function execute(item: Item): Promise<Result> {
	const sender = await senderOf(item);
	const field = item.parameter('binaryField') as string;
	const chosen = item.parameter('mediaType') as MediaKind | 'automatic';
	const file = await binaryFileOf(item, field, chosen, 'Binary Field');
	const mediaId = await uploadFile(item.session, sender.id, file, 'later');
	const { kind, fileName, mimeType, sizeBytes } = file;
	return { json: { mediaId, type: kind, mimeType, fileName, sizeBytes } };
}
