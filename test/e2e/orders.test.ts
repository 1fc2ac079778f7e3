import { randomBytes } from 'crypto';

import type { IDataObject, INode } from 'n8n-workflow';

import { itemsOf } from '../n8n/client';

import { connect, nodeOf, workflowOf } from './harness';
import { type Asking, byName, fields, HOUR, orderWebhook, Scenario, splitOut } from './scenario';

/** What the shop's system posts. */
interface Order {
	phone: string;
	customer: string;
	seat: string;
	token: string;
	/** The ticket, base64. */
	pdf: string;
}

/** A shop: an order comes in by webhook, and the ticket goes out as a template with a PDF. */
describe('an order', () => {
	let scenario: Scenario;
	let ask: Asking;

	beforeAll(async () => {
		scenario = await Scenario.start('orders');
		ask = await scenario.addAsker();
		scenario.sim.addTemplate({
			name: 'ticket',
			category: 'UTILITY',
			components: [
				{ type: 'HEADER', format: 'DOCUMENT' },
				{ type: 'BODY', text: 'Hello {{1}}, here is your ticket for seat {{2}}.' },
				{
					type: 'BUTTONS',
					buttons: [{ type: 'URL', text: 'Show', url: 'https://example.com/ticket/{{1}}' }],
				},
			],
		});
	});

	afterAll(async () => {
		await scenario?.stop();
	});

	const orderOf = (index: number, change: Partial<Order> = {}): Order => ({
		phone: `+49 151 1234-000${index}`,
		customer: `Customer ${index}`,
		seat: `${index}A`,
		token: `t-${index}`,
		pdf: Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(2_000 + index)]).toString('base64'),
		...change,
	});

	/** Who got a message; the messages to different contacts go out in no certain order. */
	const recipients = (number: string) =>
		scenario
			.sentFrom(number)
			.map(({ to }) => to.phone)
			.sort();

	/** Webhook → one item for each order → its PDF as a file → the ticket. */
	const shop = (number: string, node: Partial<INode> = {}) => {
		const webhook = orderWebhook();
		const toFile = nodeOf('PDF', 'n8n-nodes-base.convertToFile', {
			typeVersion: 1.1,
			parameters: {
				operation: 'toBinary',
				sourceProperty: 'pdf',
				options: {
					fileName: "=ticket-{{ $('Split').item.json.seat }}.pdf",
					mimeType: 'application/pdf',
				},
			},
		});
		const send = scenario.whatsApp(
			'Send',
			number,
			{
				resource: 'message',
				operation: 'sendTemplate',
				to: "={{ $('Split').item.json.phone }}",
				template: byName('ticket'),
				templateFields: fields({
					'header:media': 'data',
					'body:1': "={{ $('Split').item.json.customer }}",
					'body:2': "={{ $('Split').item.json.seat }}",
					'button:0:1': "={{ $('Split').item.json.token }}",
				}),
			},
			node,
		);
		return {
			webhook,
			send,
			workflow: workflowOf('Shop', webhook, splitOut('body.orders'), toFile, send),
		};
	};

	it('is answered with its ticket: the file as it was, and every value in its place', async () => {
		const number = scenario.addNumber();
		const { webhook, workflow } = shop(number);
		await scenario.activate(workflow);
		const orders = [orderOf(1), orderOf(2)];
		const { status, data } = await scenario.call(webhook, { orders });

		expect(status).toBe(200);
		expect(data).toMatchObject(
			orders.map(({ customer, seat }, index) => ({
				phone: `+491511234000${index + 1}`,
				sentAs: 'template',
				messageStatus: 'accepted',
				decision: { allowed: true, window: { state: 'unknown' } },
				preview: { body: `Hello ${customer}, here is your ticket for seat ${seat}.` },
			})),
		);
		await scenario.sim.settled();
		const sent = scenario.sentFrom(number);
		expect(sent.map(({ statuses }) => statuses.at(-1)?.status)).toEqual(['delivered', 'delivered']);
		expect(recipients(number)).toEqual(['4915112340001', '4915112340002']);
		sent.forEach(({ to, body }) => {
			const order = orders[Number(to.phone?.slice(-1)) - 1];
			const { components, ...template } = body.template as IDataObject;
			expect(template).toEqual({ name: 'ticket', language: { code: 'en_US' } });
			const mediaId = expect.stringMatching(/^\d+$/);
			expect(components).toEqual([
				{
					type: 'header',
					parameters: [
						{ type: 'document', document: { id: mediaId, filename: `ticket-${order.seat}.pdf` } },
					],
				},
				{
					type: 'body',
					parameters: [
						{ type: 'text', text: order.customer },
						{ type: 'text', text: order.seat },
					],
				},
				{
					type: 'button',
					sub_type: 'url',
					index: '0',
					parameters: [{ type: 'text', text: order.token }],
				},
			]);
			const [header] = components as Array<{ parameters: Array<{ document: { id: string } }> }>;
			const file = scenario.sim.media.get(header.parameters[0].document.id);
			expect(file).toMatchObject({
				fileName: `ticket-${order.seat}.pdf`,
				mimeType: 'application/pdf',
				businessNumberId: number,
			});
			expect(file?.bytes.equals(Buffer.from(order.pdf, 'base64'))).toBe(true);
		});
	});

	it('of an unfinished sort fails alone: as data on its item, while the others are sent', async () => {
		const number = scenario.addNumber();
		const { webhook, workflow } = shop(number, { onError: 'continueRegularOutput' });
		await scenario.activate(workflow);
		const orders = [orderOf(1), orderOf(2, { customer: '' }), orderOf(3)];
		const { data } = await scenario.call(webhook, { orders });

		expect(data).toEqual([
			expect.objectContaining({ sentAs: 'template' }),
			{
				error: expect.stringMatching(/Template 'ticket' needs 2 values.*\[item 1\]/),
				message: expect.stringContaining('Fill'),
				details: expect.objectContaining({
					kind: 'input',
					field: expect.stringContaining('{{1}}'),
				}),
			},
			expect.objectContaining({ sentAs: 'template' }),
		]);
		expect(scenario.sentFrom(number)).toHaveLength(2);
		const uploads = scenario.sim.requests.filter(({ path }) => path.endsWith(`/${number}/media`));
		expect(uploads).toHaveLength(2);
	});

	it('of an unfinished sort goes to the error output with what came in', async () => {
		const number = scenario.addNumber();
		const { webhook, workflow } = shop(number, { onError: 'continueErrorOutput' });
		workflow.nodes.push(
			nodeOf('Sent', 'n8n-nodes-base.noOp'),
			nodeOf('Wrong', 'n8n-nodes-base.noOp'),
		);
		connect(workflow, 'Send', 'Sent', 0);
		connect(workflow, 'Send', 'Wrong', 1);
		const workflowId = await scenario.activate(workflow);
		const orders = [orderOf(1), orderOf(2, { seat: 'row\n5' }), orderOf(3)];
		await scenario.call(webhook, { orders });

		const [{ id }] = await scenario.client.waitForExecutions(workflowId, 1);
		const execution = await scenario.client.getExecution(id);
		expect(execution.status).toBe('success');
		expect(itemsOf(execution, 'Sent').map(({ pairedItem }) => pairedItem)).toHaveLength(2);
		expect(itemsOf(execution, 'Send', 0).map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 2 },
		]);
		const [wrong, ...more] = itemsOf(execution, 'Send', 1);
		expect(more).toEqual([]);
		expect(wrong).toMatchObject({
			pairedItem: { item: 1 },
			json: {
				error: expect.stringContaining('[item 1]'),
				message: expect.stringMatching(/\w/),
				details: { kind: 'input' },
			},
		});
		expect(recipients(number)).toEqual(['4915112340001', '4915112340003']);
	});

	it('keeps the order of the messages to one contact, however the number is written', async () => {
		const number = scenario.addNumber();
		const { webhook, workflow } = shop(number);
		await scenario.activate(workflow);
		const spellings = ['+49 151 1234-0001', '4915112340001', '0049 151 12340001', '+4915112340001'];
		const orders = spellings.flatMap((phone, i) => [
			orderOf(1, { phone, seat: `seat ${i}` }),
			orderOf(2, { seat: `seat ${i}` }),
		]);
		await scenario.call(webhook, { orders });
		for (const contact of ['4915112340001', '4915112340002']) {
			const sent = scenario.sentFrom(number).filter(({ to }) => to.phone === contact);
			const seats = sent.map(({ body }) => /seat \d/.exec(JSON.stringify(body))?.[0]);
			expect(seats).toEqual(['seat 0', 'seat 1', 'seat 2', 'seat 3']);
		}
	});

	it('stops the workflow by default, with the field and the item in the message', async () => {
		const number = scenario.addNumber();
		const { webhook, workflow } = shop(number);
		const workflowId = await scenario.activate(workflow);
		await scenario.call(webhook, { orders: [orderOf(1, { seat: '' })] });
		const [{ id }] = await scenario.client.waitForExecutions(workflowId, 1);
		const { status, data } = await scenario.client.getExecution(id);
		expect(status).toBe('error');
		expect(data.resultData.error?.message).toContain("Template 'ticket' needs 2 values");
		expect(data.resultData.error?.message).toContain('[item 0]');
		expect(scenario.sentFrom(number)).toEqual([]);
	});

	it('finds the windows that the trigger of another workflow has seen', async () => {
		const number = scenario.addNumber();
		await scenario.activate(workflowOf('Inbox', scenario.trigger(number)));
		await scenario.sim.writes({ from: '4915112340001', to: number, text: 'When?' });
		await scenario.sim.writes({
			from: '4915112340002',
			to: number,
			text: 'When?',
			agoSeconds: 25 * HOUR,
		});
		const windows = await ask(number, ['+49 151 1234-0001', '0049 151 1234 0002', '4915112340003']);
		expect(windows.map(({ window }) => (window as IDataObject).state)).toEqual([
			'open',
			'closed',
			'unknown',
		]);

		const webhook = orderWebhook();
		const send = scenario.send(number, {
			to: '={{ $json.phone }}',
			text: 'Today.',
			whenWindowClosed: 'output',
		});
		const workflowId = await scenario.activate(
			workflowOf('Order', webhook, splitOut('body.orders'), send),
		);
		await scenario.call(webhook, { orders: [1, 2, 3].map((index) => orderOf(index)) });
		const [{ id }] = await scenario.client.waitForExecutions(workflowId, 1);
		const execution = await scenario.client.getExecution(id);
		expect(itemsOf(execution, 'Send', 0)).toMatchObject([{ json: { phone: '+4915112340001' } }]);
		expect(itemsOf(execution, 'Send', 1)).toMatchObject([
			{ json: { decision: { reason: 'windowClosed' } } },
			{ json: { decision: { reason: 'windowUnknown' } } },
		]);
		expect(scenario.sentFrom(number)).toMatchObject([{ windowWasOpen: true }]);
	});

	describe("with 'Retry On Fail'", () => {
		const retry: Partial<INode> = { retryOnFail: true, maxTries: 2, waitBetweenTries: 50 };
		const refusals = (number: string) =>
			scenario.sim.requests.filter(
				({ path, status }) => path.endsWith(`/${number}/messages`) && status === 429,
			).length;

		afterEach(() => {
			scenario.sim.settings.throughputLimit = 0;
		});

		it('sends each order once, however often a run that stops is repeated', async () => {
			const number = scenario.addNumber();
			const { webhook, workflow } = shop(number, {
				...retry,
				maxTries: 5,
				waitBetweenTries: 1_100,
			});
			await scenario.activate(workflow);
			// Of three orders the second one is refused, and in the second run the third one.
			scenario.sim.settings.throughputLimit = 1;
			const { data } = await scenario.call(webhook, {
				orders: [1, 2, 3].map((index) => orderOf(index)),
			});
			expect(data).toMatchObject([1, 2, 3].map(() => ({ sentAs: 'template' })));
			expect(recipients(number)).toEqual(['4915112340001', '4915112340002', '4915112340003']);
			expect(refusals(number)).toBeGreaterThan(0);
		});

		it('sends each order once in a run that goes on although the first was refused', async () => {
			const number = scenario.addNumber();
			const { webhook, workflow } = shop(number, { ...retry, onError: 'continueErrorOutput' });
			await scenario.activate(workflow);
			scenario.sim.failNext({ path: `/${number}/messages`, code: 130429 });
			const { data } = await scenario.call(webhook, {
				orders: [1, 2, 3].map((index) => orderOf(index)),
			});
			expect(data).toMatchObject([1, 2, 3].map(() => ({ sentAs: 'template' })));
			expect(recipients(number)).toEqual(['4915112340001', '4915112340002', '4915112340003']);
			expect(refusals(number)).toBe(1);
		});

		it('does not send again what WhatsApp may have accepted without an answer', async () => {
			const number = scenario.addNumber();
			const { webhook, workflow } = shop(number, { ...retry, onError: 'continueRegularOutput' });
			await scenario.activate(workflow);
			scenario.sim.failNext({ path: `/${number}/messages`, when: 'cutAfter' });
			const { data } = await scenario.call(webhook, { orders: [orderOf(1)] });
			expect(recipients(number)).toEqual(['4915112340001']);
			expect(data).toMatchObject([{ error: expect.stringMatching(/\w/) }]);
		});
	});
});
