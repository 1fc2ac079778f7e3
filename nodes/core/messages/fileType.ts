import { endingOf, typeByEnding } from './fileExtension';

/** How many of a file's first bytes {@link typeByContent} looks at. */
export const BYTES_THAT_TELL = 64;

/** Names that say no more than that it is a file. */
const SAYS_NOTHING = [
	'',
	'*/*',
	'application/binary',
	'application/download',
	'application/force-download',
	'application/octet-stream',
	'application/unknown',
	'application/x-download',
	'application/x-octet-stream',
	'binary/octet-stream',
	'multipart/form-data',
];

const OFFICE = 'application/vnd.openxmlformats-officedocument';

/** What a box of several formats holds, the name's ending tells. */
const ZIPPED = {
	docx: `${OFFICE}.wordprocessingml.document`,
	pptx: `${OFFICE}.presentationml.presentation`,
	xlsx: `${OFFICE}.spreadsheetml.sheet`,
};
const COMPOUND = {
	doc: 'application/msword',
	ppt: 'application/vnd.ms-powerpoint',
	xls: 'application/vnd.ms-excel',
};
const BOXES: Record<string, Record<string, string>> = {
	'application/x-cfb': COMPOUND,
	'application/x-ole-storage': COMPOUND,
	'application/x-zip-compressed': ZIPPED,
	'application/zip': ZIPPED,
};

/** Whether a type, without its parameters and in small letters, leaves open what the file is. */
export function saysNothing(mimeType: string): boolean {
	return SAYS_NOTHING.includes(mimeType) || mimeType in BOXES;
}

/** Whether a text is the name of a type and nothing else (RFC 6838, section 4.2). */
export function isTypeName(mimeType: string): boolean {
	return /^[a-z0-9][\w!#$&^.+-]*\/[a-z0-9*][\w!#$&^.+-]*$/i.test(mimeType);
}

/**
 * The type of a file whose given type says nothing: by its first bytes where they tell, else by the
 * ending of its name. What the bytes tell counts more, for a name is soon given.
 *
 * @param head the first bytes of the file, at least {@link BYTES_THAT_TELL} if it has them
 */
export function typeOfFile(fileName: string, head: Uint8Array): string | undefined {
	const byContent = typeByContent(head);
	if (byContent === undefined) return typeByEnding(fileName);
	return BOXES[byContent]?.[endingOf(fileName)] ?? byContent;
}

/** The type that the first bytes of a file show; undefined for texts and formats not known here. */
export function typeByContent(head: Uint8Array): string | undefined {
	const text = Buffer.from(head.subarray(0, BYTES_THAT_TELL)).toString('latin1');
	return SIGNS.find(([, isThere]) => isThere(text))?.[0];
}

type Sign = (text: string) => boolean;

const begins =
	(...starts: string[]): Sign =>
	(text) =>
		starts.some((start) => text.startsWith(start));
const riff =
	(kind: string): Sign =>
	(text) =>
		text.startsWith('RIFF') && text.startsWith(kind, 8);
const brand =
	(pattern: RegExp): Sign =>
	(text) =>
		text.startsWith('ftyp', 4) && pattern.test(text.slice(8, 12));

/** How formats begin; each character is a byte. */
const SIGNS: Array<[type: string, isThere: Sign]> = [
	['application/pdf', begins('%PDF-')],
	['image/jpeg', begins('\xff\xd8\xff')],
	['image/png', begins('\x89PNG\r\n\x1a\n')],
	['image/gif', begins('GIF87a', 'GIF89a')],
	['image/webp', riff('WEBP')],
	['audio/wav', riff('WAVE')],
	['video/x-msvideo', riff('AVI ')],
	['audio/ogg', begins('OggS')],
	['audio/amr', begins('#!AMR')],
	['audio/mpeg', begins('ID3', '\xff\xfb', '\xff\xfa', '\xff\xf3', '\xff\xf2', '\xff\xe3')],
	['audio/aac', begins('\xff\xf1', '\xff\xf9')],
	['video/3gpp', brand(/^3g[p2]/)],
	['audio/mp4', brand(/^M4[AB] $/)],
	['video/quicktime', brand(/^qt {2}$/)],
	['image/heic', brand(/^(hei[cxms]|mif1|msf1)$/)],
	['video/mp4', brand(/^(iso[m2-9]|mp4\d|avc1|M4V |mmp4|MSNV|dash)$/)],
	['video/webm', begins('\x1aE\xdf\xa3')],
	['application/zip', begins('PK\x03\x04', 'PK\x05\x06', 'PK\x07\x08')],
	['application/x-cfb', begins('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')],
	['application/vnd.rar', begins('Rar!\x1a\x07')],
	['application/x-7z-compressed', begins('7z\xbc\xaf\x27\x1c')],
	['application/gzip', begins('\x1f\x8b')],
	['application/rtf', begins('{\\rtf')],
	// A page of a site in place of the file: a link that wanted a sign-in, as a rule.
	['text/html', (text) => /^\s*<(!doctype html|html)\b/i.test(text)],
];
