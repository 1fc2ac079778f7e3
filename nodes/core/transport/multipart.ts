import type { BinaryHelperFunctions } from 'n8n-workflow';

/** A file that is read as it is needed. */
export type FileStream = Awaited<ReturnType<BinaryHelperFunctions['getBinaryStream']>>;

/** The bytes around a file in a multipart body; the file itself goes between them, chunk by chunk. */
export interface MultipartFrame {
	head: Buffer;
	tail: Buffer;
	contentType: string;
}

/**
 * Frames one file with some text fields (RFC 7578), so that the file can be streamed.
 *
 * @param boundary must not occur in the file; long and random will do
 */
export function multipartFrame(
	fields: Record<string, string>,
	file: { fileName: string; mimeType: string },
	boundary: string,
): MultipartFrame {
	const part = (disposition: string, ...lines: string[]) =>
		[`--${boundary}`, `Content-Disposition: form-data; ${disposition}`, ...lines].join('\r\n');
	const texts = Object.entries(fields).map(([name, value]) =>
		part(`name="${name}"`, '', `${value}\r\n`),
	);
	const start = part(
		`name="file"; filename="${quoted(file.fileName)}"`,
		`Content-Type: ${file.mimeType}`,
		'',
		'',
	);
	return {
		head: Buffer.from(texts.join('') + start, 'utf8'),
		tail: Buffer.from(`\r\n--${boundary}--\r\n`, 'utf8'),
		contentType: `multipart/form-data; boundary=${boundary}`,
	};
}

/** A body with the length that is announced for it, in bytes. */
export interface MultipartBody {
	body: Buffer | FileStream;
	length: number;
}

/**
 * The whole body: one buffer for a file in memory, a stream for one that is read as it goes out, so
 * that a large file is never held at once.
 *
 * @param sizeBytes of a stream, which ends with a {@link SizeMismatch} when it gives more or less:
 * the other side would wait for the rest
 */
export function multipartBody(
	{ head, tail }: MultipartFrame,
	content: Buffer | FileStream,
	sizeBytes: number,
): MultipartBody {
	if (Buffer.isBuffer(content)) {
		const body = Buffer.concat([head, content, tail]);
		return { body, length: body.length };
	}
	const body = content.compose(async function* (source: AsyncIterable<Buffer>) {
		yield head;
		let given = 0;
		for await (const chunk of source) {
			given += chunk.length;
			if (given > sizeBytes) throw new SizeMismatch(sizeBytes);
			yield chunk;
		}
		if (given < sizeBytes) throw new SizeMismatch(sizeBytes);
		yield tail;
	}) as FileStream;
	return { body, length: head.length + sizeBytes + tail.length };
}

/** A file that is not as long as it was said to be. */
export class SizeMismatch extends Error {
	constructor(readonly sizeBytes: number) {
		super(`The file does not have the ${sizeBytes} bytes that were announced`);
		this.name = 'SizeMismatch';
	}
}

/** As browsers write file names: quotes and line breaks percent-encoded; without other such marks. */
function quoted(fileName: string): string {
	return fileName
		.replace(
			/["\r\n]/g,
			(char) => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
		)
		.replace(/\p{Cc}/gu, '_');
}
