/**
 * Types of files with their endings, the usual one first. An ending stands for the first type that
 * has it, so other names of a type stand below it or have none of their own.
 */
const ENDINGS: Array<[type: string, usual: string, ...others: string[]]> = [
	['application/epub+zip', 'epub'],
	['application/gzip', 'gz'],
	['application/json', 'json'],
	['application/msword', 'doc'],
	['application/pdf', 'pdf'],
	['application/rtf', 'rtf'],
	['application/vnd.ms-excel', 'xls'],
	['application/vnd.ms-powerpoint', 'ppt'],
	['application/vnd.oasis.opendocument.presentation', 'odp'],
	['application/vnd.oasis.opendocument.spreadsheet', 'ods'],
	['application/vnd.oasis.opendocument.text', 'odt'],
	['application/vnd.openxmlformats-officedocument.presentationml.presentation', 'pptx'],
	['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'xlsx'],
	['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'docx'],
	['application/vnd.rar', 'rar'],
	['application/zip', 'zip'],
	['application/x-7z-compressed', '7z'],
	['application/x-rar-compressed', 'rar'],
	['application/x-zip-compressed', 'zip'],
	['application/xml', 'xml'],
	['audio/aac', 'aac'],
	['audio/amr', 'amr'],
	['audio/flac', 'flac'],
	['audio/mp4', 'm4a'],
	['audio/mpeg', 'mp3'],
	['audio/ogg', 'ogg', 'oga', 'opus'],
	['audio/wav', 'wav'],
	['audio/x-m4a', 'm4a'],
	['audio/x-wav', 'wav'],
	['image/bmp', 'bmp'],
	['image/gif', 'gif'],
	['image/heic', 'heic'],
	['image/jpeg', 'jpg', 'jpeg', 'jpe', 'jfif'],
	['image/png', 'png'],
	['image/svg+xml', 'svg'],
	['image/tiff', 'tiff', 'tif'],
	['image/webp', 'webp'],
	['text/calendar', 'ics'],
	['text/csv', 'csv'],
	['text/html', 'html', 'htm'],
	['text/markdown', 'md'],
	['text/plain', 'txt', 'text', 'log'],
	['text/vcard', 'vcf'],
	['video/3gpp', '3gp', '3gpp'],
	['video/mp4', 'mp4', 'm4v'],
	['video/quicktime', 'mov'],
	['video/webm', 'webm'],
	['video/x-matroska', 'mkv'],
	['video/x-msvideo', 'avi'],
];

/** The extension of what has none. */
const UNKNOWN = 'bin';

/** A type without its parameters, such as `; codecs=opus`. */
export function bareType(mimeType: string): string {
	return mimeType.split(';')[0].trim();
}

/** The usual extension of a type of file, without the dot; `bin` for what has none. */
export function fileExtensionOf(mimeType: string): string {
	const type = bareType(mimeType).toLowerCase();
	const known = ENDINGS.find(([name]) => name === type);
	if (known) return known[1];
	const [, second = ''] = type.split('/');
	return /^[a-z0-9]{2,5}$/.test(second) ? second : UNKNOWN;
}

/**
 * A file's name with an ending that tells its type: nodes that read files go by it. Audio gets the usual
 * ending, since transcription knows `.ogg` and not `.opus`.
 */
export function withEnding(fileName: string, mimeType: string): string {
	const ending = endingOf(fileName);
	const usual = fileExtensionOf(mimeType);
	if (ending === '' && usual !== UNKNOWN) return `${fileName}.${usual}`;
	const isUnusual = ending !== '' && mimeType.startsWith('audio/') && ending !== usual;
	return isUnusual ? fileName.slice(0, -ending.length) + usual : fileName;
}

/** The ending of a file's name, in small letters and without the dot; '' when it has none. */
export function endingOf(fileName: string): string {
	return /\.([a-z0-9]+)$/i.exec(fileName.trim())?.[1].toLowerCase() ?? '';
}

/** The type of file that a name's ending stands for; undefined when it is none of the usual ones. */
export function typeByEnding(fileName: string): string | undefined {
	const ending = endingOf(fileName);
	return ENDINGS.find(([, ...endings]) => endings.includes(ending))?.[0];
}

/**
 * The name of a file, whichever way it goes.
 *
 * @param given its own name, where it has one
 * @param stem the name without its ending, where it has none
 */
export function fileNameOf(given: unknown, stem: string, mimeType: string): string {
	const name = typeof given === 'string' ? given.trim() : '';
	return name === '' ? `${stem}.${fileExtensionOf(mimeType)}` : name;
}
