import { consentFor, type Consent } from './consent';
import type { ContactFacts } from './facts';
import { ownerOf, type Owner } from './owner';
import { DEFAULT_MARGIN_SECONDS, windowOf, type Window } from './window';

export type TemplateCategory = 'marketing' | 'utility' | 'authentication' | 'unknown';

/** Who sends what is no template. */
export interface SentBy {
	/** A person of the business writes it, not the automation (T38). */
	byPerson?: boolean;
}

/** What is about to be sent, as far as permission goes. */
export type Outgoing =
	/**
	 * `confirmsOptOut`: the sender says that it confirms an opt-out (T4). `takesOver`: it may go out in
	 * another responder's conversation, and takes that over (T40).
	 */
	| ({ kind: 'freeForm'; confirmsOptOut?: boolean; takesOver?: boolean } & SentBy)
	| ({ kind: 'reaction' } & SentBy)
	| { kind: 'template'; category: TemplateCategory }
	/** Read receipts and typing indicators. */
	| ({ kind: 'signal' } & SentBy);

export type ConsentPolicy = 'require' | 'warn' | 'off';

/** What the builder of a workflow decides about permission. */
export interface Policy {
	marginSeconds: number;
	whenUnknown: 'treatAsClosed' | 'try';
	blockRepliesAfterOptOut: boolean;
	marketingConsent: ConsentPolicy;
	/** For utility and authentication templates. */
	utilityConsent: ConsentPolicy;
}

export const DEFAULT_POLICY: Readonly<Policy> = Object.freeze({
	marginSeconds: DEFAULT_MARGIN_SECONDS,
	whenUnknown: 'treatAsClosed',
	blockRepliesAfterOptOut: false,
	marketingConsent: 'require',
	utilityConsent: 'warn',
});

/** What is known when the decision is taken. */
export interface ContactState {
	facts: ContactFacts;
	/** See {@link windowOf}. */
	watchedSince?: number;
	/** Why the facts may lack something: the place where they are kept could not be read. A sentence. */
	unavailable?: string;
	/** What a trigger has on record could not be read since n8n started (E55). */
	unread?: Unread;
}

/** Why it is not known what contacts told a trigger before this process of n8n began (E55). */
export interface Unread {
	/** When the process began, epoch seconds: what was told later is known. */
	before: number;
	/** A sentence. */
	why: string;
	/** How to mend it; a sentence. */
	mend: string;
}

export type Reason =
	| 'windowOpen'
	| 'replyAfterOptOut'
	| 'optOutConfirmation'
	| 'optedOut'
	| 'windowClosed'
	| 'windowClosedFreeEntryPoint'
	| 'windowClosedByProvider'
	| 'windowUnknown'
	| 'windowUnknownTried'
	| 'reactionNeedsWindow'
	| 'template'
	| 'templateInWindow'
	| 'consentRequired'
	| 'consentUnknown'
	| 'consentUncertain'
	| 'marketingConsentRequired'
	| 'marketingStopped'
	| 'marketingOptedOut'
	| 'marketingLimited'
	| 'categoryUnknown'
	| 'personHasConversation'
	| 'otherResponderHasConversation'
	| 'notAMessage';

export interface Decision {
	/** `held`: the conversation is a person's or another responder's. */
	outcome: 'allowed' | 'templateNeeded' | 'blocked' | 'held';
	reason: Reason;
	owner: Owner;
	window: Window;
	/** End of the free entry point in epoch seconds while it runs; it changes the price alone. */
	freeEntryPointUntil?: number;
	consent: Consent;
}

/** WhatsApp limits marketing per contact; a further try within a day only counts against it (T28). */
const MARKETING_PAUSE_SECONDS = 86_400;

type Verdict = Pick<Decision, 'outcome' | 'reason'>;

const allowed = (reason: Reason): Verdict => ({ outcome: 'allowed', reason });
const blocked = (reason: Reason): Verdict => ({ outcome: 'blocked', reason });
const templateNeeded = (reason: Reason): Verdict => ({ outcome: 'templateNeeded', reason });

/**
 * Whether WhatsApp's rules and the contact's consent let a message through: rows T1 to T29, T33 and
 * T36 to T42 of the decision table (rules.md, Decisions), and E55. Pure; knows nothing of what is done instead.
 *
 * @param now epoch seconds
 */
export function decide(
	message: Outgoing,
	state: ContactState,
	policy: Policy,
	now: number,
): Decision {
	const { facts, unread } = state;
	const window = windowOf(facts, state.watchedSince, policy.marginSeconds, now);
	const consent = consentFor(facts.consent, consentScopeOf(message), now);
	const freeEntryPointUntil =
		facts.freeEntryPointUntil > now ? facts.freeEntryPointUntil : undefined;
	const owner = ownerOf(facts, now);
	const is = { facts, window, consent, freeEntryPointUntil, unread };
	return {
		...(heldBack(message, owner) ?? verdictOn(message, is, policy, now)),
		owner,
		window,
		freeEntryPointUntil,
		consent,
	};
}

interface Circumstances {
	facts: ContactFacts;
	window: Window;
	consent: Consent;
	freeEntryPointUntil?: number;
	unread?: Unread;
}

/** T36 to T42: who has the conversation goes before the window and consent, but for templates (T41). */
function heldBack(message: Outgoing, { who }: Owner): Verdict | undefined {
	if (message.kind === 'template' || who === 'automation') return undefined;
	if (who === 'person') {
		return message.byPerson ? undefined : { outcome: 'held', reason: 'personHasConversation' };
	}
	const isFree =
		message.kind === 'freeForm' ? message.takesOver : message.kind === 'signal' && message.byPerson;
	return isFree ? undefined : { outcome: 'held', reason: 'otherResponderHasConversation' };
}

function consentScopeOf(message: Outgoing) {
	if (message.kind !== 'template') return 'all';
	// The strictest rule holds until the category is known (T29).
	return message.category === 'unknown' ? 'marketing' : message.category;
}

function verdictOn(message: Outgoing, is: Circumstances, policy: Policy, now: number): Verdict {
	switch (message.kind) {
		case 'signal':
			return allowed('notAMessage'); // T33
		case 'template':
			return onTemplate(message.category, is, policy, now);
		default:
			return is.window.state === 'open'
				? inOpenWindow(message, is, policy)
				: outsideWindow(message, is, policy);
	}
}

/** T1 to T4: an open window permits every free-form message; an opt-out is still respected. */
function inOpenWindow(message: Outgoing, { consent }: Circumstances, policy: Policy): Verdict {
	if (consent.state !== 'out') return allowed('windowOpen');
	if (message.kind === 'freeForm' && message.confirmsOptOut && !consent.record?.confirmedAt) {
		return allowed('optOutConfirmation');
	}
	return policy.blockRepliesAfterOptOut ? blocked('optedOut') : allowed('replyAfterOptOut');
}

/** T5 to T11, T14 and T16: without a confirmed window only a template may go out. */
function outsideWindow(
	message: Outgoing,
	{ window, consent, freeEntryPointUntil }: Circumstances,
	policy: Policy,
): Verdict {
	if (consent.state === 'out') return blocked('optedOut');
	if (message.kind === 'reaction') return blocked('reactionNeedsWindow');
	if (window.state === 'unknown') {
		return policy.whenUnknown === 'try'
			? allowed('windowUnknownTried')
			: templateNeeded('windowUnknown');
	}
	if (window.closedBy === 'refusal') return templateNeeded('windowClosedByProvider');
	return templateNeeded(
		freeEntryPointUntil && window.closedBy === 'time'
			? 'windowClosedFreeEntryPoint'
			: 'windowClosed',
	);
}

/** T17 to T29. */
function onTemplate(
	category: TemplateCategory,
	is: Circumstances,
	policy: Policy,
	now: number,
): Verdict {
	// T23
	if (is.consent.state === 'out') return blocked('optedOut');
	switch (category) {
		case 'marketing':
			return onMarketingTemplate(is, policy, now);
		case 'unknown': {
			// T29: the rule for marketing holds, and choosing the category is the way out.
			const { outcome } = onMarketingTemplate(is, policy, now);
			return { outcome, reason: 'categoryUnknown' };
		}
		default:
			return onUtilityTemplate(is, policy);
	}
}

/**
 * How far apart the clocks may be by which contacts, servers and WhatsApp tell consent, in seconds
 * (E54).
 */
const CLOCKS_DIFFER_SECONDS = 120;

/** Whether an opt-out may be on record that could not be read; a later opt-in would overrule it. */
function isUncertain({ unread, consent }: Circumstances): boolean {
	if (!unread) return false;
	return consent.state !== 'in' || consent.at <= unread.before + CLOCKS_DIFFER_SECONDS;
}

/** T17 to T22 and E55, for authentication templates too. */
function onUtilityTemplate(is: Circumstances, policy: Policy): Verdict {
	const { window, consent } = is;
	if (isUncertain(is) && policy.utilityConsent !== 'off') {
		return policy.utilityConsent === 'warn'
			? allowed('consentUncertain')
			: blocked('consentUncertain');
	}
	if (window.state === 'open') return allowed('templateInWindow');
	if (consent.state === 'in' || policy.utilityConsent === 'off') return allowed('template');
	return policy.utilityConsent === 'warn' ? allowed('consentUnknown') : blocked('consentRequired');
}

/** T24 to T28 and E55: no opt-in and no policy outweighs a stop at Meta that may be on record. */
function onMarketingTemplate(
	{ facts, consent, unread }: Circumstances,
	policy: Policy,
	now: number,
): Verdict {
	if (consent.state === 'stopped') {
		return blocked(consent.atMeta ? 'marketingStopped' : 'marketingOptedOut');
	}
	if (unread) return blocked('consentUncertain');
	const optedIn = consent.state === 'in';
	if (!optedIn && policy.marketingConsent === 'require') return blocked('marketingConsentRequired');
	if (facts.marketingLimitedAt > 0 && now < retryMarketingAt(facts)) {
		return blocked('marketingLimited');
	}
	return allowed(optedIn || policy.marketingConsent === 'off' ? 'template' : 'consentUnknown');
}

/** When marketing to a limited contact may be tried again, epoch seconds (rule T28). */
export function retryMarketingAt(facts: Pick<ContactFacts, 'marketingLimitedAt'>): number {
	return facts.marketingLimitedAt + MARKETING_PAUSE_SECONDS;
}
