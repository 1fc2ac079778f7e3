import { BUSINESS_PHONE, CUSTOMER, NUMBER, startScene, TEXT, type Scene } from './setup';

let scene: Scene;
beforeEach(async () => {
	scene = await startScene();
});
afterEach(() => scene.stop());

const DAY = 24 * 3600;
const isOpen = (contact = CUSTOMER, number = NUMBER) => scene.sim.windowOf(number, contact).open;

describe('the clock', () => {
	it('is shut for a contact who never wrote', () => {
		expect(scene.sim.windowOf(NUMBER, CUSTOMER)).toEqual({ open: false });
	});

	it.each([
		[0, true],
		[DAY - 1, true],
		[DAY, false],
		[DAY + 1, false],
	])('%i s after the message: open is %p', async (seconds, open) => {
		await scene.sim.writes({ from: CUSTOMER, text: 'Hello' });
		const expiresAtMs = scene.clock.ms + DAY * 1000;
		scene.clock.forward(seconds);
		expect(scene.sim.windowOf(NUMBER, CUSTOMER)).toEqual({ open, expiresAtMs });
	});

	it('counts from the time of the message, not of the webhook', async () => {
		await scene.sim.writes({ from: CUSTOMER, text: 'late', agoSeconds: DAY - 10 });
		expect(isOpen()).toBe(true);
		scene.clock.forward(10);
		expect(isOpen()).toBe(false);
	});

	it('is not set back by an older message that comes later', async () => {
		await scene.sim.writes({ from: CUSTOMER, text: 'new' });
		await scene.sim.writes({ from: CUSTOMER, text: 'old', agoSeconds: 2 * DAY });
		expect(isOpen()).toBe(true);
	});

	it('needs no webhook', async () => {
		await scene.sim.writes({ from: CUSTOMER, text: 'unheard', deliver: false });
		expect(isOpen()).toBe(true);
		expect(scene.callback.received).toHaveLength(0);
	});

	it('runs for each business number apart', async () => {
		const { id } = scene.sim.addBusinessNumber();
		await scene.sim.writes({ from: CUSTOMER, to: id, text: 'Hello' });
		expect([isOpen(CUSTOMER, id), isOpen()]).toEqual([true, false]);
	});
});

describe('what opens it', () => {
	it.each([
		['text', true],
		['image', true],
		['button', true],
		['interactive', true],
		['order', true],
		['reaction', false],
		['edit', false],
		['revoke', false],
		['unsupported', false],
		['system', false],
	])('a message of type %s: %p', async (type, opens) => {
		await scene.sim.writes({ from: CUSTOMER, message: { type, [type]: {} } });
		expect(isOpen()).toBe(opens);
	});

	it.each([
		['a call, answered or not', {}, true],
		['a call by the business that the contact takes', { direction: 'business' as const }, true],
		[
			'a call by the business that the contact leaves',
			{ direction: 'business' as const, accepted: false },
			false,
		],
	])('%s', async (_, calling, opens) => {
		await scene.sim.calls({ from: CUSTOMER, ...calling });
		expect(isOpen()).toBe(opens);
	});

	it('no template, no answer, no preference', async () => {
		scene.sim.addTemplate({ name: 'hi', components: [{ type: 'BODY', text: 'Hi' }] });
		await scene.send({ type: 'template', template: { name: 'hi', language: { code: 'en_US' } } });
		await scene.send(TEXT);
		await scene.sim.setsPreference({ from: CUSTOMER, value: 'resume' });
		await scene.sim.settled();
		expect(isOpen()).toBe(false);
	});
});

describe('who somebody is', () => {
	it('knows a phone number and a user ID that were seen together as one', async () => {
		await scene.sim.writes({ from: { phone: CUSTOMER, userId: 'US.1' }, text: 'both' });
		expect([isOpen('US.1'), isOpen(`+${CUSTOMER}`)]).toEqual([true, true]);
	});

	it('joins two ledgers when they turn out to be one person', async () => {
		await scene.sim.writes({ from: { userId: 'US.1' }, text: 'by user ID' });
		await scene.send(TEXT);
		expect(isOpen()).toBe(false);
		await scene.sim.writes({
			from: { phone: CUSTOMER, userId: 'US.1' },
			text: 'both',
			agoSeconds: 3 * DAY,
		});
		expect(isOpen()).toBe(true);
	});

	it('takes over what it knew of the number alone', async () => {
		await scene.sim.writes({ from: { userId: 'US.1' }, text: 'long ago', agoSeconds: 3 * DAY });
		await scene.sim.writes({ from: CUSTOMER, text: 'by number' });
		expect(isOpen('US.1')).toBe(false);
		const both = { phone: CUSTOMER, userId: 'US.1' };
		await scene.sim.writes({ from: both, text: 'both', agoSeconds: 2 * DAY });
		expect([isOpen('US.1'), isOpen()]).toEqual([true, true]);
	});

	it('keeps two user IDs apart although a number moves from one to the other', async () => {
		await scene.sim.writes({ from: { phone: CUSTOMER, userId: 'US.1' }, text: 'first owner' });
		await scene.sim.writes({
			from: { phone: CUSTOMER, userId: 'US.2' },
			text: 'second owner',
			agoSeconds: 2 * DAY,
		});
		expect([isOpen('US.1'), isOpen('US.2'), isOpen()]).toEqual([true, false, false]);
	});

	it('gives the same made-up user ID to the same number', async () => {
		const id = scene.sim.userIdOf(CUSTOMER);
		expect(id).toMatch(/^US\.\d+$/);
		await scene.sim.writes({ from: CUSTOMER, text: 'by number' });
		expect(isOpen(id)).toBe(true);
	});

	it.each([
		['5511987654321', '551187654321'],
		['5215512345678', '525512345678'],
		['5491123456789', '541123456789'],
		['2290197123456', '22997123456'],
		['2250708123456', '22508123456'],
	])('takes %s and %s for the same', async (long, short) => {
		await scene.sim.writes({ from: short, text: 'Oi' });
		expect(isOpen(long)).toBe(true);
		const { data } = await scene.send({ to: `+${long}`, ...TEXT });
		expect(data.contacts).toEqual([{ input: `+${long}`, wa_id: short }]);
	});
});

describe('people who are not the same', () => {
	it.each([
		['a mobile phone and a landline in Brazil', '5511933334444', '551133334444'],
		['two operators in Ivory Coast', '2250508123456', '22508123456'],
	])('%s', async (_what, one, other) => {
		await scene.sim.writes({ from: other, text: 'Oi' });
		expect([isOpen(one), isOpen(other)]).toEqual([false, true]);
	});

	it('the one who had a number, and the one who has it now', async () => {
		const system = {
			type: 'user_changed_number',
			body: '…',
			wa_id: '15551239999',
			user_id: 'US.9',
		};
		await scene.sim.writes({ from: { phone: CUSTOMER, userId: 'US.1' }, text: 'Hello' });
		await scene.sim.writes({
			from: { phone: CUSTOMER, userId: 'US.1' },
			message: { type: 'system', system },
		});
		expect([isOpen('US.9'), isOpen('15551239999'), isOpen('US.1')]).toEqual([true, true, false]);
		await scene.sim.writes({ from: { phone: CUSTOMER, userId: 'US.3' }, text: 'Who is this?' });
		const { id } = await scene.send({ to: `+${CUSTOMER}`, ...TEXT });
		expect(scene.sim.sent.find((message) => message.id === id)?.to).toMatchObject({
			userId: 'US.3',
		});
	});
});

describe('what the window decides', () => {
	it('accepts outside it with 200, then says failed with 131047', async () => {
		const { status, id } = await scene.send(TEXT);
		expect(status).toBe(200);
		await scene.sim.settled();
		const [value] = scene.callback.values();
		expect(value).not.toHaveProperty('contacts');
		expect(value.statuses).toMatchObject([
			{ id, status: 'failed', recipient_id: CUSTOMER, errors: [{ code: 131047 }] },
		]);
		expect((value.statuses as object[])[0]).not.toHaveProperty('recipient_user_id');
		expect(scene.sim.sent).toMatchObject([
			{ id, windowWasOpen: false, statuses: [{ status: 'failed' }] },
		]);
		expect(scene.sim.failuresOutsideWindow()).toEqual(scene.sim.sent);
	});

	it('accepts inside it, then says sent and delivered', async () => {
		await scene.sim.writes({ from: CUSTOMER, text: 'Hello' });
		await scene.send(TEXT);
		await scene.sim.settled();
		expect(scene.sim.sent[0].statuses.map(({ status }) => status)).toEqual(['sent', 'delivered']);
		expect(scene.sim.sent[0].windowWasOpen).toBe(true);
		expect(scene.sim.failuresOutsideWindow()).toEqual([]);
	});

	it.each([
		['atOnce' as const, 0],
		['both' as const, 1],
	])('refuses %s where asked to', async (windowRefusal, statuses) => {
		scene.sim.settings.windowRefusal = windowRefusal;
		const { status, code } = await scene.send(TEXT);
		expect([status, code]).toEqual([400, 131047]);
		await scene.sim.settled();
		expect(scene.callback.received).toHaveLength(statuses);
		expect(scene.sim.sent).toEqual([]);
		expect(scene.sim.failuresOutsideWindow()).toHaveLength(1);
	});

	it('is not opened by a free entry point', async () => {
		const message = {
			type: 'text',
			text: { body: 'From the ad' },
			referral: { source_type: 'ad' },
		};
		await scene.sim.writes({ from: CUSTOMER, message });
		await scene.send(TEXT);
		await scene.sim.settled();
		scene.clock.forward(30 * 3600);
		await scene.send(TEXT);
		await scene.sim.settled();
		expect(scene.sim.sent.map(({ statuses }) => statuses[0].status)).toEqual(['sent', 'failed']);
	});

	it('forgets everybody on reset, and keeps the number', async () => {
		await scene.sim.writes({ from: CUSTOMER, text: 'Hello' });
		scene.sim.reset();
		expect(isOpen()).toBe(false);
		expect([scene.sim.sent, scene.sim.inbound, scene.sim.deliveries]).toEqual([[], [], []]);
		expect(scene.sim.world.number(NUMBER).phone).toBe(BUSINESS_PHONE);
	});
});
