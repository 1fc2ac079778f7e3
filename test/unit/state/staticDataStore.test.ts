import * as fc from 'fast-check';
import { Workflow, type IDataObject, type INodeTypes } from 'n8n-workflow';

import { NO_FACTS } from '../../../nodes/core/conversation/facts';
import type { Run } from '../../../nodes/core/state/row/rowSaver';
import { StaticDataStore } from '../../../nodes/core/state/staticDataStore';
import type { WorkflowState } from '../../../nodes/core/state/workflowState';
import { consentFact, DAY, fact, HOUR, MINUTE, NOW, optOut } from '../conversation/support';

import { ANY_ID, anyText, manyTold } from './arbitraries';
import { answersOf, replicaOf } from './support';

const KEY = 'whatsAppConversations';
const NUMBER = '106540352242922';
const OTHER_NUMBER = '106540352242923';
const PHONE = '4915112345678';
const OTHER_PHONE = '16505551234';

const registration = {
	at: NOW,
	businessNumberId: NUMBER,
	callbackUrl: 'https://n8n.example.com/webhook/1/webhook',
	subscribedApp: true,
};

const wrote = (at: number) => fact({ lastInboundAt: at });

/** A copy of a workflow's row, as n8n loads one for each webhook call and for each execution. */
class Copy {
	private readonly workflow: Workflow;

	constructor(row = '{}') {
		this.workflow = new Workflow({
			id: 'workflow',
			nodes: [],
			connections: {},
			active: true,
			nodeTypes: {} as INodeTypes,
			staticData: JSON.parse(row) as IDataObject,
		});
	}

	/** What nodes get from `getWorkflowStaticData('global')`. */
	get staticData(): IDataObject {
		return this.workflow.getStaticData('global');
	}

	/** Whether n8n will save it. */
	get isMarked(): boolean {
		return this.workflow.staticData.__dataChanged as boolean;
	}

	/** What n8n writes into the row when it saves. */
	row(): string {
		return JSON.stringify(this.workflow.staticData);
	}
}

function rowOf(snapshot: unknown): string {
	return JSON.stringify({ global: { [KEY]: snapshot } });
}

/** A new n8n process that opens a row. */
function restart(row: string, writer: string, now = NOW): WorkflowState {
	return new StaticDataStore(writer).open(new Copy(row).staticData, 'workflow', now);
}

describe('StaticDataStore', () => {
	let store: StaticDataStore;

	beforeEach(() => {
		store = new StaticDataStore('aaaaaaaaaaaa');
		store.reached();
	});

	const open = (copy: Copy, workflowId = 'workflow', now = NOW) =>
		store.open(copy.staticData, workflowId, now);

	/** The row of a process of its own that was told of these contacts and no more. */
	function rowBy(writer: string, ...phones: string[]): string {
		const other = new StaticDataStore(writer);
		const copy = new Copy();
		const state = other.open(copy.staticData, 'workflow', NOW);
		for (const phone of phones) state.replica(NUMBER).join({ phone }, wrote(NOW));
		return copy.row();
	}

	describe('in static data', () => {
		it.each([
			['new', '{}'],
			['with data of other nodes', '{"global":{"counter":{"n":1}},"node:Poll":{"last":5}}'],
			['saved by this process', rowOf({ writer: 'aaaaaaaaaaaa', numbers: {} })],
			['saved by another process', rowOf({ writer: 'bbbbbbbbbbbb', numbers: {} })],
		])('opens unmarked, and save marks: %s', (_kind, row) => {
			const copy = new Copy(row);
			const state = open(copy);
			open(copy);
			expect(copy.isMarked).toBe(false);
			store.save(copy.staticData, state);
			expect(copy.isMarked).toBe(true);
		});

		it.each([
			['opened alone', () => undefined],
			['to be saved', (copy: Copy, state: WorkflowState) => store.save(copy.staticData, state)],
		])('is written as it is known at the time n8n saves: %s', (_kind, saveOrNot) => {
			const copy = new Copy();
			const state = open(copy);
			saveOrNot(copy, state);
			state.replica(NUMBER).join({ phone: PHONE }, wrote(NOW));
			const after = restart(copy.row(), 'bbbbbbbbbbbb');
			expect(after.replica(NUMBER).factsOf({ phone: PHONE })).toEqual(wrote(NOW));
		});

		it.each([
			['the webhook after the execution', [1, 0]],
			['the execution after the webhook', [0, 1]],
		])('is complete whoever saves last: %s', (_order, order) => {
			const copies = [new Copy(), new Copy()];
			const phones = [PHONE, OTHER_PHONE];
			copies.forEach((copy, index) => {
				const state = open(copy);
				state.replica(NUMBER).join({ phone: phones[index] }, wrote(NOW));
				state.seen.add(`wamid.${index}`, NOW);
				store.save(copy.staticData, state);
			});
			const row = order.map((index) => copies[index].row()).at(-1) as string;
			const after = restart(row, 'bbbbbbbbbbbb');
			expect(
				answersOf(
					after.replica(NUMBER),
					phones.map((phone) => ({ phone })),
				),
			).toEqual([wrote(NOW), wrote(NOW)]);
			expect(['wamid.0', 'wamid.1'].map((id) => after.seen.has(id))).toEqual([true, true]);
		});

		it('stays alive when n8n makes a second workflow of the same data', () => {
			const raw: IDataObject = {};
			const parameters = {
				id: 'workflow',
				nodes: [],
				connections: {},
				active: true,
				nodeTypes: {} as INodeTypes,
				staticData: raw,
			};
			const first = new Workflow(parameters);
			const state = store.open(first.getStaticData('global'), 'workflow', NOW);
			store.save(first.getStaticData('global'), state);
			const second = new Workflow(parameters);
			state.replica(NUMBER).join({ phone: PHONE }, wrote(NOW));
			for (const workflow of [first, second]) {
				const after = restart(JSON.stringify(workflow.staticData), 'bbbbbbbbbbbb');
				expect(after.replica(NUMBER).factsOf({ phone: PHONE })).toEqual(wrote(NOW));
			}
		});

		it('leaves alone what other nodes keep there', () => {
			const copy = new Copy('{"global":{"counter":{"n":1}},"node:Poll":{"last":5}}');
			store.save(copy.staticData, open(copy));
			expect(JSON.parse(copy.row())).toMatchObject({
				global: { counter: { n: 1 } },
				'node:Poll': { last: 5 },
			});
		});

		it('takes no more than 24 bytes for a contact who wrote a message', () => {
			const count = 5_000;
			const copy = new Copy();
			const state = open(copy);
			const empty = copy.row().length;
			for (let i = 0; i < count; i++) {
				state.replica(NUMBER).join({ phone: String(491_500_000_000 + i * 7) }, wrote(NOW - i));
				state.seen.add(`wamid.${i}`, NOW - i);
			}
			expect((copy.row().length - empty) / count).toBeLessThanOrEqual(24);
		});
	});

	describe('reading rows', () => {
		it('brings back after a restart all that was told', () => {
			fc.assert(
				fc.property(manyTold, manyTold, (told, more) => {
					const copy = new Copy();
					const early = 3;
					const state = new StaticDataStore('aaaaaaaaaaaa').open(copy.staticData, 'w', early);
					for (const { identity, facts } of told) state.replica(NUMBER).join(identity, facts);
					for (const { identity, facts } of more) {
						state.replica(OTHER_NUMBER).join(identity, facts);
					}
					const after = restart(copy.row(), 'bbbbbbbbbbbb', early);
					expect(answersOf(after.replica(NUMBER), ANY_ID)).toEqual(
						answersOf(replicaOf(told), ANY_ID),
					);
					expect(answersOf(after.replica(OTHER_NUMBER), ANY_ID)).toEqual(
						answersOf(replicaOf(more), ANY_ID),
					);
				}),
				{ numRuns: 300 },
			);
		});

		it('takes nothing back when an older row is read after a newer one', () => {
			const other = new StaticDataStore('bbbbbbbbbbbb');
			const copy = new Copy();
			const state = other.open(copy.staticData, 'workflow', NOW);
			state.replica(NUMBER).join({ phone: PHONE }, wrote(NOW - HOUR));
			const older = copy.row();
			state.replica(NUMBER).join({ phone: PHONE }, wrote(NOW));
			state.replica(NUMBER).join({ phone: OTHER_PHONE }, consentFact(optOut('all', NOW)));
			const newer = copy.row();

			const here = [newer, older].map((row) => open(new Copy(row)))[0];
			expect(answersOf(here.replica(NUMBER), [{ phone: PHONE }, { phone: OTHER_PHONE }])).toEqual([
				wrote(NOW),
				consentFact(optOut('all', NOW)),
			]);
		});

		it('skips what this process wrote itself', () => {
			const state = open(new Copy(rowBy(store.writer, PHONE)));
			expect(state.replica(NUMBER).factsOf({ phone: PHONE })).toBe(NO_FACTS);
		});

		it('reads each revision of another process once', () => {
			const [first, sameRevision, next] = [[PHONE], [OTHER_PHONE], [PHONE, OTHER_PHONE]].map(
				(phones) => rowBy('bbbbbbbbbbbb', ...phones),
			);
			const known = (state: WorkflowState) =>
				[PHONE, OTHER_PHONE].map((phone) => state.replica(NUMBER).factsOf({ phone }) !== NO_FACTS);
			expect(known(open(new Copy(first)))).toEqual([true, false]);
			expect(known(open(new Copy(sameRevision)))).toEqual([true, false]);
			expect(known(open(new Copy(next)))).toEqual([true, true]);
		});

		it('reads what several other processes wrote', () => {
			const rows = [rowBy('bbbbbbbbbbbb', PHONE), rowBy('cccccccccccc', OTHER_PHONE)];
			const [state] = rows.map((row) => open(new Copy(row)));
			expect(answersOf(state.replica(NUMBER), [{ phone: PHONE }, { phone: OTHER_PHONE }])).toEqual([
				wrote(NOW),
				wrote(NOW),
			]);
		});

		it('shares a business number between workflows, and what they have seen not', () => {
			const receiving = open(new Copy(), 'receives');
			receiving.replica(NUMBER).join({ phone: PHONE }, wrote(NOW));
			receiving.seen.add('wamid.1', NOW);

			const copy = new Copy();
			const sending = open(copy, 'sends');
			expect(sending.replica(NUMBER).factsOf({ phone: PHONE })).toEqual(wrote(NOW));
			expect(sending.seen.has('wamid.1')).toBe(false);
			const after = restart(copy.row(), 'bbbbbbbbbbbb');
			expect(after.replica(NUMBER).factsOf({ phone: PHONE })).toEqual(wrote(NOW));
		});

		it('writes no business number into the row of a workflow that does not use it', () => {
			open(new Copy(), 'other').replica(OTHER_NUMBER).join({ phone: PHONE }, wrote(NOW));
			const copy = new Copy();
			open(copy, 'workflow').replica(NUMBER).join({ phone: PHONE }, wrote(NOW));
			expect(copy.row()).toContain(NUMBER);
			expect(copy.row()).not.toContain(OTHER_NUMBER);
		});

		it('never mixes two business numbers', () => {
			const copy = new Copy();
			const state = open(copy);
			state.replica(NUMBER).join({ phone: PHONE }, wrote(NOW));
			for (const known of [state, restart(copy.row(), 'bbbbbbbbbbbb')]) {
				expect(known.replica(NUMBER).factsOf({ phone: PHONE })).toEqual(wrote(NOW));
				expect(known.replica(OTHER_NUMBER).factsOf({ phone: PHONE })).toEqual(NO_FACTS);
			}
		});

		describe('forgetting contacts of no more use', () => {
			const known = (copy: Copy) => {
				const replica = restart(copy.row(), 'dddddddddddd').replica(NUMBER);
				return [PHONE, OTHER_PHONE].map((phone) => replica.factsOf({ phone }) !== NO_FACTS);
			};
			/** A contact who wrote, one who said no, and a delivery; then the clock shows other times. */
			const after = (...looks: Array<[clock: number, ran: number]>) => {
				const copy = new Copy();
				const state = open(copy);
				state.replica(NUMBER).join({ phone: PHONE }, wrote(NOW));
				state.replica(NUMBER).join({ phone: OTHER_PHONE }, consentFact(optOut('all', NOW)));
				state.seen.add('wamid.1', NOW);
				for (const [clock, ran] of looks) {
					store.open(copy.staticData, 'workflow', NOW + clock, (NOW + ran) * 1000);
					copy.row();
				}
				return { copy, state };
			};
			const EIGHT_DAYS = 8 * DAY;

			it.each<[string, Array<[clock: number, ran: number]>, boolean]>([
				[
					'an hour after the time came',
					[
						[EIGHT_DAYS, EIGHT_DAYS],
						[EIGHT_DAYS + HOUR, EIGHT_DAYS + HOUR],
					],
					true,
				],
				['not when the clock shows it for the first time', [[EIGHT_DAYS, EIGHT_DAYS]], false],
				[
					'not by a clock that was ahead for a moment',
					[
						[EIGHT_DAYS, 2 * HOUR],
						[2 * HOUR, 2 * HOUR],
						[4 * HOUR, 4 * HOUR],
					],
					false,
				],
				[
					'not by one that ran ahead step by step',
					[
						[EIGHT_DAYS, MINUTE],
						[2 * EIGHT_DAYS, 2 * MINUTE],
						[9 * EIGHT_DAYS, 3 * MINUTE],
						[2 * HOUR, 2 * HOUR],
					],
					false,
				],
				[
					'after it was ahead, and the time came',
					[
						[9 * EIGHT_DAYS, MINUTE],
						[HOUR, HOUR],
						[EIGHT_DAYS, EIGHT_DAYS],
						[EIGHT_DAYS + HOUR, EIGHT_DAYS + HOUR],
					],
					true,
				],
				[
					'after it was behind, and the time came',
					[
						[-EIGHT_DAYS, MINUTE],
						[EIGHT_DAYS, EIGHT_DAYS],
						[EIGHT_DAYS + HOUR, EIGHT_DAYS + HOUR],
					],
					true,
				],
			])('comes %s', (_when, looks, isForgotten) => {
				const { copy, state } = after(...looks);
				expect(known(copy)).toEqual([!isForgotten, true]);
				expect(state.seen.has('wamid.1')).toBe(!isForgotten);
			});

			it('comes also where no process runs for an hour', () => {
				const { copy } = after();
				let row = copy.row();
				for (let day = 1; day < 12; day++) {
					const now = NOW + day * DAY;
					const process = new StaticDataStore(`c${day}`);
					const next = new Copy(row);
					for (const second of [0, 1])
						process.open(next.staticData, 'workflow', now + second, second);
					row = next.row();
				}
				const last = restart(row, 'bbbbbbbbbbbb');
				expect(last.replica(NUMBER).factsOf({ phone: PHONE })).toBe(NO_FACTS);
				expect(last.replica(NUMBER).factsOf({ phone: OTHER_PHONE })).not.toBe(NO_FACTS);
			});

			it('is not hastened by a process whose clock was ahead', () => {
				const { copy } = after([9 * EIGHT_DAYS, MINUTE]);
				const process = new StaticDataStore('bbbbbbbbbbbb');
				const next = new Copy(copy.row());
				for (const later of [0, HOUR, 2 * HOUR]) {
					process.open(next.staticData, 'workflow', NOW + later, later * 1000);
					next.row();
				}
				expect(known(next)).toEqual([true, true]);
			});
		});
	});

	describe('a damaged row', () => {
		const good = JSON.parse(rowBy('bbbbbbbbbbbb', PHONE)).global[KEY] as IDataObject;
		const wrongValues = [null, true, 5, '', 'text', [], [1, 'a', null], {}, { a: null }, { a: 5 }];
		const fields = ['writer', 'revision', 'numbers', 'seen', 'registrations'];

		/** The row is read, what was known stays known, and the next save is sound. */
		function expectToSurvive(snapshot: unknown) {
			const here = new StaticDataStore('aaaaaaaaaaaa');
			here.reached();
			here.open(new Copy().staticData, 'workflow', NOW).register('a', registration);

			const copy = new Copy(rowOf(snapshot));
			const state = here.open(copy.staticData, 'workflow', NOW);
			state.replica(NUMBER).join({ phone: OTHER_PHONE }, wrote(NOW));
			state.seen.add('wamid.1', NOW);
			here.save(copy.staticData, state);

			const after = restart(copy.row(), 'bbbbbbbbbbbb');
			expect(after.replica(NUMBER).factsOf({ phone: OTHER_PHONE })).toEqual(wrote(NOW));
			expect(after.seen.has('wamid.1')).toBe(true);
			expect(after.registration('a')).toEqual(registration);
		}

		it.each(wrongValues)('does no harm: %j', (snapshot) => expectToSurvive(snapshot));

		it.each(fields.flatMap((field) => wrongValues.map((value) => [field, value])))(
			'does no harm when its %s is %j',
			(field, value) => expectToSurvive({ ...good, [field as string]: value }),
		);

		it.each([
			['null', null],
			['a number', 5],
			['an empty object', {}],
		])('has no registration that is %s', (_kind, registered) => {
			const state = open(new Copy(rowOf({ ...good, registrations: { node: registered } })));
			expect(state.registration('node')).toBeUndefined();
		});

		it.each([
			['text of a number', anyText.map((text) => ({ ...good, numbers: { [NUMBER]: [text] } }))],
			['seen messages', anyText.map((text) => ({ ...good, seen: [text] }))],
			['cut text of a number', fc.nat().map(cutText)],
		])('does no harm with any %s', (_kind, snapshots) => {
			fc.assert(fc.property(snapshots, expectToSurvive), { numRuns: 300 });
		});

		function cutText(end: number) {
			const [text] = (good.numbers as Record<string, string[]>)[NUMBER];
			return { ...good, numbers: { [NUMBER]: [text.slice(0, end % text.length)] } };
		}
	});

	describe('registrations', () => {
		it('survive a restart', () => {
			const copy = new Copy();
			open(copy).register('node', registration);
			const after = restart(copy.row(), 'bbbbbbbbbbbb');
			expect(after.registration('node')).toEqual(registration);
			expect(after.registration('other')).toBeUndefined();
		});

		it('are gone for good when they were undone', () => {
			const copy = new Copy();
			const state = open(copy);
			state.register('node', registration);
			state.unregister('node');
			expect(state.registration('node')).toBeUndefined();
			expect(restart(copy.row(), 'bbbbbbbbbbbb').registration('node')).toBeUndefined();
		});

		it.each([
			['later', NOW + MINUTE, true],
			['earlier', NOW - MINUTE, false],
		])('of another process count when they are %s', (_when, at, counts) => {
			const theirs = { ...registration, at, callbackUrl: 'https://other.example.com/' };
			open(new Copy()).register('node', registration);
			const state = open(
				new Copy(rowOf({ writer: 'bbbbbbbbbbbb', numbers: {}, registrations: { node: theirs } })),
			);
			expect(state.registration('node')).toEqual(counts ? theirs : registration);
		});
	});

	it.each([
		['saved state', () => new Copy(rowBy('cccccccccccc', PHONE)), true],
		['static data without state of ours', () => new Copy('{"global":{"theirs":1}}'), false],
	])('knows whether anything reached the process: %s', (_what, copy, isFed) => {
		const process = new StaticDataStore('bbbbbbbbbbbb');
		process.open(copy().staticData, 'workflow', NOW);
		expect(process.isReached).toBe(isFed);
	});

	describe('how far the row is behind', () => {
		const save = (copy: Copy, workflowId?: string) => {
			store.save(copy.staticData, open(copy, workflowId));
			return copy.row();
		};
		const secondsBehind = ({ saver }: WorkflowState, at: number) =>
			saver.behindMs(at * 1000) / 1000;
		/** Asked at the end of a run that wants all that is known to be in the row. */
		const isCovered = (copy: Copy, state: WorkflowState, at: number) => {
			const run: Run = { kind: 'other', endIsSeen: true };
			store.open(copy.staticData, 'workflow', at);
			state.changed(run, 'usual');
			return store.runEnds(copy.staticData, state, run, false) === 'covered';
		};

		it('is not changed by who reads the static data, such as a Code node', () => {
			const copy = new Copy();
			const state = open(copy);
			state.replica(NUMBER).join({ phone: PHONE }, wrote(NOW));
			copy.row();
			expect(secondsBehind(state, NOW + MINUTE)).toBeGreaterThan(0);
		});

		it('is not waited for when a save is about to bring it', () => {
			const copy = new Copy();
			const state = open(copy);
			state.replica(NUMBER).join({ phone: PHONE }, wrote(NOW));
			expect(isCovered(copy, state, NOW)).toBe(false);
			expect(isCovered(copy, state, NOW)).toBe(true);
			expect(isCovered(copy, state, NOW + 2)).toBe(false);
			copy.row();
			expect(isCovered(copy, state, NOW + 2)).toBe(true);
			state.replica(NUMBER).join({ phone: PHONE }, wrote(NOW + 1));
			expect(isCovered(copy, state, NOW + 2)).toBe(false);
		});

		it('is counted from the last save, when there is something new since', () => {
			const copy = new Copy();
			const state = open(copy);
			state.replica(NUMBER).join({ phone: PHONE }, wrote(NOW));
			save(copy);
			expect(secondsBehind(state, NOW + MINUTE)).toBe(0);
			state.replica(NUMBER).join({ phone: PHONE }, wrote(NOW + 1));
			expect(secondsBehind(state, NOW + MINUTE)).toBe(MINUTE);
			save(copy);
			expect(secondsBehind(state, NOW + MINUTE)).toBe(0);
		});

		it('counts what another workflow recorded for the same number', () => {
			const copy = new Copy();
			const sending = open(copy, 'sends');
			sending.replica(NUMBER);
			save(copy, 'sends');
			open(new Copy(), 'receives').replica(NUMBER).join({ phone: PHONE }, wrote(NOW));
			expect(secondsBehind(sending, NOW + HOUR)).toBe(HOUR);
		});

		it('is nothing after a save that dropped contacts', () => {
			const copy = new Copy();
			const state = open(copy);
			state.replica(NUMBER).join({ phone: PHONE }, wrote(NOW - 8 * DAY));
			save(copy);
			expect(secondsBehind(state, NOW + HOUR)).toBe(0);
		});

		it('is noticed when another node has put back an older copy', () => {
			const copy = new Copy();
			const state = open(copy);
			state.replica(NUMBER).join({ phone: PHONE }, wrote(NOW - HOUR));
			const older = save(copy);
			state.replica(NUMBER).join({ phone: PHONE }, wrote(NOW));
			const newer = save(copy);

			const later = NOW + MINUTE;
			expect(secondsBehind(open(new Copy(newer), 'workflow', later), NOW + HOUR)).toBe(0);
			expect(secondsBehind(open(new Copy(older), 'workflow', later), NOW + HOUR)).toBe(HOUR);
		});

		it.each([
			[4, 'before a save that came meanwhile', 0],
			[5, 'so late that the save must have been in it', HOUR],
		])('is judged by a row that arrives %i seconds later: read %s', (seconds, _what, behind) => {
			const copy = new Copy();
			const state = open(copy);
			const older = save(copy);
			state.replica(NUMBER).join({ phone: PHONE }, wrote(NOW));
			save(copy);
			open(new Copy(older), 'workflow', NOW + seconds);
			expect(secondsBehind(state, NOW + HOUR)).toBe(behind);
		});

		it('is judged by the latest save that the row must hold, however many came since', () => {
			const copy = new Copy();
			const state = open(copy);
			const rows = Array.from({ length: 20 }, (_, second) => {
				open(new Copy(), 'workflow', NOW + second);
				state.replica(NUMBER).join({ phone: PHONE }, wrote(NOW + second));
				return save(copy);
			});
			const behindAfter = (row: string) =>
				secondsBehind(open(new Copy(row), 'workflow', NOW + 19), NOW + HOUR);
			expect(behindAfter(rows[14])).toBe(0);
			expect(behindAfter(rows[13])).toBeGreaterThan(0);
		});

		it('cannot be told from the row of another process', () => {
			const copy = new Copy();
			const state = open(copy);
			save(copy);
			open(new Copy(rowBy('cccccccccccc', OTHER_PHONE)));
			expect(secondsBehind(state, NOW + HOUR)).toBe(HOUR);
		});
	});

	it('stops watching for all numbers of a trigger that no longer listens', () => {
		const state = open(new Copy());
		for (const number of [NUMBER, OTHER_NUMBER]) state.replica(number).watch('trigger', NOW);
		state.unwatch('trigger');
		for (const number of [NUMBER, OTHER_NUMBER]) {
			expect(state.replica(number).watchedSince).toBeUndefined();
		}
	});

	it('does not remember after a restart that it was watching', () => {
		const copy = new Copy();
		open(copy).replica(NUMBER).watch('trigger', NOW);
		expect(restart(copy.row(), 'bbbbbbbbbbbb').replica(NUMBER).watchedSince).toBeUndefined();
	});
});
