import type {
	ConsentRecord,
	ConsentScope,
	ConsentSource,
} from '../../../nodes/core/conversation/consent';
import type { Outgoing, Policy, Reason } from '../../../nodes/core/conversation/decide';

/*
 * The rules once more, as a person would apply them to a list of all that ever happened: slowly, from
 * the beginning each time, and with nothing of the code under test but its types. It joins nothing.
 */

const MINUTE = 60;
const DAY = 24 * 60 * MINUTE;

/** Something that happened between a business number and one contact; times are epoch seconds. */
export type Happening =
	| { what: 'message' | 'call' | 'refusal' | 'newNumber' | 'limited'; at: number }
	| { what: 'freeEntryPoint'; at: number; until: number }
	| { what: 'reaction' | 'templateSent' | 'replySent' | 'delivered'; at: number }
	| { what: 'statement'; at: number; statement: Statement };

export type Statement = Pick<ConsentRecord, 'scope' | 'state' | 'at' | 'source' | 'expiresAt'> & {
	/** The confirmation of this opt-out has been sent. */
	isConfirmed: boolean;
};

function times(all: readonly Happening[], ...kinds: Array<Happening['what']>): number[] {
	return all.filter(({ what }) => kinds.includes(what)).map(({ at }) => at);
}

/** The latest; undefined when there is none. */
function latest(all: readonly Happening[], ...kinds: Array<Happening['what']>) {
	const found = times(all, ...kinds).sort((a, b) => b - a);
	return found.length > 0 ? found[0] : undefined;
}

export interface NaiveWindow {
	state: 'open' | 'closed' | 'unknown';
	closedBy?: 'time' | 'refusal' | 'silence';
}

/** Rules: Window and messages. */
export function naiveWindow(
	all: readonly Happening[],
	watchedSince: number | undefined,
	marginSeconds: number,
	now: number,
): NaiveWindow {
	const written = latest(all, 'message', 'call');
	const refused = latest(all, 'refusal');
	if (refused !== undefined && (written === undefined || refused >= written)) {
		return { state: 'closed', closedBy: 'refusal' };
	}
	if (written === undefined) {
		const isWatched = watchedSince !== undefined && now - watchedSince >= DAY;
		return isWatched ? { state: 'closed', closedBy: 'silence' } : { state: 'unknown' };
	}
	if (now - written + marginSeconds >= DAY) return { state: 'closed', closedBy: 'time' };
	const isOfOldNumber = times(all, 'newNumber').some((changed) => changed >= written);
	return { state: isOfOldNumber ? 'unknown' : 'open' };
}

// ---- consent ----

/** Where Meta tells what was said to it. */
export const AT_META: readonly ConsentSource[] = ['meta_preference', 'provider_code'];
const IN_WHATSAPP: readonly ConsentSource[] = ['keyword', 'button'];

/** Whether one clock dates both, so that it is certain which came first. */
function haveOneClock(a: ConsentSource, b: ConsentSource): boolean {
	return a === b || (IN_WHATSAPP.includes(a) && IN_WHATSAPP.includes(b));
}

/** The opt-outs that nothing said for certain after them takes back (rule E54). */
function standing(said: readonly Statement[]): Statement[] {
	const takesBack = (other: Statement, no: Statement) =>
		other.state !== 'opted_out' &&
		other.at - no.at > (haveOneClock(other.source, no.source) ? 0 : 2 * MINUTE);
	return said.filter(
		(one) => one.state === 'opted_out' && !said.some((other) => takesBack(other, one)),
	);
}

export interface NaiveConsent {
	state: 'in' | 'none' | 'out' | 'stopped';
	atMeta: boolean;
	isConfirmed: boolean;
}

/** Rules, Consent: what was said here and what was said to Meta are two ledgers. */
export function naiveConsent(
	said: readonly Statement[],
	scope: ConsentScope,
	now: number,
): NaiveConsent {
	const isMetas = ({ source }: Statement) => AT_META.includes(source);
	const here = said.filter((one) => !isMetas(one) && ['all', scope].includes(one.scope));
	const atMeta = said.filter((one) => isMetas(one) && one.scope === scope);

	const noes = standing(here);
	const noesToAll = standing(here.filter((one) => one.scope === 'all'));
	if (noes.length > 0 && noesToAll.length > 0) {
		const last = Math.max(...noesToAll.map(({ at }) => at));
		const isConfirmed = noesToAll.some((one) => one.at === last && one.isConfirmed);
		return { state: 'out', atMeta: false, isConfirmed };
	}

	// Meta has one clock: its latest word counts, of two at once the no.
	const last = Math.max(...atMeta.map(({ at }) => at));
	const isStopped = atMeta.some(({ at, state }) => at === last && state === 'opted_out');
	if (isStopped || noes.length > 0) {
		const state = scope === 'marketing' ? 'stopped' : 'out';
		const [newest] = [...(isStopped ? [] : noes)].sort((a, b) => b.at - a.at);
		return { state, atMeta: isStopped, isConfirmed: newest?.isConfirmed ?? false };
	}
	const isIn = newestOptIns([...here, ...atMeta]).some(
		({ expiresAt = Infinity }) => now < expiresAt,
	);
	return { state: isIn ? 'in' : 'none', atMeta: false, isConfirmed: false };
}

/** Of each scope the newest opt-in, whoever told it, takes the place of those before it, its end included. */
function newestOptIns(said: readonly Statement[]): Statement[] {
	const optIns = said.filter(({ state }) => state === 'opted_in');
	const endOf = ({ expiresAt = Infinity }: Statement) => expiresAt;
	const isReplaced = (one: Statement) =>
		optIns.some(
			(other) =>
				other.scope === one.scope &&
				// Of two at once the one that ends first is the careful one.
				(other.at > one.at || (other.at === one.at && endOf(other) < endOf(one))),
		);
	return optIns.filter((one) => !isReplaced(one));
}

// ---- the decision table ----

interface Row {
	id: string;
	kinds: string[];
	window?: Array<NaiveWindow['state']>;
	consent?: Array<NaiveConsent['state']>;
	/** What else has to be so. */
	when?: (is: Situation) => boolean;
	outcome: 'allowed' | 'templateNeeded' | 'blocked';
	reason: Reason;
}

interface Situation {
	kind: string;
	window: NaiveWindow;
	consent: NaiveConsent;
	policy: Policy;
	confirmsOptOut: boolean;
	isInFreeEntryPoint: boolean;
	isLimited: boolean;
}

const FREE_FORM = ['freeForm', 'reaction'];
const SERVICE = ['utility', 'authentication'];
const NOT_OUT: Array<NaiveConsent['state']> = ['in', 'none', 'stopped'];
const NOT_OPEN: Array<NaiveWindow['state']> = ['closed', 'unknown'];

/** The rows of rules.md, Decisions; the first one that fits holds. */
const ROWS: Row[] = [
	{ id: 'T33', kinds: ['signal'], outcome: 'allowed', reason: 'notAMessage' },
	{
		id: 'T1',
		kinds: FREE_FORM,
		window: ['open'],
		consent: NOT_OUT,
		outcome: 'allowed',
		reason: 'windowOpen',
	},
	{
		id: 'T4',
		kinds: ['freeForm'],
		window: ['open'],
		consent: ['out'],
		when: ({ confirmsOptOut, consent }) => confirmsOptOut && !consent.isConfirmed,
		outcome: 'allowed',
		reason: 'optOutConfirmation',
	},
	{
		id: 'T3',
		kinds: FREE_FORM,
		window: ['open'],
		consent: ['out'],
		when: ({ policy }) => policy.blockRepliesAfterOptOut,
		outcome: 'blocked',
		reason: 'optedOut',
	},
	{
		id: 'T2',
		kinds: FREE_FORM,
		window: ['open'],
		consent: ['out'],
		outcome: 'allowed',
		reason: 'replyAfterOptOut',
	},
	{
		id: 'T8, T11',
		kinds: FREE_FORM,
		window: NOT_OPEN,
		consent: ['out'],
		outcome: 'blocked',
		reason: 'optedOut',
	},
	{
		id: 'T14',
		kinds: ['reaction'],
		window: NOT_OPEN,
		outcome: 'blocked',
		reason: 'reactionNeedsWindow',
	},
	{
		id: 'T10',
		kinds: ['freeForm'],
		window: ['unknown'],
		when: ({ policy }) => policy.whenUnknown === 'try',
		outcome: 'allowed',
		reason: 'windowUnknownTried',
	},
	{
		id: 'T9',
		kinds: ['freeForm'],
		window: ['unknown'],
		outcome: 'templateNeeded',
		reason: 'windowUnknown',
	},
	{
		id: 'T7',
		kinds: ['freeForm'],
		window: ['closed'],
		when: ({ window }) => window.closedBy === 'refusal',
		outcome: 'templateNeeded',
		reason: 'windowClosedByProvider',
	},
	{
		id: 'T6',
		kinds: ['freeForm'],
		window: ['closed'],
		when: ({ window, isInFreeEntryPoint }) => window.closedBy === 'time' && isInFreeEntryPoint,
		outcome: 'templateNeeded',
		reason: 'windowClosedFreeEntryPoint',
	},
	{
		id: 'T5, T16',
		kinds: ['freeForm'],
		window: ['closed'],
		outcome: 'templateNeeded',
		reason: 'windowClosed',
	},
	{
		id: 'T23',
		kinds: [...SERVICE, 'marketing', 'unknown'],
		consent: ['out'],
		outcome: 'blocked',
		reason: 'optedOut',
	},
	{ id: 'T17', kinds: SERVICE, window: ['open'], outcome: 'allowed', reason: 'templateInWindow' },
	{ id: 'T18', kinds: SERVICE, consent: ['in'], outcome: 'allowed', reason: 'template' },
	{
		id: 'T19',
		kinds: SERVICE,
		when: ({ policy }) => policy.utilityConsent === 'require',
		outcome: 'blocked',
		reason: 'consentRequired',
	},
	{
		id: 'T20',
		kinds: SERVICE,
		when: ({ policy }) => policy.utilityConsent === 'warn',
		outcome: 'allowed',
		reason: 'consentUnknown',
	},
	{ id: 'T21', kinds: SERVICE, outcome: 'allowed', reason: 'template' },
	{
		id: 'T26',
		kinds: ['marketing'],
		consent: ['stopped'],
		when: ({ consent }) => consent.atMeta,
		outcome: 'blocked',
		reason: 'marketingStopped',
	},
	{
		id: 'T27',
		kinds: ['marketing'],
		consent: ['stopped'],
		outcome: 'blocked',
		reason: 'marketingOptedOut',
	},
	{
		id: 'T25',
		kinds: ['marketing'],
		consent: ['none'],
		when: ({ policy }) => policy.marketingConsent === 'require',
		outcome: 'blocked',
		reason: 'marketingConsentRequired',
	},
	{
		id: 'T28',
		kinds: ['marketing'],
		when: ({ isLimited }) => isLimited,
		outcome: 'blocked',
		reason: 'marketingLimited',
	},
	{ id: 'T24', kinds: ['marketing'], consent: ['in'], outcome: 'allowed', reason: 'template' },
	{
		id: 'T25, with a warning',
		kinds: ['marketing'],
		when: ({ policy }) => policy.marketingConsent === 'warn',
		outcome: 'allowed',
		reason: 'consentUnknown',
	},
	{ id: 'T25, off', kinds: ['marketing'], outcome: 'allowed', reason: 'template' },
];

function fits({ kinds, window, consent, when }: Row, is: Situation): boolean {
	return (
		kinds.includes(is.kind) &&
		(!window || window.includes(is.window.state)) &&
		(!consent || consent.includes(is.consent.state)) &&
		(!when || when(is))
	);
}

/** What may be sent after all that has happened, and which row says so. */
export function naiveDecision(
	message: Outgoing,
	all: readonly Happening[],
	policy: Policy,
	watchedSince: number | undefined,
	now: number,
): Pick<Row, 'id' | 'outcome' | 'reason'> {
	const kind = message.kind === 'template' ? message.category : message.kind;
	const said = all.flatMap((one) => (one.what === 'statement' ? [one.statement] : []));
	const scopes: Record<string, ConsentScope> = {
		utility: 'utility',
		authentication: 'authentication',
		marketing: 'marketing',
		unknown: 'marketing',
	};
	const limited = latest(all, 'limited');
	const is: Situation = {
		kind,
		window: naiveWindow(all, watchedSince, policy.marginSeconds, now),
		consent: naiveConsent(said, scopes[kind] ?? 'all', now),
		policy,
		confirmsOptOut: message.kind === 'freeForm' && message.confirmsOptOut === true,
		isInFreeEntryPoint: all.some((one) => one.what === 'freeEntryPoint' && one.until > now),
		isLimited: limited !== undefined && now - limited < DAY,
	};
	const rowFor = (situation: Situation) => ROWS.find((one) => fits(one, situation)) as Row;
	const row = rowFor(is);
	if (kind !== 'unknown' || row) return { id: row.id, outcome: row.outcome, reason: row.reason };
	// T29: the rule for marketing holds until a category is chosen.
	const { id, outcome } = rowFor({ ...is, kind: 'marketing' });
	return { id: `T29, ${id}`, outcome, reason: 'categoryUnknown' };
}

/** Every row that some situation must have met, for a test that is to have met them all. */
export const ROW_IDS = ROWS.map(({ id }) => id);
