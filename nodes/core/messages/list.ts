import { checkCount, entriesOf, refuseRepeats } from '../input/entries';
import { jsonValue } from '../input/json';
import { checkUnknown } from '../input/namedTexts';
import { optionalLabel, requiredLabel } from '../input/text';
import { isObject } from '../isObject';

import { interactive, MAX_BUTTON_TEXT, partsOf } from './interactive';
import type { ListMessage, ListRow } from './types';

/** Limits (Meta: Interactive list messages); texts in characters. */
const MAX_BODY = 4096;
const MAX_SECTIONS = 10;
const MAX_SECTION_TITLE = 24;
const MAX_ROWS = 10;
const MAX_ROW_TITLE = 24;
const MAX_ROW_ID = 200;
const MAX_ROW_DESCRIPTION = 72;

export interface ListRowInput {
	/** What the contact reads and chooses. */
	title: unknown;
	/** What the trigger reports when the row is chosen; the title when empty. */
	id?: unknown;
	/** A second line, in grey. */
	description?: unknown;
}

export interface ListSectionInput {
	/** Must be filled where there are several sections. */
	title?: unknown;
	rows: ListRowInput[];
}

export type ListInput = {
	body: unknown;
	/** The text of the button that opens the list. */
	buttonText: unknown;
	/** Text only; WhatsApp takes no file here. */
	header?: unknown;
	footer?: unknown;
} & (
	| { /** 1 to 10, with 1 to 10 rows altogether. */ sections: ListSectionInput[] }
	| { /** 1 to 10, without a heading. */ rows: ListRowInput[] }
);

const ROW_ENTRIES = ['title', 'id', 'description'];
const SECTION_ENTRIES = ['title', 'rows'];

/**
 * The rows of a list as JSON: the rows themselves, or sections that have `rows` of their own.
 *
 * @throws InputError('Rows') when it is not JSON, or an entry has what WhatsApp does not know
 */
export function rowsInJson(
	value: unknown,
): { rows: ListRowInput[] } | { sections: ListSectionInput[] } {
	const entries = jsonValue('Rows', value);
	const isSections =
		Array.isArray(entries) && entries.some((entry) => isObject(entry) && entry.rows);
	if (!isSections) return { rows: entries as ListRowInput[] };
	(entries as unknown[]).forEach((entry, index) => {
		if (isObject(entry))
			checkUnknown('Rows', entry, SECTION_ENTRIES, { where: `Section ${index + 1}: ` });
	});
	return { sections: entries as ListSectionInput[] };
}

function rowOf(row: ListRowInput, place: string): ListRow {
	checkUnknown('Rows', { ...row }, ROW_ENTRIES, { where: `${place}: ` });
	const { title, id, description } = row;
	const shown = requiredLabel('Row Title', title, MAX_ROW_TITLE, `${place}: `);
	const grey = optionalLabel('Row Description', description, MAX_ROW_DESCRIPTION, `${place}: `);
	return {
		id: optionalLabel('Row ID', id, MAX_ROW_ID, `${place}: `) ?? shown,
		title: shown,
		...(grey !== undefined && { description: grey }),
	};
}

/**
 * A text with a button that opens a list of up to ten rows; a choice comes back as a message of the
 * contact. The IDs of the rows must differ.
 *
 * @throws InputError('Body', 'Header', 'Footer', 'Button Text', 'Sections', 'Section Title', 'Rows',
 * 'Row Title', 'Row ID' or 'Row Description')
 */
export function listMessage(input: ListInput): ListMessage {
	const header = { type: 'text' as const, text: input.header };
	const parts = partsOf({ ...input, header }, MAX_BODY);
	const button = requiredLabel('Button Text', input.buttonText, MAX_BUTTON_TEXT);

	const named = 'sections' in input;
	const given: readonly ListSectionInput[] = named
		? entriesOf('Sections', input.sections, [1, MAX_SECTIONS])
		: [{ rows: input.rows }];
	const places: string[] = [];
	const sections = given.map(({ title, rows }, index) => {
		const place = named ? `Section ${index + 1}` : '';
		const where = place && `${place}: `;
		const text = given.length > 1 ? requiredLabel : optionalLabel;
		const heading = text('Section Title', title, MAX_SECTION_TITLE, where);
		const built = entriesOf('Rows', rows, [1, MAX_ROWS], where).map((row, number) => {
			places.push(place ? `${place}, row ${number + 1}` : `Row ${number + 1}`);
			return rowOf(row, places[places.length - 1]);
		});
		return { ...(heading !== undefined && { title: heading }), rows: built };
	});
	checkCount('Rows', places.length, [1, MAX_ROWS], 'All sections together: ');
	const rows = sections.flatMap((section) => section.rows);
	// A row without an ID answers by its title.
	const byTitle = rows.flatMap(({ id, title }, index) => (id === title ? [index] : []));
	refuseRepeats(
		'Row Title',
		byTitle.map((index) => rows[index].title),
		byTitle.map((index) => places[index]),
	);
	refuseRepeats(
		'Row ID',
		rows.map(({ id }) => id),
		places,
	);
	return interactive('list', parts, { button, sections });
}
