/** A run that takes no longer than this is quick. */
const QUICK_MS = 1_000;

/** How many of the latest runs have to have been quick before the next one is taken for quick too. */
const LATEST = 16;

/** How many runs have to be under way to be relied on: one alone may be the first slow one. */
const RELIABLE = 2;

/** What was begun longer ago than this counts as over, and as slow: it may end in another process. */
const GIVEN_UP_MS = 60_000;

/**
 * The pace of a workflow's executions, from the delivery that starts one to its end. While many are
 * under way, and all of late were quick, one that ends can leave the saving to another one that ends
 * soon after.
 */
export class RunPace {
	/** When each run began, epoch milliseconds, oldest first. */
	private readonly begun = new Map<string, number>();
	private readonly durations: number[] = [];

	/**
	 * @param run what tells it from others
	 * @param nowMs epoch milliseconds
	 */
	begin(run: string, nowMs: number): void {
		for (const [oldest, begunAt] of this.begun) {
			if (nowMs - begunAt <= GIVEN_UP_MS) break;
			this.end(oldest, nowMs);
		}
		if (!this.begun.has(run)) this.begun.set(run, nowMs);
	}

	end(run: string, nowMs: number): void {
		const begunAt = this.begun.get(run);
		if (begunAt === undefined) return;
		this.begun.delete(run);
		this.durations.push(nowMs - begunAt);
		if (this.durations.length > LATEST) this.durations.shift();
	}

	/** How many runs are waited for. */
	get size(): number {
		return this.begun.size;
	}

	/** Whether runs are under way one of which will have ended within a second, as far as can be told. */
	endsSoon(nowMs: number): boolean {
		const areQuick =
			this.durations.length === LATEST && this.durations.every((duration) => duration <= QUICK_MS);
		if (!areQuick) return false;
		const underWay = [...this.begun.values()].filter((begunAt) => nowMs - begunAt <= QUICK_MS);
		return underWay.length >= RELIABLE;
	}
}
