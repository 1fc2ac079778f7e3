import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { mediaMessage } from '../../../core/messages/media';
import { replyButtonsMessage, type ReplyButtonInput } from '../../../core/messages/replyButtons';
import { textMessage } from '../../../core/messages/text';
import type { CloudMessage, MediaKind } from '../../../core/messages/types';
import { binaryFileOf, type BinaryFile } from '../../binaryFile';

/** A free-form message, checked as far as it can be before anything is uploaded. */
export interface PreparedMessage {
	/** The file of the incoming item that has to be uploaded first. */
	upload?: BinaryFile;
	/** @param mediaId what the upload gave; ignored when there is none */
	build(mediaId: string): CloudMessage;
}

const MEDIA_KINDS: MediaKind[] = ['audio', 'document', 'image', 'video'];

export const contentProperties: INodeProperties[] = [
	{
		displayName: 'Message Type',
		name: 'messageType',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Audio', value: 'audio', description: 'AAC, AMR, MP3, M4A or OGG up to 16 MB' },
			{ name: 'Buttons', value: 'buttons', description: 'A text with up to three answers to tap' },
			{ name: 'Document', value: 'document', description: 'PDF, office or text file up to 100 MB' },
			{ name: 'Image', value: 'image', description: 'JPEG or PNG up to 5 MB' },
			{ name: 'Text', value: 'text' },
			{ name: 'Video', value: 'video', description: 'MP4 or 3GP up to 16 MB' },
		],
		default: 'text',
	},
	{
		displayName: 'Text',
		name: 'text',
		type: 'string',
		typeOptions: { rows: 3 },
		default: '',
		required: true,
		placeholder: 'e.g. Your order is on its way.',
		description: 'Up to 4,096 characters. *bold*, _italic_ and ~struck~ work as in WhatsApp.',
		displayOptions: { show: { messageType: ['text'] } },
	},
	{
		displayName: 'Body',
		name: 'body',
		type: 'string',
		typeOptions: { rows: 3 },
		default: '',
		required: true,
		placeholder: 'e.g. Shall we deliver today?',
		description: 'The text above the buttons, up to 1,024 characters',
		displayOptions: { show: { messageType: ['buttons'] } },
	},
	{
		displayName: 'Buttons',
		name: 'buttons',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, maxAllowedFields: 3, sortable: true },
		placeholder: 'Add Button',
		default: { button: [{ title: '', id: '' }] },
		description: 'One to three; a tap comes back through the trigger as a message',
		displayOptions: { show: { messageType: ['buttons'] } },
		options: [
			{
				displayName: 'Button',
				name: 'button',
				values: [
					{
						displayName: 'Button Text',
						name: 'title',
						type: 'string',
						default: '',
						placeholder: 'e.g. Yes',
						description: 'Up to 20 characters',
					},
					{
						displayName: 'Button ID',
						name: 'id',
						type: 'string',
						default: '',
						placeholder: 'e.g. deliver_today',
						description: 'What the trigger reports as reply.ID. The button text when empty.',
					},
				],
			},
		],
	},
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
		displayOptions: { show: { messageType: MEDIA_KINDS } },
	},
	{
		displayName: 'Binary Field',
		name: 'binaryField',
		type: 'string',
		default: 'data',
		required: true,
		hint: 'The name of the input field that holds the file',
		displayOptions: { show: { messageType: MEDIA_KINDS, mediaSource: ['binary'] } },
	},
	{
		displayName: 'Link',
		name: 'link',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. https://example.com/photo.jpg',
		description: 'A public https address that opens without signing in',
		displayOptions: { show: { messageType: MEDIA_KINDS, mediaSource: ['link'] } },
	},
	{
		displayName: 'Media ID',
		name: 'mediaId',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. 1037543291543636',
		displayOptions: { show: { messageType: MEDIA_KINDS, mediaSource: ['id'] } },
	},
	{
		displayName: 'Caption',
		name: 'caption',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		description: 'A text below the file, up to 1,024 characters',
		displayOptions: { show: { messageType: ['document', 'image', 'video'] } },
	},
	{
		displayName: 'File Name',
		name: 'fileName',
		type: 'string',
		default: '',
		placeholder: 'e.g. invoice.pdf',
		description: "What the contact sees. The binary field's own file name when empty.",
		displayOptions: { show: { messageType: ['document'] } },
	},
];

/** @throws InputError when WhatsApp would refuse the content */
export async function prepareMessage(
	context: IExecuteFunctions,
	i: number,
	options: IDataObject,
): Promise<PreparedMessage> {
	const type = context.getNodeParameter('messageType', i) as string;
	if (type === 'text') {
		const message = textMessage(context.getNodeParameter('text', i), options.previewUrl === true);
		return { build: () => message };
	}
	if (type === 'buttons') {
		const message = replyButtonsMessage({
			body: context.getNodeParameter('body', i),
			buttons: context.getNodeParameter('buttons.button', i, []) as unknown as ReplyButtonInput[],
			header: { type: 'text', text: options.header },
			footer: options.footer,
		});
		return { build: () => message };
	}
	return await prepareMedia(context, i, type as MediaKind);
}

async function prepareMedia(
	context: IExecuteFunctions,
	i: number,
	kind: MediaKind,
): Promise<PreparedMessage> {
	const caption = kind === 'audio' ? undefined : context.getNodeParameter('caption', i, '');
	const fileName = kind === 'document' ? context.getNodeParameter('fileName', i, '') : undefined;
	const source = context.getNodeParameter('mediaSource', i);
	if (source !== 'binary') {
		const message = mediaMessage(
			kind,
			source === 'link'
				? { link: context.getNodeParameter('link', i) }
				: { id: context.getNodeParameter('mediaId', i) },
			{ caption, fileName },
		);
		return { build: () => message };
	}

	const field = context.getNodeParameter('binaryField', i) as string;
	const upload = await binaryFileOf(context, i, field, kind, 'Binary Field');
	const shownName = kind === 'document' ? fileName || upload.fileName : undefined;
	const build = (mediaId: string) =>
		mediaMessage(kind, { id: mediaId }, { caption, fileName: shownName });
	// Whatever is wrong with the texts should be known before the file is uploaded.
	build('0');
	return { upload, build };
}
