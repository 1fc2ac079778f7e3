import { DateTime } from 'luxon';

/** Seconds and milliseconds of years from 2001 on; numbers in between and below are no times. */
const SECONDS = { from: 1e9, below: 1e11 };
const MILLISECONDS = { from: 1e12, below: 1e14 };

/** A text that begins with a whole date, so that `10:30` is not today and `2026` no new year. */
const WHOLE_DATE = /^\d{4}-?(\d\d-?\d\d|W\d\d-?\d|\d{3})(?!\d)/i;

/**
 * A point in time as people, databases and n8n write it: ISO, `2026-11-28 10:00:00` with or without
 * an offset, epoch seconds or milliseconds as number or text, a Date, a luxon DateTime. A date
 * alone is its first moment.
 *
 * @param zone time zone of texts that name none; without it these are no point in time
 * @returns epoch milliseconds; undefined for everything else, counts of days among it
 */
export function pointInTime(value: unknown, zone: string | undefined): number | undefined {
	const at = millisecondsOf(value, zone);
	return at !== undefined && Number.isFinite(at) ? at : undefined;
}

function millisecondsOf(value: unknown, zone: string | undefined): number | undefined {
	if (typeof value === 'number') return ofNumber(value);
	if (typeof value === 'string') return ofText(value.trim(), zone);
	// Also those of another context or of another copy of luxon.
	if (Object.prototype.toString.call(value) === '[object Date]') return (value as Date).getTime();
	return DateTime.isDateTime(value) ? value.toMillis() : undefined;
}

function ofNumber(value: number): number | undefined {
	if (value >= SECONDS.from && value < SECONDS.below) return value * 1000;
	return value >= MILLISECONDS.from && value < MILLISECONDS.below ? value : undefined;
}

function ofText(text: string, zone: string | undefined): number | undefined {
	// Eight digits are a date without dashes, which no count of seconds has here.
	if (/^\d+(\.\d+)?$/.test(text) && !/^\d{8}$/.test(text)) return ofNumber(Number(text));
	if (!WHOLE_DATE.test(text)) return undefined;
	// Texts without an offset in two zones: where these differ, the text names none.
	const reading = [DateTime.fromISO, DateTime.fromSQL].find(
		(read) => read(text, { zone: 'utc' }).isValid,
	);
	if (!reading) return undefined;
	const at = reading(text, { zone: zone ?? 'utc' }).toMillis();
	if (zone === undefined && at !== reading(text, { zone: 'utc+1' }).toMillis()) return undefined;
	return at;
}
