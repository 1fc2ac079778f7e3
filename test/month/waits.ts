/** Longer waits are no part of a send: they go on by the clock of the machine. */
const LONGEST_MS = 10_000;

interface Waiting {
	dueMs: number;
	action: () => void;
}

/** The clock of a story. */
export interface Clock {
	trueMs: number;
}

/**
 * Lets whoever waits go on at once, at a later time of the story: nobody waits for a story's time to
 * pass. Of several the one that is due first goes first.
 *
 * @returns how to end that
 */
export function skipWaits(clock: Clock): () => void {
	const { setTimeout: set, clearTimeout: clear } = globalThis;
	const waiting = new Map<number, Waiting>();
	let count = 0;
	const goOn = () => {
		const [first] = [...waiting].sort(([, a], [, b]) => a.dueMs - b.dueMs);
		if (!first) return;
		const [id, { dueMs, action }] = first;
		waiting.delete(id);
		clock.trueMs = Math.max(clock.trueMs, dueMs);
		action();
	};
	const wait = (action: (...all: unknown[]) => void, ms = 0, ...all: unknown[]) => {
		if (ms > LONGEST_MS) return set(action, ms, ...all).unref();
		const id = ++count;
		waiting.set(id, { dueMs: clock.trueMs + ms, action: () => action(...all) });
		setImmediate(goOn);
		return id;
	};
	const end = (id: unknown) => {
		if (typeof id !== 'number' || !waiting.delete(id)) clear(id as NodeJS.Timeout);
	};
	Object.assign(globalThis, { setTimeout: wait, clearTimeout: end });
	return () => Object.assign(globalThis, { setTimeout: set, clearTimeout: clear });
}
