import {
	answerSave,
	RowSaver,
	type SaveAnswer,
	type SaveQuestion,
} from '../../../nodes/core/state/rowSaver';
import { RunPace } from '../../../nodes/core/state/runPace';

const SECOND = 1_000;
const T = 1_000_000;
const NUMBER = '106540352242922';
const OTHER = '106540352242923';

describe('whether n8n saves when a run ends', () => {
	const nothing: SaveQuestion = {
		maySave: true,
		isChangedByOthers: false,
		isOwed: false,
		hasNews: false,
		isCovered: false,
		isSavedSoon: false,
	};
	const told = { hasNews: true };

	it.each<[string, Partial<SaveQuestion>, SaveAnswer]>([
		['nothing was told', {}, 'covered'],
		['something was told', told, 'save'],
		['what was told is in the row, or about to be', { ...told, isCovered: true }, 'covered'],
		['another run saves soon', { ...told, isSavedSoon: true }, 'covered'],
		['another node changed something', { isChangedByOthers: true }, 'save'],
		[
			'another node changed something, and the row has all else',
			{ ...told, isChangedByOthers: true, isCovered: true, isSavedSoon: true },
			'save',
		],
		['consent was never confirmed, whoever told it', { isOwed: true }, 'save'],
		['consent is in a save that may fail', { ...told, isOwed: true, isCovered: true }, 'save'],
		['consent could be left to others', { ...told, isOwed: true, isSavedSoon: true }, 'save'],
		['n8n saves nothing of it, or would do harm', { ...told, maySave: false }, 'never'],
		['so it is for other nodes', { maySave: false, isChangedByOthers: true }, 'never'],
		['and for consent', { ...told, maySave: false, isOwed: true }, 'never'],
	])('%s', (_when, facts, answer) => {
		expect(answerSave({ ...nothing, ...facts })).toBe(answer);
	});
});

describe('RowSaver', () => {
	/** What two workflows of a number know. */
	let revision: number;
	let urgent: Map<string, number>;
	let saver: RowSaver;

	beforeEach(() => {
		revision = 1;
		urgent = new Map();
		saver = new RowSaver(
			{
				get revision() {
					return revision;
				},
				urgentNews: () => urgent,
			},
			new RunPace(),
		);
	});

	const tellNo = (number = NUMBER) => {
		revision++;
		urgent.set(number, revision);
		saver.toldUrgent();
	};
	/** The row, as it was serialised now. */
	const save = (at = T) => {
		saver.announced(at);
		saver.serialised(at);
		return {
			isRow: true,
			revision,
			numbers: new Map([...urgent.keys(), NUMBER].map((id) => [id, revision])),
		};
	};
	const ends = (wanted?: number, at = T) =>
		saver.runEnds(wanted, { maySave: true, isChangedByOthers: false }, at);

	describe('with consent that was told', () => {
		it('saves with every run until a row that holds it was loaded, and not after', () => {
			saver.loadedOwn(save(), T);
			tellNo();
			for (let n = 0; n < 3; n++) {
				expect(ends()).toBe('save');
				save();
			}
			const row = save();
			expect(ends()).toBe('save');
			saver.loadedOwn(row, T);
			expect(ends()).toBe('covered');
			revision++;
			expect(ends()).toBe('covered');
		});

		it('saves again when a loaded row no longer holds it, or not yet', () => {
			const before = save();
			tellNo();
			const after = save();
			saver.loadedOwn(after, T);
			saver.loadedOwn(before, T);
			expect(ends()).toBe('save');
			saver.loadedOwn(after, T);
			expect(ends()).toBe('covered');
		});

		it('takes no copy for a row, and learns nothing of the row from it', () => {
			tellNo();
			saver.loadedOwn({ isRow: false, revision, numbers: new Map([[NUMBER, revision]]) }, T);
			expect(saver.isLoaded).toBe(false);
			expect(ends()).toBe('save');
		});

		it('asks it of each business number', () => {
			tellNo(NUMBER);
			tellNo(OTHER);
			saver.loadedOwn({ isRow: true, revision, numbers: new Map([[NUMBER, revision]]) }, T);
			expect(saver.isOwed).toBe(true);
			saver.loadedOwn(
				{
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
			saver.loadedOwn(save(), T);
			saver.loadedOthers();
			expect(ends()).toBe('save');
		});

		it('gives up where it is shown no row, as in a worker, until there is news or a row', () => {
			tellNo();
			for (let n = 0; n < 5; n++) {
				expect(ends()).toBe('save');
				save();
			}
			expect(ends()).toBe('covered');
			saver.loaded();
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
			saver.announced(T);
			expect(ends(revision, at)).toBe(answer);
		});

		it('believes a save, until a row shows that it failed', () => {
			const before = save(T);
			revision++;
			save(T);
			expect(ends(revision)).toBe('covered');
			saver.loadedOwn(before, T + 4 * SECOND);
			expect(ends(undefined, T + 4 * SECOND)).toBe('covered');
			saver.loadedOwn(before, T + 5 * SECOND);
			expect(ends(undefined, T + 5 * SECOND)).toBe('save');
			save(T + 5 * SECOND);
			expect(ends(undefined, T + 5 * SECOND)).toBe('covered');
		});
	});
});
