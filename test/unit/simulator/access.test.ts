import axios from 'axios';

import type { Json } from '../../simulator/types';

import {
	ACCOUNT,
	APP,
	BUSINESS_PHONE,
	NUMBER,
	SECRET,
	startScene,
	TEXT,
	TOKEN,
	type Scene,
} from './setup';

interface ListPage {
	data: Array<{ id: string }>;
	paging: { next?: string; previous?: string };
}

let scene: Scene;
beforeAll(async () => {
	scene = await startScene();
});
afterAll(() => scene.stop());

const get = (path: string, token?: string) =>
	axios.get(`${scene.sim.url}${path}`, {
		headers: token ? { Authorization: token } : {},
		validateStatus: () => true,
	});

describe('who may call', () => {
	it.each([
		['no token', undefined],
		['a wrong token', 'Bearer wrong'],
		['another scheme', `Basic ${TOKEN}`],
		['a wrong app token', `Bearer ${APP}|wrong`],
	])('refuses %s with 401 and code 190', async (_, token) => {
		const { status, data } = await get(`/v26.0/${ACCOUNT}`, token);
		expect(status).toBe(401);
		expect(data.error).toMatchObject({ code: 190, type: 'OAuthException' });
		expect(data.error.fbtrace_id).toEqual(expect.any(String));
	});

	it.each(['v23.0', 'v24.0', 'v25.0', 'v26.0'])('takes version %s', async (version) => {
		expect((await get(`/${version}/${ACCOUNT}`, `Bearer ${TOKEN}`)).status).toBe(200);
	});

	it.each(['/v28.0', '/v1', '', '/26.0'])('does not know version %p', async (version) => {
		const { status, data } = await get(`${version}/${ACCOUNT}`, `Bearer ${TOKEN}`);
		expect(status).toBe(400);
		expect(data.error.code).toBe(2500);
	});

	it('takes the token as a parameter too', async () => {
		expect((await get(`/v26.0/${ACCOUNT}?access_token=${TOKEN}`)).status).toBe(200);
	});

	it.each([
		['get', '/123456'],
		['get', '/123456/message_templates'],
		['get', '/123456/phone_numbers'],
		['get', '/123456/subscribed_apps'],
		['post', '/123456/messages'],
		['post', `/${ACCOUNT}/messages`],
		['post', '/123456/media'],
		['get', `/${NUMBER}/message_templates`],
		['post', '/123456'],
		['delete', '/123456'],
		['get', `/${NUMBER}/no_such_edge`],
	])('answers code 100, subcode 33 to %s %s', async (method, path) => {
		const { status, data } = await scene.api.request({ method, url: path, data: TEXT });
		expect(status).toBe(400);
		expect(data.error).toMatchObject({ code: 100, error_subcode: 33 });
	});

	it('keeps the app token away from messages', async () => {
		const token = { Authorization: `Bearer ${APP}|${SECRET}` };
		const { data } = await scene.api.post(`/${NUMBER}/messages`, TEXT, { headers: token });
		expect(data.error).toMatchObject({ code: 100, error_subcode: 33 });
	});

	it('answers a body that is not JSON in the same envelope', async () => {
		const { status, data } = await scene.api.post(`/${NUMBER}/messages`, '{broken', {
			headers: { 'Content-Type': 'application/json' },
		});
		expect(status).toBe(400);
		expect(data.error.code).toBe(100);
	});

	it('writes every request down', async () => {
		scene.sim.requests.length = 0;
		await scene.api.post(`/${NUMBER}/messages?x=1`, { messaging_product: 'whatsapp' });
		await get(`/v26.0/${ACCOUNT}`);
		expect(scene.sim.requests).toMatchObject([
			{
				method: 'POST',
				path: `/v26.0/${NUMBER}/messages`,
				query: { x: '1' },
				body: { messaging_product: 'whatsapp' },
				authorized: true,
				status: 400,
			},
			{ method: 'GET', path: `/v26.0/${ACCOUNT}`, authorized: false, status: 401 },
		]);
	});

	it.each([
		[
			`/me/permissions`,
			{ data: [{ permission: 'whatsapp_business_management', status: 'granted' }, {}] },
		],
		[`/debug_token?input_token=${TOKEN}`, { data: { app_id: APP, is_valid: true } }],
		[`/debug_token?input_token=other`, { data: { is_valid: false } }],
		[`/${APP}`, { id: APP, name: expect.any(String) }],
	])('answers %s', async (path, expected) => {
		expect((await scene.api.get(path)).data).toMatchObject(expected as Json);
	});
});

describe('accounts and numbers', () => {
	it('shows the account with the asked fields only, and always the ID', async () => {
		const { data } = await scene.api.get(`/${ACCOUNT}?fields=name,currency`);
		expect(data).toEqual({ id: ACCOUNT, name: expect.any(String), currency: 'USD' });
	});

	it('refuses a field that does not exist', async () => {
		const { status, data } = await scene.api.get(`/${NUMBER}?fields=id,phone`);
		expect(status).toBe(400);
		expect(data.error.message).toContain('nonexisting field (phone)');
	});

	it('reads nested fields and modifiers as their outer name', async () => {
		const fields = 'verified_name,throughput{level},webhook_configuration.limit(3){a{b}}';
		const { status, data } = await scene.api.get(`/${NUMBER}`, { params: { fields } });
		expect(status).toBe(200);
		expect(Object.keys(data).sort()).toEqual([
			'id',
			'throughput',
			'verified_name',
			'webhook_configuration',
		]);
	});

	it('shows a number as people write it', async () => {
		const { data } = await scene.api.get(`/${NUMBER}?fields=display_phone_number,quality_rating`);
		expect(data).toEqual({
			id: NUMBER,
			display_phone_number: '+1 555-000-1111',
			quality_rating: 'GREEN',
		});
	});

	it('takes other values for the fields of a number', async () => {
		const { id } = scene.sim.addBusinessNumber({
			businessAccountId: 'another',
			fields: { quality_rating: 'RED', health_status: { can_send_message: 'BLOCKED' } },
		});
		const { data } = await scene.api.get(`/${id}?fields=quality_rating,health_status`);
		expect(data).toEqual({
			id,
			quality_rating: 'RED',
			health_status: { can_send_message: 'BLOCKED' },
		});
	});

	it('lists the numbers of one account, page by page, both ways', async () => {
		const account = '1234500000';
		const ids = Array.from(
			{ length: 5 },
			() => scene.sim.addBusinessNumber({ businessAccountId: account }).id,
		);
		const pages: string[][] = [];
		let next: string | undefined = `/${account}/phone_numbers?fields=id&limit=2`;
		let last: ListPage | undefined;
		while (next) {
			const answer = await scene.api.get(next, next.startsWith('/') ? {} : { baseURL: '' });
			const data = answer.data as ListPage;
			pages.push(data.data.map(({ id }) => id));
			next = data.paging.next;
			last = data;
		}
		expect(pages).toEqual([ids.slice(0, 2), ids.slice(2, 4), ids.slice(4)]);
		const { data } = await scene.api.get(String(last?.paging.previous), { baseURL: '' });
		expect(data.data.map(({ id }: { id: string }) => id)).toEqual(ids.slice(2, 4));
		expect(data.paging).toHaveProperty('previous');
	});

	it('gives the number to its own account only', async () => {
		const { data } = await scene.api.get(`/${ACCOUNT}/phone_numbers`);
		expect(data.data).toHaveLength(1);
		expect(data.data[0]).toMatchObject({ id: NUMBER, verified_name: 'Corner Shop' });
		expect(data.paging).not.toHaveProperty('next');
		expect(scene.sim.world.number().phone).toBe(BUSINESS_PHONE);
	});
});
