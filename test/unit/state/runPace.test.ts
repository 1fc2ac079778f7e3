import { RunPace } from '../../../nodes/core/state/runPace';

const T = 1_795_176_000_000;

/** A pace after sixteen runs, one after the other. */
function paceAfter(durationMs: number, count = 16): RunPace {
	const pace = new RunPace();
	for (let n = 0; n < count; n++) {
		pace.begin(`${n}`, T - 100_000);
		pace.end(`${n}`, T - 100_000 + durationMs);
	}
	return pace;
}

describe('RunPace', () => {
	it.each<[string, RunPace, number[], boolean]>([
		['all were quick, and two others are under way', paceAfter(1_000), [0, 0], true],
		['the others began a second ago', paceAfter(1_000), [1_000, 1_000], true],
		['one of them takes longer than it should', paceAfter(1_000), [1_001, 0], false],
		['more than two are under way, and one takes long', paceAfter(1_000), [1_001, 0, 0], true],
		['one alone is under way, which may be slow', paceAfter(1_000), [0], false],
		['none is under way', paceAfter(1_000), [], false],
		['some were slow', paceAfter(1_001), [0, 0], false],
		['too few are known', paceAfter(10, 15), [0, 0], false],
	])('%s', (_what, pace, agesMs, endsSoon) => {
		for (const [index, ageMs] of agesMs.entries()) pace.begin(`other ${index}`, T - ageMs);
		expect(pace.endsSoon(T)).toBe(endsSoon);
	});

	it('forgets a slow run when enough quick ones came after it', () => {
		const pace = new RunPace();
		pace.begin('slow', T - 50_000);
		pace.end('slow', T - 40_000);
		for (const run of ['one', 'other']) pace.begin(run, T);
		expect(pace.endsSoon(T)).toBe(false);
		for (let n = 0; n < 16; n++) {
			pace.begin(`${n}`, T);
			pace.end(`${n}`, T + 10);
		}
		expect(pace.endsSoon(T + 10)).toBe(true);
	});

	it('does not pile up runs that end elsewhere, as in the queue mode', () => {
		const pace = new RunPace();
		for (let second = 0; second < 1_000; second++) pace.begin(`${second}`, T + second * 1_000);
		expect(pace.size).toBeLessThan(70);
	});

	it('takes a run that is given up for a slow one', () => {
		const pace = paceAfter(10);
		pace.begin('endless', T);
		for (const run of ['one', 'other']) pace.begin(run, T + 60_001);
		expect(pace.endsSoon(T + 60_001)).toBe(false);
	});

	it('counts a run once, however often it is said to begin and to end', () => {
		const pace = paceAfter(10);
		pace.begin('one', T);
		pace.begin('one', T);
		expect(pace.endsSoon(T)).toBe(false);
		pace.begin('other', T);
		expect(pace.endsSoon(T)).toBe(true);
		pace.end('one', T + 200);
		pace.end('one', T + 30_000);
		for (const run of ['two', 'three']) pace.begin(run, T + 30_000);
		expect(pace.endsSoon(T + 30_000)).toBe(true);
	});
});
