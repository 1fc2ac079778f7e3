import fc from 'fast-check';

import { epochSeconds, eventTime, isoTime } from '../../../nodes/core/events/time';

import { AT } from './payloads';

describe('epochSeconds', () => {
	it.each<[unknown, number | undefined]>([
		[AT, AT],
		[String(AT), AT],
		[` ${AT} `, AT],
		[AT + 0.9, AT],
		[AT * 1000 + 999, AT],
		[String(AT * 1000), AT],
		[1e11, 1e11],
		[1e11 + 1, 1e8],
		[0, undefined],
		[-AT, undefined],
		['', undefined],
		['soon', undefined],
		['1.5e9', undefined],
		['2026-11-20T12:00:00Z', undefined],
		[NaN, undefined],
		[Infinity, undefined],
		[1e300, undefined],
		['9'.repeat(400), undefined],
		[null, undefined],
		[undefined, undefined],
		[true, undefined],
		[[AT], undefined],
		[{ seconds: AT }, undefined],
	])('reads %p as %p', (value, expected) => {
		expect(epochSeconds(value)).toBe(expected);
	});

	it('gives nothing that a date cannot express', () => {
		fc.assert(
			fc.property(fc.oneof(fc.double(), fc.string(), fc.maxSafeNat()), (value) => {
				expect(() => isoTime(epochSeconds(value))).not.toThrow();
			}),
		);
	});
});

describe('eventTime (rules R4 and E9)', () => {
	it.each<[string, unknown, ReturnType<typeof eventTime>]>([
		['the time inside the event', AT - 60, { at: AT - 60 }],
		['the time inside an event that is days old', AT - 3 * 86400, { at: AT - 3 * 86400 }],
		['the time of the arrival', AT, { at: AT }],
		['the arrival for a time a second ahead', AT + 1, { at: AT, claimedAt: AT + 1 }],
		['the arrival for a time five minutes ahead', AT + 300, { at: AT, claimedAt: AT + 300 }],
		[
			'the arrival, flagged, beyond that',
			AT + 301,
			{ at: AT, claimedAt: AT + 301, clockSkewed: true },
		],
		['the arrival when there is no time', undefined, { at: AT }],
		['the arrival when the time cannot be read', 'yesterday', { at: AT }],
	])('takes %s', (_, timestamp, expected) => {
		expect(eventTime(timestamp, AT)).toEqual(expected);
	});
});

it('writes times in UTC', () => {
	expect(isoTime(AT)).toBe('2026-11-20T12:00:00.000Z');
	expect(isoTime(undefined)).toBe('');
});
