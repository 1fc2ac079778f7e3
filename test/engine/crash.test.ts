import type { IDataObject } from 'n8n-workflow';

import { messageDelivery, textMessage } from '../unit/events/payloads';

import { itemsOf } from './engine';
import { deliver, deliverText, listener, listeningTrigger, useScene } from './scene';
import { nodeOf, workflowOf } from './workflows';

const CONTACTS = Array.from({ length: 20 }, (_none, n) => `1650557${1000 + n}`);

const scene = useScene();

/**
 * When n8n starts after a crash, it runs the executions that it had stored and not begun. It gives
 * them no static data, although the row has some, and saves what a node of theirs writes.
 */
describe('an execution that n8n begins after a crash', () => {
	const messageOf = (from: string) => textMessage({ id: `wamid.${from}`, from, userId: undefined });

	const known = async () => {
		const items = CONTACTS.map((phone) => ({ json: { contact: `+${phone}` } }));
		const run = await scene.engine.run('wf', { startNode: 'Ask', items });
		const states = itemsOf(run, 'Ask').map(({ json }) => (json.window as IDataObject).state);
		return states.filter((state) => state === 'open').length;
	};

	it.each([
		['nothing', undefined],
		['a node that writes static data', 'test.writer'],
		['a Code node, which puts a copy of the whole back', 'test.code'],
	])('forgets no window, with %s behind the trigger', async (_what, type) => {
		const behind = type ? [nodeOf('Writer', type, { parameters: { waitMs: 0 } })] : [];
		const definition = workflowOf('wf', listeningTrigger('wf'), ...behind);
		definition.nodes.push(...listener('wf').nodes.slice(1));
		scene.engine.add(definition);
		await scene.engine.activate('wf');
		for (const from of CONTACTS)
			await deliver(scene.engine, 'wf', messageDelivery(messageOf(from)));
		const [first] = await scene.engine.settled();

		scene.engine.restart();
		for (let left = 0; left < 2; left++) {
			await scene.engine.run('wf', {
				startNode: 'Trigger',
				items: itemsOf(first, 'Trigger'),
				mode: 'webhook',
				staticData: 'none',
			});
		}
		await deliverText(scene.engine, 'wf');
		await scene.engine.settled();
		expect(await known()).toBe(CONTACTS.length);
	});
});
