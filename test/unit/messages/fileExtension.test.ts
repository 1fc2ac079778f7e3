import { fileExtensionOf } from '../../../nodes/core/messages/fileExtension';
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
	['application/x-unheard-of', 'bin', 'document'],
	['', 'bin', 'document'],
])("'%s' has the extension %s and goes out as %s", (mimeType, extension, kind) => {
	expect(fileExtensionOf(mimeType)).toBe(extension);
	expect(mediaKindOf(mimeType)).toBe(kind);
});
