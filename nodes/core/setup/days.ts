import { DateTime } from 'luxon';

/** The day of a time in UTC, e.g. `2026-11-20`. @param at epoch seconds */
export function dayOf(at: number): string {
	return DateTime.fromSeconds(at, { zone: 'utc' }).toISODate() ?? '';
}
