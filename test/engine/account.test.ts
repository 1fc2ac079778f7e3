import type { IDataObject, INodeParameters } from 'n8n-workflow';

import {
	ACCOUNT_ID,
	AT,
	CONTACT,
	CONTACT_PHONE,
	CONTACT_USER_ID,
	doings,
	fileItem,
	HOUR,
	NUMBER_ID,
	send,
	setClock,
	useScene,
} from './scene';
import { chosen, SEND_TYPE } from './workflows';

const scene = useScene();

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const OTHER_NUMBER = '200000000000002';

const run = async (
	resource: string,
	operation: string,
	parameters: INodeParameters = {},
	rest: Parameters<typeof send>[2] = {},
) => await send(scene, { resource, operation, ...parameters }, rest);

/** The items of a run that goes well. */
const gives = async (...args: Parameters<typeof run>): Promise<IDataObject[]> => {
	const { items, error } = await run(...args);
	expect(error).toBeUndefined();
	return items;
};

const front = () => scene.simulator.world.storefront(scene.simulator.world.number(NUMBER_ID));

describe('contact', () => {
	const block = async (contact: string = CONTACT) => await run('contact', 'block', { contact });
	const names = { contact: CONTACT_USER_ID, phone: CONTACT, userId: CONTACT_USER_ID };
	const writes = async () =>
		await scene.simulator.writes({
			from: { phone: CONTACT_PHONE, userId: CONTACT_USER_ID },
			text: 'Hello',
			deliver: false,
		});

	it('blocks whoever has just written, lists them, and unblocks them', async () => {
		await writes();
		expect(await block()).toMatchObject({
			items: [{ ...names, blocked: true, businessNumberId: NUMBER_ID }],
		});
		const [blocked] = await gives('contact', 'getManyBlocked');
		expect(blocked).toMatchObject({ phone: CONTACT, blocked: true });
		expect(scene.simulator.requests.at(0)?.body).toEqual({
			messaging_product: 'whatsapp',
			block_users: [{ user: CONTACT }],
		});

		expect(await gives('contact', 'unblock', { contact: CONTACT })).toMatchObject([
			{ ...names, blocked: false },
		]);
		expect(await gives('contact', 'getManyBlocked')).toEqual([]);
	});

	it('takes a user ID too', async () => {
		await writes();
		expect(await block(CONTACT_USER_ID)).toMatchObject({ items: [names] });
	});

	it('lists as many as are asked for, over several pages', async () => {
		for (let n = 0; n < 110; n++) {
			const from = `1555200${String(n).padStart(4, '0')}`;
			await scene.simulator.writes({ from, text: 'Hi', deliver: false });
			const contact = scene.simulator.world.contacts.find({ phone: from });
			scene.simulator.world.ledger(scene.simulator.world.number(NUMBER_ID), contact).isBlocked =
				true;
		}
		expect(await gives('contact', 'getManyBlocked')).toHaveLength(50);
		expect(await gives('contact', 'getManyBlocked', { limit: 3 })).toHaveLength(3);
		expect(await gives('contact', 'getManyBlocked', { returnAll: true })).toHaveLength(110);
	});

	it.each([
		['has not written', CONTACT, /'Contact' has not written .* in the last 24 hours/],
		['is the business number itself', '+15550001111', /'Contact' is the business number itself/],
	])('says so where the contact %s', async (_what, contact, message) => {
		const number = scene.simulator.world.number(NUMBER_ID);
		const wanted = contact === CONTACT ? contact : `+${number.phone}`;
		const { error } = await block(wanted);
		expect(error?.message).toMatch(message);
	});

	it('names the field that is wrong', async () => {
		expect((await block('Anna')).error?.message).toMatch(/'Contact' is neither/);
		expect((await block('-')).error?.message).toMatch(/'Contact' is/);
		expect(doings(scene)).toEqual([]);
	});

	it('is refused, in a message to somebody who is blocked, as Meta does', async () => {
		await writes();
		await block();
		const { items, error } = await send(scene, { text: 'Hi', whenWindowUnknown: 'try' });
		expect(error).toBeUndefined();
		await scene.simulator.settled();
		const { statuses } = scene.simulator.sent.find(({ id }) => id === items[0].messageId)!;
		expect(JSON.stringify(statuses)).toContain('failed');
	});
});

describe('messageLink', () => {
	const create = async (text = 'A table for two', rest: INodeParameters = {}) =>
		await gives('messageLink', 'create', { text, ...rest });

	it('makes links with QR codes, lists, changes and deletes them', async () => {
		const [link] = await create();
		expect(link).toEqual({
			url: `https://wa.me/message/${String(link.code)}`,
			text: 'A table for two',
			code: expect.any(String),
			qrImageUrl: expect.stringMatching(/\.png$/),
			businessNumberId: NUMBER_ID,
		});
		const [vector] = await create('Opening hours', { qrCode: 'SVG' });
		expect(vector.qrImageUrl).toMatch(/\.svg$/);

		const [first, second] = await gives('messageLink', 'getMany');
		expect([first.text, second.text]).toEqual(['Opening hours', 'A table for two']);
		expect(second.qrImageUrl).toBe('');
		const [, shown] = await gives('messageLink', 'getMany', { qrCode: 'PNG' });
		expect(shown.qrImageUrl).toBe(link.qrImageUrl);

		const messageLink = chosen(String(link.code));
		const [updated] = await gives('messageLink', 'update', { messageLink, text: 'For four' });
		expect(updated).toMatchObject({ code: link.code, url: link.url, text: 'For four' });

		const byLink = chosen(String(link.url), 'link');
		expect(await gives('messageLink', 'delete', { messageLink: byLink })).toEqual([
			{ deleted: true },
		]);
		expect(front().links.map(({ code }) => code)).toEqual([vector.code]);
	});

	it('is chosen from a list of the texts', async () => {
		const [{ code }] = await create();
		await create('Opening hours');
		const parameters = { businessNumber: chosen(NUMBER_ID) };
		const listed = await scene.engine.listSearch(SEND_TYPE, 'searchMessageLinks', {
			parameters,
			filter: 'table',
		});
		expect(listed.results).toEqual([
			expect.objectContaining({ name: `A table for two · ${String(code)}`, value: code }),
		]);
	});
});

describe('profile', () => {
	const update = async (profile: IDataObject, rest: Parameters<typeof send>[2] = {}) =>
		await run('profile', 'update', { profile: profile as INodeParameters }, rest);

	it('changes what was added, and leaves the rest', async () => {
		const all = {
			about: 'Open until six',
			address: '1 Main Street',
			description: 'We sell bread.',
			email: 'shop@example.com',
			vertical: 'GROCERY',
			websites: ['https://example.com/', 'http://example.org/'],
		};
		const shown = { ...all, pictureUrl: '', businessNumberId: NUMBER_ID };
		expect(await update(all)).toMatchObject({ items: [shown] });
		const changed = { ...shown, about: 'Open until eight', email: '', websites: [] };
		const change = { about: 'Open until eight', email: '', websites: [] };
		expect(await update(change)).toMatchObject({ items: [changed] });
		expect(await gives('profile', 'get')).toEqual([changed]);
	});

	it('takes a picture from a binary field', async () => {
		const { items, error } = await update(
			{ picture: 'data' },
			{ items: [fileItem(PNG, 'image/png', 'shop.png')] },
		);
		expect(error).toBeUndefined();
		expect(items[0].pictureUrl).toMatch(/^https:/);
		expect(doings(scene)).toEqual([
			expect.stringMatching(/^POST \/670843887433847\/uploads$/),
			expect.stringMatching(/^POST \/upload:/),
			`POST /${NUMBER_ID}/whatsapp_business_profile`,
		]);
		const [[, handle]] = [/example\/(.*)$/.exec(String(items[0].pictureUrl)) ?? []];
		const stored = scene.simulator.world.uploads.get(decodeURIComponent(String(handle)));
		expect(stored).toEqual(PNG);
	});

	it.each<[IDataObject, RegExp]>([
		[{}, /'Fields to Update' names nothing/],
		[{ about: 'Hi', email: 'shop', picture: 'data' }, /'Email' is 'shop'/],
		[{ picture: 'photo' }, /names the binary field 'photo'/],
	])('refuses %j before any request', async (profile, message) => {
		expect((await update(profile)).error?.message).toMatch(message);
		expect(doings(scene)).toEqual([]);
	});
});

describe('conversational components', () => {
	const COMMAND = { command: 'book', description: 'Book a table' };

	const set = async (components: IDataObject) =>
		await run('profile', 'setComponents', { components: components as INodeParameters });

	it('are set, one without the others, and removed', async () => {
		const commands = {
			command: [
				{ ...COMMAND, command: '/book' },
				{ command: 'hours', description: 'When we are open' },
			],
		};
		const shown = {
			iceBreakers: ['Book a table', 'Where are you?'],
			commands: [COMMAND, { command: 'hours', description: 'When we are open' }],
			welcomeMessage: false,
			businessNumberId: NUMBER_ID,
		};
		const done = await set({ iceBreakers: shown.iceBreakers, commands });
		expect(done).toMatchObject({ items: [shown] });
		await set({ iceBreakers: [], welcomeMessage: true });
		expect(await gives('profile', 'getComponents')).toEqual([
			{ ...shown, iceBreakers: [], welcomeMessage: true },
		]);
	});

	it.each<[IDataObject, RegExp]>([
		[{}, /'Components to Set' names nothing/],
		[{ commands: { command: [COMMAND, COMMAND] } }, /Command 2: 'Command' is the same/],
	])('refuse %j before any request', async (components, message) => {
		expect((await set(components)).error?.message).toMatch(message);
		expect(doings(scene)).toEqual([]);
	});
});

describe('username', () => {
	const set = async (username: string, rest: INodeParameters = {}) =>
		await run('profile', 'setUsername', { username, ...rest });

	it('is set, shown with what Meta keeps for the number, and given up', async () => {
		front().suggestions = ['corner_shop', 'cornershop'];
		expect(await gives('profile', 'getUsername')).toEqual([
			{
				username: '',
				status: '',
				suggestions: ['corner_shop', 'cornershop'],
				businessNumberId: NUMBER_ID,
			},
		]);
		const own = { username: 'corner_shop', status: 'reserved', businessNumberId: NUMBER_ID };
		expect(await set('@corner_shop')).toMatchObject({ items: [own] });
		expect(await gives('profile', 'getUsername')).toMatchObject([own]);
		expect(await gives('profile', 'deleteUsername')).toEqual([{ deleted: true }]);
		expect(await gives('profile', 'getUsername')).toMatchObject([{ username: '', status: '' }]);
	});

	it('moves from another number only where that is wanted', async () => {
		const other = scene.simulator.addBusinessNumber({ id: OTHER_NUMBER });
		expect(other.businessAccountId).toBe(ACCOUNT_ID);
		await set('corner_shop', { businessNumber: chosen(OTHER_NUMBER) });
		const { error } = await set('corner_shop');
		expect(error?.message).toMatch(/Another number of your business has this username/);
		expect(error?.description).toMatch(/Move From Another Number/);
		expect(await set('corner_shop', { moveUsername: true })).toMatchObject({
			items: [{ status: 'reserved' }],
		});
	});
});

describe('another provider', () => {
	it.each([
		['contact', 'block', { contact: CONTACT }],
		['messageLink', 'create', { text: 'Hello' }],
		['profile', 'update', { profile: { picture: 'data' } }],
		['profile', 'getUsername', {}],
	])('cannot do it, and is not asked: %s, %s', async (resource, operation, parameters) => {
		const { error } = await run(resource, operation, {
			...(parameters as INodeParameters),
			provider: 'compatible',
		});
		expect(error?.message).toMatch(/cannot carry .*Field: 'Operation'/);
		expect(scene.simulator.requests).toEqual([]);
	});
});

describe('account: getCosts', () => {
	const costs = async (parameters: INodeParameters = {}) =>
		await run('account', 'getCosts', parameters);
	const day = (seconds: number) => new Date((AT + seconds) * 1000).toISOString();

	/** A marketing and two utility templates yesterday, one of them abroad, and a reply today. */
	beforeEach(async () => {
		const BODY = { type: 'BODY', text: 'Hello.' };
		for (const [name, category] of [
			['sale', 'MARKETING'],
			['bill', 'UTILITY'],
		]) {
			scene.simulator.addTemplate({ name, category, components: [BODY] });
		}
		const template = async (name: string, to: string = CONTACT) =>
			await gives('message', 'sendTemplate', {
				to,
				template: chosen(`${name}|en_US`),
				options: { marketingConsent: 'off' },
			});
		setClock(-24 * HOUR);
		await template('sale');
		await template('bill');
		await template('bill', '+4915112345678');
		setClock(0);
		await scene.simulator.writes({ from: CONTACT_PHONE, text: 'Hello', deliver: false });
		await gives('message', 'send', { text: 'Hi', whenWindowUnknown: 'try' });
		await scene.simulator.settled();
	});

	it('sums what Meta reported, the dearest first, and calls free only what Meta calls so', async () => {
		scene.simulator.world.pricing.rates = { marketing: 0.1, utility: 0.02, service: 0.01 };
		setClock(HOUR);
		const { items, error } = await costs({ from: day(-48 * HOUR) });
		expect(error).toBeUndefined();
		const about = {
			messages: 1,
			messagesWithoutCost: 0,
			currency: 'USD',
			from: day(-48 * HOUR),
			until: day(HOUR),
		};
		const regular = { pricingType: 'REGULAR' };
		expect(items).toEqual([
			{ ...about, ...regular, category: 'MARKETING', country: 'US', cost: 0.1 },
			{ ...about, ...regular, category: 'UTILITY', country: 'US', cost: 0.02 },
			{ ...about, ...regular, category: 'UTILITY', country: 'DE', cost: 0.02 },
			{
				...about,
				category: 'SERVICE',
				country: 'US',
				pricingType: 'FREE_CUSTOMER_SERVICE',
				cost: 0,
			},
		]);
		expect(await costs({ from: day(-48 * HOUR), splitBy: [] })).toMatchObject({
			items: [{ messages: 4, cost: 0.14 }],
		});
		expect(await costs({ from: day(-1), splitBy: ['businessPhone'] })).toMatchObject({
			items: [{ businessPhone: expect.stringMatching(/^\+\d+$/), messages: 1, cost: 0 }],
		});
	});

	it('tells the templates apart, whichever of its APIs Meta sent them by', async () => {
		await gives('message', 'sendTemplate', {
			template: chosen('sale|en_US'),
			options: { marketingConsent: 'off', marketingMessages: 'require' },
		});
		for (let n = 0; n < 11; n++) {
			const BODY = { type: 'BODY', text: 'Hello.' };
			scene.simulator.addTemplate({ name: `other_${n}`, components: [BODY] });
		}
		await scene.simulator.settled();
		scene.simulator.world.pricing.rates = { marketing: 0.1, marketing_lite: 0.08, utility: 0.02 };
		setClock(HOUR);
		const { items, error } = await costs({ costsOf: 'templates', from: day(-48 * HOUR) });
		expect(error).toBeUndefined();
		const about = { language: 'en_US', messages: 2, messagesWithoutCost: 0, currency: 'USD' };
		expect(items).toMatchObject([
			{ ...about, template: 'sale', category: 'MARKETING', cost: 0.18 },
			{ ...about, template: 'bill', category: 'UTILITY', cost: 0.04 },
		]);
		expect(items).toHaveLength(2);
	});

	it('says of which messages Meta told no cost', async () => {
		setClock(HOUR);
		const { items, run: done } = await costs({ from: day(-48 * HOUR), splitBy: [] });
		expect(items).toMatchObject([{ messages: 4, cost: null, messagesWithoutCost: 4 }]);
		expect(JSON.stringify(done.data.resultData.runData.WhatsApp)).toContain(
			'Meta reported no cost for 4 of the messages',
		);
	});

	it.each<[INodeParameters, RegExp]>([
		[{ from: 'soon' }, /'From' is 'soon', which is not a date/],
		[{ from: '2027-01-01' }, /'From' does not lie before 'Until'/],
		[{ from: '2020-01-01' }, /'From' lies more than 366 days back/],
		[{ costsOf: 'templates', from: day(-91 * 24 * HOUR) }, /'From' lies more than 90 days back/],
		[{ splitBy: ['month'] }, /'Split By' is 'month'/],
	])('refuses %j before any request', async (parameters, message) => {
		const before = scene.simulator.requests.length;
		expect((await costs(parameters)).error?.message).toMatch(message);
		expect(scene.simulator.requests).toHaveLength(before);
	});
});
