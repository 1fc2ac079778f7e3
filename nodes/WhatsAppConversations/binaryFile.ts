import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';

import { InputError } from '../core/inputError';
import { checkMediaFile, checkVoiceFile } from '../core/messages/mediaTypes';
import type { MediaKind } from '../core/messages/types';
import { FILE_TO_COME, type UploadUse } from '../core/transport/transport';

import { optionsOf } from './parameters';
import type { Session } from './session';

/** A file of the incoming item, checked and ready to be uploaded. */
export interface BinaryFile {
	field: string;
	fileName: string;
	/** As WhatsApp names the type. */
	mimeType: string;
	sizeBytes: number;
}

/** Files by a key of the message's own, which have to be uploaded before it can be sent. */
export type Uploads = Record<string, BinaryFile>;

/** What the uploads gave, by the same keys. */
export type Uploaded = Record<string, { id: string; filename: string }>;

/**
 * Looks at a file of the incoming item without reading more of it than needed.
 *
 * @param field name of the binary field
 * @param kind 'voice' for audio that is sent as a voice message
 * @param label display name of the parameter that names the field
 * @throws InputError when there is no such file, or WhatsApp would refuse its type or size
 */
export async function binaryFileOf(
	context: IExecuteFunctions,
	i: number,
	field: string,
	kind: MediaKind | 'voice',
	label: string,
): Promise<BinaryFile> {
	const files = context.getInputData()[i].binary ?? {};
	const binary = files[field];
	if (!binary) {
		const names = Object.keys(files).map((name) => `'${name}'`);
		throw new InputError(
			label,
			`'${label}' names the binary field '${field}', which the incoming item does not have.`,
			names.length > 0
				? `Give the name of a field that it has: ${names.join(', ')}.`
				: 'Connect a node that outputs a file, such as HTTP Request or Read/Write Files from Disk, or use a link.',
		);
	}
	const fileName = binary.fileName ?? `file.${binary.fileExtension ?? 'bin'}`;
	const sizeBytes = await sizeOf(context, binary);
	const file = { mimeType: binary.mimeType, sizeBytes, fileName };
	const { mimeType } =
		kind === 'voice' ? checkVoiceFile(file, label) : checkMediaFile(kind, file, label);
	return { field, fileName, mimeType, sizeBytes };
}

/** Uploads files of the incoming item; with the option 'Dry Run' it only says that it would. */
export async function uploadFiles(
	context: IExecuteFunctions,
	i: number,
	session: Session,
	businessNumberId: string,
	uploads: Uploads,
	use: UploadUse,
): Promise<Uploaded> {
	if (optionsOf(context, i).dryRun === true) return beforeUpload(uploads);
	const uploaded: Uploaded = {};
	for (const [key, file] of Object.entries(uploads)) {
		const id = await uploadFile(context, i, session, businessNumberId, file, use);
		uploaded[key] = { id, filename: file.fileName };
	}
	return uploaded;
}

/** Stands for what the uploads will give, in order to check or to show a message before. */
export function beforeUpload(uploads: Uploads): Uploaded {
	return Object.fromEntries(
		Object.entries(uploads).map(([key, { fileName }]) => [
			key,
			{ id: FILE_TO_COME, filename: fileName },
		]),
	);
}

/**
 * Uploads a file of the incoming item; returns its media ID. A file that n8n keeps outside the item
 * is read while it goes out.
 */
export async function uploadFile(
	context: IExecuteFunctions,
	i: number,
	session: Session,
	businessNumberId: string,
	{ field, ...file }: BinaryFile,
	use: UploadUse,
): Promise<string> {
	const api = await session.api();
	const { id, data } = context.getInputData()[i].binary![field];
	const content = id ? await context.helpers.getBinaryStream(id) : Buffer.from(data, 'base64');
	return await api.uploadMedia(businessNumberId, { ...file, content }, use);
}

/** In bytes. Small files stand in the item itself; n8n keeps the others elsewhere. */
async function sizeOf(context: IExecuteFunctions, { id, data }: IBinaryData): Promise<number> {
	return id
		? (await context.helpers.getBinaryMetadata(id)).fileSize
		: Buffer.byteLength(data, 'base64');
}
