import { readdirSync, readFileSync } from 'fs';
import { get, type IncomingMessage } from 'http';
import { join } from 'path';
import { createInterface, type Interface } from 'readline';

import axios from 'axios';

import { entriesOf, type Entry } from '../../simulator/phone/entries';
import type { Json } from '../../simulator/types';

import { ACCOUNT, CUSTOMER, NUMBER, startScene, TEXT, type Scene } from './setup';

const THREAD = `${NUMBER}/${CUSTOMER}`;
const ANN = { phone: CUSTOMER, name: 'Ann' };

let scene: Scene;
let phone: string;
beforeEach(async () => {
	scene = await startScene();
	phone = `${scene.sim.url}/phone`;
});
afterEach(() => scene.stop());

const entries = (...kinds: string[]) =>
	entriesOf(scene.sim.world).filter(({ kind }) => kinds.includes(kind));
const post = (path: string, body: object = {}) =>
	axios.post(`${phone}/api/${path}`, body, { validateStatus: () => true });

describe('what the phone shows', () => {
	it('is a chat for each customer and number, with the window by the books', async () => {
		await scene.sim.writes({ from: ANN, text: 'Hello', agoSeconds: 3600 });
		expect(entries('thread')).toMatchObject([
			{
				id: THREAD,
				businessName: 'Corner Shop',
				contact: { phone: CUSTOMER, name: 'Ann' },
				window: { open: true, expiresAtMs: scene.clock.ms + 23 * 3_600_000 },
				marketingStopped: false,
			},
		]);
	});

	it('is the messages of both sides, with their statuses, quotes and read receipts', async () => {
		const { messageId } = await scene.sim.writes({ from: ANN, text: 'Hello' });
		await scene.api.post(`/${NUMBER}/messages`, {
			messaging_product: 'whatsapp',
			status: 'read',
			message_id: messageId,
			typing_indicator: { type: 'text' },
		});
		const { id } = await scene.send({ ...TEXT, context: { message_id: messageId } });
		await scene.sim.settled();
		expect(entries('message')).toMatchObject([
			{
				id: messageId,
				thread: THREAD,
				by: 'customer',
				type: 'text',
				content: { body: 'Hello' },
				readAt: scene.clock.ms,
				typingAt: scene.clock.ms,
			},
			{
				id,
				thread: THREAD,
				by: 'business',
				type: 'text',
				content: TEXT.text,
				context: { id: messageId },
				statuses: [{ status: 'sent' }, { status: 'delivered' }],
			},
		]);
	});

	it('says of a message that failed why it did', async () => {
		await scene.send(TEXT);
		await scene.sim.settled();
		const [{ statuses }] = entries('message');
		expect(statuses).toMatchObject([{ status: 'failed', errors: [{ code: 131047 }] }]);
	});

	it('puts an answer after its question, though Meta counts whole seconds', async () => {
		scene.clock.ms += 400;
		await scene.send(TEXT);
		scene.clock.ms += 100;
		await scene.sim.writes({ from: ANN, text: 'An answer' });
		await scene.sim.writes({ from: ANN, text: 'Long ago', agoSeconds: 3600 });
		const inOrder = entries('message').sort((a, b) => Number(a.place) - Number(b.place));
		expect(inOrder.map(({ content }) => (content as Json).body)).toEqual([
			'Long ago',
			'Hello',
			'An answer',
		]);
	});

	it('is calls and stopped offers too', async () => {
		await scene.sim.calls({ from: ANN });
		await scene.sim.setsPreference({ from: ANN, value: 'stop' });
		expect(entries('call', 'preference')).toMatchObject([
			{ kind: 'call', thread: THREAD, what: 'connect' },
			{ kind: 'preference', thread: THREAD, what: 'stop' },
		]);
		expect(entries('thread')).toMatchObject([{ marketingStopped: true }]);
	});

	it('is what a colleague wrote in the app, and what another responder wrote', async () => {
		await scene.sim.colleagueWrites({ with: ANN, text: 'I look after this' });
		await scene.sim.otherResponderWrites({ with: ANN, text: 'Hello from the helpdesk' });
		expect(entries('thread')).toMatchObject([{ id: THREAD, contact: { name: 'Ann' } }]);
		expect(entries('message')).toMatchObject([
			{
				...{ thread: THREAD, by: 'business', via: 'app', type: 'text', statuses: [] },
				content: { body: 'I look after this' },
			},
			{
				...{ thread: THREAD, by: 'business', via: 'responder', type: 'text' },
				content: { body: 'Hello from the helpdesk' },
			},
		]);
	});

	it('knows the files of a message, wherever they stand in it', async () => {
		const node = scene.sim.addInboundMedia(Buffer.from('%PDF'), 'application/pdf', 'a.pdf');
		const message = { type: 'document', document: node };
		await scene.sim.writes({ from: ANN, message });
		expect(entries('message')).toMatchObject([
			{ files: { [String(node.id)]: { type: 'application/pdf', name: 'a.pdf', bytes: 4 } } },
		]);
	});

	it('is what the business answered to deliveries: repeated, refused, or not answered', async () => {
		const { messageId } = await scene.sim.writes({ from: ANN, text: 'Hello' });
		await scene.sim.redeliver(messageId);
		scene.callback.status = () => 401;
		await post('forges', { phone: CUSTOMER, text: 'Not me' });
		expect(entries('delivery')).toMatchObject([
			{ thread: THREAD, about: [messageId], repeated: false, status: 200 },
			{ thread: THREAD, about: [messageId], repeated: true, status: 200 },
			{ thread: THREAD, about: [], repeated: false, status: 401 },
		]);
	});
});

describe('a template in review', () => {
	const create = async (name: string): Promise<string> => {
		const { data } = await scene.api.post(`/${ACCOUNT}/message_templates`, {
			...{ name, language: 'en_US', category: 'UTILITY' },
			components: [{ type: 'BODY', text: 'Hello {{1}}' }],
		});
		return String(data.id);
	};

	it('is on the page from its creation, with Meta’s judgement and what became of the news', async () => {
		scene.sim.addTemplate({ name: 'approved_long_ago', components: [] });
		const [first, second] = [await create('first'), await create('second')];
		const common = { language: 'en_US', category: 'UTILITY', content: { body: 'Hello {{1}}' } };
		expect(entries('review')).toMatchObject([
			{ ...common, id: first, name: 'first', place: 0, status: 'PENDING', reason: 'NONE' },
			{ ...common, id: second, name: 'second', place: 1, status: 'PENDING', told: undefined },
		]);

		await post('templateStatus', { id: first, status: 'APPROVED' });
		scene.callback.status = () => 503;
		await post('templateStatus', { id: second, status: 'REJECTED', reason: 'SCAM' });
		expect(entries('review')).toMatchObject([
			{ status: 'APPROVED', reason: 'NONE', told: { status: 200 } },
			{ status: 'REJECTED', reason: 'SCAM', told: { status: 503 } },
		]);
		const { data } = await scene.api.get(`/${second}?fields=status,rejected_reason`);
		expect(data).toMatchObject({ status: 'REJECTED', rejected_reason: 'SCAM' });
	});

	it('comes back to it when it is edited, as the last one, and goes when it is deleted', async () => {
		const [first, second] = [await create('first'), await create('second')];
		await post('templateStatus', { id: first, status: 'REJECTED', reason: 'SCAM' });
		await scene.api.post(`/${first}`, { components: [{ type: 'BODY', text: 'Hi' }] });
		expect(entries('review')).toMatchObject([
			{ id: second },
			{ id: first, status: 'PENDING', reason: 'NONE', content: { body: 'Hi' } },
		]);
		await scene.api.delete(`/${ACCOUNT}/message_templates?name=second`);
		expect(entries('review')).toMatchObject([{ id: first }]);
	});
});

it.each([
	{},
	{ entry: {} },
	{ entry: [null] },
	{ entry: [{ changes: [{ value: 'text' }] }] },
	{ entry: [{ changes: [{ value: { messages: {}, contacts: 'nobody', calls: [null] } }] }] },
])('the phone passes over what was posted by hand: %j', async (payload) => {
	await scene.sim.deliver(payload as Json, { url: scene.callback.url });
	expect(scene.sim.deliveries).toHaveLength(1);
	expect(entriesOf(scene.sim.world)).toEqual([]);
});

describe('a template on the phone', () => {
	const show = async (template: Json, components?: Json[]): Promise<Json> => {
		scene.sim.addTemplate({ name: 'one', ...template } as never);
		const { data } = await scene.send({
			type: 'template',
			template: { name: 'one', language: { code: 'en_US' }, components },
		});
		expect(data).toHaveProperty('messages');
		return entries('message')[0].content as Json;
	};
	const texts = (...values: string[]) => values.map((text) => ({ type: 'text', text }));

	it('has its values, by position, in header, body and buttons', async () => {
		const content = await show(
			{
				category: 'MARKETING',
				components: [
					{ type: 'HEADER', format: 'TEXT', text: 'For {{1}}' },
					{ type: 'BODY', text: '{{2}} and {{1}}' },
					{ type: 'FOOTER', text: 'Bye' },
					{
						type: 'BUTTONS',
						buttons: [
							{ type: 'QUICK_REPLY', text: 'Yes' },
							{ type: 'URL', text: 'See', url: 'https://shop.example/{{1}}' },
							{ type: 'COPY_CODE', text: 'Copy' },
							{ type: 'PHONE_NUMBER', text: 'Call', phone_number: '+15550001111' },
						],
					},
				],
			},
			[
				{ type: 'header', parameters: texts('Ann') },
				{ type: 'body', parameters: texts('one', 'two') },
				{ type: 'button', sub_type: 'url', index: '1', parameters: texts('A-1') },
				{
					type: 'button',
					sub_type: 'copy_code',
					index: 2,
					parameters: [{ type: 'coupon_code', coupon_code: 'TEN' }],
				},
			],
		);
		expect(content).toEqual({
			name: 'one',
			category: 'MARKETING',
			header: { type: 'text', text: 'For Ann' },
			body: 'two and one',
			footer: 'Bye',
			buttons: [
				{ type: 'QUICK_REPLY', text: 'Yes' },
				{ type: 'URL', text: 'See', url: 'https://shop.example/A-1' },
				{ type: 'COPY_CODE', text: 'Copy', code: 'TEN' },
				{ type: 'PHONE_NUMBER', text: 'Call', phone: '+15550001111' },
			],
			cards: undefined,
		});
	});

	it('has its values, by name', async () => {
		const content = await show(
			{
				parameter_format: 'NAMED',
				components: [{ type: 'BODY', text: 'Hello {{name}}, see {{ place }}' }],
			},
			[
				{
					type: 'body',
					parameters: [
						{ type: 'text', parameter_name: 'place', text: 'Rome' },
						{ type: 'text', parameter_name: 'name', text: 'Ann' },
					],
				},
			],
		);
		expect(content.body).toBe('Hello Ann, see Rome');
	});

	it('has its file in the header, and cards', async () => {
		const link = 'https://shop.example/a.png';
		const image = { type: 'image', image: { link } };
		const content = await show(
			{
				components: [
					{ type: 'BODY', text: 'Look' },
					{
						type: 'CAROUSEL',
						cards: [
							{
								components: [
									{ type: 'HEADER', format: 'IMAGE' },
									{ type: 'BODY', text: 'Card {{1}}' },
								],
							},
						],
					},
				],
			},
			[
				{
					type: 'carousel',
					cards: [
						{
							card_index: 0,
							components: [
								{ type: 'header', parameters: [image] },
								{ type: 'body', parameters: texts('A') },
							],
						},
					],
				},
			],
		);
		expect(content.cards).toMatchObject([
			{ header: { type: 'image', image: { link } }, body: 'Card A' },
		]);
	});
});

describe('the live events', () => {
	interface Told {
		all: boolean;
		changed: Entry[];
		gone: string[];
	}

	let response: IncomingMessage;
	let lines: Interface;
	let told: AsyncIterator<string>;

	const next = async (): Promise<Told> => {
		for (;;) {
			const { value } = await told.next();
			if (value.startsWith('data: ')) return JSON.parse(value.slice(6));
		}
	};

	beforeEach(async () => {
		await scene.sim.writes({ from: ANN, text: 'Hello' });
		response = await new Promise<IncomingMessage>((resolve) => get(`${phone}/api/events`, resolve));
		lines = createInterface(response);
		told = lines[Symbol.asyncIterator]();
	});
	afterEach(() => {
		lines.close();
		response.destroy();
	});

	it('tell everything first, then what has changed, then what is gone', async () => {
		expect(response.headers['content-type']).toContain('text/event-stream');
		const first = await next();
		expect(first.all).toBe(true);
		expect(first.changed.map(({ kind }) => kind)).toEqual(['thread', 'message', 'delivery']);

		await scene.sim.reacts({ from: ANN, messageId: 'wamid.any', emoji: '👍' });
		const second = await next();
		expect(second).toMatchObject({ all: false, gone: [] });
		expect(second.changed.map(({ kind }) => kind)).toEqual(['message', 'delivery']);

		scene.sim.reset();
		const third = await next();
		expect(third.changed).toEqual([]);
		expect(third.gone).toContain(`thread:${THREAD}`);
	});

	it('tell what the business says', async () => {
		await next();
		const said = { kind: 'decision', id: '1', thread: THREAD };
		scene.sim.business = { entries: () => [said], doings: {} };
		expect((await next()).changed).toEqual([said]);
	});
});

describe('what the page may ask', () => {
	it('is all that the control API has', async () => {
		const { data } = await post('writes', { from: ANN, text: 'Hello' });
		expect(data.delivery.status).toBe(200);
		expect((await post('nothing')).status).toBe(404);
	});

	it('is a message with a wrong signature, which is in nobody’s books', async () => {
		const { data } = await post('forges', { phone: CUSTOMER, to: NUMBER, text: 'Not me' });
		const [{ headers, body }] = scene.callback.received;
		const signature = String(headers['x-hub-signature-256']);
		expect(signature).toMatch(/^sha256=[0-9a-f]{64}$/);
		expect(data.status).toBe(200);
		await scene.sim.deliver(body);
		expect(scene.callback.received[1].headers['x-hub-signature-256']).not.toBe(signature);
		expect(scene.sim.inbound).toEqual([]);
		expect(scene.sim.windowOf(NUMBER, CUSTOMER)).toEqual({ open: false });
	});

	it('is what the business can do', async () => {
		expect((await post('business/order')).status).toBe(404);
		scene.sim.business = {
			entries: () => [],
			doings: {
				order: async ({ phone: of }) => `for ${String(of)}`,
				refuse: async () => {
					throw new Error('Not now');
				},
			},
		};
		expect((await post('business/order', { phone: '1' })).data).toBe('for 1');
		const { status, data } = await post('business/refuse');
		expect([status, data]).toEqual([400, { problem: 'Not now' }]);
		expect((await post('business/constructor')).status).toBe(404);
	});

	it.each([
		['image/png', undefined],
		['application/pdf', undefined],
		['text/html', 'attachment; filename=page.html'],
		['image/svg+xml', 'attachment; filename=page.html'],
	])('is a file of type %s, which the browser shows only if it is harmless', async (type, how) => {
		const { id } = scene.sim.addInboundMedia(Buffer.from('x'), type, 'page.html');
		const { headers, data } = await axios.get(`${phone}/media/${String(id)}`);
		expect(headers['content-type']).toContain(type);
		expect(headers['content-disposition']).toBe(how);
		expect(headers['x-content-type-options']).toBe('nosniff');
		expect(data).toBe('x');
	});

	it('is not a file that is not there', async () => {
		const { status } = await axios.get(`${phone}/media/1`, { validateStatus: () => true });
		expect(status).toBe(404);
	});
});

describe('the page', () => {
	const folder = join(__dirname, '..', '..', 'simulator', 'phone', 'page');
	const files = readdirSync(folder);

	it('is served with all its parts, and lets nothing in from elsewhere', async () => {
		const { data, headers } = await axios.get(scene.sim.phoneUrl);
		expect(headers['content-security-policy']).toContain("default-src 'self'");
		const parts = [...data.matchAll(/(?:src|href)="([^"#]+)"/g)].map(([, part]) => part);
		expect(parts).toContain('main.js');
		for (const part of parts) expect(files).toContain(part);
	});

	it.each(files.filter((name) => name.endsWith('.js')))(
		'%s imports only files that are there, and never reads a text as HTML',
		(name) => {
			const text = readFileSync(join(folder, name), 'utf8');
			for (const [, part] of text.matchAll(/from '([^']+)'/g)) {
				expect(files.map((file) => `./${file}`)).toContain(part);
			}
			expect(text).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(/);
		},
	);

	it('is not among the requests to the API', async () => {
		await axios.get(scene.sim.phoneUrl);
		expect(scene.sim.requests).toEqual([]);
	});
});
