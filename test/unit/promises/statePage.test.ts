import { type ConsentRecord } from '../../../nodes/core/conversation/consent';
import { NO_FACTS, type ContactFacts } from '../../../nodes/core/conversation/facts';
import { Replica } from '../../../nodes/core/state/memory/replica';
import { encode } from '../../../nodes/core/state/text/codec';

/** Promises of `docs/state.md` that the pure core keeps. */
const NOW = 1_795_000_000;
const DAY = 86_400;

const wrote = (at: number): ContactFacts => ({ ...NO_FACTS, lastInboundAt: at });
const stop: ConsentRecord = {
	scope: 'all',
	state: 'opted_out',
	at: NOW,
	source: 'keyword',
	evidence: 'STOP',
};

describe('how many bytes of static data a contact takes', () => {
	const COUNT = 1_000;
	const sizeOf = (factsAt: (at: number) => ContactFacts, hasUserId: boolean): number => {
		const textOf = (replica: Replica) =>
			JSON.stringify(encode(replica, { writer: 'w', revision: 1 })).length;
		const replica = new Replica();
		for (let i = 0; i < COUNT; i++) {
			const phone = `49151${10_000_000 + i}`;
			const userId = `DE.${13_491_208_655_302_741_918n + BigInt(i)}`;
			replica.join(hasUserId ? { phone, userId } : { phone }, factsAt(NOW + i));
		}
		return (textOf(replica) - textOf(new Replica())) / COUNT;
	};

	it.each([
		['known by phone number alone', 13, sizeOf(wrote, false)],
		['with a user ID', 37, sizeOf(wrote, true)],
	])('%s: %i', (_who, bytes, size) => {
		expect(Math.round(size)).toBe(bytes);
	});

	it.each([
		['refused', (at: number) => ({ ...wrote(at), refusedAt: at })],
		['opted out', (at: number) => ({ ...wrote(at), consent: [stop] })],
	])('of whom more is known, such as %s: two to three times that', (_what, factsAt) => {
		for (const [hasUserId, bytes] of [
			[false, 13],
			[true, 37],
		] as const) {
			const times = sizeOf(factsAt, hasUserId) / bytes;
			expect(times).toBeGreaterThan(1.5);
			expect(times).toBeLessThan(3.5);
		}
	});
});

describe('that a contact gave up a number is kept', () => {
	const [OLD, NEW] = ['4915100000001', '4915100000002'];
	const movedReplica = (facts: ContactFacts): Replica => {
		const replica = new Replica();
		replica.join({ phone: OLD }, facts);
		replica.move([OLD], [NEW], NOW);
		return replica;
	};

	it('for 90 days', () => {
		const replica = movedReplica(wrote(NOW - DAY));
		replica.prune(NOW + 90 * DAY);
		expect(replica.movesFrom(OLD)).toHaveLength(1);
		replica.prune(NOW + 90 * DAY + 1);
		expect(replica.movesFrom(OLD)).toEqual([]);
	});

	it('as long as there is consent from before', () => {
		const replica = movedReplica({ ...wrote(NOW - DAY), consent: [{ ...stop, at: NOW - DAY }] });
		replica.prune(NOW + 4_000 * DAY);
		expect(replica.movesFrom(OLD)).toHaveLength(1);
		expect(replica.factsOf({ phone: NEW }).consent).toHaveLength(1);
	});
});

it('who was forgotten is kept as a hash, without end', () => {
	const replica = new Replica();
	replica.join({ phone: '4915100000001' }, wrote(NOW));
	replica.forget([{ id: '4915100000001', at: NOW + DAY }]);
	replica.prune(NOW + 40_000 * DAY);
	const text = JSON.stringify([...replica.forgotten()]);
	expect(replica.forgotten().size).toBe(1);
	expect(text).not.toContain('4915100000001');
});
