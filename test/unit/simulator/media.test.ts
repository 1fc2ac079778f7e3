import { createHash } from 'crypto';

import axios from 'axios';

import { CUSTOMER, NUMBER, startScene, TOKEN, type Scene } from './setup';

let scene: Scene;
beforeEach(async () => {
	scene = await startScene();
	await scene.sim.writes({ from: CUSTOMER, text: 'Hello' });
});
afterEach(() => scene.stop());

const bytes = Buffer.from([0, 13, 10, 45, 45, 255, 128, 10, 0]);
const upload = async (
	type = 'application/pdf',
	content: Buffer = bytes,
	fields: object = { messaging_product: 'whatsapp' },
) => {
	const form = new FormData();
	for (const [name, value] of Object.entries(fields)) form.append(name, value);
	form.append('file', new Blob([Uint8Array.from(content)], { type }), 'Übersicht 1.pdf');
	const { status, data } = await scene.api.post(`/${NUMBER}/media`, form);
	return { status, id: data.id as string, error: data.error };
};
const download = (url: string, token = TOKEN) =>
	axios.get(url, {
		headers: { Authorization: `Bearer ${token}` },
		responseType: 'arraybuffer',
		maxRedirects: 0,
		validateStatus: () => true,
	});

describe('uploads', () => {
	it('give an ID of digits; the file comes back byte by byte', async () => {
		const { id } = await upload();
		expect(id).toMatch(/^\d{1,32}$/);
		const { data } = await scene.api.get(`/${id}`);
		expect(data).toEqual({
			messaging_product: 'whatsapp',
			id,
			url: expect.stringContaining(scene.sim.url),
			mime_type: 'application/pdf',
			sha256: createHash('sha256').update(bytes).digest('base64'),
			file_size: bytes.length,
		});
		const file = await download(data.url);
		expect(file.headers['content-type']).toBe('application/pdf');
		expect(Buffer.from(file.data).equals(bytes)).toBe(true);
		expect(scene.sim.media.get(id)).toMatchObject({
			mimeType: 'application/pdf',
			fileName: 'Übersicht 1.pdf',
			businessNumberId: NUMBER,
		});
	});

	it('are written down without the bytes', async () => {
		await upload();
		expect(scene.sim.requests.slice(-1)[0].body).toEqual({
			messaging_product: 'whatsapp',
			file: { name: 'Übersicht 1.pdf', type: 'application/pdf', size: bytes.length },
		});
	});

	it('are read as other clients write them', async () => {
		const lines = [
			'--sep',
			'Content-Disposition: form-data; name="messaging_product"',
			'',
			'whatsapp',
			'--sep',
			'Content-Disposition: form-data; name="file"; filename="a.ogg"',
			'Content-Type: audio/ogg; codecs=opus',
			'',
			'sound\r\n--\r\n',
			'--sep--',
			'',
		];
		const { data } = await scene.api.post(`/${NUMBER}/media`, lines.join('\r\n'), {
			headers: { 'Content-Type': 'multipart/form-data; boundary=sep' },
		});
		expect(scene.sim.media.get(data.id)).toMatchObject({
			mimeType: 'audio/ogg',
			bytes: Buffer.from('sound\r\n--\r\n'),
		});
	});

	it.each<[string, string, Buffer, object | undefined, number]>([
		['an unknown type', 'application/octet-stream', bytes, undefined, 100],
		['a gif', 'image/gif', bytes, undefined, 100],
		['an image above 5 MB', 'image/png', Buffer.alloc(5 * 1024 * 1024 + 1), undefined, 131053],
		['a sticker above 500 KB', 'image/webp', Buffer.alloc(500 * 1024 + 1), undefined, 131053],
		['nothing in the file', 'image/png', Buffer.alloc(0), undefined, 100],
		['no product', 'image/png', bytes, {}, 100],
	])('are refused: %s', async (_, type, content, fields, code) => {
		const { status, error } = await upload(type, content, fields);
		expect([status, error.code]).toEqual([400, code]);
	});

	it('name the type that they refuse', async () => {
		const { error } = await upload('image/gif');
		expect(error.message).toMatch(/Received file of type 'image\/gif'/);
	});

	it.each([
		['no form', '{}', 'application/json'],
		['a broken form', 'no boundary', 'multipart/form-data; boundary=sep'],
	])('are refused: %s', async (_, body, type) => {
		const { status, data } = await scene.api.post(`/${NUMBER}/media`, body, {
			headers: { 'Content-Type': type },
		});
		expect([status, data.error.code]).toEqual([400, 100]);
	});
});

describe('addresses', () => {
	it('need the token, are good for 5 minutes, and cannot be guessed', async () => {
		const { id } = await upload();
		const { url } = (await scene.api.get(`/${id}`)).data;
		expect((await download(url, 'other')).status).toBe(401);
		const guessed = url.replace(
			/hash=(.)/,
			(_all: string, first: string) => `hash=${first === '_' ? '-' : '_'}`,
		);
		expect((await download(guessed)).status).toBe(404);
		scene.clock.forward(299);
		expect((await download(url)).status).toBe(200);
		scene.clock.forward(2);
		expect((await download(url)).status).toBe(404);
		expect((await download((await scene.api.get(`/${id}`)).data.url)).status).toBe(200);
	});
});

describe('the life of a file', () => {
	const days = (count: number) => count * 24 * 3600;

	it.each([
		['uploaded: 30 days', async () => (await upload()).id, 30],
		[
			'from a contact: 7 days',
			async () => String(scene.sim.addInboundMedia(bytes, 'image/png').id),
			7,
		],
	])('%s', async (_, make, limit) => {
		const id = await make();
		scene.clock.forward(days(limit) - 1);
		expect((await scene.api.get(`/${id}`)).status).toBe(200);
		scene.clock.forward(1);
		const { status, data } = await scene.api.get(`/${id}`);
		expect(status).toBe(400);
		expect(data.error).toMatchObject({ code: 100, error_subcode: 33 });
	});

	it('belongs to the number that uploaded it', async () => {
		const { id } = await upload();
		const other = scene.sim.addBusinessNumber();
		expect((await scene.api.get(`/${id}?phone_number_id=${NUMBER}`)).status).toBe(200);
		expect((await scene.api.get(`/${id}?phone_number_id=${other.id}`)).status).toBe(400);
		expect((await scene.api.delete(`/${id}?phone_number_id=${other.id}`)).status).toBe(400);
		const { data } = await scene.api.post(`/${other.id}/messages`, {
			messaging_product: 'whatsapp',
			to: `+${CUSTOMER}`,
			type: 'document',
			document: { id },
		});
		expect(data.error.code).toBe(100);
	});

	it('ends when it is deleted', async () => {
		const { id } = await upload();
		expect((await scene.api.delete(`/${id}`)).data).toEqual({ success: true });
		expect((await scene.api.get(`/${id}`)).status).toBe(400);
		expect((await scene.api.delete(`/${id}`)).data.error.error_subcode).toBe(33);
	});
});

describe('messages with files', () => {
	it('go out with an uploaded file', async () => {
		const { id } = await upload();
		const { status } = await scene.send({ type: 'document', document: { id, filename: 'a.pdf' } });
		expect(status).toBe(200);
		await scene.sim.settled();
		expect(scene.sim.sent[0].statuses).toHaveLength(2);
	});

	it('fail later with 131053 when the file is of another kind', async () => {
		const { id } = await upload();
		expect((await scene.send({ type: 'image', image: { id } })).status).toBe(200);
		await scene.sim.settled();
		expect(scene.sim.sent[0].statuses).toMatchObject([
			{ status: 'failed', errors: [{ code: 131053 }] },
		]);
	});

	it('come in with an ID and an address from which the file can be fetched', async () => {
		const image = scene.sim.addInboundMedia(bytes, 'image/png', 'ignored.png');
		await scene.sim.writes({ from: CUSTOMER, message: { type: 'image', image } });
		const document = scene.sim.addInboundMedia(bytes, 'application/pdf', 'plan.pdf');
		expect(document.filename).toBe('plan.pdf');
		const { messages } = scene.callback.values()[1];
		const node = (messages as Array<{ image: { id: string; url: string } }>)[0].image;
		expect(Object.keys(node).sort()).toEqual(['id', 'mime_type', 'sha256', 'url']);
		expect(Buffer.from((await download(node.url)).data).equals(bytes)).toBe(true);
		expect((await scene.api.get(`/${node.id}?phone_number_id=${NUMBER}`)).status).toBe(200);
	});
});
