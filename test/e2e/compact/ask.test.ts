import { waitFor } from '../../n8n/client';
import { chosenN8n, traitsOf } from '../../n8n/versions';
import { Asking } from '../asking';
import { workflowOf } from '../harness';
import { byName, fields, orderWebhook, Scenario } from '../scenario';

const ANN = '4915112340001';
const BOB = '4915112340002';

const { version } = chosenN8n();

const BUTTONS = {
	responseType: 'buttons',
	buttons: {
		button: [
			{ title: 'Yes', id: 'yes' },
			{ title: 'No', id: 'no' },
		],
	},
};

const describeWhereSigned = traitsOf().signsResumes ? describe : describe.skip;

describeWhereSigned(`a question on n8n ${version}`, () => {
	let scenario: Scenario;

	beforeAll(async () => {
		scenario = await Scenario.start(`compact-ask-${version}`);
	});

	afterAll(async () => {
		await scenario?.stop();
	});

	it('is answered by a tap, also after n8n was killed', async () => {
		const shop = await Asking.start(scenario, BUTTONS);
		await shop.open(ANN);
		await shop.open(BOB);
		const question = await shop.ask(ANN);
		await scenario.sim.taps({ messageId: question.id, choice: 'Yes' });
		expect(await shop.answers(1)).toMatchObject([{ answered: true, answerId: 'yes' }]);
		const later = await shop.ask(BOB);
		await shop.waitForWaiting(1);
		await scenario.server.kill();
		await scenario.server.restart();
		await scenario.client.logIn();
		await scenario.sim.taps({ messageId: later.id, choice: 'No' });
		expect(await shop.answers(2)).toMatchObject([{}, { answered: true, answerId: 'no' }]);
	}, 180_000);

	it('is put again, as a reminder and after what is none of its choices, and given up', async () => {
		const shop = await Asking.start(scenario, {
			...BUTTONS,
			otherAnswers: 'askAgain',
			options: {
				remindAfter: { values: { amount: 0.05, unit: 'minutes', times: 1, message: 'And?' } },
				limitWaitTime: { values: { resumeAmount: 2.5, resumeUnit: 'minutes' } },
			},
		});
		const sent = async (count: number) =>
			await waitFor(
				async () => await Promise.resolve(scenario.sentFrom(shop.number)),
				(all) => all.length === count,
				90_000,
				(all) => `${all.length} questions were put`,
			);
		await shop.open(ANN);
		await shop.open(BOB);
		const anns = await shop.ask(ANN);
		const bobs = await shop.ask(BOB);
		await sent(4);
		await shop.waitForWaiting(2);
		await scenario.sim.writes({ from: ANN, to: shop.number, text: 'Hm?' });
		await sent(5);
		await scenario.sim.taps({ messageId: anns.id, choice: 'Yes' });
		expect(await shop.answers(1)).toMatchObject([
			{ answered: true, answerId: 'yes', reminders: 1, askedAgain: 1, messageId: anns.id },
		]);
		const silent = (await shop.answers(2, 200_000)).filter(({ answered }) => answered === false);
		expect(silent).toMatchObject([{ reminders: 1, messageId: bobs.id }]);
	}, 400_000);

	it('is not needed for a message that is held: it goes out when the contact writes', async () => {
		const number = scenario.addNumber();
		scenario.sim.addTemplate({
			name: 'answer_ready',
			category: 'UTILITY',
			components: [{ type: 'BODY', text: 'We have an answer. Shall we send it?' }],
		});
		await scenario.activate(workflowOf('Inbox', scenario.trigger(number)));
		const webhook = orderWebhook('Held');
		webhook.parameters.responseMode = 'onReceived';
		const send = scenario.send(number, {
			to: '={{ $json.body.phone }}',
			text: '={{ $json.body.text }}',
			whenWindowClosed: 'hold',
			fallbackTemplate: byName('answer_ready'),
			fallbackTemplateFields: fields({}),
		});
		const workflow = workflowOf('Desk', webhook, send);
		workflow.connections.Send = { main: [[{ node: 'Send', type: 'main', index: 0 }]] };
		const deskId = await scenario.activate(workflow);
		await waitFor(
			async () => await scenario.callbackOf(number),
			(url) => url !== '',
			30_000,
			() => 'The trigger is not registered',
		);
		const before = scenario.sim.sent.length;
		await scenario.call(webhook, { phone: `+${ANN}`, text: 'It is 40 cm wide.' });
		await scenario.sim.waitForSent(before + 1, 30_000);
		const { delivery } = await scenario.sim.writes({ from: ANN, to: number, text: 'Sure' });
		expect(delivery?.status).toBe(200);
		await scenario.client.waitForExecutions(deskId, 1, 30_000);
		expect(scenario.sentFrom(number).map(({ type }) => type)).toEqual(['template', 'text']);
	}, 120_000);
});
