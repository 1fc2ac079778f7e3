import {
	mediaMessage,
	mediaReference,
	type MediaOptions,
	type MediaSource,
} from '../../../nodes/core/messages/media';
import type { MediaKind } from '../../../nodes/core/messages/types';

import { refusal } from './refusal';

const source = { id: '1037543291543636' };

describe('mediaReference', () => {
	it.each<[string, MediaSource, unknown]>([
		['an ID', source, source],
		['an ID with white space around', { id: ' 1037543291543636\n' }, source],
		['an ID as number', { id: 1037543291543636 }, source],
		['an ID of another form', { id: '2d4a-77.x_1' }, { id: '2d4a-77.x_1' }],
		['a link', { link: 'https://example.com/a.png' }, { link: 'https://example.com/a.png' }],
		[
			'a link with white space around',
			{ link: '\thttps://example.com/a.png ' },
			{ link: 'https://example.com/a.png' },
		],
		[
			'a link with spaces and umlauts inside',
			{ link: 'https://example.com/Ihr Gruß.pdf?a=b c' },
			{ link: 'https://example.com/Ihr%20Gru%C3%9F.pdf?a=b%20c' },
		],
		[
			'a signed link, unchanged',
			{ link: 'https://b.s3.example.com/k%20x.pdf?X-Amz-Signature=0a%2Fb&e=3600' },
			{ link: 'https://b.s3.example.com/k%20x.pdf?X-Amz-Signature=0a%2Fb&e=3600' },
		],
	])('takes %s', (_name, given, reference) => {
		expect(mediaReference(given)).toEqual(reference);
	});

	it.each<[string, MediaSource, string, RegExp]>([
		['no ID', { id: '' }, 'Media ID', /is empty/],
		['an undefined ID', { id: undefined }, 'Media ID', /is empty/],
		['an ID that lost digits', { id: 103754329154363600000 }, 'Media ID', /more digits/],
		['a link as ID', { id: 'https://example.com/a.png' }, 'Media ID', /cannot be/],
		['an object as ID', { id: source }, 'Media ID', /is not text/],
		['no link', { link: ' ' }, 'Link', /is empty/],
		['http', { link: 'http://example.com/a.png' }, 'Link', /https:/],
		['another scheme', { link: 'data:image/png;base64,AAAA' }, 'Link', /https:/],
		['no scheme', { link: 'example.com/a.png' }, 'Link', /not a complete web address/],
		['no host', { link: 'https://' }, 'Link', /not a complete web address/],
		['an ID as link', { link: '1037543291543636' }, 'Link', /not a complete web address/],
	])('refuses %s', (_name, given, field, message) => {
		const thrown = refusal(() => mediaReference(given));
		expect(thrown.field).toBe(field);
		expect(thrown.message).toMatch(message);
		expect(thrown.message).toContain(`'${field}'`);
	});
});

describe('mediaMessage', () => {
	it.each<[MediaKind, MediaOptions | undefined, object]>([
		['image', undefined, {}],
		['image', { caption: '' }, {}],
		['image', { caption: ' \n', fileName: '' }, {}],
		['image', { caption: 'A' }, { caption: 'A' }],
		['video', { caption: 'x'.repeat(1024) }, { caption: 'x'.repeat(1024) }],
		['audio', {}, {}],
		['audio', { caption: '', fileName: undefined }, {}],
		[
			'document',
			{ caption: 'Bill', fileName: 'bill.pdf' },
			{ caption: 'Bill', filename: 'bill.pdf' },
		],
		['sticker', {}, {}],
		['audio', { voice: true }, { voice: true }],
		['audio', { voice: false }, {}],
		['image', { voice: false }, {}],
	])('builds %s with %j', (kind, options, extra) => {
		expect(mediaMessage(kind, source, options)).toEqual({
			type: kind,
			[kind]: { ...source, ...extra },
		});
	});

	it.each<[MediaKind, MediaOptions, string, RegExp]>([
		['image', { caption: 'x'.repeat(1025) }, 'Caption', /1025 characters.* 1024/],
		['video', { caption: '😀'.repeat(1025) }, 'Caption', /1025 characters/],
		['document', { caption: {} }, 'Caption', /is not text/],
		['document', { fileName: 'x'.repeat(256) }, 'File Name', /256 characters/],
		['audio', { caption: 'A' }, 'Caption', /type audio/],
		['sticker', { caption: 'A' }, 'Caption', /type sticker/],
		['image', { fileName: 'a.png' }, 'File Name', /type image/],
		['video', { fileName: 'a.mp4' }, 'File Name', /type video/],
		['video', { voice: true }, 'Voice Message', /type video/],
	])('refuses %s with %j', (kind, options, field, message) => {
		const thrown = refusal(() => mediaMessage(kind, source, options));
		expect(thrown.field).toBe(field);
		expect(thrown.message).toMatch(message);
		expect(thrown.message).toContain(`'${field}'`);
	});
});
