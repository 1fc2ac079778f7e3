import * as fc from 'fast-check';

import { consentFor, type ConsentRecord } from '../../../nodes/core/conversation/consent';
import { decide } from '../../../nodes/core/conversation/decide';
import { joinFacts, NO_FACTS, type ContactFacts } from '../../../nodes/core/conversation/facts';
import { windowOf } from '../../../nodes/core/conversation/window';

import { anyOutgoing, anyPolicy, timeNearNow } from './arbitraries';
import {
	AT_META,
	naiveConsent,
	naiveDecision,
	naiveWindow,
	ROW_IDS,
	type Happening,
	type Statement,
} from './naive';
import { consentFact, DAY, fact, NOW } from './support';

const PLAIN = { noNullPrototype: true } as const;

/** Often within two minutes of each other, or at once. */
const statementTime = fc.oneof(
	timeNearNow,
	fc.integer({ min: NOW - 310, max: NOW - 1 }),
	fc.constantFrom(NOW - 10, NOW - 130, NOW - 131, NOW - 250),
);

const statement: fc.Arbitrary<Statement> = fc
	.record(
		{
			scope: fc.constantFrom('all' as const, 'marketing' as const, 'utility' as const),
			state: fc.constantFrom('opted_in' as const, 'opted_out' as const, 'lifted' as const),
			at: statementTime,
			source: fc.constantFrom(
				'keyword' as const,
				'button' as const,
				'web_form' as const,
				'manual' as const,
				'meta_preference' as const,
				'provider_code' as const,
			),
			end: fc.option(fc.constantFrom(NOW - 1, NOW, NOW + 1, NOW + DAY), { nil: undefined }),
			isConfirmed: fc.boolean(),
		},
		PLAIN,
	)
	.map(({ end, isConfirmed, ...said }) => ({
		...said,
		// Meta speaks of marketing alone.
		...(AT_META.includes(said.source) ? { scope: 'marketing' as const } : {}),
		...(said.state === 'opted_in' && end !== undefined ? { expiresAt: end } : {}),
		isConfirmed: said.state === 'opted_out' && isConfirmed,
	}));

const simple = fc
	.tuple(
		fc.constantFrom(
			'message' as const,
			'call' as const,
			'refusal' as const,
			'newNumber' as const,
			'limited' as const,
			'reaction' as const,
			'templateSent' as const,
			'replySent' as const,
			'delivered' as const,
		),
		timeNearNow,
	)
	.map(([what, at]): Happening => ({ what, at }));

const happening: fc.Arbitrary<Happening> = fc.oneof(
	{ weight: 3, arbitrary: simple },
	fc
		.tuple(timeNearNow, fc.integer({ min: 0, max: 3 * DAY }))
		.map(([at, length]): Happening => ({ what: 'freeEntryPoint', at, until: at + length })),
	{
		weight: 2,
		arbitrary: statement.map(
			(said): Happening => ({
				what: 'statement',
				at: said.at,
				statement: said,
			}),
		),
	},
);

function recordOf({ isConfirmed, ...said }: Statement): ConsentRecord {
	return { ...said, ...(isConfirmed ? { confirmedAt: said.at + 1 } : {}) };
}

/** What the event of a happening tells; nothing of what is no word about permission. */
function factsOf(one: Happening): ContactFacts {
	switch (one.what) {
		case 'message':
		case 'call':
			return fact({ lastInboundAt: one.at });
		case 'refusal':
			return fact({ refusedAt: one.at });
		case 'limited':
			return fact({ marketingLimitedAt: one.at });
		case 'newNumber':
			return fact({ identityChange: { at: one.at, to: ['4915100000000'] } });
		case 'freeEntryPoint':
			return fact({ freeEntryPointUntil: one.until });
		case 'statement':
			return consentFact(recordOf(one.statement));
		default:
			return NO_FACTS;
	}
}

/** Events in the order of their arrival: each once at least, some again, in two heaps that meet later. */
const history = fc.array(happening, { maxLength: 9 }).chain((all) =>
	fc
		.tuple(
			fc.subarray(all).chain((again) => {
				const length = all.length + again.length;
				return fc.shuffledSubarray([...all, ...again], { minLength: length, maxLength: length });
			}),
			fc.nat({ max: 9 }),
		)
		.map(([arrivals, place]) => ({
			all,
			facts: joinFacts(
				arrivals.slice(place).map(factsOf).reduce(joinFacts, NO_FACTS),
				arrivals.slice(0, place).map(factsOf).reduce(joinFacts, NO_FACTS),
			),
		})),
);

const watchedSince = fc.option(timeNearNow, { nil: undefined });

/** About now, and often at the very end of a window. */
const anyNow = fc.oneof(
	fc.constant(NOW),
	fc.integer({ min: NOW - DAY, max: NOW + 2 * DAY }),
	fc.constantFrom(NOW + 1, NOW + DAY - 60, NOW + DAY - 1, NOW + DAY),
);

it('the window is what a naive reading of all that happened gives', () => {
	fc.assert(
		fc.property(
			history,
			watchedSince,
			fc.constantFrom(0, 60, 3600),
			anyNow,
			({ all, facts }, since, margin, now) => {
				const { state, closedBy } = windowOf(facts, since, margin, now);
				expect({ state, ...(closedBy && { closedBy }) }).toEqual(
					naiveWindow(all, since, margin, now),
				);
			},
		),
		{ numRuns: 5_000 },
	);
});

it('consent is what a naive replay of all statements gives', () => {
	fc.assert(
		fc.property(
			fc.array(statement, { maxLength: 7 }),
			fc.constantFrom('all' as const, 'marketing' as const, 'utility' as const),
			(said, scope) => {
				const { consent } = said
					.map(recordOf)
					.map((one) => consentFact(one))
					.reduce(joinFacts, NO_FACTS);
				const { state, atMeta } = consentFor(consent, scope, NOW);
				const naive = naiveConsent(said, scope, NOW);
				expect({ state, atMeta }).toEqual({ state: naive.state, atMeta: naive.atMeta });
			},
		),
		{ numRuns: 5_000 },
	);
});

describe('the decision', () => {
	const met = new Set<string>();

	it('is that of the row in the table', () => {
		fc.assert(
			fc.property(
				anyOutgoing,
				history,
				anyPolicy,
				watchedSince,
				(message, { all, facts }, policy, since) => {
					const { outcome, reason } = decide(message, { facts, watchedSince: since }, policy, NOW);
					const { id, ...naive } = naiveDecision(message, all, policy, since, NOW);
					met.add(id);
					expect({ outcome, reason }).toEqual(naive);
				},
			),
			{ numRuns: 8_000 },
		);
	});

	it('was asked for in the situation of every row', () => {
		expect(ROW_IDS.filter((id) => !met.has(id))).toEqual([]);
	});
});
