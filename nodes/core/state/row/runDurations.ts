/** A run that will have ended by then ends soon. */
const SOON_MS = 1_000;

/** Of runs that take longer than this nothing is foretold. */
const SLOW_MS = 5_000;

/** From how many of the latest runs it is foretold how long the next ones take at most. */
const LATEST = 16;

/** How many runs have to be under way to be relied on: one alone may be the first slow one. */
const RELIABLE = 2;

/** What was begun longer ago than this counts as over, and as slow: it may end in another process. */
const GIVEN_UP_MS = 60_000;

/**
 * How long a workflow's executions take, from the delivery that starts one to its end. While many are
 * under way, one that ends can leave the saving to another one that ends soon after, as far as the
 * slowest of the latest tells: on a busy machine, where each takes seconds, to one that has been under
 * way for long.
 *
 * All times are milliseconds that the process has run.
 */
export class RunDurations {
	/** When each run began, oldest first. */
	private readonly begun = new Map<string, number>();
	private readonly durations: number[] = [];

	/** @param run what tells it from others */
	begin(run: string, ranMs: number): void {
		for (const [oldest, begunAt] of this.begun) {
			if (ranMs - begunAt <= GIVEN_UP_MS) break;
			this.end(oldest, ranMs);
		}
		if (!this.begun.has(run)) this.begun.set(run, ranMs);
	}

	end(run: string, ranMs: number): void {
		const begunAt = this.begun.get(run);
		if (begunAt === undefined) return;
		this.begun.delete(run);
		this.durations.push(ranMs - begunAt);
		if (this.durations.length > LATEST) this.durations.shift();
	}

	/** How many runs are waited for. */
	get size(): number {
		return this.begun.size;
	}

	/** Whether runs are under way one of which will have ended within a second, as far as can be told. */
	oneEndsSoon(ranMs: number): boolean {
		const slowestMs = Math.max(...this.durations);
		if (this.durations.length < LATEST || slowestMs > SLOW_MS) return false;
		const longestMs = Math.max(slowestMs, SOON_MS);
		const endingSoon = [...this.begun.values()].filter((begunAt) => {
			const ageMs = ranMs - begunAt;
			return ageMs <= longestMs && slowestMs - ageMs <= SOON_MS;
		});
		return endingSoon.length >= RELIABLE;
	}
}
