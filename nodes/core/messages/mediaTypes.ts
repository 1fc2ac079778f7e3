import { InputError } from '../inputError';

import { bareType } from './fileExtension';
import { isTypeName, saysNothing } from './fileType';
import type { MediaKind } from './types';

const KB = 1024;
const MB = 1024 * KB;

interface MediaTypeRule {
	/** The kind with its article, for sentences. */
	name: string;
	mimeTypes: string[];
	/** Largest file, in bytes. Meta writes "MB" without saying which; the larger reading is taken. */
	maxBytes: number;
}

/** What WhatsApp takes (rule D11; Meta: Media, Supported media types). */
const MEDIA_TYPES: Record<MediaKind, MediaTypeRule> = {
	image: { name: 'an image', mimeTypes: ['image/jpeg', 'image/png'], maxBytes: 5 * MB },
	video: { name: 'a video', mimeTypes: ['video/mp4', 'video/3gpp'], maxBytes: 16 * MB },
	audio: {
		name: 'audio',
		mimeTypes: ['audio/aac', 'audio/amr', 'audio/mpeg', 'audio/mp4', 'audio/ogg'],
		maxBytes: 16 * MB,
	},
	document: {
		name: 'a document',
		mimeTypes: [
			'text/plain',
			'application/pdf',
			'application/msword',
			'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
			'application/vnd.ms-excel',
			'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
			'application/vnd.ms-powerpoint',
			'application/vnd.openxmlformats-officedocument.presentationml.presentation',
		],
		maxBytes: 100 * MB,
	},
	// The limit of an animated sticker; a static one may have 100 KB (see the warning below).
	sticker: { name: 'a sticker', mimeTypes: ['image/webp'], maxBytes: 500 * KB },
};

const MAX_STATIC_STICKER = 100 * KB;

/** Other names under which file detection reports types that WhatsApp takes. */
const SAME_TYPE: Record<string, string> = {
	'application/ogg': 'audio/ogg',
	'application/x-pdf': 'application/pdf',
	'audio/m4a': 'audio/mp4',
	'audio/mp3': 'audio/mpeg',
	'audio/opus': 'audio/ogg',
	'audio/x-aac': 'audio/aac',
	'audio/x-m4a': 'audio/mp4',
	'audio/x-mp3': 'audio/mpeg',
	'audio/x-mpeg': 'audio/mpeg',
	'image/jpg': 'image/jpeg',
	'image/pjpeg': 'image/jpeg',
	'image/x-png': 'image/png',
	'video/3gp': 'video/3gpp',
	'video/x-m4v': 'video/mp4',
};

/** All types that an upload may have, whatever it is to be sent as. */
const UPLOADED = Object.values(MEDIA_TYPES).flatMap(({ mimeTypes }) => mimeTypes);

export interface MediaFile {
	mimeType: string;
	sizeBytes: number;
	fileName?: string;
}

export interface CheckedMediaFile {
	/** The type to give with the upload: without parameters, under Meta's name. */
	mimeType: string;
	/** Set when WhatsApp may refuse the file although nothing forbids it. */
	warning?: string;
}

/** A size for people: 1536 → `1.5 KB`. Rounded up, so that "too large" never shows the limit itself. */
function readableSize(bytes: number): string {
	const [unit, name] = bytes < MB ? [KB, 'KB'] : [MB, 'MB'];
	return `${Math.ceil((bytes / unit) * 10) / 10} ${name}`;
}

/**
 * Checks a file before it is uploaded (rule D11): the type and the size. As a document goes all that
 * can be uploaded, with a warning for what WhatsApp does not list as one.
 *
 * @param field display name of the parameter that names the file
 * @throws InputError when the file is empty or too large, or WhatsApp does not take its type
 */
export function checkMediaFile(kind: MediaKind, file: MediaFile, field: string): CheckedMediaFile {
	const { name, mimeTypes, maxBytes } = MEDIA_TYPES[kind];
	const mimeType = bareTypeOf(file.mimeType);
	const shown = file.fileName ? `the file '${file.fileName}'` : 'a file';
	const what = `'${field}' holds ${shown} of ${mimeType ? `type ${shownType(mimeType)}` : 'an unknown type'}`;

	if (mimeType !== '' && !isSafeType(file.mimeType)) {
		throw new InputError(
			field,
			`${what}, which is not the name of a type.`,
			"Give its 'mimeType' as a type and nothing else, such as application/pdf.",
		);
	}
	if (file.sizeBytes === 0) {
		throw new InputError(
			field,
			`'${field}' holds ${shown} without content.`,
			'See that the node before has written something into it, or choose another file.',
		);
	}
	if (file.sizeBytes > maxBytes) {
		throw new InputError(
			field,
			`'${field}' holds ${shown} of ${readableSize(file.sizeBytes)}; as ${name} WhatsApp takes at most ${readableSize(maxBytes)}.`,
			kind === 'document' ? 'Send a link to the file in a text.' : 'Make the file smaller.',
		);
	}
	if (!UPLOADED.includes(mimeType)) {
		throw new InputError(
			field,
			`${what}, which WhatsApp does not take${kind === 'document' ? '' : ` as ${name}`}.`,
			adviceFor(kind, mimeType),
		);
	}
	if (!mimeTypes.includes(mimeType)) {
		if (kind === 'document') {
			return {
				mimeType,
				warning: `${what}; WhatsApp does not list it as a document and may refuse it.`,
			};
		}
		throw new InputError(
			field,
			`${what}, which WhatsApp does not take as ${name}.`,
			`Use one of ${mimeTypes.join(', ')}, or send the file as a document.`,
		);
	}
	if (kind === 'sticker' && file.sizeBytes > MAX_STATIC_STICKER) {
		return {
			mimeType,
			warning: `'${field}' holds ${shown} of ${readableSize(file.sizeBytes)}; only an animated sticker may have more than ${readableSize(MAX_STATIC_STICKER)}.`,
		};
	}
	return { mimeType };
}

/** What to do with a file whose type WhatsApp takes as nothing at all. */
function adviceFor(kind: MediaKind, mimeType: string): string {
	if (saysNothing(mimeType) && !mimeType.includes('zip')) {
		return "Give the file a name that ends in .pdf or the like, or set its 'mimeType'.";
	}
	if (kind !== 'document') {
		return `Use one of ${MEDIA_TYPES[kind].mimeTypes.join(', ')}, or send a link to the file in a text.`;
	}
	return mimeType.startsWith('text/')
		? "Set its 'mimeType' to text/plain, which WhatsApp takes, make a PDF of it, or send a link to it in a text."
		: 'Make a PDF or an Office document of it, or send a link to the file in a text.';
}

/** Whether a type may stand in the head of a request: one line, and the form of a type. */
function isSafeType(mimeType: string): boolean {
	return isTypeName(bareTypeOf(mimeType)) && !/\p{Cc}/u.test(mimeType);
}

/** A type as a sentence shows it: a short line. */
function shownType(mimeType: string): string {
	const line = mimeType.replace(/\p{Cc}+/gu, ' ');
	return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}

/** The kind as which WhatsApp takes a type of file; a document for all that it does not list. */
export function mediaKindOf(mimeType: string): MediaKind {
	const type = bareTypeOf(mimeType);
	const kinds = Object.keys(MEDIA_TYPES) as MediaKind[];
	return kinds.find((kind) => MEDIA_TYPES[kind].mimeTypes.includes(type)) ?? 'document';
}

/** A type without its parameters, under Meta's name. */
export function bareTypeOf(mimeType: string): string {
	const type = bareType(mimeType).toLowerCase();
	return SAME_TYPE[type] ?? type;
}

/** The only type of a voice message, and its size up to which it plays at a tap, in bytes. */
const VOICE_TYPE = 'audio/ogg';
const MAX_PLAYED_VOICE = 512 * KB;

/**
 * Checks a file that is to be sent as a voice message, before it is uploaded: OGG (with the OPUS
 * codec, which the type does not show), and a warning above 512 KB (Meta: Audio messages).
 *
 * @param field display name of the parameter that names the file
 * @throws InputError as {@link checkMediaFile}, and for audio of another type
 */
export function checkVoiceFile(file: MediaFile, field: string): CheckedMediaFile {
	const { mimeType } = checkMediaFile('audio', file, field);
	if (mimeType !== VOICE_TYPE) {
		throw new InputError(
			field,
			`'${field}' holds audio of type ${mimeType}; a voice message must be of type ${VOICE_TYPE}.`,
			'Convert the file to OGG with the OPUS codec, or send it as plain audio.',
		);
	}
	if (file.sizeBytes <= MAX_PLAYED_VOICE) return { mimeType };
	return {
		mimeType,
		warning: `'${field}' holds a voice message of ${readableSize(file.sizeBytes)}; above ${readableSize(MAX_PLAYED_VOICE)} WhatsApp shows a download in place of the play button.`,
	};
}
