import { performance } from 'perf_hooks';

/** The middle of some numbers. */
export function median(values: number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length >> 1;
	return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** How long a call takes, in milliseconds. */
export function millisecondsOf(work: () => void): number {
	const start = performance.now();
	work();
	return performance.now() - start;
}

/** One way of doing something: `prepare` makes what each round needs afresh and is not timed. */
export interface Side<T> {
	prepare: () => T;
	work: (prepared: T) => void;
}

/**
 * How many times as fast `ours` is as `plain`: the median over rounds in which both take turns, so
 * that what slows the machine down for a while slows both. The first rounds only warm up.
 */
export function speedup<O, P>(ours: Side<O>, plain: Side<P>): number {
	const WARM_UP = 3;
	const ROUNDS = 21;
	const rounds = Array.from({ length: WARM_UP + ROUNDS }, () => ({
		ours: timeOf(ours),
		plain: timeOf(plain),
	})).slice(WARM_UP);
	const [oursMs, plainMs] = (['ours', 'plain'] as const).map((side) =>
		median(rounds.map((round) => round[side])),
	);
	console.error(`  ours ${oursMs.toFixed(1)} ms, plain ${plainMs.toFixed(1)} ms`);
	return median(rounds.map((round) => round.plain / round.ours));
}

function timeOf<T>({ prepare, work }: Side<T>): number {
	const prepared = prepare();
	return millisecondsOf(() => work(prepared));
}
