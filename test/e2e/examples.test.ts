import axios from 'axios';
import type { IDataObject } from 'n8n-workflow';

import { exampleTemplates } from '../demo/cast';
import { itemsOf, waitFor, type WorkflowDefinition } from '../n8n/client';
import { workflows as oldWorkflows } from '../unit/migrate/oldWorkflows';

import { workflowOf } from './harness';
import { Imported, nodeIn } from './imported';
import {
	type Asking,
	byName,
	CREDENTIAL_TYPE,
	deliveryOf,
	fields,
	HOUR,
	orderWebhook,
	type Scenario,
} from './scenario';
import { addModel, serve, serveModel } from './standIn';

const ANN = '4915112340001';
const BEN = '4915112340002';
const CLEO = '4915112340003';

/** One item for each row of the uploaded file, which has no commas within its fields. */
const readRows = (field: string) => `
const file = await this.helpers.getBinaryDataBuffer(0, '${field}');
const [head, ...rows] = file.toString().split('\\n').map((row) => row.split(','));
return rows.map((row) => ({ json: Object.fromEntries(head.map((name, i) => [name, row[i]])) }));
`;

/** Each example as somebody would set it up after the import, on a number of its own. */
describe('the example', () => {
	let imported: Imported;
	let scenario: Scenario;
	let number: string;
	let ask: Asking;

	beforeAll(async () => {
		imported = await Imported.start('examples');
		({ scenario } = imported);
		ask = await scenario.addAsker();
	});

	beforeEach(() => {
		imported.begin();
		({ number } = imported);
	});

	afterEach(async () => {
		await imported.end();
	});

	afterAll(async () => {
		await scenario?.stop();
	});

	describe("'Support Conversation'", () => {
		/** Lets Ann write one message after the other, and gives what she got. */
		const conversation = async () => {
			const workflow = imported.example('support-conversation');
			const workflowId = await imported.activate(workflow);
			let runs = 0;
			const ends = async () =>
				(await imported.ended(workflowId, ++runs)).map(({ status }) => status);
			const says = async (text: string) => {
				const before = imported.sent().length;
				await scenario.sim.writes({ from: ANN, to: number, text });
				expect(new Set(await ends())).toEqual(new Set(['success']));
				return imported.sent().slice(before);
			};
			return { workflow, says, ends };
		};

		it('confirms STOP once and does not answer it like a question, and answers START', async () => {
			const { says } = await conversation();
			expect(await says('STOP')).toEqual([expect.stringContaining('no more messages')]);
			expect(await says('stop')).toEqual([]);
			expect(await says('Where is my parcel?')).toEqual([
				expect.stringContaining('thank you for your message'),
			]);
			expect(await says('START')).toEqual([expect.stringContaining('Welcome back')]);
			expect(await says('person')).toEqual([expect.stringContaining('A colleague will answer')]);
		});

		it('tells the help desk why an answer was held back', async () => {
			const { workflow, ends } = await conversation();
			await scenario.sim.writes({ from: ANN, to: number, text: 'STOP', agoSeconds: 25 * HOUR });
			await ends();
			const { status, data } = await scenario.call(nodeIn(workflow, 'A Colleague Answers'), {
				to: `+${ANN}`,
				name: 'Ann',
				question: 'Where is my parcel?',
				answer: 'On its way.',
			});
			expect(status).toBe(200);
			expect(data).toEqual({
				sent: false,
				reason: expect.stringMatching(/\w/),
				explanation: expect.stringContaining('opted out'),
				hint: expect.stringMatching(/\w/),
			});
			expect(imported.sent()).toEqual([]);
		});
	});

	describe("'Help Desk Beside the Bot'", () => {
		it('is silent while a person has the conversation, and answers again afterwards', async () => {
			const workflow = imported.example('helpdesk-beside-bot');
			const workflowId = await imported.activate(workflow);
			let runs = 0;
			/** What the customer got of it, and what the help desk was told. */
			const says = async (text: string) => {
				const before = imported.sent().length;
				await scenario.sim.writes({ from: ANN, to: number, text });
				const run = (await imported.ended(workflowId, ++runs)).at(-1)!;
				expect(run.status).toBe('success');
				const told = itemsOf(run, 'Tell the Help Desk').map(({ json }) => json.text);
				return { got: imported.sent().slice(before), told };
			};
			const helpDesk = async (name: string, body: object = {}) => {
				runs++;
				return await scenario.call(nodeIn(workflow, name), { to: `+${ANN}`, ...body });
			};
			// What another workflow of the shop sends by itself.
			const order = orderWebhook('parcel-is-here');
			const parameters = { to: '={{ $json.body.to }}', text: 'Your parcel is here' };
			const sendText = scenario.send(number, parameters, { onError: 'continueRegularOutput' });
			await imported.activate(workflowOf('Orders', order, sendText));
			const orderIsHere = async () => (await scenario.call(order, { to: `+${ANN}` })).data;
			const answer = { got: [expect.stringContaining('thank you for your message')], told: [] };

			expect(await says('Where is my parcel?')).toEqual(answer);
			await scenario.sim.colleagueWrites({ with: ANN, number, text: 'I look for it' });
			expect(await says('Thank you')).toEqual({ got: [], told: ['Thank you'] });
			expect(JSON.stringify(await orderIsHere())).toContain('A person has had this conversation');
			expect(imported.sent()).toHaveLength(1);
			expect(await helpDesk('The Ticket Is Closed')).toMatchObject({ status: 200 });
			expect(await says('And when?')).toEqual(answer);

			expect(await says('A person, please')).toEqual({
				got: [expect.stringContaining('A colleague will answer')],
				told: ['A person, please'],
			});
			await helpDesk('A Colleague Answers', { answer: 'Tomorrow.' });
			expect(imported.sent().pop()).toBe('Tomorrow.');
			expect(await says('Great')).toEqual({ got: [], told: ['Great'] });
			await helpDesk('The Ticket Is Closed');
			await orderIsHere();
			expect(imported.sent().pop()).toBe('Your parcel is here');
		});
	});

	describe("'Order Ticket'", () => {
		const order = (phone: string) => ({
			order: 'A-7',
			name: 'Ann',
			phone,
			event: 'Open-Air Cinema',
			date: '28 November',
			seat: 'Row 7',
		});

		it.each([
			{ why: 'the customer has opted out', phone: `+${ANN}`, explanation: 'opted out' },
			{ why: 'the number cannot be read', phone: '12', explanation: 'To' },
		])('takes the order, without a ticket and with the reason, where $why', async (held) => {
			const listening = await imported.listen();
			await scenario.sim.writes({ from: ANN, to: number, text: 'STOP' });
			await imported.ended(listening, 1);
			const workflow = imported.example('order-ticket');
			await imported.activate(workflow);
			const { status, data } = await scenario.call(
				nodeIn(workflow, 'An Order Is Paid'),
				order(held.phone),
			);
			expect(status).toBe(200);
			expect(data).toEqual({
				order: 'A-7',
				orderTaken: true,
				ticketSent: false,
				reason: expect.stringMatching(/\w/),
				explanation: expect.stringContaining(held.explanation),
				hint: expect.any(String),
			});
			expect(imported.sent()).toEqual([]);
		});

		it('sends the ticket to a customer who never wrote', async () => {
			const workflow = imported.example('order-ticket');
			await imported.activate(workflow);
			const { data } = await scenario.call(nodeIn(workflow, 'An Order Is Paid'), order(`+${BEN}`));
			expect(data).toMatchObject({ sentAs: 'template', decision: { allowed: true } });
			expect(imported.sent()).toEqual(['order_ticket']);
		});
	});

	describe("'Create Templates'", () => {
		afterEach(() => {
			scenario.sim.world.templates.byId.clear();
			for (const template of exampleTemplates) scenario.sim.addTemplate(template);
		});

		it('has both reviewed in an empty account, and sends each when it is approved', async () => {
			const { templates, uploads } = scenario.sim.world;
			templates.byId.clear();
			const workflow = imported.example('create-templates');
			const settings = nodeIn(workflow, 'Settings').parameters.assignments as IDataObject;
			Object.assign((settings.assignments as IDataObject[])[0], { value: `+${ANN}` });
			const workflowId = await imported.activate(workflow);
			await scenario.client.runManually(workflowId, 'Run This Once');
			const [created] = await imported.ended(workflowId, 1);
			for (const node of ['Create the Ticket', 'Create the Bill']) {
				expect(itemsOf(created, node)).toMatchObject([{ json: { status: 'PENDING' } }]);
			}
			const made = [...templates.byId.values()];
			const samples = made.map(({ components: [{ example }] }) => {
				const [handle] = (example as { header_handle: string[] }).header_handle;
				return String(uploads.get(handle));
			});
			expect(samples).toEqual([expect.stringMatching(/^%PDF/), expect.stringMatching(/^%PDF/)]);
			expect(imported.sent()).toEqual([]);

			for (const { id } of made) await scenario.sim.setTemplateStatus(id, 'APPROVED');
			await imported.ended(workflowId, 3);
			expect(imported.sent().sort()).toEqual(['bill_ready', 'order_ticket']);
		});
	});

	describe("'Bill and Reminder' (with a wait of a second in place of a day)", () => {
		it.each([
			{ paid: false, templates: ['bill_ready', 'bill_reminder'] },
			{ paid: true, templates: ['bill_ready'] },
		])('sends $templates for a bill with paid: $paid', async ({ paid, templates }) => {
			const billing = await serve((path) =>
				path.endsWith('.pdf')
					? { type: 'application/pdf', body: '%PDF-1.7\nA bill' }
					: { type: 'application/json', body: JSON.stringify({ paid }) },
			);
			const workflow = imported.example('bill-and-reminder');
			for (const name of ['Get the PDF', 'Ask Whether It Is Paid']) {
				const { parameters } = nodeIn(workflow, name);
				parameters.url = String(parameters.url).replace('https://billing.example', billing.url);
			}
			Object.assign(nodeIn(workflow, 'Wait a Day').parameters, { amount: 1, unit: 'seconds' });
			const webhook = nodeIn(workflow, 'A Bill Is Made');
			webhook.parameters.path = `bill-${number}`;
			const workflowId = await imported.activate(workflow);
			await scenario.call(webhook, {
				bill: 'B-77',
				name: 'Ann',
				phone: `+${ANN}`,
				amount: 'EUR 42.00',
				due: '4 December',
			});

			const [execution] = await imported.ended(workflowId, 1);
			await billing.close();
			expect(execution.status).toBe('success');
			expect(imported.sent()).toEqual(templates);
			expect(billing.paths).toEqual(['/bills/B-77.pdf', '/bills/B-77']);
			const [first] = scenario.sentFrom(number);
			expect(JSON.stringify(first.body)).toContain('"filename":"B-77.pdf"');
			expect(first.body).toMatchObject({ biz_opaque_callback_data: 'B-77' });
		});
	});

	it("'Cash on Delivery Confirmation' reminds, releases the order that was confirmed, and cancels or holds the others", async () => {
		const workflow = imported.example('cash-on-delivery-confirmation');
		nodeIn(workflow, 'Ask the Customer').parameters.options = {
			limitWaitTime: { values: { resumeAmount: 2.5, resumeUnit: 'minutes' } },
			remindAfter: { values: { amount: 0.1, unit: 'minutes', times: 1, message: '' } },
		};
		const order = nodeIn(workflow, 'An Order Comes In');
		const workflowId = await imported.activate(workflow);
		const ask = async (phone: string) => {
			const before = scenario.sim.sent.length;
			const body = { order: '4711', name: 'Ann', phone: `+${phone}`, amount: 'EUR 59.00' };
			expect((await scenario.call(order, body)).status).toBe(200);
			return (await scenario.sim.waitForSent(before + 1, 30_000))[before];
		};
		const anns = await ask(ANN);
		await scenario.sim.taps({ messageId: anns.id, choice: 'Yes, send it' });
		const [confirmed] = await imported.ended(workflowId, 1);
		expect(itemsOf(confirmed, 'Release the Order')).toHaveLength(1);
		const bens = await ask(BEN);
		await scenario.sim.taps({ messageId: bens.id, choice: 'No, cancel it' });
		const [, cancelled] = await imported.ended(workflowId, 2);
		expect(itemsOf(cancelled, 'Cancel the Order')).toMatchObject([
			{ json: { answerId: 'cancel' } },
		]);
		await scenario.sim.taps({ messageId: bens.id, choice: 'Yes, send it' });
		const [, , late] = await imported.ended(workflowId, 3);
		expect(itemsOf(late, 'Say That It Is Too Late')).toHaveLength(1);
		// Whoever does not answer is reminded, and then the order is held.
		const before = scenario.sim.sent.length;
		await ask(CLEO);
		const reminded = await scenario.sim.waitForSent(before + 2, 90_000);
		expect(reminded[before + 1].body.template).toEqual(reminded[before].body.template);
		const [, , , silent] = await imported.ended(workflowId, 4, 200_000);
		expect(itemsOf(silent, 'Hold the Order')).toMatchObject([
			{ json: { answered: false, reminders: 1 } },
		]);
	}, 360_000);

	it("'Held Answer' goes out at once in the open window, else when the customer taps", async () => {
		const workflow = imported.example('held-answer');
		const written = nodeIn(workflow, 'An Answer Is Written');
		const workflowId = await imported.activate(workflow);
		const answer = async (phone: string) => {
			const body = { phone: `+${phone}`, name: 'Ann', day: '3 May', text: 'It is 40 cm wide.' };
			expect((await scenario.call(written, body)).status).toBe(200);
		};
		await scenario.sim.writes({ from: BEN, to: number, text: 'How wide is it?' });
		await imported.ended(workflowId, 1);
		await answer(BEN);
		await imported.ended(workflowId, 2);
		const before = scenario.sim.sent.length;
		await answer(ANN);
		const question = (await scenario.sim.waitForSent(before + 1, 30_000))[before];
		await scenario.sim.taps({ messageId: question.id, choice: 'Yes, please' });
		await imported.ended(workflowId, 3);
		expect(imported.sent()).toEqual(['It is 40 cm wide.', 'answer_ready', 'It is 40 cm wide.']);
	});

	it("'Before the Window Closes' writes once to whose window closes soon, and to nobody else", async () => {
		await imported.listen();
		await scenario.sim.writes({
			from: ANN,
			to: number,
			text: 'Hi',
			agoSeconds: 23.5 * HOUR,
		});
		await scenario.sim.writes({ from: BEN, to: number, text: 'Hi', agoSeconds: 2 * HOUR });
		const workflow = imported.example('before-the-window-closes');
		nodeIn(workflow, 'Every 15 Minutes').parameters = {
			rule: { interval: [{ field: 'seconds', secondsInterval: 1 }] },
		};
		const workflowId = await imported.activate(workflow);
		const executions = await imported.ended(workflowId, 3);
		expect(executions.map(({ status }) => status)).toEqual(executions.map(() => 'success'));
		expect(scenario.sentFrom(number)).toMatchObject([{ to: { phone: ANN }, windowWasOpen: true }]);
	});

	it("'Abandoned Cart' sends the offer with an opt-in alone, and says why not otherwise", async () => {
		const consent = imported.example('consent-by-keyword');
		const consentId = await imported.activate(consent);
		const workflow = imported.example('abandoned-cart');
		await imported.activate(workflow);
		const remind = async () =>
			(
				await scenario.call(nodeIn(workflow, 'A Cart Is Left'), {
					phone: `+${ANN}`,
					name: 'Ann',
					items: 'a blue lamp\nand a bulb',
					cart: 'C-9',
				})
			).data;
		expect(await remind()).toEqual({
			sent: false,
			reason: 'marketingConsentRequired',
			explanation: expect.stringContaining('opt-in'),
			hint: expect.stringMatching(/\w/),
		});
		expect(imported.sent()).toEqual([]);

		await scenario.call(nodeIn(consent, 'A Form Is Sent'), {
			phone: `+${ANN}`,
			form: 'newsletter',
			submission: 17,
			wording: 'Offers',
		});
		expect(await remind()).toMatchObject({
			sentAs: 'template',
			decision: { allowed: true, consent: { state: 'in' } },
			preview: { body: expect.stringContaining('a blue lamp and a bulb') },
		});
		const [{ id }] = scenario.sentFrom(number);
		await scenario.sim.taps({ from: ANN, messageId: id, choice: 'No more offers' });
		await imported.ended(consentId, 2);
		expect(await remind()).toMatchObject({ sent: false, reason: 'optedOut' });
		expect(imported.sent()).toEqual(['cart_reminder', expect.stringContaining('no more messages')]);
	});

	describe("'AI Agent on WhatsApp' (with a stand-in for the model's API)", () => {
		/** Answers as the API of the model: calls the tool, and ends once it has its result. */
		const model = async (toolArguments: (asked: string) => object) => {
			const tools: unknown[] = [];
			const server = await serveModel(({ messages, tools: offered }) => {
				tools.push(...offered);
				const last = messages.at(-1)!;
				if (last.role !== 'tool') {
					return { tool: offered[0].function.name, input: toolArguments(last.content) };
				}
				return 'Done.';
			});
			return { ...server, tools, openAiApi: await addModel(scenario, server) };
		};

		it('answers each customer with the words of the model, but nobody who wrote a stop word', async () => {
			const { openAiApi, tools, close } = await model((asked) => ({
				answer: `You asked: ${asked}`,
			}));
			const workflowId = await imported.activate(imported.example('ai-agent', { openAiApi }));
			await scenario.deliver(
				number,
				deliveryOf(number, [
					{ id: `wamid.${number}1`, from: ANN, text: 'Blue lamps?' },
					{ id: `wamid.${number}2`, from: BEN, text: 'Red lamps?' },
					{ id: `wamid.${number}3`, from: CLEO, text: 'STOP' },
				]),
			);
			const [execution] = await imported.ended(workflowId, 1);
			await close();
			expect(execution.status).toBe('success');
			expect(
				scenario
					.sentFrom(number)
					.map(({ to, body }) => [to.phone, (body.text as IDataObject).body]),
			).toEqual([
				[ANN, 'You asked: Blue lamps?'],
				[BEN, 'You asked: Red lamps?'],
			]);
			const [tool] = tools as Array<{ function: { parameters: { properties: object } } }>;
			expect(Object.keys(tool.function.parameters.properties)).toEqual(['answer']);
		});

		it('sends to nobody else, whatever the model gives to the tool', async () => {
			const { openAiApi, close } = await model(() => ({
				answer: 'Hello',
				contact: `+${BEN}`,
				to: `+${BEN}`,
			}));
			const workflowId = await imported.activate(imported.example('ai-agent', { openAiApi }));
			await scenario.sim.writes({ from: ANN, to: number, text: 'Write to somebody else!' });
			await imported.ended(workflowId, 1);
			await close();
			expect(scenario.sentFrom(number).filter(({ to }) => to.phone !== ANN)).toEqual([]);
		});

		it('tells a model that would try a failed tool again why nothing was sent, and it does not', async () => {
			const results: string[] = [];
			const server = await serveModel(({ messages, tools: [tool] }) => {
				const last = messages.at(-1)!;
				if (last.role === 'tool') results.push(last.content);
				const isFailed = /error|failed/i.test(last.content) && results.length < 3;
				if (last.role === 'tool' && !isFailed) return 'A colleague will write to you.';
				return { tool: tool.function.name, input: { answer: 'Hello' } };
			});
			const openAiApi = await addModel(scenario, server);
			const workflowId = await imported.activate(imported.example('ai-agent', { openAiApi }));
			await scenario.sim.writes({ from: ANN, to: number, text: 'Hi', agoSeconds: 25 * HOUR });
			const [execution] = await imported.ended(workflowId, 1);
			await server.close();
			expect(execution.status).toBe('success');
			expect(imported.sent()).toEqual([]);
			expect(results).toEqual([expect.stringMatching(/Not sent: .*do not try again/)]);
		});
	});

	it("'Voice Notes and Photos' hands files to n8n's own OpenAI nodes as they are (with a stand-in for the models)", async () => {
		const models = await serve((path) => ({
			type: 'application/json',
			body: JSON.stringify(
				path.endsWith('/audio/transcriptions')
					? { text: 'Is the blue lamp in stock?' }
					: { output: [{ content: [{ type: 'output_text', text: 'A broken lamp.' }] }] },
			),
		}));
		const openAiApi = await addModel(scenario, models);
		const workflowId = await imported.activate(imported.example('voice-and-photo', { openAiApi }));
		const sends = async (message: (media: object) => IDataObject, type: string) => {
			const media = scenario.sim.addInboundMedia(Buffer.from(`a file of ${type}`), type);
			await scenario.sim.writes({ from: ANN, to: number, message: message(media) });
		};
		await sends(
			(media) => ({ type: 'audio', audio: { ...media, voice: true } }),
			'audio/ogg; codecs=opus',
		);
		await imported.ended(workflowId, 1);
		await sends((image) => ({ type: 'image', image }), 'image/jpeg');
		const runs = await imported.ended(workflowId, 2);
		await models.close();
		expect(runs.map(({ status }) => status)).toEqual(['success', 'success']);
		expect(imported.sent()).toEqual([
			'Thank you. We understood: Is the blue lamp in stock?',
			'Thank you. We understood: A broken lamp.',
		]);
		const [voice, photo] = models.bodies;
		expect(voice).toMatch(/filename="[^"]+\.ogg"\s+Content-Type: audio\/ogg\s+a file of audio/);
		const picture = Buffer.from('a file of image/jpeg').toString('base64');
		expect(photo).toContain(`data:image/jpeg;base64,${picture}`);
	});

	it("'Menu Without a Model' remembers that it waits for the number of an order, and takes it back", async () => {
		const workflowId = await imported.activate(imported.example('menu-without-model'));
		let runs = 0;
		/** What went out for one message: a text, or the text above buttons. */
		const says = async (message: IDataObject) => {
			const before = scenario.sentFrom(number).length;
			await scenario.sim.writes({ from: ANN, to: number, message });
			const all = await imported.ended(workflowId, ++runs);
			expect(new Set(all.map(({ status }) => status))).toEqual(new Set(['success']));
			return scenario
				.sentFrom(number)
				.slice(before)
				.map(({ body }) => (body.text ?? (body.interactive as IDataObject).body) as IDataObject)
				.map((content) => content.body ?? content.text);
		};
		const text = (body: string) => ({ type: 'text', text: { body } });
		const tap = (id: string) => ({
			type: 'interactive',
			interactive: { type: 'button_reply', button_reply: { id, title: id } },
		});
		expect(await says(text('4711'))).toEqual([expect.stringContaining('What can we do')]);
		expect(await says(tap('order'))).toEqual([expect.stringContaining('Which order')]);
		expect(await says(tap('hours'))).toEqual([expect.stringContaining('We are open')]);
		expect(await says(text('4711'))).toEqual(['Your order 4711 is on its way.']);
		expect(await says(text('4711'))).toEqual([expect.stringContaining('What can we do')]);
		expect(await says(text('STOP'))).toEqual([]);
	});

	// The pinned n8n was installed without a library of 'Extract from File'.
	it("'Import Contacts' records who wrote and who agreed, and goes on after a row that cannot be read (with a stand-in for 'Extract from File')", async () => {
		const workflow = imported.example('import-contacts');
		Object.assign(nodeIn(workflow, 'Read the Rows'), {
			type: 'n8n-nodes-base.code',
			typeVersion: 2,
			parameters: { jsCode: readRows('File') },
		});
		const workflowId = await imported.activate(workflow);
		const form = new FormData();
		const rows = [
			'phone,lastMessageAt,optedInAt,evidence',
			`+${ANN},${new Date(Date.now() - HOUR * 1000).toISOString()},,`,
			'nobody,2026-05-04T10:00:00Z,,',
			`+${BEN},,2026-05-04T10:00:00Z,Form 17`,
		];
		form.append('field-0', new Blob([rows.join('\n')], { type: 'text/csv' }), 'contacts.csv');
		const { webhookId } = nodeIn(workflow, 'Upload a File');
		const { status } = await axios.post(`${scenario.server.url}/form/${webhookId}`, form, {
			proxy: false,
		});
		expect(status).toBe(200);
		const [execution] = await imported.ended(workflowId, 1);
		expect(execution.status).toBe('success');
		expect(itemsOf(execution, 'Record the Last Message')).toMatchObject([
			{ json: { phone: `+${ANN}`, window: { state: 'open' } } },
			{ json: { error: expect.stringMatching(/\w/) } },
		]);
		expect(await ask(number, [ANN, BEN])).toMatchObject([
			{ window: { state: 'open' }, consentRecords: [] },
			{
				window: { state: 'unknown' },
				consentRecords: [
					{
						state: 'opted_in',
						at: '2026-05-04T10:00:00.000Z',
						source: 'import',
						evidence: 'Form 17',
					},
				],
			},
		]);
	});

	it("'Send to a List Once' reaches each contact once, and reports who was left out (with a stand-in for 'Extract from File')", async () => {
		const credential = { id: await scenario.addTableCredential(), name: 'Data tables' };
		const workflow = imported.example('broadcast-to-list', { n8nDataTableApi: credential });
		Object.assign(nodeIn(workflow, 'Read the Rows'), {
			type: 'n8n-nodes-base.code',
			typeVersion: 2,
			parameters: { jsCode: readRows('List') },
		});
		const workflowId = await imported.activate(workflow);
		const { webhookId } = nodeIn(workflow, 'Upload a List');
		const upload = async (...rows: string[]) => {
			const form = new FormData();
			const list = new Blob([['phone,name', ...rows].join('\n')], { type: 'text/csv' });
			form.append('field-0', list, 'list.csv');
			form.append('field-1', 'Winter offer');
			const url = `${scenario.server.url}/form/${webhookId}`;
			expect((await axios.post(url, form, { proxy: false })).status).toBe(200);
		};
		// Each status starts the workflow too.
		const reports = async (count: number) =>
			await waitFor(
				async () =>
					(await imported.ended(workflowId, count))
						.filter(({ data }) => 'Get the Report' in data.resultData.runData)
						.map((run) => itemsOf(run, 'Get the Report')[0].json),
				({ length }) => length === count,
				30_000,
				({ length }) => `${length} lists were gone through`,
			);
		const order = orderWebhook();
		const record = scenario.whatsApp('Record', number, {
			resource: 'conversation',
			operation: 'recordConsent',
			contact: '={{ $json.body.phone }}',
			scope: 'marketing',
			state: 'opted_in',
			evidence: 'Checkout',
			options: { at: '={{ $now }}' },
		});
		await imported.activate(workflowOf('Checkout', order, record));
		expect((await scenario.call(order, { phone: `+${ANN}` })).status).toBe(200);

		await upload(`+${ANN},Ann`, `+${BEN},Ben`, 'nobody,Nobody');
		expect(await reports(1)).toMatchObject([
			{ state: 'ended', accepted: 1, skipped: 2, uncertainContacts: [] },
		]);
		expect(imported.sent()).toEqual(['winter_offer']);
		await upload(`+${ANN},Ann`, `+${BEN},Ben`);
		expect((await reports(2)).map(({ accepted }) => accepted)).toEqual([1, 1]);
		expect(imported.sent()).toEqual(['winter_offer']);
	});

	it("'Costs by Status' sums what was delivered, each message once (with a webhook in place of the schedule, and this month in place of the last)", async () => {
		const workflow = imported.example('costs-by-status');
		const month = nodeIn(workflow, 'Each Month');
		Object.assign(month, orderWebhook(), { id: month.id, name: month.name });
		const { filters } = nodeIn(workflow, 'Get Last Month').parameters as {
			filters: { conditions: Array<{ keyValue: string }> };
		};
		for (const one of filters.conditions) {
			one.keyValue = one.keyValue.replace('$now', '$now.plus({ months: 1 })');
		}
		const workflowId = await imported.activate(workflow);
		const order = orderWebhook();
		const send = scenario.whatsApp('Send', number, {
			resource: 'message',
			operation: 'sendTemplate',
			to: '={{ $json.body.to }}',
			template: byName('answer_ready'),
			templateFields: fields({ 'body:name': 'Ann', 'body:day': 'today' }),
		});
		await imported.activate(workflowOf('Send', order, send));
		for (const to of [ANN, BEN, BEN]) await scenario.call(order, { to: `+${to}` });
		await scenario.sim.settled();
		const reports = scenario.sentFrom(number).map(({ statuses }) => statuses.length);
		const runs = await imported.ended(
			workflowId,
			reports.reduce((sum, count) => sum + count, 0),
		);
		expect(new Set(runs.map(({ status }) => status))).toEqual(new Set(['success']));
		expect((await scenario.call(month, {})).data).toEqual([
			{
				category: 'utility',
				type: 'regular',
				country: 'DE',
				template: 'answer_ready',
				messages: 3,
			},
		]);
	});

	it("'Migrate a Workflow' makes one that answers, of one with n8n's own nodes", async () => {
		const workflow = imported.example('migrate-workflow');
		const workflowId = await imported.activate(workflow);
		const { webhookId } = nodeIn(workflow, 'Paste the Old Workflow');
		const form = new FormData();
		form.append(
			'field-0',
			JSON.stringify(oldWorkflows['a code node that takes the message apart']),
		);
		await axios.post(`${scenario.server.url}/form/${webhookId}`, form, { proxy: false });
		const [execution] = await imported.ended(workflowId, 1);
		const [{ json }] = itemsOf(execution, 'Convert');

		const businessNumber = { __rl: true, mode: 'id', value: number };
		const { name, nodes, connections, settings } = json as unknown as WorkflowDefinition;
		const answering = await imported.activate({
			name,
			connections,
			settings,
			nodes: nodes.map((node) => ({
				...node,
				...(node.credentials && { credentials: { [CREDENTIAL_TYPE]: imported.credential } }),
				parameters: {
					...node.parameters,
					...(node.parameters.businessNumber && { businessNumber }),
				},
			})),
		});
		await scenario.sim.writes({ from: ANN, to: number, text: 'Where is it?' });
		const [answered] = await imported.ended(answering, 1);
		expect(answered.status).toBe('success');
		expect(imported.sent()).toEqual(['You wrote Where is it?']);
	});

	it("'Privacy Request' shows what is known, and erases it", async () => {
		await imported.listen();
		await scenario.sim.writes({ from: ANN, to: number, text: 'Hi' });
		const workflow = imported.example('privacy-request');
		await imported.activate(workflow);
		const request = async (what: string) =>
			(
				await scenario.call(nodeIn(workflow, 'A Person Asks'), {
					contact: `+${ANN}`,
					request: what,
				})
			).data;
		expect(await request('show')).toMatchObject({ window: { state: 'open' } });
		expect(await request('erase')).toMatchObject({ phone: `+${ANN}`, wasKnown: true });
		expect(await request('show')).toMatchObject({
			window: { state: 'unknown' },
			lastMessageAt: null,
		});
	});

	it("'Create the State Table' makes it once", async () => {
		const { client, server } = scenario;
		const apiKey = await client.createApiKey('State table', [
			'dataTable:list',
			'dataTable:read',
			'dataTable:create',
		]);
		const id = await client.createCredential('Data tables', 'n8nDataTableApi', {
			baseUrl: server.url,
			apiKey,
		});
		const workflow = imported.example('create-state-table', {
			n8nDataTableApi: { id, name: 'Data tables' },
		});
		const { id: workflowId } = await client.createWorkflow(workflow);
		for (const run of [1, 2]) {
			await client.runManually(workflowId, 'Run This Once');
			const execution = (await imported.ended(workflowId, run)).at(-1)!;
			expect(itemsOf(execution, 'Create the Table')).toMatchObject([
				{ json: { name: 'WhatsApp Conversations', created: run === 1 } },
			]);
		}
	});
});
