import type { ResourceMapperField } from 'n8n-workflow';

import type { ReadTemplate } from '../../core/templates/readTemplate';

/** Beside the fields of a template, in order to be read: a list whose only entry is the text. */
const ID = 'text';

const SHOWN = 'shown';

/** n8n shows the names of a list's entries in full, and nothing else that a template tells. */
export function wholeTextField({ preview }: ReadTemplate): ResourceMapperField {
	return {
		id: ID,
		displayName: 'Whole Text: Click to Read',
		required: false,
		type: 'options',
		options: [{ name: preview({}).text, value: SHOWN }],
		defaultValue: SHOWN,
		display: true,
		defaultMatch: false,
		canBeUsedToMatch: false,
	};
}

/** The values that were given for a template, without what was only there to be read. */
export function withoutWholeText(values: Record<string, unknown>): Record<string, unknown> {
	return Object.fromEntries(Object.entries(values).filter(([id]) => id !== ID));
}
