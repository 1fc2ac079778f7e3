import type { IDataObject, INodeParameters, IRun } from 'n8n-workflow';

import type { SentMessage } from '../simulator/types';
import { batch, interactiveReply, messageDelivery, textMessage } from '../unit/events/payloads';

import { itemsOf } from './engine';
import { NodeProcess } from './nodeProcess';
import {
	addTemplate,
	AT,
	CONTACT,
	CONTACT_PHONE,
	conversationOf,
	deliver,
	HOUR,
	impatiently,
	listener,
	messageNode,
	MINUTE,
	sender,
	setClock,
	triggered,
	useScene,
} from './scene';
import { problemsInVersion } from './schemas';
import { BUTTONS, fields, nodeOf } from './workflows';

const scene = useScene();

const CONFIRM = {
	id: '',
	name: 'confirm',
	language: 'en_US',
	status: 'APPROVED',
	category: 'UTILITY',
	components: [
		{ type: 'BODY', text: 'Shall we send it?' },
		{
			type: 'BUTTONS',
			buttons: [
				{ type: 'QUICK_REPLY', text: 'Sure' },
				{ type: 'QUICK_REPLY', text: 'Never' },
			],
		},
	],
};

/** The contact has just written, to a workflow that listens. */
async function contactWrote(parameters: INodeParameters = {}): Promise<void> {
	scene.engine.add(listener('inbox', { registration: 'automatic', ...parameters }));
	await scene.engine.activate('inbox');
	await scene.simulator.writes({ from: CONTACT_PHONE, text: 'Hello?' });
	await scene.engine.settled();
}

/** Puts a question; resolves to the run, and the message that asked. */
async function ask(parameters: INodeParameters, items = [{ json: { contact: CONTACT } }]) {
	const { engine, simulator } = scene;
	const id = `shop ${engine.executions.length}`;
	const definition = sender(id, {
		resource: 'message',
		operation: 'sendAndWait',
		message: 'Shall we send it?',
		...parameters,
	});
	definition.nodes.push(nodeOf('After', 'test.start'));
	definition.connections.WhatsApp = { main: [[{ node: 'After', type: 'main', index: 0 }]] };
	engine.add(definition);
	const run = await engine.run(id, { items });
	return { run, question: simulator.sent[simulator.sent.length - 1] };
}

/** What stands above the question's output. */
const hintsOf = (run: IRun) =>
	(run.data.resultData.runData.WhatsApp[0].hints ?? []).map(({ message }) => message);

/** What the node behind the question got, in the last run. */
async function answer(): Promise<IDataObject[]> {
	const runs = await scene.engine.settled();
	return itemsOf(runs[runs.length - 1], 'After').map(({ json }) => json);
}

/** What the nodes behind all questions got, in all runs. */
async function answers(): Promise<IDataObject[]> {
	const runs = await scene.engine.settled();
	return runs.flatMap((run) => itemsOf(run, 'After').map(({ json }) => json));
}

async function tap(messageId: string, choice: string | number): Promise<number | undefined> {
	const { delivery } = await scene.simulator.taps({ messageId, choice });
	return delivery?.status;
}

/** The IDs of the executions that wait. */
const waiting = () => [...scene.engine.waiting.keys()];

describe('a question', () => {
	it('is refused for more than one item, with the way out', async () => {
		await contactWrote();
		const item = { json: { contact: CONTACT } };
		const { run } = await ask(BUTTONS, [item, item]);
		const { error } = run.data.resultData;
		expect(error?.message).toMatch(/got 2 items/);
		expect(error?.description).toMatch(/Execute Sub-workflow/);
		expect(scene.simulator.sent).toEqual([]);
	});

	it('has the run wait, and go on with the answer', async () => {
		await contactWrote();
		const { run, question } = await ask(BUTTONS);
		expect(run.status).toBe('waiting');
		expect(hintsOf(run)).toEqual([]);
		expect(await tap(question.id, 'No')).toBe(200);
		const [item] = await answer();
		expect(item).toMatchObject({ answered: true, answer: 'No', answerId: 'no' });
		expect(item.message).toMatchObject({ text: 'No', reply: { id: 'no' } });
		expect(item.message).not.toHaveProperty('lateAnswerTo');
		expect(await triggered(scene.engine)).toHaveLength(1);
	});

	it('is answered although n8n still saves the run', async () => {
		await contactWrote();
		const { question } = await ask(BUTTONS);
		scene.engine.resumesLater = 3;
		expect(await tap(question.id, 'Yes')).toBe(200);
		expect(await answer()).toMatchObject([{ answerId: 'yes' }]);
	});

	it('is answered when n8n has started, which takes a run that is woken before for crashed', async () => {
		await contactWrote();
		const { question } = await ask(BUTTONS);
		const [id] = waiting();
		scene.engine.isStarting = true;
		const { delivery, messageId } = await impatiently(
			scene.simulator.taps({ messageId: question.id, choice: 'Yes' }),
		);
		expect(delivery?.status).toBe(503);
		expect(scene.engine.requests).not.toContain(`POST webhook-waiting/${id}`);
		scene.engine.isStarting = false;
		expect((await scene.simulator.redeliver(messageId))[0].status).toBe(200);
		expect(await answer()).toMatchObject([{ answerId: 'yes' }]);
	});

	it('is one of many that are answered at once, of which a few go on at a time', async () => {
		await contactWrote();
		const ids: string[] = [];
		for (let i = 0; i < 15; i++) ids.push((await ask(BUTTONS)).question.id);
		scene.engine.resumesTake = 200;
		const statuses = await Promise.all(ids.map(async (id) => await tap(id, 'Yes')));
		expect(statuses).toEqual(ids.map(() => 200));
		expect(await answers()).toHaveLength(ids.length);
		expect(scene.engine.mostResuming).toBeGreaterThan(1);
		expect(scene.engine.mostResuming).toBeLessThanOrEqual(6);
	});

	it('is answered although it is not heard that n8n goes on', async () => {
		await contactWrote();
		const { question } = await ask(BUTTONS);
		const [id] = waiting();
		scene.engine.resumesUnheard = true;
		expect(await tap(question.id, 'Yes')).toBe(200);
		expect(await answer()).toMatchObject([{ answerId: 'yes' }]);
		// By its public address, and by its port.
		const tries = scene.engine.requests.filter((one) => one === `POST webhook-waiting/${id}`);
		expect(tries).toHaveLength(2);
		expect(await triggered(scene.engine)).toHaveLength(1);
	});

	it('is answered where the public address of n8n leads nowhere from inside', async () => {
		await contactWrote();
		scene.engine.setPublicUrl('http://127.0.0.1:9');
		const { run, question } = await ask(BUTTONS);
		expect(hintsOf(run)).toEqual([expect.stringMatching(/does not reach itself.*Inner Address/)]);
		expect(await tap(question.id, 'Yes')).toBe(200);
		expect(await answer()).toMatchObject([{ answerId: 'yes' }]);
	});

	it('is said to have nobody who hears the answer, until a trigger of the number is published', async () => {
		await contactWrote();
		await scene.engine.deactivate('inbox');
		const { run, question } = await ask(BUTTONS);
		expect(hintsOf(run)).toEqual([
			expect.stringMatching(/No published workflow.*so the answer would be lost/),
		]);
		await scene.engine.activate('inbox');
		expect(await tap(question.id, 'Yes')).toBe(200);
		expect(await answer()).toMatchObject([{ answerId: 'yes' }]);
	});

	it('waits on where nothing leads back to n8n, and the delivery has to come again', async () => {
		await contactWrote({ options: { innerAddress: 'http://127.0.0.1:9' } });
		const { question } = await ask(BUTTONS);
		expect(await impatiently(tap(question.id, 'Yes'))).toBe(503);
		expect(waiting()).toHaveLength(1);
		expect(await triggered(scene.engine)).toHaveLength(1);
	});

	it('is answered by one of the rows of a list', async () => {
		await contactWrote();
		const sections = { section: [{ title: '', rows: { row: [{ title: 'Monday', id: 'mon' }] } }] };
		const { question } = await ask({
			responseType: 'list',
			buttonText: 'Choose',
			rowsSource: 'fields',
			sections,
		});
		await tap(question.id, 'Monday');
		expect(await answer()).toMatchObject([{ answer: 'Monday', answerId: 'mon' }]);
	});

	it.each([
		['Approve', true],
		['Decline', false],
	])('of approval is answered by %s', async (choice, approved) => {
		await contactWrote();
		const { question } = await ask({ responseType: 'approval' });
		await tap(question.id, choice);
		expect(await answer()).toMatchObject([{ answered: true, approved, answer: choice }]);
	});

	it('is answered by a filled form, by the token that it brings back', async () => {
		await contactWrote();
		const flow = { mode: 'flowId', value: '1283765432109876' };
		const { question } = await ask({ responseType: 'flow', flow, buttonText: 'Book' });
		const { action } = question.body.interactive as { action: { parameters: IDataObject } };
		const { flow_token } = action.parameters;
		await scene.simulator.writes({
			from: CONTACT_PHONE,
			message: {
				type: 'interactive',
				interactive: {
					type: 'nfm_reply',
					nfm_reply: {
						name: 'flow',
						body: 'Sent',
						response_json: JSON.stringify({ flow_token, day: 'Monday' }),
					},
				},
			},
		});
		expect(await answer()).toMatchObject([
			{ answered: true, message: { flowResponse: { day: 'Monday' } } },
		]);
	});

	it.each([
		['buttons', BUTTONS, undefined],
		['an approval', { responseType: 'approval' }, false],
	])('of %s says when its time is over that nobody answered', async (_, parameters, approved) => {
		await contactWrote();
		const { run } = await ask({
			...parameters,
			options: { limitWaitTime: { values: { resumeAmount: 2, resumeUnit: 'hours' } } },
		});
		expect(run.waitTill).toEqual(new Date((AT + 2 * HOUR) * 1000));
		const ended = await scene.engine.timeOut(waiting()[0]);
		expect(itemsOf(ended, 'After')).toMatchObject([
			{ json: { answered: false, answer: '', answerId: '', answeredAt: null } },
		]);
		const [{ json }] = itemsOf(ended, 'After');
		expect(json.approved).toBe(approved);
		expect(problemsInVersion(1.1, json, 'WhatsAppConversations', 'message', 'sendAndWait')).toEqual(
			[],
		);
	});

	it('is late when the time is over', async () => {
		await contactWrote();
		const { question } = await ask(BUTTONS);
		const [executionId] = waiting();
		await scene.engine.timeOut(executionId);
		expect(await tap(question.id, 'Yes')).toBe(200);
		expect((await triggered(scene.engine))[1]).toMatchObject({
			text: 'Yes',
			reply: { id: 'yes', title: 'Yes' },
			lateAnswerTo: { executionId },
		});
	});

	it('starts the workflow too where that was chosen', async () => {
		await contactWrote({ options: { startForAnswers: true } });
		const { question } = await ask(BUTTONS);
		await tap(question.id, 'Yes');
		const started = await triggered(scene.engine);
		expect(started).toMatchObject([{ text: 'Hello?' }, { text: 'Yes', reply: { id: 'yes' } }]);
		// It came in time, for the run and for the workflow.
		expect(started[1]).not.toHaveProperty('lateAnswerTo');
	});

	it.each([
		['no time', { resumeAmount: 0, resumeUnit: 'hours' }, 'is 0 hours, which leaves no time'],
		[
			'a time before',
			{ limitType: 'atSpecifiedTime', maxDateAndTime: '2001-01-01T00:00:00Z' },
			"is '2001-01-01T00:00:00Z', which is no date and time in the future",
		],
		['nothing', { limitType: 'atSpecifiedTime', maxDateAndTime: '' }, "is '', which is no date"],
	])('is not sent when the limit is %s', async (_, values, said) => {
		await contactWrote();
		const { run } = await ask({ ...BUTTONS, options: { limitWaitTime: { values } } });
		expect(run.data.resultData.error?.message).toMatch(/'Limit Wait Time'/);
		expect(run.data.resultData.error?.message).toContain(said);
		expect(scene.simulator.sent).toEqual([]);
	});

	it('is not sent when it is empty', async () => {
		await contactWrote();
		const { run } = await ask({ ...BUTTONS, message: '={{ $json.none }}' });
		expect(run.data.resultData.error?.message).toMatch(/^'Message' is empty/);
		expect(waiting()).toEqual([]);
	});
});

describe('a question in a closed window', () => {
	const { components } = CONFIRM;
	const fallback = (name: string) => ({
		whenWindowClosed: 'template',
		fallbackTemplate: { __rl: true, mode: 'name', value: `${name}|en_US` },
		fallbackTemplateFields: fields({}),
	});

	beforeEach(async () => {
		addTemplate(scene, CONFIRM);
		addTemplate(scene, { ...CONFIRM, name: 'plain', components: components.slice(0, 1) });
		await contactWrote();
		setClock(25 * HOUR);
	});

	it('is not sent by default, and nothing waits', async () => {
		const { run } = await ask(BUTTONS);
		expect(run.status).toBe('error');
		expect(run.data.resultData.error?.message).toMatch(/window/i);
		expect(waiting()).toEqual([]);
	});

	it('goes out as a template whose quick replies stand for the answers', async () => {
		const { question } = await ask({ ...BUTTONS, ...fallback('confirm') });
		expect(question.type).toBe('template');
		await tap(question.id, 'Never');
		expect(await answer()).toMatchObject([
			{
				answered: true,
				answer: 'Never',
				answerId: 'no',
				sentAs: 'template',
				decision: { reason: 'sentTemplateInstead' },
			},
		]);
	});

	it('is refused where the template has no quick replies', async () => {
		const { run } = await ask({ ...BUTTONS, ...fallback('plain') });
		expect(run.data.resultData.error?.message).toMatch(/no quick replies/);
		expect(scene.simulator.sent).toEqual([]);
	});

	it('may be free text, for which any template will do', async () => {
		await ask({ responseType: 'freeText', ...fallback('plain') });
		await scene.simulator.writes({ from: CONTACT_PHONE, text: 'Because' });
		expect(await answer()).toMatchObject([{ answered: true, answer: 'Because' }]);
	});
});

describe('an answer without a tap', () => {
	it('is taken from the contact alone, after the question, and only once', async () => {
		await contactWrote();
		await ask({ responseType: 'freeText' });
		await scene.simulator.writes({ from: '4915100000009', text: 'Not me' });
		await scene.simulator.writes({ from: CONTACT_PHONE, text: 'Before', agoSeconds: 60 });
		expect(waiting()).toHaveLength(1);
		await scene.simulator.writes({ from: CONTACT_PHONE, text: 'The reason' });
		expect(await answer()).toMatchObject([{ answer: 'The reason' }]);
		await scene.simulator.writes({ from: CONTACT_PHONE, text: 'More' });
		expect((await triggered(scene.engine)).map(({ text }) => text)).toEqual([
			'Hello?',
			'Not me',
			'Before',
			'More',
		]);
	});

	it('goes to the newest question, and then to the one before', async () => {
		await contactWrote();
		await ask({ responseType: 'freeText', message: 'First' });
		setClock(5);
		await ask({ responseType: 'freeText', message: 'Second' });
		const [first, second] = waiting();
		setClock(10);
		await scene.simulator.writes({ from: CONTACT_PHONE, text: 'One' });
		expect(waiting()).toEqual([first]);
		expect(second).not.toBe(first);
		await scene.simulator.writes({ from: CONTACT_PHONE, text: 'Two' });
		expect(waiting()).toEqual([]);
	});

	it('is known after a restart', async () => {
		await contactWrote();
		await ask({ responseType: 'freeText' });
		await scene.engine.settled();
		scene.engine.restart();
		await scene.simulator.writes({ from: CONTACT_PHONE, text: 'The reason' });
		expect(await answer()).toMatchObject([{ answer: 'The reason' }]);
	});

	it('may be a start word that has nothing to take back', async () => {
		await contactWrote();
		await ask({ responseType: 'freeText' });
		await scene.simulator.writes({ from: CONTACT_PHONE, text: 'Yes' });
		expect(await answer()).toMatchObject([{ answered: true, answer: 'Yes' }]);
	});

	it('is no start word that takes an opt-out back', async () => {
		await contactWrote();
		await scene.simulator.writes({ from: CONTACT_PHONE, text: 'STOP', agoSeconds: 300 });
		await ask({ responseType: 'freeText' });
		setClock(300);
		await scene.simulator.writes({ from: CONTACT_PHONE, text: 'Yes' });
		expect(waiting()).toHaveLength(1);
		const items = await triggered(scene.engine);
		expect(items[items.length - 1]).toMatchObject({ text: 'Yes', consentWord: 'start' });
	});

	it('is no word of consent', async () => {
		await contactWrote();
		await ask({ responseType: 'freeText' });
		await scene.simulator.writes({ from: CONTACT_PHONE, text: 'STOP' });
		expect(waiting()).toHaveLength(1);
		expect(await triggered(scene.engine)).toMatchObject([{}, { consentWord: 'stop' }]);
	});
});

describe('a run that went on with an answer', () => {
	it('answers in the window that the answer has opened, also where no state reaches', async () => {
		const { engine, simulator } = scene;
		addTemplate(scene, CONFIRM);
		engine.add(listener('inbox', { registration: 'automatic' }));
		await engine.activate('inbox');
		engine.worker = new NodeProcess();
		const definition = sender('shop', {
			resource: 'message',
			operation: 'sendAndWait',
			responseType: 'template',
			template: { __rl: true, mode: 'name', value: 'confirm|en_US' },
			templateFields: fields({}),
		});
		definition.nodes.push(messageNode({ messageType: 'text', text: 'Thanks' }, { name: 'Reply' }));
		definition.connections.WhatsApp = { main: [[{ node: 'Reply', type: 'main', index: 0 }]] };
		engine.add(definition);
		await engine.run('shop', { items: [{ json: { contact: CONTACT } }] });
		expect(await tap(simulator.sent[0].id, 'Sure')).toBe(200);
		const runs = await engine.settled();
		expect(itemsOf(runs[runs.length - 1], 'Reply')).toMatchObject([
			{ json: { sentAs: 'freeForm', decision: { reason: 'windowOpen' } } },
		]);
	});
});

describe('a tap that comes too late', () => {
	const TEXT = 'This question is closed.';

	/** What the contact was told, after the question. */
	const told = () =>
		scene.simulator.sent.slice(1).map(({ body }) => (body.text as IDataObject)?.body);

	it.each(['has been answered', 'is over'])('is told so once when the question %s', async (how) => {
		await contactWrote({ options: { lateAnswerText: TEXT } });
		const { question } = await ask(BUTTONS);
		if (how === 'is over') await scene.engine.timeOut(waiting()[0]);
		else await tap(question.id, 'Yes');
		expect(told()).toEqual([]);
		expect(await tap(question.id, 'No')).toBe(200);
		expect(told()).toEqual([TEXT]);
		expect(await tap(question.id, 'Yes')).toBe(200);
		expect(told()).toEqual([TEXT]);
		// The workflow hears of both.
		expect((await triggered(scene.engine)).filter((item) => 'lateAnswerTo' in item)).toHaveLength(
			2,
		);
	});

	it('is told so once also when n8n starts anew between two taps', async () => {
		await contactWrote({ options: { lateAnswerText: TEXT } });
		const { question } = await ask(BUTTONS);
		await tap(question.id, 'Yes');
		await tap(question.id, 'No');
		await scene.engine.settled();
		scene.engine.restart();
		await tap(question.id, 'No');
		expect(told()).toEqual([TEXT]);
	});

	it('is told nothing without the option', async () => {
		await contactWrote();
		const { question } = await ask(BUTTONS);
		await tap(question.id, 'Yes');
		await tap(question.id, 'No');
		expect(told()).toEqual([]);
	});

	it('is told nothing when it is forged, also of a question that was answered', async () => {
		await contactWrote({ options: { lateAnswerText: TEXT } });
		const { question } = await ask(BUTTONS);
		const genuine = buttonId(question);
		await tap(question.id, 'Yes');
		const [mark, execution, node, signature, binding, own] = genuine.split('.');
		const forged = [mark, execution, node, `${signature.slice(0, -2)}AA`, binding, own].join('.');
		const answer = { id: forged, title: 'Yes' };
		const message = {
			type: 'interactive',
			interactive: { type: 'button_reply', button_reply: answer },
		};
		await scene.simulator.writes({ from: CONTACT_PHONE, message });
		expect(told()).toEqual([]);
		expect((await triggered(scene.engine)).filter((item) => 'lateAnswerTo' in item)).toEqual([]);
	});
});

describe('a delivery with an answer and other messages', () => {
	const tapOn = (question: SentMessage, id: string) =>
		interactiveReply(
			'button_reply',
			{ id: buttonId(question), title: 'Yes' },
			{ id, timestamp: AT + 5 },
		);

	/** The ordinary message, and a tap on the question. */
	function both(question: SentMessage, body = 'One more thing') {
		const text = textMessage({ id: 'wamid.text', body, timestamp: AT + 5 });
		return batch(messageDelivery(tapOn(question, 'wamid.tap')), messageDelivery(text));
	}

	const texts = async () => (await triggered(scene.engine)).map(({ text }) => text);

	it('starts the workflow for these when the answer is handed over, and once', async () => {
		await contactWrote();
		const { question } = await ask(BUTTONS);
		const delivery = both(question);
		scene.engine.resumesLater = 1_000;
		setClock(5);
		expect((await impatiently(deliver(scene.engine, 'inbox', delivery))).status).toBe(503);
		expect(await texts()).toEqual(['Hello?']);
		expect(waiting()).toHaveLength(1);
		scene.engine.resumesLater = 0;
		expect((await deliver(scene.engine, 'inbox', delivery)).status).toBe(200);
		expect(await texts()).toEqual(['Hello?', 'One more thing']);
		expect(await answers()).toMatchObject([{ answerId: 'yes' }]);
		// And again, as Meta may.
		expect((await deliver(scene.engine, 'inbox', delivery)).status).toBe(200);
		expect(await texts()).toEqual(['Hello?', 'One more thing']);
	});

	it('starts it once also when n8n is killed before the delivery comes again', async () => {
		await contactWrote();
		const { question } = await ask(BUTTONS);
		const delivery = both(question);
		await scene.engine.settled();
		scene.engine.resumesLater = 1_000;
		setClock(5);
		// The row is saved when a run ends, which a kill does not wait for.
		scene.engine.refusesSaves = true;
		expect((await impatiently(deliver(scene.engine, 'inbox', delivery))).status).toBe(503);
		await scene.engine.settled();
		scene.engine.restart();
		scene.engine.refusesSaves = false;
		scene.engine.resumesLater = 0;
		expect((await deliver(scene.engine, 'inbox', delivery)).status).toBe(200);
		expect(await texts()).toEqual(['Hello?', 'One more thing']);
		expect(waiting()).toEqual([]);
	});

	it('starts it by itself when the answer can for long not be handed over, and once', async () => {
		await contactWrote();
		const { question } = await ask(BUTTONS);
		const delivery = both(question);
		scene.engine.running.add(waiting()[0]);
		setClock(5);
		expect((await impatiently(deliver(scene.engine, 'inbox', delivery))).status).toBe(503);
		setClock(4 * MINUTE);
		expect((await impatiently(deliver(scene.engine, 'inbox', delivery))).status).toBe(503);
		expect(await texts()).toEqual(['Hello?']);
		setClock(6 * MINUTE);
		expect((await impatiently(deliver(scene.engine, 'inbox', delivery))).status).toBe(503);
		expect(await texts()).toEqual(['Hello?', 'One more thing']);
		await scene.engine.settled();
		scene.engine.restart();
		scene.engine.running.clear();
		expect((await deliver(scene.engine, 'inbox', delivery)).status).toBe(200);
		expect(await texts()).toEqual(['Hello?', 'One more thing']);
		expect(await answers()).toMatchObject([{ answerId: 'yes' }]);
	});

	it('heeds a stop word at once', async () => {
		await contactWrote();
		const { question } = await ask(BUTTONS);
		scene.engine.running.add(waiting()[0]);
		setClock(5);
		const delivery = both(question, 'STOP');
		expect((await impatiently(deliver(scene.engine, 'inbox', delivery))).status).toBe(503);
		const { consent } = await conversationOf(scene.engine, 'inbox');
		expect(consent).toMatchObject({ all: 'out' });
	});

	it('starts a test in the editor at once', async () => {
		await contactWrote();
		const { question } = await ask(BUTTONS);
		scene.engine.running.add(waiting()[0]);
		setClock(5);
		await scene.engine.listenForTest('inbox');
		await impatiently(deliver(scene.engine, 'inbox', both(question), { test: true }));
		expect(await texts()).toEqual(['Hello?', 'One more thing']);
	});

	it.each([
		['and n8n is the same', false],
		['and n8n was killed', true],
	])('hands over each answer once when another one has to come again, %s', async (_, isKilled) => {
		await contactWrote({ options: { startForAnswers: true, lateAnswerText: 'Closed.' } });
		const { question: first } = await ask(BUTTONS);
		const { question: second } = await ask(BUTTONS);
		const delivery = batch(
			...[first, second].map((one) => messageDelivery(tapOn(one, `wamid.tap-${one.id}`))),
		);
		const [firstRun, secondRun] = waiting();
		scene.engine.running.add(secondRun);
		setClock(5);
		expect((await impatiently(deliver(scene.engine, 'inbox', delivery))).status).toBe(503);
		expect(waiting()).toEqual([secondRun]);
		expect(secondRun).not.toBe(firstRun);
		await scene.engine.settled();
		if (isKilled) scene.engine.restart();
		scene.engine.running.clear();
		expect((await deliver(scene.engine, 'inbox', delivery)).status).toBe(200);
		expect(await answers()).toMatchObject([{ answerId: 'yes' }, { answerId: 'yes' }]);
		// Both came in time, and start the workflow too, as was chosen.
		const started = await triggered(scene.engine);
		expect(started.map(({ text }) => text)).toEqual(['Hello?', 'Yes', 'Yes']);
		expect(started.filter((item) => 'lateAnswerTo' in item)).toEqual([]);
		expect(scene.simulator.sent).toHaveLength(2);
	});
});

/** The ID that the first button of a question carries. */
function buttonId({ body }: SentMessage): string {
	const { action } = body.interactive as { action: { buttons: Array<{ reply: { id: string } }> } };
	return action.buttons[0].reply.id;
}
