import type { IHttpRequestOptions } from 'n8n-workflow';

import type { SendRequest } from './graphApi';
import type { FileStream } from './multipart';

/** An answer or a file that was begun, perhaps, and not ended in time. */
export class TimeLimitReached extends Error {
	/** @param limitMs milliseconds */
	constructor(readonly limitMs: number) {
		super(`The answer was not complete after ${Math.ceil(limitMs / 1000)} seconds.`);
	}
}

/**
 * Sends requests that are over within their `timeout`, whatever the other side does. n8n ends a
 * request by it that stays silent, but neither an answer that trickles nor a file that stalls after
 * its first bytes. A file that is given as a stream breaks off with {@link TimeLimitReached}.
 *
 * A signal in the options takes the place of `timeout`, so that several requests share one limit.
 */
export function withTotalLimit(send: SendRequest): SendRequest {
	return async (options) => {
		const { timeout, encoding, abortSignal } = options;
		if (timeout === undefined) return await send(options);
		const limit = (abortSignal as AbortSignal | undefined) ?? AbortSignal.timeout(timeout);
		const reached = new TimeLimitReached(timeout);
		if (limit.aborted) throw reached;

		const sent = send(withSignal(options, limit));
		if (encoding === 'stream')
			void sent.then(
				(answer) => endAt(limit, answer, reached),
				() => {},
			);
		return await new Promise((resolve, reject) => {
			const giveUp = () => reject(reached);
			limit.addEventListener('abort', giveUp, { once: true });
			sent
				.then(resolve, (error: unknown) => reject(limit.aborted ? reached : error))
				.finally(() => limit.removeEventListener('abort', giveUp));
		});
	};
}

/** n8n puts its own signal in the place of ours, which tells that the run was cancelled; both count. */
function withSignal(options: IHttpRequestOptions, limit: AbortSignal): IHttpRequestOptions {
	let signal = limit;
	return Object.defineProperty({ ...options }, 'abortSignal', {
		enumerable: true,
		configurable: true,
		get: () => signal,
		set: (other?: AbortSignal) => {
			if (other) signal = AbortSignal.any([limit, other]);
		},
	});
}

/** Breaks a file off that is still on its way then. */
function endAt(limit: AbortSignal, answer: unknown, reached: TimeLimitReached): void {
	const { body } = answer as { body: FileStream };
	const breakOff = () => body.destroy(reached);
	if (limit.aborted) {
		breakOff();
		return;
	}
	limit.addEventListener('abort', breakOff, { once: true });
	body.once('close', () => limit.removeEventListener('abort', breakOff));
}
