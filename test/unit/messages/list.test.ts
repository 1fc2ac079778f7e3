import {
	listMessage,
	rowsInJson,
	type ListInput,
	type ListSectionInput,
} from '../../../nodes/core/messages/list';

import { refusal } from './refusal';

const parts = { body: 'What shall it be?', buttonText: 'Choose' };
const build = (change: object) => listMessage({ ...parts, ...change } as ListInput);
const rows = (count: number) => Array.from({ length: count }, (_, i) => ({ title: `Row ${i}` }));
const section = (title: unknown, count = 1): ListSectionInput => ({
	title,
	rows: rows(count).map((row) => ({ title: row.title, id: `${String(title)} ${row.title}` })),
});

describe('listMessage', () => {
	it('builds sections', () => {
		const sections = [
			{ title: 'Fast', rows: [{ id: 'x', title: 'Express', description: 'Next day' }] },
			{ title: 'Slow', rows: [{ id: 'm', title: 'Mail' }] },
		];
		expect(build({ header: 'Shipping', footer: 'Thanks', sections })).toEqual({
			type: 'interactive',
			interactive: {
				type: 'list',
				header: { type: 'text', text: 'Shipping' },
				body: { text: 'What shall it be?' },
				footer: { text: 'Thanks' },
				action: { button: 'Choose', sections },
			},
		});
	});

	it('builds one section without a name out of rows', () => {
		expect(build({ rows: [{ title: 'A' }, { title: 'B' }] }).interactive).toEqual({
			type: 'list',
			body: { text: 'What shall it be?' },
			action: {
				button: 'Choose',
				sections: [
					{
						rows: [
							{ id: 'A', title: 'A' },
							{ id: 'B', title: 'B' },
						],
					},
				],
			},
		});
	});

	it.each<[string, object, object]>([
		['the title as ID', { title: 'A', id: '' }, { id: 'A', title: 'A' }],
		[
			'trimmed texts',
			{ title: ' A ', id: ' a ', description: ' d ' },
			{ id: 'a', title: 'A', description: 'd' },
		],
		['numbers', { title: 7, id: 0 }, { id: '0', title: '7' }],
		['an empty description', { title: 'A', description: ' ' }, { id: 'A', title: 'A' }],
		[
			'the longest',
			{ title: '😀'.repeat(24), id: 'x'.repeat(200), description: 'y'.repeat(72) },
			{ id: 'x'.repeat(200), title: '😀'.repeat(24), description: 'y'.repeat(72) },
		],
	])('takes rows: %s', (_name, row, built) => {
		expect(build({ rows: [row] }).interactive.action.sections[0].rows).toEqual([built]);
	});

	it.each<[string, object]>([
		['10 rows', { rows: rows(10) }],
		['10 sections', { sections: rows(10).map(({ title }) => section(title)) }],
		['a single section without a title', { sections: [section(undefined)] }],
		[
			'the same title with other IDs',
			{
				rows: [
					{ title: 'A', id: '1' },
					{ title: 'A', id: '2' },
				],
			},
		],
		['a body of 4096 characters', { body: 'x'.repeat(4096), rows: rows(1) }],
	])('takes %s', (_name, change) => {
		expect(() => build(change)).not.toThrow();
	});

	it.each<[string, object, string, RegExp]>([
		['no body', { body: '', rows: rows(1) }, 'Body', /is empty/],
		['a long body', { body: 'x'.repeat(4097), rows: rows(1) }, 'Body', /4097 .* 4096/],
		['a long header', { header: 'x'.repeat(61), rows: rows(1) }, 'Header', /61 .* 60/],
		['a file as header', { header: { image: {} }, rows: rows(1) }, 'Header', /not text/],
		['a long footer', { footer: 'x'.repeat(61), rows: rows(1) }, 'Footer', /61 .* 60/],
		['no button', { buttonText: ' ', rows: rows(1) }, 'Button Text', /is empty/],
		['a long button', { buttonText: 'x'.repeat(21), rows: rows(1) }, 'Button Text', /21 .* 20/],
		[
			'no sections',
			{ sections: [] },
			'Sections',
			/^'Sections' has 0 entries; WhatsApp takes 1 to 10/,
		],
		['undefined sections', { sections: undefined }, 'Sections', /0 entries/],
		[
			'11 sections',
			{ sections: rows(11).map(({ title }) => section(title)) },
			'Sections',
			/11 .* at most 10/,
		],
		['text for sections', { sections: 'A' }, 'Sections', /not a list/],
		['text for a section', { sections: ['A'] }, 'Sections', /not a list/],
		['no rows', { rows: [] }, 'Rows', /^'Rows' has 0 entries/],
		['11 rows', { rows: rows(11) }, 'Rows', /^'Rows' has 11 entries; WhatsApp takes at most 10/],
		['null for a row', { rows: [null] }, 'Rows', /not a list/],
		[
			'an empty section',
			{ sections: [section('A'), { title: 'B', rows: [] }] },
			'Rows',
			/^Section 2: 'Rows' has 0/,
		],
		[
			'11 rows in two sections',
			{ sections: [section('A', 5), section('B', 6)] },
			'Rows',
			/^All sections together: 'Rows' has 11/,
		],
		[
			'a section without a title',
			{ sections: [section('A'), section(' ')] },
			'Section Title',
			/^Section 2: 'Section Title' is empty/,
		],
		[
			'a long section title',
			{ sections: [section('x'.repeat(25))] },
			'Section Title',
			/^Section 1: .* 25 .* 24/,
		],
		[
			'no row title',
			{ rows: [{ title: 'A' }, { title: '' }] },
			'Row Title',
			/^Row 2: 'Row Title' is empty/,
		],
		[
			'a long row title',
			{ sections: [{ rows: [{ title: 'x'.repeat(25) }] }] },
			'Row Title',
			/^Section 1, row 1: 'Row Title' has 25 .* 24/,
		],
		['a long row ID', { rows: [{ title: 'A', id: 'x'.repeat(201) }] }, 'Row ID', /201 .* 200/],
		[
			'a long description',
			{ rows: [{ title: 'A', description: 'x'.repeat(73) }] },
			'Row Description',
			/73 .* 72/,
		],
		[
			'the same ID twice',
			{ rows: [{ title: 'A' }, { title: 'B', id: 'A' }] },
			'Row ID',
			/^Row 2: 'Row ID' is the same as that of row 1/,
		],
		[
			'the same ID in two sections',
			{
				sections: [
					{ title: 'S', rows: [{ title: 'A', id: '1' }] },
					{ title: 'T', rows: [{ title: 'B', id: '1' }] },
				],
			},
			'Row ID',
			/^Section 2, row 1: 'Row ID' is the same as that of section 1, row 1/,
		],
		[
			'the same title in two rows without IDs, which answer by it',
			{ rows: [{ title: 'A' }, { title: 'A', id: '1' }, { title: 'A' }] },
			'Row Title',
			/^Row 3: 'Row Title' is the same as that of row 1/,
		],
		[
			'an ID that is the title of a row without one',
			{ rows: [{ title: 'A' }, { title: 'B', id: 'A' }] },
			'Row ID',
			/^Row 2: 'Row ID' is the same as that of row 1/,
		],
	])('refuses %s', (_name, change, field, message) => {
		const thrown = refusal(() => build(change));
		expect(thrown.field).toBe(field);
		expect(thrown.message).toMatch(message);
	});
});

describe('rows as JSON', () => {
	const sent = (json: unknown) => build(rowsInJson(json)).interactive.action.sections;

	it('may be rows, as a text or as they are', () => {
		const one = [{ title: 'Mon, 9:00', id: 'mon' }];
		expect(sent(one)).toEqual([{ rows: one }]);
		expect(sent(JSON.stringify(one))).toEqual([{ rows: one }]);
	});

	it('may be sections with rows', () => {
		const sections = [
			{ title: 'Week', rows: [{ title: 'Monday', id: 'mon' }] },
			{ title: 'Weekend', rows: [{ title: 'Sunday', id: 'sun' }] },
		];
		expect(sent(sections)).toEqual(sections);
		expect(sent([{ title: 'Week', rows: [{ title: 'Monday' }] }])).toEqual([
			{ title: 'Week', rows: [{ title: 'Monday', id: 'Monday' }] },
		]);
	});

	it.each<[string, unknown, string]>([
		['a row', [{ title: 'A', postback: 'x' }], "Row 1: 'Rows' has an entry 'postback'"],
		[
			'a section',
			[{ title: 'A', rows: [{ title: 'B' }], icon: 'x' }],
			"Section 1: 'Rows' has an entry 'icon'",
		],
		[
			'a row of a section',
			[{ title: 'A', rows: [{ title: 'B', icon: 'x' }] }],
			"Section 1, row 1: 'Rows' has an entry 'icon'",
		],
		[
			'a row among sections',
			[{ title: 'A', rows: [{ title: 'B' }] }, { title: 'C' }],
			"Section 2: 'Rows' has 0 entries",
		],
	])('are refused for what %s has too much or too little', (_what, json, said) => {
		expect(refusal(() => sent(json)).message).toContain(said);
	});

	it('may have empty entries besides', () => {
		expect(sent([{ title: 'A', price: null, tags: [] }])).toEqual([
			{ rows: [{ title: 'A', id: 'A' }] },
		]);
	});
});
