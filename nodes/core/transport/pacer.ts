/** How often something may happen: steadily every so often, and some times at once after a rest. */
export interface Rate {
	/** Milliseconds between two. */
	intervalMs: number;
	/** How many may come at once after a rest; 1 for none but the steady ones. */
	burst: number;
	/** How many there may be in any second, however many come at once; undefined: as many as those. */
	mostInSecond?: number;
}

/** Meta takes one message in six seconds for one contact, and up to 45 at once (131056). */
export const PAIR_RATE: Rate = { intervalMs: 6_000, burst: 45 };

/** A hair below what was asked for, because Meta counts on arrival and networks bunch requests. */
const HEADROOM = 0.96;

/** By how much a send may be late, milliseconds, without those after it being late, too. */
const LATENESS_MS = 100;

/** The rate of one business number (130429). */
export function numberRate(messagesPerSecond: number): Rate {
	const intervalMs = 1_000 / (messagesPerSecond * HEADROOM);
	const mostInSecond = Math.max(1, Math.floor(messagesPerSecond));
	return { intervalMs, burst: 1 + LATENESS_MS / intervalMs, mostInSecond };
}

/** Keys that are at rest again are forgotten when there are more than this. */
const MOST_KEYS = 10_000;

/**
 * Tells the moments at which sends may start, so that no limit is reached (the generic cell rate
 * algorithm). Reads no clock; all times are milliseconds of one clock that never goes back.
 */
export class Pacer {
	/** When each key would be at rest again. */
	private readonly restAt = new Map<string, number>();

	/** The moments of the last second, of keys that may have so many in it. */
	private readonly turns = new Map<string, number[]>();

	/** The next free moment of a key. */
	momentOf(key: string, { intervalMs, burst, mostInSecond = 0 }: Rate, nowMs: number): number {
		const turns = this.turns.get(key) ?? [];
		const secondAgo = turns[turns.length - mostInSecond] ?? -Infinity;
		const free = (this.restAt.get(key) ?? 0) - (burst - 1) * intervalMs;
		return Math.max(nowMs, free, secondAgo + 1_000);
	}

	/** Reserves the next free moment of a key; returns it. */
	reserve(key: string, rate: Rate, nowMs: number): number {
		const turn = this.momentOf(key, rate, nowMs);
		this.restAt.set(key, Math.max(this.restAt.get(key) ?? 0, turn) + rate.intervalMs);
		if (rate.mostInSecond) {
			this.turns.set(key, [...(this.turns.get(key) ?? []), turn].slice(-rate.mostInSecond));
		}
		if (this.restAt.size > MOST_KEYS) this.prune(nowMs);
		return turn;
	}

	/** A moment that was reserved is not used after all; those after it stay where they are. */
	giveBack(key: string, { intervalMs }: Rate): void {
		const restAt = this.restAt.get(key);
		if (restAt !== undefined) this.restAt.set(key, restAt - intervalMs);
		this.turns.get(key)?.pop();
	}

	/** Nothing starts for a while, because the provider said so. */
	pause(key: string, untilMs: number, { intervalMs, burst }: Rate): void {
		const restAt = untilMs + (burst - 1) * intervalMs;
		this.restAt.set(key, Math.max(this.restAt.get(key) ?? 0, restAt));
	}

	private prune(nowMs: number): void {
		for (const [key, restAt] of this.restAt) {
			if (restAt >= nowMs - 1_000) continue;
			this.restAt.delete(key);
			this.turns.delete(key);
		}
	}
}
