import { InputError } from '../inputError';

/** What the text in a media field means. */
export type FileReference =
	| { kind: 'link'; link: string }
	| { kind: 'id'; id: string }
	| { kind: 'binary'; field: string };

/**
 * Reads the value of a media field: an https link, a media ID (digits only), or else the name of
 * the binary field that holds the file. A link comes back as browsers write it, with spaces encoded.
 * @param label display name of the field
 * @throws InputError for an empty value, and for other addresses than https
 */
export function mediaReferenceOf(value: unknown, label = 'Header Media'): FileReference {
	const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
	if (text === '') {
		throw new InputError(
			label,
			`'${label}' names no file.`,
			"Give the name of a binary field, such as 'data', an https link or a media ID.",
		);
	}
	if (/^https:\/\/[^/]/i.test(text) && URL.canParse(text)) {
		return { kind: 'link', link: new URL(text).href };
	}
	if (/^[a-z][a-z\d+.-]*:|\//i.test(text)) {
		throw new InputError(
			label,
			`'${label}' holds '${shorten(text)}', which WhatsApp cannot fetch.`,
			'Give a public link that starts with https://, or read the file into a binary field first.',
		);
	}
	return /^\d+$/.test(text) ? { kind: 'id', id: text } : { kind: 'binary', field: text };
}

/** The file name at the end of a link, decoded; undefined when it does not end in one. */
export function fileNameIn(link: string): string | undefined {
	const name = /^https?:\/\/[^/?#]+\/(?:[^?#]*\/)?([^/?#]+\.\w{1,8})(?=[?#]|$)/i.exec(link)?.[1];
	if (name === undefined) return undefined;
	try {
		return decodeURIComponent(name);
	} catch {
		return name;
	}
}

function shorten(text: string): string {
	return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
