import { consentFor, type ConsentRecord, type ConsentScope } from '../conversation/consent';
import { addressOf, identityOf, isUserId } from '../conversation/contact';
import { NO_FACTS, type ContactFacts } from '../conversation/facts';
import { DEFAULT_MARGIN_SECONDS, windowOf } from '../conversation/window';
import { isoTime } from '../events/time';

import { factsText, readFactsText } from './contactText';
import { joinDeliveries, repeatedUntil } from './recentDeliveries';
import { currentIdentity, keptUntil, keyOf, type Contact } from './replica';

export type ColumnType = 'string' | 'number' | 'boolean' | 'date';

/** A value of a data table; dates are ISO texts. */
export type Cell = string | number | boolean | null;

export type Cells = Record<string, Cell>;

/**
 * The columns of the table, one row for each contact of a business number. The first ones are for
 * people; the nodes go by the last six, and by `businessNumberId` and `userId`.
 */
export const COLUMNS: ReadonlyArray<{ name: string; type: ColumnType }> = [
	{ name: 'contact', type: 'string' },
	{ name: 'name', type: 'string' },
	{ name: 'phone', type: 'string' },
	{ name: 'userId', type: 'string' },
	{ name: 'businessNumberId', type: 'string' },
	{ name: 'lastMessageAt', type: 'date' },
	{ name: 'windowExpiresAt', type: 'date' },
	{ name: 'refusedAt', type: 'date' },
	{ name: 'freeEntryPointUntil', type: 'date' },
	{ name: 'marketingLimitedAt', type: 'date' },
	{ name: 'consent', type: 'string' },
	{ name: 'optedOutAt', type: 'date' },
	{ name: 'phoneKey', type: 'string' },
	{ name: 'otherKeys', type: 'string' },
	{ name: 'facts', type: 'string' },
	{ name: 'deliveries', type: 'string' },
	{ name: 'keepUntil', type: 'date' },
	{ name: 'version', type: 'string' },
];

/** What a row holds. */
export interface RowContent extends Contact {
	businessNumberId: string;
	/** Profile name; '' when it is not known. */
	name: string;
	/** See `recentDeliveries.ts`. */
	deliveries: string;
}

/** A row as it was read or written. */
export interface StoredRow extends RowContent {
	id: number;
	/** Another text after every write, so that a writer knows whether a row is still what was read. */
	version: string;
}

/** A row's cells. */
export function cellsOf(content: RowContent, version: string): Cells {
	const { ids, facts, businessNumberId, name, deliveries } = content;
	const { phone, userId } = currentIdentity(content);
	const others = ids.filter((id) => id !== phone && id !== userId).map(keyOf);
	return {
		contact: addressOf({ phone, userId }),
		name,
		phone: phone ? `+${phone}` : '',
		userId: userId ?? '',
		businessNumberId,
		lastMessageAt: timeCell(facts.lastInboundAt),
		windowExpiresAt: timeCell(windowEnd(facts)),
		refusedAt: timeCell(facts.refusedAt),
		freeEntryPointUntil: timeCell(facts.freeEntryPointUntil),
		marketingLimitedAt: timeCell(facts.marketingLimitedAt),
		consent: consentWords(facts.consent),
		optedOutAt: timeCell(optedOutAt(facts.consent)),
		phoneKey: phone ? keyOf(phone) : '',
		otherKeys: others.length > 0 ? `|${others.join('|')}|` : '',
		facts: FACTS_FORM + factsText(facts),
		deliveries,
		keepUntil: timeCell(Math.max(keptUntil(content), repeatedUntil(deliveries))),
		version,
	};
}

/** The rows in which nothing can matter any more. @param now epoch seconds */
export function outlivedBy(now: number): { columnName: string; condition: string; value: string } {
	return { columnName: 'keepUntil', condition: 'lt', value: isoTime(now) };
}

/** When the window closes or closed, also by a refusal; 0 when it never opened. */
function windowEnd(facts: ContactFacts): number {
	const { expiresAt = 0, closedBy } = windowOf(facts, undefined, DEFAULT_MARGIN_SECONDS, 0);
	return closedBy === 'refusal' ? Math.min(expiresAt, facts.refusedAt) : expiresAt;
}

/** Empty for never. */
function timeCell(at: number): string | null {
	return at === 0 || at === Infinity ? null : new Date(at * 1000).toISOString();
}

const SCOPES: ConsentScope[] = ['all', 'marketing', 'utility', 'authentication'];
const WORDS = { in: 'opted in', out: 'opted out', stopped: 'stopped' } as const;

/** A row does not change by itself, so it names the end of an opt-in, and does not heed it. */
const WHEN_WRITTEN = 0;

/** e.g. `marketing: stopped, utility: opted in until 2027-01-31`. */
function consentWords(consent: readonly ConsentRecord[]): string {
	return SCOPES.flatMap((scope) => {
		const { state, record } = consentFor(consent, scope, WHEN_WRITTEN);
		if (state === 'none') return [];
		const end = record?.expiresAt ? ` until ${isoTime(record.expiresAt).slice(0, 10)}` : '';
		return `${scope}: ${WORDS[state]}${end}`;
	}).join(', ');
}

function optedOutAt(consent: readonly ConsentRecord[]): number {
	const { state, at } = consentFor(consent, 'marketing', WHEN_WRITTEN);
	return state === 'out' || state === 'stopped' ? at : 0;
}

/** What the facts of a row begin with, so that what somebody types there is not taken for some. */
const FACTS_FORM = '1,';

function readFacts(cell: string): ContactFacts {
	return cell.startsWith(FACTS_FORM) ? readFactsText(cell.slice(FACTS_FORM.length)) : NO_FACTS;
}

/** A row of the API; undefined for one without a contact, such as people add by hand. */
export function readRow(row: Record<string, unknown>): StoredRow | undefined {
	const text = (name: string) => (typeof row[name] === 'string' ? row[name] : '');
	const { phone, userId } = identityOf(text('phone'), text('userId'));
	const others = text('otherKeys').split('|');
	const ids = [phone, userId, ...others].filter((id): id is string => Boolean(id));
	if (ids.length === 0 || typeof row.id !== 'number') return undefined;
	return {
		id: row.id,
		version: text('version'),
		businessNumberId: text('businessNumberId'),
		ids,
		name: text('name'),
		facts: readFacts(text('facts')),
		deliveries: text('deliveries'),
	};
}

/** What tells two contents apart, whatever row holds them. */
export function fingerprint(content: RowContent): string {
	return JSON.stringify(cellsOf({ ...content, ids: [...content.ids].sort() }, ''));
}

/** What is found where an identifier stands. */
export function filtersOf(
	id: string,
): Array<{ columnName: string; condition: string; value: string }> {
	const key = keyOf(id);
	return [
		{ columnName: isUserId(id) ? 'userId' : 'phoneKey', condition: 'eq', value: key },
		{ columnName: 'otherKeys', condition: 'like', value: `%|${key}|%` },
	];
}

/** What several rows of one contact hold beside its facts. */
export function joinedExtras(rows: readonly RowContent[]): Pick<RowContent, 'name' | 'deliveries'> {
	return {
		name: rows.reduce((last, { name }) => name || last, ''),
		deliveries: rows.reduce((sum, { deliveries }) => joinDeliveries(sum, deliveries), ''),
	};
}
