import * as fc from 'fast-check';

import { identityOfId } from '../../../../nodes/core/conversation/contact';
import type * as hashModule from '../../../../nodes/core/state/fingerprint';
import { fingerprintOf } from '../../../../nodes/core/state/fingerprint';
import { blankRecord, isEmpty, type IdRecord } from '../../../../nodes/core/state/memory/idRecord';
import { Replica } from '../../../../nodes/core/state/memory/replica';
import { decodeInto, encode, readStamp } from '../../../../nodes/core/state/text/codec';
import { consentFact, DAY, fact, HOUR, NOW, optIn } from '../../conversation/support';
import {
	ANY_ID,
	anyRecords,
	anyPhone,
	anyPlainPhone,
	anyText,
	anyTime,
	manyTold,
	shuffledWithRepeats,
} from '../arbitraries';
import { answersOf, recordsOf, replicaOf } from '../support';

jest.mock('../../../../nodes/core/state/fingerprint', () => {
	const actual = jest.requireActual<typeof hashModule>('../../../../nodes/core/state/fingerprint');
	return { ...actual, fingerprintOf: jest.fn(actual.fingerprintOf) };
});

const RUNS = { numRuns: 400 };

const STAMP = { writer: '0a1b2c3d4e5f', revision: 1 };

/** What may be told of an identifier, all but who it is left out. */
type Part = Partial<IdRecord> & Pick<IdRecord, 'id'>;

function holding(records: Part[]): Replica {
	const replica = new Replica();
	for (const record of records) replica.joinRecord({ ...blankRecord(record.id), ...record });
	return replica;
}

function decoded(...texts: string[]): Replica {
	const replica = new Replica();
	for (const text of texts) decodeInto(replica, text);
	return replica;
}

/** Half characters cannot be written down; they come back as U+FFFD. */
function withWholeCharacters({ facts, ...record }: IdRecord): IdRecord {
	const whole = (text: string | undefined) =>
		text === undefined ? undefined : Buffer.from(text).toString();
	const consent = facts.consent.map((record) => ({
		...record,
		...('evidence' in record && { evidence: whole(record.evidence) }),
		...('wording' in record && { wording: whole(record.wording) }),
	}));
	return { ...record, facts: { ...facts, consent } };
}

describe('encode and decodeInto', () => {
	it('bring back every contact with all that is known of it', () => {
		fc.assert(
			fc.property(anyRecords, (records) => {
				const replica = holding(records);
				const [before, after] = [replica, decoded(encode(replica, STAMP))].map(recordsOf);
				expect(after).toStrictEqual(before.map(withWholeCharacters));
				const told = records.filter((record) => !isEmpty(record)).map(({ id }) => id);
				const ids = after.map(({ id }) => id);
				expect(ids).toEqual(expect.arrayContaining(told));
			}),
			RUNS,
		);
	});

	it('bring back packed contacts as packed contacts', () => {
		fc.assert(
			fc.property(fc.array(fc.tuple(anyPlainPhone, anyTime)), (messages) => {
				const replica = replicaOf(
					messages.map(([phone, at]) => ({
						identity: { phone: String(phone) },
						facts: fact({ lastInboundAt: at }),
					})),
				);
				const after = decoded(encode(replica, STAMP));
				expect(recordsOf(after)).toEqual(recordsOf(replica));
				expect([...after.others()]).toEqual([]);
			}),
			RUNS,
		);
	});

	it('keep text of any kind as evidence and wording', () => {
		fc.assert(
			fc.property(anyText, (evidence) => {
				const facts = consentFact({ ...optIn('marketing', NOW), evidence, wording: evidence });
				const text = encode(holding([{ id: '4915112345678', facts }]), STAMP);
				const [record] = decoded(text).factsOf({ phone: '4915112345678' }).consent;
				const whole = Buffer.from(evidence).toString();
				expect(record).toMatchObject({ evidence: whole, wording: whole });
			}),
			RUNS,
		);
	});

	it('make a text that JSON writes as it is', () => {
		fc.assert(
			fc.property(anyRecords, (contacts) => {
				const text = encode(holding(contacts), STAMP);
				expect(JSON.stringify(text)).toBe(`"${text}"`);
			}),
			RUNS,
		);
	});

	it('lose nothing that was told to several processes, whichever text comes first', () => {
		fc.assert(
			fc.property(
				fc
					.array(manyTold, { minLength: 1, maxLength: 4 })
					.chain((parts) =>
						fc.tuple(fc.constant(parts), shuffledWithRepeats(parts.map((_part, index) => index))),
					),
				([parts, order]) => {
					const texts = parts.map((told) => encode(replicaOf(told), STAMP));
					expect(answersOf(decoded(...order.map((index) => texts[index])), ANY_ID)).toStrictEqual(
						answersOf(replicaOf(parts.flat()), ANY_ID),
					);
				},
			),
			RUNS,
		);
	});

	it('change nothing in a replica that knows it all, and count no change', () => {
		fc.assert(
			fc.property(manyTold, (told) => {
				const replica = replicaOf(told);
				const { revision } = replica;
				decodeInto(replica, encode(replica, STAMP));
				expect(replica.revision).toBe(revision);
			}),
			RUNS,
		);
	});

	it('keep open windows open when one contact last wrote years ago', () => {
		const replica = holding([
			{ id: '16505551234', facts: fact({ lastInboundAt: NOW - 3 * 365 * DAY }) },
			{ id: '4915112345678', facts: fact({ lastInboundAt: NOW - HOUR }) },
		]);
		const after = decoded(encode(replica, STAMP));
		expect(after.factsOf({ phone: '4915112345678' }).lastInboundAt).toBe(NOW - HOUR);
	});

	it('never bring back a later message than there was', () => {
		fc.assert(
			fc.property(
				fc.array(fc.tuple(anyPhone, fc.integer({ min: 1, max: 2 * NOW }))),
				(messages) => {
					const replica = replicaOf(
						messages.map(([phone, at]) => ({
							identity: { phone },
							facts: fact({ lastInboundAt: at }),
						})),
					);
					const after = decoded(encode(replica, STAMP));
					for (const [phone] of messages) {
						const { lastInboundAt } = after.factsOf({ phone });
						expect(lastInboundAt).toBeGreaterThan(0);
						expect(lastInboundAt).toBeLessThanOrEqual(replica.factsOf({ phone }).lastInboundAt);
					}
				},
			),
			RUNS,
		);
	});
});

describe('decodeInto', () => {
	/** A text with random cuts and random other characters in random places. */
	const damagedText = fc
		.tuple(
			anyRecords.map((contacts) => encode(holding(contacts), STAMP)),
			fc.array(fc.tuple(fc.nat(), fc.nat({ max: 20 }), anyText), { minLength: 1, maxLength: 4 }),
			fc.nat(),
		)
		.map(([text, changes, end]) => {
			const damaged = changes.reduce((sum, [place, length, other]) => {
				const at = place % (sum.length + 1);
				return sum.slice(0, at) + other + sum.slice(at + length);
			}, text);
			return end % 2 === 0 ? damaged : damaged.slice(0, end % (damaged.length + 1));
		});

	it.each([
		['a damaged text', damagedText],
		['a cut text', fc.tuple(anyRecords, fc.nat()).map(cut)],
		['a text with a good beginning', anyText.map((text) => `3.w.1~${text}`)],
		['any text', anyText],
	])('never throws over %s, nor does what uses the outcome', (_kind, text) => {
		fc.assert(
			fc.property(text, (damaged) => {
				const replica = decoded(damaged);
				const contacts = recordsOf(replica);
				for (const record of contacts) replica.joinRecord(record);
				for (const { id } of contacts) replica.factsOf(identityOfId(id));
				replica.prune(NOW);
				decoded(encode(replica, STAMP));
			}),
			RUNS,
		);
	});

	it('keeps of a cut text what stands before the cut', () => {
		const plain = ['16505551234', '4915112345678'].map((phone) => ({
			id: phone,
			facts: fact({ lastInboundAt: NOW }),
		}));
		const others = ['447700900123', '33612345678'].map((phone) => ({
			id: phone,
			facts: consentFact(optIn('marketing', NOW)),
		}));
		const text = encode(holding([...plain, ...others]), STAMP);
		const after = decoded(text.slice(0, text.lastIndexOf(';')));
		expect(
			answersOf(
				after,
				[...plain, others[0]].map(({ id }) => ({ phone: id })),
			),
		).toEqual([...plain, others[0]].map(({ facts }) => facts));
	});

	it('leaves out what it cannot read, and nothing else', () => {
		const [one, other] = ['447700900123', '33612345678'].map((phone) => ({
			id: phone,
			facts: consentFact(optIn('marketing', NOW)),
		}));
		const text = encode(holding([one, other]), STAMP);
		const damaged = text.replace(';', ';;,,,;,t0;');
		expect(recordsOf(decoded(damaged))).toEqual(recordsOf(holding([one, other])));
	});

	it('leaves out a consent record of a kind it does not know, and keeps the rest', () => {
		const facts = { ...consentFact(optIn('marketing', NOW)), lastInboundAt: NOW };
		const text = encode(holding([{ id: '447700900123', facts }]), STAMP);
		const [, record] = /,(1\d[iol]\w+)$/.exec(text) ?? [];
		const newer = text.replace(record, `99i1+${record}+xyz`);
		expect(decoded(newer).factsOf({ phone: '447700900123' })).toEqual(facts);
	});

	it('leaves the text of another version alone', () => {
		const text = encode(
			holding([{ id: '4915112345678', facts: fact({ lastInboundAt: NOW }) }]),
			STAMP,
		);
		expect(recordsOf(decoded(text.replace(/^3/, '1')))).toEqual([]);
	});
});

describe('a text of version 0.1.0', () => {
	/** As that version wrote it: phones, users, pairs, forgotten, others. */
	const P1 = '4915112345678';
	const U1 = 'US.13491208655302741918';
	const time = (at: number) => at.toString(36);
	const textOf = (...others: string[]) => `2.0a1b2c3d4e5f.7~~~~~${others.join(';')}`;
	const out = (at: number) => `00o${time(at)}`;

	it('brings its tables back', () => {
		const phones = 'ADkthSvOVLuBW';
		const users = 'USAIAzKkDVZ0j-ADkthSvOVLuBW';
		const read = decoded(`2.w.1~${phones}~~~~`);
		const [{ identity, facts }] = [...read.people()];
		expect(facts.lastInboundAt).toBeGreaterThan(0);
		const pair = decoded(`2.w.1~~${users}~~~`);
		expect([...pair.people()]).toEqual([
			{ identity: { ...identity, userId: expect.stringMatching(/^US\.\d+$/) }, facts },
		]);
		const mere = decoded(`2.w.1~~~${users}~~`);
		expect([...mere.people()]).toEqual([
			{ identity: { ...identity, userId: expect.stringMatching(/^US\.\d+$/) }, facts: fact({}) },
		]);
		const [{ identity: both }] = [...pair.people()];
		expect(pair.recordOf(both.userId as string)?.links).toEqual([
			{ phone: identity.phone, first: facts.lastInboundAt, last: facts.lastInboundAt },
		]);
	});

	it('brings back a pair with all that was known of it, and leaves a no with both', () => {
		const read = decoded(textOf(`${P1}+${U1},${time(NOW)},,,,,${out(NOW - HOUR)}`));
		const consent = [{ scope: 'all', source: 'web_form', state: 'opted_out', at: NOW - HOUR }];
		expect(read.factsOf({ phone: P1 })).toEqual(fact({ lastInboundAt: NOW, consent } as never));
		expect(read.identify({ phone: P1 })).toEqual({ phone: P1, userId: U1 });
		expect(read.recordOf(P1)?.facts.consent).toEqual(consent);
	});

	it('makes a change of what it knew as one contact with old and new names', () => {
		const [P2, U2] = ['4915199999999', 'US.2'];
		const ids = [P1, P2, U1, U2].join('+');
		const changed = [time(NOW - HOUR), P2, U2].join('+');
		const read = decoded(textOf(`${ids},${time(NOW - DAY / 2)},,,,,${out(NOW - DAY)},${changed}`));
		expect(read.identify({ userId: U2 })).toEqual({ phone: P2, userId: U2 });
		expect(read.factsOf({ phone: P2 })).toMatchObject({
			lastInboundAt: NOW - DAY / 2,
			identityChange: { at: NOW - HOUR },
			consent: [{ state: 'opted_out' }],
		});
		expect(read.factsOf({ phone: P1 }).lastInboundAt).toBe(0);
	});

	it('gives nobody a window or a yes of what may have been several people, and all a no', () => {
		const ids = [P1, 'US.1', 'US.2'].join('+');
		const yes = `10i${time(NOW)}`;
		const read = decoded(textOf(`${ids},${time(NOW)},,,,,${out(NOW - DAY)}+${yes}`));
		for (const identity of [{ phone: P1 }, { userId: 'US.1' }, { userId: 'US.2' }]) {
			const { lastInboundAt, consent } = read.factsOf(identity);
			expect(lastInboundAt).toBe(0);
			expect(consent).toMatchObject([{ state: 'opted_out' }]);
		}
		expect(read.identify({ phone: P1 })).toEqual({ phone: P1, userId: undefined });
	});

	it('does not bring back whom it tells to be forgotten', () => {
		const forgetful = holding([{ id: P1, facts: fact({ lastInboundAt: NOW - DAY }) }]);
		forgetful.forget(forgetful.erasuresFor({ phone: P1 }, NOW));
		const [, , , forgotten] = encode(forgetful, STAMP).split('~');
		const read = decoded(textOf(`${P1},${time(NOW - HOUR)},${time(NOW - HOUR)}`));
		decodeInto(read, `2.w.1~~~~${forgotten}~`);
		expect([...read.people()]).toEqual([]);
	});
});

describe('what was forgotten', () => {
	const PHONE = '4915112345678';
	const wrote = (at: number) => [{ id: PHONE, facts: fact({ lastInboundAt: at }) }];

	it('does not come back from a text of one who did not know of it', () => {
		const old = encode(holding(wrote(NOW - HOUR)), STAMP);
		const forgetful = holding(wrote(NOW - HOUR));
		forgetful.forget(forgetful.erasuresFor({ phone: PHONE }, NOW));
		const saved = encode(forgetful, STAMP);
		for (const texts of [
			[old, saved],
			[saved, old],
			[saved, old, saved],
		]) {
			expect(recordsOf(decoded(...texts))).toEqual([]);
		}
	});

	it('is not looked for in a text that was written after it', () => {
		const replica = holding(wrote(NOW - HOUR));
		replica.forget(replica.erasuresFor({ phone: '16505551234' }, NOW));
		const text = encode(replica, STAMP);
		jest.mocked(fingerprintOf).mockClear();
		const read = decoded(text, text);
		expect(fingerprintOf).not.toHaveBeenCalled();
		expect(recordsOf(read)).toHaveLength(1);
	});
});

describe('readStamp', () => {
	it('tells who wrote a text and how far it goes', () => {
		fc.assert(
			fc.property(
				fc.stringMatching(/^[0-9a-f]{12}$/),
				fc.maxSafeNat(),
				anyRecords,
				(writer, revision, contacts) => {
					const text = encode(holding(contacts), { writer, revision });
					expect(readStamp(text)).toEqual({ writer, revision });
				},
			),
			RUNS,
		);
	});

	it.each(['', '2', '2.', '2.w', '2.w.1', '1.w.1.1~~', '2..1~~', '{"numbers":{}}', 'hello~'])(
		'tells nothing of %j',
		(text) => {
			expect(readStamp(text)).toBeUndefined();
		},
	);
});

function cut([contacts, end]: [IdRecord[], number]): string {
	const text = encode(holding(contacts), STAMP);
	return text.slice(0, end % (text.length + 1));
}
