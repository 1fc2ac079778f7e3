/** Above this a number counts milliseconds (rule E10). */
const FIRST_MILLISECONDS = 1e11;

/** The last second that a date can express. */
const LAST_SECOND = 8.64e12;

/** How far a clock may run ahead of ours before the event says so (rule E9). */
const TOLERATED_SKEW = 5 * 60;

/**
 * Epoch seconds of a time as Meta writes it: seconds or milliseconds, as number or text.
 * `undefined` when it is missing or not a time.
 */
export function epochSeconds(value: unknown): number | undefined {
	const number = typeof value === 'string' && /^\s*\d+\s*$/.test(value) ? Number(value) : value;
	if (typeof number !== 'number' || !Number.isFinite(number) || number <= 0) return undefined;

	const seconds = Math.floor(number > FIRST_MILLISECONDS ? number / 1000 : number);
	return seconds <= LAST_SECOND ? seconds : undefined;
}

/** When something happened; all times are epoch seconds. */
export interface EventTime {
	/** Never after the arrival. */
	at: number;
	/** The time inside the event, where it lies ahead of the arrival. */
	claimedAt?: number;
	/** Set when it lies more than five minutes ahead. */
	clockSkewed?: true;
}

/**
 * When something happened: the time inside the event, or the arrival where that is missing or lies
 * ahead of it, so that no window lasts longer than 24 hours from the arrival (rules R4 and E9).
 *
 * @param receivedAt time of the arrival, epoch seconds
 */
export function eventTime(value: unknown, receivedAt: number): EventTime {
	const at = epochSeconds(value);
	if (at === undefined) return { at: receivedAt };
	if (at <= receivedAt) return { at };
	const isFar = at > receivedAt + TOLERATED_SKEW;
	return { at: receivedAt, claimedAt: at, ...(isFar && { clockSkewed: true }) };
}

/** Epoch seconds as an ISO text in UTC; '' when there is no time. */
export function isoTime(seconds: number | undefined): string {
	return seconds === undefined ? '' : new Date(seconds * 1000).toISOString();
}
