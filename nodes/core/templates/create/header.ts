import type { ComponentDefinition } from '../definition';
import { placeholdersOf } from '../placeholders';

import { oneOf, plainText, refuseIf, requiredText } from './checks';
import type { HeaderDraft } from './draft';
import { sampledText } from './sampledText';

const TEXT_LIMIT = 60;

const FORMATS = ['TEXT', 'IMAGE', 'VIDEO', 'DOCUMENT', 'LOCATION', 'PRODUCT'] as const;

/**
 * The header of a new template (Meta: Template components).
 * @param prefix put before each display name: '' or 'Card 1 · '
 * @throws InputError
 */
export function headerToCreate(draft: HeaderDraft, prefix = ''): ComponentDefinition {
	const format = oneOf(`${prefix}Header`, draft.format, FORMATS);
	if (format === 'TEXT') return { type: 'HEADER', format, ...headerText(draft, prefix) };
	if (format === 'LOCATION' || format === 'PRODUCT') return { type: 'HEADER', format };
	const handle = requiredText(`${prefix}Header Sample`, draft.handle);
	return { type: 'HEADER', format, example: { header_handle: [handle] } };
}

function headerText({ text: raw, example }: HeaderDraft, prefix: string) {
	const labels = { text: `${prefix}Header Text`, examples: `${prefix}Header Example` };
	const text = plainText(labels.text, raw, TEXT_LIMIT);
	const names = placeholdersOf(text);
	refuseIf(
		names.length > 1,
		labels.text,
		`'${labels.text}' has ${names.length} placeholders; Meta accepts one.`,
		'Put the others into the body.',
	);
	const samples = example && names.length > 0 ? { [names[0]]: example } : {};
	return sampledText('header', labels, text, samples);
}
