import axios from 'axios';
import type { IDataObject } from 'n8n-workflow';

import { readReference } from '../../nodes/core/ask/reference';
import { resumeAddress } from '../../nodes/core/ask/resumeAddress';
import type { SentMessage } from '../simulator/types';

import { CONTACT, CONTACT_PHONE, listener, sender, setClock, triggered, useScene } from './scene';
import { BUTTONS, chosen } from './workflows';

const STRANGER = '4915100000009';
const OTHER_NUMBER = '106540352242923';

const scene = useScene();

/** The ID that the first button of a question carries. */
function buttonId({ body }: SentMessage): string {
	const { action } = body.interactive as { action: { buttons: Array<{ reply: { id: string } }> } };
	return action.buttons[0].reply.id;
}

const tapOf = (id: string): IDataObject => ({
	type: 'interactive',
	interactive: { type: 'button_reply', button_reply: { id, title: 'Yes' } },
});

/** With other capital letters. */
const turned = (text: string) =>
	text.replace(/[a-z]/gi, (one) =>
		one === one.toLowerCase() ? one.toUpperCase() : one.toLowerCase(),
	);

/** A button's ID with one of its parts changed. */
const withPart = (part: number, change: (text: string) => string) => (id: string) =>
	id
		.split('.')
		.map((text, index) => (index === part ? change(text) : text))
		.join('.');

const node = (nodeId: string) =>
	withPart(2, () => `~${Buffer.from(nodeId, 'utf8').toString('base64url')}`);

/** Whoever was asked knows the ID of the button, and nothing else does what the button does. */
describe('an answer that nobody gave', () => {
	let question: SentMessage;

	beforeEach(async () => {
		const { engine, simulator } = scene;
		simulator.addBusinessNumber({ id: OTHER_NUMBER, phone: '15550100900', name: 'Other Shop' });
		const registration = 'automatic';
		engine.add(listener('inbox', { registration }));
		engine.add(listener('other', { registration, businessNumber: chosen(OTHER_NUMBER) }));
		for (const id of ['inbox', 'other']) await engine.activate(id);
		await simulator.writes({ from: CONTACT_PHONE, text: 'Hello?' });
		await engine.settled();
		engine.add(
			sender('shop', {
				resource: 'message',
				operation: 'sendAndWait',
				message: 'Shall we send it?',
				...BUTTONS,
			}),
		);
		await engine.run('shop', { items: [{ json: { contact: CONTACT } }] });
		[question] = simulator.sent;
		setClock(5);
	});

	const isWaiting = () => scene.engine.waiting.size === 1;

	it.each<[string, (id: string) => string]>([
		['the mark', withPart(0, turned)],
		['another run', withPart(1, (text) => String(Number(text) + 1))],
		['the digits of another script', withPart(1, () => '２')],
		['another node', node('id of Ask')],
		['a folder up', node('..')],
		['this folder', node('.')],
		['a longer path', node('x/../id of WhatsApp')],
		['the capital letters of the signature', withPart(3, turned)],
		['no signature', withPart(3, () => 'A'.repeat(43))],
		['the capital letters of the binding', withPart(4, turned)],
		['the binding of another question', withPart(4, (text) => `${text.slice(0, -2)}AA`)],
		['an answer that was not offered', withPart(5, () => 'free of charge')],
		['a place that was not offered', withPart(5, () => '#7')],
		['no answer', withPart(5, () => '')],
		['other capital letters of the answer', withPart(5, turned)],
		['a sign that nobody sees behind the answer', withPart(5, (text) => `${text}\u200b`)],
		['a letter that looks the same', withPart(5, (text) => text.replace('e', '\u0435'))],
		['a line after it', (id) => `${id}\n`],
		['a space before it', (id) => ` ${id}`],
	])('is an ordinary message when the ID of the button has %s', async (_, forge) => {
		const id = forge(buttonId(question));
		const { delivery } = await scene.simulator.writes({ from: CONTACT_PHONE, message: tapOf(id) });
		expect(delivery?.status).toBe(200);
		expect(isWaiting()).toBe(true);
		const [, item] = await triggered(scene.engine);
		expect(item).toMatchObject({ text: 'Yes', reply: { id } });
		expect(item).not.toHaveProperty('lateAnswerTo');
	});

	it.each([
		['another contact', { from: STRANGER }],
		['the contact, at another number', { from: CONTACT_PHONE, to: OTHER_NUMBER }],
	])('is an ordinary message when %s sends the ID of the button', async (_, who) => {
		const message = tapOf(buttonId(question));
		const { delivery } = await scene.simulator.writes({ ...who, message });
		expect(delivery?.status).toBe(200);
		expect(isWaiting()).toBe(true);
		expect(await triggered(scene.engine)).toHaveLength(2);
	});

	it.each([
		['as the contact', CONTACT_PHONE],
		['as somebody else', STRANGER],
	])('resumes nothing when it is posted to n8n itself, %s', async (_, phone) => {
		const way = readReference(buttonId(question))!;
		const { origin } = new URL(scene.engine.webhookUrl('inbox'));
		const message = {
			event: 'message',
			businessNumberId: question.businessNumberId,
			contact: `+${phone}`,
			phone: `+${phone}`,
			messageId: 'wamid.forged',
			text: 'Yes',
		};
		const ids = [CONTACT_PHONE, phone];
		const content = { answerId: 'yes', isTap: true, ids, message };
		for (const body of [content, { content: JSON.stringify(content), proof: '' }]) {
			await axios.post(resumeAddress(`${origin}/webhook-waiting`, way), body, { proxy: false });
		}
		expect(isWaiting()).toBe(true);
	});

	it('takes the tap itself all the same', async () => {
		await scene.simulator.taps({ messageId: question.id, choice: 'Yes' });
		expect(isWaiting()).toBe(false);
	});
});
