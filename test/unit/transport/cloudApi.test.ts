import { Readable } from 'stream';

import { CloudApi } from '../../../nodes/core/transport/cloudApi';
import { NumberApi } from '../../../nodes/core/transport/numberApi';
import { ProviderRefusal } from '../../../nodes/core/transport/providerRefusal';

const OPTIONS = {
	baseUrl: 'https://graph.facebook.com/',
	apiVersion: 'v26.0',
	businessAccountId: '9',
};

/** What is thrown when the connection breaks, or the server answers so. */
async function refusal(act: (api: CloudApi) => Promise<unknown>, statusCode?: number) {
	const api = new CloudApi(async () => {
		if (statusCode === undefined) throw new Error('socket hang up');
		return { statusCode, body: {} };
	}, OPTIONS);
	return await act(api).then(
		() => undefined,
		(error: unknown) => (error as ProviderRefusal).refusal,
	);
}

const file = { content: Buffer.from('x'), sizeBytes: 1, fileName: 'a', mimeType: 'image/png' };

describe.each([
	['the connection broke', undefined],
	['the server was in trouble', 503],
])('when %s', (_when, statusCode) => {
	it.each<[string, string, (api: CloudApi) => Promise<unknown>]>([
		['risky', 'a message', async (api) => await api.sendMessage('1', {})],
		['risky', 'a new template', async (api) => await api.createTemplate({} as never)],
		['safe', 'an upload', async (api) => await api.uploadMedia('1', file)],
		['safe', 'a look at a file', async (api) => await api.mediaInfo('7')],
		['safe', 'the deletion of a file', async (api) => await api.deleteMedia('7')],
		['safe', 'a list', async (api) => await api.listTemplates()],
	])('it is %s to repeat %s', async (retry, _what, act) => {
		expect(await refusal(act, statusCode)).toMatchObject({ retry, kind: 'temporary' });
	});
});

it('reads a list of templates in which null stands for what is absent', async () => {
	const entry = { name: 'a', language: 'de', status: null, components: null, quality_score: null };
	const api = new CloudApi(
		async () => ({ statusCode: 200, body: { data: [entry, { components: [null] }] } }),
		OPTIONS,
	);
	const { entries } = await api.listTemplates();
	expect(entries).toEqual([
		{ id: '', name: 'a', language: 'de', status: '', category: '', components: [] },
		{ id: '', name: '', language: '', status: '', category: '', components: [] },
	]);
});

it('says what came in place of a file', async () => {
	const info = { url: 'https://lookaside.fbsbx.com/1', mime_type: 'image/png' };
	const reason = '{"error":{"code":190,"message":"Session has expired"}}';
	const asked: string[] = [];
	const api = new CloudApi(async ({ url, encoding, disableFollowRedirect }) => {
		expect(disableFollowRedirect).toBe(true);
		asked.push(url);
		if (encoding === 'stream') return { statusCode: 401, body: Readable.from([reason]) };
		return { statusCode: 200, body: info };
	}, OPTIONS);
	await expect(api.downloadMedia('7')).rejects.toMatchObject({
		refusal: { kind: 'auth', code: 190, details: 'Session has expired' },
		httpStatus: 401,
	});
	expect(asked).toEqual(['https://graph.facebook.com/v26.0/7', info.url]);
});

describe('what is set once more when nobody knows whether it was', () => {
	const refusalOf = async (act: (api: NumberApi) => Promise<unknown>) => {
		const api = new NumberApi(async () => ({ statusCode: 503, body: {} }), 'https://g.test/v26.0');
		return await act(api).then(
			() => undefined,
			(error: unknown) => (error as ProviderRefusal).refusal,
		);
	};

	it.each<[string, (api: NumberApi) => Promise<unknown>]>([
		['a blocked contact', async (api) => await api.block('1', '+1')],
		['a profile', async (api) => await api.updateProfile('1', {})],
		['a link', async (api) => await api.createLink('1', 'a', 'PNG')],
		['commands', async (api) => await api.setChatComponents('1', {})],
		['a username', async (api) => await api.setUsername('1', 'shop', false)],
	])('may be asked for again: %s', async (_what, act) => {
		const refusal = await refusalOf(act);
		expect(refusal).toMatchObject({ retry: 'safe', kind: 'temporary' });
		expect(refusal?.hint).toMatch(/No message went out/);
	});
});

it('takes a contact for blocked only where Meta says so', async () => {
	const block_users = { failed_users: [{ input: '+1', errors: [{ code: 131047, message: '' }] }] };
	const api = new NumberApi(
		async () => ({ statusCode: 200, body: { block_users } }),
		'https://graph.test/v26.0',
	);
	await expect(api.block('1', '+1')).rejects.toThrow(/has not written/);
});
