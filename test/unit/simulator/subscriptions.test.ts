import {
	ACCOUNT,
	APP,
	CUSTOMER,
	NUMBER,
	SECRET,
	startCallback,
	startScene,
	type Callback,
	type Scene,
} from './setup';

const asApp = { headers: { Authorization: `Bearer ${APP}|${SECRET}` } };

let scene: Scene;
let other: Callback;
let third: Callback;
beforeEach(async () => {
	scene = await startScene();
	other = await startCallback();
	third = await startCallback();
});
afterEach(() => Promise.all([scene.stop(), other.stop(), third.stop()]));

const override = (callback: Callback, token = 'verify') => ({
	override_callback_uri: callback.url,
	verify_token: token,
});
const setOnNumber = (configuration: object) =>
	scene.api.post(`/${NUMBER}`, { webhook_configuration: configuration });
const setOnAccount = (body?: object) => scene.api.post(`/${ACCOUNT}/subscribed_apps`, body);
/** How many webhooks each callback got from one message: app's, other, third. */
const whoHears = async (from = CUSTOMER) => {
	for (const callback of [scene.callback, other, third]) callback.received.length = 0;
	await scene.sim.writes({ from, text: 'Hello' });
	return [scene.callback, other, third].map(({ received }) => received.length);
};

describe('the effective callback', () => {
	it('is that of the number before that of the account before that of the app', async () => {
		expect(await whoHears()).toEqual([1, 0, 0]);
		expect((await setOnAccount(override(other))).data).toEqual({ success: true });
		expect(await whoHears()).toEqual([0, 1, 0]);
		expect((await setOnNumber(override(third))).data).toEqual({ success: true });
		expect(await whoHears()).toEqual([0, 0, 1]);

		const { data } = await scene.api.get(`/${NUMBER}?fields=webhook_configuration`);
		expect(data.webhook_configuration).toEqual({
			phone_number: third.url,
			whatsapp_business_account: other.url,
			application: scene.callback.url,
		});

		await setOnNumber({ override_callback_uri: '' });
		expect(await whoHears()).toEqual([0, 1, 0]);
		await setOnAccount();
		expect(await whoHears()).toEqual([1, 0, 0]);
	});

	it('is none where the app has subscribed to nothing, whatever the override', async () => {
		scene.sim.world.subscriptions.app = undefined;
		await setOnNumber(override(other));
		expect(await whoHears()).toEqual([0, 0, 0]);
	});

	it('is none when the account has not subscribed the app', async () => {
		await setOnNumber(override(other));
		await scene.api.delete(`/${ACCOUNT}/subscribed_apps`);
		expect((await scene.api.get(`/${ACCOUNT}/subscribed_apps`)).data).toEqual({ data: [] });
		expect(await whoHears()).toEqual([0, 0, 0]);
		await setOnAccount();
		expect(await whoHears()).toEqual([0, 1, 0]);
	});

	it('counts for its number alone', async () => {
		const second = scene.sim.addBusinessNumber({ phone: '15550002222' });
		await setOnNumber(override(other));
		await scene.sim.writes({ from: CUSTOMER, to: second.id, text: 'to the second' });
		expect(scene.callback.values()[0].metadata).toEqual({
			display_phone_number: '15550002222',
			phone_number_id: second.id,
		});
		expect(other.received).toHaveLength(0);
	});

	it('is always the app callback for preferences and templates', async () => {
		await setOnNumber(override(other));
		await scene.sim.setsPreference({ from: CUSTOMER, value: 'stop' });
		const { id } = scene.sim.addTemplate({ name: 'news', status: 'PENDING', components: [] });
		await scene.sim.setTemplateStatus(id, 'APPROVED');
		expect(other.received).toHaveLength(0);
		expect(scene.callback.values()).toMatchObject([
			{ user_preferences: [{ category: 'marketing_messages', value: 'stop' }] },
			{ event: 'APPROVED', message_template_id: Number(id), message_template_name: 'news' },
		]);
	});

	it('shows the override among the subscribed apps', async () => {
		await setOnAccount(override(other));
		const { data } = await scene.api.get(`/${ACCOUNT}/subscribed_apps`);
		expect(data.data).toEqual([
			{
				whatsapp_business_api_data: expect.objectContaining({ id: APP }),
				override_callback_uri: other.url,
			},
		]);
	});
});

describe('the handshake', () => {
	it.each([
		['another token', { status: 403, body: '' }],
		['a wrong answer', { status: 200, body: 'OK' }],
		['a wrong status', { status: 201, body: undefined }],
	])('fails on %s, and nothing changes', async (_, { status, body }) => {
		other.handshake = (query) => ({ status, body: body ?? String(query.get('hub.challenge')) });
		for (const answer of [
			await setOnNumber(override(other)),
			await setOnAccount(override(other)),
		]) {
			expect(answer.status).toBe(400);
			expect(answer.data.error.code).toBe(2200);
			expect(answer.data.error.message).toMatch(/Callback verification failed/);
		}
		expect(await whoHears()).toEqual([1, 0, 0]);
	});

	it('fails when nothing listens', async () => {
		await other.stop();
		expect((await setOnNumber(override(other))).data.error.code).toBe(2200);
	});

	it.each([
		['no address', { verify_token: 'verify' }],
		['no web address', { override_callback_uri: 'nowhere', verify_token: 'verify' }],
		[
			'more than 200 characters',
			{ override_callback_uri: `http://127.0.0.1/${'x'.repeat(200)}`, verify_token: 'verify' },
		],
		['no token', { override_callback_uri: 'http://127.0.0.1/' }],
	])('is not tried with %s', async (_, configuration) => {
		expect((await setOnNumber(configuration)).data.error.code).toBe(100);
	});
});

describe('the subscription of the app', () => {
	const subscribe = (parameters: object, config: object = asApp) =>
		scene.api.post(`/${APP}/subscriptions`, null, { ...config, params: parameters });
	const wanted = (callback: Callback, fields = 'messages,calls') => ({
		object: 'whatsapp_business_account',
		callback_url: callback.url,
		verify_token: 'verify',
		fields,
	});

	it('needs the app token', async () => {
		expect((await subscribe(wanted(other), {})).data.error.code).toBe(15);
	});

	it('takes one callback, after the handshake, with its fields', async () => {
		expect((await subscribe(wanted(other))).data).toEqual({ success: true });
		expect(await whoHears()).toEqual([0, 1, 0]);
		const { data } = await scene.api.get(`/${APP}/subscriptions`, asApp);
		expect(data.data).toEqual([
			{
				object: 'whatsapp_business_account',
				callback_url: other.url,
				active: true,
				fields: [
					{ name: 'messages', version: 'v27.0' },
					{ name: 'calls', version: 'v27.0' },
				],
			},
		]);
	});

	it('delivers only its fields, to overrides too', async () => {
		await subscribe(wanted(other, 'messages'));
		await scene.sim.calls({ from: CUSTOMER });
		expect(other.received).toHaveLength(0);
		await setOnNumber(override(third));
		await scene.sim.calls({ from: CUSTOMER });
		expect(third.received).toHaveLength(0);
		expect(await whoHears()).toEqual([0, 0, 1]);
	});

	it.each([
		['an unknown field', { fields: 'messages,mesages' }],
		['no fields', { fields: '' }],
		['another object', { object: 'page' }],
		['no address', { callback_url: 'x' }],
	])('refuses %s', async (_, wrong) => {
		expect((await subscribe({ ...wanted(other), ...wrong })).data.error.code).toBe(100);
	});

	it('loses fields, or ends', async () => {
		await subscribe(wanted(other));
		await scene.api.delete(`/${APP}/subscriptions?fields=calls`, asApp);
		const { data } = await scene.api.get(`/${APP}/subscriptions`, asApp);
		expect(data.data[0].fields).toHaveLength(1);
		await scene.api.delete(`/${APP}/subscriptions`, asApp);
		expect((await scene.api.get(`/${APP}/subscriptions`, asApp)).data).toEqual({ data: [] });
		expect(await whoHears()).toEqual([0, 0, 0]);
	});
});
