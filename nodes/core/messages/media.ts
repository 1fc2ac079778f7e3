import { InputError } from '../inputError';

import { optionalText, textOf } from './fields';
import type { MediaContent, MediaKind, MediaMessage, MediaReference } from './types';

/** Longest caption, in characters (Meta: Image, Video and Document messages). */
const MAX_CAPTION = 1024;

/** Longest file name, in characters. Meta names no limit; this is what file systems take. */
const MAX_FILE_NAME = 255;

/** Where the file is: already uploaded, or at a public https address. */
export type MediaSource = { id: unknown } | { link: unknown };

export interface MediaOptions {
	/** Text below an image, a video or a document; at most 1024 characters. */
	caption?: unknown;
	/** Name under which the contact sees a document; its ending chooses the icon. */
	fileName?: unknown;
}

/**
 * A link to a file, as browsers write it (spaces and letters outside ASCII percent-encoded).
 *
 * @throws InputError('Link') unless it is an https address
 */
function mediaLink(value: unknown): string {
	const text = textOf('Link', value).trim();
	if (text === '') {
		throw new InputError('Link', "'Link' is empty.", 'Give the public https address of the file.');
	}
	if (!URL.canParse(text)) {
		throw new InputError(
			'Link',
			`'Link' is not a complete web address: '${text}'.`,
			'Write the whole address, beginning with https://.',
		);
	}
	const url = new URL(text);
	if (url.protocol !== 'https:') {
		throw new InputError(
			'Link',
			"'Link' does not begin with https://.",
			'Use an https address that WhatsApp can open without signing in, or upload the file.',
		);
	}
	return url.href;
}

/**
 * The ID that an upload gave or a received message carries.
 *
 * @throws InputError('Media ID')
 */
function mediaId(value: unknown): string {
	const id = textOf('Media ID', value).trim();
	if (/^[\w.-]+$/.test(id)) return id;
	throw new InputError(
		'Media ID',
		id === '' ? "'Media ID' is empty." : `'Media ID' cannot be '${id}'.`,
		"Give the ID that an upload returned; a web address belongs into 'Link'.",
	);
}

/**
 * The file of a message, a header or a template.
 *
 * @throws InputError('Media ID') or InputError('Link')
 */
export function mediaReference(source: MediaSource): MediaReference {
	return 'id' in source ? { id: mediaId(source.id) } : { link: mediaLink(source.link) };
}

/** Which kinds take which option (Meta: Audio, Document, Image, Sticker and Video messages). */
const TAKES_CAPTION: MediaKind[] = ['image', 'video', 'document'];
const TAKES_FILE_NAME: MediaKind[] = ['document'];

function optionFor(
	kind: MediaKind,
	kinds: MediaKind[],
	field: string,
	value: unknown,
	maxCharacters: number,
): string | undefined {
	const text = optionalText(field, value, maxCharacters);
	if (text === undefined || kinds.includes(kind)) return text;
	throw new InputError(
		field,
		`'${field}' cannot be sent with a message of type ${kind}.`,
		`Leave it empty; it goes with: ${kinds.join(', ')}.`,
	);
}

/**
 * A file with what may be written under it.
 *
 * @throws InputError('Media ID', 'Link', 'Caption' or 'File Name'), also when the kind has no place
 * for a caption or a file name
 */
export function mediaContent(
	kind: MediaKind,
	source: MediaSource,
	options: MediaOptions = {},
): MediaContent {
	const caption = optionFor(kind, TAKES_CAPTION, 'Caption', options.caption, MAX_CAPTION);
	const filename = optionFor(kind, TAKES_FILE_NAME, 'File Name', options.fileName, MAX_FILE_NAME);
	return {
		...mediaReference(source),
		...(caption !== undefined && { caption }),
		...(filename !== undefined && { filename }),
	};
}

/**
 * An image, a video, an audio file, a document or a sticker.
 *
 * @throws InputError as {@link mediaContent}
 */
export function mediaMessage(
	kind: MediaKind,
	source: MediaSource,
	options?: MediaOptions,
): MediaMessage {
	return { type: kind, [kind]: mediaContent(kind, source, options) } as MediaMessage;
}
