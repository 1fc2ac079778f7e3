import { createServer, type Server } from 'http';
import type { AddressInfo } from 'net';
import { Readable } from 'stream';

import { Container } from '@n8n/di';
import { BinaryDataService } from 'n8n-core';

import { send, useScene } from './scene';

const scene = useScene();

const MB = 1024 * 1024;
const SIZE = 60 * MB;
const CHUNK = Buffer.alloc(64 * 1024, 'x');

/** Takes uploads and forgets them. */
let server: Server;
let received: number;
let contentLength: number;

/** n8n's storage for files, with one large file that nobody has written anywhere. */
let read: number;
let mostAhead: number;

beforeEach(async () => {
	received = read = mostAhead = 0;
	server = createServer((req, res) => {
		contentLength = Number(req.headers['content-length']);
		req.on('data', (chunk: Buffer) => (received += chunk.length));
		req.on('end', () => res.setHeader('content-type', 'application/json').end('{"id":"77"}'));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	scene.engine.credential.baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

	const storage = {
		getMetadata: async () => ({ fileSize: SIZE, mimeType: 'application/pdf' }),
		getAsStream: async () => Readable.from(chunks()),
		getAsBuffer: () => {
			throw new Error('The file was asked for as a whole');
		},
	};
	Container.get(BinaryDataService).setManager('s3', storage as never);
});

afterEach(async () => {
	await new Promise((resolve) => server.close(resolve));
});

function* chunks() {
	for (; read < SIZE; read += CHUNK.length) {
		mostAhead = Math.max(mostAhead, read - received);
		yield Buffer.from(CHUNK);
	}
}

it('uploads a large file while it is read, without holding it', async () => {
	const mimeType = 'application/pdf';
	const binary = { data: { id: 's3:1', data: 's3', mimeType, fileName: 'large.pdf' } };
	const before = process.memoryUsage().rss;
	let peak = 0;
	const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 5);
	const { items, error } = await send(
		scene,
		{ resource: 'media', operation: 'upload' },
		{ items: [{ json: {}, binary }] },
	);
	clearInterval(watch);

	expect(error).toBeUndefined();
	expect(items).toMatchObject([{ mediaId: '77', sizeBytes: SIZE }]);
	expect(received).toBe(contentLength);
	expect(received).toBeGreaterThan(SIZE);
	// What lies between the storage and the network: the buffers of streams and sockets.
	expect(mostAhead).toBeLessThan(16 * MB);
	expect(peak - before).toBeLessThan(2 * SIZE);
});

it('stops reading when the upload is refused', async () => {
	server.removeAllListeners('request');
	server.on('request', (_req, res) => {
		res.writeHead(400, { connection: 'close', 'content-type': 'application/json' });
		res.end('{"error":{"code":131053,"message":"Media upload error"}}');
	});
	const binary = {
		data: { id: 's3:1', data: 's3', mimeType: 'application/pdf', fileName: 'large.pdf' },
	};
	const { error } = await send(
		scene,
		{ resource: 'media', operation: 'upload' },
		{ items: [{ json: {}, binary }] },
	);
	expect(error?.description).toContain('131053');
	expect(read).toBeLessThan(SIZE);
});

it('does not wait for bytes that the storage announced and does not have', async () => {
	const storage = {
		getMetadata: async () => ({ fileSize: SIZE + 1, mimeType: 'application/pdf' }),
		getAsStream: async () => Readable.from([CHUNK], { objectMode: false }),
	};
	Container.get(BinaryDataService).setManager('s3', storage as never);
	const binary = {
		data: { id: 's3:1', data: 's3', mimeType: 'application/pdf', fileName: 'large.pdf' },
	};
	const { error } = await send(
		scene,
		{ resource: 'media', operation: 'upload' },
		{ items: [{ json: {}, binary }] },
	);
	expect(error?.message).toContain("'large.pdf' has not as many bytes");
});

it('tells the type of a file in the storage by its first bytes, and names a file that is gone', async () => {
	const content = Buffer.from('%PDF-1.7');
	const storage = {
		getMetadata: async () => ({ fileSize: content.length }),
		getAsStream: async () => Readable.from([content], { objectMode: false }),
	};
	Container.get(BinaryDataService).setManager('s3', storage as never);
	const upload = async () =>
		await send(
			scene,
			{ resource: 'media', operation: 'upload' },
			{
				items: [
					{
						json: {},
						binary: { data: { id: 's3:1', data: 's3', mimeType: 'application/octet-stream' } },
					},
				],
			},
		);
	expect((await upload()).items).toMatchObject([
		{ mimeType: 'application/pdf', fileName: 'file.pdf', sizeBytes: 8 },
	]);
	storage.getMetadata = async () => await Promise.reject(new Error('no such file'));
	expect((await upload()).error?.message).toMatch(/'Binary Field'.*\(no such file\)/);
});
