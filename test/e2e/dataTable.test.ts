import axios from 'axios';
import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import { itemsOf, waitFor } from '../n8n/client';

import { deliverUntilTaken } from './crowd';
import { recordFigure, workflowOf } from './harness';
import { contactNumbers, deliveryOf, orderWebhook, Scenario, splitOut } from './scenario';

const TABLE_CREDENTIAL = 'n8nDataTableApi';

const SCOPES = [
	'dataTable:list',
	'dataTable:read',
	'dataTable:create',
	'dataTable:delete',
	'dataTableRow:read',
	'dataTableRow:create',
	'dataTableRow:update',
	'dataTableRow:delete',
];

/** State in a table of n8n itself, through its public API. */
describe('a data table', () => {
	let scenario: Scenario;
	let credentials: INode['credentials'];
	let apiKey: string;
	let tableId: string;

	beforeAll(async () => {
		scenario = await Scenario.start('dataTable');
		const { client, server } = scenario;
		apiKey = await client.createApiKey('Conversation state', SCOPES);
		const id = await client.createCredential('Data tables', TABLE_CREDENTIAL, {
			baseUrl: server.url,
			apiKey,
		});
		const whatsApp = await scenario.addCredential();
		credentials = { ...whatsApp, [TABLE_CREDENTIAL]: { id, name: 'Data tables' } };
	});

	afterAll(async () => {
		await scenario?.stop();
	});

	const inTable = (): INodeParameters => ({
		stateStore: 'dataTable',
		stateTable: { __rl: true, mode: 'id', value: tableId } as unknown as INodeParameters,
	});

	/** n8n's own API, as anybody may call it. */
	const api = async (method: 'GET' | 'DELETE', path: string): Promise<unknown> => {
		const url = `${scenario.server.url}/api/v1/data-tables/${tableId}${path}`;
		const headers = { 'X-N8N-API-KEY': apiKey };
		return (await axios.request({ method, url, headers, proxy: false })).data;
	};

	const rows = async (number: string) =>
		((await api('GET', '/rows?limit=250')) as { data: IDataObject[] }).data.filter(
			(row) => row.businessNumberId === number,
		);

	/** A workflow that our trigger starts and that does nothing more. */
	const listen = async (number: string) =>
		await scenario.activate(
			workflowOf('Listen', scenario.trigger(number, inTable(), { credentials })),
		);

	/** Another workflow, which sends by the table. */
	const sender = async (number: string, parameters: INodeParameters = {}) => {
		const webhook = orderWebhook();
		await scenario.activate(
			workflowOf(
				'Send',
				webhook,
				splitOut('body.contacts'),
				scenario.whatsApp(
					'Send',
					number,
					{
						resource: 'message',
						operation: 'send',
						to: '={{ $json.contact }}',
						messageType: 'text',
						text: 'Hello',
						...inTable(),
						...parameters,
					},
					{ credentials, onError: 'continueRegularOutput' },
				),
			),
		);
		return async (contacts: string[]) => {
			const body = { contacts: contacts.map((contact) => ({ contact })) };
			return (await scenario.call(webhook, body)).data as IDataObject[];
		};
	};

	it('has a credential that can be tested', async () => {
		const id = credentials?.[TABLE_CREDENTIAL].id as string;
		expect(await scenario.client.testCredential(id)).toMatchObject({ status: 'OK' });
		const wrong = await scenario.client.createCredential('Wrong', TABLE_CREDENTIAL, {
			baseUrl: scenario.server.url,
			apiKey: 'wrong',
		});
		expect(await scenario.client.testCredential(wrong)).toMatchObject({ status: 'Error' });
		const page = await scenario.client.createCredential('Page', TABLE_CREDENTIAL, {
			baseUrl: `${scenario.server.url}/home`,
			apiKey,
		});
		expect(await scenario.client.testCredential(page)).toMatchObject({ status: 'Error' });
	});

	it('is created by one operation, which gives the same one again', async () => {
		const webhook = orderWebhook();
		const node = scenario.whatsApp(
			'Create',
			'',
			{
				resource: 'conversation',
				operation: 'createTable',
				tableName: 'WhatsApp Conversations',
				stateStore: 'dataTable',
			},
			{ credentials },
		);
		await scenario.activate(workflowOf('Create', webhook, node));
		const first = (await scenario.call(webhook, {})).data as IDataObject[];
		expect(first).toEqual([
			{ id: expect.any(String), name: 'WhatsApp Conversations', created: true },
		]);
		tableId = String(first[0].id);
		const second = (await scenario.call(webhook, {})).data;
		expect(second).toEqual([{ id: tableId, name: 'WhatsApp Conversations', created: false }]);

		const list = await scenario.client.searchList(
			{
				...scenario.inEditor({ resource: 'message', operation: 'send', ...inTable() }),
				credentials: credentials as Record<string, { id: string; name: string }>,
			},
			'stateTable',
			'searchStateTables',
		);
		expect(list.results).toContainEqual(expect.objectContaining({ value: tableId }));
	});

	it('is filled by the trigger, and read by another workflow, also after a restart', async () => {
		const number = scenario.addNumber();
		await listen(number);
		const [known, unknown] = contactNumbers(2, 4_915_200_000_000);
		await scenario.deliver(
			number,
			deliveryOf(number, [{ id: 'wamid.t1', from: known, text: 'Hi' }]),
		);
		const [row] = await waitFor(
			async () => await rows(number),
			({ length }) => length === 1,
			10_000,
			({ length }) => `There are ${length} rows`,
		);
		expect(row).toMatchObject({
			contact: `+${known}`,
			name: `Contact ${known}`,
			lastMessageAt: expect.stringMatching(/^\d{4}-/),
			windowExpiresAt: expect.stringMatching(/^\d{4}-/),
		});

		const send = await sender(number);
		await scenario.server.restart();
		await scenario.client.logIn();
		const [sent, refused] = await send([known, unknown]);
		expect(sent).toMatchObject({ sentAs: 'freeForm', decision: { reason: 'windowOpen' } });
		expect(refused.error).toMatch(/No message from this contact/);
	});

	it('loses the rows in which nothing matters any more', async () => {
		const number = scenario.addNumber();
		const webhook = orderWebhook();
		const record = scenario.whatsApp(
			'Record',
			number,
			{
				resource: 'conversation',
				operation: 'recordInbound',
				contact: '={{ $json.body.contact }}',
				at: '={{ $now.minus({ days: $json.body.days }).toISO() }}',
				...inTable(),
			},
			{ credentials },
		);
		await scenario.activate(workflowOf('Record', webhook, record));
		const [recent, old] = contactNumbers(2, 4_915_500_000_000);
		const inRows = async () => (await rows(number)).map(({ phone }) => phone);
		await scenario.call(webhook, { contact: recent, days: 1 });
		await scenario.call(webhook, { contact: old, days: 8 });
		expect(await inRows()).toEqual([`+${recent}`, `+${old}`]);

		// Once a day, and by a time that an hour of running has not contradicted.
		await scenario.server.restart('quick-hours.js');
		await scenario.client.logIn();
		const left = await waitFor(
			async () => {
				await scenario.call(webhook, { contact: recent, days: 0 });
				return await inRows();
			},
			({ length }) => length === 1,
			20_000,
			({ length }) => `The table still has ${length} rows`,
		);
		expect(left).toEqual([`+${recent}`]);
		await scenario.server.restart();
		await scenario.client.logIn();
	}, 90_000);

	it('holds one row for each of many contacts who write at once, twice each', async () => {
		const phonesIn = async () => (await rows(number)).map(({ phone }) => String(phone));
		const number = scenario.addNumber();
		await listen(number);
		const contacts = contactNumbers(50, 4_915_300_000_000);
		const begin = Date.now();
		const messages = contacts.flatMap((from) =>
			[1, 2].map((n) => deliveryOf(number, [{ id: `wamid.${from}.${n}`, from, text: 'Hi' }])),
		);
		const url = await scenario.callbackOf(number);
		const repeated = await deliverUntilTaken(url, messages, messages.length);
		recordFigure('e2e_data_table_burst_100_repeated', repeated, 'deliveries');
		const stored = await waitFor(
			phonesIn,
			(phones) => new Set(phones).size === contacts.length,
			60_000,
			({ length }) => `There are ${length} rows`,
		);
		recordFigure('e2e_data_table_burst_100', (Date.now() - begin) / 1000, 's');
		// An answer that took n8n too long may have left two: the contact's next message makes one of them.
		const doubled = stored.filter((phone, index) => stored.indexOf(phone) !== index);
		recordFigure('e2e_data_table_rows_doubled', doubled.length, 'rows');
		expect(doubled.length).toBeLessThan(contacts.length / 10);
		for (const phone of doubled) {
			const from = phone.slice(1);
			const next = { id: `wamid.${from}.next`, from, text: 'Hi' };
			expect((await scenario.deliver(number, deliveryOf(number, [next]))).status).toBe(200);
		}
		await waitFor(
			phonesIn,
			(phones) => phones.length === contacts.length,
			20_000,
			({ length }) => `There are ${length} rows`,
		);
	}, 180_000);

	it('that is deleted costs no message', async () => {
		const number = scenario.addNumber();
		const workflowId = await listen(number);
		await api('DELETE', '');
		const [from] = contactNumbers(1, 4_915_400_000_000);
		const answer = await scenario.deliver(
			number,
			deliveryOf(number, [{ id: 'wamid.gone', from, text: 'Hi' }]),
		);
		expect(answer.status).toBe(200);
		const [{ id }] = await scenario.client.waitForExecutions(workflowId, 1);
		const execution = await scenario.client.getExecution(id);
		expect(execution.status).toBe('success');
		expect(itemsOf(execution, 'Trigger')).toHaveLength(1);
		const [{ hints = [] }] = execution.data.resultData.runData.Trigger;
		expect(hints[0].message).toMatch(/no data table with the ID/);
	});
});
