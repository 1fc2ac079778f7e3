import { consentFor, type ConsentRecord, type ConsentScope } from '../conversation/consent';
import { addressOf, identityOf, identityOfAll, isUserId } from '../conversation/contact';
import { NO_FACTS, type ContactFacts } from '../conversation/facts';
import { DEFAULT_MARGIN_SECONDS, windowOf } from '../conversation/window';
import { isObject } from '../isObject';

import { consentText, readConsentText } from './consentText';
import { joinDeliveries } from './recentDeliveries';
import { keyOf, type Contact } from './replica';

export type ColumnType = 'string' | 'number' | 'boolean' | 'date';

/** A value of a data table; dates are ISO texts. */
export type Cell = string | number | boolean | null;

export type Cells = Record<string, Cell>;

/**
 * The columns of the table, one row for each contact of a business number. The first ones are for
 * people; the nodes go by the last five, and by `businessNumberId` and `userId`.
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
	const { phone, userId } = identityOfAll(ids);
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
		facts: factsText(facts),
		deliveries,
		version,
	};
}

/** When the window closes or closed, also by a refusal; 0 when it never opened. */
function windowEnd(facts: ContactFacts): number {
	const { expiresAt = 0, closedBy } = windowOf(facts, undefined, DEFAULT_MARGIN_SECONDS, 0);
	return closedBy === 'refusal' ? Math.min(expiresAt, facts.refusedAt) : expiresAt;
}

function timeCell(at: number): string | null {
	return at === 0 ? null : new Date(at * 1000).toISOString();
}

const SCOPES: ConsentScope[] = ['all', 'marketing', 'utility', 'authentication'];
const WORDS = { in: 'opted in', out: 'opted out', stopped: 'stopped' } as const;

/** e.g. `marketing: stopped, utility: opted in`. */
function consentWords(consent: readonly ConsentRecord[]): string {
	return SCOPES.flatMap((scope) => {
		const { state } = consentFor(consent, scope);
		return state === 'none' ? [] : `${scope}: ${WORDS[state]}`;
	}).join(', ');
}

function optedOutAt(consent: readonly ConsentRecord[]): number {
	const { state, at } = consentFor(consent, 'marketing');
	return state === 'out' || state === 'stopped' ? at : 0;
}

/** All facts as a text: times that are known, in epoch seconds, and consent in its saved form. */
export function factsText(facts: ContactFacts): string {
	const times = Object.entries(facts)
		.filter(([, value]) => typeof value === 'number' && value > 0)
		.sort();
	const consent = consentText(facts.consent);
	return JSON.stringify({ ...Object.fromEntries(times), ...(consent ? { consent } : {}) });
}

/** The facts of a text; what cannot be read is left out. */
function readFacts(text: string): ContactFacts {
	const saved = parsed(text);
	const times = Object.entries(NO_FACTS)
		.filter(([, value]) => typeof value === 'number')
		.map(([name]) => [name, Number(saved[name]) || 0]);
	const consent = typeof saved.consent === 'string' ? readConsentText(saved.consent) : [];
	return { ...NO_FACTS, ...Object.fromEntries(times), consent };
}

/** {} for what is no object: somebody has written into the cell. */
function parsed(text: string): Record<string, unknown> {
	try {
		const value: unknown = JSON.parse(text);
		return isObject(value) ? value : {};
	} catch {
		return {};
	}
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
