import { formatDuration, formatTime } from '../../../nodes/core/conversation/explain';

import { DAY, HOUR, MINUTE, NOW } from './support';

describe('formatTime', () => {
	it.each([
		['Europe/Berlin', NOW, '20 Nov 2026, 10:05'],
		['UTC', NOW, '20 Nov 2026, 09:05'],
		['America/New_York', NOW, '20 Nov 2026, 04:05'],
		['Asia/Kolkata', NOW, '20 Nov 2026, 14:35'],
		['Pacific/Auckland', NOW, '20 Nov 2026, 22:05'],
		['Europe/Berlin', NOW + 14 * HOUR, '21 Nov 2026, 00:05'],
		['Europe/Berlin', Date.UTC(2026, 2, 29, 0, 59) / 1_000, '29 Mar 2026, 01:59'],
		['Europe/Berlin', Date.UTC(2026, 2, 29, 1, 0) / 1_000, '29 Mar 2026, 03:00'],
	])('%s', (timeZone, at, text) => {
		expect(formatTime(at, timeZone)).toBe(text);
	});
});

describe('formatDuration', () => {
	it.each([
		[0, 'less than a minute'],
		[59, 'less than a minute'],
		[60, '1 minute'],
		[119, '1 minute'],
		[2 * MINUTE, '2 minutes'],
		[HOUR - 1, '59 minutes'],
		[HOUR, '1 hour'],
		[HOUR + 1, '1 hour'],
		[2 * HOUR + 5 * MINUTE, '2 hours and 5 minutes'],
		[HOUR + MINUTE, '1 hour and 1 minute'],
		[DAY - 1, '23 hours and 59 minutes'],
		[DAY, '1 day'],
		[DAY + HOUR + MINUTE, '1 day and 1 hour'],
		[9 * DAY + 23 * HOUR, '9 days and 23 hours'],
		[400 * DAY, '400 days'],
	])('%i s', (seconds, text) => {
		expect(formatDuration(seconds)).toBe(text);
	});
});
