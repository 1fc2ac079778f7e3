/** What a consent record speaks of; `all` covers every kind of message. */
export type ConsentScope = 'all' | 'marketing' | 'utility' | 'authentication';

const SCOPES: readonly ConsentScope[] = ['all', 'marketing', 'utility', 'authentication'];

/** `lifted` takes back older opt-outs of its scope and is no opt-in itself (rule T27). */
export type ConsentState = 'opted_in' | 'opted_out' | 'lifted';

export type ConsentSource =
	| 'web_form'
	| 'import'
	| 'keyword'
	| 'button'
	| 'meta_preference'
	| 'provider_code'
	| 'manual';

/** One statement of a contact, as recorded (rules.md, Consent). All times are epoch seconds. */
export interface ConsentRecord {
	scope: ConsentScope;
	state: ConsentState;
	at: number;
	source: ConsentSource;
	/** What proves it: an order number, the address of a form, the word that was sent. */
	evidence?: string;
	/** What the contact agreed to, or where that can be read. */
	wording?: string;
	/** End of an opt-in; absent: without end. */
	expiresAt?: number;
	/** When the one confirmation of an opt-out was sent (rule T4). */
	confirmedAt?: number;
	/**
	 * Said under this phone number before it was the contact's, as far as is known (rule E46). Worked
	 * out when records are read, never kept.
	 */
	byEarlierOwner?: true;
}

/** What the records say about one kind of message. */
export interface Consent {
	/**
	 * `in` opted in for this kind · `none` nothing on record · `out` opted out of this kind or of
	 * everything · `stopped` opted out of marketing only.
	 */
	state: 'in' | 'none' | 'out' | 'stopped';
	/** When that was said, epoch seconds; 0 for `none`. */
	at: number;
	/** Stopped at Meta: only the contact can resume it there. */
	atMeta: boolean;
	/** The record that decides; absent for `none`. */
	record?: ConsentRecord;
}

/** What holds for every business number is kept under this one. */
export const ALL_NUMBERS = '*';

const NO_CONSENT: Consent = { state: 'none', at: 0, atMeta: false };

/** Of two statements in one second the first of these holds. */
const RANKS: Record<ConsentState, number> = { opted_out: 2, lifted: 1, opted_in: 0 };

/** Meta's own stop, told by its webhook or by code 131050, is a ledger apart (rules T26, T27). */
export function isMetas(record: ConsentRecord): boolean {
	return record.source === 'meta_preference' || record.source === 'provider_code';
}

/**
 * Orders the records of a scope and source by which replaces which: positive when `a` replaces `b`,
 * 0 only when both say the same. Of equal times the more careful one wins, then the better proof.
 */
function compare(a: ConsentRecord, b: ConsentRecord): number {
	return (
		a.at - b.at ||
		RANKS[a.state] - RANKS[b.state] ||
		(a.confirmedAt ?? 0) - (b.confirmedAt ?? 0) ||
		endOf(b) - endOf(a) ||
		compareTexts(a.evidence, b.evidence) ||
		compareTexts(a.wording, b.wording)
	);
}

function endOf({ expiresAt }: ConsentRecord): number {
	return expiresAt ?? Number.MAX_SAFE_INTEGER;
}

/** No text comes before every text. */
function compareTexts(a: string | undefined, b: string | undefined): number {
	if (a === b) return 0;
	if (a === undefined || b === undefined) return a === undefined ? -1 : 1;
	return a > b ? 1 : -1;
}

/**
 * The newest record per scope, source and state, in a fixed order: an opt-out does not take away the
 * proof of the opt-in before it. Commutative, associative, idempotent.
 */
export function joinConsent(
	a: readonly ConsentRecord[],
	b: readonly ConsentRecord[],
): readonly ConsentRecord[] {
	if (b.length === 0) return a;
	if (a.length === 0 && b.length === 1) return b;
	const newest = new Map<string, ConsentRecord>();
	for (const record of [...a, ...b]) {
		const key = `${record.scope} ${record.source} ${record.state}`;
		const known = newest.get(key);
		if (!known || compare(record, known) > 0) newest.set(key, record);
	}
	return [...newest.keys()].sort().map((key) => newest.get(key) as ConsentRecord);
}

/**
 * How many records of each scope, source and state are kept of one identifier. More than one, because
 * an identifier may turn out to have been one person's first and then another's, and a no of the first
 * one must not be lost behind a no of the second.
 */
const KEPT_OF_EACH = 5;

/** As {@link joinConsent}, with the newest few of each. For keeping, not for deciding. */
export function keepConsent(
	a: readonly ConsentRecord[],
	b: readonly ConsentRecord[],
): readonly ConsentRecord[] {
	if (b.length === 0) return a;
	if (a.length === 0 && b.length === 1) return b;
	const byKey = new Map<string, ConsentRecord[]>();
	for (const record of [...a, ...b]) {
		const key = `${record.scope} ${record.source} ${record.state}`;
		const same = byKey.get(key) ?? [];
		const known = same.findIndex(({ at }) => at === record.at);
		if (known < 0) same.push(record);
		else if (compare(record, same[known]) > 0) same[known] = record;
		byKey.set(key, same);
	}
	return [...byKey.keys()]
		.sort()
		.flatMap((key) =>
			(byKey.get(key) as ConsentRecord[])
				.sort((one, other) => compare(other, one))
				.slice(0, KEPT_OF_EACH),
		);
}

/**
 * What of consent that was said under a phone number and a user ID stays with the number by itself:
 * each no, and what took it back. A yes does not (rule E46).
 */
export function noesOf(records: readonly ConsentRecord[]): readonly ConsentRecord[] {
	return records.filter(({ state }) => state !== 'opted_in');
}

/** The opt-outs that nothing has taken back. */
export function standingNoes(records: readonly ConsentRecord[]): readonly ConsentRecord[] {
	const ledgers = [records.filter(isMetas), records.filter((record) => !isMetas(record))];
	return ledgers
		.flatMap((ledger) => SCOPES.map((scope) => consentFor(ledger, scope, 0)))
		.filter(({ state }) => state === 'out' || state === 'stopped')
		.flatMap(({ record }) => record ?? []);
}

/** Whether two lists from {@link joinConsent} or {@link keepConsent} say the same. */
export function isSameConsent(a: readonly ConsentRecord[], b: readonly ConsentRecord[]): boolean {
	return (
		a.length === b.length &&
		a.every(
			(record, index) =>
				record.scope === b[index].scope &&
				record.source === b[index].source &&
				compare(record, b[index]) === 0,
		)
	);
}

/** How far two clocks may be apart: within it nobody knows which of two statements came first (E54). */
const CLOCKS_APART_SECONDS = 120;

/** Whose clock dates the statements of a source: WhatsApp's for words and buttons in it. */
function clockOf({ source }: ConsentRecord): string {
	return source === 'keyword' || source === 'button' ? 'whatsapp' : source;
}

/** Whether a statement came after an opt-out for certain, and is none itself. */
function lifts(later: ConsentRecord, optOut: ConsentRecord): boolean {
	if (later.state === 'opted_out' || compare(later, optOut) <= 0) return false;
	return clockOf(later) === clockOf(optOut) || later.at - optOut.at > CLOCKS_APART_SECONDS;
}

/** The newest opt-out that no later statement among the records takes back. */
function standingOptOut(records: readonly ConsentRecord[]): ConsentRecord | undefined {
	return newestOf(
		records.filter(
			(record) => record.state === 'opted_out' && !records.some((later) => lifts(later, record)),
		),
	);
}

function newestOf(records: readonly ConsentRecord[]): ConsentRecord | undefined {
	return records.reduce<ConsentRecord | undefined>(
		(newest, record) => (!newest || compare(record, newest) > 0 ? record : newest),
		undefined,
	);
}

/**
 * What the records say about a kind of message; `all` asks about free-form messages.
 *
 * A local record for everything overrules an older one for the kind and the other way round, so a
 * start word lifts a local opt-out (rule T27). Only Meta's own record lifts Meta's stop (T26). What
 * lifts an opt-out is no opt-in: for that, one must be on record (T24). Of the opt-ins for one scope the
 * newest counts, whoever told it; when it has ended it counts no more, but leaves lifted what it had
 * lifted. Of an opt-out and what contradicts it within two minutes by another clock (a form on the
 * web, a message) the opt-out holds (E54).
 *
 * @param now epoch seconds
 */
export function consentFor(
	records: readonly ConsentRecord[],
	scope: ConsentScope,
	now: number,
): Consent {
	if (records.length === 0) return NO_CONSENT;

	const ofLocal = records.filter((r) => (r.scope === scope || r.scope === 'all') && !isMetas(r));
	const ofMeta = records.filter((r) => r.scope === scope && isMetas(r));

	const local = standingOptOut(ofLocal);
	const everything = standingOptOut(ofLocal.filter((r) => r.scope === 'all'));
	if (local && everything) {
		return { state: 'out', at: everything.at, atMeta: false, record: everything };
	}

	const metas = newestOf(ofMeta);
	const optOut = [metas, local].find((record) => record?.state === 'opted_out');
	if (optOut) {
		return {
			state: scope === 'marketing' ? 'stopped' : 'out',
			at: optOut.at,
			atMeta: optOut === metas,
			record: optOut,
		};
	}

	const optIns = [...ofLocal, ...ofMeta].filter((r) => r.state === 'opted_in');
	const latest = SCOPES.flatMap((each) => newestOf(optIns.filter((r) => r.scope === each)) ?? []);
	const optIn = newestOf(latest.filter((r) => now < endOf(r)));
	return optIn ? { state: 'in', at: optIn.at, atMeta: false, record: optIn } : NO_CONSENT;
}
