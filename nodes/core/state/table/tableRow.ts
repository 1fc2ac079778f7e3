import { consentFor, type ConsentRecord, type ConsentScope } from '../../conversation/consent';
import { addressOf, identityOf, identityOfId, isUserId } from '../../conversation/contact';
import { joinFacts, NO_FACTS, type ContactFacts } from '../../conversation/facts';
import { handedOverUntil } from '../../conversation/owner';
import { DEFAULT_MARGIN_SECONDS, windowOf } from '../../conversation/window';
import { isoTime } from '../../events/time';
import { blankRecord, keyOf, namedIn, type IdRecord } from '../memory/idRecord';
import { keptUntil } from '../memory/pruning';
import { readRecordText, recordText } from '../text/contactText';
import { oldRecords } from '../text/oldContact';

import { joinDeliveries, repeatedUntil } from './recentDeliveries';

export type ColumnType = 'string' | 'number' | 'boolean' | 'date';

/** A value of a data table; dates are ISO texts. */
export type Cell = string | number | boolean | null;

export type Cells = Record<string, Cell>;

/**
 * The columns of the table, one row for each contact of a business number: of a user ID, with the phone
 * numbers that it was seen with, or of a phone number alone. The first ones are for people; the nodes
 * go by the last six, and by `businessNumberId` and `userId`.
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
	{ name: 'handedOverUntil', type: 'date' },
	{ name: 'phoneKey', type: 'string' },
	{ name: 'otherKeys', type: 'string' },
	{ name: 'facts', type: 'string' },
	{ name: 'deliveries', type: 'string' },
	{ name: 'keepUntil', type: 'date' },
	{ name: 'version', type: 'string' },
];

/** Those for people that a table of an older version may lack; the nodes do without them. */
const LATER_COLUMNS = ['handedOverUntil'];

/** The columns without which a table cannot hold the state. */
export const NEEDED_COLUMNS = COLUMNS.filter(({ name }) => !LATER_COLUMNS.includes(name));

/** A row's cells as a table of an older version takes them. */
export function cellsOfOldTable(cells: Cells): Cells {
	return Object.fromEntries(
		Object.entries(cells).filter(([name]) => !LATER_COLUMNS.includes(name)),
	);
}

/** What a row holds. */
export interface RowContent {
	businessNumberId: string;
	/** Whose row it is. */
	id: string;
	/** What was told of that identifier, and of others. */
	records: readonly IdRecord[];
	/** Profile name; '' when it is not known. */
	name: string;
	/** See `recentDeliveries.ts`. */
	deliveries: string;
}

/** A row as it was read or written. */
export interface StoredRow extends RowContent {
	rowId: number;
	/** Another text after every write, so that a writer knows whether a row is still what was read. */
	version: string;
}

/** A row's cells. */
export function cellsOf(content: RowContent, version: string): Cells {
	const { id, records, businessNumberId, name, deliveries } = content;
	const { phone, userId } = identityIn(content);
	const others = [...new Set(idsIn(content).map(keyOf))].filter(
		(key) => key !== userId && key !== keyOf(phone ?? ''),
	);
	others.sort();
	const facts = records.reduce((sum, record) => joinFacts(sum, record.facts), NO_FACTS);
	const kept = records.map(keptUntil);
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
		handedOverUntil: timeCell(handedOverUntil(facts.owner)),
		phoneKey: phone ? keyOf(phone) : '',
		otherKeys: others.length > 0 ? `|${others.join('|')}|` : '',
		facts: FACTS_FORM + recordsInOrder(id, records).map(recordText).join(';'),
		deliveries,
		keepUntil: timeCell(Math.max(repeatedUntil(deliveries), ...kept)),
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

/** Whose row it is first. */
function recordsInOrder(id: string, records: readonly IdRecord[]): IdRecord[] {
	const isOwn = (record: IdRecord) => keyOf(record.id) === keyOf(id);
	const others = records.filter((record) => !isOwn(record));
	others.sort((a, b) => (a.id < b.id ? -1 : 1));
	return [...records.filter(isOwn), ...others];
}

/** The contact as the row shows it: with the phone number that it was last seen with. */
function identityIn({ id, records }: RowContent): { phone?: string; userId?: string } {
	const own = records.find((record) => keyOf(record.id) === keyOf(id));
	const [link] = [...(own?.links ?? [])].sort((a, b) => b.last - a.last);
	return { phone: link?.phone, ...identityOfId(own?.id ?? id) };
}

/** Every identifier that a row names. */
export function idsIn({ id, records }: RowContent): string[] {
	return [id, ...records.flatMap((record) => [record.id, ...namedIn(record)])];
}

/**
 * What the facts of a row begin with, so that what somebody types there is not taken for some. Version
 * 0.1.0 wrote the first one.
 */
const OLD_FACTS_FORM = '1,';
const FACTS_FORM = '2,';

/** A row of the API; undefined for one without a contact, such as people add by hand. */
export function readRow(row: Record<string, unknown>): StoredRow | undefined {
	const text = (name: string) => (typeof row[name] === 'string' ? row[name] : '');
	const { phone, userId } = identityOf(text('phone'), text('userId'));
	const id = userId ?? phone;
	if (id === undefined || typeof row.id !== 'number') return undefined;
	const others = text('otherKeys').split('|').filter(Boolean);
	const ids = [phone, userId, ...others].filter((one) => one !== undefined);
	return {
		rowId: row.id,
		version: text('version'),
		businessNumberId: text('businessNumberId'),
		id,
		records: recordsIn(text('facts'), ids) ?? [blankRecord(id)],
		name: text('name'),
		deliveries: text('deliveries'),
	};
}

function recordsIn(facts: string, ids: readonly string[]): IdRecord[] | undefined {
	if (facts.startsWith(OLD_FACTS_FORM)) return oldRecords(ids, facts.slice(OLD_FACTS_FORM.length));
	if (!facts.startsWith(FACTS_FORM)) return undefined;
	const texts = facts.slice(FACTS_FORM.length).split(';');
	return texts.map(readRecordText).filter((record) => record !== undefined);
}

/** What tells two contents apart, whatever row holds them. */
export function fingerprint(content: RowContent): string {
	return JSON.stringify(cellsOf(content, ''));
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
