import { InputError } from '../../inputError';
import type { FileToUpload } from '../transport';

import type { InlineFile } from './message';

/** Of a file (Clickatell: Media API). */
const MOST_BYTES = 30 * 1024 * 1024;

/** Files that wait for the message that they go inside, by the IDs that stand in for them. */
export class InlineFiles {
	private readonly files = new Map<string, InlineFile>();
	private count = 0;

	/** @returns the ID that stands in for the file */
	add(content: Buffer, { mimeType, fileName }: FileToUpload): string {
		const id = `inline-${++this.count}`;
		this.files.set(id, { content: content.toString('base64'), mimeType, fileName });
		return id;
	}

	of(id: string): InlineFile | undefined {
		return this.files.get(id);
	}

	drop(id: string): void {
		this.files.delete(id);
	}
}

/**
 * The whole of a file.
 *
 * @throws InputError when it is larger than Clickatell takes
 */
export async function bytesOf({ content, sizeBytes }: FileToUpload): Promise<Buffer> {
	if (sizeBytes > MOST_BYTES) {
		if (!Buffer.isBuffer(content)) content.destroy();
		throw new InputError(
			'Binary Field',
			`The file has ${Math.ceil(sizeBytes / 1024 / 1024)} MB; Clickatell takes 30 MB ('Binary Field').`,
			'Send a smaller file.',
		);
	}
	if (Buffer.isBuffer(content)) return content;
	const chunks: Buffer[] = [];
	for await (const chunk of content) chunks.push(Buffer.from(chunk));
	return Buffer.concat(chunks);
}
