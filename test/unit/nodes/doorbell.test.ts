import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { BELL_HEADER, callBy, ring, type Call } from '../../../nodes/shared/doorbell';

const PUBLIC = 'https://n8n.example.com/webhook/a/webhook';
const LOCAL = 'http://127.0.0.1:5678/webhook/a/webhook';
const CALL: Call = { purpose: 'save', businessNumberIds: ['106540352242922'] };

interface Answered {
	statusCode: number;
	body?: unknown;
	/** Whether webhook() of this process is called. */
	isHeard?: boolean;
}

/** What stands at each address; nobody where it is not named. */
function network(places: Record<string, Answered>) {
	const asked: IHttpRequestOptions[] = [];
	const heard: Call[] = [];
	const send = async (options: IHttpRequestOptions): Promise<unknown> => {
		asked.push(options);
		const place = places[options.url];
		if (!place) throw new Error('ECONNREFUSED');
		const call = place.isHeard ? callBy(options.headers as IDataObject) : undefined;
		if (call) heard.push(call);
		return place;
	};
	return { send, asked, heard };
}

const NOT_REGISTERED = { code: 404, message: 'The requested webhook "POST a" is not registered.' };

describe('a trigger that is rung for', () => {
	it.each<[string, Record<string, Answered>, string]>([
		['answers', { [PUBLIC]: { statusCode: 200, isHeard: true } }, 'heard'],
		['answers at one address', { [LOCAL]: { statusCode: 200, isHeard: true } }, 'heard'],
		['answers nowhere', {}, 'unreachable'],
		['was not called in this process', { [PUBLIC]: { statusCode: 401 } }, 'otherProcess'],
		['is none of ours', { [PUBLIC]: { statusCode: 200 } }, 'notOurs'],
		['is not published', { [PUBLIC]: { statusCode: 404, body: NOT_REGISTERED } }, 'unregistered'],
		['is hidden by a proxy', { [PUBLIC]: { statusCode: 404, body: '<html>' } }, 'unreachable'],
		['is moved', { [PUBLIC]: { statusCode: 302 } }, 'unreachable'],
		['is still starting', { [PUBLIC]: { statusCode: 503 } }, 'unreachable'],
		[
			'was called, but could not save',
			{ [PUBLIC]: { statusCode: 500, isHeard: true } },
			'unreachable',
		],
	])('%s', async (_what, places, answer) => {
		const { send } = network(places);
		expect(await ring(send, [PUBLIC, LOCAL], CALL, 1)).toBe(answer);
	});

	it('and does not answer in time is not asked again at once', async () => {
		let asked = 0;
		const send = async (): Promise<unknown> => {
			asked++;
			throw Object.assign(new Error('timeout of 3000ms exceeded'), { code: 'ECONNABORTED' });
		};
		expect(await ring(send, [PUBLIC], CALL, 3)).toBe('timedOut');
		expect(asked).toBe(1);
	});

	it('learns what it is asked for', async () => {
		const { send, heard } = network({ [PUBLIC]: { statusCode: 200, isHeard: true } });
		await ring(send, [PUBLIC], CALL, 1);
		expect(heard).toEqual([expect.objectContaining(CALL)]);
	});
});

describe('the secret', () => {
	it('is another one each time, and is good for nothing afterwards', async () => {
		const { send, asked } = network({ [PUBLIC]: { statusCode: 200, isHeard: true } });
		await ring(send, [PUBLIC], CALL, 1);
		await ring(send, [PUBLIC], CALL, 1);
		const secrets = asked.map(({ headers }) => String((headers as IDataObject)[BELL_HEADER]));
		expect(new Set(secrets).size).toBe(2);
		for (const secret of secrets) {
			expect(secret).toMatch(/^[0-9a-f]{64}$/);
			expect(callBy({ [BELL_HEADER]: secret })).toBeUndefined();
		}
	});

	it('cannot be left out or guessed while a call is under way', async () => {
		const guesses: unknown[] = [];
		const send = async (): Promise<unknown> => {
			guesses.push(callBy({}), callBy({ [BELL_HEADER]: '' }), callBy({ [BELL_HEADER]: 'a' }));
			return { statusCode: 401 };
		};
		await ring(send, [PUBLIC], CALL, 1);
		expect(guesses).toEqual([undefined, undefined, undefined]);
	});
});
