import * as fc from 'fast-check';

import {
	joinConsent,
	type ConsentRecord,
	type ConsentScope,
	type ConsentSource,
} from '../../../nodes/core/conversation/consent';
import {
	canonicalPhone,
	isUserId,
	type ContactIdentity,
} from '../../../nodes/core/conversation/contact';
import { joinFacts, NO_FACTS, type ContactFacts } from '../../../nodes/core/conversation/facts';
import { NO_OWNER } from '../../../nodes/core/conversation/owner';
import { blankRecord, joinRecords, type IdRecord } from '../../../nodes/core/state/memory/idRecord';
import { PHONE_LIMIT } from '../../../nodes/core/state/memory/recordTable';
import { anyCharacter } from '../anyCharacter';
import { crowdedFacts, anyRemembered, toldOfOwner } from '../conversation/arbitraries';
import { DAY, fact, NOW } from '../conversation/support';

const PLAIN = { noNullPrototype: true } as const;

/** What one webhook or one operation tells about a contact. */
export interface Told {
	identity: ContactIdentity;
	facts: ContactFacts;
}

/** Phone numbers, each in the forms in which it may arrive (rule D13); a leading zero counts. */
export const PHONES: readonly string[][] = [
	['4915112345678'],
	['004915112345678'],
	['5511987654321', '551187654321'],
	['5215512345678', '525512345678'],
	['5491123456789', '541123456789'],
];

const USER_IDS = ['US.13491208655302741918', 'BR.7', 'DE.ENT.4Xy'];

/** Every identifier that {@link manyTold} uses. */
export const ANY_ID: readonly ContactIdentity[] = [
	...PHONES.flat().map((phone) => ({ phone })),
	...USER_IDS.map((userId) => ({ userId })),
];

const identity: fc.Arbitrary<ContactIdentity> = fc.record(
	{ phone: fc.constantFrom(...PHONES.flat()), userId: fc.constantFrom(...USER_IDS) },
	{ ...PLAIN, requiredKeys: [] },
);

/** A message alone, as most webhooks tell, or more. */
const facts: fc.Arbitrary<ContactFacts> = fc.oneof(
	fc.integer({ min: 1, max: 3 }).map((lastInboundAt) => fact({ lastInboundAt })),
	fc.constant(NO_FACTS),
	crowdedFacts.map(toldFacts),
);

/** A change of the number is no fact that is told. */
function toldFacts(facts: ContactFacts): ContactFacts {
	return { ...facts, identityChange: NO_FACTS.identityChange };
}

/** Few identifiers and few times, so that much meets. */
export const manyTold: fc.Arbitrary<Told[]> = fc.array(fc.record({ identity, facts }, PLAIN), {
	maxLength: 12,
});

/** The same again in another order, some of it twice. */
export function shuffledWithRepeats<T>(values: T[]): fc.Arbitrary<T[]> {
	return fc.subarray(values).chain((again) => {
		const all = [...values, ...again];
		return fc.shuffledSubarray(all, { minLength: all.length });
	});
}

/** Phone numbers of 7 to 15 digits. */
export const anyPhone = fc.stringMatching(/^\d{7,15}$/);

/** Numbers of one form (rule D13) that can be packed. */
export const anyPlainPhone = fc
	.integer({ min: 1_000_000, max: PHONE_LIMIT - 1 })
	.filter((phone) => !String(phone).startsWith('5'));

const anyUserId = fc.stringMatching(/^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/);

/** Any text at all, often with what separates the parts of the packed form, or half a character. */
export const anyText = fc.oneof(
	fc.string({ unit: anyCharacter }),
	fc.string({ unit: fc.constantFrom('~', ';', ',', '+', '!', '.', '%', '"', '\\', '\n', 'é') }),
	fc.string({ unit: fc.constantFrom('\ud83d', '\ude00', 'a') }),
);

const SCOPES: ConsentScope[] = ['all', 'marketing', 'utility', 'authentication'];
const SOURCES: ConsentSource[] = [
	'web_form',
	'import',
	'keyword',
	'button',
	'meta_preference',
	'provider_code',
	'manual',
];

/** Times within half a year, as a replica holds them. */
export const anyTime = fc.integer({ min: NOW - 100 * DAY, max: NOW });

const anyConsent = fc.array(
	fc.record<ConsentRecord, 'scope' | 'state' | 'at' | 'source'>(
		{
			scope: fc.constantFrom(...SCOPES),
			state: fc.constantFrom('opted_in', 'opted_out', 'lifted'),
			at: anyTime,
			source: fc.constantFrom(...SOURCES),
			evidence: anyText,
			wording: anyText,
			expiresAt: anyTime,
			confirmedAt: anyTime,
		},
		{ ...PLAIN, requiredKeys: ['scope', 'state', 'at', 'source'] },
	),
	{ maxLength: 4 },
);

const anyOwner = fc
	.array(toldOfOwner(anyTime), { maxLength: 3 })
	.map((told) => told.map((owner) => ({ ...NO_FACTS, owner: { ...NO_OWNER, ...owner } })));

const anyPlainFacts: fc.Arbitrary<ContactFacts> = fc.record(
	{
		lastInboundAt: fc.oneof(fc.constant(0), anyTime),
		refusedAt: fc.oneof(fc.constant(0), anyTime),
		freeEntryPointCandidateAt: fc.oneof(fc.constant(0), anyTime),
		freeEntryPointUntil: fc.oneof(fc.constant(0), anyTime),
		marketingLimitedAt: fc.oneof(fc.constant(0), anyTime),
		identityChange: fc.constant(NO_FACTS.identityChange),
		owner: fc.constant(NO_OWNER),
		remembered: anyRemembered(fc.integer({ min: NOW - 100 * DAY, max: NOW })),
		consent: anyConsent.map((records) =>
			records.reduce<readonly ConsentRecord[]>((sum, next) => joinConsent(sum, [next]), []),
		),
	},
	PLAIN,
);

const anyFacts: fc.Arbitrary<ContactFacts> = fc
	.tuple(anyPlainFacts, anyOwner)
	.map(([facts, told]) => told.reduce(joinFacts, facts));

const anyLink = fc
	.tuple(anyPhone, anyTime, fc.nat(1_000))
	.map(([phone, first, seconds]) => ({ phone, first, last: first + seconds }));

const anyMove = fc.record(
	{
		at: anyTime,
		to: fc.uniqueArray(fc.oneof(anyPhone, anyUserId), { minLength: 1, maxLength: 2 }),
	},
	PLAIN,
);

/** Anything at all that may be told of an identifier, as records keep it. */
const anyRecord: fc.Arbitrary<IdRecord> = fc
	.tuple(
		fc.oneof(anyPhone, anyUserId),
		anyFacts,
		fc.array(anyLink, { maxLength: 2 }),
		fc.array(anyMove, { maxLength: 2 }),
	)
	.map(([id, told, links, moves]) =>
		[
			...links.map((link) => ({ links: [link] })),
			...moves.map((move) => ({ moves: [move] })),
		].reduce<IdRecord>(
			(sum, part) => joinRecords(sum, { ...blankRecord(id), ...part }),
			joinRecords(blankRecord(id), { ...blankRecord(id), facts: told }),
		),
	)
	.map((record) => (isUserId(record.id) ? record : { ...record, links: [] }));

/** Records of different identifiers. */
export const anyRecords: fc.Arbitrary<IdRecord[]> = fc.uniqueArray(anyRecord, {
	selector: ({ id }) => canonicalPhone(id),
	maxLength: 20,
});
