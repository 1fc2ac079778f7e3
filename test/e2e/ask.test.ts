import type { IDataObject } from 'n8n-workflow';

import { waitFor } from '../n8n/client';
import type { SentMessage } from '../simulator/types';

import { Asking } from './asking';
import { byName, fields, Scenario } from './scenario';

const ANN = '4915112340001';
const BOB = '4915112340002';
const CAT = '4915112340003';

const BUTTONS = {
	responseType: 'buttons',
	buttons: {
		button: [
			{ title: 'Yes', id: 'yes' },
			{ title: 'No', id: '' },
		],
	},
};

/** The ID that a button of a question carries. */
function wireId({ body }: SentMessage, place = 0): string {
	const { action } = body.interactive as { action: { buttons: Array<{ reply: { id: string } }> } };
	return action.buttons[place].reply.id;
}

/** A tap as WhatsApp reports it, of any ID. */
function tapOf(id: string, title = 'Yes'): IDataObject {
	return {
		type: 'interactive',
		interactive: { type: 'button_reply', button_reply: { id, title } },
	};
}

describe('a question', () => {
	let scenario: Scenario;

	beforeAll(async () => {
		scenario = await Scenario.start('ask');
		scenario.sim.addTemplate({
			name: 'confirm_order',
			category: 'UTILITY',
			components: [
				{ type: 'BODY', text: 'Hello {{1}}, shall we send your order?' },
				{
					type: 'BUTTONS',
					buttons: [
						{ type: 'QUICK_REPLY', text: 'Confirm' },
						{ type: 'QUICK_REPLY', text: 'Cancel' },
					],
				},
			],
		});
	});

	afterAll(async () => {
		await scenario?.stop();
	});

	it('is answered by a tap, with which the run goes on', async () => {
		const shop = await Asking.start(scenario, BUTTONS);
		await shop.open(ANN);
		const question = await shop.ask(ANN);
		const { delivery } = await scenario.sim.taps({ messageId: question.id, choice: 'Yes' });
		expect(delivery?.status).toBe(200);
		const [answer] = await shop.answers(1);
		expect(answer).toMatchObject({
			answered: true,
			answer: 'Yes',
			answerId: 'yes',
			messageId: question.id,
			sentAs: 'freeForm',
			decision: { reason: 'windowOpen' },
			message: { event: 'message', type: 'interactive', reply: { id: 'yes', title: 'Yes' } },
		});
		expect(answer).not.toHaveProperty('question');
		expect(await shop.inbox(1)).toMatchObject([{ text: 'Hi' }]);
	});

	it('is answered once, however often the tap comes, and a second tap is late', async () => {
		const shop = await Asking.start(scenario, BUTTONS);
		await shop.open(ANN);
		const question = await shop.ask(ANN);
		const { messageId } = await scenario.sim.taps({ messageId: question.id, choice: 'No' });
		const again = await scenario.sim.redeliver(messageId);
		expect(again.map(({ status }) => status)).toEqual([200]);
		await scenario.sim.taps({ messageId: question.id, choice: 'Yes' });
		const inbox = await shop.inbox(2);
		expect(inbox).toMatchObject([
			{ text: 'Hi' },
			{ text: 'Yes', reply: { id: 'yes' }, lateAnswerTo: { executionId: expect.any(String) } },
		]);
		expect(inbox).toHaveLength(2);
		const answers = await shop.answers(1);
		expect(answers).toMatchObject([{ answered: true, answer: 'No', answerId: 'No' }]);
		expect(answers).toHaveLength(1);
	});

	it('is not answered by another contact, nor by what somebody forged', async () => {
		const shop = await Asking.start(scenario, BUTTONS);
		await shop.open(ANN);
		await shop.open(BOB);
		const question = await shop.ask(ANN);
		await shop.waitForWaiting(1);
		const genuine = wireId(question);
		const [mark, execution, node, signature, binding, own] = genuine.split('.');
		const forged = [
			[mark, execution, node, `${signature.slice(0, -2)}AA`, binding, own].join('.'),
			[mark, String(Number(execution) + 1), node, signature, binding, own].join('.'),
			[mark, execution, node, signature, `${binding.slice(0, -2)}AA`, own].join('.'),
		];
		const { number: to } = shop;
		await scenario.sim.writes({ from: BOB, to, message: tapOf(genuine) });
		for (const id of forged) await scenario.sim.writes({ from: ANN, to, message: tapOf(id) });
		const inbox = await shop.inbox(6);
		expect(inbox.slice(2).map(({ reply }) => (reply as IDataObject).id)).toEqual([
			genuine,
			...forged,
		]);
		expect(inbox.filter((item) => 'lateAnswerTo' in item)).toEqual([]);
		expect(await shop.waiting()).toBe(1);
	});

	it('goes out as a template when the window is closed, whose quick replies are the answers', async () => {
		const shop = await Asking.start(scenario, {
			...BUTTONS,
			whenWindowClosed: 'template',
			fallbackTemplate: byName('confirm_order'),
			fallbackTemplateFields: fields({ 'body:1': 'Ann' }),
		});
		const question = await shop.ask(ANN);
		expect(question.type).toBe('template');
		const { delivery } = await scenario.sim.taps({ messageId: question.id, choice: 'Cancel' });
		expect(delivery?.status).toBe(200);
		expect(await shop.answers(1)).toMatchObject([
			{
				answered: true,
				answer: 'Cancel',
				answerId: 'No',
				sentAs: 'template',
				decision: { reason: 'sentTemplateInstead' },
				preview: { body: 'Hello Ann, shall we send your order?' },
			},
		]);
	});

	it('goes out as a template from the start', async () => {
		const shop = await Asking.start(scenario, {
			responseType: 'template',
			template: byName('confirm_order'),
			templateFields: fields({ 'body:1': 'Ann', 'button:0:payload': 'ok' }),
		});
		const question = await shop.ask(ANN);
		await scenario.sim.taps({ messageId: question.id, choice: 'Confirm' });
		expect(await shop.answers(1)).toMatchObject([
			{ answered: true, answer: 'Confirm', answerId: 'ok', sentAs: 'template' },
		]);
	});

	it('says in the data that nobody has answered in time', async () => {
		const shop = await Asking.start(
			scenario,
			{
				...BUTTONS,
				options: { limitWaitTime: { values: { resumeAmount: 0.05, resumeUnit: 'minutes' } } },
			},
			{ options: { lateAnswerText: 'Closed.' } },
		);
		await shop.open(ANN);
		const question = await shop.ask(ANN);
		const [answer] = await shop.answers(1, 90_000);
		expect(answer).toMatchObject({
			answered: false,
			answer: '',
			answerId: '',
			answeredAt: null,
			messageId: question.id,
		});
		await scenario.sim.taps({ messageId: question.id, choice: 'Yes' });
		expect((await shop.inbox(2))[1]).toMatchObject({ lateAnswerTo: {} });
		expect(scenario.sentFrom(shop.number)[1]).toMatchObject({
			body: { text: { body: 'Closed.' } },
		});
	}, 150_000);

	it('is put again as a reminder, whose tap and that on the first message answer', async () => {
		const remindAfter = { values: { amount: 0.05, unit: 'minutes', times: 1, message: 'And?' } };
		const limitWaitTime = { values: { resumeAmount: 2.5, resumeUnit: 'minutes' } };
		const shop = await Asking.start(scenario, {
			...BUTTONS,
			options: { remindAfter, limitWaitTime },
		});
		const reminded = (phone: string) =>
			scenario.sentFrom(shop.number).filter(({ to }) => to.phone === phone)[1];
		const asked: SentMessage[] = [];
		for (const phone of [ANN, BOB, CAT]) {
			await shop.open(phone);
			asked.push(await shop.ask(phone));
		}
		await waitFor(
			async () => await Promise.resolve([ANN, BOB, CAT].every((phone) => reminded(phone))),
			(isDone) => isDone,
			90_000,
			() => 'Not everybody was reminded',
		);
		await shop.waitForWaiting(3);
		await scenario.sim.taps({ messageId: asked[0].id, choice: 'Yes' });
		await scenario.sim.taps({ messageId: reminded(BOB).id, choice: 'No' });
		expect(await shop.answers(2)).toMatchObject([
			{ answered: true, answerId: 'yes', reminders: 1, messageId: asked[0].id },
			{ answered: true, answerId: 'No', reminders: 1, messageId: asked[1].id },
		]);
		const [last] = (await shop.answers(3, 180_000)).filter(({ answered }) => answered === false);
		expect(last).toMatchObject({ reminders: 1, messageId: asked[2].id, answeredAt: null });
		expect(scenario.sentFrom(shop.number)).toHaveLength(6);
	}, 400_000);

	it('is put again after what is none of its choices', async () => {
		const shop = await Asking.start(scenario, { ...BUTTONS, otherAnswers: 'askAgain' });
		await shop.open(ANN);
		await shop.ask(ANN);
		const { delivery } = await scenario.sim.writes({ from: ANN, to: shop.number, text: 'Hm?' });
		expect(delivery?.status).toBe(200);
		const sent = await waitFor(
			async () => await Promise.resolve(scenario.sentFrom(shop.number)),
			(all) => all.length === 2,
			30_000,
			() => 'The question was not put again',
		);
		await scenario.sim.taps({ messageId: sent[1].id, choice: 'Yes' });
		expect(await shop.answers(1)).toMatchObject([{ answerId: 'yes', askedAgain: 1 }]);
		expect(await shop.inbox(1)).toMatchObject([{ text: 'Hi' }]);
	});

	it('is answered by what the contact writes next', async () => {
		const shop = await Asking.start(scenario, { responseType: 'freeText' });
		await shop.open(ANN);
		await shop.ask(ANN);
		const { number: to } = shop;
		await scenario.sim.reacts({ from: ANN, to, messageId: 'wamid.any', emoji: '👍' });
		await scenario.sim.writes({ from: BOB, to, text: 'Not me' });
		await scenario.sim.writes({ from: ANN, to, text: 'STOP' });
		const { delivery } = await scenario.sim.writes({ from: ANN, to, text: 'To the neighbour' });
		expect(delivery?.status).toBe(200);
		expect(await shop.answers(1)).toMatchObject([
			{ answered: true, answer: 'To the neighbour', answerId: '', message: { type: 'text' } },
		]);
		await scenario.sim.writes({ from: ANN, to, text: 'Thanks' });
		const inbox = await shop.inbox(5);
		expect(inbox.map(({ type, text }) => text || type)).toEqual([
			'Hi',
			'reaction',
			'Not me',
			'STOP',
			'Thanks',
		]);
		expect(inbox.filter((item) => 'lateAnswerTo' in item)).toEqual([]);
	});

	it('takes a text in place of a tap only where that was chosen', async () => {
		const strict = await Asking.start(scenario, BUTTONS);
		await strict.open(ANN);
		await strict.ask(ANN);
		await scenario.sim.writes({ from: ANN, to: strict.number, text: 'Yes please' });
		expect(await strict.inbox(2)).toMatchObject([{ text: 'Hi' }, { text: 'Yes please' }]);
		await strict.waitForWaiting(1);
		const open = await Asking.start(scenario, { ...BUTTONS, otherAnswers: 'accept' });
		await open.open(ANN);
		await open.ask(ANN);
		await scenario.sim.writes({ from: ANN, to: open.number, text: 'Yes please' });
		expect(await open.answers(1)).toMatchObject([
			{ answered: true, answer: 'Yes please', answerId: '' },
		]);
	});

	it('in free text is answered after an orderly restart', async () => {
		const shop = await Asking.start(scenario, { responseType: 'location' });
		await shop.open(ANN);
		await shop.ask(ANN);
		await shop.waitForWaiting(1);
		await scenario.server.restart();
		await scenario.client.logIn();
		const location = { latitude: 52.5, longitude: 13.4 };
		const { delivery } = await scenario.sim.writes({
			from: ANN,
			to: shop.number,
			message: { type: 'location', location },
		});
		expect(delivery?.status).toBe(200);
		expect(await shop.answers(1)).toMatchObject([{ answered: true, message: { location } }]);
	});

	it('is answered by a tap after n8n was killed, with all that it remembered wiped', async () => {
		const shop = await Asking.start(scenario, BUTTONS);
		await shop.open(ANN);
		const question = await shop.ask(ANN);
		await shop.waitForWaiting(1);
		await scenario.server.kill();
		await scenario.server.restart();
		await scenario.client.logIn();
		await scenario.client.setStaticData(shop.inboxId, {});
		await scenario.client.setStaticData(shop.shopId, {});
		const { delivery } = await scenario.sim.taps({ messageId: question.id, choice: 'Yes' });
		expect(delivery?.status).toBe(200);
		expect(await shop.answers(1)).toMatchObject([{ answered: true, answerId: 'yes' }]);
	});
});
