import { Readable } from 'stream';

import type { IHttpRequestOptions } from 'n8n-workflow';

import { TimeLimitReached, withTotalLimit } from '../../../nodes/core/transport/totalLimit';

const LIMIT_MS = 40;
const OPTIONS: IHttpRequestOptions = { url: 'https://graph.example', timeout: LIMIT_MS };
const STREAM: IHttpRequestOptions = { ...OPTIONS, encoding: 'stream' };

const never = async () => await new Promise(() => {});

/** A file that stalls after its first bytes. */
function stalled(): Readable {
	const file = new Readable({ read() {} });
	file.push('the first bytes');
	return file;
}

/** n8n's httpRequestWithAuthentication, which puts a signal of its own in the place of ours. */
function n8n(signal: AbortSignal | undefined, used: AbortSignal[] = []) {
	return async (options: IHttpRequestOptions) => {
		options.abortSignal = signal;
		const abortSignal = { ...options }.abortSignal as AbortSignal;
		used.push(abortSignal);
		return await new Promise((_resolve, reject) => {
			abortSignal.addEventListener('abort', () => reject(new Error('canceled')));
		});
	};
}

describe('a request with a total limit', () => {
	it('gives the answer that comes in time, and what it throws', async () => {
		const answer = { statusCode: 200, body: {} };
		expect(await withTotalLimit(async () => answer)(OPTIONS)).toBe(answer);
		const fails = withTotalLimit(async () => await Promise.reject(new Error('ECONNRESET')));
		await expect(fails(OPTIONS)).rejects.toThrow('ECONNRESET');
	});

	it('is over when no answer comes, though nobody listens to the signal', async () => {
		await expect(withTotalLimit(never)(OPTIONS)).rejects.toThrow(new TimeLimitReached(LIMIT_MS));
	});

	it.each([
		['no signal of its own', undefined],
		['a signal of its own', new AbortController().signal],
	])('is taken from the wire then, where n8n has %s', async (_what, signal) => {
		const used: AbortSignal[] = [];
		await expect(withTotalLimit(n8n(signal, used))(OPTIONS)).rejects.toThrow(TimeLimitReached);
		expect(used.map(({ aborted }) => aborted)).toEqual([true]);
	});

	it('ends as before when the run is cancelled', async () => {
		const run = new AbortController();
		const sent = withTotalLimit(n8n(run.signal))({ ...OPTIONS, timeout: 60_000 });
		run.abort();
		await expect(sent).rejects.toThrow('canceled');
	});

	it('shares the limit of a signal that it is given, and sends nothing after it', async () => {
		const send = jest.fn(never);
		const options = { ...OPTIONS, timeout: 60_000, abortSignal: AbortSignal.timeout(LIMIT_MS) };
		await expect(withTotalLimit(send)(options)).rejects.toThrow(TimeLimitReached);
		await expect(withTotalLimit(send)(options)).rejects.toThrow(TimeLimitReached);
		expect(send).toHaveBeenCalledTimes(1);
	});

	it('leaves a request without a limit alone', async () => {
		const options = { url: OPTIONS.url };
		const send = jest.fn(async (given: IHttpRequestOptions) => given);
		expect(await withTotalLimit(send)(options)).toBe(options);
	});
});

describe('a file with a total limit', () => {
	it('is read to its end when it comes in time', async () => {
		const body = Readable.from(['all ', 'of it']);
		await withTotalLimit(async () => ({ body }))(STREAM);
		const chunks: unknown[] = [];
		for await (const chunk of body) chunks.push(chunk);
		expect(chunks.join('')).toBe('all of it');
	});

	it('breaks off when it stalls after its first bytes', async () => {
		const body = stalled();
		await withTotalLimit(async () => ({ body }))(STREAM);
		const reading = (async () => {
			for await (const chunk of body) void chunk;
		})();
		await expect(reading).rejects.toThrow(TimeLimitReached);
		expect(body.destroyed).toBe(true);
	});

	it('breaks off when it comes after everybody has given up', async () => {
		const body = stalled();
		let answer: (given: unknown) => void = () => {};
		const send = async () => await new Promise((resolve) => (answer = resolve));
		await expect(withTotalLimit(send)(STREAM)).rejects.toThrow(TimeLimitReached);
		const broken = new Promise((resolve) => body.once('error', resolve));
		answer({ body });
		expect(await broken).toBeInstanceOf(TimeLimitReached);
	});
});
