import { fingerprintOf } from '../fingerprint';

import { DAY_SECONDS, DAYS_KEPT } from './seenMessages';

/** How many go at once: a clock that is days ahead for a moment must not make all of them go. */
const MOST_DROPPED = 2;

/**
 * When events first arrived whose own time lies ahead of the arrival, so that the arrival counts in
 * its place. A repetition arrives later, and must move nothing.
 */
export class FirstReceipts {
	/** By the hash of what tells an event from others, epoch seconds, oldest first. */
	private readonly receipts = new Map<string, number>();

	get size(): number {
		return this.receipts.size;
	}

	/** @param receivedAt of this arrival, epoch seconds */
	note(key: string, receivedAt: number): void {
		const hash = fingerprintOf(key);
		if (this.receipts.has(hash)) return;
		let left = MOST_DROPPED;
		for (const [oldest, at] of this.receipts) {
			if (left-- === 0 || at > receivedAt - DAYS_KEPT * DAY_SECONDS) break;
			this.receipts.delete(oldest);
		}
		this.receipts.set(hash, receivedAt);
	}

	/** Epoch seconds; undefined when none was noted. */
	of(key: string): number | undefined {
		return this.receipts.get(fingerprintOf(key));
	}
}
