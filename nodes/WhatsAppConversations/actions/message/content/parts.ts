import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { InputError } from '../../../../core/inputError';
import type { HeaderInput } from '../../../../core/messages/header';
import type { PartsInput } from '../../../../core/messages/interactive';
import type { CloudMessage } from '../../../../core/messages/types';
import type { Uploaded, Uploads } from '../../../files/upload';
import { formatted } from '../../../input/markdown';
import type { Item } from '../../../run/item';

import { fileProperty, namedFile } from './file';
import type { PreparedMessage } from './form';

/** The text of a message with something to tap. */
export const bodyProperty: INodeProperties = {
	displayName: 'Body',
	name: 'body',
	type: 'string',
	typeOptions: { rows: 3 },
	default: '',
	required: true,
	placeholder: 'e.g. Shall we deliver today?',
	description: 'The text of the message, up to 1,024 characters',
};

/** As {@link bodyProperty}, for messages that may do without. */
export const optionalBodyProperty: INodeProperties = {
	displayName: 'Body',
	name: 'body',
	type: 'string',
	typeOptions: { rows: 3 },
	default: '',
	description: 'The text of the message, up to 1,024 characters',
};

export const footerOption: INodeProperties = {
	displayName: 'Footer',
	name: 'footer',
	type: 'string',
	default: '',
	description: 'A small text below the body, up to 60 characters',
};

export const headerOption: INodeProperties = {
	displayName: 'Header',
	name: 'header',
	type: 'string',
	default: '',
	description: 'A bold text above the body, up to 60 characters',
};

const headerFileOption: INodeProperties = {
	displayName: 'Header File',
	name: 'headerFile',
	type: 'fixedCollection',
	placeholder: 'Add File',
	default: { file: { type: 'image', file: 'data', fileName: '' } },
	description: 'An image, a video or a document above the body, in place of a header text',
	options: [
		{
			displayName: 'File',
			name: 'file',
			values: [
				{
					displayName: 'File Type',
					name: 'type',
					type: 'options',
					options: [
						{ name: 'Document', value: 'document' },
						{ name: 'Image', value: 'image' },
						{ name: 'Video', value: 'video' },
					],
					default: 'image',
				},
				fileProperty,
				{
					displayName: 'File Name',
					name: 'fileName',
					type: 'string',
					default: '',
					placeholder: 'e.g. invoice.pdf',
					description: "What the contact sees. The file's own name when empty.",
					displayOptions: { show: { type: ['document'] } },
				},
			],
		},
	],
};

/** What may stand around the body of most messages with something to tap. */
export const partsOptions = [footerOption, headerOption, headerFileOption];

/** A header as the options give it, checked as far as it can be before its file is uploaded. */
interface PreparedHeader {
	uploads: Uploads;
	input(uploaded: Uploaded): HeaderInput;
}

/** The option 'Header File' as the editor stores it. */
interface HeaderFile {
	type: 'image' | 'video' | 'document';
	file: unknown;
	fileName?: unknown;
}

async function headerOf(item: Item, options: IDataObject): Promise<PreparedHeader> {
	const { header: text, headerFile } = options;
	const given = (headerFile as { file?: HeaderFile } | undefined)?.file;
	if (!given) return { uploads: {}, input: () => ({ type: 'text', text }) };
	if (text) {
		throw new InputError(
			'Header File',
			"'Header File' cannot be used together with 'Header'.",
			'Remove one of the two options.',
		);
	}
	const { type } = given;
	const file = await namedFile(item, given.file, type);
	const fileName = type === 'document' ? given.fileName || file.fileName : undefined;
	return {
		uploads: file.uploads,
		input: (uploaded) => ({ type, source: file.source(uploaded), fileName }),
	};
}

/** The parameter 'Body', with WhatsApp's formats where it is Markdown. */
export function bodyText(item: Item): unknown {
	return formatted(item, item.parameter('body', ''));
}

/**
 * A message with a body, and what {@link partsOptions} put around it.
 *
 * @throws InputError when both a header text and a header file are given, or the file cannot be sent
 */
export async function withParts(
	item: Item,
	options: IDataObject,
	build: (parts: PartsInput) => CloudMessage,
): Promise<PreparedMessage> {
	const body = bodyText(item);
	const { footer } = options;
	const { uploads, input } = await headerOf(item, options);
	return { uploads, build: (uploaded) => [build({ header: input(uploaded), body, footer })] };
}
