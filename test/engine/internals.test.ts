import { Logger } from '@n8n/backend-common';
import { Container } from '@n8n/di';
import { type IDataObject, Workflow } from 'n8n-workflow';

import { runningWorkflow, watchEnd } from '../../nodes/shared/executionEnd';
import { messageDelivery, textMessage } from '../unit/events/payloads';

import { itemsOf } from './engine';
import { conversationOf, deliver, deliverText, listener, useScene } from './scene';

const CONTACTS = Array.from({ length: 20 }, (_none, n) => `1650557${1000 + n}`);

const scene = useScene();

/** What the package asks of n8n beyond what n8n promises to nodes: see docs/development/n8n.md. */
describe('an n8n without the members that it does not promise', () => {
	const { overrideStaticData } = Workflow.prototype;

	beforeEach(async () => {
		delete (Workflow.prototype as Partial<Workflow>).overrideStaticData;
		scene.engine.add(listener('wf'));
		await scene.engine.activate('wf');
	});

	afterEach(() => {
		Workflow.prototype.overrideStaticData = overrideStaticData;
	});

	const deliverAll = async () => {
		for (const from of CONTACTS) {
			const id = `wamid.${from}`;
			const message = textMessage({ id, from, userId: undefined, body: 'STOP' });
			await deliver(scene.engine, 'wf', messageDelivery(message));
		}
		return await scene.engine.settled();
	};

	const known = async () => {
		const items = CONTACTS.map((phone) => ({ json: { contact: `+${phone}` } }));
		const run = await scene.engine.run('wf', { startNode: 'Ask', items });
		const states = itemsOf(run, 'Ask').map(({ json }) => (json.window as IDataObject).state);
		return states.filter((state) => state === 'open').length;
	};

	it('forgets no window over a restart', async () => {
		await deliverAll();
		scene.engine.restart();
		expect(await known()).toBe(CONTACTS.length);
	});

	it('keeps a no over a restart', async () => {
		await deliverText(scene.engine, 'wf', { body: 'STOP' });
		await scene.engine.settled();
		scene.engine.restart();
		const { consent } = await conversationOf(scene.engine, 'wf');
		expect(consent).toMatchObject({ marketing: 'out' });
	});

	it('begins an execution after a crash, and forgets nobody else by what it has to tell', async () => {
		const [first] = await deliverAll();
		scene.engine.restart();
		await scene.engine.run('wf', {
			startNode: 'Trigger',
			items: itemsOf(first, 'Trigger'),
			mode: 'webhook',
			staticData: 'none',
		});
		scene.engine.restart();
		expect(await known()).toBe(CONTACTS.length);
	});

	it('is told of in the log, once', async () => {
		const warned = jest.spyOn(Container.get(Logger), 'warn').mockReturnValue();
		await deliverAll();
		await deliverAll();
		const sentence = expect.stringMatching(/does not know this version of n8n/);
		expect(warned.mock.calls.map(([text]) => text)).toEqual([sentence]);
	});
});

describe('runningWorkflow', () => {
	const overrideStaticData = () => {};
	const staticData = Object.defineProperty({}, '__dataChanged', { value: false, writable: true });

	it('finds the workflow object of an execution', () => {
		const workflow = { overrideStaticData, staticData };
		expect(runningWorkflow({ workflow })).toBe(workflow);
	});

	it.each<[string, object]>([
		['no workflow', {}],
		['no way to put a copy back', { workflow: { staticData } }],
		['no static data', { workflow: { overrideStaticData } }],
		['static data without a mark', { workflow: { overrideStaticData, staticData: {} } }],
	])('finds none where there is %s', (_what, context) => {
		expect(runningWorkflow(context)).toBeUndefined();
	});

	it('still finds what the live state was put into', () => {
		const workflow = { overrideStaticData, staticData };
		watchEnd(workflow, { attach: () => {}, end: () => false });
		expect(runningWorkflow({ workflow })).toBe(workflow);
	});
});
