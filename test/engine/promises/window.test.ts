import type { INodeParameters } from 'n8n-workflow';

import { message, messageDelivery } from '../../unit/events/payloads';
import { itemsOf } from '../engine';
import {
	AT,
	CONTACT,
	conversationOf,
	deliver,
	deliverText,
	HOUR,
	listener,
	listeningTrigger,
	messageNode,
	MINUTE,
	send,
	setClock,
	useScene,
	windowOf,
} from '../scene';
import { nodeOf, workflowOf } from '../workflows';

/** Promises of `docs/window.md`. */
const scene = useScene();

const NEW_PHONE = '4915112345679';

async function listen(): Promise<void> {
	scene.engine.add(listener('inbox'));
	await scene.engine.activate('inbox');
}

it('a Wait node in between is taken into account', async () => {
	const wait = nodeOf('Between', 'test.pause', { parameters: { waitMs: 300 } });
	const answer = messageNode({ text: 'Hello', whenWindowClosed: 'output' });
	scene.engine.add(workflowOf('inbox', listeningTrigger('inbox'), wait, answer));
	await scene.engine.activate('inbox');
	const delivered = deliverText(scene.engine, 'inbox');
	await delivered;
	// The node waits by now; a day passes for it.
	setClock(25 * HOUR);
	const [run] = await scene.engine.settled();
	expect(itemsOf(run, 'Trigger')[0].json).toMatchObject({ window: { state: 'open' } });
	expect(itemsOf(run, 'WhatsApp', 1)).toMatchObject([
		{ json: { decision: { reason: 'windowClosed' } } },
	]);
	expect(scene.simulator.sent).toEqual([]);
});

describe('60 seconds early, and what Safety Margin makes of them', () => {
	const ask = async (options: INodeParameters) => {
		const { items } = await send(scene, {
			resource: 'conversation',
			operation: 'get',
			contact: CONTACT,
			options,
		});
		return items[0].window;
	};
	const answer = async (options: INodeParameters) =>
		(await send(scene, { text: 'Hello', whenWindowClosed: 'output', options })).items.length;

	it.each([
		[{}, 24 * HOUR - MINUTE],
		[{ safetyMargin: 0 }, 24 * HOUR],
		[{ safetyMargin: 3600 }, 23 * HOUR],
	])('with %j it is closed after %i seconds', async (options, closesAfter) => {
		await listen();
		await deliverText(scene.engine, 'inbox');
		setClock(closesAfter - 1);
		expect(await ask(options)).toMatchObject({ state: 'open' });
		expect(await answer(options)).toBe(1);
		setClock(closesAfter);
		expect(await ask(options)).toMatchObject({ state: 'closed' });
		expect(await answer(options)).toBe(0);
	});
});

it('Get tells what would happen now, and why, without sending', async () => {
	await listen();
	await deliverText(scene.engine, 'inbox');
	setClock(25 * HOUR);
	expect(await conversationOf(scene.engine, 'inbox')).toMatchObject({
		maySend: {
			freeForm: { allowed: false, explanation: expect.stringContaining('closed at 21 Nov') },
			utilityTemplate: { allowed: true },
		},
	});
	expect(scene.simulator.sent).toEqual([]);
});

it('unknown within the 24 hours after a change of the number, closed after them', async () => {
	await listen();
	await deliverText(scene.engine, 'inbox');
	const system = {
		type: 'user_changed_number',
		wa_id: NEW_PHONE,
		user_id: 'US.2',
		body: 'changed',
	};
	const changed = message('system', system, { id: 'wamid.changed', timestamp: AT + HOUR });
	await deliver(scene.engine, 'inbox', messageDelivery(changed));
	const state = async () => (await windowOf(scene.engine, 'inbox', `+${NEW_PHONE}`)).state;
	setClock(2 * HOUR);
	expect(await state()).toBe('unknown');
	setClock(24 * HOUR);
	expect(await state()).toBe('closed');
	await deliverText(scene.engine, 'inbox', {
		id: 'wamid.new',
		from: NEW_PHONE,
		userId: 'US.2',
		timestamp: AT + 24 * HOUR,
	});
	expect(await state()).toBe('open');
});
