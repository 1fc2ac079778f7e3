import { DateTime } from 'luxon';

import { NO_FACTS } from '../../../nodes/core/conversation/facts';
import {
	DEFAULT_MARGIN_SECONDS,
	WINDOW_SECONDS,
	windowOf,
} from '../../../nodes/core/conversation/window';
import { eventTime } from '../../../nodes/core/events/time';

import { DAY, decideAt, fact, HOUR, MINUTE, NOW, optIn, TEXT, UTILITY } from './support';

const t = NOW;
const written = fact({ lastInboundAt: t });

it('lasts 24 hours and closes a minute early by default', () => {
	expect(WINDOW_SECONDS).toBe(24 * 60 * 60);
	expect(DEFAULT_MARGIN_SECONDS).toBe(60);
});

const ALLOWED = ['allowed', 'windowOpen'];
const NEEDED = ['templateNeeded', 'windowClosed'];

describe('the clock', () => {
	describe.each([
		['E1: now = t', 0, ALLOWED, ALLOWED],
		['E2: t + 23:58:59', DAY - 61, ALLOWED, ALLOWED],
		['E3: t + 23:59:00', DAY - 60, ALLOWED, NEEDED],
		['E4: t + 23:59:59', DAY - 1, ALLOWED, NEEDED],
		['E5: t + 24:00:00', DAY, NEEDED, NEEDED],
		['E6: t + 24:00:01', DAY + 1, NEEDED, NEEDED],
	])('%s', (_name, elapsed, exactly, aMinuteEarly) => {
		it.each([
			[0, exactly],
			[60, aMinuteEarly],
		])('margin %i', (marginSeconds, [outcome, reason]) => {
			const now = t + elapsed;
			expect(decideAt(TEXT, written, { marginSeconds, now })).toMatchObject({ outcome, reason });

			const optedIn = { ...written, consent: [optIn('utility', t - DAY)] };
			expect(decideAt(UTILITY, optedIn, { marginSeconds, now })).toMatchObject({
				outcome: 'allowed',
				reason: outcome === 'allowed' ? 'templateInWindow' : 'template',
			});
		});
	});

	describe('E7: daylight saving changes nothing, only seconds elapsed count', () => {
		const berlin = (text: string) => DateTime.fromISO(text, { zone: 'Europe/Berlin' }).toSeconds();

		it.each([
			[
				'spring, 12:00 to 12:58:59 on the next day',
				'2026-03-28T12:00',
				'2026-03-29T12:58:59',
				true,
			],
			['spring, 12:00 to 13:00 on the next day', '2026-03-28T12:00', '2026-03-29T13:00', false],
			[
				'autumn, 12:00 to 10:58:59 on the next day',
				'2026-10-24T12:00',
				'2026-10-25T10:58:59',
				true,
			],
			['autumn, 12:00 to 11:00 on the next day', '2026-10-24T12:00', '2026-10-25T11:00', false],
		])('%s', (_name, from, to, open) => {
			for (const marginSeconds of [0, 60]) {
				expect(
					decideAt(TEXT, fact({ lastInboundAt: berlin(from) }), { marginSeconds, now: berlin(to) }),
				).toMatchObject({ outcome: open ? 'allowed' : 'templateNeeded' });
			}
		});
	});

	it('E8: what counts is the time of the send, not the start of the run', () => {
		expect(decideAt(TEXT, written, { now: t + 23 * HOUR })).toMatchObject({ outcome: 'allowed' });
		expect(decideAt(TEXT, written, { now: t + 25 * HOUR })).toMatchObject({
			outcome: 'templateNeeded',
			reason: 'windowClosed',
		});
	});

	describe('E9: an event stamped ahead of our clock', () => {
		it.each([
			['10 minutes: the arrival counts, and it is flagged', 10 * MINUTE, t, true],
			['4 minutes: the arrival counts, without a flag', 4 * MINUTE, t, undefined],
		])('%s', (_name, ahead, lastInboundAt, flagged) => {
			const { at, clockSkewed } = eventTime(String(t + ahead), t);
			expect(clockSkewed).toBe(flagged);
			for (const [now, outcome] of [
				[lastInboundAt + DAY - 61, 'allowed'],
				[lastInboundAt + DAY - 60, 'templateNeeded'],
			] as const) {
				expect(decideAt(TEXT, fact({ lastInboundAt: at }), { now })).toMatchObject({ outcome });
			}
		});
	});

	it.each([
		['seconds as text (Meta)', String(t)],
		['milliseconds as number (Clickatell)', t * 1_000],
	])('E10: %s', (_name, stamp) => {
		const facts = fact({ lastInboundAt: eventTime(stamp, t + HOUR).at });
		expect(decideAt(TEXT, facts, { now: t + DAY - 61 })).toMatchObject({ outcome: 'allowed' });
		expect(decideAt(TEXT, facts, { now: t + DAY - 60 })).toMatchObject({
			outcome: 'templateNeeded',
		});
	});
});

describe('windowOf', () => {
	it.each([
		['margin 0', 0, 23 * HOUR],
		['margin 60', 60, 23 * HOUR - MINUTE],
	])('open, %s', (_name, margin, secondsLeft) => {
		expect(windowOf(written, undefined, margin, t + HOUR)).toEqual({
			state: 'open',
			openedAt: t,
			expiresAt: t + DAY - margin,
			secondsLeft,
		});
	});

	it.each([
		['margin 0', 0],
		['margin 60', 60],
	])('closed by the clock, %s', (_name, margin) => {
		expect(windowOf(written, undefined, margin, t + DAY)).toEqual({
			state: 'closed',
			openedAt: t,
			expiresAt: t + DAY - margin,
			secondsLeft: 0,
			closedBy: 'time',
		});
	});

	it('closed by a refusal, although the clock says open', () => {
		expect(
			windowOf(fact({ lastInboundAt: t, refusedAt: t + HOUR }), undefined, 60, t + HOUR),
		).toEqual({
			state: 'closed',
			openedAt: t,
			expiresAt: t + DAY - 60,
			secondsLeft: 0,
			closedBy: 'refusal',
		});
	});

	it.each([
		['before the message', t - 1, 'open'],
		['in the same second as the message', t, 'closed'],
		['after the message', t + 1, 'closed'],
	])('refused %s', (_name, refusedAt, state) => {
		expect(windowOf(fact({ lastInboundAt: t, refusedAt }), undefined, 60, t + 2)).toMatchObject({
			state,
		});
	});

	it.each([
		['before the message', t - 1, t + HOUR, 'open'],
		['in the same second as the message', t, t + HOUR, 'unknown'],
		['after the message', t + 1, t + HOUR, 'unknown'],
		['after the message, which is too long ago', t + 1, t + DAY, 'closed'],
	])('a number changed %s (E36)', (_name, at, now, state) => {
		const facts = fact({ lastInboundAt: t, identityChange: { at, to: ['4915100000000'] } });
		expect(windowOf(facts, t - 2 * DAY, 60, now)).toMatchObject({ state, openedAt: t });
	});

	it('closed by a refusal when no message is on record, watched or not', () => {
		for (const watchedSince of [undefined, t - HOUR, t - 2 * DAY]) {
			expect(windowOf(fact({ refusedAt: t - HOUR }), watchedSince, 60, t)).toEqual({
				state: 'closed',
				secondsLeft: 0,
				closedBy: 'refusal',
			});
		}
	});

	it.each([
		['R12, R13: not watched', undefined, { state: 'unknown', secondsLeft: 0 }],
		['R12: watched since now', t, { state: 'unknown', secondsLeft: 0 }],
		['R12: watched for 23:59:59', t - DAY + 1, { state: 'unknown', secondsLeft: 0 }],
		[
			'R12: watched for 24:00:00',
			t - DAY,
			{ state: 'closed', secondsLeft: 0, closedBy: 'silence' },
		],
		[
			'R12: watched for days',
			t - 9 * DAY,
			{ state: 'closed', secondsLeft: 0, closedBy: 'silence' },
		],
	])('nothing on record; %s', (_name, watchedSince, window) => {
		for (const margin of [0, 60]) {
			expect(windowOf(NO_FACTS, watchedSince, margin, t)).toEqual(window);
		}
	});

	it.each([undefined, t - HOUR, t - 9 * DAY])(
		'a message on record counts, however long the number was watched (%s)',
		(watchedSince) => {
			expect(windowOf(written, watchedSince, 60, t + HOUR).state).toBe('open');
			expect(windowOf(written, watchedSince, 60, t + DAY).closedBy).toBe('time');
		},
	);
});
