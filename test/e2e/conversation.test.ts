import axios from 'axios';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { exampleWorkflow } from '../demo/examples';
import { itemsOf } from '../n8n/client';

import { connect, nodeOf, workflowOf } from './harness';
import {
	type Answer,
	type Asking,
	byName,
	deliveryOf,
	fields,
	HOUR,
	orderWebhook,
	Scenario,
	SECRET,
	signatureOf,
	splitOut,
} from './scenario';

const CUSTOMER = '4915112345678';

/** Support on WhatsApp: a contact writes, the workflow answers as far as WhatsApp lets it. */
describe('a conversation', () => {
	let scenario: Scenario;
	let ask: Asking;

	beforeAll(async () => {
		scenario = await Scenario.start('conversation');
		ask = await scenario.addAsker();
		scenario.sim.addTemplate({
			name: 'come_back',
			category: 'UTILITY',
			components: [{ type: 'BODY', text: 'Hello {{1}}, we have news about {{2}}.' }],
		});
	});

	afterAll(async () => {
		await scenario?.stop();
	});

	const executionsOf = async (workflowId: string, count: number) =>
		await Promise.all(
			(await scenario.client.waitForExecutions(workflowId, count)).map(
				async ({ id }) => await scenario.client.getExecution(id),
			),
		);

	describe('that somebody forges', () => {
		let number: string;
		let workflowId: string;
		let callback: string;

		beforeAll(async () => {
			number = scenario.addNumber();
			workflowId = await scenario.activate(workflowOf('Support', scenario.trigger(number)));
			callback = await scenario.callbackOf(number);
		});

		const message = { id: 'wamid.forged', from: CUSTOMER, text: 'Let me in' };
		const genuine = { id: 'wamid.genuine', from: '4915112345679', text: 'Hello' };

		it.each([
			{
				what: 'made with another secret',
				signature: (payload: object) => signatureOf(payload, 'x'),
			},
			{ what: 'of another payload', signature: () => signatureOf({ other: true }) },
			{ what: 'that is missing', signature: () => null },
			{ what: 'that is empty', signature: () => '' },
			{ what: 'without a digest', signature: () => 'sha256=' },
			{ what: 'cut short', signature: (payload: object) => signatureOf(payload).slice(0, -2) },
			{ what: 'without its prefix', signature: (payload: object) => signatureOf(payload).slice(7) },
		])('is refused for a signature $what, and changes nothing', async ({ signature }) => {
			const before = await scenario.client.getStaticData(workflowId);
			const payload = deliveryOf(number, [message]);
			const { status } = await scenario.deliver(number, payload, signature(payload));
			expect(status).toBe(401);
			expect(await scenario.client.getStaticData(workflowId)).toEqual(before);
			const [{ window, watchedSince }] = await ask(number, [CUSTOMER]);
			expect(window).toMatchObject({ state: 'unknown', openedAt: null });
			expect(watchedSince).not.toBeNull();
		});

		it('starts nothing, while a genuine message does', async () => {
			expect((await scenario.deliver(number, deliveryOf(number, [genuine]))).status).toBe(200);
			const executions = await executionsOf(workflowId, 1);
			expect(executions.map((execution) => itemsOf(execution, 'Trigger'))).toMatchObject([
				[{ json: { messageId: genuine.id } }],
			]);
			const windows = await ask(number, [genuine.from, CUSTOMER]);
			expect(windows).toMatchObject([
				{ window: { state: 'open' } },
				{ window: { state: 'unknown' } },
			]);
		});

		it('cannot take over the callback by guessing the verify token', async () => {
			const challenge = async (token: string) =>
				await axios.get(callback, {
					params: { 'hub.mode': 'subscribe', 'hub.challenge': '42', 'hub.verify_token': token },
					proxy: false,
					validateStatus: () => true,
				});
			for (const token of ['', 'guess', SECRET]) {
				const { status, data } = await challenge(token);
				expect([token, status]).toEqual([token, 403]);
				expect(String(data)).not.toContain('42');
			}
		});
	});

	it('is answered in the run that the message starts', async () => {
		const number = scenario.addNumber();
		const workflow = workflowOf('Support', scenario.trigger(number), scenario.send(number));
		const workflowId = await scenario.activate(workflow);
		await scenario.sim.writes({ from: { phone: CUSTOMER, name: 'Ann' }, to: number, text: 'Hi' });

		const [execution] = await executionsOf(workflowId, 1);
		expect(execution.status).toBe('success');
		expect(itemsOf(execution, 'Send')).toMatchObject([
			{
				json: {
					phone: `+${CUSTOMER}`,
					sentAs: 'freeForm',
					messageStatus: 'accepted',
					decision: { allowed: true, reason: 'windowOpen', window: { state: 'open' } },
				},
			},
		]);
		await scenario.sim.settled();
		expect(scenario.sentFrom(number)).toMatchObject([
			{
				windowWasOpen: true,
				type: 'text',
				body: { text: { body: 'You wrote: Hi' } },
				statuses: [{ status: 'sent' }, { status: 'delivered' }],
			},
		]);
		expect(await ask(number, [CUSTOMER])).toMatchObject([
			{ window: { state: 'open' }, maySend: { freeForm: { allowed: true } } },
		]);
	});

	describe('whose window has closed', () => {
		/** A message of 25 hours ago, and what the workflow makes of it. */
		const lateMessage = async (parameters: INodeParameters) => {
			const number = scenario.addNumber();
			const send = scenario.send(number, parameters);
			const workflowId = await scenario.activate(
				workflowOf('Support', scenario.trigger(number), send),
			);
			await scenario.sim.writes({
				from: { phone: CUSTOMER, name: 'Ann' },
				to: number,
				text: 'Hi',
				agoSeconds: 25 * HOUR,
			});
			const [execution] = await executionsOf(workflowId, 1);
			await scenario.sim.settled();
			return { number, workflowId, execution, sent: scenario.sentFrom(number) };
		};

		it('stops with an error by default, before anything is sent, and says why', async () => {
			const { execution, sent } = await lateMessage({});
			expect(sent).toEqual([]);
			expect(execution.status).toBe('error');
			expect(itemsOf(execution, 'Trigger')).toMatchObject([
				{ json: { late: true, window: { state: 'closed', secondsLeft: 0 } } },
			]);
			const { message, description } = execution.data.resultData.error as {
				message: string;
				description: string;
			};
			expect(message).toContain('The 24-hour window closed at');
			expect(message).toContain('WhatsApp accepts only an approved template');
			expect(description).toContain('Send a template');
		});

		it("passes the item to the output 'Window Closed'", async () => {
			const { execution, sent } = await lateMessage({ whenWindowClosed: 'output' });
			expect(sent).toEqual([]);
			expect(execution.status).toBe('success');
			expect(itemsOf(execution, 'Send', 0)).toEqual([]);
			expect(itemsOf(execution, 'Send', 1)).toMatchObject([
				{
					json: {
						messageId: null,
						sentAs: null,
						decision: { allowed: false, reason: 'windowClosed', window: { state: 'closed' } },
					},
				},
			]);
		});

		it('sends a template instead, filled from the message', async () => {
			const { execution, sent } = await lateMessage({
				whenWindowClosed: 'template',
				fallbackTemplate: byName('come_back'),
				fallbackTemplateFields: fields({ 'body:1': '={{ $json.name }}', 'body:2': 'your order' }),
			});
			expect(sent).toMatchObject([
				{
					type: 'template',
					windowWasOpen: false,
					statuses: [{ status: 'sent' }, { status: 'delivered' }],
					body: {
						template: {
							name: 'come_back',
							language: { code: 'en_US' },
							components: [
								{
									type: 'body',
									parameters: [
										{ type: 'text', text: 'Ann' },
										{ type: 'text', text: 'your order' },
									],
								},
							],
						},
					},
				},
			]);
			expect(execution.status).toBe('success');
			expect(itemsOf(execution, 'Send')).toMatchObject([
				{
					json: {
						sentAs: 'template',
						decision: { allowed: true, reason: 'sentTemplateInstead' },
						preview: { body: 'Hello Ann, we have news about your order.' },
					},
				},
			]);
		});

		it('sends anyway where that is wanted, and learns from the refusal that comes later', async () => {
			const { number, execution, sent } = await lateMessage({ whenWindowClosed: 'sendAnyway' });
			expect(sent).toMatchObject([
				{
					type: 'text',
					windowWasOpen: false,
					statuses: [{ status: 'failed', errors: [{ code: 131047 }] }],
				},
			]);
			expect(execution.status).toBe('success');
			expect(itemsOf(execution, 'Send')).toMatchObject([
				{
					json: {
						sentAs: 'freeForm',
						messageStatus: 'accepted',
						decision: { reason: 'sentAnyway', window: { state: 'closed' } },
					},
				},
			]);
			const [{ window, refusedAt, maySend }] = await ask(number, [CUSTOMER]);
			expect(window).toMatchObject({ state: 'closed' });
			expect(refusedAt).not.toBeNull();
			expect(maySend).toMatchObject({
				freeForm: { allowed: false, reason: 'windowClosedByProvider' },
				utilityTemplate: { allowed: true },
			});
		});

		it('opens again when the contact writes', async () => {
			const { number, workflowId } = await lateMessage({ whenWindowClosed: 'output' });
			await scenario.sim.writes({ from: CUSTOMER, to: number, text: 'I am back' });
			await executionsOf(workflowId, 2);
			expect(await ask(number, [CUSTOMER])).toMatchObject([{ window: { state: 'open' } }]);
			expect(scenario.sentFrom(number)).toMatchObject([{ windowWasOpen: true }]);
		});
	});

	it('closes at once when WhatsApp says so, whatever was believed', async () => {
		const number = scenario.addNumber();
		const send = scenario.send(number);
		const workflowId = await scenario.activate(
			workflowOf('Support', scenario.trigger(number), send),
		);
		scenario.sim.failLater({ code: 131047, to: CUSTOMER });
		await scenario.sim.writes({ from: CUSTOMER, to: number, text: 'Hi' });
		await executionsOf(workflowId, 1);
		await scenario.sim.settled();
		expect(await ask(number, [CUSTOMER])).toMatchObject([
			{
				window: { state: 'closed' },
				maySend: { freeForm: { allowed: false, reason: 'windowClosedByProvider' } },
			},
		]);
	});

	it('that WhatsApp cannot deliver goes on elsewhere, as the example shows', async () => {
		const number = scenario.addNumber();
		const { whatsAppCloudApi: credential } = await scenario.addCredential();
		const shop = { id: number, name: 'Corner Shop' };
		const example = exampleWorkflow('status-retry-other-channel', shop, credential);
		const elsewhere = ['Send an SMS', 'Tell a Colleague'];
		const nodes = example.nodes.map((node) =>
			elsewhere.includes(node.name) ? nodeOf(node.name, 'n8n-nodes-base.noOp') : node,
		);
		const workflowId = await scenario.activate({ ...example, nodes });

		const gone = '4915112340003';
		scenario.sim.notOnWhatsApp(gone);
		const webhook = orderWebhook();
		const send = scenario.whatsApp('Send', number, {
			operation: 'sendTemplate',
			to: '={{ $json.phone }}',
			template: byName('come_back'),
			templateFields: fields({ 'body:1': 'Ann', 'body:2': 'your order' }),
		});
		await scenario.activate(workflowOf('News', webhook, splitOut('body.contacts'), send));
		await scenario.call(webhook, { contacts: [{ phone: CUSTOMER }, { phone: gone }] });

		const executions = await executionsOf(workflowId, 3);
		expect(executions.map(({ status }) => status)).toEqual(Array(3).fill('success'));
		const items = (name: string) =>
			executions.flatMap((execution) => itemsOf(execution, name).map(({ json }) => json));
		expect(
			items('When a Status Comes')
				.map(({ status }) => status)
				.sort(),
		).toEqual(['delivered', 'failed', 'sent']);
		expect(items('Send an SMS')).toMatchObject([
			{
				phone: `+${gone}`,
				errorKind: 'unreachable',
				retry: 'never',
				templateName: 'come_back',
				templateCategory: 'UTILITY',
				sentAt: expect.stringMatching(/Z$/),
				trackingData: '',
			},
		]);
		expect(items('Tell a Colleague')).toEqual([]);
	});

	describe('of which nothing is on record', () => {
		/** A send without trigger, answered with what the node put out. */
		const sendTo = async (parameters: INodeParameters): Promise<{ number: string } & Answer> => {
			const number = scenario.addNumber();
			const webhook = orderWebhook();
			const send = scenario.send(
				number,
				{ to: `+${CUSTOMER}`, text: 'Your order has been shipped.', ...parameters },
				{ onError: 'continueRegularOutput' },
			);
			await scenario.activate(workflowOf('Order', webhook, send));
			return { number, ...(await scenario.call(webhook, {})) };
		};

		it('is not taken for closed: the words say that nothing is known', async () => {
			const { number, data } = await sendTo({});
			expect(scenario.sentFrom(number)).toEqual([]);
			const [{ error, message, details }] = data as IDataObject[];
			expect(error).toContain('No message from this contact');
			expect(error).not.toContain('closed');
			expect(message).toContain('Try the Free-Form Message');
			expect(details).toMatchObject({
				decision: { allowed: false, reason: 'windowUnknown', window: { state: 'unknown' } },
			});
		});

		it('is tried where that is wanted', async () => {
			const { number, data } = await sendTo({ whenWindowUnknown: 'try' });
			expect(data).toMatchObject([
				{
					sentAs: 'freeForm',
					messageStatus: 'accepted',
					decision: { allowed: true, reason: 'windowUnknownTried', window: { state: 'unknown' } },
				},
			]);
			expect(scenario.sentFrom(number)).toMatchObject([{ type: 'text', windowWasOpen: false }]);
		});

		it("is settled by the user's own record of the last message", async () => {
			const hoursAgo = (hours: number) => new Date(Date.now() - hours * HOUR * 1000).toISOString();
			const recent = await sendTo({ options: { contactLastMessageAt: hoursAgo(2) } });
			expect(recent.data).toMatchObject([
				{ sentAs: 'freeForm', decision: { reason: 'windowOpen' } },
			]);
			const old = await sendTo({ options: { contactLastMessageAt: hoursAgo(30) } });
			expect(old.data).toMatchObject([{ details: { decision: { reason: 'windowClosed' } } }]);
			expect(scenario.sentFrom(old.number)).toEqual([]);
		});
	});

	describe('with what goes wrong as data', () => {
		it('sorts sent, closed and wrong items into three outputs, each with its own input', async () => {
			const number = scenario.addNumber();
			await scenario.activate(workflowOf('Inbox', scenario.trigger(number)));
			const [open, closed] = ['4915112340001', '4915112340002'];
			await scenario.sim.writes({ from: open, to: number, text: 'Hi' });
			await scenario.sim.writes({ from: closed, to: number, text: 'Hi', agoSeconds: 25 * HOUR });

			const webhook = orderWebhook();
			const split = splitOut('body.contacts');
			const send = scenario.send(
				number,
				{ to: '={{ $json.phone }}', text: 'News.', whenWindowClosed: 'output' },
				{ onError: 'continueErrorOutput' },
			);
			const sinks = ['Sent', 'Closed', 'Wrong'].map((name) => nodeOf(name, 'n8n-nodes-base.noOp'));
			const workflow = workflowOf('News', webhook, split, send);
			workflow.nodes.push(...sinks);
			sinks.forEach(({ name }, output) => connect(workflow, 'Send', name, output));
			const workflowId = await scenario.activate(workflow);
			const contacts = [{ phone: closed }, { phone: 'nobody' }, { phone: open }];
			await scenario.call(webhook, { contacts });

			const [execution] = await executionsOf(workflowId, 1);
			expect(execution.status).toBe('success');
			expect(itemsOf(execution, 'Sent')).toMatchObject([
				{ json: { sentAs: 'freeForm', phone: `+${open}` } },
			]);
			expect(itemsOf(execution, 'Closed')).toMatchObject([
				{ json: { decision: { reason: 'windowClosed' }, phone: `+${closed}` } },
			]);
			expect(itemsOf(execution, 'Wrong')).toMatchObject([
				{
					json: {
						phone: 'nobody',
						error: expect.stringContaining("'To'"),
						message: expect.stringMatching(/\w/),
						details: { kind: 'input', field: 'To' },
					},
				},
			]);
			const paired = [0, 1, 2].map((output) =>
				itemsOf(execution, 'Send', output).map(({ pairedItem }) => pairedItem),
			);
			expect(paired).toEqual([[{ item: 2 }], [{ item: 0 }], [{ item: 1 }]]);
			expect(scenario.sentFrom(number)).toHaveLength(1);
		});
	});
});
