import { optionalText, textOf } from '../input/text';
import { webAddress } from '../input/webAddress';
import { EmptyInput, InputError } from '../inputError';

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
	/**
	 * Send audio as a voice message: with a microphone and played at a tap. The file must be OGG with
	 * the OPUS codec (see checkVoiceFile).
	 */
	voice?: boolean;
}

/**
 * A link to a file.
 *
 * @throws InputError('Link') unless it is an https address
 */
function mediaLink(value: unknown, where: string): string {
	const hint =
		'Use an https address that WhatsApp can open without signing in, or upload the file.';
	return webAddress('Link', value, { protocols: ['https:'], hint }, where);
}

/**
 * The ID that an upload gave or a received message carries.
 *
 * @throws InputError('Media ID')
 */
function mediaId(value: unknown, where: string): string {
	const id = textOf('Media ID', value, where).trim();
	if (/^[\w.-]+$/.test(id)) return id;
	const hint = "Give the ID that an upload returned; a web address belongs into 'Link'.";
	if (id === '') throw new EmptyInput('Media ID', hint, where);
	throw new InputError('Media ID', `${where}'Media ID' cannot be '${id}'.`, hint);
}

/**
 * The file of a message, a header or a template.
 *
 * @param where what goes before the name of the field, where several have the same one: `Card 2: `
 * @throws InputError('Media ID') or InputError('Link')
 */
export function mediaReference(source: MediaSource, where = ''): MediaReference {
	return 'id' in source
		? { id: mediaId(source.id, where) }
		: { link: mediaLink(source.link, where) };
}

/** Which kinds take which option (Meta: Audio, Document, Image, Sticker and Video messages). */
const TAKES_CAPTION: MediaKind[] = ['image', 'video', 'document'];
const TAKES_FILE_NAME: MediaKind[] = ['document'];
const TAKES_VOICE: MediaKind[] = ['audio'];

function refuseOption(kind: MediaKind, kinds: MediaKind[], field: string): never {
	throw new InputError(
		field,
		`'${field}' cannot be sent with a message of type ${kind}.`,
		`Leave it empty; it goes with: ${kinds.join(', ')}.`,
	);
}

interface TextOption {
	field: string;
	/** What it may be written under. */
	kinds: MediaKind[];
	maxCharacters: number;
}

const CAPTION: TextOption = {
	field: 'Caption',
	kinds: TAKES_CAPTION,
	maxCharacters: MAX_CAPTION,
};

const FILE_NAME: TextOption = {
	field: 'File Name',
	kinds: TAKES_FILE_NAME,
	maxCharacters: MAX_FILE_NAME,
};

function textFor(
	kind: MediaKind,
	{ field, kinds, maxCharacters }: TextOption,
	value: unknown,
): string | undefined {
	const text = optionalText(field, value, maxCharacters);
	return text === undefined || kinds.includes(kind) ? text : refuseOption(kind, kinds, field);
}

/**
 * A file with what may be written under it.
 *
 * @throws InputError('Media ID', 'Link', 'Caption', 'File Name' or 'Voice Message'), also when the
 * kind has no place for one of them
 */
export function mediaContent(
	kind: MediaKind,
	source: MediaSource,
	options: MediaOptions = {},
): MediaContent {
	const caption = textFor(kind, CAPTION, options.caption);
	const filename = textFor(kind, FILE_NAME, options.fileName);
	if (options.voice && !TAKES_VOICE.includes(kind)) {
		refuseOption(kind, TAKES_VOICE, 'Voice Message');
	}
	return {
		...mediaReference(source),
		...(caption !== undefined && { caption }),
		...(filename !== undefined && { filename }),
		...(options.voice && { voice: true }),
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
