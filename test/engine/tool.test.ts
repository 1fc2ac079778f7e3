import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { body, template } from '../unit/templates/samples';

import { itemsOf } from './engine';
import {
	addTemplate,
	CONTACT,
	deliverText,
	HOUR,
	listener,
	sender,
	setClock,
	useScene,
} from './scene';
import { chosen, fields, SEND_TYPE } from './workflows';

const scene = useScene();

/** Words of the editor, which mean nothing to a model. */
const OF_THE_EDITOR = /'|Options|parameter|node|credential|Record Consent|Sent By/i;

/** The node as n8n makes a tool of it: what a model gets to read. */
async function answer(parameters: INodeParameters, type = `${SEND_TYPE}Tool`) {
	const id = `tool ${scene.engine.executions.length}`;
	scene.engine.add(sender(id, parameters, { type }));
	const run = await scene.engine.run(id, { items: [{ json: { contact: CONTACT } }] });
	const [item] = itemsOf(run, 'WhatsApp');
	return { error: run.data.resultData.error, json: item?.json as IDataObject | undefined };
}

const TEXT: INodeParameters = { messageType: 'text', text: 'Hello', whenWindowClosed: 'stop' };

const requests = () => scene.simulator.sent.length;

beforeEach(async () => {
	addTemplate(scene, template([body('Sale!')], { name: 'sale', category: 'MARKETING' }));
	scene.engine.add(listener('wf'));
	await scene.engine.activate('wf');
	await deliverText(scene.engine, 'wf');
	await scene.engine.settled();
});

it('tells a model in one short object that a message is on its way, and not to send it again', async () => {
	const { json } = await answer(TEXT);
	expect(json).toEqual({
		sent: true,
		result: 'WhatsApp accepted the message. Do not send it again.',
	});
	expect(requests()).toBe(1);
});

const SALE: INodeParameters = {
	operation: 'sendTemplate',
	template: chosen('sale|en_US'),
	templateFields: fields(null),
};

const later = async () => setClock(25 * HOUR);
const handOver = async () => {
	const parameters = { resource: 'conversation', operation: 'handOver', contact: CONTACT };
	await answer({ ...parameters, howLong: 'hours', hours: 2 }, SEND_TYPE);
};

it.each<[string, () => Promise<void>, INodeParameters, string]>([
	['outside the window', later, TEXT, 'the last 24 hours'],
	['by the other output', later, { ...TEXT, whenWindowClosed: 'output' }, 'the last 24 hours'],
	['without consent', async () => {}, SALE, 'has not agreed'],
	['while a person has the conversation', handOver, TEXT, 'a person of the business has'],
])(
	'tells a model as a result, and not as an error, that nothing was sent %s',
	async (_when, before, parameters, why) => {
		await before();
		const { json, error } = await answer(parameters);
		expect(error).toBeUndefined();
		expect(json).toEqual({ sent: false, result: expect.stringContaining(why) });
		expect(json?.result).toMatch(/^Not sent: .*do not try again\.$/i);
		expect(json?.result).not.toMatch(OF_THE_EDITOR);
		expect(JSON.stringify(json).length).toBeLessThan(260);
		expect(requests()).toBe(0);
	},
);

it.each(['John', '', '555', '+49', '0151 12340001', '+49 151 12340001 or +49 170 1234567'])(
	"tells a model that has chosen '%s' as the recipient not to guess another one",
	async (to) => {
		const { json, error } = await answer({ ...TEXT, to: `={{ /* $fromAI('phone') */ '${to}' }}` });
		expect(error).toBeUndefined();
		expect(json).toEqual({ sent: false, result: expect.stringContaining('Do not guess') });
		expect(json?.result).not.toMatch(OF_THE_EDITOR);
		expect(JSON.stringify(json)).not.toMatch(/\d/);
		expect(requests()).toBe(0);
	},
);

it('fails where whoever has built the workflow gave a recipient that is none', async () => {
	const { error } = await answer({ ...TEXT, to: "={{ 'John' }}" });
	expect(error?.message).toContain("'To'");
});

it('fails where the workflow has to be mended', async () => {
	const { json, error } = await answer({ ...TEXT, text: "={{ '' }}" });
	expect(json).toBeUndefined();
	expect(error?.message).toContain("'Text'");
});

it('leaves the items of a node, and of tools made before version 1.1, as they are', async () => {
	const { json } = await answer(TEXT, SEND_TYPE);
	expect(json).toHaveProperty('decision');
	const id = 'old tool';
	scene.engine.add(sender(id, TEXT, { type: `${SEND_TYPE}Tool`, typeVersion: 1 }));
	const run = await scene.engine.run(id, { items: [{ json: { contact: CONTACT } }] });
	expect(itemsOf(run, 'WhatsApp')[0].json).toHaveProperty('decision');
});
