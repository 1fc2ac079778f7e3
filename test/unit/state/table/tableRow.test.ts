import * as fc from 'fast-check';

import type { ContactFacts } from '../../../../nodes/core/conversation/facts';
import { blankRecord } from '../../../../nodes/core/state/memory/idRecord';
import {
	cellsOf,
	COLUMNS,
	fingerprint,
	readRow,
	type RowContent,
} from '../../../../nodes/core/state/table/tableRow';
import { fact, NOW } from '../../conversation/support';
import { anyRecords } from '../arbitraries';

const PHONE = '4915112345678';
const recordWith = (facts: ContactFacts) => ({ ...blankRecord(PHONE), facts });

const contentOf = (rest: Partial<RowContent>): RowContent => ({
	businessNumberId: '106540352242922',
	id: PHONE,
	records: [recordWith(fact({ lastInboundAt: NOW }))],
	name: '',
	deliveries: '',
	...rest,
});

describe('a row', () => {
	it('has a cell for every column, of its type', () => {
		const cells = cellsOf(contentOf({}), 'v1');
		expect(Object.keys(cells)).toEqual(COLUMNS.map(({ name }) => name));
		for (const { name, type } of COLUMNS) {
			const cell = cells[name];
			if (type === 'date')
				expect(cell === null || !Number.isNaN(Date.parse(String(cell)))).toBe(true);
			else expect(typeof cell).toBe('string');
		}
	});

	it('gives back what was put in, whatever the facts and the identifiers', () => {
		fc.assert(
			fc.property(anyRecords, (records) => {
				for (const { id } of records) {
					const content = contentOf({ id, records });
					const row = readRow({ id: 7, ...cellsOf(content, 'v1') });
					expect(row).toMatchObject({ rowId: 7, version: 'v1' });
					expect(fingerprint(row as RowContent)).toBe(fingerprint(content));
				}
			}),
		);
	});

	it.each([
		['without a contact', { id: 1, facts: '{}' }],
		['without an ID', cellsOf(contentOf({}), 'v1')],
	])('%s is none of ours', (_what, row) => {
		expect(readRow(row)).toBeUndefined();
	});

	it.each(['', 'hello', 'null', '[1]', '{"lastInboundAt":"soon","consent":7}'])(
		'whose facts are %j tells nothing',
		(facts) => {
			const row = readRow({ id: 1, ...cellsOf(contentOf({}), 'v1'), facts });
			expect(row?.records).toEqual([blankRecord(PHONE)]);
		},
	);

	it.each(['hello', 'soon:abc', '9'.repeat(30) + ':abc', ' ', ':'])(
		'is written though somebody has put %j in place of its deliveries',
		(deliveries) => {
			const { keepUntil } = cellsOf(contentOf({ deliveries }), 'v1');
			expect(keepUntil).toBe(cellsOf(contentOf({}), 'v1').keepUntil);
		},
	);

	it('tells consent and its end in words', () => {
		const record = { at: NOW, source: 'manual' } as const;
		const consent = [
			{ ...record, scope: 'marketing', state: 'opted_out' },
			{ ...record, scope: 'utility', state: 'opted_in' },
		] as const;
		expect(cellsOf(contentOf({ records: [recordWith(fact({ consent }))] }), 'v1')).toMatchObject({
			consent: 'marketing: stopped, utility: opted in',
			optedOutAt: new Date(NOW * 1000).toISOString(),
		});
	});
});
