/** A run that takes no longer than this is quick. */
const QUICK_MS = 1_000;

/** How many of the latest runs have to have been quick before the next one is taken for quick too. */
const LATEST = 16;

/** How many runs have to be under way to be relied on: one alone may be the first slow one. */
const RELIABLE = 2;

/** What was begun longer ago than this counts as over, and as slow: it may end in another process. */
const GIVEN_UP_MS = 60_000;

/**
 * How long a workflow's executions take, from the delivery that starts one to its end. While many are
 * under way, and all the latest were quick, one that ends can leave the saving to another one that
 * ends soon after.
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
		const areQuick =
			this.durations.length === LATEST && this.durations.every((duration) => duration <= QUICK_MS);
		if (!areQuick) return false;
		const underWay = [...this.begun.values()].filter((begunAt) => ranMs - begunAt <= QUICK_MS);
		return underWay.length >= RELIABLE;
	}
}
