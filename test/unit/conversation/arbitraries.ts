import * as fc from 'fast-check';

import {
	joinConsent,
	type ConsentRecord,
	type ConsentScope,
	type ConsentSource,
} from '../../../nodes/core/conversation/consent';
import type { ContactState, Outgoing, Policy } from '../../../nodes/core/conversation/decide';
import { joinFacts, NO_FACTS, type ContactFacts } from '../../../nodes/core/conversation/facts';
import { NO_OWNER, type OwnerFacts } from '../../../nodes/core/conversation/owner';
import { joinRemembered, type Remembered } from '../../../nodes/core/conversation/remembered';

import { DAY, HOUR, MINUTE, NOW } from './support';

const PLAIN = { noNullPrototype: true } as const;

/** Consent as single events leave it: joined from single records. */
function consentOf(
	at: fc.Arbitrary<number>,
	scopes: ConsentScope[],
	sources: ConsentSource[],
): fc.Arbitrary<readonly ConsentRecord[]> {
	const record = fc.record<ConsentRecord, 'scope' | 'state' | 'at' | 'source'>(
		{
			scope: fc.constantFrom(...scopes),
			state: fc.constantFrom('opted_in', 'opted_out', 'lifted'),
			at,
			source: fc.constantFrom(...sources),
			evidence: fc.constantFrom('', 'order 17', 'STOP'),
			wording: fc.constantFrom('', 'newsletter'),
			expiresAt: at,
			confirmedAt: at,
		},
		{ ...PLAIN, requiredKeys: ['scope', 'state', 'at', 'source'] },
	);
	return fc
		.array(record, { maxLength: 5 })
		.map((records) =>
			records.reduce<readonly ConsentRecord[]>((sum, next) => joinConsent(sum, [next]), []),
		);
}

/** What single events tell of who has a conversation. */
export function toldOfOwner(time: fc.Arbitrary<number>): fc.Arbitrary<Partial<OwnerFacts>> {
	const handOver = fc
		.tuple(time, fc.nat(3), fc.constantFrom('handedOver', 'handedOverUntil', 'app', 'sent'))
		.map(([at, seconds, way]) => ({ at, until: at + seconds, way }) as const);
	return fc.oneof(
		handOver.map((one) => ({ handOvers: [one] })),
		time.map((resumedAt) => ({ resumedAt })),
		time.map((otherAt) => ({ otherAt })),
		time.map((passedAt) => ({ passedAt })),
	);
}

/** Facts that hold what was told of an owner too, and calls of the contact. */
function withOwner(
	facts: fc.Arbitrary<ContactFacts>,
	time: fc.Arbitrary<number>,
): fc.Arbitrary<ContactFacts> {
	const called = time.map((at) => ({
		...NO_FACTS,
		lastInboundAt: at,
		owner: { ...NO_OWNER, apartAt: at },
	}));
	const told = toldOfOwner(time).map((owner) => ({
		...NO_FACTS,
		owner: { ...NO_OWNER, ...owner },
	}));
	return fc
		.tuple(facts, fc.array(fc.oneof(called, told), { maxLength: 4 }))
		.map(([first, more]) => more.reduce(joinFacts, first));
}

/** What workflows have remembered, told bit by bit. */
export function anyRemembered(time: fc.Arbitrary<number>): fc.Arbitrary<readonly Remembered[]> {
	const one = fc.record<Remembered>(
		{
			key: fc.constantFrom('step', 'language', 'cart,;~+!'),
			value: fc.constantFrom('', '"de"', '3', '{"a":["~;,"]}'),
			at: time,
			until: time,
		},
		PLAIN,
	);
	return fc
		.array(one, { maxLength: 4 })
		.map((all) =>
			all.reduce<readonly Remembered[]>((sum, next) => joinRemembered(sum, [next]), []),
		);
}

function factsOf(
	time: fc.Arbitrary<number>,
	consent: fc.Arbitrary<readonly ConsentRecord[]>,
): fc.Arbitrary<ContactFacts> {
	const neverOr = fc.oneof(fc.constant(0), time);
	return fc.record<ContactFacts>(
		{
			lastInboundAt: neverOr,
			refusedAt: neverOr,
			freeEntryPointCandidateAt: neverOr,
			freeEntryPointUntil: neverOr,
			marketingLimitedAt: neverOr,
			identityChange: fc.oneof(
				fc.constant(NO_FACTS.identityChange),
				fc.record(
					{ at: time, to: fc.constantFrom(['4915100000000'], ['US.9']) },
					{ noNullPrototype: true },
				),
			),
			owner: fc.constant(NO_OWNER),
			remembered: anyRemembered(time),
			consent,
		},
		PLAIN,
	);
}

/** Few different times, scopes and sources, so that many records meet. */
const fewTimes = fc.integer({ min: 1, max: 3 });
export const crowdedConsent = consentOf(fewTimes, ['all', 'marketing'], ['keyword', 'manual']);
export const crowdedFacts = withOwner(factsOf(fewTimes, crowdedConsent), fewTimes);

/** Times up to four days on either side of NOW, often close to the edges of the rules. */
export const timeNearNow = fc.oneof(
	fc.integer({ min: NOW - 4 * DAY, max: NOW }),
	fc
		.tuple(fc.constantFrom(0, DAY, 3 * DAY), fc.integer({ min: -2 * MINUTE, max: 2 * MINUTE }))
		.map(([age, seconds]) => NOW - age + seconds),
);

const realConsent = consentOf(
	fc.integer({ min: NOW - 400 * DAY, max: NOW }),
	['all', 'marketing', 'utility', 'authentication'],
	['web_form', 'keyword', 'meta_preference', 'provider_code', 'manual'],
);

/** Facts as they can stand on record at about NOW. */
const realFacts: fc.Arbitrary<ContactFacts> = fc
	.tuple(factsOf(timeNearNow, realConsent), fc.integer({ min: 0, max: 3 * DAY }))
	.map(([facts, untilEnd]) => ({
		...facts,
		freeEntryPointUntil: facts.freeEntryPointUntil && NOW - DAY + untilEnd,
	}));

export const realState: fc.Arbitrary<ContactState> = fc.record(
	{ facts: realFacts, watchedSince: fc.option(timeNearNow, { nil: undefined }) },
	PLAIN,
);

export const anyPolicy: fc.Arbitrary<Policy> = fc.record(
	{
		marginSeconds: fc.constantFrom(0, 60, HOUR),
		whenUnknown: fc.constantFrom('treatAsClosed', 'try'),
		blockRepliesAfterOptOut: fc.boolean(),
		marketingConsent: fc.constantFrom('require', 'warn', 'off'),
		utilityConsent: fc.constantFrom('require', 'warn', 'off'),
	},
	PLAIN,
);

export const anyFreeForm: fc.Arbitrary<Outgoing> = fc.constantFrom<Outgoing[]>(
	{ kind: 'freeForm' },
	{ kind: 'freeForm', confirmsOptOut: true },
	{ kind: 'reaction' },
);

export const anyTemplate = fc.constantFrom<Array<Extract<Outgoing, { kind: 'template' }>>>(
	{ kind: 'template', category: 'marketing' },
	{ kind: 'template', category: 'utility' },
	{ kind: 'template', category: 'authentication' },
	{ kind: 'template', category: 'unknown' },
);

export const anyOutgoing: fc.Arbitrary<Outgoing> = fc.oneof(
	anyFreeForm,
	anyTemplate,
	fc.constant<Outgoing>({ kind: 'signal' }),
);
