import { Readable } from 'stream';

import { multipartBody, multipartFrame } from '../../../nodes/core/transport/multipart';

const FILE = { fileName: 'bill "7".pdf', mimeType: 'application/pdf' };
const FRAME = multipartFrame({ messaging_product: 'whatsapp' }, FILE, 'b-o-u-n-d');
const CONTENT = Buffer.from([0, 13, 10, 45, 45, 255, 254]);

/** What a server makes of it. */
async function read(body: Buffer): Promise<FormData> {
	const headers = { 'content-type': FRAME.contentType };
	return await new Response(Uint8Array.from(body), { headers }).formData();
}

async function allOf(stream: AsyncIterable<Buffer>): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of stream) chunks.push(chunk);
	return Buffer.concat(chunks);
}

it('frames a file so that servers read it back', async () => {
	const form = await read(multipartBody(FRAME, CONTENT) as Buffer);
	expect(form.get('messaging_product')).toBe('whatsapp');
	const file = form.get('file') as File;
	expect(Buffer.from(await file.arrayBuffer())).toEqual(CONTENT);
	expect(file.type).toBe(FILE.mimeType);
	expect(file.name).toBe(FILE.fileName);
});

it.each([1, 3, 100])('streams the same bytes, in pieces of %d', async (size) => {
	const pieces: Buffer[] = [];
	for (let at = 0; at < CONTENT.length; at += size) pieces.push(CONTENT.subarray(at, at + size));
	const body = multipartBody(FRAME, Readable.from(pieces, { objectMode: false }));
	expect(await allOf(body as Readable)).toEqual(multipartBody(FRAME, CONTENT));
});

it('hands on that the file could not be read', async () => {
	const source = new Readable({
		read() {
			this.destroy(new Error('disk gone'));
		},
	});
	await expect(allOf(multipartBody(FRAME, source) as Readable)).rejects.toThrow('disk gone');
});
