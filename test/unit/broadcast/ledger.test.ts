import fc from 'fast-check';

import {
	Ledger,
	standingOf,
	wasAccepted,
	type ContactEvent,
	type Line,
} from '../../../nodes/core/broadcast/ledger';
import { contactsOf, summaryOf } from '../../../nodes/core/broadcast/report';
import { cellsOfLine, lineOfRow } from '../../../nodes/core/broadcast/row';
import { endsRun, stopsBroadcast } from '../../../nodes/core/broadcast/stop';
import { describeCode } from '../../../nodes/core/transport/errorTable';

const EVENTS: ContactEvent[] = [
	...(['claimed', 'accepted', 'refused', 'released', 'skipped', 'failed', 'seen'] as const),
];

const PHONE = '4915100000001';
const USER_ID = 'US.13491208655302741918';

const line = (event: Line['event'], rest: Partial<Line> = {}): Line => ({
	...{ event, at: 1_795_176_000, attempt: 'run.1', contact: `+${PHONE}`, names: [PHONE] },
	...{ messageId: '', reason: '', details: '', ...rest },
});

const ledgerOf = (...lines: Line[]) => {
	const ledger = new Ledger();
	lines.forEach((one, i) => ledger.add({ ...one, rowId: i + 1 }));
	return ledger;
};

const standingAfter = (...lines: Line[]) =>
	standingOf(ledgerOf(...lines).entryOf([PHONE])!).standing;

describe('how it stands with a contact', () => {
	it.each<[Array<Line['event']>, string]>([
		[['claimed'], 'uncertain'],
		[['claimed', 'accepted'], 'accepted'],
		[['claimed', 'refused'], 'refused'],
		[['claimed', 'released'], 'open'],
		[['claimed', 'accepted', 'failed'], 'failed'],
		[['claimed', 'seen'], 'accepted'],
		[['skipped'], 'skipped'],
	])('after %j is %s', (events, standing) => {
		expect(standingAfter(...events.map((event) => line(event)))).toBe(standing);
	});

	it('is uncertain as long as any claim is open and none was accepted', () => {
		const second = { attempt: 'other.1' };
		const lines = [line('claimed'), line('claimed', second), line('refused', second)];
		expect(standingAfter(...lines)).toBe('uncertain');
		expect(standingAfter(...lines, line('accepted', { attempt: 'third.1' }))).toBe('accepted');
	});

	const lines = fc.array(
		fc.record({
			event: fc.constantFrom(...EVENTS),
			at: fc.integer({ min: 1, max: 3 }),
			attempt: fc.constantFrom('a.1', 'b.1', 'c.1'),
			names: fc.constantFrom([PHONE], [USER_ID], [USER_ID, PHONE]),
		}),
		{ minLength: 1, maxLength: 8 },
	);

	it('does not depend on the order of the lines, nor on how often one comes', () => {
		fc.assert(
			fc.property(lines, fc.infiniteStream(fc.nat()), (some, order) => {
				const all = [...some.map(({ event, ...rest }) => line(event, rest))];
				all.push(line('claimed', { attempt: 'd.1', names: [USER_ID, PHONE] }));
				const shuffled = [...all, ...all.slice(0, 2)]
					.map((one) => ({ one, at: order.next().value as number }))
					.sort((a, b) => a.at - b.at)
					.map(({ one }) => one);
				const of = (ledger: Ledger) => {
					const [entry, ...others] = ledger.entries();
					expect(others).toEqual([]);
					return { ...standingOf(entry), line: standingOf(entry).line?.event };
				};
				expect(of(ledgerOf(...shuffled))).toEqual(of(ledgerOf(...all)));
			}),
		);
	});

	it('once accepted is never anything to be sent again, whatever comes', () => {
		fc.assert(
			fc.property(lines, (some) => {
				const all = some.map(({ event, ...rest }) => line(event, { ...rest, names: [PHONE] }));
				const entry = ledgerOf(...all, line('accepted', { attempt: 'e.1' })).entryOf([PHONE])!;
				expect(wasAccepted(entry)).toBe(true);
				expect(['accepted', 'failed']).toContain(standingOf(entry).standing);
			}),
		);
	});
});

it('knows a number in its other form', () => {
	const ledger = ledgerOf(line('accepted', { names: ['5215512345678'] }));
	expect(ledger.entryOf(['525512345678'])).toBeDefined();
});

it('is stored in rows, and read from them', () => {
	const stored = line('refused', { reason: 'unreachable', names: [USER_ID, PHONE] });
	expect(lineOfRow({ id: 7, ...cellsOfLine('Sale', stored) })).toEqual({ ...stored, rowId: 7 });
	expect(lineOfRow({ id: 8, event: 'by hand' })).toBeUndefined();
});

describe('the report', () => {
	const other = { contact: '+4915100000002', names: ['4915100000002'], attempt: 'run.2' };
	const ofAll = { contact: '', names: [], attempt: 'run' };

	it('of a run that was cut short counts who was not reached', () => {
		const began = line('began', { ...ofAll, details: '5' });
		const ledger = ledgerOf(
			began,
			line('claimed'),
			line('claimed', other),
			line('accepted', other),
		);
		expect(summaryOf('Sale', ledger)).toMatchObject({
			...{ state: 'unfinished', planned: 5, accepted: 1, uncertain: 1, left: 3 },
			uncertainContacts: [`+${PHONE}`],
		});
		expect(contactsOf('Sale', ledger, 'accepted')).toMatchObject([{ contact: other.contact }]);
		expect(contactsOf('Sale', ledger, 'all')).toHaveLength(2);
	});

	it('of a run that ended counts each contact once, also one that came twice', () => {
		const began = line('began', { ...ofAll, details: '3' });
		const ledger = ledgerOf(began, line('claimed'), line('accepted'), line('ended', ofAll));
		expect(summaryOf('Sale', ledger)).toMatchObject({ state: 'ended', planned: 1, left: 0 });
	});

	it('goes by the last word of whoever pauses and resumes', () => {
		const [paused, resumed] = [line('paused', ofAll), line('resumed', ofAll)];
		expect(summaryOf('Sale', ledgerOf(paused, resumed)).state).toBe('notBegun');
		expect(summaryOf('Sale', ledgerOf(paused, resumed, paused)).state).toBe('paused');
	});
});

it.each<[number, 'stops' | 'ends' | 'goes on']>([
	[131048, 'stops'],
	[131064, 'stops'],
	[132015, 'stops'],
	[132016, 'stops'],
	[132007, 'stops'],
	[190, 'ends'],
	[131042, 'ends'],
	[131031, 'ends'],
	[131026, 'goes on'],
	[131049, 'goes on'],
	[131050, 'goes on'],
	[130429, 'goes on'],
	[131056, 'goes on'],
	[130497, 'goes on'],
	[131030, 'goes on'],
	[132000, 'goes on'],
])('at the code %s a broadcast %s', (code, what) => {
	const refusal = { ...describeCode(code), code };
	const does = stopsBroadcast(refusal) ? 'stops' : endsRun(refusal) ? 'ends' : 'goes on';
	expect(does).toBe(what);
});
