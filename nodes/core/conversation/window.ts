import type { ContactFacts } from './facts';

/** Length of the customer service window in seconds (rule R2). */
export const WINDOW_SECONDS = 86_400;

/** The window closes a little early, because Meta does not say whether the last second counts. */
export const DEFAULT_MARGIN_SECONDS = 60;

/** The customer service window of one contact at one moment. All times are epoch seconds. */
export interface Window {
	state: 'open' | 'closed' | 'unknown';
	/** The contact's last message or call; absent when none is on record. */
	openedAt?: number;
	/** When the window closes or closed by the clock, safety margin included. */
	expiresAt?: number;
	/** 0 unless open. */
	secondsLeft: number;
	/**
	 * Why it is closed: the time is over, WhatsApp refused a message (131047), or the business
	 * number has been watched for a whole window without a message of this contact.
	 */
	closedBy?: 'time' | 'refusal' | 'silence';
}

/**
 * Whether free-form messages are permitted (rules.md, Window and messages).
 *
 * @param watchedSince start of the unbroken time in which this business number's deliveries have
 *   been received, epoch seconds; undefined when they are not
 * @param marginSeconds how much earlier than after 24 hours the window counts as closed
 * @param now epoch seconds, read when the item is sent (E8)
 */
export function windowOf(
	facts: Pick<ContactFacts, 'lastInboundAt' | 'refusedAt' | 'identityChange'>,
	watchedSince: number | undefined,
	marginSeconds: number,
	now: number,
): Window {
	const { lastInboundAt, refusedAt, identityChange } = facts;
	if (lastInboundAt === 0) {
		if (refusedAt > 0) return { state: 'closed', secondsLeft: 0, closedBy: 'refusal' };
		if (watchedSince !== undefined && watchedSince <= now - WINDOW_SECONDS) {
			return { state: 'closed', secondsLeft: 0, closedBy: 'silence' };
		}
		return { state: 'unknown', secondsLeft: 0 };
	}

	const expiresAt = lastInboundAt + WINDOW_SECONDS - marginSeconds;
	const times = { openedAt: lastInboundAt, expiresAt };
	if (lastInboundAt <= refusedAt) {
		return { state: 'closed', ...times, secondsLeft: 0, closedBy: 'refusal' };
	}
	if (now >= expiresAt) return { state: 'closed', ...times, secondsLeft: 0, closedBy: 'time' };
	// Whether a window survives a new number or user ID is not documented (E36).
	if (lastInboundAt <= identityChange.at) return { state: 'unknown', ...times, secondsLeft: 0 };
	return { state: 'open', ...times, secondsLeft: expiresAt - now };
}
