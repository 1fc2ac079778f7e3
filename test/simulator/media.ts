import { createHash, createHmac, randomBytes } from 'crypto';

import { GraphError, invalidParameter } from './errors';
import { objectId } from './ids';
import type { Json, StoredMedia } from './types';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const MEGABYTE = 1024 * 1024;

/** Meta: Media, supported types. */
const DOCUMENTS = [
	'application/vnd.ms-powerpoint',
	'application/msword',
	'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
	'application/vnd.openxmlformats-officedocument.presentationml.presentation',
	'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
	'application/pdf',
	'text/plain',
	'application/vnd.ms-excel',
];
const KINDS: Record<string, { types: string[]; maxBytes: number }> = {
	audio: {
		types: ['audio/aac', 'audio/mp4', 'audio/mpeg', 'audio/amr', 'audio/ogg', 'audio/opus'],
		maxBytes: 16 * MEGABYTE,
	},
	document: { types: DOCUMENTS, maxBytes: 100 * MEGABYTE },
	image: { types: ['image/jpeg', 'image/png'], maxBytes: 5 * MEGABYTE },
	sticker: { types: ['image/webp'], maxBytes: 500 * 1024 },
	video: { types: ['video/mp4', 'video/3gpp'], maxBytes: 16 * MEGABYTE },
};

/** Whether a file of this type may go out as this kind of message. A document may be anything. */
export function suits(kind: string, mimeType: string): boolean {
	return kind === 'document' || Boolean(KINDS[kind]?.types.includes(mimeType));
}

/** Files that were uploaded and files that contacts sent. */
export class Media {
	private readonly byId = new Map<string, StoredMedia>();

	private readonly secret = randomBytes(16);

	constructor(private readonly now: () => number) {}

	/** Takes an upload in, or refuses its type or size. It is kept for 30 days. */
	upload(file: {
		bytes: Buffer;
		mimeType: string;
		fileName?: string;
		businessNumberId: string;
	}): StoredMedia {
		const kind = Object.values(KINDS).find(({ types }) => types.includes(file.mimeType));
		if (!kind) {
			const allowed = Object.values(KINDS).flatMap(({ types }) => types);
			throw invalidParameter(
				`Param file must be a file with one of the following types: ${allowed.join(', ')}. Received file of type '${file.mimeType}'.`,
			);
		}
		if (!file.bytes.length) throw invalidParameter('Param file must not be empty');
		if (file.bytes.length > kind.maxBytes) {
			throw new GraphError(131053, {
				details: `Media file size too big. Max file size we currently support: ${kind.maxBytes} bytes.`,
			});
		}
		return this.store({ ...file, expiresAtMs: this.now() + 30 * DAY_MS });
	}

	/** A file that a contact sends: kept for 7 days. Answers the node for the message. */
	addInbound(bytes: Buffer, mimeType: string, fileName: string | undefined, host: string): Json {
		const media = this.store({
			bytes,
			mimeType,
			fileName,
			expiresAtMs: this.now() + 7 * DAY_MS,
		});
		return {
			id: media.id,
			mime_type: mimeType,
			sha256: sha256(bytes),
			url: this.urlOf(media, host),
			...(fileName !== undefined &&
				!/^(audio|image|video)\//.test(mimeType) && { filename: fileName }),
		};
	}

	/** The file, unless it is unknown, expired, or another number's. */
	get(id: string, businessNumberId?: string): StoredMedia | undefined {
		const media = this.byId.get(id);
		if (!media || media.expiresAtMs <= this.now()) return undefined;
		if (
			businessNumberId !== undefined &&
			media.businessNumberId !== undefined &&
			media.businessNumberId !== businessNumberId
		) {
			return undefined;
		}
		return media;
	}

	remove(id: string): void {
		this.byId.delete(id);
	}

	/** What `GET /{media ID}` answers. The address is valid for 5 minutes. */
	node(media: StoredMedia, host: string): Json {
		return {
			messaging_product: 'whatsapp',
			url: this.urlOf(media, host),
			mime_type: media.mimeType,
			sha256: sha256(media.bytes),
			file_size: media.bytes.length,
			id: media.id,
		};
	}

	/** The file behind an address, if the address is genuine and fresh. */
	behindUrl(query: Json): StoredMedia | undefined {
		const { mid, ext, hash } = query;
		if (hash !== this.hashOf(String(mid), String(ext))) return undefined;
		if (Number(ext) * 1000 <= this.now()) return undefined;
		return this.get(String(mid));
	}

	private urlOf(media: StoredMedia, host: string): string {
		const ext = String(Math.ceil((this.now() + 5 * MINUTE_MS) / 1000));
		const hash = this.hashOf(media.id, ext);
		return `${host}/whatsapp_business/attachments/?mid=${media.id}&ext=${ext}&hash=${hash}`;
	}

	private hashOf(id: string, ext: string): string {
		return createHmac('sha256', this.secret).update(`${id}.${ext}`).digest('base64url');
	}

	private store(media: Omit<StoredMedia, 'id'>): StoredMedia {
		const stored = { ...media, id: objectId() };
		this.byId.set(stored.id, stored);
		return stored;
	}
}

/** Base64, as Meta gives it. */
function sha256(bytes: Buffer): string {
	return createHash('sha256').update(bytes).digest('base64');
}
