import { waitFor } from '../../n8n/client';
import { chosenN8n, traitsOf } from '../../n8n/versions';
import { Asking } from '../asking';
import { Scenario } from '../scenario';

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
});
