import type { INodeProperties } from 'n8n-workflow';

import type { MediaSource } from '../../../../core/messages/media';
import type { MediaKind } from '../../../../core/messages/types';
import { fileNameIn, mediaReferenceOf } from '../../../../core/templates/mediaReference';
import { binaryFileOf, knownFiles } from '../../../files/binaryFile';
import type { Uploaded, Uploads } from '../../../files/upload';
import type { Item } from '../../../run/item';

/** Display name of {@link fileProperty}. */
export const FILE_LABEL = 'File';

/** One field for a file, wherever it is, as templates have it. */
export const fileProperty: INodeProperties = {
	displayName: FILE_LABEL,
	name: 'file',
	type: 'string',
	default: 'data',
	required: true,
	placeholder: 'e.g. data',
	hint: 'A binary field of the incoming item, an https link or a media ID',
};

/** A file as a form gives it, checked as far as it can be before it is uploaded. */
export interface NamedFile {
	uploads: Uploads;
	/** Its own name, where one is known. */
	fileName?: string;
	source(uploaded: Uploaded): MediaSource;
}

/** @throws InputError when WhatsApp would refuse the file */
export async function fileInField(
	item: Item,
	field: string,
	kind: MediaKind | 'voice',
	label: string,
): Promise<NamedFile> {
	const file = await binaryFileOf(item, field, kind, label);
	return {
		uploads: { [field]: file },
		fileName: file.fileName,
		source: (uploaded) => uploaded[field],
	};
}

export function fileAtLink(link: unknown): NamedFile {
	return { uploads: {}, fileName: fileNameIn(String(link)), source: () => ({ link }) };
}

export function fileWithId(id: unknown): NamedFile {
	return { uploads: {}, source: () => ({ id }) };
}

/**
 * The file that a value of {@link fileProperty} names.
 *
 * @param label display name of the field
 * @throws InputError when it names none, or WhatsApp would refuse the file
 */
export async function namedFile(
	item: Item,
	value: unknown,
	kind: MediaKind,
	label = FILE_LABEL,
): Promise<NamedFile> {
	const reference = mediaReferenceOf(value, label, knownFiles(item));
	switch (reference.kind) {
		case 'link':
			return fileAtLink(reference.link);
		case 'id':
			return fileWithId(reference.id);
		case 'binary':
			return await fileInField(item, reference.field, kind, label);
	}
}
