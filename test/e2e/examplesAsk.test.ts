import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import { itemsOf, waitFor } from '../n8n/client';
import type { SentMessage } from '../simulator/types';

import { Imported, nodeIn } from './imported';
import { deliveryOf, type Scenario } from './scenario';
import { addModel, serve, serveModel, type StandIn } from './standIn';

const ANN = '4915112340001';
const BEN = '4915112340002';

/** How long a message may take that a run sends. */
const PATIENCE_MS = 60_000;

/** The examples in which a run waits for answers, as they are after the import, each on its own number. */
describe('the example', () => {
	let imported: Imported;
	let scenario: Scenario;
	let number: string;
	const servers: StandIn[] = [];

	beforeAll(async () => {
		imported = await Imported.start('examples-ask', PATIENCE_MS);
		({ scenario } = imported);
	});

	beforeEach(() => {
		imported.begin();
		({ number } = imported);
	});

	afterEach(async () => {
		await imported.end();
		for (const server of servers.splice(0)) await server.close();
	});

	afterAll(async () => {
		await scenario?.stop();
	});

	/** A server in place of one that an example asks. */
	const standIn = async <Server extends Promise<StandIn>>(started: Server) => {
		const server = await started;
		servers.push(server);
		return server;
	};

	const answering = async (jsonAt: (path: string) => object) =>
		await standIn(
			serve((path) => ({ type: 'application/json', body: JSON.stringify(jsonAt(path)) })),
		);

	/** Sends a node to another server than the example names. */
	const redirect = (node: INode, url: string) => {
		node.parameters.url = String(node.parameters.url).replace(/https:\/\/\w+\.example/, url);
	};

	/** The message that went out as the n-th one, counted from 1. */
	const sent = async (count: number): Promise<SentMessage> => {
		const all = await waitFor(
			async () => await Promise.resolve(scenario.sentFrom(number)),
			({ length }) => length >= count,
			PATIENCE_MS,
			({ length }) => `Of ${count} messages ${length} were sent`,
		);
		return all[count - 1];
	};

	const userIdOf = (phone: string) => scenario.sim.world.contacts.find({ phone }).userId;

	const textOf = ({ body }: SentMessage) => (body.text as IDataObject | undefined)?.body;

	describe("'Rating After Delivery'", () => {
		const asked = async () => {
			const workflow = imported.example('rating-after-delivery');
			const workflowId = await imported.activate(workflow);
			const order = { order: '4711', name: 'Ann', phone: `+${ANN}` };
			const { status } = await scenario.call(nodeIn(workflow, 'An Order Has Arrived'), order);
			expect(status).toBe(200);
			return { workflowId, question: await sent(1) };
		};

		it('asks a customer who was not happy for the reason, in free text', async () => {
			const { workflowId, question } = await asked();
			await scenario.sim.taps({ messageId: question.id, choice: 'Bad' });
			expect(textOf(await sent(2))).toMatch(/went wrong/);
			await scenario.sim.writes({ from: ANN, to: number, text: 'The box was open.' });
			const [run] = await imported.ended(workflowId, 1);
			expect(itemsOf(run, 'Write Down the Rating')).toMatchObject([{ json: { answerId: 'bad' } }]);
			expect(itemsOf(run, 'Write Down the Reason')).toMatchObject([
				{ json: { answered: true, answer: 'The box was open.' } },
			]);
			expect(textOf(await sent(3))).toMatch(/look into it/);
		});

		it('thanks a customer who was', async () => {
			const { workflowId, question } = await asked();
			await scenario.sim.taps({ messageId: question.id, choice: 'Good' });
			const [run] = await imported.ended(workflowId, 1);
			expect(itemsOf(run, 'Write Down the Rating')).toMatchObject([{ json: { answerId: 'good' } }]);
			expect(textOf(await sent(2))).toMatch(/Thank you/);
		});
	});

	it("'Appointment by List' lets two patients of one delivery choose, each in a run of its own, and asks again", async () => {
		const calendar = await answering((path) =>
			path === '/free-times'
				? [
						{ id: 't1', start: '2026-12-01T09:00:00+01:00' },
						{ id: 't2', start: '2026-12-02T14:30:00+01:00' },
					]
				: { booked: true },
		);
		const workflow = imported.example('appointment-by-list');
		for (const name of ['Free Times', 'Book It']) redirect(nodeIn(workflow, name), calendar.url);
		const workflowId = await imported.activate(workflow);
		// WhatsApp knows of an open window by what it delivers itself.
		for (const from of [ANN, BEN]) await scenario.sim.writes({ from, to: number, text: 'Hello' });
		await scenario.deliver(
			number,
			deliveryOf(number, [
				{ id: `wamid.${number}1`, from: ANN, text: 'I need an appointment' },
				{ id: `wamid.${number}2`, from: BEN, text: 'Appointment please' },
			]),
		);
		await sent(2);
		const [anns, bens] = [ANN, BEN].map(
			(phone) => scenario.sentFrom(number).find(({ to }) => to.phone === phone) as SentMessage,
		);
		await scenario.sim.taps({ messageId: anns.id, choice: 'Tue 1 Dec, 09:00' });
		expect(textOf(await sent(3))).toBe('Your appointment: Tue 1 Dec, 09:00. See you then!');
		await scenario.sim.writes({ from: BEN, to: number, text: 'Is there nothing later?' });
		const again = await sent(4);
		expect(again.to.phone).toBe(BEN);
		expect(again.body.interactive).toMatchObject({ body: { text: /one of these times/ } });
		await scenario.sim.taps({ messageId: bens.id, choice: 'Wed 2 Dec, 14:30' });
		expect(textOf(await sent(5))).toBe('Your appointment: Wed 2 Dec, 14:30. See you then!');
		expect(calendar.bodies.filter(Boolean).map((body) => JSON.parse(body) as object)).toEqual([
			{ time: 't1', contact: userIdOf(ANN) },
			{ time: 't2', contact: userIdOf(BEN) },
		]);
		// Of the greetings and of the delivery, and one for each patient.
		expect((await imported.ended(workflowId, 5)).map(({ status }) => status)).toEqual(
			Array(5).fill('success'),
		);
	});

	it("'Appointment Reminder' asks everybody of tomorrow in a run of their own, and tells the calendar", async () => {
		const calendar = await answering((path) =>
			path.startsWith('/appointments?')
				? [
						{ id: 'a1', start: '2026-12-01T09:00:00+01:00', name: 'Ann', phone: `+${ANN}` },
						{
							...{ id: 'a2', start: '2026-12-01T14:30:00+01:00', name: 'Ben', phone: `+${BEN}` },
							language: 'de-DE',
						},
						{ id: 'a3', start: '2026-12-01T15:00:00+01:00', name: 'Cleo', phone: '12' },
					]
				: { noted: true },
		);
		const workflow = imported.example('appointment-reminder');
		for (const name of ['Appointments of Tomorrow', 'Tell the Calendar']) {
			redirect(nodeIn(workflow, name), calendar.url);
		}
		const workflowId = await imported.activate(workflow);
		await scenario.client.runManually(workflowId, 'Every Morning');
		await sent(2);
		const [anns, bens] = [ANN, BEN].map(
			(phone) => scenario.sentFrom(number).find(({ to }) => to.phone === phone) as SentMessage,
		);
		for (const part of ['Tuesday 1 December', '09:00']) {
			expect(JSON.stringify(anns.body)).toContain(part);
		}
		expect(JSON.stringify(bens.body)).toContain('Dienstag, 1. Dezember');
		await scenario.sim.taps({ messageId: anns.id, choice: 'I will come' });
		expect(textOf(await sent(3))).toMatch(/See you then/);
		await scenario.sim.taps({ messageId: bens.id, choice: 'Another time' });
		expect(textOf(await sent(4))).toMatch(/another time/);
		expect(scenario.sentFrom(number)[3].to.phone).toBe(BEN);
		const told = calendar.paths.map((path, index) => [path, calendar.bodies[index]]);
		expect(told.filter(([, body]) => body)).toEqual([
			['/appointments/a1', '{"answer":"confirm"}'],
			['/appointments/a2', '{"answer":"move"}'],
		]);
		// The morning's run, and one for each appointment.
		const runs = await imported.ended(workflowId, 4);
		expect(runs.map(({ status }) => status)).toEqual(Array(4).fill('success'));
		expect(runs.flatMap((run) => itemsOf(run, 'A Colleague Calls'))).toHaveLength(1);
	});

	describe("'Approval of an Agent's Step' (with a stand-in for the model's API)", () => {
		/** The results that the model got, of the tool that needs an approval. */
		let results: string[];
		let shop: StandIn;

		/** A customer wants money back; the model calls the tool for it, and tells what came of it. */
		const wanted = async (isManagersWindowOpen: boolean, options?: IDataObject) => {
			results = [];
			shop = await answering(() => ({ refund: 'R-1' }));
			const model = await standIn(
				serveModel(({ messages, tools }) => {
					const named = (name: RegExp) =>
						String(tools.map((tool) => tool.function.name).find((tool) => name.test(tool)));
					const done = messages.filter(({ role }) => role === 'tool');
					if (done.length === 0) {
						const toolParameters = { order: '4711', amount: 'EUR 59.00' };
						return { tool: named(/Pay/), input: { toolParameters, hitlParameters: {} } };
					}
					if (done.length > 1) return 'Done.';
					results.push(done[0].content);
					return { tool: named(/Send/), input: { answer: 'I have asked.' } };
				}),
			);
			const workflow = imported.example('agent-approval', {
				openAiApi: await addModel(scenario, model),
			});
			const { parameters } = nodeIn(workflow, 'Ask the Manager');
			parameters.to = `+${BEN}`;
			if (options) parameters.options = options as INodeParameters;
			redirect(nodeIn(workflow, 'Pay Back'), shop.url);
			const workflowId = await imported.activate(workflow);
			let runs = 0;
			if (isManagersWindowOpen) {
				// No text, so the agent does not answer it.
				const location = { latitude: 52.5, longitude: 13.4 };
				await scenario.sim.writes({
					from: BEN,
					to: number,
					message: { type: 'location', location },
				});
				runs = (await imported.ended(workflowId, 1)).length;
			}
			await scenario.sim.writes({ from: ANN, to: number, text: 'I want my EUR 59 back, no. 4711' });
			return {
				question: await sent(1),
				run: async (patienceMs?: number) =>
					(await imported.ended(workflowId, runs + 1, patienceMs))[runs],
			};
		};

		it('pays back when the manager taps on approve', async () => {
			const { question, run } = await wanted(true);
			expect(question).toMatchObject({
				to: { phone: BEN },
				body: {
					interactive: { body: { text: expect.stringContaining('EUR 59.00 for the order 4711') } },
				},
			});
			expect(shop.bodies).toEqual([]);
			await scenario.sim.taps({ messageId: question.id, choice: 'Approve' });
			expect((await run()).status).toBe('success');
			expect(shop.bodies.map((body) => JSON.parse(body) as object)).toEqual([
				{ order: '4711', amount: 'EUR 59.00' },
			]);
			expect(results).toEqual([expect.stringContaining('R-1')]);
			expect(textOf(await sent(2))).toBe('I have asked.');
		});

		it('pays nothing back when the manager declines, and tells the model', async () => {
			const { question, run } = await wanted(true);
			await scenario.sim.taps({ messageId: question.id, choice: 'Decline' });
			expect((await run()).status).toBe('success');
			expect(shop.bodies).toEqual([]);
			expect(results).toEqual([expect.stringContaining('rejected')]);
		});

		it('takes silence for a no, and tells the model', async () => {
			const values = { resumeAmount: 0.05, resumeUnit: 'minutes' };
			const { run } = await wanted(true, { limitWaitTime: { values } });
			// n8n looks once a minute.
			const { status } = await run(2 * PATIENCE_MS);
			expect(status).toBe('success');
			expect(shop.bodies).toEqual([]);
			expect(results).toEqual([expect.stringContaining('rejected')]);
		}, 150_000);

		it("asks by the template when the manager's window is closed, and heeds its quick reply", async () => {
			const { question, run } = await wanted(false);
			expect(question).toMatchObject({ to: { phone: BEN }, type: 'template' });
			await scenario.sim.taps({ messageId: question.id, choice: 'Approve' });
			expect((await run()).status).toBe('success');
			expect(shop.bodies).toHaveLength(1);
		});

		it('does nothing at a forged tap of somebody else', async () => {
			const { question, run } = await wanted(true);
			const { body } = question;
			const { action } = body.interactive as {
				action: { buttons: Array<{ reply: { id: string; title: string } }> };
			};
			const [{ reply }] = action.buttons;
			await scenario.sim.writes({
				from: ANN,
				to: number,
				message: {
					type: 'interactive',
					interactive: { type: 'button_reply', button_reply: reply },
				},
			});
			expect(shop.bodies).toEqual([]);
			await scenario.sim.taps({ messageId: question.id, choice: 'Decline' });
			await run();
			expect(shop.bodies).toEqual([]);
		});
	});
});
