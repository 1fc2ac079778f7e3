/** Where the usual extension is not the second half of the type. */
const EXTENSIONS: Record<string, string> = {
	'application/msword': 'doc',
	'application/vnd.ms-excel': 'xls',
	'application/vnd.ms-powerpoint': 'ppt',
	'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'pptx',
	'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
	'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
	'audio/mp4': 'm4a',
	'audio/mpeg': 'mp3',
	'image/jpeg': 'jpg',
	'text/plain': 'txt',
	'video/3gpp': '3gp',
	'video/quicktime': 'mov',
};

/** The usual extension of a type of file, without the dot; `bin` for what has none. */
export function fileExtensionOf(mimeType: string): string {
	const type = mimeType.split(';')[0].trim().toLowerCase();
	const [, second = ''] = type.split('/');
	return EXTENSIONS[type] ?? (/^[a-z0-9]{2,5}$/.test(second) ? second : 'bin');
}
