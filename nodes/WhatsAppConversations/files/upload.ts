import { FILE_TO_COME, type FileToUpload, type UploadUse } from '../../core/transport/transport';
import type { Item } from '../run/item';
import type { Session } from '../run/session';

import type { BinaryFile } from './binaryFile';

/** Files by a key of the message's own, which have to be uploaded before it can be sent. */
export type Uploads = Record<string, BinaryFile>;

/** What the uploads gave, by the same keys. */
export type Uploaded = Record<string, { id: string; filename: string }>;

/** Uploads files of the incoming item; with the option 'Dry Run' it only says that it would. */
export async function uploadFiles(
	{ options, session }: Item,
	businessNumberId: string,
	uploads: Uploads,
	use: UploadUse,
): Promise<Uploaded> {
	if (options.dryRun === true) return beforeUpload(uploads);
	const uploaded: Uploaded = {};
	for (const [key, file] of Object.entries(uploads)) {
		const id = await uploadFile(session, businessNumberId, file, use);
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
	session: Session,
	businessNumberId: string,
	file: BinaryFile,
	use: UploadUse,
): Promise<string> {
	const api = await session.api();
	return await api.uploadMedia(businessNumberId, await contentOf(session, file), use);
}

/** As {@link uploadFile}, for what belongs to no message; returns Meta's handle for it. */
export async function uploadForHandle(session: Session, file: BinaryFile): Promise<string> {
	return await session.uploadForHandle(async () => await contentOf(session, file));
}

async function contentOf(
	session: Session,
	{ stored, fileName, mimeType, sizeBytes }: BinaryFile,
): Promise<FileToUpload> {
	const content =
		'id' in stored ? await session.openFile(stored.id) : Buffer.from(stored.base64, 'base64');
	return { fileName, mimeType, sizeBytes, content };
}
