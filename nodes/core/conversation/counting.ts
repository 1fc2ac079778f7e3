/** What a user may add to what counts as a message of the contact. */
export interface CountingOptions {
	reactions?: boolean;
	edits?: boolean;
	unsupported?: boolean;
}

/** Whether an option decides that this type of message opens the window; absent: it always does. */
const BY_OPTION: Record<string, keyof CountingOptions> = {
	reaction: 'reactions',
	edit: 'edits',
	revoke: 'edits',
	unsupported: 'unsupported',
	unknown: 'unsupported',
};

/** Not written by the contact, or not now: number changes, synchronised history. */
const NEVER = new Set(['system', 'media_placeholder', 'request_welcome']);

/**
 * Whether an inbound message of this type opens or refreshes the window (rule R2).
 * Meta documents only 'message' and 'call'; what is undocumented counts only on request, so that what is recorded errs on the closed side.
 */
export function messageCounts(type: string, options: CountingOptions = {}): boolean {
	if (NEVER.has(type)) return false;
	const option = BY_OPTION[type];
	return option === undefined || options[option] === true;
}

/**
 * Whether a call opens or refreshes the window: the contact's call does, answered or not; a call
 * of the business does when the contact accepts it (rules E16–E18). What comes later in a call has
 * later times than the call itself, so it does not count.
 */
export function callCounts(call: { direction: 'inbound' | 'outbound'; event: string }): boolean {
	return call.direction === 'inbound' ? call.event === 'connect' : call.event === 'accepted';
}
