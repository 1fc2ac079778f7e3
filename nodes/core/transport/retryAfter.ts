import { DateTime } from 'luxon';

import { ProviderRefusal } from './providerRefusal';

/** The headers of an answer, by their names in small letters. */
export type Headers = Record<string, unknown>;

/**
 * A refusal because of a limit, with the time after which the provider wants to be asked again
 * (RFC 9110: Retry-After, in seconds or as a date). A date counts from the date of the answer, as the
 * two clocks may differ. Any other refusal stays as it is.
 */
export function withRetryAfter(refused: ProviderRefusal, headers: Headers = {}): ProviderRefusal {
	const { refusal, httpStatus } = refused;
	if (refusal.kind !== 'rateLimited') return refused;
	const retryAfterMs = millisecondsIn(headers['retry-after'], headers.date);
	if (retryAfterMs === undefined) return refused;
	const seconds = Math.ceil(retryAfterMs / 1000);
	const hint = `The provider wants ${seconds} seconds to pass before the next request. ${refusal.hint}`;
	return new ProviderRefusal({ ...refusal, hint, retryAfterMs }, httpStatus);
}

function millisecondsIn(retryAfter: unknown, date: unknown): number | undefined {
	const text = String(retryAfter ?? '').trim();
	if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
	const until = DateTime.fromHTTP(text);
	const from = DateTime.fromHTTP(String(date ?? ''));
	if (!until.isValid || !from.isValid) return undefined;
	return Math.max(0, until.diff(from).toMillis());
}
