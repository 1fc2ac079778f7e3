import { InputError } from '../inputError';
import { typeByEnding } from '../messages/fileExtension';
import { parseUrl } from '../parseUrl';

/** What the text in a media field means. */
export type FileReference =
	| { kind: 'link'; link: string }
	| { kind: 'id'; id: string }
	| { kind: 'binary'; field: string };

/** What tells the name of a binary field from a media ID. */
export interface KnownFiles {
	/** The binary fields of the incoming item. */
	fields: string[];
	/** Whether the provider's media IDs have letters; Meta's have digits only. */
	idsHaveLetters: boolean;
}

/**
 * Reads the value of a media field: an https link, a media ID, or else the name of the binary field
 * that holds the file. A link comes back as browsers write it, with spaces encoded.
 * @param label display name of the field
 * @param files what is known of the names; what the item has is always a binary field
 * @throws InputError for an empty value, and for other addresses than https
 */
export function mediaReferenceOf(
	value: unknown,
	label = 'Header Media',
	files?: KnownFiles,
): FileReference {
	const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
	if (text === '') {
		throw new InputError(
			label,
			`'${label}' names no file.`,
			"Give the name of a binary field, such as 'data', an https link or a media ID.",
		);
	}
	const link = /^https:\/\/[^/]/i.test(text) ? parseUrl(text) : undefined;
	if (link) return { kind: 'link', link: link.href };
	if (/^[a-z][a-z\d+.-]*:|\//i.test(text)) {
		throw new InputError(
			label,
			`'${label}' holds '${shorten(text)}', which WhatsApp cannot fetch.`,
			'Give a public link that starts with https://, or read the file into a binary field first.',
		);
	}
	const isId = !files?.fields.includes(text) && isMediaId(text, files?.idsHaveLetters === true);
	return isId ? { kind: 'id', id: text } : { kind: 'binary', field: text };
}

/**
 * Whether a text is a media ID: digits, or what nobody calls a field. Where IDs have letters, also
 * what could still be the name of one, unless it looks as fields and files are called.
 */
function isMediaId(text: string, idsHaveLetters: boolean): boolean {
	if (/^\d+$/.test(text)) return true;
	if (/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text)) return true;
	if (/^(?=.*\d)(?=.*[a-z])[a-z\d]{20,}$/i.test(text)) return true;
	const isLikeField = /^[a-z]+[_-]?\d{0,4}$/i.test(text) || typeByEnding(text) !== undefined;
	return idsHaveLetters && !isLikeField && /^(?=.*\d)[\w.-]+$/.test(text);
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
