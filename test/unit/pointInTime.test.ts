import { runInNewContext } from 'vm';

import { DateTime } from 'luxon';

import { pointInTime } from '../../nodes/core/pointInTime';

const BERLIN = 'Europe/Berlin';

/** 28 November 2026, 10:00 in Berlin. */
const AT = Date.UTC(2026, 10, 28, 9);

describe('a point in time', () => {
	it.each<[string, unknown]>([
		['ISO with an offset', '2026-11-28T10:00:00+01:00'],
		['ISO in UTC', '2026-11-28T09:00:00.000Z'],
		['ISO without seconds', '2026-11-28T10:00'],
		['ISO in the zone of the workflow', '2026-11-28T10:00:00'],
		['basic ISO', '20261128T100000'],
		['as databases write it', '2026-11-28 10:00:00'],
		['with fractions', '2026-11-28 10:00:00.000000'],
		['without seconds', '2026-11-28 10:00'],
		['with the offset of Postgres', '2026-11-28 09:00:00+00'],
		['with an offset', '2026-11-28 10:00:00 +01:00'],
		['with Z', '2026-11-28 09:00:00Z'],
		['with a zone', '2026-11-28 04:00:00 America/New_York'],
		['with white space around', ' 2026-11-28 10:00:00\n'],
		['epoch seconds', AT / 1000],
		['epoch milliseconds', AT],
		['epoch seconds as text', String(AT / 1000)],
		['epoch milliseconds as text', ` ${AT} `],
		['epoch seconds with fractions', `${AT / 1000}.0`],
		['a Date', new Date(AT)],
		['a Date of another context', runInNewContext(`new Date(${AT})`)],
		['a DateTime', DateTime.fromMillis(AT, { zone: 'Asia/Tokyo' })],
	])('is read from %s', (_what, value) => {
		expect(pointInTime(value, BERLIN)).toBe(AT);
	});

	it('is the first moment of a date alone', () => {
		const midnight = Date.UTC(2026, 10, 27, 23);
		expect(pointInTime('2026-11-28', BERLIN)).toBe(midnight);
		expect(pointInTime('20261128', BERLIN)).toBe(midnight);
	});

	it.each<[string, unknown]>([
		['nothing', undefined],
		['null', null],
		['an empty text', ''],
		['blanks', '  '],
		['zero', 0],
		['zero as text', '0'],
		['the day count of a spreadsheet', 46354.416],
		['the same as text', '46354.416'],
		['microseconds', AT * 1000],
		['nanoseconds as text', `${AT}000000`],
		['a time below zero', -AT],
		['a time of day', '10:30'],
		['a year', '2026'],
		['a month', '2026-11'],
		['a day and month in the order of one country', '11/28/2026 10:00'],
		['words', 'yesterday'],
		['a day that does not exist', '2026-02-30 10:00:00'],
		['an invalid Date', new Date(NaN)],
		['an invalid DateTime', DateTime.fromISO('soon')],
		['true', true],
		['a list', [AT]],
		['an object', { at: AT }],
		['not a number', NaN],
		['no end', Infinity],
	])('is not %s', (_what, value) => {
		expect(pointInTime(value, BERLIN)).toBeUndefined();
	});

	it('needs a zone, its own or that of the workflow', () => {
		expect(pointInTime('2026-11-28 10:00:00', undefined)).toBeUndefined();
		expect(pointInTime('2026-11-28T10:00:00', undefined)).toBeUndefined();
		expect(pointInTime('2026-11-28 09:00:00+00', undefined)).toBe(AT);
		expect(pointInTime('2026-11-28T09:00:00Z', undefined)).toBe(AT);
	});
});
