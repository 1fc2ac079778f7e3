import type { INodeProperties } from 'n8n-workflow';

import { mediaMessage } from '../../../../core/messages/media';
import type { MediaKind } from '../../../../core/messages/types';
import { formatted } from '../../../input/markdown';
import type { Item } from '../../../run/item';

import { fileAtLink, fileInField, fileWithId, type NamedFile } from './file';
import type { ContentForm } from './form';

const sourceProperties: INodeProperties[] = [
	{
		displayName: 'File',
		name: 'mediaSource',
		type: 'options',
		options: [
			{
				name: 'From a Previous Node',
				value: 'binary',
				description: 'A binary field of the incoming item, uploaded first',
			},
			{ name: 'From a Link', value: 'link', description: 'WhatsApp fetches the file itself' },
			{ name: 'From a Media ID', value: 'id', description: 'A file that was uploaded before' },
		],
		default: 'binary',
	},
	{
		displayName: 'Binary Field',
		name: 'binaryField',
		type: 'string',
		default: 'data',
		required: true,
		hint: 'The name of the input field that holds the file',
		displayOptions: { show: { mediaSource: ['binary'] } },
	},
	{
		displayName: 'Link',
		name: 'link',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. https://example.com/photo.jpg',
		description: 'A public https address that opens without signing in',
		displayOptions: { show: { mediaSource: ['link'] } },
	},
	{
		displayName: 'Media ID',
		name: 'mediaId',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. 1037543291543636',
		displayOptions: { show: { mediaSource: ['id'] } },
	},
];

const caption: INodeProperties = {
	displayName: 'Caption',
	name: 'caption',
	type: 'string',
	typeOptions: { rows: 2 },
	default: '',
	description: 'A text below the file, up to 1,024 characters',
};

const fileName: INodeProperties = {
	displayName: 'File Name',
	name: 'fileName',
	type: 'string',
	default: '',
	placeholder: 'e.g. invoice.pdf',
	description:
		"What the contact sees; its ending decides about the icon. The file's own name when empty.",
};

async function fileOf(item: Item, kind: MediaKind | 'voice'): Promise<NamedFile> {
	switch (item.parameter('mediaSource')) {
		case 'link':
			return fileAtLink(item.parameter('link'));
		case 'id':
			return fileWithId(item.parameter('mediaId'));
		default: {
			const field = item.parameter('binaryField') as string;
			return await fileInField(item, field, kind, 'Binary Field');
		}
	}
}

interface MediaForm extends Pick<ContentForm, 'name' | 'description' | 'options'> {
	value: MediaKind;
	texts?: INodeProperties[];
}

/** A message that is a file, with what may be written under it. */
function mediaForm({ value: kind, texts = [], ...form }: MediaForm): ContentForm {
	return {
		...form,
		value: kind,
		properties: [...sourceProperties, ...texts],
		// What the form of this kind has not is empty.
		async prepare(item, { voice }) {
			const file = await fileOf(item, voice ? 'voice' : kind);
			const shownName = item.parameter('fileName', '') || file.fileName;
			const shown = {
				caption: formatted(item, item.parameter('caption', '')),
				fileName: kind === 'document' ? shownName : undefined,
				voice: voice === true,
			};
			return {
				uploads: file.uploads,
				build: (uploaded) => [mediaMessage(kind, file.source(uploaded), shown)],
			};
		},
	};
}

export const audio = mediaForm({
	name: 'Audio',
	value: 'audio',
	description: 'AAC, AMR, MP3, M4A or OGG up to 16 MB',
	options: [
		{
			displayName: 'Voice Message',
			name: 'voice',
			type: 'boolean',
			default: true,
			description:
				'Whether the contact gets a voice message, which plays at a tap; the file must be OGG with the OPUS codec',
		},
	],
});

export const document = mediaForm({
	name: 'Document',
	value: 'document',
	description: 'PDF, office or text file up to 100 MB',
	texts: [caption, fileName],
});

export const image = mediaForm({
	name: 'Image',
	value: 'image',
	description: 'JPEG or PNG up to 5 MB',
	texts: [caption],
});

export const sticker = mediaForm({
	name: 'Sticker',
	value: 'sticker',
	description: 'WebP of 512 × 512 pixels, up to 100 KB, or 500 KB when it moves',
});

export const video = mediaForm({
	name: 'Video',
	value: 'video',
	description: 'MP4 or 3GP up to 16 MB',
	texts: [caption],
});
