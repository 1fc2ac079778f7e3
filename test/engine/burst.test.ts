import { setImmediate as nextTurn } from 'timers/promises';

import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import {
	batch,
	interactiveReply,
	message,
	messageDelivery,
	textMessage,
} from '../unit/events/payloads';

import { itemsOf, type Answer } from './engine';
import { AT, conversationOf, deliver, listener, useScene } from './scene';
import { problemsWith } from './schemas';

const scene = useScene();

async function listen(options: IDataObject = {}): Promise<void> {
	scene.engine.add(listener('wf', { options: { joinMessages: true, ...options } } as never));
	await scene.engine.activate('wf');
}

/** Text that is no whole sentence, so that more is waited for. */
const fragment = (n: number, body = `part ${n}`) =>
	messageDelivery(textMessage({ id: `wamid.${n}`, body, timestamp: AT - 90 + n }));

/** A tap is never held back, and ends the wait: so no test has to wait for it. */
const tap = (id = 'wamid.tap') =>
	messageDelivery(
		interactiveReply('button_reply', { id: 'yes', title: 'Yes' }, { id, timestamp: AT }),
	);

/** Delivers, and goes on when the delivery has been read, answered or not. */
async function arrives(
	payload: unknown,
): Promise<{ answer: Promise<Answer>; isOver: () => boolean }> {
	const before = scene.engine.requests.length;
	let isOver = false;
	const answer = deliver(scene.engine, 'wf', payload).finally(() => (isOver = true));
	// What waits when a test ends is cut off with its server.
	answer.catch(() => undefined);
	while (scene.engine.requests.length === before) await nextTurn();
	for (let turn = 0; turn < 100; turn++) await nextTurn();
	return { answer, isOver: () => isOver };
}

/** What each run gave. */
async function runs(): Promise<INodeExecutionData[][]> {
	const found = (await scene.engine.settled()).map((run) => itemsOf(run, 'Trigger'));
	for (const { json } of found.flat()) {
		expect(problemsWith(json, 'WhatsAppConversationsTrigger', 'output')).toEqual([]);
	}
	return found;
}

const texts = async () => (await runs()).map((items) => items.map(({ json }) => json.text));

it('starts one run for messages in a row, and answers none before n8n holds it', async () => {
	await listen();
	const first = await arrives(fragment(1));
	const second = await arrives(fragment(2));
	const third = await arrives(fragment(3));
	expect([first, second, third].map(({ isOver }) => isOver())).toEqual([false, false, false]);
	expect(scene.engine.executions).toEqual([]);

	expect((await deliver(scene.engine, 'wf', tap())).status).toBe(200);
	for (const { answer } of [first, second, third]) expect((await answer).status).toBe(200);
	const found = await runs();
	expect(found).toHaveLength(2);
	const joined = found.flat().find(({ json }) => json.type === 'text')!;
	expect(joined.json).toMatchObject({
		event: 'message',
		messageId: 'wamid.3',
		text: 'part 1\npart 2\npart 3',
		timestamp: new Date((AT - 87) * 1000).toISOString(),
		window: { state: 'open' },
		messages: [
			{ messageId: 'wamid.1', type: 'text', text: 'part 1' },
			{ messageId: 'wamid.2', type: 'text', text: 'part 2' },
			{ messageId: 'wamid.3', type: 'text', text: 'part 3' },
		],
	});
	const answered = found.flat().find(({ json }) => json.type === 'interactive')!;
	expect(answered.json).not.toHaveProperty('messages');
});

it('joins what one delivery brings, and is off where it was not asked for', async () => {
	await listen();
	const both = batch(fragment(1), fragment(2));
	const { answer } = await arrives(both);
	await deliver(scene.engine, 'wf', tap());
	expect((await answer).status).toBe(200);
	expect(await texts()).toContainEqual(['part 1\npart 2']);

	scene.engine.add(listener('other'));
	await scene.engine.activate('other');
	expect((await deliver(scene.engine, 'other', fragment(5))).status).toBe(200);
	expect(await texts()).toContainEqual(['part 5']);
});

it('does not wait any longer when there are thirty', async () => {
	await listen();
	const answers: Array<Promise<Answer>> = [];
	for (let n = 1; n <= 30; n++) answers.push((await arrives(fragment(n))).answer);
	for (const answer of answers) expect((await answer).status).toBe(200);
	const [[{ json }]] = await runs();
	expect(json.messages).toHaveLength(30);
});

it('heeds a word of consent at once', async () => {
	await listen();
	const { answer } = await arrives(fragment(1));
	expect((await deliver(scene.engine, 'wf', fragment(2, 'STOP'))).status).toBe(200);
	expect((await answer).status).toBe(200);
	expect((await texts()).sort()).toEqual([['STOP'], ['part 1']]);
	expect(await conversationOf(scene.engine, 'wf')).toMatchObject({ consent: { all: 'out' } });
});

it('sends a repetition away while the message waits, and knows it afterwards', async () => {
	await listen();
	const first = await arrives(fragment(1));
	expect((await deliver(scene.engine, 'wf', fragment(1))).status).toBe(503);
	const second = await arrives(fragment(2));
	await deliver(scene.engine, 'wf', tap());
	await Promise.all([first.answer, second.answer]);
	for (const n of [1, 2]) expect((await deliver(scene.engine, 'wf', fragment(n))).status).toBe(200);
	await scene.engine.settled();
	scene.engine.restart();
	for (const n of [1, 2]) expect((await deliver(scene.engine, 'wf', fragment(n))).status).toBe(200);
	expect(await texts()).toHaveLength(2);
});

it('loses nothing when n8n dies while they wait: none was acknowledged', async () => {
	await listen();
	await arrives(fragment(1));
	await arrives(fragment(2));
	scene.engine.restart();
	const first = await arrives(fragment(1));
	const second = await arrives(fragment(2));
	await deliver(scene.engine, 'wf', tap());
	for (const { answer } of [first, second]) expect((await answer).status).toBe(200);
	expect(await texts()).toContainEqual(['part 1\npart 2']);
});

it('has all of them come again when n8n cannot take the run', async () => {
	await listen();
	const first = await arrives(fragment(1));
	const second = await arrives(fragment(2));
	scene.engine.storeExecution = async () => await Promise.reject(new Error('The disk is full'));
	expect((await deliver(scene.engine, 'wf', tap())).status).toBe(500);
	expect((await first.answer).status).toBe(500);
	expect((await second.answer).status).toBe(503);
	scene.engine.storeExecution = async () => {};
	const again = [await arrives(fragment(1)), await arrives(fragment(2))];
	await deliver(scene.engine, 'wf', tap('wamid.other tap'));
	for (const { answer } of again) expect((await answer).status).toBe(200);
	expect(await texts()).toContainEqual(['part 1\npart 2']);
});

it('fetches the files of all of them, each into a field of its own', async () => {
	await listen({ downloadMedia: true });
	const photo = (n: number) => {
		const file = scene.simulator.addInboundMedia(Buffer.from(`photo ${n}`), 'image/jpeg');
		return messageDelivery(message('image', file, { id: `wamid.${n}`, timestamp: AT - 90 + n }));
	};
	const held = [await arrives(photo(1)), await arrives(fragment(2)), await arrives(photo(3))];
	await deliver(scene.engine, 'wf', tap());
	await Promise.all(held.map(async ({ answer }) => await answer));
	const [joined] = (await runs()).flat().filter(({ json }) => json.messages);
	expect(joined.json).toMatchObject({
		type: 'image',
		text: 'part 2',
		messages: [{ binaryField: 'data' }, { type: 'text' }, { binaryField: 'data_1' }],
	});
	const content = (field: string) =>
		Buffer.from(joined.binary?.[field].data ?? '', 'base64').toString();
	expect([content('data'), content('data_1')]).toEqual(['photo 1', 'photo 3']);
});

it('passes on only those that no other run has', async () => {
	await listen();
	const first = await arrives(fragment(1));
	await deliver(scene.engine, 'wf', tap());
	await first.answer;
	const [known] = (await runs()).flat().filter(({ json }) => json.messages);
	const other = { messageId: 'wamid.2', type: 'text', text: 'part 2' };
	const json = { ...known.json, messages: [...(known.json.messages as IDataObject[]), other] };
	const again = await scene.engine.run('wf', { startNode: 'Trigger', items: [{ json }] });
	expect(itemsOf(again, 'Trigger')).toMatchObject([
		{ json: { messageId: 'wamid.2', text: 'part 2', messages: [other] } },
	]);
});
