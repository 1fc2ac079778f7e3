/** What a consent record speaks of; `all` covers every kind of message. */
export type ConsentScope = 'all' | 'marketing' | 'utility' | 'authentication';

export type ConsentSource =
	| 'web_form'
	| 'import'
	| 'keyword'
	| 'button'
	| 'meta_preference'
	| 'provider_code'
	| 'manual';

/** One statement of a contact, as recorded (rules.md, section 3.6). */
export interface ConsentRecord {
	scope: ConsentScope;
	state: 'opted_in' | 'opted_out';
	/** Epoch seconds. */
	at: number;
	source: ConsentSource;
	/** What proves it: an order number, the address of a form, the word that was sent. */
	evidence?: string;
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
}

const NO_CONSENT: Consent = { state: 'none', at: 0, atMeta: false };

/** Meta's own stop, told by its webhook or by code 131050, is a ledger apart (rules T26, T27). */
function isMetas(record: ConsentRecord): boolean {
	return record.source === 'meta_preference' || record.source === 'provider_code';
}

/** Whether `a` replaces `b`. Of two records of one second the opt-out wins, then the evidence. */
function isNewer(a: ConsentRecord, b: ConsentRecord): boolean {
	if (a.at !== b.at) return a.at > b.at;
	if (a.state !== b.state) return a.state === 'opted_out';
	if (a.evidence === undefined) return false;
	return b.evidence === undefined || a.evidence > b.evidence;
}

/**
 * The newest record per scope and source, in a fixed order. Commutative, associative, idempotent.
 */
export function joinConsent(
	a: readonly ConsentRecord[],
	b: readonly ConsentRecord[],
): readonly ConsentRecord[] {
	if (b.length === 0) return a;
	if (a.length === 0 && b.length === 1) return b;
	const newest = new Map<string, ConsentRecord>();
	for (const record of [...a, ...b]) {
		const key = `${record.scope} ${record.source}`;
		const known = newest.get(key);
		if (!known || isNewer(record, known)) newest.set(key, record);
	}
	return [...newest.keys()].sort().map((key) => newest.get(key) as ConsentRecord);
}

/** Whether two lists from {@link joinConsent} say the same. */
export function isSameConsent(a: readonly ConsentRecord[], b: readonly ConsentRecord[]): boolean {
	return (
		a.length === b.length &&
		a.every(({ scope, state, at, source, evidence }, index) => {
			const other = b[index];
			return (
				scope === other.scope &&
				state === other.state &&
				at === other.at &&
				source === other.source &&
				evidence === other.evidence
			);
		})
	);
}

function newestOf(records: readonly ConsentRecord[]): ConsentRecord | undefined {
	return records.reduce<ConsentRecord | undefined>(
		(newest, record) => (!newest || isNewer(record, newest) ? record : newest),
		undefined,
	);
}

/**
 * What the records say about a kind of message; `all` asks about free-form messages.
 *
 * A local record for everything overrules an older one for the kind and the other way round, so a
 * start word lifts a local opt-out (rule T27). Only Meta's own record lifts Meta's stop (T26).
 */
export function consentFor(records: readonly ConsentRecord[], scope: ConsentScope): Consent {
	if (records.length === 0) return NO_CONSENT;

	const everything = newestOf(records.filter((r) => r.scope === 'all' && !isMetas(r)));
	const local = newestOf(
		records.filter((r) => (r.scope === scope || r.scope === 'all') && !isMetas(r)),
	);
	if (everything?.state === 'opted_out' && local?.state === 'opted_out') {
		return { state: 'out', at: everything.at, atMeta: false };
	}

	const metas = newestOf(records.filter((r) => r.scope === scope && isMetas(r)));
	const optOut = [metas, local].find((record) => record?.state === 'opted_out');
	if (optOut) {
		return {
			state: scope === 'marketing' ? 'stopped' : 'out',
			at: optOut.at,
			atMeta: optOut === metas,
		};
	}
	const optIn = local ?? metas;
	return optIn ? { state: 'in', at: optIn.at, atMeta: false } : NO_CONSENT;
}
