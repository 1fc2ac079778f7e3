import type { Cells, ColumnType } from '../state/table/tableRow';

import type { Line } from './ledger';

/** The columns of the table of all broadcasts: one row for each line, the first ones for people. */
export const BROADCAST_COLUMNS: Array<{ name: string; type: ColumnType }> = [
	{ name: 'broadcast', type: 'string' },
	{ name: 'contact', type: 'string' },
	{ name: 'event', type: 'string' },
	{ name: 'reason', type: 'string' },
	{ name: 'at', type: 'date' },
	{ name: 'messageId', type: 'string' },
	{ name: 'details', type: 'string' },
	{ name: 'names', type: 'string' },
	{ name: 'attempt', type: 'string' },
];

const EVENTS: ReadonlyArray<Line['event']> = [
	...(['claimed', 'accepted', 'refused', 'released', 'skipped', 'failed', 'seen'] as const),
	...(['began', 'ended', 'paused', 'resumed', 'stopped'] as const),
];

/** A line as the cells of its row. */
export function cellsOfLine(broadcast: string, line: Line): Cells {
	const { contact, event, reason, at, messageId, details, names, attempt } = line;
	return {
		...{ broadcast, contact, event, reason, messageId, details, attempt },
		at: new Date(at * 1000).toISOString(),
		names: names.join('|'),
	};
}

/** The line of a row; undefined for one that somebody wrote by hand and that says nothing. */
export function lineOfRow(row: Record<string, unknown>): Line | undefined {
	const text = (name: string) => (typeof row[name] === 'string' ? row[name] : '');
	const event = EVENTS.find((one) => one === row.event);
	if (!event || typeof row.id !== 'number') return undefined;
	return {
		event,
		at: Math.floor(Date.parse(String(row.at)) / 1000) || 0,
		attempt: text('attempt'),
		contact: text('contact'),
		names: text('names').split('|').filter(Boolean),
		messageId: text('messageId'),
		reason: text('reason'),
		details: text('details'),
		rowId: row.id,
	};
}
