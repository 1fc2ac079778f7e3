import fc from 'fast-check';

import { questionsAnsweredBy } from '../../../nodes/core/ask/answeredBy';
import { bindingOf } from '../../../nodes/core/ask/binding';
import { OpenQuestions, type AwaitedAnswer } from '../../../nodes/core/ask/openQuestions';
import type { MessageEvent } from '../../../nodes/core/events/types';
import { fingerprintOf } from '../../../nodes/core/state/fingerprint';
import {
	joinDeliveries,
	questionsIn,
	withDelivery,
	withQuestions,
} from '../../../nodes/core/state/table/recentDeliveries';

const NOW = 1_764_400_000;
const NUMBER = '106540352242922';
const ANN = ['DE.13491208655302741918', '4915112340001'];

function question(place: number, more: Partial<AwaitedAnswer> = {}): AwaitedAnswer {
	return {
		waiting: {
			executionId: String(100 + place),
			nodeId: '7b9f3c1e-52a1-4c44-8d0c-2f8f7f3f1a10',
			signature: 'ab'.repeat(32),
			binding: bindingOf(NUMBER, ANN),
		},
		kind: 'any',
		messageHash: fingerprintOf(`wamid.${place}`),
		askedAt: NOW + place,
		until: NOW + 3_600,
		...more,
	};
}

function message(more: Partial<MessageEvent> = {}): MessageEvent {
	return {
		kind: 'message',
		at: NOW + 100,
		businessNumberId: NUMBER,
		businessPhone: '',
		accountId: '',
		raw: {},
		contact: { phone: ANN[1] },
		messageId: 'wamid.answer',
		name: '',
		username: '',
		type: 'text',
		text: 'Because',
		...more,
	};
}

describe('the questions that wait for a contact', () => {
	it('are given newest first, under every name of the contact, until their time is over', () => {
		const open = new OpenQuestions();
		const [first, second] = [question(1), question(2, { until: NOW + 60 })];
		open.put(ANN, first);
		open.put(ANN, second);
		for (const id of ANN) expect(open.of([id], NOW)).toEqual([second, first]);
		expect(open.of(ANN, NOW + 60)).toEqual([first]);
		expect(open.of(['4915112340002'], NOW)).toEqual([]);
	});

	it('are over when they are answered, whatever an older copy says', () => {
		const open = new OpenQuestions();
		open.put(ANN, question(1));
		const older = open.record(0);
		const [{ waiting }] = open.of(ANN, NOW);
		open.closeIfKnown(ANN, waiting, NOW);
		open.join(older);
		expect(open.of(ANN, NOW)).toEqual([]);
	});

	it('leave no trace of a question that was not on record', () => {
		const open = new OpenQuestions();
		open.closeIfKnown(ANN, question(1).waiting, NOW);
		expect(open.record(0)).toEqual({});
		expect(open.revision).toBe(0);
	});

	it('are over when the contact is forgotten', () => {
		const open = new OpenQuestions();
		open.put(ANN, question(1));
		open.put(ANN, question(2));
		open.closeAll(ANN, NOW);
		expect(open.of(ANN, NOW)).toEqual([]);
	});

	it('are the same in any order, as often as they are told', () => {
		const told = Array.from({ length: 6 }, (_, place) => question(place));
		const acts = [
			...told.map((one) => (open: OpenQuestions) => open.put(ANN, one)),
			...told
				.slice(0, 3)
				.map((one) => (open: OpenQuestions) => open.close(ANN, one.waiting, one.until)),
		];
		const after = (list: typeof acts) => {
			const open = new OpenQuestions();
			for (const act of list) act(open);
			return open.of(ANN, NOW);
		};
		fc.assert(
			fc.property(
				fc.shuffledSubarray(acts, { minLength: acts.length }),
				fc.array(fc.constantFrom(...acts)),
				(shuffled, more) => {
					expect(after([...shuffled, ...more])).toEqual(after(acts));
				},
			),
		);
	});

	it('are few, and small', () => {
		const open = new OpenQuestions();
		for (let place = 0; place < 50; place++)
			open.put([ANN[1]], question(place, { until: NOW + place + 1 }));
		expect(open.of(ANN, NOW)).toHaveLength(10);
		expect(open.of(ANN, NOW)[0].waiting.executionId).toBe('149');
		expect(JSON.stringify(open.record(0)).length).toBeLessThan(10 * 200);
	});

	it('are left out of a row when their time is over for certain', () => {
		const open = new OpenQuestions();
		open.put(ANN, question(1));
		expect(open.record(NOW + 3_600)).toEqual({});
	});

	it('survive damaged rows', () => {
		const open = new OpenQuestions();
		for (const record of [null, 'x', 7, [], { a: null, b: '? ! ?x !y_z', c: {} }])
			open.join(record);
		expect(open.record(0)).toEqual({});
	});
});

describe('in a row of a data table', () => {
	it('they stand among the deliveries, where an older version lets them be', () => {
		const open = new OpenQuestions();
		open.put(ANN, question(1));
		const cell = withQuestions(withDelivery('', 'delivery', NOW), open.textOf(ANN), NOW);
		// As an older version writes it on.
		const later = joinDeliveries(cell, withDelivery('', 'another', NOW));
		const read = new OpenQuestions();
		read.joinText(ANN, questionsIn(later));
		expect(read.of(ANN, NOW)).toEqual(open.of(ANN, NOW));
	});

	it('they change nothing where there are none', () => {
		const cell = withDelivery('', 'delivery', NOW);
		expect(withQuestions(cell, '', NOW)).toBe(cell);
		expect(questionsIn(cell)).toBe('');
	});
});

describe('a message', () => {
	const open = [question(3), question(2, { kind: 'location' }), question(1)];
	const answered = (event: MessageEvent) =>
		questionsAnsweredBy(event, open).map(({ waiting }) => Number(waiting.executionId) - 100);

	it.each([
		['text', {}, [3, 1]],
		['photo', { type: 'image', text: '' }, [3, 1]],
		['place', { type: 'location', text: '' }, [3, 2, 1]],
		['reaction', { type: 'reaction', text: '' }, []],
		['tap on something else', { type: 'interactive' }, []],
		['deletion', { type: 'revoke', text: '' }, []],
		['text that quotes an older question', { replyTo: { messageId: 'wamid.1', from: '' } }, [1, 3]],
		['text from before', { at: NOW }, []],
		['text from between', { at: NOW + 1 }, [1]],
	])('that is a %s answers the newest that it fits', (_, more, places) => {
		expect(answered(message(more))).toEqual(places);
	});

	it('that is a form answers a question for one alone', () => {
		const form = message({ type: 'interactive', text: '', details: { flowResponse: { a: 1 } } });
		const asked = question(4, { kind: 'form' });
		expect(questionsAnsweredBy(form, [asked, ...open])).toEqual([asked]);
		expect(questionsAnsweredBy(message(), [asked])).toEqual([]);
	});
});
