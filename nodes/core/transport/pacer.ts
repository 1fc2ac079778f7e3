/** How often something may happen: steadily every so often, and some times at once after a rest. */
export interface Rate {
	/** Milliseconds between two. */
	intervalMs: number;
	/** How many may come at once after a rest; 1 for none but the steady ones. */
	burst: number;
}

/** Meta takes one message in six seconds for one contact, and up to 45 at once (131056). */
export const PAIR_RATE: Rate = { intervalMs: 6_000, burst: 45 };

/** A hair below what was asked for, because Meta counts on arrival and networks bunch requests. */
const HEADROOM = 0.925;

/** By how much a send may be late, milliseconds, without those after it being late, too. */
const LATENESS_MS = 50;

/** The rate of one business number (130429). */
export function numberRate(messagesPerSecond: number): Rate {
	const intervalMs = 1_000 / (messagesPerSecond * HEADROOM);
	return { intervalMs, burst: 1 + LATENESS_MS / intervalMs };
}

/** Keys whose turn is this far in the past are forgotten when there are many. */
const MOST_KEYS = 10_000;

/**
 * Hands out the moments at which sends may start, so that no limit is reached (the generic cell
 * rate algorithm). Reads no clock.
 */
export class Pacer {
	/** When each key would be at rest again, epoch milliseconds. */
	private readonly restAt = new Map<string, number>();

	/** Reserves the next free moment of a key; returns it in epoch milliseconds. */
	reserve(key: string, { intervalMs, burst }: Rate, nowMs: number): number {
		const restAt = this.restAt.get(key) ?? 0;
		const turn = Math.max(nowMs, restAt - (burst - 1) * intervalMs);
		this.restAt.set(key, Math.max(restAt, turn) + intervalMs);
		if (this.restAt.size > MOST_KEYS) this.prune(nowMs);
		return turn;
	}

	/** Nothing starts for a while, because the provider said so. */
	pause(key: string, untilMs: number, { intervalMs, burst }: Rate): void {
		const restAt = untilMs + (burst - 1) * intervalMs;
		this.restAt.set(key, Math.max(this.restAt.get(key) ?? 0, restAt));
	}

	private prune(nowMs: number): void {
		for (const [key, restAt] of this.restAt) if (restAt < nowMs) this.restAt.delete(key);
	}
}
