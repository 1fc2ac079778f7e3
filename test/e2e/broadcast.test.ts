import { setTimeout as pause } from 'timers/promises';

import type { IDataObject } from 'n8n-workflow';

import { itemsOf } from '../n8n/client';
import { Simulator } from '../simulator/simulator';

import { nodeOf, recordFigure, startTestServer, type TestServer, workflowOf } from './harness';
import {
	ACCOUNT,
	byId,
	byName,
	contactNumbers,
	CREDENTIAL_TYPE,
	fields,
	NODE_TYPE,
	splitOut,
	TOKEN,
} from './scenario';

/** So many are written to; the whole of a large list with the environment variable. */
const CONTACTS = Number(process.env.BROADCAST_CONTACTS ?? 600);

/** After what part of the list n8n is killed. */
const KILLS = [0.3, 0.65];

/** So many are worked on at the same time, and may be under way when n8n is killed. */
const AT_ONCE = 48;

const NAME = 'Price change';

/** As Meta: its limit, and the way there and back. */
const META = { throughputLimit: 80, pairLimit: true, latencyMs: 100 };

const TIMEOUT_MS = 360_000 + CONTACTS * 40;

const SCOPES = [
	...['dataTable:list', 'dataTable:read', 'dataTable:create'],
	...['dataTableRow:read', 'dataTableRow:create', 'dataTableRow:update', 'dataTableRow:delete'],
];

/** A list of contacts in a workflow that somebody starts by hand, killed on the spot, twice. */
describe('a broadcast', () => {
	let simulator: Simulator;
	let testServer: TestServer;
	let number: string;
	let sendId: string;
	let reportId: string;

	beforeAll(async () => {
		simulator = await Simulator.start({
			...META,
			businessAccountId: ACCOUNT,
			accessToken: TOKEN,
		});
		simulator.addTemplate({
			name: 'price_change',
			language: 'en_US',
			category: 'UTILITY',
			components: [{ type: 'BODY', text: 'Dear {{1}}, our prices change in January.' }],
		});
		number = simulator.addBusinessNumber({ name: 'Corner Shop' }).id;
		testServer = await startTestServer('broadcast');
		const { client, server } = testServer;
		const apiKey = await client.createApiKey('Broadcasts', SCOPES);
		const credentials = {
			[CREDENTIAL_TYPE]: {
				name: 'WhatsApp',
				id: await client.createCredential('WhatsApp', CREDENTIAL_TYPE, {
					...{ accessToken: TOKEN, businessAccountId: ACCOUNT, baseUrl: simulator.url },
					...{ appId: '', appSecret: '', verifyToken: '', apiVersion: 'v26.0' },
				}),
			},
			n8nDataTableApi: {
				name: 'Data tables',
				id: await client.createCredential('Data tables', 'n8nDataTableApi', {
					baseUrl: server.url,
					apiKey,
				}),
			},
		};
		const node = (operation: string, parameters: object = {}) =>
			nodeOf('Broadcast', NODE_TYPE, {
				credentials,
				typeVersion: 1.1,
				parameters: { resource: 'broadcast', operation, broadcastName: NAME, ...parameters },
			});
		const start = () => nodeOf('Start', 'n8n-nodes-base.manualTrigger');
		const list = nodeOf('List', 'n8n-nodes-base.set', {
			typeVersion: 3.4,
			parameters: {
				mode: 'raw',
				jsonOutput: JSON.stringify({
					contacts: contactNumbers(CONTACTS).map((phone) => ({ phone })),
				}),
			},
		});
		const send = node('send', {
			businessNumber: byId(number),
			to: '={{ $json.phone }}',
			template: byName('price_change'),
			templateFields: fields({ 'body:1': '={{ $json.phone }}' }),
		});
		sendId = (
			await client.createWorkflow(workflowOf('Send', start(), list, splitOut('contacts'), send))
		).id;
		reportId = (await client.createWorkflow(workflowOf('Report', start(), node('getReport')))).id;
	}, TIMEOUT_MS);

	afterAll(async () => {
		await testServer?.server.stop();
		await simulator?.stop();
	});

	/** What the last node of a workflow gave that was started by hand. */
	const run = async (workflowId: string): Promise<IDataObject[]> => {
		const id = await testServer.client.runManually(workflowId, 'Start');
		for (;;) {
			const execution = await testServer.client.getExecution(String(id));
			if (!['new', 'running', 'waiting'].includes(execution.status)) {
				expect(execution.status).toBe('success');
				return itemsOf(execution, 'Broadcast').map(({ json }) => json);
			}
			await pause(250);
		}
	};

	const sentTo = () => simulator.sent.map(({ to }) => `+${to.phone}`);

	it(
		'that is killed twice and started again reaches everybody once, or tells who is uncertain',
		async () => {
			const { client, server } = testServer;
			for (const part of KILLS) {
				await client.runManually(sendId, 'Start');
				while (simulator.sent.length < CONTACTS * part) await pause(20);
				await server.kill();
				await server.start();
				await client.logIn();
			}
			const before = simulator.sent.length;
			const items = await run(sendId);
			const [summary] = await run(reportId);

			const sent = sentTo();
			const reached = new Set(sent);
			const uncertain = summary.uncertainContacts as string[];
			const lost = contactNumbers(CONTACTS)
				.map((phone) => `+${phone}`)
				.filter((contact) => !reached.has(contact) && !uncertain.includes(contact));
			recordFigure('broadcast_doubled', sent.length - reached.size, 'messages');
			recordFigure('broadcast_lost', lost.length, 'contacts');
			recordFigure('broadcast_uncertain', uncertain.length, 'contacts');
			const times = simulator.sent.slice(before).map(({ at }) => at);
			const seconds = (times[times.length - 1] - times[0]) / 1_000;
			recordFigure('broadcast_per_second', (times.length - 1) / seconds, 'messages/s');
			expect(sent.length).toBe(reached.size);
			expect(lost).toEqual([]);
			expect(items).toHaveLength(CONTACTS);
			expect(summary).toMatchObject({ state: 'ended', planned: CONTACTS, left: 0 });
			expect(uncertain.length).toBeLessThanOrEqual(KILLS.length * AT_ONCE);
			const told = items.filter(({ outcome }) => outcome === 'uncertain');
			expect(told.map(({ contact }) => contact).sort()).toEqual([...uncertain].sort());
			expect(Number(summary.accepted) + uncertain.length).toBe(CONTACTS);
		},
		TIMEOUT_MS,
	);
});
