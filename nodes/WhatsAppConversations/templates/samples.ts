import type { MediaKind } from '../../core/messages/types';
import type { HeaderDraft } from '../../core/templates/create/draft';
import { checkSampleType, isHandle } from '../../core/templates/create/samples';
import { binaryFileOf, type BinaryFile } from '../files/binaryFile';
import { uploadForHandle } from '../files/upload';
import type { Item } from '../run/item';

import type { TemplateContent } from './draft';

const MEDIA: Partial<Record<string, MediaKind>> = {
	IMAGE: 'image',
	VIDEO: 'video',
	DOCUMENT: 'document',
};

/**
 * The draft with a handle for each sample that stands in a binary field. All files are checked before
 * the first one is uploaded; one that several cards have goes up once.
 *
 * @throws InputError when there is no such file, or Meta would not take it as a sample
 */
export async function withSamples<Draft extends TemplateContent>(
	item: Item,
	draft: Draft,
): Promise<Draft> {
	const { header, cards = [] } = draft;
	const files = new Map<string, BinaryFile>();
	await addSample(files, { item, header, prefix: '' });
	for (const [index, card] of cards.entries()) {
		await addSample(files, { item, header: card.header, prefix: `Card ${index + 1} · ` });
	}
	const handles = new Map<string, string>();
	for (const [field, file] of files) {
		handles.set(field, await uploadForHandle(item.session, file));
	}
	return {
		...draft,
		header: withHandle(header, handles),
		cards: cards.map((card) => ({ ...card, header: withHandle(card.header, handles) })),
	};
}

/** Adds the file of a header by the name of its field, if it has one. */
async function addSample(
	files: Map<string, BinaryFile>,
	{ item, header, prefix }: { item: Item; header?: HeaderDraft; prefix: string },
): Promise<void> {
	const kind = MEDIA[header?.format.toUpperCase() ?? ''];
	const field = fieldIn(header);
	if (!kind || (isHandle(field) && !(field in item.binary))) return;
	const label = `${prefix}Header Sample`;
	const file = await binaryFileOf(item, field, kind, label);
	checkSampleType(kind, file.mimeType, label);
	files.set(field, file);
}

function withHandle(header: HeaderDraft | undefined, handles: Map<string, string>) {
	const handle = handles.get(fieldIn(header));
	return header && handle !== undefined ? { ...header, handle } : header;
}

function fieldIn(header?: HeaderDraft): string {
	return header?.handle?.trim() ?? '';
}
