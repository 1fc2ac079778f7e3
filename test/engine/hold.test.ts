import type { IDataObject, INodeExecutionData, INodeParameters, IRun } from 'n8n-workflow';

import { itemsOf } from './engine';
import {
	addTemplate,
	CONTACT,
	CONTACT_PHONE,
	fileItem,
	HOUR,
	listener,
	sender,
	setClock,
	triggered,
	useScene,
} from './scene';
import { problemsInVersion } from './schemas';
import { fields, nodeOf } from './workflows';

const scene = useScene();

const TEXT = 'It is 40 cm wide.';

const READY = {
	id: '',
	name: 'ready',
	language: 'en_US',
	status: 'APPROVED',
	category: 'UTILITY',
	components: [
		{ type: 'BODY', text: 'We have an answer. Shall we send it?' },
		{ type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'Yes, please' }] },
	],
};

const HOLD = {
	messageType: 'text',
	text: TEXT,
	whenWindowClosed: 'hold',
	fallbackTemplate: { __rl: true, mode: 'name', value: 'ready|en_US' },
	fallbackTemplateFields: fields({}),
};

beforeEach(async () => {
	addTemplate(scene, READY);
	scene.engine.add(listener('inbox', { registration: 'automatic' }));
	await scene.engine.activate('inbox');
	await scene.simulator.writes({ from: CONTACT_PHONE, text: 'How wide is it?' });
	await scene.engine.settled();
});

const waiting = () => [...scene.engine.waiting.keys()];
const types = () => scene.simulator.sent.map(({ type }) => type);

/** Sends what is held in a closed window, by a node whose output 'Loop' leads back to it. */
async function send(
	parameters: INodeParameters = {},
	items: INodeExecutionData[] = [{ json: { contact: CONTACT } }],
	loops = true,
): Promise<IRun> {
	const definition = sender('desk', {
		resource: 'message',
		operation: 'send',
		...HOLD,
		...parameters,
	});
	const to = (node: string) => [{ node, type: 'main' as const, index: 0 }];
	definition.nodes.push(nodeOf('Sent', 'test.start'), nodeOf('No Answer', 'test.start'));
	definition.connections.WhatsApp = {
		main: [loops ? to('WhatsApp') : [], to('Sent'), to('No Answer')],
	};
	scene.engine.add(definition);
	return await scene.engine.run('desk', { items });
}

/** What the last run gave to a node. */
async function given(node: 'Sent' | 'No Answer'): Promise<IDataObject[]> {
	const runs = await scene.engine.settled();
	return itemsOf(runs[runs.length - 1], node).map(({ json }) => json);
}

async function sentItem(): Promise<IDataObject> {
	const [item] = await given('Sent');
	expect(problemsInVersion(1.1, item, 'WhatsAppConversations', 'message', 'send')).toEqual([]);
	return item;
}

describe('a message that is held until the contact replies', () => {
	it('goes out at once in the open window', async () => {
		await send();
		expect(types()).toEqual(['text']);
		expect(await sentItem()).toMatchObject({ sentAs: 'freeForm' });
		expect(waiting()).toEqual([]);
	});

	it('goes out when the contact writes, after a template', async () => {
		setClock(25 * HOUR);
		const run = await send();
		expect(run.status).toBe('waiting');
		expect(types()).toEqual(['template']);
		for (const id of ['desk', 'inbox']) {
			expect(JSON.stringify(scene.engine.staticData(id))).not.toContain(TEXT);
		}
		const { delivery } = await scene.simulator.writes({ from: CONTACT_PHONE, text: 'Sure' });
		expect(delivery?.status).toBe(200);
		expect(await sentItem()).toMatchObject({
			sentAs: 'freeForm',
			decision: { reason: 'windowOpen' },
			messageId: scene.simulator.sent[1].id,
			held: { templateMessageId: scene.simulator.sent[0].id, answer: 'Sure' },
		});
		expect(types()).toEqual(['template', 'text']);
		expect(await triggered(scene.engine)).toHaveLength(1);
		expect(waiting()).toEqual([]);
	});

	it('goes out at a tap on the template, also when n8n has started anew', async () => {
		setClock(25 * HOUR);
		await send();
		await scene.engine.settled();
		scene.engine.restart();
		const [{ id }] = scene.simulator.sent;
		await scene.simulator.taps({ messageId: id, choice: 'Yes, please' });
		expect(await sentItem()).toMatchObject({ held: { answer: 'Yes, please' } });
		expect(types()).toEqual(['template', 'text']);
	});

	it('keeps its file in the run', async () => {
		setClock(25 * HOUR);
		const parameters = { messageType: 'document', mediaSource: 'binary', binaryField: 'data' };
		await send(parameters, [fileItem('%PDF-1.4', 'application/pdf', 'offer.pdf')]);
		await scene.simulator.writes({ from: CONTACT_PHONE, text: 'Sure' });
		await sentItem();
		expect(types()).toEqual(['template', 'document']);
	});

	it('is given up when the time is over', async () => {
		setClock(25 * HOUR);
		await send({
			options: { limitWaitTime: { values: { resumeAmount: 1, resumeUnit: 'hours' } } },
		});
		setClock(26 * HOUR);
		await scene.engine.timeOut(waiting()[0]);
		expect(await given('No Answer')).toMatchObject([{ answered: false, sentAs: 'template' }]);
		expect(await given('Sent')).toEqual([]);
		expect(types()).toEqual(['template']);
	});

	it('is not sent to a contact who stops in place of an answer', async () => {
		setClock(25 * HOUR);
		await send();
		await scene.simulator.writes({ from: CONTACT_PHONE, text: 'STOP' });
		expect(waiting()).toHaveLength(1);
		expect(types()).toEqual(['template']);
	});

	it('is refused where nothing leads back to the node, and for many items', async () => {
		setClock(25 * HOUR);
		const unwired = await send({}, undefined, false);
		expect(unwired.data.resultData.error?.message).toMatch(/needs the output 'Loop'/);
		const item = { json: { contact: CONTACT } };
		const many = await send({}, [item, item]);
		expect(many.data.resultData.error?.message).toMatch(/got 2 items/);
		expect(types()).toEqual([]);
	});
});
