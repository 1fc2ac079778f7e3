import type { IBinaryData } from 'n8n-workflow';

import { InputError } from '../../core/inputError';
import { isObject } from '../../core/isObject';
import { base64In } from '../../core/messages/base64';
import { fileNameOf } from '../../core/messages/fileExtension';
import { BYTES_THAT_TELL, saysNothing, typeOfFile } from '../../core/messages/fileType';
import {
	bareTypeOf,
	checkMediaFile,
	checkVoiceFile,
	mediaKindOf,
} from '../../core/messages/mediaTypes';
import type { MediaKind } from '../../core/messages/types';
import type { KnownFiles } from '../../core/templates/mediaReference';
import type { Item } from '../run/item';
import type { Session } from '../run/session';

/** Where the bytes are: in n8n's storage for files, or as base64 in the item. */
type StoredContent = { id: string } | { base64: string };

/** A file of the incoming item, checked and ready to be uploaded. */
export interface BinaryFile {
	field: string;
	fileName: string;
	/** As WhatsApp names the type. */
	mimeType: string;
	sizeBytes: number;
	/** As what it goes out. */
	kind: MediaKind;
	stored: StoredContent;
}

/**
 * Looks at a file of the incoming item without reading more of it than needed. What WhatsApp may
 * refuse although nothing forbids it becomes a hint of the run.
 *
 * @param field name of the binary field
 * @param kind 'voice' for audio that is sent as a voice message, 'automatic' for what its type is
 * @param label display name of the parameter that names the field
 * @throws InputError when there is no such file, or WhatsApp would refuse its type or size
 */
export async function binaryFileOf(
	item: Item,
	field: string,
	kind: MediaKind | 'voice' | 'automatic',
	label: string,
): Promise<BinaryFile> {
	const files = item.binary;
	const binary = files[field];
	if (!isObject(binary)) {
		const names = Object.keys(files).map((name) => `'${name}'`);
		throw new InputError(
			label,
			`'${label}' names the binary field '${field}', which the incoming item does not have.`,
			names.length > 0
				? `Give the name of a field that it has: ${names.join(', ')}.`
				: 'Connect a node that outputs a file, such as HTTP Request or Read/Write Files from Disk, or use a link.',
		);
	}
	const stored = storedContent(binary, field, label);
	const { session } = item;
	const { type, sizeBytes } = await fromStorage(
		async () => ({
			type: await typeOf(session, binary, stored),
			sizeBytes: await sizeOf(session, stored),
		}),
		field,
		label,
	);
	const fileName = fileNameOf(nameIn(binary), 'file', type);
	const file = { mimeType: type, sizeBytes, fileName };
	const sentAs = { voice: 'audio' as const, automatic: mediaKindOf(type) };
	const asKind = kind === 'voice' || kind === 'automatic' ? sentAs[kind] : kind;
	const { mimeType, warning } =
		kind === 'voice' ? checkVoiceFile(file, label) : checkMediaFile(asKind, file, label);
	if (warning) session.hint(warning);
	return { field, fileName, mimeType, sizeBytes, kind: asKind, stored };
}

/** What tells the name of a file of the incoming item from a media ID. */
export function knownFiles(item: Item): KnownFiles {
	return {
		fields: Object.keys(item.binary),
		idsHaveLetters: item.provider.mediaIdsHaveLetters,
	};
}

/**
 * Small files stand in the item itself; n8n keeps the others elsewhere.
 *
 * @throws InputError when the binary field, as a Code node may have made it, holds no content
 */
function storedContent({ id, data }: Partial<IBinaryData>, field: string, label: string) {
	if (id) return { id };
	const base64 = typeof data === 'string' ? base64In(data) : undefined;
	if (base64 !== undefined) return { base64 };
	const what = `'${label}' names the binary field '${field}'`;
	throw new InputError(
		label,
		data === undefined || data === null
			? `${what}, which holds no content ('data').`
			: `${what}, whose content ('data') is not base64.`,
		"Put the file into 'data' as base64; in a Code node: data: buffer.toString('base64').",
	);
}

/** The name of a file, or what is known of it; '' when that is nothing. */
function nameIn({ fileName, fileExtension }: Partial<IBinaryData>): string {
	const name = typeof fileName === 'string' ? fileName.trim() : '';
	const ending = typeof fileExtension === 'string' ? fileExtension.replace(/^\./, '').trim() : '';
	return name !== '' || ending === '' ? name : `file.${ending}`;
}

/** The type as it is given, or what the file shows where that says nothing. */
async function typeOf(
	session: Session,
	binary: Partial<IBinaryData>,
	stored: StoredContent,
): Promise<string> {
	const given = typeof binary.mimeType === 'string' ? binary.mimeType : '';
	if (!saysNothing(bareTypeOf(given))) return given;
	return typeOfFile(nameIn(binary), await headOf(session, stored)) ?? given;
}

/** The first bytes of a file. */
async function headOf(session: Session, stored: StoredContent): Promise<Buffer> {
	if ('base64' in stored) {
		return Buffer.from(stored.base64.slice(0, 2 * BYTES_THAT_TELL), 'base64');
	}
	const chunks: Buffer[] = [];
	let length = 0;
	for await (const chunk of await session.openFile(stored.id)) {
		chunks.push(Buffer.from(chunk as Uint8Array));
		length += chunks[chunks.length - 1].length;
		if (length >= BYTES_THAT_TELL) break;
	}
	return Buffer.concat(chunks);
}

/** In bytes. */
async function sizeOf(session: Session, stored: StoredContent): Promise<number> {
	return 'id' in stored
		? await session.sizeOfFile(stored.id)
		: Buffer.byteLength(stored.base64, 'base64');
}

/** @throws InputError when n8n's storage has not got the file */
async function fromStorage<T>(read: () => Promise<T>, field: string, label: string): Promise<T> {
	return await read().catch((error: unknown) => {
		const reason = error instanceof Error ? error.message : String(error);
		throw new InputError(
			label,
			`'${label}' names the binary field '${field}', whose file n8n's storage does not give (${reason}).`,
			'Run the workflow from the node that makes the file.',
		);
	});
}
