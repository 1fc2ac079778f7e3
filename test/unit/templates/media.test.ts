import { mediaReferenceOf, type KnownFiles } from '../../../nodes/core/templates/mediaReference';

import { mediaOf } from './readings';
import { bill, billValues, body, template } from './samples';

describe('mediaReferenceOf', () => {
	it.each([
		['https://shop.example/a.pdf', { kind: 'link', link: 'https://shop.example/a.pdf' }],
		[' HTTPS://shop.example/a.pdf ', { kind: 'link', link: 'https://shop.example/a.pdf' }],
		[
			'https://shop.example/Bill 7.pdf?a=%20',
			{ kind: 'link', link: 'https://shop.example/Bill%207.pdf?a=%20' },
		],
		['1602186516975000', { kind: 'id', id: '1602186516975000' }],
		[1602186516975000, { kind: 'id', id: '1602186516975000' }],
		['data', { kind: 'binary', field: 'data' }],
		['attachment_0', { kind: 'binary', field: 'attachment_0' }],
		['invoice.pdf', { kind: 'binary', field: 'invoice.pdf' }],
	])('%p', (value, reference) => {
		expect(mediaReferenceOf(value)).toEqual(reference);
	});

	const uuid = '24f5e0b1-7a3c-4d7e-9f10-0c1d2e3f4a5b';
	const known = (idsHaveLetters: boolean) => ({ fields: ['data', '12', 'f7a'], idsHaveLetters });

	it.each<[string, string, KnownFiles | undefined]>([
		['id', uuid, undefined],
		['id', 'a1b2c3d4e5f6a7b8c9d0e1f2', undefined],
		['id', uuid, known(false)],
		['id', 'gs-4f9c21.b', known(true)],
		['binary', 'gs-4f9c21.b', known(false)],
		['binary', '12', known(false)],
		['binary', 'f7a', known(true)],
		['id', '13', known(true)],
		['binary', 'attachment_0', known(true)],
		['binary', 'data2', known(true)],
		['binary', 'bill-2026.pdf', known(true)],
		['binary', 'invoice', known(true)],
	])('takes for a media ID or a field (%s): %s', (kind, value, files) => {
		expect(mediaReferenceOf(value, 'File', files).kind).toBe(kind);
	});

	it.each([
		'http://shop.example/a.pdf',
		'https://',
		'https:///a.pdf',
		'https://shop example/a.pdf',
		'ftp://shop.example/a.pdf',
		'data:application/pdf;base64,AAAA',
		'shop.example/a.pdf',
		'/files/a.pdf',
	])('refuses %s', (value) => {
		expect(() => mediaReferenceOf(value, 'Header Image')).toThrow(
			expect.objectContaining({
				name: 'InputError',
				field: 'Header Image',
				message: `'Header Image' holds '${value}', which WhatsApp cannot fetch.`,
				hint: expect.stringContaining('https://'),
			}),
		);
	});

	it('shows the beginning of a long value only', () => {
		expect(() => mediaReferenceOf(`data:image/png;base64,${'A'.repeat(500)}`)).toThrow(
			/^'Header Media' holds 'data:image\/png;base64,A{37}…', which/,
		);
	});

	it.each(['', '  ', undefined, null, { data: 1 }])('refuses %p', (value) => {
		expect(() => mediaReferenceOf(value)).toThrow("'Header Media' names no file.");
	});
});

describe('mediaOf', () => {
	it('lists the files to upload', () => {
		expect(mediaOf(bill, billValues)).toEqual([
			{
				id: 'header:media',
				label: 'Document',
				kind: 'document',
				reference: { kind: 'binary', field: 'data' },
			},
		]);
	});

	it('is empty for a template without files', () => {
		expect(mediaOf(template([body('Hi {{1}}')]), { 'body:1': 'x' })).toEqual([]);
	});

	it('checks all values, so that nothing is uploaded in vain', () => {
		expect(() => mediaOf(bill, { ...billValues, 'body:amount': '' })).toThrow('amount');
	});
});
