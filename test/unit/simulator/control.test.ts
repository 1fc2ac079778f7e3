import { spawn } from 'child_process';
import { once } from 'events';
import { readdirSync, readFileSync, statSync } from 'fs';
import { join, resolve } from 'path';
import { createInterface } from 'readline';

import axios, { type AxiosInstance } from 'axios';

import { CUSTOMER, NUMBER, startCallback, startScene, TEXT, type Scene } from './setup';

const root = resolve(__dirname, '..', '..', '..');

describe('the control API', () => {
	let scene: Scene;
	let control: AxiosInstance;
	beforeAll(async () => {
		scene = await startScene();
		control = axios.create({ baseURL: `${scene.sim.url}/_control`, validateStatus: () => true });
	});
	afterAll(() => scene.stop());

	it('lets other processes write, watch and look into the books', async () => {
		const { data } = await control.post('/writes', { from: CUSTOMER, text: 'Hello' });
		expect(data).toMatchObject({ messageId: expect.any(String), delivery: { status: 200 } });
		await scene.send(TEXT);
		expect((await control.post('/settled')).data).toBeNull();
		expect((await control.get('/sent')).data).toEqual(scene.sim.sent);
		expect((await control.get('/inbound')).data).toMatchObject([{ id: data.messageId }]);
		expect((await control.get('/failures')).data).toEqual([]);
		expect((await control.get(`/window?contact=${CUSTOMER}`)).data).toMatchObject({ open: true });
		expect((await control.get(`/window?to=${NUMBER}&contact=US.9`)).data).toEqual({ open: false });
		expect((await control.get('/deliveries')).data).toHaveLength(3);
		expect((await control.get('/requests')).data).toHaveLength(1);
	});

	it('sets things up', async () => {
		const number = await control.post('/numbers', { phone: '+4930123456', name: 'Berlin' });
		expect((await control.get('/numbers')).data).toContainEqual(number.data);
		const template = { name: 'late', status: 'PENDING', components: [] };
		const { id } = (await control.post('/templates', template)).data;
		await control.post('/templateStatus', { id, status: 'APPROVED' });
		expect(scene.sim.world.templates.byId.get(id)?.status).toBe('APPROVED');
		await control.post('/settings', { windowRefusal: 'both' });
		expect(scene.sim.settings.windowRefusal).toBe('both');
		await control.post('/failNext', { code: 4 });
		expect((await scene.send(TEXT)).code).toBe(4);
		await control.post('/notOnWhatsApp', { contact: '+15557770000' });
		const { id: sent } = await scene.send({ to: '+15557770000', ...TEXT });
		await scene.sim.settled();
		expect(scene.sim.sent.find((message) => message.id === sent)?.statuses[0].status).toBe(
			'failed',
		);
	});

	it('moves files both ways', async () => {
		const bytes = Buffer.from([1, 2, 3]).toString('base64');
		const { data } = await control.post('/media', { bytes, mimeType: 'image/png' });
		expect((await control.get(`/media?id=${data.id}`)).data).toMatchObject({ bytes });
	});

	it('delivers forged and batched webhooks elsewhere', async () => {
		const other = await startCallback();
		await control.post('/deliver', { payload: { entry: [] }, signature: 'forged', url: other.url });
		expect(other.received).toHaveLength(1);
		await control.post('/callback', { url: other.url });
		const { data } = await control.post('/writes', { from: CUSTOMER, text: 'x', deliver: false });
		await control.post('/deliverBatch', { messageIds: [data.messageId] });
		await control.post('/redeliver', { messageId: data.messageId });
		expect(other.received).toHaveLength(3);
		await other.stop();
	});

	it('answers 400 to what cannot be done, and 404 to what it does not know', async () => {
		const { status, data } = await control.post('/reads', { messageId: 'wamid.unknown' });
		expect([status, data]).toEqual([400, { problem: 'No message wamid.unknown was sent' }]);
		const unknown = await control.get('/nothing');
		expect(unknown.status).toBe(404);
		expect(unknown.data.get).toContain('sent');
		expect((await control.get('/constructor')).status).toBe(404);
	});

	it('is not among the requests', () => {
		expect(scene.sim.requests.some(({ path }) => path.includes('_control'))).toBe(false);
	});
});

describe('the command', () => {
	it('starts from flags and variables, prints one line, and stops on a signal', async () => {
		const child = spawn(
			process.execPath,
			[
				'--require',
				require.resolve('tsx/cjs'),
				join(root, 'test', 'simulator', 'main.ts'),
				'--number-id',
				'42',
			],
			{ env: { ...process.env, SIMULATOR_ACCESS_TOKEN: 'from-environment' } },
		);
		const exited = once(child, 'exit');
		const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
		const started = JSON.parse(line) as { url: string; accessToken: string };
		expect(started).toMatchObject({ accessToken: 'from-environment', businessNumberId: '42' });
		const { data } = await axios.get(`${started.url}/v26.0/42?fields=id`, {
			headers: { Authorization: 'Bearer from-environment' },
		});
		expect(data).toEqual({ id: '42' });
		child.kill('SIGTERM');
		expect(await exited).toEqual([0, null]);
	}, 30_000);
});

describe('independence', () => {
	const folder = join(root, 'test', 'simulator');
	const files = (readdirSync(folder, { recursive: true }) as string[])
		.map((name) => join(folder, name))
		.filter((name) => statSync(name).isFile());

	it('imports nothing from the package that it checks', () => {
		expect(files.length).toBeGreaterThan(20);
		for (const file of files) {
			const imports = [...readFileSync(file, 'utf8').matchAll(/from '([^']+)'/g)];
			for (const [, name] of imports) {
				const allowed = name.startsWith('.')
					? resolve(file, '..', name).startsWith(folder)
					: /^(axios|express|crypto|events|http|net|timers\/promises|util)$/.test(name);
				expect({ file, name, allowed }).toEqual({ file, name, allowed: true });
			}
		}
	});

	it('says nothing on the console', () => {
		for (const file of files) expect(readFileSync(file, 'utf8')).not.toMatch(/console\./);
	});
});
