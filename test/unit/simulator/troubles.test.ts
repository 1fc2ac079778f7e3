import { ACCOUNT, NUMBER, startScene, TEXT, type Scene } from './setup';

let scene: Scene;
beforeEach(async () => {
	scene = await startScene();
});
afterEach(() => scene.stop());

const codes = async (count: number, to = '+15551230001') => {
	const found: Array<number | undefined> = [];
	for (let turn = 0; turn < count; turn++) found.push((await scene.send({ to, ...TEXT })).code);
	return found;
};
const fine = (count: number) => Array.from({ length: count }, () => undefined);

describe('limits', () => {
	it('are off unless asked for', async () => {
		expect(await codes(60)).toEqual(fine(60));
	});

	it('lets 45 messages to one contact through, then one in 6 seconds', async () => {
		scene.sim.settings.pairLimit = true;
		expect(await codes(46)).toEqual([...fine(45), 131056]);
		expect(await codes(1, '+15551230002')).toEqual(fine(1));
		scene.clock.forward(5);
		expect(await codes(1)).toEqual([131056]);
		scene.clock.forward(7);
		expect(await codes(3)).toEqual([...fine(2), 131056]);
		expect(scene.sim.sent).toHaveLength(48);
	});

	it('lets 80 messages a second through, each number apart', async () => {
		scene.sim.settings.throughputLimit = 80;
		expect(await codes(81)).toEqual([...fine(80), 130429]);
		scene.clock.forward(0.5);
		expect(await codes(41)).toEqual([...fine(40), 130429]);
		const other = scene.sim.addBusinessNumber();
		const body = { messaging_product: 'whatsapp', to: '+15551230001', ...TEXT };
		expect((await scene.api.post(`/${other.id}/messages`, body)).status).toBe(200);
	});
});

describe('faults', () => {
	it('hit the next request of a kind, a number of times', async () => {
		scene.sim.failNext({
			path: '/messages',
			method: 'post',
			code: 130429,
			httpStatus: 429,
			times: 2,
			headers: { 'Retry-After': '1' },
		});
		expect((await scene.api.get(`/${ACCOUNT}`)).status).toBe(200);
		const first = await scene.api.post(`/${NUMBER}/messages`, {});
		expect([first.status, first.headers['retry-after']]).toEqual([429, '1']);
		expect(await codes(2)).toEqual([130429, undefined]);
	});

	it('carry code, subcode and details as told', async () => {
		scene.sim.failNext({
			path: /^\/v26\.0\/\d+$/,
			code: 190,
			subcode: 463,
			message: 'Session has expired',
			details: 'It expired',
		});
		const { status, data } = await scene.api.get(`/${ACCOUNT}`);
		expect(status).toBe(401);
		expect(data.error).toMatchObject({
			message: '(#190) Session has expired',
			error_subcode: 463,
			error_data: { details: 'It expired' },
		});
	});

	it('may come after the message went out', async () => {
		scene.sim.failNext({ when: 'after', code: 131000, httpStatus: 500 });
		expect(await scene.send(TEXT)).toMatchObject({ status: 500, code: 131000 });
		expect(scene.sim.sent).toHaveLength(1);
	});

	it.each([
		['cut' as const, 0],
		['cutAfter' as const, 1],
	])('may break the connection: %s', async (when, sent) => {
		scene.sim.failNext({ when });
		await expect(scene.send(TEXT)).rejects.toThrow(/hang up|ECONNRESET/);
		expect(scene.sim.sent).toHaveLength(sent);
		expect((await scene.send(TEXT)).status).toBe(200);
	});

	it('end with a reset', async () => {
		scene.sim.failNext({ times: 5 });
		scene.sim.failLater({ code: 131026, times: 5 });
		scene.sim.reset();
		await scene.send({ ...TEXT });
		await scene.sim.settled();
		expect(scene.sim.sent[0].statuses).toMatchObject([{ errors: [{ code: 131047 }] }]);
	});

	it('may be slowness', async () => {
		scene.sim.settings.latencyMs = 30;
		const before = performance.now();
		await scene.api.get(`/${ACCOUNT}`);
		expect(performance.now() - before).toBeGreaterThanOrEqual(25);
	});
});

describe('load', () => {
	it('takes 200 at once, and loses and doubles nothing', async () => {
		const people = Array.from({ length: 200 }, (_, index) => `1555200${1000 + index}`);
		await Promise.all(people.map((from) => scene.sim.writes({ from, text: `I am ${from}` })));
		expect(scene.callback.received).toHaveLength(200);
		await Promise.all(
			people.map((phone) => scene.send({ to: `+${phone}`, type: 'text', text: { body: phone } })),
		);
		await scene.sim.settled();
		expect(scene.sim.sent).toHaveLength(200);
		expect(new Set(scene.sim.sent.map(({ id }) => id)).size).toBe(200);
		expect(scene.sim.sent.every(({ to, body }) => body.to === `+${to.phone}`)).toBe(true);
		expect(scene.sim.failuresOutsideWindow()).toEqual([]);
		expect(scene.callback.received).toHaveLength(600);
		expect(scene.sim.deliveries.every(({ status }) => status === 200)).toBe(true);
	}, 30_000);
});
