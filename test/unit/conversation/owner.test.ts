import * as fc from 'fast-check';

import { joinFacts, NO_FACTS, type ContactFacts } from '../../../nodes/core/conversation/facts';
import { NO_OWNER, ownerOf, type OwnerFacts } from '../../../nodes/core/conversation/owner';

import { fact, HOUR, joined, NOW } from './support';

const owned = (owner: Partial<OwnerFacts>, rest: Partial<ContactFacts> = {}) =>
	fact({ owner: { ...NO_OWNER, ...owner }, ...rest });

const handedOver = (at: number, until: number) =>
	owned({ handOvers: [{ at, until, way: 'handedOver' }] });
const wroteInApp = (at: number, hours: number) =>
	owned({ handOvers: [{ at, until: at + hours * HOUR, way: 'app' }] });
const resumed = (at: number) => owned({ resumedAt: at });
const passed = (at: number) => owned({ passedAt: at });
const taken = (at: number) => owned({ otherAt: at });
const wrote = (at: number) => fact({ lastInboundAt: at });
const wroteInStandby = (at: number) => owned({ otherAt: at }, { lastInboundAt: at });
const called = (at: number) => owned({ apartAt: at }, { lastInboundAt: at });

const whoIn = (facts: ContactFacts, now = NOW) => ownerOf(facts, now).who;
const who = (...told: ContactFacts[]) => whoIn(joined(...told));

describe('ownerOf', () => {
	it('is the automation where nothing is on record', () => {
		expect(ownerOf(NO_FACTS, NOW)).toEqual({ who: 'automation' });
	});

	it('E37: is a person from the hand-over on until its end', () => {
		const facts = handedOver(NOW - HOUR, NOW + HOUR);
		expect(ownerOf(facts, NOW)).toEqual({
			who: 'person',
			since: NOW - HOUR,
			until: NOW + HOUR,
			way: 'handedOver',
		});
		expect(whoIn(facts, NOW + HOUR - 1)).toBe('person');
		expect(whoIn(facts, NOW + HOUR)).toBe('automation');
	});

	it('E38: a message from the app never shortens a longer hand-over', () => {
		const facts = joined(handedOver(NOW - 3 * HOUR, NOW + 9 * HOUR), wroteInApp(NOW - HOUR, 2));
		expect(ownerOf(facts, NOW).until).toBe(NOW + 9 * HOUR);
	});

	it('E38: a later message from the app extends the time', () => {
		const facts = joined(wroteInApp(NOW - 3 * HOUR, 4), wroteInApp(NOW - HOUR, 4));
		expect(ownerOf(facts, NOW)).toMatchObject({ until: NOW + 3 * HOUR, way: 'app' });
	});

	it('E40: resuming gives the conversation back, but not what a person took later', () => {
		const earlier = handedOver(NOW - 3 * HOUR, NOW + 9 * HOUR);
		expect(who(earlier, resumed(NOW - 2 * HOUR))).toBe('automation');
		expect(who(earlier, resumed(NOW - 2 * HOUR), wroteInApp(NOW - HOUR, 2))).toBe('person');
	});

	it('E44: in the same second the person keeps it', () => {
		expect(who(handedOver(NOW - HOUR, NOW + HOUR), resumed(NOW - HOUR))).toBe('person');
	});

	it('E41: what is passed to us is ours, unless a person has it', () => {
		expect(who(taken(NOW - 2 * HOUR), passed(NOW - HOUR))).toBe('automation');
		expect(who(taken(NOW - 2 * HOUR), passed(NOW - HOUR), handedOver(NOW - HOUR, NOW + HOUR))).toBe(
			'person',
		);
	});

	it('E42: is another responder after it took the conversation, or wrote under standby', () => {
		expect(who(wrote(NOW - 2 * HOUR), taken(NOW - HOUR))).toBe('otherResponder');
		expect(who(wrote(NOW - 2 * HOUR), wroteInStandby(NOW - HOUR))).toBe('otherResponder');
	});

	it('E42: for 24 hours without a message of the contact', () => {
		const facts = joined(wroteInStandby(NOW - 10 * HOUR), taken(NOW - HOUR));
		expect(whoIn(facts, NOW + 14 * HOUR - 1)).toBe('otherResponder');
		expect(whoIn(facts, NOW + 14 * HOUR)).toBe('automation');
	});

	it('E42: counts from the taking where the message before it was missed', () => {
		expect(who(wrote(NOW - 60 * HOUR), taken(NOW - HOUR))).toBe('otherResponder');
		expect(whoIn(taken(NOW - HOUR), NOW + 23 * HOUR)).toBe('automation');
	});

	it('E43: a message that Meta delivers to us makes the conversation ours', () => {
		expect(who(taken(NOW - 2 * HOUR), wrote(NOW - HOUR))).toBe('automation');
	});

	it('E43: a call does not, and takes nothing away', () => {
		expect(who(taken(NOW - 2 * HOUR), called(NOW - HOUR))).toBe('otherResponder');
		expect(who(taken(NOW - 3 * HOUR), wrote(NOW - 2 * HOUR), called(NOW - HOUR))).toBe(
			'automation',
		);
		expect(who(called(NOW - HOUR), wrote(NOW - 2 * HOUR), taken(NOW - 3 * HOUR))).toBe(
			'automation',
		);
	});

	it('E44: in the same second another responder keeps it', () => {
		expect(who(taken(NOW - HOUR), wrote(NOW - HOUR))).toBe('otherResponder');
		expect(who(taken(NOW - HOUR), passed(NOW - HOUR))).toBe('otherResponder');
	});
});

/** What happened at a time, in the words of the rules alone. */
type Happening =
	| { what: 'handOver'; at: number; until: number }
	| { what: 'resumed' | 'passed' | 'taken' | 'standby' | 'message' | 'call'; at: number };

const time = fc.integer({ min: NOW - 30 * HOUR, max: NOW });
const happening: fc.Arbitrary<Happening> = fc.oneof(
	fc
		.tuple(time, fc.integer({ min: 1, max: 40 * HOUR }))
		.map(([at, seconds]) => ({ what: 'handOver' as const, at, until: at + seconds })),
	fc
		.tuple(fc.constantFrom('resumed', 'passed', 'taken', 'standby', 'message', 'call'), time)
		.map(([what, at]) => ({ what, at }) as Happening),
);

function toldBy(one: Happening): ContactFacts {
	switch (one.what) {
		case 'handOver':
			return handedOver(one.at, one.until);
		case 'resumed':
			return resumed(one.at);
		case 'passed':
			return passed(one.at);
		case 'taken':
			return taken(one.at);
		case 'standby':
			return wroteInStandby(one.at);
		case 'message':
			return wrote(one.at);
		case 'call':
			return called(one.at);
	}
}

/** The owner by the whole history, read once. */
function naiveOwner(history: Happening[], now: number): string {
	const latest = (...whats: string[]) =>
		Math.max(0, ...history.filter(({ what }) => whats.includes(what)).map(({ at }) => at));
	const took = latest('taken', 'standby');
	const said = latest('standby', 'message', 'call');
	const idleFrom = (took - said < 24 * HOUR ? said : took) + 24 * HOUR;
	if (took > 0 && took >= latest('passed', 'message') && now < idleFrom) return 'otherResponder';
	const hasPerson = history.some(
		(one) => one.what === 'handOver' && one.at >= latest('resumed') && now < one.until,
	);
	return hasPerson ? 'person' : 'automation';
}

describe('facts about the owner (E44)', () => {
	const history = fc.array(happening, { maxLength: 9 });

	it('tell what the whole history tells, in any order, twice and late', () => {
		const arrivals = history.chain((happenings) =>
			fc
				.shuffledSubarray([...happenings, ...happenings], { minLength: happenings.length * 2 })
				.map((arrived) => ({ happenings, arrived })),
		);
		fc.assert(
			fc.property(
				arrivals,
				fc.integer({ min: 0, max: 30 * HOUR }),
				({ happenings, arrived }, later) => {
					const facts = joined(...arrived.map(toldBy));
					expect(whoIn(facts, NOW + later)).toBe(naiveOwner(happenings, NOW + later));
				},
			),
			{ numRuns: 5_000 },
		);
	});

	it('are the same however they are grouped', () => {
		fc.assert(
			fc.property(history, history, (one, other) => {
				const [a, b] = [one, other].map((all) => joined(...all.map(toldBy)));
				expect(joinFacts(a, b)).toStrictEqual(joined(...[...other, ...one].map(toldBy)));
			}),
			{ numRuns: 2_000 },
		);
	});
});
