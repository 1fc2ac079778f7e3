import { RowSaver, type LoadedRow, type Run } from '../../../../nodes/core/state/row/rowSaver';
import type { SaveAnswer } from '../../../../nodes/core/state/row/saveAnswer';

const SECOND = 1_000;
const T = 1_000_000;
const NUMBER = '106540352242922';
const OTHER = '106540352242923';

describe('RowSaver', () => {
	/** What two workflows of a number know. */
	let revision: number;
	let urgent: Map<string, number>;
	let saver: RowSaver;

	beforeEach(() => {
		revision = 1;
		urgent = new Map();
		saver = new RowSaver({
			get revision() {
				return revision;
			},
			urgentNews: () => urgent,
		});
	});

	const tellNo = (number = NUMBER) => {
		revision++;
		urgent.set(number, revision);
		saver.changedUrgently();
	};
	/** The row, as it was serialised now. */
	const save = (at = T): LoadedRow => {
		saver.serialised(at);
		return {
			by: 'thisProcess',
			isRow: true,
			revision,
			numbers: new Map([...urgent.keys(), NUMBER].map((id) => [id, revision])),
		};
	};
	const newRun = (kind: Run['kind'] = 'other', endIsSeen = true): Run => ({ kind, endIsSeen });
	const ends = (run = newRun(), at = T) => saver.runEnds(run, false, at);
	/** The end of a run that has changed something. */
	const changedRunEnds = (at = T) => {
		const run = newRun();
		saver.changed(run, at);
		return ends(run, at);
	};

	describe('with consent that was told', () => {
		it('saves with every run until a row that holds it was loaded, and not after', () => {
			saver.loaded(save(), T);
			tellNo();
			for (let n = 0; n < 3; n++) {
				expect(ends()).toBe('save');
				save();
			}
			const row = save();
			expect(ends()).toBe('save');
			saver.loaded(row, T);
			expect(ends()).toBe('covered');
			revision++;
			expect(ends()).toBe('covered');
		});

		it('saves again when a loaded row no longer holds it, or not yet', () => {
			const before = save();
			tellNo();
			const after = save();
			saver.loaded(after, T);
			saver.loaded(before, T);
			expect(ends()).toBe('save');
			saver.loaded(after, T);
			expect(ends()).toBe('covered');
		});

		it('takes no copy for a row, and learns nothing of the row from it', () => {
			tellNo();
			saver.loaded(
				{ by: 'thisProcess', isRow: false, revision, numbers: new Map([[NUMBER, revision]]) },
				T,
			);
			expect(ends(newRun('retry'))).toBe('never');
			expect(ends()).toBe('save');
		});

		it('asks it of each business number', () => {
			tellNo(NUMBER);
			tellNo(OTHER);
			saver.loaded(
				{ by: 'thisProcess', isRow: true, revision, numbers: new Map([[NUMBER, revision]]) },
				T,
			);
			expect(saver.isOwed).toBe(true);
			saver.loaded(
				{
					by: 'thisProcess',
					isRow: true,
					revision,
					numbers: new Map([
						[NUMBER, 2],
						[OTHER, 3],
					]),
				},
				T,
			);
			expect(saver.isOwed).toBe(false);
		});

		it('takes no row of another process for one that holds it', () => {
			tellNo();
			saver.loaded(save(), T);
			saver.loaded({ by: 'anotherProcess' }, T);
			expect(ends()).toBe('save');
		});

		it('gives up where it is shown no row, as in a worker, until there is news or a row', () => {
			tellNo();
			for (let n = 0; n < 5; n++) {
				expect(ends()).toBe('save');
				save();
			}
			expect(ends()).toBe('covered');
			saver.loaded({ by: 'unseen' }, T);
			expect(ends()).toBe('save');
			for (let n = 0; n < 5; n++) save();
			expect(ends()).toBe('covered');
			tellNo();
			expect(ends()).toBe('save');
		});
	});

	describe('with a window that was told', () => {
		it.each<[string, number, SaveAnswer]>([
			['is about to be saved', T + SECOND, 'covered'],
			['should have been saved by now', T + SECOND + 1, 'save'],
		])('%s', (_what, at, answer) => {
			expect(changedRunEnds(T)).toBe('save');
			expect(changedRunEnds(at)).toBe(answer);
		});

		it('believes a save, until a row shows that it failed', () => {
			const before = save(T);
			revision++;
			save(T);
			expect(changedRunEnds()).toBe('covered');
			saver.loaded(before, T + 4 * SECOND);
			expect(ends(newRun(), T + 4 * SECOND)).toBe('covered');
			saver.loaded(before, T + 5 * SECOND);
			expect(ends(newRun(), T + 5 * SECOND)).toBe('save');
			save(T + 5 * SECOND);
			expect(ends(newRun(), T + 5 * SECOND)).toBe('covered');
		});

		it('leaves it to another run that ends soon, while all are quick', () => {
			saver.loaded({ by: 'unseen' }, T);
			for (let n = 0; n < 16; n++) {
				const quick = newRun();
				saver.deliveryCame(`${n}`, T);
				saver.runBegan(quick, `${n}`);
				ends(quick, T + 10);
			}
			save(T + 10);
			revision++;
			for (const other of ['one', 'other']) saver.deliveryCame(other, T + 10);
			expect(changedRunEnds(T + 10)).toBe('covered');
			expect(changedRunEnds(T + 10 + SECOND + 1)).toBe('save');
		});
	});

	describe('for a run that may see no row', () => {
		it.each<[string, Run['kind'], SaveAnswer, SaveAnswer]>([
			['a manual run', 'manual', 'never', 'never'],
			['a retry', 'retry', 'never', 'save'],
			['any other run', 'other', 'save', 'save'],
		])('%s', (_what, kind, unloaded, loaded) => {
			tellNo();
			expect(ends(newRun(kind))).toBe(unloaded);
			saver.loaded({ by: 'unseen' }, T);
			expect(ends(newRun(kind))).toBe(loaded);
		});

		it('never saves with the run of a delivery that came to another process, whatever loads later', () => {
			tellNo();
			const run = newRun();
			saver.runBegan(run, 'delivery');
			saver.loaded({ by: 'unseen' }, T);
			expect(ends(run)).toBe('never');
			expect(ends()).toBe('save');
		});

		it('asks for a save at once where the end of a run is not seen, and may be saved', () => {
			expect(saver.changed(newRun('other', false), T)).toBe(true);
			expect(saver.changed(newRun('manual', false), T)).toBe(false);
			expect(saver.changed(newRun('retry', false), T)).toBe(false);
			expect(saver.changed(newRun('other', true), T)).toBe(false);
			expect(changedRunEnds()).toBe('covered');
		});
	});
});
