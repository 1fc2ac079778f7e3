/** For how long nothing may speak against a time before things are forgotten by it. */
const SETTLES_AFTER_MS = 3_600_000;

/**
 * A time by which things may be forgotten for good. A server's clock may be days ahead for a moment;
 * what was forgotten by it would not come back with the right time. So a time settles only when the
 * process has run on for an hour and no look at the clock since has shown an earlier one.
 */
export class SettledTime {
	/** Epoch seconds; undefined until one has settled. */
	at?: number;

	private candidate?: { at: number; ranMs: number };

	/**
	 * Takes note of what the clock shows.
	 *
	 * @param at epoch seconds
	 * @param ranMs milliseconds that the process has run, which no clock changes
	 */
	look(at: number, ranMs: number): void {
		const { candidate } = this;
		if (!candidate || at < candidate.at) {
			this.candidate = { at, ranMs };
		} else if (ranMs - candidate.ranMs >= SETTLES_AFTER_MS) {
			this.at = candidate.at;
			this.candidate = { at, ranMs };
		}
	}

	/**
	 * Takes note of what the clock showed to an earlier process: it settles when the clock shows no
	 * earlier time now, so that a process that never runs for an hour forgets too.
	 *
	 * @param at epoch seconds
	 */
	recall(at: number): void {
		if (Number.isFinite(at) && at < (this.candidate?.at ?? Infinity)) {
			this.candidate = { at, ranMs: -Infinity };
		}
	}
}
