import { createHmac } from 'crypto';

import Ajv from 'ajv';
import fc from 'fast-check';

import { describeWithFixtures, readFixture } from '../../fixtures';
import { bytesOf, signatureOf } from '../../simulator/deliveries';
import type { Json } from '../../simulator/types';

import {
	CUSTOMER,
	NUMBER,
	SECRET,
	startCallback,
	startScene,
	TEXT,
	valuesOf,
	type Received,
	type Scene,
} from './setup';

let scene: Scene;
beforeEach(async () => {
	scene = await startScene();
});
afterEach(() => scene.stop());

const isGenuine = ({ headers, bytes }: Received) =>
	headers['x-hub-signature-256'] ===
	`sha256=${createHmac('sha256', SECRET).update(bytes).digest('hex')}`;
const textsOf = (received: Received[]) =>
	received.flatMap(({ body }) =>
		valuesOf(body).flatMap(({ messages = [] }) =>
			(messages as Array<{ text: { body: string } }>).map(({ text }) => text.body),
		),
	);

describe('a message of a contact', () => {
	it('arrives as Meta sends it', async () => {
		const { messageId, delivery } = await scene.sim.writes({
			from: { phone: CUSTOMER, userId: 'US.1', name: 'Zoë', username: 'zoe' },
			text: 'Hello',
			agoSeconds: 5,
		});
		expect(delivery).toMatchObject({ status: 200, body: 'seen', url: scene.callback.url });
		expect(scene.callback.received[0].body).toEqual({
			object: 'whatsapp_business_account',
			entry: [
				{
					id: scene.sim.world.identity.businessAccountId,
					changes: [
						{
							field: 'messages',
							value: {
								messaging_product: 'whatsapp',
								metadata: { display_phone_number: '15550001111', phone_number_id: NUMBER },
								contacts: [
									{
										profile: { name: 'Zoë', username: 'zoe' },
										wa_id: CUSTOMER,
										user_id: 'US.1',
									},
								],
								messages: [
									{
										from: CUSTOMER,
										from_user_id: 'US.1',
										id: messageId,
										timestamp: String(scene.clock.ms / 1000 - 5),
										type: 'text',
										text: { body: 'Hello' },
									},
								],
							},
						},
					],
				},
			],
		});
		expect(scene.sim.inbound).toMatchObject([
			{ id: messageId, businessNumberId: NUMBER, from: { phone: CUSTOMER, userId: 'US.1' } },
		]);
	});

	it.each([
		['only a user ID', { userId: 'US.1' }, { from_user_id: 'US.1' }, { user_id: 'US.1' }],
		[
			'a hidden number',
			{ phone: CUSTOMER, userId: 'US.1', hides: 'phone' as const },
			{ from_user_id: 'US.1' },
			{ user_id: 'US.1' },
		],
		[
			'empty strings for the number',
			{ phone: CUSTOMER, userId: 'US.1', hides: 'phoneLeavingEmpty' as const },
			{ from: '', from_user_id: 'US.1' },
			{ wa_id: '', user_id: 'US.1' },
		],
		[
			'no user ID',
			{ phone: CUSTOMER, hides: 'userId' as const },
			{ from: CUSTOMER },
			{ wa_id: CUSTOMER },
		],
	])('may come with %s', async (_, from, inMessage, inContact) => {
		await scene.sim.writes({ from, text: 'Hello' });
		const [{ messages, contacts }] = scene.callback.values();
		const { from: phone, from_user_id: userId } = (messages as Json[])[0];
		expect({ from: phone, from_user_id: userId }).toEqual({
			from: undefined,
			from_user_id: undefined,
			...inMessage,
		});
		expect((contacts as Json[])[0]).toEqual({ profile: expect.anything(), ...inContact });
	});

	it('may come in the form from before April 2026', async () => {
		scene.sim.settings.userIds = false;
		await scene.sim.writes({ from: CUSTOMER, text: 'Hello' });
		await scene.send(TEXT);
		await scene.sim.settled();
		expect(JSON.stringify(scene.callback.values())).not.toContain('user_id');
	});

	it('is a system message without contacts', async () => {
		const system = { type: 'user_changed_number', body: '…', wa_id: '15551239999' };
		await scene.sim.writes({ from: CUSTOMER, message: { type: 'system', system } });
		expect(scene.callback.values()[0]).not.toHaveProperty('contacts');
	});

	it('needs a type', async () => {
		await expect(scene.sim.writes({ from: CUSTOMER, message: {} })).rejects.toThrow(/type/);
	});
});

describe('calls, taps, reactions, preferences', () => {
	it('tells of a call on its own field', async () => {
		const { messageId } = await scene.sim.calls({ from: CUSTOMER });
		await scene.sim.calls({ from: CUSTOMER, event: 'terminate', id: messageId });
		expect(scene.callback.received[0].body).toMatchObject({
			entry: [{ changes: [{ field: 'calls' }] }],
		});
		expect(scene.callback.values()).toMatchObject([
			{ calls: [{ id: messageId, event: 'connect', direction: 'USER_INITIATED', from: CUSTOMER }] },
			{ calls: [{ id: messageId, event: 'terminate' }] },
		]);
	});

	it('tells whether a call by the business was taken', async () => {
		await scene.sim.calls({ from: CUSTOMER, direction: 'business', accepted: false });
		expect(scene.callback.values()).toMatchObject([
			{ statuses: [{ type: 'call', status: 'REJECTED', recipient_id: CUSTOMER }] },
		]);
	});

	const buttons = {
		type: 'interactive',
		interactive: {
			type: 'button',
			body: { text: 'Well?' },
			action: {
				buttons: [
					{ type: 'reply', reply: { id: 'y', title: 'Yes' } },
					{ type: 'reply', reply: { id: 'n', title: 'No' } },
				],
			},
		},
	};
	const list = {
		type: 'interactive',
		interactive: {
			type: 'list',
			body: { text: 'Which?' },
			action: {
				button: 'Choose',
				sections: [{ rows: [{ id: 'r1', title: 'One', description: 'the first' }] }],
			},
		},
	};

	it.each([
		[
			'a button by title',
			buttons,
			'No',
			{ type: 'button_reply', button_reply: { id: 'n', title: 'No' } },
		],
		[
			'a button by position',
			buttons,
			0,
			{ type: 'button_reply', button_reply: { id: 'y', title: 'Yes' } },
		],
		[
			'a row by ID',
			list,
			'r1',
			{ type: 'list_reply', list_reply: { id: 'r1', title: 'One', description: 'the first' } },
		],
	])('answers with %s', async (_, message, choice, interactive) => {
		await scene.sim.writes({ from: CUSTOMER, text: 'Hello' });
		const { id } = await scene.send(message);
		await scene.sim.settled();
		scene.callback.received.length = 0;
		await scene.sim.taps({ messageId: id, choice });
		expect(scene.callback.values()).toMatchObject([
			{ messages: [{ type: 'interactive', interactive, context: { id, from: '15550001111' } }] },
		]);
		await expect(scene.sim.taps({ messageId: id, choice: 'Maybe' })).rejects.toThrow(
			/nothing to tap/,
		);
	});

	it.each([
		['with its text', undefined, 'Stop promotions'],
		['with the payload that was sent', 'OPT_OUT', 'OPT_OUT'],
	])('taps a quick reply of a template, %s, which opens the window', async (_, sent, payload) => {
		scene.sim.addTemplate({
			name: 'promo',
			components: [
				{ type: 'BODY', text: 'Sale' },
				{ type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'Stop promotions' }] },
			],
		});
		const parameters = [{ type: 'payload', payload: sent }];
		const components = sent
			? [{ type: 'button', sub_type: 'quick_reply', index: '0', parameters }]
			: [];
		const { id } = await scene.send({
			type: 'template',
			template: { name: 'promo', language: { code: 'en_US' }, components },
		});
		await scene.sim.settled();
		await scene.sim.taps({ messageId: id, choice: 'Stop promotions' });
		expect(scene.callback.values().slice(-1)).toMatchObject([
			{
				messages: [
					{ type: 'button', button: { payload, text: 'Stop promotions' }, context: { id } },
				],
			},
		]);
		expect(scene.sim.windowOf(NUMBER, CUSTOMER).open).toBe(true);
	});

	it('reacts, and takes the reaction back without an emoji key', async () => {
		await scene.sim.reacts({ from: CUSTOMER, messageId: 'wamid.1', emoji: '👍' });
		await scene.sim.reacts({ from: CUSTOMER, messageId: 'wamid.1' });
		await scene.sim.reacts({ from: CUSTOMER, messageId: 'wamid.1', emoji: '' });
		expect(scene.callback.values().map(({ messages }) => (messages as Json[])[0].reaction)).toEqual(
			[
				{ message_id: 'wamid.1', emoji: '👍' },
				{ message_id: 'wamid.1' },
				{ message_id: 'wamid.1' },
			],
		);
	});
});

describeWithFixtures("Meta's schema of webhooks", () => {
	it.each<[string, Json]>([
		['text', { type: 'text', text: { body: 'Hello' } }],
		['reaction', { type: 'reaction', reaction: { message_id: 'wamid.1', emoji: '👍' } }],
		[
			'button reply',
			{
				type: 'interactive',
				context: { from: '15550001111', id: 'wamid.1' },
				interactive: { type: 'button_reply', button_reply: { id: 'y', title: 'Yes' } },
			},
		],
		[
			'template button',
			{
				type: 'button',
				context: { from: '15550001111', id: 'wamid.1' },
				button: { payload: 'P', text: 'T' },
			},
		],
	])('fits a message of type %s', async (_, message) => {
		const validate = new Ajv({ allErrors: true }).compile(
			readFixture<object>('meta-openapi-v23', 'webhooks-payload.repaired.schema.json'),
		);
		await scene.sim.writes({ from: CUSTOMER, message });
		validate(scene.callback.received[0].body);
		expect(validate.errors).toBeNull();
	});
});

describe('the signature', () => {
	it('is made over the exact bytes, in which everything is ASCII', async () => {
		await scene.sim.writes({ from: CUSTOMER, text: 'Grüße 👋 \u2028' });
		const [received] = scene.callback.received;
		expect(isGenuine(received)).toBe(true);
		expect(received.bytes.toString()).toContain('Gr\\u00fc\\u00dfe \\ud83d\\udc4b \\u2028');
		expect(received.bytes.every((byte) => byte < 128)).toBe(true);
		expect(textsOf([received])).toEqual(['Grüße 👋 \u2028']);
	});

	it('holds without the escaping too', async () => {
		scene.sim.settings.escapeNonAscii = false;
		await scene.sim.writes({ from: CUSTOMER, text: 'Grüße' });
		const [received] = scene.callback.received;
		expect(isGenuine(received)).toBe(true);
		expect(received.bytes.toString()).toContain('Grüße');
	});

	it('never changes what the body says', () => {
		fc.assert(
			fc.property(fc.json({ stringUnit: 'binary' }), (text) => {
				const payload = { any: JSON.parse(text) as unknown };
				for (const escape of [true, false]) {
					const parsed = JSON.parse(bytesOf(payload, escape).toString()) as unknown;
					expect(JSON.stringify(parsed)).toBe(JSON.stringify(payload));
				}
			}),
		);
	});

	it('agrees with an independent computation', () => {
		expect(signatureOf(Buffer.from('{}'), 'secret')).toBe(
			`sha256=${createHmac('sha256', 'secret').update('{}').digest('hex')}`,
		);
	});

	const payload = {
		object: 'whatsapp_business_account',
		entry: [{ id: '900800700600500', changes: [{ field: 'messages', value: {} }] }],
	};

	it('can be forged, missing, or anything', async () => {
		await scene.sim.deliver(payload);
		await scene.sim.deliver(payload, { signature: 'forged' });
		await scene.sim.deliver(payload, { signature: 'missing' });
		await scene.sim.deliver(payload, { header: 'sha256=00' });
		const [valid, forged, missing, odd] = scene.callback.received;
		expect(isGenuine(valid)).toBe(true);
		expect(isGenuine(forged)).toBe(false);
		expect(forged.headers['x-hub-signature-256']).toMatch(/^sha256=[0-9a-f]{64}$/);
		expect(missing.headers).not.toHaveProperty('x-hub-signature-256');
		expect(odd.headers['x-hub-signature-256']).toBe('sha256=00');
	});

	it('goes to any address, in any number of copies', async () => {
		const other = await startCallback();
		const deliveries = await scene.sim.deliver(payload, { url: other.url, copies: 3 });
		expect(deliveries.map(({ status }) => status)).toEqual([200, 200, 200]);
		expect(new Set(other.received.map(({ bytes }) => bytes.toString())).size).toBe(1);
		expect(other.received).toHaveLength(3);
		await other.stop();
	});
});

describe('again, late, together', () => {
	it('tries again when asked to, until somebody says 200', async () => {
		scene.sim.settings.retry = true;
		scene.callback.status = ({ at }) => (at < 2 ? 500 : 200);
		const { delivery } = await scene.sim.writes({ from: CUSTOMER, text: 'Hello' });
		expect(delivery?.status).toBe(200);
		expect(scene.sim.deliveries.map(({ status }) => status)).toEqual([500, 500, 200]);
		expect(new Set(scene.callback.received.map(({ bytes }) => bytes.toString())).size).toBe(1);
	});

	it('gives up after three more', async () => {
		scene.sim.settings.retry = true;
		scene.callback.status = () => 401;
		await scene.sim.writes({ from: CUSTOMER, text: 'Hello' });
		expect(scene.callback.received).toHaveLength(4);
	});

	it('does not try again by itself', async () => {
		scene.callback.status = () => 503;
		await scene.sim.writes({ from: CUSTOMER, text: 'Hello' });
		expect(scene.callback.received).toHaveLength(1);
	});

	it('delivers again what was not acknowledged, in order, and nothing else', async () => {
		await scene.sim.writes({ from: CUSTOMER, text: 'heard' });
		scene.callback.status = () => 500;
		await scene.sim.writes({ from: CUSTOMER, text: 'one' });
		await scene.sim.writes({ from: CUSTOMER, text: 'two', deliver: false });
		scene.callback.status = () => 200;
		scene.callback.received.length = 0;
		await scene.sim.redeliver();
		expect(textsOf(scene.callback.received)).toEqual(['one', 'two']);
		expect(await scene.sim.redeliver()).toEqual([]);
	});

	it('delivers one message again, acknowledged or not, byte by byte', async () => {
		const { messageId } = await scene.sim.writes({ from: CUSTOMER, text: 'Hello' });
		scene.clock.forward(3 * 24 * 3600);
		await scene.sim.redeliver(messageId);
		const [first, second] = scene.callback.received;
		expect(second.bytes.equals(first.bytes)).toBe(true);
	});

	it('joins messages in one POST, in any order', async () => {
		const early = await scene.sim.writes({
			from: CUSTOMER,
			text: 'early',
			agoSeconds: 60,
			deliver: false,
		});
		const late = await scene.sim.writes({ from: CUSTOMER, text: 'late', deliver: false });
		const friend = await scene.sim.writes({ from: '15551230002', text: 'friend', deliver: false });
		const ids = [late, early, friend].map(({ messageId }) => messageId);
		await scene.sim.deliverBatch(ids);
		expect(scene.callback.received).toHaveLength(1);
		expect(textsOf(scene.callback.received)).toEqual(['late', 'early', 'friend']);
		expect(scene.callback.values()).toHaveLength(1);
		expect(scene.callback.values()[0].contacts).toHaveLength(2);
		expect(isGenuine(scene.callback.received[0])).toBe(true);
		expect(await scene.sim.redeliver()).toEqual([]);
	});

	it.each([
		['changes' as const, 1, 2],
		['entries' as const, 2, 2],
	])('joins by %s', async (grouping, entries, changes) => {
		const one = await scene.sim.writes({ from: CUSTOMER, text: 'one', deliver: false });
		const two = await scene.sim.writes({ from: CUSTOMER, text: 'two', deliver: false });
		await scene.sim.deliverBatch([one.messageId, two.messageId], grouping);
		const [{ body }] = scene.callback.received;
		expect(body.entry).toHaveLength(entries);
		expect(valuesOf(body)).toHaveLength(changes);
		expect(textsOf(scene.callback.received)).toEqual(['one', 'two']);
	});

	it('may hold the same message twice, and its contact once', async () => {
		const { messageId } = await scene.sim.writes({ from: CUSTOMER, text: 'x', deliver: false });
		await scene.sim.deliverBatch([messageId, messageId]);
		const [{ contacts, messages }] = scene.callback.values();
		expect([contacts, messages]).toMatchObject([[{}], [{ id: messageId }, { id: messageId }]]);
	});

	it('joins a message with the status of an answer', async () => {
		scene.sim.settings.statuses = 'held';
		const { messageId } = await scene.sim.writes({ from: CUSTOMER, text: 'Hello', deliver: false });
		const { id } = await scene.send(TEXT);
		await scene.sim.settled();
		expect(scene.callback.received).toHaveLength(0);
		await scene.sim.deliverBatch([id, messageId]);
		const [value] = scene.callback.values();
		expect(value.statuses).toMatchObject([{ status: 'sent' }, { status: 'delivered' }]);
		expect(value.messages).toMatchObject([{ id: messageId }]);
	});
});

describe('when nobody listens', () => {
	it('says so, and throws nothing', async () => {
		scene.sim.world.subscriptions.app = undefined;
		const { delivery } = await scene.sim.writes({ from: CUSTOMER, text: 'Hello' });
		expect(delivery?.problem).toBe('no published workflow hears this number');
		expect(scene.sim.deliveries).toEqual([]);
	});

	it('writes a broken connection down', async () => {
		await scene.callback.stop();
		const { delivery } = await scene.sim.writes({ from: CUSTOMER, text: 'Hello' });
		expect(delivery?.status).toBeUndefined();
		expect(delivery?.problem).toMatch(/ECONNREFUSED|hang up/);
		expect(scene.sim.deliveries).toHaveLength(1);
	});

	it('waits no longer than told, and says what it waited for', async () => {
		// Made before the delivery, as on a slow machine it arrives after the wait is over.
		let release: (status: number) => void = () => undefined;
		const held = new Promise<number>((resolve) => (release = resolve));
		scene.callback.status = () => held;
		const writing = scene.sim.writes({ from: CUSTOMER, text: 'Hello' });
		await expect(scene.sim.settled(30)).rejects.toThrow(/under way/);
		release(200);
		expect((await writing).delivery?.status).toBe(200);
		await scene.sim.settled();
	});

	it('gives up a callback that takes too long', async () => {
		scene.sim.settings.deliveryTimeoutMs = 30;
		// Made before the delivery, as on a slow machine it arrives after the wait is over.
		let release: (status: number) => void = () => undefined;
		const held = new Promise<number>((resolve) => (release = resolve));
		scene.callback.status = () => held;
		const { delivery } = await scene.sim.writes({ from: CUSTOMER, text: 'Hello' });
		expect(delivery?.problem).toMatch(/timeout/);
		release(200);
	});
});
