import * as fc from 'fast-check';

import { identityOfId } from '../../../nodes/core/conversation/contact';
import { decodeInto, encode, readStamp } from '../../../nodes/core/state/codec';
import { blankRecord, isEmpty, type IdRecord } from '../../../nodes/core/state/idRecord';
import { Replica } from '../../../nodes/core/state/replica';
import { consentFact, DAY, fact, HOUR, NOW, optIn } from '../conversation/support';

import {
	ANY_ID,
	anyRecords,
	anyPhone,
	anyPlainPhone,
	anyText,
	anyTime,
	manyTold,
	shuffledWithRepeats,
} from './arbitraries';
import { answersOf, recordsOf, replicaOf } from './support';

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
