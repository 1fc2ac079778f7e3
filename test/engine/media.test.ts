import { createServer, type Server } from 'http';
import type { AddressInfo } from 'net';

import type { IBinaryData, IDataObject, INodeParameters } from 'n8n-workflow';

import { itemsOf } from './engine';
import { CONTACT, doings, fileItem, MINUTE, NUMBER_ID, send, setClock, useScene } from './scene';

const scene = useScene();

const PHOTO = Buffer.from('\u00ff\u00d8 a photo \u0000\u0001', 'latin1');

const media = (operation: string, parameters: INodeParameters = {}): INodeParameters => ({
	resource: 'media',
	operation,
	...parameters,
});
const photo = () => scene.simulator.addInboundMedia(PHOTO, 'image/jpeg');
const idOf = (node: object) => String((node as IDataObject).id);

describe('media: upload', () => {
	it('gives the ID under which the file can be sent', async () => {
		const { items, error } = await send(scene, media('upload'), {
			items: [fileItem('%PDF-1.7', 'application/pdf', 'bill "7".pdf')],
		});
		expect(error).toBeUndefined();
		expect(items).toEqual([
			{
				mediaId: expect.stringMatching(/^\d+$/),
				type: 'document',
				mimeType: 'application/pdf',
				fileName: 'bill "7".pdf',
				sizeBytes: 8,
			},
		]);
		const stored = scene.simulator.media.get(String(items[0].mediaId));
		expect(stored?.bytes.toString()).toBe('%PDF-1.7');
		expect(doings(scene)).toEqual([`POST /${NUMBER_ID}/media`]);
	});

	it.each([
		['image/png', 'a.png', 'image'],
		['image/webp', 'a.webp', 'sticker'],
		['audio/ogg; codecs=opus', 'a.ogg', 'audio'],
		['video/mp4', 'a.mp4', 'video'],
	])('takes %s for what it is', async (mimeType, name, type) => {
		const { items } = await send(scene, media('upload'), {
			items: [fileItem('content', mimeType, name)],
		});
		expect(items).toMatchObject([{ type }]);
	});

	it.each([
		['an image that is none', { mediaType: 'image' }, /does not take as an image/],
		['a field that is not there', { binaryField: 'photo' }, /'Binary Field' names .* 'photo'/],
	])('refuses %s before anything is sent', async (_what, parameters, text) => {
		const { error } = await send(scene, media('upload', parameters), {
			items: [fileItem('%PDF-1.7', 'application/pdf', 'a.pdf')],
		});
		expect(error?.message).toMatch(text);
		expect(scene.simulator.requests).toEqual([]);
	});
});

describe('binary fields as people have them', () => {
	const PDF = '%PDF-1.7 a bill of many characters, so that its base64 takes more than one line';
	const base64 = Buffer.from(PDF).toString('base64');
	const upload = async (data: unknown) =>
		await send(scene, media('upload'), {
			items: [{ json: {}, binary: { data: data as IBinaryData } }],
		});
	const typed = { mimeType: 'application/pdf', fileName: 'bill.pdf' };

	it.each([
		['with line breaks of 76', base64.replace(/.{76}/g, '$&\r\n')],
		['as a data URL', `data:application/pdf;base64,${base64}`],
	])('base64 %s goes out as the bytes it stands for', async (_what, data) => {
		const { items, error } = await upload({ ...typed, data });
		expect(error).toBeUndefined();
		expect(items).toMatchObject([{ sizeBytes: PDF.length }]);
		expect(scene.simulator.media.get(String(items[0].mediaId))?.bytes.toString()).toBe(PDF);
	});

	it.each<[string, object, RegExp]>([
		['without data', typed, /'Binary Field' names the binary field 'data', which holds no content/],
		['with other data', { ...typed, data: 'Hello!' }, /'Binary Field' .*is not base64/],
		['with a buffer', { ...typed, data: { type: 'Buffer', data: [1] } }, /is not base64/],
		['without a type', { data: 'SGVsbG8=' }, /'Binary Field' holds the file .* unknown type/],
		['with a type that is none', { data: 'SGVsbG8=', mimeType: 7 }, /'Binary Field' holds/],
		['that is null', null as unknown as object, /'Binary Field' names the binary field 'data'/],
		[
			'with a line break in the type',
			{ ...typed, data: base64, mimeType: 'application/pdf\r\nX-Other: 1' },
			/'Binary Field' holds the file 'bill.pdf' of type application\/pdf x-other: 1, which is not/,
		],
	])('%s are refused, naming the field', async (_what, data, message) => {
		const { error } = await upload(data);
		expect(error?.message).toMatch(message);
		expect(error?.description).toBeTruthy();
		expect(scene.simulator.requests).toEqual([]);
	});

	it.each<[object, string, string]>([
		[
			{ mimeType: 'application/octet-stream', fileName: 'invoice.pdf' },
			'application/pdf',
			'invoice.pdf',
		],
		[{ mimeType: 'application/octet-stream' }, 'application/pdf', 'file.pdf'],
		[{ mimeType: 'application/pdf' }, 'application/pdf', 'file.pdf'],
		[{ mimeType: 'application/pdf', fileName: '' }, 'application/pdf', 'file.pdf'],
		[{ mimeType: 'application/pdf', fileExtension: 'PDF' }, 'application/pdf', 'file.PDF'],
		[{ fileName: 'invoice.pdf' }, 'application/pdf', 'invoice.pdf'],
	])('%j is uploaded as %s', async (fields, mimeType, fileName) => {
		const { items, error } = await upload({ data: base64, ...fields });
		expect(error).toBeUndefined();
		expect(items).toMatchObject([{ mimeType, fileName, type: 'document' }]);
	});

	it('a photo without a type is sent as an image', async () => {
		const { items } = await upload({
			mimeType: 'application/octet-stream',
			fileName: 'photo.jpg',
			data: PHOTO.toString('base64'),
		});
		expect(items).toMatchObject([{ type: 'image', mimeType: 'image/jpeg' }]);
	});

	it.each([
		['application/zip', 'a.zip'],
		['text/csv', 'a.csv'],
		['application/octet-stream', 'a'],
	])('%s is refused before the upload', async (mimeType, fileName) => {
		const { error } = await upload({ mimeType, fileName, data: 'SGVsbG8=' });
		expect(error?.message).toContain(`type ${mimeType}, which WhatsApp does not take`);
		expect(scene.simulator.requests).toEqual([]);
	});

	it('what WhatsApp may refuse is told above the output, once', async () => {
		const items = [1, 2, 3].map(() => fileItem('content', 'image/png', 'a.png'));
		const { run } = await send(scene, media('upload', { mediaType: 'document' }), { items });
		const [task] = run.data.resultData.runData.WhatsApp;
		expect(task.hints).toEqual([
			{
				message: expect.stringContaining("'a.png' of type image/png; WhatsApp does not list it"),
				type: 'warning',
				location: 'outputPane',
			},
		]);
	});
});

describe('media: download', () => {
	const download = async (parameters: INodeParameters) =>
		await send(scene, media('download', parameters));
	const fileIn = ({ run }: { run: Parameters<typeof itemsOf>[0] }, field = 'data') => {
		const [{ binary, pairedItem }] = itemsOf(run, 'WhatsApp');
		return { ...binary?.[field], pairedItem };
	};

	it('puts the file into a binary field', async () => {
		const mediaId = idOf(photo());
		const done = await download({ mediaId });
		expect(done.error).toBeUndefined();
		expect(done.items).toEqual([
			{
				mediaId,
				mimeType: 'image/jpeg',
				fileName: `${mediaId}.jpg`,
				sizeBytes: PHOTO.length,
				sha256: expect.any(String),
			},
		]);
		const file = fileIn(done);
		expect(Buffer.from(file.data ?? '', 'base64')).toEqual(PHOTO);
		expect(file).toMatchObject({
			mimeType: 'image/jpeg',
			fileName: `${mediaId}.jpg`,
			fileExtension: 'jpg',
			pairedItem: { item: 0 },
		});
	});

	it('into the field and under the name that were chosen', async () => {
		const done = await download({
			mediaId: idOf(photo()),
			outputField: 'photo',
			options: { fileName: 'cat.jpeg' },
		});
		expect(fileIn(done, 'photo')).toMatchObject({ fileName: 'cat.jpeg', mimeType: 'image/jpeg' });
	});

	it.each([404, 410])(
		'asks for a new address when the old one is gone (%s)',
		async (httpStatus) => {
			scene.simulator.failNext({ path: '/whatsapp_business/attachments', httpStatus, code: 1 });
			const done = await download({ mediaId: idOf(photo()) });
			expect(done.error).toBeUndefined();
			expect(Buffer.from(fileIn(done).data ?? '', 'base64')).toEqual(PHOTO);
			const paths = scene.simulator.requests.map(({ path }) => path.split('/').pop());
			expect(paths).toHaveLength(4);
		},
	);

	it('gives up when the new address is gone too', async () => {
		for (let n = 0; n < 2; n++) {
			scene.simulator.failNext({
				path: '/whatsapp_business/attachments',
				httpStatus: 404,
				code: 1,
			});
		}
		expect((await download({ mediaId: idOf(photo()) })).error).toBeDefined();
		expect(scene.simulator.requests).toHaveLength(4);
	});

	it('says it when WhatsApp keeps the file no longer', async () => {
		const mediaId = idOf(photo());
		setClock(8 * 24 * 60 * MINUTE);
		const { error } = await download({ mediaId });
		expect(error?.description).toContain('100');
		expect(scene.simulator.requests).toHaveLength(1);
	});

	it.each(['={{ "" }}', 'https://example.com/a.jpg', '../12'])(
		"refuses '%s' as an ID before anything is sent",
		async (mediaId) => {
			const { error } = await download({ mediaId });
			expect(error?.message).toContain("'Media ID'");
			expect(scene.simulator.requests).toEqual([]);
		},
	);
});

describe('the access token', () => {
	let elsewhere: Server;
	let visits: number;

	beforeEach(async () => {
		visits = 0;
		elsewhere = createServer((_req, res) => {
			visits++;
			res.end('a file');
		});
		await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
	});

	afterEach(async () => {
		await new Promise((resolve) => elsewhere.close(resolve));
	});

	const address = () => `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/file`;

	it('does not go to another host that an answer names', async () => {
		const mediaId = idOf(photo());
		scene.simulator.settings.mediaUrl = address();
		const { error } = await send(scene, media('download', { mediaId }));
		expect(error?.message).toContain('belongs neither to Meta');
		expect(error?.message).toContain(new URL(address()).host);
		expect(visits).toBe(0);
	});

	it('does not follow a redirection', async () => {
		const mediaId = idOf(photo());
		scene.simulator.settings.mediaRedirect = address();
		const { error } = await send(scene, media('download', { mediaId }));
		expect(error).toBeDefined();
		expect(visits).toBe(0);
	});
});

describe('media: delete', () => {
	it('removes the file', async () => {
		const mediaId = idOf(photo());
		const { items } = await send(scene, media('delete', { mediaId }));
		expect(items).toEqual([{ deleted: true }]);
		expect(scene.simulator.media.get(mediaId)).toBeUndefined();
	});

	it('says it when there is no such file', async () => {
		const { error, items } = await send(scene, media('delete', { mediaId: '123' }));
		expect(items).toEqual([]);
		expect(error?.description).toContain('100');
	});

	it('goes on with the other items when asked to', async () => {
		const known = idOf(photo());
		const { items } = await send(scene, media('delete', { mediaId: '={{ $json.id }}' }), {
			items: ['123', known].map((id) => ({ json: { id, contact: CONTACT } })),
			node: { onError: 'continueRegularOutput' },
		});
		expect(items).toEqual([
			expect.objectContaining({ error: expect.any(String) }),
			{ deleted: true },
		]);
	});
});
