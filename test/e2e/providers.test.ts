import { randomBytes, randomUUID } from 'crypto';

import axios from 'axios';
import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import { itemsOf, type WorkflowDefinition } from '../n8n/client';
import { startClickatell, type Clickatell } from '../simulator/dialects/clickatell';
import { startCustom } from '../simulator/dialects/custom';
import { startDialog360, type Dialog360 } from '../simulator/dialects/dialog360';
import { startGupshup } from '../simulator/dialects/gupshup';
import { startKapso } from '../simulator/dialects/kapso';
import type { Dialect } from '../simulator/dialects/server';

import { connect, nodeOf, workflowOf } from './harness';
import {
	ACCOUNT,
	byId,
	byName,
	fields,
	HOUR,
	orderWebhook,
	Scenario,
	splitOut,
	TOKEN,
} from './scenario';

const KEY = 'key-of-the-shop';
const SECRET = 'a long word of our own';
/** The number itself, by which Clickatell knows it. */
const SHOP = '27999000002';

/** What of the workflow a way to WhatsApp decides. */
interface Way {
	parameters: INodeParameters;
	credentials: INode['credentials'];
}

/** What the business sent, by the books of the provider. */
interface Book {
	to: string;
	kind: string;
	windowWasOpen: boolean;
	/** Of a file, wherever it stands. */
	file?: Buffer;
}

/** A provider in front of the contacts, with books of its own. */
interface Front {
	way: Way;
	writes(from: string, text: string, agoSeconds?: number): Promise<void>;
	/** Delivers in the provider's form with another proof than its own. */
	forges(): Promise<number>;
	refusesWindow(when: 'atOnce' | 'later'): void;
	settled(): Promise<void>;
	sentTo(contact: string): Book[];
	outsideWindow(): number;
	stop(): Promise<void>;
}

/** The same shop behind another provider: the main job, judged by the books of the provider. */
describe('a shop behind another provider', () => {
	let scenario: Scenario;

	beforeAll(async () => {
		scenario = await Scenario.start('providers');
		scenario.sim.addTemplate({
			name: 'ticket',
			category: 'UTILITY',
			components: [
				{ type: 'HEADER', format: 'DOCUMENT' },
				{ type: 'BODY', text: 'Hello {{1}}, here is your ticket for seat {{2}}.' },
			],
		});
	});

	afterAll(async () => {
		await scenario?.stop();
	});

	const credentialOf = async (type: string, values: IDataObject): Promise<INode['credentials']> => {
		const name = `${type} ${randomUUID()}`;
		return { [type]: { id: await scenario.client.createCredential(name, type, values), name } };
	};

	/** Contact → answer, and order → ticket: the document where the window is open, else the template. */
	const shop = ({ parameters, credentials }: Way, webhook: INode): WorkflowDefinition => {
		const node = { credentials };
		const number = '';
		const trigger = scenario.trigger(number, { ...parameters }, node);
		const answer = scenario.send(number, { whenWindowClosed: 'output', ...parameters }, node);
		const pdf = nodeOf('PDF', 'n8n-nodes-base.convertToFile', {
			typeVersion: 1.1,
			parameters: {
				operation: 'toBinary',
				sourceProperty: 'pdf',
				options: { fileName: 'ticket.pdf', mimeType: 'application/pdf' },
			},
		});
		const customer = "={{ $('Split').item.json.customer }}";
		const seat = "={{ $('Split').item.json.seat }}";
		const ticket = scenario.whatsApp(
			'Ticket',
			number,
			{
				resource: 'message',
				operation: 'send',
				to: "={{ $('Split').item.json.phone }}",
				messageType: 'document',
				mediaSource: 'binary',
				whenWindowUnknown: 'try',
				whenWindowClosed: 'template',
				fallbackTemplate: byName('ticket'),
				fallbackTemplateFields: fields({
					'header:media': 'data',
					'body:1': customer,
					'body:2': seat,
				}),
				// For who has no list of templates.
				fallbackTypedTemplate: 'ticket',
				fallbackTypedCategory: 'UTILITY',
				fallbackTypedHeader: 'DOCUMENT',
				fallbackTypedHeaderValue: 'data',
				fallbackTypedValues: { value: [{ text: customer }, { text: seat }] },
				...parameters,
			},
			node,
		);
		const workflow = workflowOf('Shop', webhook, splitOut('body.orders'), pdf, ticket);
		workflow.nodes.push(trigger, answer);
		connect(workflow, 'Trigger', 'Send');
		return workflow;
	};

	const pdfOf = () => Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(2_000)]);

	/** What the shop's system posts, and what its workflow made of it. */
	const order = async (webhook: INode, contact: string, pdf = pdfOf()): Promise<IDataObject> => {
		const ordered = {
			phone: `+${contact}`,
			customer: 'Ada',
			seat: '7A',
			pdf: pdf.toString('base64'),
		};
		const { status, data } = await scenario.call(webhook, { orders: [ordered] });
		expect([status, data]).toEqual([200, expect.any(Array)]);
		const [item] = data as IDataObject[];
		return item;
	};

	/** The executions that the trigger started, when there are this many. */
	const answered = async (workflowId: string, count: number) => {
		const executions = await scenario.client.waitForExecutions(workflowId, count);
		return await Promise.all(
			executions.map(async ({ id }) => await scenario.client.getExecution(id)),
		);
	};

	const behind = (businessNumberId: string) => ({
		simulator: scenario.sim,
		apiKey: KEY,
		accessToken: TOKEN,
		businessAccountId: ACCOUNT,
		businessNumberId,
	});

	async function dialog360Front(number: string): Promise<Front & { dialog360: Dialog360 }> {
		const { sim } = scenario;
		const dialog360 = await startDialog360(behind(number));
		sim.setCallback(dialog360.fromMeta);
		return {
			dialog360,
			way: {
				parameters: { provider: 'compatible', businessNumber: byId(number) },
				credentials: await credentialOf('whatsAppCompatibleApi', {
					preset: 'dialog360',
					apiKey: KEY,
					baseUrl: dialog360.url,
					webhookSecret: SECRET,
				}),
			},
			writes: async (from, text, agoSeconds = 0) => {
				const { delivery } = await sim.writes({ from, to: number, text, agoSeconds });
				expect(delivery?.status).toBe(200);
			},
			forges: async () => {
				const { deliveries } = sim;
				const { payload } = deliveries[deliveries.length - 1];
				return await dialog360.forward(payload, { 'X-Webhook-Secret': `${SECRET}!` });
			},
			refusesWindow: (when) => {
				sim.settings.windowRefusal = when;
			},
			settled: async () => await sim.settled(),
			sentTo: (contact) =>
				scenario
					.sentFrom(number)
					.filter(({ to }) => to.phone === contact)
					.map(({ type, body, windowWasOpen }) => {
						const id = /"document":\{"id":"(\d+)"/.exec(JSON.stringify(body))?.[1];
						const file = id ? sim.media.get(id)?.bytes : undefined;
						return { to: contact, kind: type, windowWasOpen, ...(file && { file }) };
					}),
			outsideWindow: () =>
				sim.failuresOutsideWindow().filter(({ businessNumberId }) => businessNumberId === number)
					.length,
			stop: async () => await dialog360.stop(),
		};
	}

	async function clickatellFront(): Promise<Front & { clickatell: Clickatell }> {
		const clickatell = await startClickatell({ apiKey: KEY, number: SHOP, now: () => Date.now() });
		clickatell.settings.statuses = 'auto';
		return {
			clickatell,
			way: {
				parameters: { provider: 'clickatell', businessNumber: byId(`+${SHOP}`) },
				credentials: await credentialOf('clickatellApi', {
					apiKey: KEY,
					baseUrl: clickatell.url,
					webhookToken: SECRET,
				}),
			},
			writes: async (from, text, agoSeconds = 0) => {
				const timestamp = Date.now() - agoSeconds * 1000;
				expect(await clickatell.writes(from, text, { timestamp })).toBe(200);
			},
			forges: async () => {
				const url = clickatell.callback.url.replace(/token=.*/, 'token=another');
				const moText = [{ messageId: 'f', from: '4915112349999', to: SHOP, content: 'Let me in' }];
				const { status } = await axios.post(
					url,
					{ event: { moText } },
					{ proxy: false, validateStatus: () => true },
				);
				return status;
			},
			refusesWindow: (when) => {
				clickatell.settings.windowRefusal = when;
			},
			settled: async () => await clickatell.settled(),
			sentTo: (contact) =>
				clickatell.sent
					.filter(({ to }) => to === contact)
					.map(({ template, contentType, content, windowWasOpen }) => {
						const kind = template ? 'template' : contentType ? 'document' : 'text';
						const id = /"fileId":"(\w+)"/.exec(JSON.stringify(template ?? {}))?.[1];
						const inline = contentType ? Buffer.from(content ?? '', 'base64') : undefined;
						const file = id ? clickatell.files.get(id)?.content : inline;
						return { to: contact, kind, windowWasOpen, ...(file && { file }) };
					}),
			outsideWindow: () => clickatell.outsideWindow.length,
			stop: async () => await clickatell.stop(),
		};
	}

	/** Pastes the address into the portal of Clickatell, as the documentation says. */
	const paste = (clickatell: Clickatell, { nodes }: WorkflowDefinition) => {
		const { webhookId } = nodes.find(({ name }) => name === 'Trigger') as INode;
		const url = scenario.client.webhookUrl(String(webhookId), 'webhook');
		clickatell.callback.url = `${url}?${new URLSearchParams({ token: SECRET }).toString()}`;
	};

	describe.each([
		{ name: '360dialog', start: async () => await dialog360Front(scenario.addNumber()) },
		{ name: 'Clickatell', start: clickatellFront },
	])('of the name of $name', ({ start }) => {
		let front: Front & { clickatell?: Clickatell };
		let workflowId: string;
		const webhook = orderWebhook();

		beforeAll(async () => {
			front = await start();
			const workflow = shop(front.way, webhook);
			workflowId = await scenario.activate(workflow);
			if (front.clickatell) paste(front.clickatell, workflow);
		});

		afterAll(async () => {
			await scenario.client.deactivate(workflowId);
			front.refusesWindow('later');
			await front.stop();
		});

		it('answers who writes', async () => {
			await front.writes('4915112340001', 'Open?');
			const [execution] = await answered(workflowId, 1);
			expect(execution.status).toBe('success');
			expect(itemsOf(execution, 'Send')).toMatchObject([
				{ json: { sentAs: 'freeForm', messageStatus: 'accepted' } },
			]);
			await front.settled();
			expect(front.sentTo('4915112340001')).toEqual([
				{ to: '4915112340001', kind: 'text', windowWasOpen: true },
			]);
		});

		it('sends the ticket itself inside the window', async () => {
			const pdf = pdfOf();
			expect(await order(webhook, '4915112340001', pdf)).toMatchObject({
				sentAs: 'freeForm',
				messageStatus: 'accepted',
				decision: { window: { state: 'open' } },
			});
			const [, sent] = front.sentTo('4915112340001');
			expect(sent).toMatchObject({ kind: 'document', windowWasOpen: true });
			expect(sent.file?.equals(pdf)).toBe(true);
			expect(front.outsideWindow()).toBe(0);
		});

		it('sends a template with the ticket when the window is closed, and tries nothing else', async () => {
			await front.writes('4915112340002', 'Open?', 25 * HOUR);
			await answered(workflowId, 3);
			const pdf = pdfOf();
			expect(await order(webhook, '4915112340002', pdf)).toMatchObject({
				sentAs: 'template',
				decision: { window: { state: 'closed' } },
			});
			const [sent, ...more] = front.sentTo('4915112340002');
			expect(more).toEqual([]);
			expect(sent).toMatchObject({ kind: 'template', windowWasOpen: false });
			expect(sent.file?.equals(pdf)).toBe(true);
			expect(front.outsideWindow()).toBe(0);
		});

		it('sends the template in the same run when the provider refuses at once', async () => {
			front.refusesWindow('atOnce');
			expect(await order(webhook, '4915112340003')).toMatchObject({
				sentAs: 'template',
				decision: { window: { state: 'closed' } },
			});
			expect(front.sentTo('4915112340003')).toMatchObject([{ kind: 'template' }]);
			expect(front.outsideWindow()).toBe(1);
		});

		it('sends the next one as a template when the provider refuses later', async () => {
			front.refusesWindow('later');
			expect(await order(webhook, '4915112340004')).toMatchObject({ sentAs: 'freeForm' });
			await front.settled();
			expect(front.outsideWindow()).toBe(2);
			expect(await order(webhook, '4915112340004')).toMatchObject({
				sentAs: 'template',
				decision: { window: { state: 'closed' } },
			});
			expect(front.sentTo('4915112340004').map(({ kind }) => kind)).toEqual([
				'document',
				'template',
			]);
			expect(front.outsideWindow()).toBe(2);
		});

		it('takes nothing from whoever has not its proof', async () => {
			const before = (await scenario.client.listExecutions(workflowId)).length;
			expect(await front.forges()).toBe(401);
			expect(await scenario.client.listExecutions(workflowId)).toHaveLength(before);
		});
	});

	it('goes on working when the way under it is changed', async () => {
		const number = scenario.addNumber();
		const webhook = orderWebhook();
		const { sim } = scenario;
		const [early, late] = ['4915112340001', '4915112340002'];

		// At Meta.
		const meta = {
			parameters: { businessNumber: byId(number) },
			credentials: (await scenario.addCredential()) as INode['credentials'],
		};
		const workflow = shop(meta, webhook);
		const workflowId = await scenario.activate(workflow);
		await sim.writes({ from: early, to: number, text: 'One' });
		await sim.writes({ from: late, to: number, text: 'One', agoSeconds: 25 * HOUR });
		await answered(workflowId, 2);

		/** Changes 'Connect Through', the number where need be, and the credential, in every node. */
		const change = async ({ parameters, credentials }: Way) => {
			const isOurs = ({ name }: INode) => ['Trigger', 'Send', 'Ticket'].includes(name);
			const nodes = workflow.nodes.map((node) =>
				isOurs(node)
					? { ...node, credentials, parameters: { ...node.parameters, ...parameters } }
					: node,
			);
			await scenario.client.updateWorkflow(workflowId, { nodes });
			await scenario.client.activate(workflowId);
		};

		// At 360dialog: the same number, so what is known of the contacts stays known.
		const front = await dialog360Front(number);
		await change({ ...front.way, parameters: { provider: 'compatible' } });
		expect(await scenario.callbackOf(number)).toBe('');
		expect(await order(webhook, early)).toMatchObject({ sentAs: 'freeForm' });
		expect(await order(webhook, late)).toMatchObject({ sentAs: 'template' });
		await front.writes(late, 'Two');
		const executions = await answered(workflowId, 5);
		expect(itemsOf(executions[4], 'Send')).toMatchObject([{ json: { sentAs: 'freeForm' } }]);
		expect(await order(webhook, late)).toMatchObject({ sentAs: 'freeForm' });
		expect(front.dialog360.seen.filter(({ path }) => path === '/messages')).toHaveLength(4);
		expect(front.sentTo(late).map(({ kind }) => kind)).toEqual(['template', 'text', 'document']);

		// At Clickatell: the number is another one to it, with windows of its own.
		const { clickatell, ...other } = await clickatellFront();
		await change(other.way);
		expect(front.dialog360.webhook).toEqual({ url: '', headers: {} });
		paste(clickatell, workflow);
		await other.writes(early, 'Three');
		await answered(workflowId, 7);
		expect(await order(webhook, early)).toMatchObject({ sentAs: 'freeForm' });
		await other.settled();
		expect(other.sentTo(early).map(({ kind }) => kind)).toEqual(['text', 'document']);
		expect([front.outsideWindow(), other.outsideWindow()]).toEqual([0, 0]);

		await scenario.client.deactivate(workflowId);
		await Promise.all([front.stop(), other.stop()]);
	});

	describe('whose credential is tested', () => {
		const fronts: Dialect[] = [];
		let number: string;

		beforeAll(() => {
			number = scenario.addNumber();
		});

		afterAll(async () => {
			await Promise.all(fronts.map(async (front) => await front.stop()));
		});

		const started = <T extends Dialect>(front: T): T => {
			fronts.push(front);
			return front;
		};
		const WAYS: Array<{
			name: string;
			type?: string;
			start: () => Promise<IDataObject>;
		}> = [
			{
				name: '360dialog',
				start: async () => {
					const { url } = started(await startDialog360(behind(number)));
					return { preset: 'dialog360', baseUrl: `${url}/` };
				},
			},
			{
				name: 'Kapso',
				start: async () => {
					const { base } = started(await startKapso(behind(number), SECRET));
					return { preset: 'kapso', baseUrl: base, phoneNumberId: number };
				},
			},
			{
				name: 'Gupshup',
				start: async () => {
					const { url } = started(await startGupshup(behind(number), 'app-1'));
					return { preset: 'gupshup', baseUrl: url, appId: 'app-1' };
				},
			},
			{
				name: 'a custom provider',
				start: async () => {
					const { base } = started(await startCustom(behind(number), SECRET));
					const header = { headerName: 'X-Access', headerPrefix: 'Key' };
					return { preset: 'custom', baseUrl: base, ...header, testPath: '/status' };
				},
			},
			{
				name: 'Clickatell',
				type: 'clickatellApi',
				start: async () => {
					const front = { apiKey: KEY, number: SHOP, now: () => Date.now() };
					const { url } = started(await startClickatell(front));
					return { baseUrl: url };
				},
			},
		];

		it.each(WAYS)('at $name: it works, or the key is named', async ({ type, start }) => {
			const values = await start();
			const test = async (apiKey: string) => {
				const name = type ?? 'whatsAppCompatibleApi';
				const credential = await credentialOf(name, { ...values, apiKey });
				return await scenario.client.testCredential(String(credential?.[name].id));
			};
			expect(await test(KEY)).toMatchObject({ status: 'OK' });
			expect(await test('wrong')).toMatchObject({
				status: 'Error',
				message: expect.stringContaining("'API Key'") as string,
			});
		});
	});

	it("says in n8n's answer why a webhook of Kapso's own kind starts nothing", async () => {
		const number = scenario.addNumber();
		const kapso = await startKapso(behind(number), SECRET);
		const credentials = await credentialOf('whatsAppCompatibleApi', {
			preset: 'kapso',
			apiKey: KEY,
			baseUrl: kapso.base,
			phoneNumberId: number,
			webhookProof: 'hmac',
			webhookHeader: 'X-Webhook-Signature',
			webhookSecret: SECRET,
		});
		const trigger = scenario.trigger(
			number,
			{ provider: 'compatible', registration: 'manual' },
			{ credentials },
		);
		const workflowId = await scenario.activate(workflowOf('Kapso', trigger));
		kapso.webhook.url = scenario.client.webhookUrl(String(trigger.webhookId), 'webhook');
		const told = await kapso.tells('whatsapp.message.received', { message: { id: 'wamid.K' } });
		expect(told).toEqual({ status: 200, body: expect.stringContaining("kind 'meta'") });

		// A webhook of the kind 'meta' starts the workflow, with the proof that Kapso makes.
		scenario.sim.setCallback(kapso.fromMeta);
		await scenario.sim.writes({ from: '4915112340001', to: number, text: 'Open?' });
		const [{ id }] = await scenario.client.waitForExecutions(workflowId, 1);
		const execution = await scenario.client.getExecution(id);
		expect(itemsOf(execution, 'Trigger')).toMatchObject([{ json: { text: 'Open?' } }]);
		await kapso.stop();
	});
});
