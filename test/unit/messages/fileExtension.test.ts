import {
	fileExtensionOf,
	fileNameOf,
	typeByEnding,
} from '../../../nodes/core/messages/fileExtension';
import { mediaKindOf } from '../../../nodes/core/messages/mediaTypes';

it.each([
	['image/jpeg', 'jpg', 'image'],
	['image/PNG', 'png', 'image'],
	['image/webp', 'webp', 'sticker'],
	['audio/ogg; codecs=opus', 'ogg', 'audio'],
	['audio/mpeg', 'mp3', 'audio'],
	['audio/m4a', 'm4a', 'audio'],
	['video/3gpp', '3gp', 'video'],
	['application/pdf', 'pdf', 'document'],
	['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'docx', 'document'],
	['application/zip', 'zip', 'document'],
	['application/x-zip-compressed', 'zip', 'document'],
	['text/calendar', 'ics', 'document'],
	['image/svg+xml', 'svg', 'document'],
	['application/x-unheard-of', 'bin', 'document'],
	['', 'bin', 'document'],
])("'%s' has the extension %s and goes out as %s", (mimeType, extension, kind) => {
	expect(fileExtensionOf(mimeType)).toBe(extension);
	expect(mediaKindOf(mimeType)).toBe(kind);
});

it.each([
	['invoice.pdf', 'application/pdf'],
	['Photo.JPG', 'image/jpeg'],
	['photo.jpeg', 'image/jpeg'],
	['speech.opus', 'audio/ogg'],
	['clip.mp4', 'video/mp4'],
	['a.zip', 'application/zip'],
	['plan.v2.docx ', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
	['notes.txt', 'text/plain'],
	['invoice', undefined],
	['a.heaven', undefined],
	['', undefined],
])("the ending of '%s' stands for %s", (name, type) => {
	expect(typeByEnding(name)).toBe(type);
});

it.each([
	[undefined, 'application/pdf', 'file.pdf'],
	['', 'image/jpeg', 'file.jpg'],
	['  ', 'audio/ogg; codecs=opus', 'file.ogg'],
	[7, 'text/plain', 'file.txt'],
	['bill 7.pdf', 'application/pdf', 'bill 7.pdf'],
	['bill', 'application/pdf', 'bill'],
])('a file with the name %j of type %s is called %s', (given, type, name) => {
	expect(fileNameOf(given, 'file', type)).toBe(name);
});
