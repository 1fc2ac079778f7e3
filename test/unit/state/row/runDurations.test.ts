import { RunDurations } from '../../../../nodes/core/state/row/runDurations';

const T = 1_795_176_000_000;

/** The durations after sixteen runs, one after the other. */
function durationsAfter(durationMs: number, count = 16): RunDurations {
	const durations = new RunDurations();
	for (let n = 0; n < count; n++) {
		durations.begin(`${n}`, T - 100_000);
		durations.end(`${n}`, T - 100_000 + durationMs);
	}
	return durations;
}

describe('RunDurations', () => {
	it.each<[string, RunDurations, number[], boolean]>([
		['all were quick, and two others are under way', durationsAfter(1_000), [0, 0], true],
		['the others began a second ago', durationsAfter(1_000), [1_000, 1_000], true],
		['one of them takes longer than it should', durationsAfter(1_000), [1_001, 0], false],
		['more than two are under way, and one takes long', durationsAfter(1_000), [1_001, 0, 0], true],
		['one alone is under way, which may be slow', durationsAfter(1_000), [0], false],
		['none is under way', durationsAfter(1_000), [], false],
		['some were slow', durationsAfter(1_001), [0, 0], false],
		[
			'all took three seconds, and two have nearly done so',
			durationsAfter(3_000),
			[2_000, 3_000],
			true,
		],
		['of those one alone has', durationsAfter(3_000), [1_999, 2_500], false],
		['they take so long that nothing is foretold', durationsAfter(5_001), [4_900, 5_000], false],
		['too few are known', durationsAfter(10, 15), [0, 0], false],
	])('%s', (_what, durations, agesMs, endsSoon) => {
		for (const [index, ageMs] of agesMs.entries()) durations.begin(`other ${index}`, T - ageMs);
		expect(durations.oneEndsSoon(T)).toBe(endsSoon);
	});

	it('forgets a slow run when enough quick ones came after it', () => {
		const durations = new RunDurations();
		durations.begin('slow', T - 50_000);
		durations.end('slow', T - 40_000);
		for (const run of ['one', 'other']) durations.begin(run, T);
		expect(durations.oneEndsSoon(T)).toBe(false);
		for (let n = 0; n < 16; n++) {
			durations.begin(`${n}`, T);
			durations.end(`${n}`, T + 10);
		}
		expect(durations.oneEndsSoon(T + 10)).toBe(true);
	});

	it('does not pile up runs that end elsewhere, as in the queue mode', () => {
		const durations = new RunDurations();
		for (let second = 0; second < 1_000; second++) durations.begin(`${second}`, T + second * 1_000);
		expect(durations.size).toBeLessThan(70);
	});

	it('takes a run that is given up for a slow one', () => {
		const durations = durationsAfter(10);
		durations.begin('endless', T);
		for (const run of ['one', 'other']) durations.begin(run, T + 60_001);
		expect(durations.oneEndsSoon(T + 60_001)).toBe(false);
	});

	it('counts a run once, however often it is said to begin and to end', () => {
		const durations = durationsAfter(10);
		durations.begin('one', T);
		durations.begin('one', T);
		expect(durations.oneEndsSoon(T)).toBe(false);
		durations.begin('other', T);
		expect(durations.oneEndsSoon(T)).toBe(true);
		durations.end('one', T + 200);
		durations.end('one', T + 30_000);
		for (const run of ['two', 'three']) durations.begin(run, T + 30_000);
		expect(durations.oneEndsSoon(T + 30_000)).toBe(true);
	});
});
