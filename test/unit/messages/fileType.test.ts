import { saysNothing, typeByContent, typeOfFile } from '../../../nodes/core/messages/fileType';

const OFFICE = 'application/vnd.openxmlformats-officedocument';
const bytes = (text: string) => Buffer.from(text, 'latin1');
const ZIP = bytes('PK\x03\x04\x14\0');
const COMPOUND = bytes('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1');

it.each([
	['%PDF-1.7', 'application/pdf'],
	['\xff\xd8\xff\xe0\0\x10JFIF', 'image/jpeg'],
	['\x89PNG\r\n\x1a\n\0', 'image/png'],
	['GIF89a', 'image/gif'],
	['RIFF\0\0\0\0WEBPVP8 ', 'image/webp'],
	['RIFF\0\0\0\0WAVEfmt ', 'audio/wav'],
	['OggS\0', 'audio/ogg'],
	['#!AMR\n', 'audio/amr'],
	['ID3\x04', 'audio/mpeg'],
	['\xff\xfb\x90', 'audio/mpeg'],
	['\xff\xf1P', 'audio/aac'],
	['\0\0\0\x20ftypisom', 'video/mp4'],
	['\0\0\0\x20ftypmp42', 'video/mp4'],
	['\0\0\0\x20ftypM4A ', 'audio/mp4'],
	['\0\0\0\x20ftyp3gp5', 'video/3gpp'],
	['\0\0\0\x14ftypqt  ', 'video/quicktime'],
	['\0\0\0\x18ftypheic', 'image/heic'],
	['\n<!DOCTYPE html><html>', 'text/html'],
	['Hello', undefined],
	['', undefined],
])('%j begins a file of type %s', (head, type) => {
	expect(typeByContent(bytes(head))).toBe(type);
});

it.each<[string, Buffer, string | undefined]>([
	['invoice.pdf', bytes('content'), 'application/pdf'],
	['photo.jpg', bytes('\x89PNG\r\n\x1a\n'), 'image/png'],
	['', bytes('%PDF-1.4'), 'application/pdf'],
	['', bytes('content'), undefined],
	['plan.docx', ZIP, `${OFFICE}.wordprocessingml.document`],
	['plan.xlsx', ZIP, `${OFFICE}.spreadsheetml.sheet`],
	['plan.zip', ZIP, 'application/zip'],
	['plan', ZIP, 'application/zip'],
	['letter.doc', COMPOUND, 'application/msword'],
	['letter.pdf', bytes('<html lang="en">'), 'text/html'],
])("'%s' with its first bytes is of type %s", (name, head, type) => {
	expect(typeOfFile(name, head)).toBe(type);
});

it.each([
	['', true],
	['application/octet-stream', true],
	['application/zip', true],
	['application/pdf', false],
	['text/plain', false],
])("'%s' says nothing: %s", (type, nothing) => {
	expect(saysNothing(type)).toBe(nothing);
});
