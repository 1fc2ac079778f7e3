import { Readable } from 'stream';

import {
	multipartBody,
	multipartFrame,
	SizeMismatch,
} from '../../../nodes/core/transport/multipart';

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

/** What goes out for a file in memory. */
const WHOLE = multipartBody(FRAME, CONTENT, CONTENT.length);

it('frames a file so that servers read it back', async () => {
	const form = await read(WHOLE.body as Buffer);
	expect(form.get('messaging_product')).toBe('whatsapp');
	const file = form.get('file') as File;
	expect(Buffer.from(await file.arrayBuffer())).toEqual(CONTENT);
	expect(file.type).toBe(FILE.mimeType);
	expect(file.name).toBe(FILE.fileName);
});

it.each([0, 5, 70])('announces what a buffer has, whatever else was said: %d', (said) => {
	const { body, length } = multipartBody(FRAME, CONTENT, said);
	expect(length).toBe((body as Buffer).length);
});

it('keeps control characters of a file name out of the head', () => {
	const fileName = 'a\r\nX-Other: 1\u0000\u0007"é\ud800.pdf';
	const { head } = multipartFrame({}, { ...FILE, fileName }, 'b');
	expect(head.toString()).toContain('filename="a%0D%0AX-Other: 1__%22é\ufffd.pdf"\r\n');
});

const inPieces = (size: number) => {
	const pieces: Buffer[] = [];
	for (let at = 0; at < CONTENT.length; at += size) pieces.push(CONTENT.subarray(at, at + size));
	return Readable.from(pieces, { objectMode: false });
};

it.each([1, 3, 100])('streams the same bytes, in pieces of %d', async (size) => {
	const { body, length } = multipartBody(FRAME, inPieces(size), CONTENT.length);
	const sent = await allOf(body as Readable);
	expect(sent).toEqual(WHOLE.body);
	expect(length).toBe(sent.length);
});

it.each([CONTENT.length - 1, CONTENT.length + 1, 0])(
	'gives up when a stream has other than the %d bytes that were announced',
	async (sizeBytes) => {
		const { body } = multipartBody(FRAME, inPieces(3), sizeBytes);
		await expect(allOf(body as Readable)).rejects.toThrow(SizeMismatch);
	},
);

it('hands on that the file could not be read', async () => {
	const source = new Readable({
		read() {
			this.destroy(new Error('disk gone'));
		},
	});
	const { body } = multipartBody(FRAME, source, 7);
	await expect(allOf(body as Readable)).rejects.toThrow('disk gone');
});
