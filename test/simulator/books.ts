import type { Window } from './types';

const HOUR_MS = 3_600_000;
const WINDOW_MS = 24 * HOUR_MS;
const FREE_ENTRY_POINT_MS = 72 * HOUR_MS;

/** What Meta knows of one contact and one business number. Times are epoch milliseconds. */
export interface Ledger {
	lastInboundAtMs?: number;
	/** When the contact came through an ad. */
	adAtMs?: number;
	freeEntryPointUntilMs?: number;
	marketingStopped?: boolean;
	/** Whether the business has blocked the contact. */
	isBlocked?: boolean;
	/** Since when a second responder of the number has the conversation. */
	otherSinceMs?: number;
}

/** Kinds of which Meta does not say that they open the window: the books keep to the certain ones. */
const NOT_COUNTED = new Set(['reaction', 'edit', 'revoke', 'system', 'unsupported', 'unknown']);

/** Whether a message of this type opens or refreshes the window. */
export function opensWindow(type: unknown): boolean {
	return !NOT_COUNTED.has(String(type));
}

/** Writes down a message or call of the contact. A late arrival of an older one changes nothing. */
export function noteInbound(ledger: Ledger, atMs: number): void {
	ledger.lastInboundAtMs = Math.max(ledger.lastInboundAtMs ?? -Infinity, atMs);
}

/** A second responder takes the conversation, or it is the app's again. */
export function noteTaken(ledger: Ledger, atMs: number): void {
	ledger.otherSinceMs = atMs;
}

export function noteGiven(ledger: Ledger): void {
	ledger.otherSinceMs = undefined;
}

/** Whether a second responder has the conversation: for 24 hours from the contact's last message. */
export function isOthers({ otherSinceMs, lastInboundAtMs }: Ledger, nowMs: number): boolean {
	if (otherSinceMs === undefined) return false;
	const isFresh = (lastInboundAtMs ?? 0) + WINDOW_MS > otherSinceMs;
	return nowMs < (isFresh ? (lastInboundAtMs as number) : otherSinceMs) + WINDOW_MS;
}

/** The customer service window: exactly 24 hours, shut at 24:00:00. */
export function windowOf(ledger: Ledger | undefined, nowMs: number): Window {
	if (ledger?.lastInboundAtMs === undefined) return { open: false };
	const expiresAtMs = ledger.lastInboundAtMs + WINDOW_MS;
	return { open: nowMs < expiresAtMs, expiresAtMs };
}

/** An answer within 24 hours of the ad starts the free entry point, which lasts 72 hours. */
export function noteAnswer(ledger: Ledger, nowMs: number): void {
	if (ledger.adAtMs === undefined || nowMs >= ledger.adAtMs + WINDOW_MS) return;
	if (freeEntryPointUntil(ledger, nowMs) !== undefined) return;
	ledger.freeEntryPointUntilMs = nowMs + FREE_ENTRY_POINT_MS;
	ledger.adAtMs = undefined;
}

/** When the free entry point ends, if it is open now. */
export function freeEntryPointUntil(ledger: Ledger, nowMs: number): number | undefined {
	const until = ledger.freeEntryPointUntilMs;
	return until !== undefined && nowMs < until ? until : undefined;
}

/** One ledger out of two that turn out to belong to the same person. */
export function joinLedgers(one: Ledger, other: Ledger): Ledger {
	const later = (a?: number, b?: number) =>
		a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);
	return {
		lastInboundAtMs: later(one.lastInboundAtMs, other.lastInboundAtMs),
		adAtMs: later(one.adAtMs, other.adAtMs),
		freeEntryPointUntilMs: later(one.freeEntryPointUntilMs, other.freeEntryPointUntilMs),
		marketingStopped: one.marketingStopped || other.marketingStopped,
		isBlocked: one.isBlocked || other.isBlocked,
		otherSinceMs: later(one.otherSinceMs, other.otherSinceMs),
	};
}
