import * as fc from 'fast-check';

import { joinConsent, type ConsentRecord } from '../../../nodes/core/conversation/consent';
import { joinFacts, NO_FACTS } from '../../../nodes/core/conversation/facts';

import { crowdedConsent, crowdedFacts } from './arbitraries';
import { decideAt, fact, joined, NOW, optIn, optOut, TEXT } from './support';

describe('joinFacts', () => {
	it('does not care which comes first', () => {
		fc.assert(
			fc.property(crowdedFacts, crowdedFacts, (a, b) => {
				expect(joinFacts(a, b)).toStrictEqual(joinFacts(b, a));
			}),
			{ numRuns: 1_000 },
		);
	});

	it('does not care how the facts are grouped', () => {
		fc.assert(
			fc.property(crowdedFacts, crowdedFacts, crowdedFacts, (a, b, c) => {
				expect(joinFacts(joinFacts(a, b), c)).toStrictEqual(joinFacts(a, joinFacts(b, c)));
			}),
			{ numRuns: 1_000 },
		);
	});

	it('changes nothing when facts come twice', () => {
		fc.assert(
			fc.property(crowdedFacts, crowdedFacts, (a, b) => {
				expect(joinFacts(a, a)).toStrictEqual(a);
				const both = joinFacts(a, b);
				expect(joinFacts(both, b)).toStrictEqual(both);
			}),
			{ numRuns: 1_000 },
		);
	});

	it('takes nothing away and adds nothing when there are no facts', () => {
		fc.assert(
			fc.property(crowdedFacts, (a) => {
				expect(joinFacts(a, NO_FACTS)).toStrictEqual(a);
				expect(joinFacts(NO_FACTS, a)).toStrictEqual(a);
			}),
			{ numRuns: 1_000 },
		);
	});

	it.each([
		['lastInboundAt'],
		['refusedAt'],
		['freeEntryPointCandidateAt'],
		['freeEntryPointUntil'],
		['marketingLimitedAt'],
	] as const)('keeps the latest %s and leaves the rest alone', (field) => {
		expect(joined(fact({ [field]: 20 }), fact({ [field]: 30 }), fact({ [field]: 10 }))).toEqual(
			fact({ [field]: 30 }),
		);
	});

	it('leaves both sides as they were', () => {
		const a = Object.freeze(fact({ lastInboundAt: 5, consent: Object.freeze([optIn('all', 1)]) }));
		const b = Object.freeze(fact({ refusedAt: 7, consent: Object.freeze([optOut('all', 2)]) }));
		expect(joinFacts(a, b)).toEqual(
			fact({ lastInboundAt: 5, refusedAt: 7, consent: [optOut('all', 2), optIn('all', 1)] }),
		);
	});
});

const keyOf = ({ scope, source, state }: ConsentRecord) => `${scope} ${source} ${state}`;

describe('joinConsent', () => {
	it('does not care which comes first', () => {
		fc.assert(
			fc.property(crowdedConsent, crowdedConsent, (a, b) => {
				expect(joinConsent(a, b)).toStrictEqual(joinConsent(b, a));
			}),
			{ numRuns: 1_000 },
		);
	});

	it('does not care how the records are grouped', () => {
		fc.assert(
			fc.property(crowdedConsent, crowdedConsent, crowdedConsent, (a, b, c) => {
				expect(joinConsent(joinConsent(a, b), c)).toStrictEqual(joinConsent(a, joinConsent(b, c)));
			}),
			{ numRuns: 1_000 },
		);
	});

	it('changes nothing when records come twice', () => {
		fc.assert(
			fc.property(crowdedConsent, crowdedConsent, (a, b) => {
				expect(joinConsent(a, a)).toStrictEqual(a);
				const both = joinConsent(a, b);
				expect(joinConsent(both, b)).toStrictEqual(both);
			}),
			{ numRuns: 1_000 },
		);
	});

	it('keeps one record per scope, source and state, whatever comes', () => {
		fc.assert(
			fc.property(crowdedConsent, crowdedConsent, (a, b) => {
				const keys = joinConsent(a, b).map(keyOf);
				expect(new Set(keys).size).toBe(keys.length);
				const before = [...a, ...b].map(keyOf);
				expect(new Set(keys)).toEqual(new Set(before));
			}),
			{ numRuns: 1_000 },
		);
	});
});

describe('what opens the window', () => {
	it('R5, R6, D2: no fact but a message or call of the contact', () => {
		fc.assert(
			fc.property(crowdedFacts, (facts) => {
				const silent = { ...facts, lastInboundAt: 0 };
				expect(decideAt(TEXT, silent, { now: 2 }).window.state).not.toBe('open');
				expect(decideAt(TEXT, silent, { now: NOW }).window.state).not.toBe('open');
			}),
			{ numRuns: 1_000 },
		);
	});

	it('D2: there is no place for anything that the business sent', () => {
		expect(Object.keys(NO_FACTS).sort()).toEqual([
			'consent',
			'freeEntryPointCandidateAt',
			'freeEntryPointUntil',
			'identityChange',
			'lastInboundAt',
			'marketingLimitedAt',
			// Says who may write, never that anybody may.
			'owner',
			'refusedAt',
			'remembered',
		]);
	});
});
