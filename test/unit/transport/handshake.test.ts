import type { IHttpRequestOptions } from 'n8n-workflow';

import { shakeHands } from '../../../nodes/core/transport/handshake';

const URL = 'https://n8n.example.com/webhook/a/webhook';

type Answering = (challenge: string) => { statusCode: number; body: unknown };

const shake = async (answer: Answering) =>
	await shakeHands(
		async ({ qs }) => answer(String((qs as Record<string, unknown>)['hub.challenge'])),
		URL,
		'word',
	);

it.each<[string, Answering, boolean, number]>([
	['the challenge', (body) => ({ statusCode: 200, body }), true, 200],
	['the challenge as a number', (body) => ({ statusCode: 200, body: Number(body) }), true, 200],
	['something else', () => ({ statusCode: 200, body: 'Hello' }), false, 200],
	['the challenge with another status', (body) => ({ statusCode: 201, body }), false, 201],
	['a refusal', () => ({ statusCode: 403, body: '' }), false, 403],
])('judges %s', async (_what, answer, isRight, httpStatus) => {
	expect(await shake(answer)).toEqual({ isRight, httpStatus });
});

it.each([
	['of the connection', Object.assign(new Error('broken'), { code: 'ECONNRESET' }), 'ECONNRESET'],
	[
		'of its cause',
		Object.assign(new Error('broken'), { cause: { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' } }),
		'DEPTH_ZERO_SELF_SIGNED_CERT',
	],
	['that is not told', new Error('broken'), ''],
])('gives the code %s when no answer comes', async (_what, error, code) => {
	const answer = await shakeHands(async () => await Promise.reject(error), URL, 'word');
	expect(answer).toEqual({ isRight: false, code, reason: 'broken' });
});

it('asks as Meta does, and follows no redirect', async () => {
	const asked: IHttpRequestOptions[] = [];
	await shakeHands(
		async (options) => {
			asked.push(options);
			return { statusCode: 302, body: '' };
		},
		URL,
		'word',
	);
	expect(asked).toMatchObject([
		{
			method: 'GET',
			url: URL,
			disableFollowRedirect: true,
			qs: { 'hub.mode': 'subscribe', 'hub.verify_token': 'word' },
		},
	]);
});
