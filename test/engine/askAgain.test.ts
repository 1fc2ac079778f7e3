import type { IDataObject, INodeParameters, IRun } from 'n8n-workflow';

import type { SentMessage } from '../simulator/types';

import { itemsOf } from './engine';
import {
	addTemplate,
	AT,
	CONTACT,
	CONTACT_PHONE,
	HOUR,
	listener,
	sender,
	setClock,
	triggered,
	useScene,
} from './scene';
import { problemsInVersion } from './schemas';
import { BUTTONS, fields, nodeOf } from './workflows';

const scene = useScene();

const REMIND = { remindAfter: { values: { amount: 3, unit: 'hours', times: 1 } } };
const LIMIT = { limitWaitTime: { values: { resumeAmount: 2, resumeUnit: 'days' } } };

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

/** What a question's message says, and the IDs of its buttons. */
function contentOf({ body }: SentMessage) {
	const { body: text, action } = body.interactive as {
		body: { text: string };
		action: { buttons: Array<{ reply: { id: string } }> };
	};
	return { text: text.text, ids: action.buttons.map(({ reply }) => reply.id) };
}

const waiting = () => [...scene.engine.waiting.keys()];

beforeEach(async () => {
	scene.engine.add(listener('inbox', { registration: 'automatic' }));
	await scene.engine.activate('inbox');
	await scene.simulator.writes({ from: CONTACT_PHONE, text: 'Hello?' });
	await scene.engine.settled();
});

/** Puts a question whose output 'Loop' leads back to it. */
async function ask(parameters: INodeParameters, loops = true): Promise<IRun> {
	const { engine } = scene;
	const definition = sender('shop', {
		resource: 'message',
		operation: 'sendAndWait',
		to: '={{ $json.order.contact }}',
		message: 'Shall we send it?',
		...BUTTONS,
		...parameters,
	});
	const to = (node: string) => [{ node, type: 'main' as const, index: 0 }];
	definition.nodes.push(nodeOf('Answered', 'test.start'), nodeOf('No Answer', 'test.start'));
	definition.connections.WhatsApp = {
		main: [to(loops ? 'WhatsApp' : 'No Answer'), to('Answered'), to('No Answer')],
	};
	engine.add(definition);
	return await engine.run('shop', { items: [{ json: { order: { contact: CONTACT } } }] });
}

/** n8n wakes the run. @param seconds after the question */
async function wake(seconds: number): Promise<IRun> {
	setClock(seconds);
	return await scene.engine.timeOut(waiting()[0]);
}

async function tap(place: number, choice: string): Promise<number | undefined> {
	const { id } = scene.simulator.sent[place];
	return (await scene.simulator.taps({ messageId: id, choice })).delivery?.status;
}

/** What the last run gave to a node. */
async function given(node: 'Answered' | 'No Answer'): Promise<IDataObject[]> {
	const runs = await scene.engine.settled();
	const items = itemsOf(runs[runs.length - 1], node).map(({ json }) => json);
	for (const json of items) {
		expect(problemsInVersion(1.1, json, 'WhatsAppConversations', 'message', 'sendAndWait')).toEqual(
			[],
		);
		expect(json).not.toHaveProperty('askedBefore');
	}
	return items;
}

describe('a reminder', () => {
	it('is refused where nothing leads back to the node, and nothing is sent', async () => {
		const { data } = await ask({ options: REMIND }, false);
		expect(data.resultData.error?.message).toMatch(/^'Remind After' needs the output 'Loop'/);
		expect(scene.simulator.sent).toEqual([]);
	});

	it('is refused when the time is over before it', async () => {
		const limitWaitTime = { values: { resumeAmount: 3, resumeUnit: 'hours' } };
		const { data } = await ask({ options: { ...REMIND, limitWaitTime } });
		expect(data.resultData.error?.message).toMatch(/^'Remind After' is not before the end/);
		expect(scene.simulator.sent).toEqual([]);
	});

	it('is the same question, and a tap on either message answers', async () => {
		const asked = await ask({ options: { ...REMIND, ...LIMIT } });
		expect(asked.waitTill).toEqual(new Date((AT + 3 * HOUR) * 1000));
		const reminded = await wake(3 * HOUR);
		expect(reminded.status).toBe('waiting');
		expect(reminded.waitTill).toEqual(new Date((AT + 48 * HOUR) * 1000));
		const [first, second] = scene.simulator.sent.map(contentOf);
		expect(second).toEqual(first);
		expect(await tap(0, 'Yes')).toBe(200);
		expect(await given('Answered')).toMatchObject([
			{ answered: true, answerId: 'yes', reminders: 1, messageId: scene.simulator.sent[0].id },
		]);
		expect(await given('No Answer')).toEqual([]);
		expect(await triggered(scene.engine)).toHaveLength(1);
	});

	it('is answered like the question, with a text of its own', async () => {
		const { values } = REMIND.remindAfter;
		await ask({ options: { remindAfter: { values: { ...values, message: 'And?' } } } });
		await wake(3 * HOUR);
		expect(contentOf(scene.simulator.sent[1]).text).toBe('And?');
		expect(await tap(1, 'No')).toBe(200);
		expect(await given('Answered')).toMatchObject([{ answerId: 'no', reminders: 1 }]);
	});

	it('does not come where the contact has answered before', async () => {
		await ask({ options: REMIND });
		await tap(0, 'No');
		expect(await given('Answered')).toMatchObject([{ answerId: 'no', reminders: 0 }]);
		expect(scene.simulator.sent).toHaveLength(1);
		expect(waiting()).toEqual([]);
	});

	it('comes as often as was chosen, and then nobody has answered', async () => {
		const remindAfter = { values: { amount: 3, unit: 'hours', times: 2 } };
		const limitWaitTime = { values: { resumeAmount: 10, resumeUnit: 'hours' } };
		await ask({ options: { remindAfter, limitWaitTime } });
		await wake(3 * HOUR);
		await wake(6 * HOUR);
		await wake(10 * HOUR);
		expect(scene.simulator.sent).toHaveLength(3);
		expect(await given('No Answer')).toMatchObject([
			{ answered: false, answeredAt: null, reminders: 2 },
		]);
		expect(await given('Answered')).toEqual([]);
		expect(waiting()).toEqual([]);
	});

	it('does not come any more when n8n was down for the whole time', async () => {
		await ask({ options: { ...REMIND, ...LIMIT } });
		await wake(50 * HOUR);
		expect(scene.simulator.sent).toHaveLength(1);
		expect(await given('No Answer')).toMatchObject([{ answered: false, reminders: 0 }]);
	});

	it('is held back by a closed window, and the question stays open', async () => {
		await ask({ options: { remindAfter: { values: { amount: 25, unit: 'hours' } }, ...LIMIT } });
		const run = await wake(25 * HOUR);
		expect(run.status).toBe('waiting');
		expect(scene.simulator.sent).toHaveLength(1);
		await tap(0, 'Yes');
		expect(await given('Answered')).toMatchObject([
			{ answerId: 'yes', reminders: 0, notAskedAgain: expect.stringMatching(/window/i) },
		]);
	});

	it('goes out as a template in a closed window, and a tap on either message answers', async () => {
		addTemplate(scene, CONFIRM);
		await ask({
			whenWindowClosed: 'template',
			fallbackTemplate: { __rl: true, mode: 'name', value: 'confirm|en_US' },
			fallbackTemplateFields: fields({}),
			options: { remindAfter: { values: { amount: 25, unit: 'hours' } }, ...LIMIT },
		});
		await wake(25 * HOUR);
		expect(scene.simulator.sent.map(({ type }) => type)).toEqual(['interactive', 'template']);
		await tap(1, 'Never');
		expect(await given('Answered')).toMatchObject([
			{ answer: expect.any(String), answerId: 'no', reminders: 1 },
		]);
	});
});

describe('an answer that is none of the choices', () => {
	const ASK_AGAIN = {
		otherAnswers: 'askAgain',
		askAgainTimes: 1,
		askAgainMessage: 'Please tap one of the buttons.',
	};
	const write = async (text: string) => await scene.simulator.writes({ from: CONTACT_PHONE, text });

	it('has the question put again, and starts nothing', async () => {
		await ask(ASK_AGAIN);
		const { delivery } = await write('Hm, what?');
		expect(delivery?.status).toBe(200);
		await scene.engine.settled();
		expect(waiting()).toHaveLength(1);
		expect(contentOf(scene.simulator.sent[1]).text).toBe('Please tap one of the buttons.');
		expect(await triggered(scene.engine)).toHaveLength(1);
		expect(await tap(1, 'Yes')).toBe(200);
		expect(await given('Answered')).toMatchObject([{ answerId: 'yes', askedAgain: 1 }]);
	});

	it('is put again once, however often it is delivered', async () => {
		await ask(ASK_AGAIN);
		const { messageId } = await write('Hm, what?');
		await scene.engine.settled();
		scene.engine.restart();
		const again = await scene.simulator.redeliver(messageId);
		expect(again.map(({ status }) => status)).toEqual([200]);
		await scene.engine.settled();
		expect(scene.simulator.sent).toHaveLength(2);
	});

	it('is accepted in the end', async () => {
		await ask(ASK_AGAIN);
		await write('Hm, what?');
		await scene.engine.settled();
		await write('I do not want to tap');
		expect(await given('Answered')).toMatchObject([
			{ answered: true, answer: 'I do not want to tap', answerId: '', askedAgain: 1 },
		]);
		expect(scene.simulator.sent).toHaveLength(2);
	});

	it('is the tap that it stands for, where it names a button', async () => {
		await ask(ASK_AGAIN);
		await write(' no');
		expect(await given('Answered')).toMatchObject([
			{ answer: 'No', answerId: 'no', askedAgain: 0 },
		]);
	});

	it('is no reason to forget the reminder', async () => {
		await ask({ ...ASK_AGAIN, options: REMIND });
		setClock(HOUR);
		await write('Hm, what?');
		const runs = await scene.engine.settled();
		expect(runs[runs.length - 1].waitTill).toEqual(new Date((AT + 3 * HOUR) * 1000));
		await wake(3 * HOUR);
		expect(scene.simulator.sent).toHaveLength(3);
		await tap(2, 'No');
		expect(await given('Answered')).toMatchObject([{ reminders: 1, askedAgain: 1 }]);
	});
});
