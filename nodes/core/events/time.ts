/** Above this a number counts milliseconds (rule E10). */
const FIRST_MILLISECONDS = 1e11;

/** The last second that a date can express. */
const LAST_SECOND = 8.64e12;

/** How far a clock may run ahead of ours before its times are not believed (rule E9). */
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

/**
 * When something happened: the time inside the event, or the arrival where that is missing or lies
 * more than five minutes ahead of it (rules R4 and E9).
 *
 * @param receivedAt time of the arrival, epoch seconds
 */
export function eventTime(value: unknown, receivedAt: number): { at: number; clockSkewed?: true } {
	const at = epochSeconds(value);
	if (at === undefined) return { at: receivedAt };
	if (at > receivedAt + TOLERATED_SKEW) return { at: receivedAt, clockSkewed: true };
	return { at };
}

/** Epoch seconds as an ISO text in UTC; '' when there is no time. */
export function isoTime(seconds: number | undefined): string {
	return seconds === undefined ? '' : new Date(seconds * 1000).toISOString();
}
