import * as fc from 'fast-check';

import type { ContactIdentity } from '../../../../nodes/core/conversation/contact';
import { NO_FACTS, type ContactFacts } from '../../../../nodes/core/conversation/facts';
import { PAIR_RETENTION_SECONDS } from '../../../../nodes/core/state/memory/belongings';
import { RETENTION_SECONDS } from '../../../../nodes/core/state/memory/pruning';
import { Replica } from '../../../../nodes/core/state/memory/replica';
import { decodeInto, encode } from '../../../../nodes/core/state/text/codec';
import {
	consentFact,
	DAY,
	fact,
	HOUR,
	MINUTE,
	NOW,
	optIn,
	optOut,
} from '../../conversation/support';
import {
	ANY_ID,
	anyPhone,
	anyPlainPhone,
	anyTime,
	manyTold,
	PHONES,
	shuffledWithRepeats,
	type Told,
} from '../arbitraries';
import { answersOf, recordsOf, replicaOf } from '../support';

const RUNS = { numRuns: 500 };

const PHONE = '4915112345678';
const USER_ID = 'DE.13491208655302741918';

const wrote = (at: number) => fact({ lastInboundAt: at });

/** Identities in every packed form: number in two forms, user ID alone, both. */
const packable: fc.Arbitrary<ContactIdentity & { userId: string }> = fc.record(
	{
		phone: fc.constantFrom(undefined, ...PHONES.flat()),
		userId: fc.constantFrom('US.13491208655302741918', 'BR.7', 'DE.10000000000', 'DE.99999999999'),
	},
	{ noNullPrototype: true },
);

/** As many as wanted that have nothing in common when their user IDs differ. */
const apart: fc.Arbitrary<ContactIdentity & { userId: string }> = fc
	.tuple(fc.integer({ min: 1, max: 1_000 }), fc.boolean())
	.map(([n, hasPhone]) => ({
		userId: `US.${n}`,
		...(hasPhone ? { phone: `49151${10_000_000 + n}` } : {}),
	}));

function decodedReplica(replica: Replica): Replica {
	const decoded = new Replica();
	decodeInto(decoded, encode(replica, { writer: 'w', revision: 1 }));
	return decoded;
}

/** Erases somebody as the operation does. */
function forget(replica: Replica, identity: ContactIdentity, at = NOW): boolean {
	return replica.forget(replica.erasuresFor(identity, at));
}

describe('Replica', () => {
	describe('joins', () => {
		it('does not care in which order and how often it is told', () => {
			fc.assert(
				fc.property(
					manyTold.chain((told) => fc.tuple(fc.constant(told), shuffledWithRepeats(told))),
					([told, again]) => {
						expect(answersOf(replicaOf(again), ANY_ID)).toStrictEqual(
							answersOf(replicaOf(told), ANY_ID),
						);
					},
				),
				RUNS,
			);
		});

		it('says that nothing is new when it is told again, and counts no change', () => {
			fc.assert(
				fc.property(manyTold, (told) => {
					const replica = replicaOf(told);
					const { revision } = replica;
					for (const { identity, facts } of told) {
						expect(replica.join(identity, facts)).toBe(false);
					}
					expect(replica.revision).toBe(revision);
				}),
				RUNS,
			);
		});

		it('counts a change whenever what is known has changed', () => {
			fc.assert(
				fc.property(manyTold, (told) => {
					const replica = new Replica();
					let before = { revision: replica.revision, answers: answersOf(replica, ANY_ID) };
					for (const { identity, facts } of told) {
						const isNew = replica.join(identity, facts, 0);
						const after = { revision: replica.revision, answers: answersOf(replica, ANY_ID) };
						expect(after.revision > before.revision).toBe(isNew);
						if (!isNew) expect(after.answers).toStrictEqual(before.answers);
						before = after;
					}
				}),
				RUNS,
			);
		});

		it('finds the first message of a contact of whom nothing but the name was on record', () => {
			const replica = replicaOf([
				{ identity: { phone: PHONE }, facts: NO_FACTS },
				{ identity: { phone: PHONE }, facts: wrote(NOW) },
			]);
			expect(replica.factsOf({ phone: PHONE })).toEqual(wrote(NOW));
		});

		it('leaves out what is told of nobody', () => {
			const replica = new Replica();
			expect(replica.join({}, wrote(NOW))).toBe(false);
			expect(replica.join({ phone: '', userId: '' }, wrote(NOW))).toBe(false);
			expect(recordsOf(replica)).toEqual([]);
		});

		it('keeps two business numbers apart', () => {
			const [one, other] = [
				replicaOf([{ identity: { phone: PHONE }, facts: wrote(NOW) }]),
				new Replica(),
			];
			expect(one.factsOf({ phone: PHONE })).toEqual(wrote(NOW));
			expect(other.factsOf({ phone: PHONE })).toEqual(NO_FACTS);
		});
	});

	describe('identities (D12, D13)', () => {
		const byPhone: Told = { identity: { phone: PHONE }, facts: wrote(NOW - HOUR) };
		const byBoth: Told = {
			identity: { phone: PHONE, userId: USER_ID },
			facts: fact({ freeEntryPointCandidateAt: NOW - HOUR }),
		};
		const byUserId: Told = { identity: { userId: USER_ID }, facts: wrote(NOW) };

		it.each([
			['phone, both, user ID', [byPhone, byBoth, byUserId]],
			['phone, user ID, both', [byPhone, byUserId, byBoth]],
			['both, phone, user ID', [byBoth, byPhone, byUserId]],
			['both, user ID, phone', [byBoth, byUserId, byPhone]],
			['user ID, phone, both', [byUserId, byPhone, byBoth]],
			['user ID, both, phone', [byUserId, byBoth, byPhone]],
		])('are one contact after %s', (_order, told) => {
			const replica = new Replica();
			for (const { identity, facts } of told) replica.join(identity, facts, NOW - HOUR);
			const all = fact({ lastInboundAt: NOW, freeEntryPointCandidateAt: NOW - HOUR });
			const both = { phone: PHONE, userId: USER_ID };
			expect([...replica.people()]).toEqual([{ identity: both, facts: all }]);
			for (const identity of [byPhone, byBoth, byUserId].map((one) => one.identity)) {
				expect(replica.factsOf(identity)).toEqual(all);
				expect(replica.identify(identity)).toEqual(both);
			}
		});

		it.each([
			['Brazil', '5511987654321', '551187654321'],
			['Mexico', '5215512345678', '525512345678'],
			['Argentina', '5491123456789', '541123456789'],
			['Benin', '2290197123456', '22997123456'],
			['Ivory Coast', '2250708123456', '22508123456'],
		])('are one contact with and without the optional digits of %s', (_country, long, short) => {
			for (const [first, then] of [
				[long, short],
				[short, long],
			]) {
				const replica = replicaOf([
					{ identity: { phone: first }, facts: wrote(NOW) },
					{ identity: { phone: then }, facts: fact({ refusedAt: NOW - HOUR }) },
				]);
				const both = fact({ lastInboundAt: NOW, refusedAt: NOW - HOUR });
				expect(answersOf(replica, [{ phone: long }, { phone: short }])).toEqual([both, both]);
				expect(recordsOf(replica)).toHaveLength(1);
			}
		});

		it.each([
			['a number one digit shorter in Brazil', '5511987654321', '551198765432'],
			['a landline and a mobile number in Brazil (E50)', '5511933334444', '551133334444'],
			['a number of another country that ends alike', '5511987654321', '3411987654321'],
			['numbers that differ in leading zeros', '00491511234567', '491511234567'],
		])('are two contacts: %s', (_case, one, other) => {
			for (const [first, then] of [
				[one, other],
				[other, one],
			]) {
				const replica = replicaOf([{ identity: { phone: first }, facts: wrote(NOW) }]);
				expect(replica.factsOf({ phone: then })).toEqual(NO_FACTS);
				replica.join({ phone: then }, fact({ refusedAt: NOW }));
				expect(replica.factsOf({ phone: first })).toEqual(wrote(NOW));
				expect(replica.factsOf({ phone: then })).toEqual(fact({ refusedAt: NOW }));
			}
		});

		it('are told as they are asked for where nothing is known', () => {
			expect(new Replica().identify({ phone: PHONE })).toEqual({ phone: PHONE });
			expect(new Replica().identify({ userId: USER_ID })).toEqual({ userId: USER_ID });
		});
	});

	describe('packed contacts', () => {
		it('stay packed, however often they write', () => {
			fc.assert(
				fc.property(
					fc
						.uniqueArray(anyPlainPhone, { minLength: 1, maxLength: 5 })
						.chain((phones) =>
							fc.array(fc.tuple(fc.constantFrom(...phones), anyTime), { minLength: 1 }),
						),
					(messages) => {
						const replica = replicaOf(
							messages.map(([phone, at]) => ({
								identity: { phone: String(phone) },
								facts: wrote(at),
							})),
						);
						const latest = new Map<number, number>();
						for (const [phone, at] of messages) {
							latest.set(phone, Math.max(at, latest.get(phone) ?? 0));
						}
						for (const [phone, at] of latest) {
							expect(replica.factsOf({ phone: String(phone) })).toEqual(wrote(at));
						}
						expect([...replica.others()]).toEqual([]);
					},
				),
			);
		});

		it('know the same as contacts told in full', () => {
			fc.assert(
				fc.property(
					fc.array(fc.record({ identity: packable, at: anyTime }), { maxLength: 8 }),
					manyTold,
					(messages, told) => {
						const [one, other] = [replicaOf(told), replicaOf(told)];
						for (const { identity, at } of messages) other.join(identity, wrote(at));
						const packed = replicaOf(
							messages.map(({ identity, at }) => ({ identity, facts: wrote(at) })),
						);
						one.joinPacked(packed.packedTexts());
						for (const record of packed.others()) one.joinRecord(record);
						const asked = [...messages.map(({ identity }) => identity), ...ANY_ID];
						expect(answersOf(one, asked)).toStrictEqual(answersOf(other, asked));
						expect(asked.map((each) => one.identify(each))).toEqual(
							asked.map((each) => other.identify(each)),
						);
					},
				),
				RUNS,
			);
		});

		it('take a later message when more is known of them', () => {
			const replica = replicaOf([
				{ identity: { phone: PHONE }, facts: fact({ refusedAt: NOW - HOUR }) },
			]);
			replica.joinPacked(
				replicaOf([{ identity: { phone: PHONE }, facts: wrote(NOW) }]).packedTexts(),
			);
			const facts = fact({ refusedAt: NOW - HOUR, lastInboundAt: NOW });
			expect([...replica.people()]).toEqual([{ identity: { phone: PHONE }, facts }]);
		});

		it('are found by each identifier, whoever goes before', () => {
			fc.assert(
				fc.property(
					fc.uniqueArray(apart, { selector: ({ userId }) => userId, maxLength: 12 }),
					fc.nat(),
					(identities, place) => {
						const replica = replicaOf(
							identities.map((identity) => ({ identity, facts: wrote(NOW) })),
						);
						if (identities.length > 0) forget(replica, identities[place % identities.length]);
						identities.forEach((identity, index) => {
							const facts = index === place % identities.length ? NO_FACTS : wrote(NOW);
							expect(replica.factsOf({ userId: identity.userId })).toEqual(facts);
						});
					},
				),
				RUNS,
			);
		});
	});

	describe('link', () => {
		const both = { phone: PHONE, userId: USER_ID };

		it('makes one contact of two that were seen together, and says whether that was new', () => {
			const replica = replicaOf([
				{ identity: { phone: PHONE }, facts: consentFact(optOut('all', NOW - DAY)) },
				{ identity: { userId: USER_ID }, facts: wrote(NOW - HOUR) },
			]);
			expect(replica.link(both, NOW - MINUTE)).toBe(true);
			expect(replica.factsOf({ phone: PHONE }).lastInboundAt).toBe(NOW - HOUR);
			expect(replica.factsOf({ userId: USER_ID }).consent).toEqual([optOut('all', NOW - DAY)]);
			const { revision } = replica;
			expect(replica.link(both, NOW + HOUR)).toBe(false);
			expect(replica.revision).toBe(revision);
		});

		it('remembers a pair of whom nothing else is known, also when it is saved', () => {
			const told = new Replica();
			told.link(both, NOW);
			const replica = decodedReplica(told);
			replica.prune(NOW + 60 * DAY);
			replica.join({ userId: USER_ID }, wrote(NOW + 60 * DAY));
			expect([...replica.people()]).toEqual([{ identity: both, facts: wrote(NOW + 60 * DAY) }]);
		});

		it('is asked again after a day, so that the pair is not forgotten too soon', () => {
			const replica = new Replica();
			expect(replica.link(both, NOW)).toBe(true);
			expect(replica.link(both, NOW + HOUR)).toBe(false);
			expect(replica.link(both, NOW + DAY)).toBe(true);
			expect(replica.link({ phone: PHONE }, NOW + 9 * DAY)).toBe(false);
			expect(decodedReplica(replica).recordOf(USER_ID)?.links).toEqual([
				{ phone: PHONE, first: NOW, last: NOW + DAY },
			]);
		});
	});

	describe('forget', () => {
		const both = { phone: PHONE, userId: USER_ID };
		const before = NOW - HOUR;

		it('leaves nothing of a contact, under none of its identifiers', () => {
			const replica = replicaOf([
				{ identity: both, facts: wrote(before) },
				{ identity: both, facts: consentFact(optOut('all', before)) },
			]);
			expect(forget(replica, { phone: PHONE })).toBe(true);
			expect(recordsOf(replica)).toEqual([]);
			expect(encode(replica, { writer: 'w', revision: 1 })).not.toMatch(
				new RegExp(`${PHONE}|${USER_ID}`),
			);
			expect(forget(replica, { phone: PHONE })).toBe(false);
		});

		it.each<[string, ContactFacts]>([
			['a message', wrote(before)],
			['consent', consentFact(optIn('all', before))],
			['a refusal', fact({ refusedAt: before })],
			[
				'a free entry point',
				fact({ freeEntryPointCandidateAt: before, freeEntryPointUntil: NOW + HOUR }),
			],
		])('stays forgotten when %s from before comes again', (_name, facts) => {
			const replica = replicaOf([{ identity: both, facts }]);
			const old = encode(replica, { writer: 'old', revision: 1 });
			forget(replica, both);
			const saved = encode(replica, { writer: 'new', revision: 2 });

			decodeInto(replica, old);
			expect(replica.join({ phone: PHONE }, facts)).toBe(false);
			expect(recordsOf(replica)).toEqual([]);

			for (const order of [
				[old, saved],
				[saved, old],
			]) {
				const restarted = new Replica();
				for (const text of order) decodeInto(restarted, text);
				expect(recordsOf(restarted)).toEqual([]);
			}
		});

		it('begins afresh with what comes later', () => {
			const replica = replicaOf([{ identity: both, facts: consentFact(optOut('all', before)) }]);
			forget(replica, both);
			replica.join(both, wrote(NOW + 1));
			expect([...replica.people()]).toEqual([{ identity: both, facts: wrote(NOW + 1) }]);
		});

		it('forgets what was sent to the contact', () => {
			const replica = replicaOf([{ identity: both, facts: wrote(before) }]);
			replica.noteSent('wamid.1', { contact: { phone: PHONE }, at: before });
			replica.noteSent('wamid.2', { contact: { phone: '4915199999999' }, at: before });
			forget(replica, { userId: USER_ID });
			expect(replica.sentMessage('wamid.1')).toBeUndefined();
			expect(replica.sentMessage('wamid.2')).toBeDefined();
		});
	});

	describe('prune', () => {
		const stale = NOW - RETENTION_SECONDS - 1;
		const stalePair = NOW - PAIR_RETENTION_SECONDS - 1;
		const old = NOW - 400 * DAY;
		const optedOut = consentFact(optOut('all', old)).consent;

		it.each<[string, Told['identity'], ContactFacts]>([
			['whose last message is too long ago', { phone: PHONE }, wrote(stale)],
			['with more facts, all too old', { phone: PHONE }, { ...wrote(old), refusedAt: stale }],
			['known by two identifiers', { phone: PHONE, userId: USER_ID }, wrote(stalePair)],
		])('drops a contact %s', (_name, identity, facts) => {
			const replica = replicaOf([{ identity, facts }]);
			const { revision } = replica;
			replica.prune(NOW);
			expect(recordsOf(replica)).toEqual([]);
			expect(replica.factsOf(identity)).toEqual(NO_FACTS);
			expect(replica.revision).toBeGreaterThan(revision);
		});

		it.each<[string, ContactFacts]>([
			['a message', wrote(stale + 1)],
			['a message, being packed or not', { ...wrote(stale + 1), refusedAt: old }],
			['a refusal', { ...wrote(old), refusedAt: stale + 1 }],
			['an ad that was tapped', { ...wrote(old), freeEntryPointCandidateAt: stale + 1 }],
			['a free entry point', { ...wrote(old), freeEntryPointUntil: stale + 1 }],
			['a marketing limit', { ...wrote(old), marketingLimitedAt: stale + 1 }],
			['consent, however old', { ...wrote(old), consent: optedOut }],
			['consent alone', fact({ consent: optedOut })],
		])('keeps a contact because of %s', (_name, facts) => {
			const replica = replicaOf([{ identity: { phone: PHONE }, facts }]);
			const { revision } = replica;
			replica.prune(NOW);
			expect(replica.factsOf({ phone: PHONE })).toEqual(facts);
			expect(replica.revision).toBe(revision);
		});

		it('drops no contact whose window is open or was open within six days', () => {
			fc.assert(
				fc.property(fc.array(fc.tuple(anyPhone, anyTime)), (messages) => {
					const replica = replicaOf(
						messages.map(([phone, at]) => ({ identity: { phone }, facts: wrote(at) })),
					);
					const before = messages.map(([phone]) => replica.factsOf({ phone }));
					replica.prune(NOW);
					messages.forEach(([phone], index) => {
						if (before[index].lastInboundAt > NOW - 7 * DAY) {
							expect(replica.factsOf({ phone })).toEqual(before[index]);
						}
					});
				}),
			);
		});

		it('lets a contact come back', () => {
			const replica = replicaOf([{ identity: { phone: PHONE }, facts: wrote(stale) }]);
			replica.prune(NOW);
			expect(replica.join({ phone: PHONE }, wrote(NOW))).toBe(true);
			expect(replica.factsOf({ phone: PHONE })).toEqual(wrote(NOW));
		});
	});

	describe('watching', () => {
		it('has not watched before the first trigger listens', () => {
			expect(new Replica().watchedSince).toBeUndefined();
		});

		it('has watched since the earliest trigger that still listens', () => {
			const replica = new Replica();
			replica.watch('first', NOW);
			replica.watch('second', NOW + HOUR);
			replica.watch('first', NOW + 2 * HOUR);
			expect(replica.watchedSince).toBe(NOW);
			replica.unwatch('first');
			expect(replica.watchedSince).toBe(NOW + HOUR);
			replica.unwatch('second');
			expect(replica.watchedSince).toBeUndefined();
		});

		it('begins anew after a gap', () => {
			const replica = new Replica();
			replica.watch('trigger', NOW);
			replica.unwatch('trigger');
			replica.watch('trigger', NOW + MINUTE);
			expect(replica.watchedSince).toBe(NOW + MINUTE);
		});
	});

	describe('sent messages', () => {
		it('are found by their ID, and are nothing that has to be saved', () => {
			const replica = replicaOf([{ identity: { phone: PHONE }, facts: wrote(NOW) }]);
			const { revision } = replica;
			const send = {
				contact: { phone: PHONE },
				at: NOW,
				template: { name: 'bill', language: 'en', category: 'UTILITY' },
			};
			replica.noteSent('wamid.1', send);
			expect(replica.sentMessage('wamid.1')).toEqual(send);
			expect(replica.sentMessage('wamid.2')).toBeUndefined();
			expect(replica.revision).toBe(revision);
		});

		it('are forgotten oldest first, so that they do not fill the memory', () => {
			const replica = new Replica();
			for (let i = 0; i < 20_000; i++) {
				replica.noteSent(`wamid.${i}`, { contact: { phone: PHONE }, at: NOW + i });
			}
			expect(replica.sentMessage('wamid.0')).toBeUndefined();
			expect(replica.sentMessage('wamid.15000')?.at).toBe(NOW + 15_000);
			expect(replica.sentMessage('wamid.19999')?.at).toBe(NOW + 19_999);
		});
	});

	it('tells consent and facts of a contact apart from those of others', () => {
		const replica = replicaOf([
			{ identity: { phone: PHONE }, facts: consentFact(optIn('marketing', NOW)) },
			{ identity: { userId: USER_ID }, facts: wrote(NOW) },
		]);
		expect(replica.factsOf({ phone: PHONE })).toEqual(consentFact(optIn('marketing', NOW)));
		expect(replica.factsOf({ userId: USER_ID })).toEqual(wrote(NOW));
	});
});
