import { randomBytes } from 'crypto';

import type { IHttpRequestOptions } from 'n8n-workflow';

import { InputError } from '../inputError';

import { multipartBody, multipartFrame, SizeMismatch } from './multipart';
import type { FileToUpload } from './transport';

/**
 * Uploads a file as a multipart form; a stream is read as it goes out, and is closed at the end.
 *
 * @param fields go before the file
 * @param post sends the form
 * @returns what `post` returns
 * @throws InputError for a file that is not as long as n8n's storage says, and what `post` throws
 */
export async function uploadFile<T>(
	file: FileToUpload,
	fields: Record<string, string>,
	post: (form: Pick<IHttpRequestOptions, 'body' | 'headers'>) => Promise<T>,
): Promise<T> {
	const { content, sizeBytes } = file;
	const boundary = `----${randomBytes(24).toString('hex')}`;
	const frame = multipartFrame(fields, file, boundary);
	const { body, length } = multipartBody(frame, content, sizeBytes);
	try {
		const headers = { 'content-type': frame.contentType, 'content-length': length };
		return await post({ body, headers });
	} catch (error) {
		const isMismatch = !Buffer.isBuffer(body) && body.errored instanceof SizeMismatch;
		throw isMismatch ? otherSize(file) : error;
	} finally {
		// A refusal may come before the whole file was read.
		for (const stream of [body, content]) if (!Buffer.isBuffer(stream)) stream.destroy();
	}
}

/** What is thrown for a file in n8n's storage that is not as long as the storage says. */
function otherSize({ fileName, sizeBytes }: FileToUpload): InputError {
	return new InputError(
		'Binary Field',
		`The file '${fileName}' has not as many bytes as n8n's storage says (${sizeBytes}), so it was not sent ('Binary Field').`,
		'Make the file anew: run the workflow from the node that outputs it.',
	);
}
