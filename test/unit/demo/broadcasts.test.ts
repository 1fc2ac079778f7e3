import { BROADCAST_PATH, REPORT_PATH, STEER_PATH } from '../../demo/broadcastWorkflows';
import { Broadcasts } from '../../demo/broadcasts';
import { addShop, news, shop } from '../../demo/cast';
import type { Execution } from '../../n8n/client';
import { Simulator } from '../../simulator/simulator';
import type { Json } from '../../simulator/types';

const ANN = { phone: '15551230001', name: 'Ann' };
const REPORT = { state: 'unfinished', stateReason: '', planned: 11, left: 9, accepted: 2 };

let simulator: Simulator;
let calls: Array<[string, Json]>;
let report: Json;
let broadcasts: Broadcasts;

beforeEach(async () => {
	simulator = await Simulator.start();
	addShop(simulator);
	simulator.addTemplate({ ...news, name: 'another' });
	calls = [];
	report = REPORT;
	broadcasts = new Broadcasts(simulator, 'http://n8n/workflow/2', async (path, body) => {
		calls.push([path, body]);
		return await Promise.resolve(path === BROADCAST_PATH ? {} : [report]);
	});
});
afterEach(() => simulator.stop());

const send = async (to: string, template = news.name) => {
	const { accessToken } = simulator.world.identity;
	const components = [{ type: 'body', parameters: [{ type: 'text', text: 'there' }] }];
	const response = await fetch(`${simulator.url}/v26.0/${shop.id}/messages`, {
		method: 'POST',
		headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
		body: JSON.stringify({
			...{ messaging_product: 'whatsapp', to, type: 'template' },
			template: { name: template, language: { code: 'en_US' }, components },
		}),
	});
	expect(response.status).toBe(200);
	await simulator.settled();
};

it('goes to the customers of the page, to strangers, and to a number that cannot be read', async () => {
	await simulator.writes({ from: ANN, text: 'Hello' });
	expect(await broadcasts.begin()).toContain('11 contacts');
	const [[path, { contacts, broadcast }]] = calls as [[string, Record<string, Json[]>]];
	expect(path).toBe(BROADCAST_PATH);
	expect(contacts[0]).toEqual({ to: `+${ANN.phone}`, name: 'Ann' });
	expect(contacts.at(-1)).toEqual({ to: '12', name: 'there' });
	expect(new Set(contacts.map(({ to }) => to)).size).toBe(11);
	await broadcasts.begin();
	expect(calls[1][1].broadcast).not.toBe(broadcast);
});

it('shows nothing before the first report, and asks for none after the last', async () => {
	await broadcasts.look();
	expect(calls).toEqual([]);
	await broadcasts.begin();
	expect(broadcasts.entries()).toEqual([]);
	await broadcasts.look();
	expect(broadcasts.entries()).toMatchObject([
		{ kind: 'broadcast', ...REPORT, phones: { reached: 0, read: 0, failed: 0 } },
	]);
	report = { ...REPORT, state: 'ended' };
	await broadcasts.look();
	await broadcasts.look();
	expect(calls.map(([path]) => path)).toEqual([BROADCAST_PATH, REPORT_PATH, REPORT_PATH]);
});

it('counts what has reached the phones since it began, and of it alone', async () => {
	await send('+15559990001');
	await broadcasts.begin();
	await broadcasts.look();
	const contacts = calls[0][1].contacts as Array<{ to: string }>;
	await send(contacts[0].to);
	await send(contacts[1].to);
	await send(contacts[1].to, 'another');
	await simulator.reads(simulator.sent[1].id);
	// The last stranger is not on WhatsApp; after them comes a number that cannot be read.
	await send(contacts[contacts.length - 2].to);
	expect(broadcasts.entries()).toMatchObject([{ phones: { reached: 2, read: 1, failed: 1 } }]);
});

it('is steered by the steps that there are', async () => {
	await broadcasts.begin();
	report = { ...REPORT, state: 'paused' };
	await broadcasts.steer('pause');
	expect(calls[1]).toEqual([STEER_PATH, { broadcast: calls[0][1].broadcast, step: 'pause' }]);
	expect(broadcasts.entries()).toMatchObject([{ state: 'paused' }]);
	await expect(broadcasts.steer('hurry')).rejects.toThrow("knows no 'hurry'");
});

it('tells why its run failed', async () => {
	await broadcasts.begin();
	await broadcasts.look();
	const failed = (name: string) =>
		({
			workflowData: { nodes: [{ name }] },
			data: { resultData: { error: { message: 'No table.', description: 'Check the key.' } } },
		}) as unknown as Execution;
	broadcasts.note(failed('Reply'));
	expect(broadcasts.entries()).toMatchObject([{ stateReason: '' }]);
	broadcasts.note(failed('Send to All'));
	expect(broadcasts.entries()).toMatchObject([{ stateReason: 'No table. Check the key.' }]);
});
