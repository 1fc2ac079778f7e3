import {
	answerSave,
	type SaveAnswer,
	type SaveQuestion,
} from '../../../../nodes/core/state/row/saveAnswer';

describe('whether n8n saves when a run ends', () => {
	const nothing: SaveQuestion = {
		run: 'other',
		isLoaded: true,
		isConfirmed: true,
		isChangedByOthers: false,
		isChanged: false,
		isCovered: false,
	};
	const changed = { isChanged: true };
	const unconfirmed = { isConfirmed: false };

	it.each<[string, Partial<SaveQuestion>, SaveAnswer]>([
		['nothing was changed', {}, 'covered'],
		['something was changed', changed, 'save'],
		['what was changed is in the row, or about to be', { ...changed, isCovered: true }, 'covered'],
		['another node changed something', { isChangedByOthers: true }, 'save'],
		[
			'another node changed something, and the row has all else',
			{ ...changed, isChangedByOthers: true, isCovered: true },
			'save',
		],
		['consent was never confirmed, by whichever run it came', unconfirmed, 'save'],
		['consent is in a save that may fail', { ...changed, ...unconfirmed, isCovered: true }, 'save'],
		['n8n saves nothing of it', { ...changed, run: 'manual' }, 'never'],
		['so it is for other nodes', { run: 'manual', isChangedByOthers: true }, 'never'],
		['and for consent', { ...changed, ...unconfirmed, run: 'manual' }, 'never'],
		['a retry has not seen the row', { ...changed, run: 'retry', isLoaded: false }, 'never'],
		['a retry, and the row was seen', { ...changed, run: 'retry' }, 'save'],
		[
			'the run of a delivery got no row',
			{ ...changed, ...unconfirmed, run: 'delivery', isLoaded: false },
			'never',
		],
		['the run of a delivery got its row', { ...changed, run: 'delivery' }, 'save'],
		['another run gets the row itself', { ...changed, isLoaded: false }, 'save'],
	])('%s', (_when, facts, answer) => {
		expect(answerSave({ ...nothing, ...facts })).toBe(answer);
	});
});
