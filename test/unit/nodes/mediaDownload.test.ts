import { Readable } from 'stream';

import type { IExecuteFunctions } from 'n8n-workflow';

import type { CloudApi } from '../../../nodes/core/transport/cloudApi';
import { downloadFile } from '../../../nodes/shared/mediaDownload';

const INFO = { id: '7', url: 'https://lookaside.fbsbx.com/1', sha256: '', sizeBytes: 3 };

/** Downloads with a storage that takes the whole stream. */
async function download(
	content: Readable,
	{ mimeType = 'image/jpeg', fileName = '', store = async () => undefined as unknown } = {},
) {
	const api = { downloadMedia: async () => ({ ...INFO, mimeType, content }) };
	const prepareBinaryData = async (stream: Readable, name: string, type: string) => {
		await store();
		const chunks: Buffer[] = [];
		for await (const chunk of stream) chunks.push(chunk as Buffer);
		return { data: Buffer.concat(chunks).toString(), fileName: name, mimeType: type };
	};
	const context = { helpers: { prepareBinaryData } } as unknown as IExecuteFunctions;
	return await downloadFile(context, api as unknown as CloudApi, '7', fileName);
}

const content = () => Readable.from([Buffer.from('abc')]);

it.each([
	['image/jpeg', '', '7.jpg', 'image/jpeg'],
	['audio/ogg; codecs=opus', '', '7.ogg', 'audio/ogg'],
	['application/pdf', 'bill.pdf', 'bill.pdf', 'application/pdf'],
	['application/pdf', 'bill of May', 'bill of May.pdf', 'application/pdf'],
	['audio/ogg; codecs=opus', 'note.opus', 'note.ogg', 'audio/ogg'],
	['audio/mpeg', 'song.mp3', 'song.mp3', 'audio/mpeg'],
	['application/octet-stream', 'backup', 'backup', 'application/octet-stream'],
])("stores a file of type '%s' and name '%s' as %s", async (mimeType, fileName, name, type) => {
	const { binary } = await download(content(), { mimeType, fileName });
	expect(binary).toEqual({ data: 'abc', fileName: name, mimeType: type });
});

it('says that the connection broke, and that it may be tried again', async () => {
	const broken = new Readable({
		read() {
			this.destroy(new Error('aborted'));
		},
	});
	await expect(download(broken)).rejects.toMatchObject({
		refusal: { kind: 'temporary', retry: 'safe', details: 'aborted' },
	});
});

it('does not put it on WhatsApp when the file cannot be stored', async () => {
	const store = async () => await Promise.reject(new Error('no space left on device'));
	const stream = content();
	await expect(download(stream, { store })).rejects.toThrow('no space left on device');
	expect(stream.destroyed).toBe(true);
});
