import type { IDataObject } from 'n8n-workflow';

import {
	afterNotChoice,
	afterReminder,
	allChoices,
	askingIn,
	loopItem,
	nextStep,
	wakeAt,
	type Asking,
	type NextStep,
} from '../../../nodes/core/ask/asking';

const ASKED: Asking = {
	executionId: '7',
	nodeId: 'node',
	item: { answered: false, question: { id: 'binding', type: 'buttons', choices: [] } },
	until: 100_000,
	remindAt: 50_000,
	everyMs: 20_000,
	remindersLeft: 2,
	asksAgain: true,
	askAgainLeft: 1,
	notChoices: [],
	notChoice: null,
};

describe('the next step', () => {
	const answered = { item: { answered: true } };
	it.each<[NextStep, number, Partial<Asking>]>([
		['wait', 40_000, {}],
		['remind', 50_000, {}],
		// The clock is read in whole seconds.
		['remind', 49_500, {}],
		['wait', 49_000, {}],
		['wait', 60_000, { remindAt: null }],
		['giveUp', 100_000, {}],
		['giveUp', 99_500, { remindAt: null }],
		['askAgain', 40_000, { notChoice: { messageId: 'm' } }],
		['askAgain', 100_000, { notChoice: { messageId: 'm' } }],
		['passAnswer', 40_000, answered],
		['passAnswer', 100_000, answered],
	])('is %s at %i with %j', (step, nowMs, rest) => {
		expect(nextStep({ ...ASKED, ...rest }, nowMs)).toBe(step);
	});
});

it('wakes for the reminder, and else when the time is over', () => {
	expect(wakeAt(ASKED)).toBe(50_000);
	expect(wakeAt({ ...ASKED, remindAt: null })).toBe(100_000);
	expect(wakeAt({ ...ASKED, remindAt: 200_000 })).toBe(100_000);
});

it('counts reminders down, each as long after the one before', () => {
	const once = afterReminder(ASKED, 55_000);
	expect(once).toMatchObject({ remindersLeft: 1, remindAt: 75_000 });
	expect(afterReminder(once, 80_000)).toMatchObject({ remindersLeft: 0, remindAt: null });
});

it('keeps in mind which messages were none of the choices', () => {
	const message: IDataObject = { messageId: 'wamid.1', text: 'Hm?' };
	expect(afterNotChoice(ASKED, message)).toMatchObject({
		askAgainLeft: 0,
		notChoices: ['wamid.1'],
		notChoice: message,
	});
});

it('takes the answers of both messages, each once', () => {
	const yes = { id: 'yes', title: 'Yes' };
	expect(
		allChoices(
			[yes],
			[
				{ id: 'yes', title: 'Sure' },
				{ id: 'no', title: 'No' },
			],
		),
	).toEqual([yes, { id: 'no', title: 'No' }]);
});

describe('an item that comes back', () => {
	it('has all that it had, and the question', () => {
		const json = JSON.parse(JSON.stringify(loopItem({ order: 7 }, ASKED))) as IDataObject;
		expect(json.order).toBe(7);
		expect(askingIn(json)).toEqual(ASKED);
	});

	it.each([
		[{}],
		[{ askedBefore: 'yes' }],
		[{ askedBefore: { ...ASKED, until: 'never' } }],
		[{ askedBefore: { ...ASKED, item: {} } }],
		[{ askedBefore: { ...ASKED, executionId: undefined } }],
	])('is no question when it is %j', (json) => {
		expect(askingIn(json as unknown as IDataObject)).toBeUndefined();
	});
});
