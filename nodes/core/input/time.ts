import { EmptyInput, InputError } from '../inputError';
import { pointInTime } from '../pointInTime';

import { isEmpty, shown } from './given';

/** How far another clock may run ahead of ours, in seconds. */
const CLOCK_DIFFERENCE_SECONDS = 60;

const TIME_HINT =
	'Give an ISO date such as 2026-11-20T10:05:00Z, a time such as 2026-11-20 10:05:00 in the time zone of the workflow, or a Unix time.';

/** A field that holds a point in time. */
export interface TimeInput {
	/** Display name. */
	field: string;
	value: unknown;
	/** IANA name of the zone of a text that names none. */
	timeZone: string;
}

/** A point in time, in epoch seconds; undefined when it is empty. @throws InputError for what is no time */
export function timeIn({ field, value, timeZone }: TimeInput): number | undefined {
	if (isEmpty(value)) return undefined;
	const at = pointInTime(value, timeZone);
	if (at === undefined) {
		throw new InputError(
			field,
			`'${field}' is ${shown(value)}, which is not a date and time.`,
			TIME_HINT,
		);
	}
	return Math.floor(at / 1000);
}

/**
 * A point in time that has passed, in epoch seconds; undefined when it is empty.
 *
 * @param now epoch seconds
 * @throws InputError for what is no time, and for a time ahead of now: it would permit for too long
 */
export function pastTimeIn(input: TimeInput, now: number): number | undefined {
	const at = timeIn(input);
	if (at !== undefined && at > now + CLOCK_DIFFERENCE_SECONDS) {
		const { field, value } = input;
		throw new InputError(
			field,
			`'${field}' is '${String(value)}', which lies in the future.`,
			'Give the time at which it happened; where the data name no time zone, see that the one in the settings of the workflow is theirs.',
		);
	}
	return at === undefined ? undefined : Math.min(at, now);
}

/**
 * As {@link pastTimeIn}, for a time that permits something: nothing given is not now.
 *
 * @param hint how to fill it
 * @throws InputError when it is empty too
 */
export function requiredPastTimeIn(input: TimeInput, now: number, hint: string): number {
	const at = pastTimeIn(input, now);
	if (at !== undefined) return at;
	throw new EmptyInput(input.field, hint);
}
