import { readdirSync } from 'fs';
import { join } from 'path';

import { describeWithFixtures, readFixture } from '../../fixtures';
import { checkFreeForm } from '../../simulator/messageRules';
import type { Json } from '../../simulator/types';

import { BUSINESS_PHONE, CUSTOMER, NUMBER, startScene, TEXT, type Scene } from './setup';

let scene: Scene;
beforeAll(async () => {
	scene = await startScene();
	await scene.sim.writes({ from: CUSTOMER, text: 'Hello' });
});
afterAll(() => scene.stop());

const button = (reply: object) => ({ type: 'reply', reply });
const interactive = (content: object) => ({ type: 'interactive', interactive: content });
const buttons = (...replies: object[]) =>
	interactive({
		type: 'button',
		body: { text: 'Well?' },
		action: { buttons: replies.map(button) },
	});
const list = (sections: object[], rest: object = {}) =>
	interactive({
		type: 'list',
		body: { text: 'Which?' },
		action: { button: 'Choose', sections },
		...rest,
	});
const rows = (count: number, prefix = 'r') =>
	Array.from({ length: count }, (_, index) => ({ id: `${prefix}${index}`, title: `Row ${index}` }));
const link = 'https://example.com/file';

describe('the recipient', () => {
	it.each([
		[`+${CUSTOMER}`, CUSTOMER],
		[CUSTOMER, CUSTOMER],
		['+1 (555) 123-0001', CUSTOMER],
		[15551230001, CUSTOMER],
	])('%p is reached as %s', async (to, waId) => {
		const { status, data } = await scene.send({ to, ...TEXT });
		expect(status).toBe(200);
		expect(data).toEqual({
			messaging_product: 'whatsapp',
			contacts: [{ input: String(to), wa_id: waId }],
			messages: [{ id: expect.stringMatching(/^wamid\./) }],
		});
	});

	it('may get the country code of the business put in front', async () => {
		scene.sim.settings.prependCountryCode = true;
		const { data } = await scene.send({ to: '5551230001', ...TEXT });
		const { data: whole } = await scene.send({ to: `+${CUSTOMER}`, ...TEXT });
		scene.sim.settings.prependCountryCode = false;
		expect((data.contacts as Json[])[0].wa_id).toBe(CUSTOMER);
		expect((whole.contacts as Json[])[0].wa_id).toBe(CUSTOMER);
	});

	it('may be a user ID in recipient', async () => {
		await scene.sim.writes({ from: { userId: 'US.42' }, text: 'Hello' });
		const { data, id } = await scene.send({ to: undefined, recipient: 'US.42', ...TEXT });
		expect(data.contacts).toEqual([{ input: 'US.42', user_id: 'US.42' }]);
		await scene.sim.settled();
		const sent = scene.sim.sent.find((message) => message.id === id);
		expect(sent).toMatchObject({ to: { userId: 'US.42' }, statuses: [{}, {}], dropped: false });
		const { statuses } = scene.callback.values()[scene.callback.values().length - 1];
		expect((statuses as Json[])[0]).toMatchObject({ recipient_user_id: 'US.42' });
		expect((statuses as Json[])[0]).not.toHaveProperty('recipient_id');
	});

	it('is to before recipient', async () => {
		const { data } = await scene.send({ recipient: 'US.42', ...TEXT });
		expect((data.contacts as Json[])[0]).toHaveProperty('wa_id', CUSTOMER);
	});

	it('is lost without a word when a user ID stands in to', async () => {
		const { status, id } = await scene.send({ to: 'US.42', ...TEXT });
		expect(status).toBe(200);
		await scene.sim.settled();
		expect(scene.sim.sent.find((message) => message.id === id)).toMatchObject({
			dropped: true,
			statuses: [],
		});
	});

	it.each([
		['nobody', { to: undefined }, 100],
		['an empty text', { to: '' }, 100],
		['letters', { to: 'somebody' }, 131009],
		['too few digits', { to: '+123' }, 131009],
		['no user ID', { to: undefined, recipient: 'somebody' }, 131009],
		['the business itself', { to: `+${BUSINESS_PHONE}` }, 131021],
		['a group', { recipient_type: 'group' }, 100],
		['another product', { messaging_product: 'sms' }, 100],
		['too long an opaque text', { biz_opaque_callback_data: 'x'.repeat(513) }, 100],
	])('is refused: %s', async (_, wrong, code) => {
		const before = scene.sim.sent.length;
		const answer = await scene.send({ ...TEXT, ...wrong });
		expect([answer.status, answer.code]).toEqual([400, code]);
		expect(scene.sim.sent).toHaveLength(before);
	});

	it('fails later with 131026 when not on WhatsApp, window or not', async () => {
		scene.sim.notOnWhatsApp('+15559990000');
		const { status, id } = await scene.send({ to: '+1 555 999 0000', ...TEXT });
		expect(status).toBe(200);
		await scene.sim.settled();
		expect(scene.sim.sent.find((message) => message.id === id)?.statuses).toMatchObject([
			{ status: 'failed', errors: [{ code: 131026 }] },
		]);
	});
});

describe('free-form messages', () => {
	it.each<[string, Json]>([
		['text of 4096', { type: 'text', text: { body: 'é'.repeat(4096), preview_url: true } }],
		['text without type', { text: { body: 'Hello' } }],
		['image by link', { type: 'image', image: { link, caption: 'x'.repeat(1024) } }],
		['document', { type: 'document', document: { link, filename: 'bill.pdf' } }],
		['audio', { type: 'audio', audio: { link, voice: true } }],
		['sticker', { type: 'sticker', sticker: { link } }],
		[
			'location',
			{ type: 'location', location: { latitude: '52.5', longitude: 13.4, name: 'Berlin' } },
		],
		['contacts', { type: 'contacts', contacts: [{ name: { formatted_name: 'Zoë' } }] }],
		[
			'three buttons',
			buttons({ id: '1', title: 'A' }, { id: '2', title: 'B' }, { id: '3', title: 'C' }),
		],
		[
			'ten rows',
			list([
				{ title: 'One', rows: rows(5, 'a') },
				{ title: 'Two', rows: rows(5, 'b') },
			]),
		],
		['long list body', list([{ rows: rows(1) }], { body: { text: 'x'.repeat(4096) } })],
		[
			'link button',
			interactive({
				type: 'cta_url',
				header: { type: 'image', image: { link } },
				body: { text: 'Look' },
				footer: { text: 'now' },
				action: { name: 'cta_url', parameters: { display_text: 'Open', url: link } },
			}),
		],
		[
			'flow',
			interactive({
				type: 'flow',
				body: { text: 'Book' },
				action: {
					name: 'flow',
					parameters: { flow_message_version: '3', flow_id: '1', flow_cta: 'Go' },
				},
			}),
		],
		[
			'location request',
			interactive({
				type: 'location_request_message',
				body: { text: 'Where?' },
				action: { name: 'send_location' },
			}),
		],
		[
			'call permission',
			interactive({ type: 'call_permission_request', action: { name: 'call_permission_request' } }),
		],
		[
			'product',
			interactive({ type: 'product', action: { catalog_id: '1', product_retailer_id: '2' } }),
		],
		[
			'products',
			interactive({
				type: 'product_list',
				header: { type: 'text', text: 'Shop' },
				body: { text: 'Our best' },
				action: { catalog_id: '1', sections: [{ product_items: [{ product_retailer_id: '2' }] }] },
			}),
		],
	])('takes %s', async (_, message) => {
		expect(await scene.send(message)).toMatchObject({ status: 200 });
	});

	it.each<[string, Json, number]>([
		['an unknown type', { type: 'poll', poll: {} }, 100],
		['no content', { type: 'text' }, 100],
		['an empty text', { type: 'text', text: { body: '' } }, 100],
		['a text of 4097', { type: 'text', text: { body: 'x'.repeat(4097) } }, 100],
		['an unknown key', { type: 'text', text: { body: 'x', boddy: 'x' } }, 100],
		['a caption on audio', { type: 'audio', audio: { link, caption: 'x' } }, 100],
		['a caption of 1025', { type: 'video', video: { link, caption: 'x'.repeat(1025) } }, 100],
		['neither ID nor link', { type: 'image', image: {} }, 131008],
		['an http link', { type: 'image', image: { link: 'http://example.com/a.png' } }, 131009],
		['an unknown media ID', { type: 'image', image: { id: '42' } }, 100],
		['no latitude', { type: 'location', location: { longitude: 1 } }, 100],
		['an odd latitude', { type: 'location', location: { latitude: 91, longitude: 1 } }, 131009],
		['no contacts', { type: 'contacts', contacts: [] }, 100],
		['a contact without name', { type: 'contacts', contacts: [{ phones: [] }] }, 100],
		['no target of a reaction', { type: 'reaction', reaction: { emoji: '👍' } }, 100],
		['a reaction without emoji', { type: 'reaction', reaction: { message_id: 'wamid.1' } }, 100],
		['an unknown interactive type', interactive({ type: 'survey' }), 131009],
		['no body', interactive({ type: 'button', action: { buttons: [] } }), 131008],
		['no buttons', buttons(), 131009],
		[
			'four buttons',
			buttons(...['1', '2', '3', '4'].map((id) => ({ id, title: `Title ${id}` }))),
			131009,
		],
		['a button title of 21', buttons({ id: '1', title: 'x'.repeat(21) }), 131009],
		['a button ID of 257', buttons({ id: 'x'.repeat(257), title: 'A' }), 131009],
		['a button without ID', buttons({ title: 'A' }), 131008],
		['two buttons of one title', buttons({ id: '1', title: 'A' }, { id: '2', title: 'A' }), 131009],
		[
			'a footer of 61',
			interactive({
				type: 'button',
				body: { text: 'x' },
				footer: { text: 'x'.repeat(61) },
				action: { buttons: [button({ id: '1', title: 'A' })] },
			}),
			131009,
		],
		[
			'eleven rows',
			list([
				{ title: 'A', rows: rows(6, 'a') },
				{ title: 'B', rows: rows(5, 'b') },
			]),
			131009,
		],
		['two sections without titles', list([{ rows: rows(1, 'a') }, { rows: rows(1, 'b') }]), 131008],
		['a row title of 25', list([{ rows: [{ id: '1', title: 'x'.repeat(25) }] }]), 131009],
		[
			'a row description of 73',
			list([{ rows: [{ id: '1', title: 'A', description: 'x'.repeat(73) }] }]),
			131009,
		],
		['two rows of one ID', list([{ rows: [rows(1)[0], rows(1)[0]] }]), 131009],
		[
			'an image header on a list',
			list([{ rows: rows(1) }], { header: { type: 'image', image: { link } } }),
			131009,
		],
		['an unknown header', list([{ rows: rows(1) }], { header: { type: 'audio' } }), 131009],
		[
			'a long link button',
			interactive({
				type: 'cta_url',
				body: { text: 'x' },
				action: { name: 'cta_url', parameters: { display_text: 'x'.repeat(21), url: link } },
			}),
			131009,
		],
		[
			'a flow without ID and name',
			interactive({
				type: 'flow',
				body: { text: 'x' },
				action: { name: 'flow', parameters: { flow_cta: 'Go' } },
			}),
			131009,
		],
		[
			'one card',
			interactive({ type: 'carousel', body: { text: 'x' }, action: { cards: [{}] } }),
			131009,
		],
	])('refuses %s', async (_, message, code) => {
		const answer = await scene.send(message);
		expect([answer.status, answer.code]).toEqual([400, code]);
	});
});

describe('marking as read', () => {
	const mark = (body: object) =>
		scene.api.post(`/${NUMBER}/messages`, { messaging_product: 'whatsapp', ...body });

	it('marks a message of a contact, and shows that the business is typing', async () => {
		const { messageId } = await scene.sim.writes({ from: CUSTOMER, text: 'Read me' });
		const read = { status: 'read', message_id: messageId };
		expect((await mark(read)).data).toEqual({ success: true });
		const message = scene.sim.inbound.find(({ id }) => id === messageId);
		expect(message).toMatchObject({ readAt: scene.clock.ms });
		expect(message).not.toHaveProperty('typingAt');
		await mark({ ...read, typing_indicator: { type: 'text' } });
		expect(message).toMatchObject({ typingAt: scene.clock.ms });
	});

	it('refuses what it does not know, what is too old, and what is another number’s', async () => {
		const old = await scene.sim.writes({ from: CUSTOMER, text: 'old', agoSeconds: 31 * 24 * 3600 });
		const { id: to } = scene.sim.addBusinessNumber();
		const foreign = await scene.sim.writes({ from: CUSTOMER, to, text: 'foreign' });
		for (const id of ['wamid.unknown', old.messageId, foreign.messageId]) {
			expect((await mark({ status: 'read', message_id: id })).data.error.code).toBe(131009);
		}
	});

	it('refuses another status or typing indicator', async () => {
		const { messageId } = await scene.sim.writes({ from: CUSTOMER, text: 'Hello' });
		const wrong = { status: 'read', message_id: messageId, typing_indicator: { type: 'audio' } };
		expect((await mark(wrong)).data.error.code).toBe(100);
		expect((await mark({ status: 'delivered', message_id: messageId })).data.error.code).toBe(100);
	});
});

describeWithFixtures('the examples of Meta', (dir) => {
	const folder = join('meta-openapi-v23', 'rest', 'phone_number_id_messages__post');
	/** Types that are out of scope, templates, read receipts, and examples that are at fault. */
	const left =
		/template|catalog_|shipping|issue_res|test_message|sample_text|typing|reply_to_list|multi_product/;
	const names = readdirSync(join(dir, folder)).filter(
		(name) => name.startsWith('req_') && !left.test(name),
	);

	it('are there', () => expect(names.length).toBeGreaterThan(15));

	it.each(names)('passes %s', (name) => {
		const placeholders = (key: string, value: unknown) => (key === 'link' ? link : value);
		const body = JSON.parse(JSON.stringify(readFixture(folder, name)), placeholders) as Json;
		expect(() => checkFreeForm(String(body.type ?? 'text'), body, () => true)).not.toThrow();
	});
});
