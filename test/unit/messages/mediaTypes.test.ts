import { checkMediaFile, checkVoiceFile } from '../../../nodes/core/messages/mediaTypes';
import type { MediaKind } from '../../../nodes/core/messages/types';

import { refusal } from './refusal';

const KB = 1024;
const MB = 1024 * KB;
const OFFICE = 'application/vnd.openxmlformats-officedocument';
const field = 'Input Data Field Name';

describe('checkMediaFile: types', () => {
	it.each<[MediaKind, string[]]>([
		['image', ['image/jpeg', 'image/png']],
		['video', ['video/mp4', 'video/3gpp']],
		['audio', ['audio/aac', 'audio/amr', 'audio/mpeg', 'audio/mp4', 'audio/ogg']],
		['sticker', ['image/webp']],
		[
			'document',
			[
				'text/plain',
				'application/pdf',
				'application/msword',
				'application/vnd.ms-excel',
				'application/vnd.ms-powerpoint',
				`${OFFICE}.wordprocessingml.document`,
				`${OFFICE}.spreadsheetml.sheet`,
				`${OFFICE}.presentationml.presentation`,
			],
		],
	])('takes as %s what Meta lists', (kind, mimeTypes) => {
		for (const mimeType of mimeTypes) {
			expect(checkMediaFile(kind, { mimeType, sizeBytes: 1 }, field)).toEqual({ mimeType });
		}
	});

	it.each<[MediaKind, string, string]>([
		['audio', 'audio/ogg; codecs=opus', 'audio/ogg'],
		['audio', 'audio/ogg;codecs="opus"', 'audio/ogg'],
		['document', 'text/plain; charset=utf-8', 'text/plain'],
		['image', ' IMAGE/PNG ', 'image/png'],
		['image', 'image/jpg', 'image/jpeg'],
		['audio', 'audio/x-m4a', 'audio/mp4'],
		['audio', 'audio/m4a', 'audio/mp4'],
		['audio', 'audio/mp3', 'audio/mpeg'],
		['audio', 'audio/x-aac', 'audio/aac'],
		['audio', 'audio/opus', 'audio/ogg'],
	])('names the type of %s %j as Meta does', (kind, given, mimeType) => {
		expect(checkMediaFile(kind, { mimeType: given, sizeBytes: 1 }, field)).toEqual({ mimeType });
	});

	it.each<[MediaKind, string]>([
		['image', 'image/webp'],
		['image', 'image/gif'],
		['image', 'image/svg+xml'],
		['image', 'application/pdf'],
		['video', 'video/quicktime'],
		['video', 'video/webm'],
		['audio', 'audio/wav'],
		['audio', 'video/mp4'],
		['sticker', 'image/png'],
	])('refuses as %s: %s', (kind, mimeType) => {
		const file = { mimeType, sizeBytes: 1, fileName: 'x.bin' };
		const thrown = refusal(() => checkMediaFile(kind, file, field));
		expect(thrown.field).toBe(field);
		expect(thrown.message).toContain(`'${field}' holds the file 'x.bin' of type ${mimeType}`);
		expect(thrown.hint).toMatch(/^Use one of \w+\/\w+/);
	});

	it.each<MediaKind>(['image', 'document'])('refuses a file of unknown type as %s', (kind) => {
		for (const mimeType of ['', 'application/octet-stream']) {
			const thrown = refusal(() => checkMediaFile(kind, { mimeType, sizeBytes: 1 }, field));
			expect(thrown.message).toContain(mimeType || 'unknown type');
			expect(thrown.hint).toContain("'mimeType'");
		}
	});

	it.each(['image/png', 'video/mp4', 'audio/ogg'])(
		'only warns of a document of type %s',
		(mimeType) => {
			const checked = checkMediaFile('document', { mimeType, sizeBytes: 1, fileName: 'a' }, field);
			expect(checked.mimeType).toBe(mimeType);
			expect(checked.warning).toBe(
				`'${field}' holds the file 'a' of type ${mimeType}; WhatsApp does not list it as a document and may refuse it.`,
			);
		},
	);

	it.each([
		['text/csv', /text\/plain/],
		['application/zip', /send a link to the file in a text/],
		['image/gif', /send a link to the file in a text/],
	])('refuses a document of type %s, which cannot be uploaded at all', (mimeType, hint) => {
		const file = { mimeType, sizeBytes: 1, fileName: 'a' };
		const thrown = refusal(() => checkMediaFile('document', file, field));
		expect(thrown.message).toBe(
			`'${field}' holds the file 'a' of type ${mimeType}, which WhatsApp does not take.`,
		);
		expect(thrown.hint).toMatch(hint);
	});

	it('advises to send as a document only what can be sent as one', () => {
		const hintFor = (mimeType: string) =>
			refusal(() => checkMediaFile('image', { mimeType, sizeBytes: 1 }, field)).hint;
		expect(hintFor('video/mp4')).toContain('send the file as a document');
		expect(hintFor('image/gif')).not.toContain('as a document');
	});

	it.each([
		'application/pdf\r\nX-Other: 1',
		'application/pdf;name="a\r\nb"',
		'image/png\n',
		'pdf',
		'application/p df',
		'application/"pdf"',
	])('refuses the type %j, which is no name of one', (mimeType) => {
		for (const kind of ['document', 'image'] as const) {
			const thrown = refusal(() => checkMediaFile(kind, { mimeType, sizeBytes: 1 }, field));
			expect(thrown.message).toContain('is not the name of a type');
			expect(thrown.message).not.toMatch(/\p{Cc}/u);
		}
	});
});

describe('checkMediaFile: sizes', () => {
	const cases: Array<[MediaKind, string, number, string]> = [
		['image', 'image/png', 5 * MB, '5 MB'],
		['video', 'video/mp4', 16 * MB, '16 MB'],
		['audio', 'audio/mpeg', 16 * MB, '16 MB'],
		['document', 'application/pdf', 100 * MB, '100 MB'],
		['document', 'image/png', 100 * MB, '100 MB'],
		['sticker', 'image/webp', 500 * KB, '500 KB'],
	];

	it.each(cases)('takes %s (%s) up to the limit', (kind, mimeType, sizeBytes) => {
		expect(checkMediaFile(kind, { mimeType, sizeBytes }, field).mimeType).toBe(mimeType);
	});

	it.each(cases)('refuses %s (%s) one byte above', (kind, mimeType, limit, name) => {
		const file = { mimeType, sizeBytes: limit + 1, fileName: 'f' };
		const thrown = refusal(() => checkMediaFile(kind, file, field));
		expect(thrown.field).toBe(field);
		expect(thrown.message).toContain(`takes at most ${name}.`);
		expect(thrown.message).not.toContain(`of ${name};`);
	});

	it.each<[number, boolean]>([
		[100 * KB, false],
		[100 * KB + 1, true],
	])('warns of a sticker that must be animated: %i bytes, %s', (sizeBytes, warned) => {
		const { warning } = checkMediaFile('sticker', { mimeType: 'image/webp', sizeBytes }, field);
		expect(warning !== undefined).toBe(warned);
	});

	it.each<MediaKind>(['image', 'document'])('refuses an empty %s', (kind) => {
		const file = { mimeType: 'image/png', sizeBytes: 0 };
		expect(refusal(() => checkMediaFile(kind, file, field)).message).toContain('without content');
	});
});

describe('checkVoiceFile', () => {
	it.each([
		['audio/ogg; codecs=opus', 1, undefined],
		['audio/opus', 512 * KB, undefined],
		['audio/ogg', 512 * KB + 1, /holds a voice message of 512\.1 KB; above 512 KB/],
	])('takes %s of %i bytes', (mimeType, sizeBytes, warning) => {
		const checked = checkVoiceFile({ mimeType, sizeBytes }, field);
		expect(checked.mimeType).toBe('audio/ogg');
		if (warning) expect(checked.warning).toMatch(warning);
		else expect(checked.warning).toBeUndefined();
	});

	it.each<[string, number, RegExp]>([
		['audio/mpeg', 1, /type audio\/mpeg; a voice message must be of type audio\/ogg/],
		['video/mp4', 1, /does not take as audio/],
		['audio/ogg', 16 * MB + 1, /at most 16 MB/],
		['audio/ogg', 0, /without content/],
	])('refuses %s of %i bytes', (mimeType, sizeBytes, message) => {
		const thrown = refusal(() => checkVoiceFile({ mimeType, sizeBytes }, field));
		expect(thrown.field).toBe(field);
		expect(thrown.message).toMatch(message);
	});
});
