import * as fc from 'fast-check';

import { SeenMessages } from '../../../../nodes/core/state/deliveries/seenMessages';
import { DAY, NOW } from '../../conversation/support';
import { anyText, anyTime } from '../arbitraries';

const RUNS = { numRuns: 500 };

const anyId = fc.stringMatching(/^wamid\.\w{1,40}$/);
/** Within eight days of each other, so that nothing is dropped. */
const recentTime = fc.integer({ min: NOW - 6 * DAY, max: NOW });
const recent = fc.array(fc.tuple(anyId, recentTime));

function having(...arrivals: Array<[id: string, at: number]>): SeenMessages {
	const seen = new SeenMessages();
	for (const [id, at] of arrivals) seen.add(id, at);
	return seen;
}

function joined(...texts: string[]): SeenMessages {
	const seen = new SeenMessages();
	for (const text of texts) seen.join(text);
	return seen;
}

describe('SeenMessages', () => {
	it('knows what was added, and nothing else', () => {
		fc.assert(
			fc.property(recent, anyId, (arrivals, other) => {
				const seen = having(...arrivals);
				for (const [id] of arrivals) expect(seen.has(id)).toBe(true);
				expect(seen.has(other)).toBe(arrivals.some(([id]) => id === other));
			}),
			RUNS,
		);
	});

	it('knows the same after it was written and read', () => {
		fc.assert(
			fc.property(recent, anyId, (arrivals, other) => {
				const after = joined(having(...arrivals).encode());
				for (const [id] of arrivals) expect(after.has(id)).toBe(true);
				expect(after.has(other)).toBe(arrivals.some(([id]) => id === other));
			}),
			RUNS,
		);
	});

	it('joins what several processes have seen, in any order and however often', () => {
		fc.assert(
			fc.property(recent, recent, (some, more) => {
				const [one, other] = [having(...some).encode(), having(...more).encode()];
				const day = (text: string) => text.split(';').filter(Boolean).sort();
				const sizes = [joined(one, other), joined(other, one), joined(one, other, one)].map(
					(seen) => {
						for (const [id] of [...some, ...more]) expect(seen.has(id)).toBe(true);
						return day(seen.encode()).join(';').length;
					},
				);
				expect(new Set(sizes).size).toBe(1);
			}),
			RUNS,
		);
	});

	it('takes nothing back when an older text is joined', () => {
		const seen = having(['wamid.1', NOW]);
		const older = seen.encode();
		seen.add('wamid.2', NOW);
		seen.join(older);
		expect([seen.has('wamid.1'), seen.has('wamid.2')]).toEqual([true, true]);
	});

	it('counts a change for each new message alone', () => {
		const seen = new SeenMessages();
		const revisions = ['wamid.1', 'wamid.1', 'wamid.2'].map((id) => {
			seen.add(id, NOW);
			return seen.revision;
		});
		expect(revisions[0]).toBeGreaterThan(0);
		expect(revisions[1]).toBe(revisions[0]);
		expect(revisions[2]).toBeGreaterThan(revisions[1]);
	});

	it('knows a message as long as Meta repeats it, which is seven days', () => {
		fc.assert(
			fc.property(anyTime, fc.integer({ min: 0, max: 7 * DAY }), (at, later) => {
				const seen = having(['wamid.old', at], ['wamid.new', at + later]);
				seen.prune(at + later);
				expect(seen.has('wamid.old')).toBe(true);
				expect(joined(seen.encode()).has('wamid.old')).toBe(true);
			}),
			RUNS,
		);
	});

	it('forgets a message nine days later', () => {
		fc.assert(
			fc.property(anyTime, (at) => {
				const seen = having(['wamid.old', at], ['wamid.new', at + 9 * DAY]);
				expect(seen.has('wamid.old')).toBe(true);
				seen.prune(at + 9 * DAY);
				expect([seen.has('wamid.old'), seen.has('wamid.new')]).toEqual([false, true]);
				expect(joined(seen.encode()).has('wamid.old')).toBe(false);
			}),
			RUNS,
		);
	});

	it('forgets in the same way what another process saw', () => {
		const seen = joined(having(['wamid.old', NOW - 9 * DAY]).encode());
		seen.add('wamid.new', NOW);
		seen.prune(NOW);
		expect([seen.has('wamid.old'), seen.has('wamid.new')]).toEqual([false, true]);
	});

	it.each([
		['ahead', 400 * DAY],
		['behind', -400 * DAY],
	])('keeps for days what came while the clock was %s', (_where, error) => {
		const seen = having(['wamid.before', NOW]);
		seen.prune(NOW);
		seen.add('wamid.meanwhile', NOW + error);
		for (let day = 0; day < 8; day++) {
			seen.prune(NOW + day * DAY);
			expect(['wamid.before', 'wamid.meanwhile'].map((id) => seen.has(id))).toEqual([true, true]);
		}
	});

	it('takes eight characters a message', () => {
		const arrivals = Array.from(
			{ length: 1_000 },
			(_, i) => [`wamid.${i}`, NOW] as [string, number],
		);
		expect(having(...arrivals).encode().length).toBeLessThan(8 * 1_000 + 10);
	});

	it('makes a text that JSON writes as it is', () => {
		fc.assert(
			fc.property(recent, (arrivals) => {
				const text = having(...arrivals).encode();
				expect(JSON.stringify(text)).toBe(`"${text}"`);
			}),
			RUNS,
		);
	});

	it('never throws over a damaged text, and keeps what it knew', () => {
		fc.assert(
			fc.property(recent, fc.nat(), anyText, (arrivals, place, other) => {
				const text = having(...arrivals).encode();
				const at = place % (text.length + 1);
				const seen = having(['wamid.known', NOW]);
				for (const damaged of [text.slice(0, at) + other + text.slice(at + 3), other]) {
					seen.join(damaged);
				}
				seen.add('wamid.next', NOW);
				expect(['wamid.known', 'wamid.next'].map((id) => joined(seen.encode()).has(id))).toEqual([
					true,
					true,
				]);
			}),
			RUNS,
		);
	});
});
