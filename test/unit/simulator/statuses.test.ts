import type { Json } from '../../simulator/types';

import { CUSTOMER, NUMBER, startScene, TEXT, type Scene } from './setup';

let scene: Scene;
beforeEach(async () => {
	scene = await startScene();
	scene.sim.addTemplate({ name: 'bill', components: [{ type: 'BODY', text: 'Hi' }] });
	scene.sim.addTemplate({
		name: 'sale',
		category: 'MARKETING',
		components: [{ type: 'BODY', text: 'Hi' }],
	});
	await scene.sim.writes({ from: CUSTOMER, text: 'Hello', deliver: false });
});
afterEach(() => scene.stop());

const template = (name: string) => ({
	type: 'template',
	template: { name, language: { code: 'en_US' } },
});
const statuses = () => scene.callback.values().flatMap((value) => (value.statuses ?? []) as Json[]);

describe('statuses', () => {
	it('are sent, then delivered, as Meta writes them', async () => {
		const { id } = await scene.send({ ...TEXT, biz_opaque_callback_data: 'order 7' });
		await scene.sim.settled();
		const pricing = {
			billable: false,
			pricing_model: 'PMP',
			type: 'free_customer_service',
			category: 'service',
		};
		const common = {
			id,
			timestamp: String(scene.clock.ms / 1000),
			recipient_id: CUSTOMER,
			recipient_user_id: scene.sim.userIdOf(CUSTOMER),
			biz_opaque_callback_data: 'order 7',
			pricing,
		};
		expect(statuses()).toEqual([
			{ ...common, status: 'sent' },
			{ ...common, status: 'delivered' },
		]);
		expect(scene.callback.values()[0].contacts).toEqual([
			{
				profile: { name: expect.any(String) },
				wa_id: CUSTOMER,
				user_id: scene.sim.userIdOf(CUSTOMER),
			},
		]);
		expect(scene.sim.sent[0]).toMatchObject({ id, type: 'text', pricing });
	});

	it('are read or played when the test says so', async () => {
		const { id } = await scene.send(TEXT);
		await scene.sim.settled();
		await scene.sim.reads(id);
		await scene.sim.reads(id, 'played');
		expect(statuses().map(({ status }) => status)).toEqual(['sent', 'delivered', 'read', 'played']);
		expect(scene.sim.sent[0].statuses).toHaveLength(4);
		await expect(scene.sim.reads('wamid.unknown')).rejects.toThrow(/No message/);
	});

	it('may arrive before the send call is answered', async () => {
		scene.sim.settings.statusesBeforeReply = true;
		let answered = false;
		const whenHeard: boolean[] = [];
		scene.callback.status = () => {
			whenHeard.push(answered);
			return 200;
		};
		await scene.send(TEXT).then(() => (answered = true));
		expect(whenHeard).toEqual([false, false]);
	});

	it('keep their order for each message however slow the callback', async () => {
		scene.callback.status = async ({ at }) => {
			for (let turn = 0; turn < (7 - (at % 7)) * 3; turn++) await new Promise(setImmediate);
			return 200;
		};
		await Promise.all(Array.from({ length: 20 }, () => scene.send(TEXT)));
		await scene.sim.settled();
		for (const { id } of scene.sim.sent) {
			const order = statuses().filter((status) => status.id === id);
			expect(order.map(({ status }) => status)).toEqual(['sent', 'delivered']);
		}
	});

	it('of a reaction end with sent', async () => {
		const [{ id: message_id }] = scene.sim.inbound;
		await scene.send({ type: 'reaction', reaction: { message_id, emoji: '' } });
		await scene.sim.settled();
		expect(statuses().map(({ status }) => status)).toEqual(['sent']);
	});

	it.each([
		['nothing', () => 'wamid.unknown'],
		['a reaction', () => scene.sim.inbound[1].id],
		['something older than 30 days', () => scene.sim.inbound[2].id],
	])('of a reaction to %s are failed with 131009', async (_, target) => {
		await scene.sim.reacts({ from: CUSTOMER, messageId: 'wamid.1', emoji: '👍', deliver: false });
		await scene.sim.writes({
			from: CUSTOMER,
			text: 'old',
			agoSeconds: 31 * 24 * 3600,
			deliver: false,
		});
		const { status } = await scene.send({
			type: 'reaction',
			reaction: { message_id: target(), emoji: '👍' },
		});
		expect(status).toBe(200);
		await scene.sim.settled();
		expect(statuses()).toMatchObject([{ status: 'failed', errors: [{ code: 131009 }] }]);
	});

	it('say of a failure what Meta says', async () => {
		scene.sim.failLater({ code: 131049, to: `+${CUSTOMER}` });
		const { id: lucky } = await scene.send({ to: '+15551230002', ...template('sale') });
		const { id: failed } = await scene.send({ ...template('sale'), biz_opaque_callback_data: 'x' });
		const { id: next } = await scene.send(template('sale'));
		await scene.sim.settled();
		const of = (id: string) => statuses().filter((status) => status.id === id);
		expect(of(failed)).toEqual([
			{
				id: failed,
				status: 'failed',
				timestamp: expect.any(String),
				recipient_id: CUSTOMER,
				biz_opaque_callback_data: 'x',
				errors: [
					{
						code: 131049,
						title: expect.any(String),
						message: expect.any(String),
						error_data: { details: expect.stringContaining('healthy ecosystem') },
						href: expect.stringContaining('https://'),
					},
				],
			},
		]);
		expect([of(lucky).length, of(next).length]).toEqual([2, 2]);
	});

	it('of a refusal inside the window, which Meta admits, are failed too', async () => {
		scene.sim.failLater({ code: 131047, times: 2 });
		await scene.send(TEXT);
		await scene.send(TEXT);
		await scene.send(TEXT);
		await scene.sim.settled();
		expect(scene.sim.failuresOutsideWindow()).toMatchObject([
			{ windowWasOpen: true },
			{ windowWasOpen: true },
		]);
	});
});

describe('prices', () => {
	const pricingOf = async (message: object) => {
		await scene.send(message as Json);
		await scene.sim.settled();
		return scene.sim.sent[scene.sim.sent.length - 1].pricing;
	};
	const regular = (category: string) => ({
		billable: true,
		pricing_model: 'PMP',
		type: 'regular',
		category,
	});

	it.each([
		['bill', 'utility'],
		['sale', 'marketing'],
	])('of the template %s: %s, in the window too', async (name, category) => {
		expect(await pricingOf(template(name))).toEqual(regular(category));
		expect(statuses()[0]).not.toHaveProperty('conversation');
	});

	it('of answers are charged when the allowance of the month is used up', async () => {
		scene.sim.settings.freeServiceMessages = 2;
		expect(await pricingOf(TEXT)).toMatchObject({ billable: false });
		expect(await pricingOf(TEXT)).toMatchObject({ billable: false });
		expect(await pricingOf(TEXT)).toEqual(regular('service'));
		scene.clock.forward(12 * 24 * 3600);
		await scene.sim.writes({ from: CUSTOMER, text: 'in December', deliver: false });
		expect(await pricingOf(TEXT)).toMatchObject({ billable: false });
	});

	it('are nothing for 72 hours after an answer to an ad', async () => {
		const referral = { source_type: 'ad', source_id: '1', ctwa_clid: 'c' };
		await scene.sim.writes({ from: CUSTOMER, text: 'ad', message: { referral }, deliver: false });
		const free = {
			billable: false,
			pricing_model: 'PMP',
			type: 'free_entry_point',
			category: 'referral_conversion',
		};
		scene.clock.forward(3600);
		const until = scene.clock.ms / 1000 + 72 * 3600;
		expect(await pricingOf(TEXT)).toEqual(free);
		expect(statuses()[0].conversation).toMatchObject({
			expiration_timestamp: String(until),
			origin: { type: 'referral_conversion' },
		});
		scene.clock.forward(71 * 3600);
		expect(await pricingOf(template('sale'))).toEqual(free);
		scene.clock.forward(3600);
		expect(await pricingOf(template('sale'))).toEqual(regular('marketing'));
	});

	it('are as ever when the ad is answered after a day', async () => {
		const referral = { source_type: 'ad' };
		await scene.sim.writes({ from: CUSTOMER, text: 'ad', message: { referral }, deliver: false });
		scene.clock.forward(24 * 3600);
		expect(await pricingOf(template('bill'))).toEqual(regular('utility'));
	});
});

describe('waiting', () => {
	it('ends with the message that makes the count', async () => {
		const waiting = scene.sim.waitForSent(2);
		await scene.send(TEXT);
		await scene.send(TEXT);
		expect(await waiting).toHaveLength(2);
		expect(await scene.sim.waitForSent(1)).toHaveLength(2);
	});

	it('ends with an error that tells the count', async () => {
		await scene.send(TEXT);
		await expect(scene.sim.waitForSent(3, 20)).rejects.toThrow('1 of 3');
	});

	it('knows the number that sent', async () => {
		await scene.send(TEXT);
		expect(scene.sim.sent[0]).toMatchObject({
			businessNumberId: NUMBER,
			to: { phone: CUSTOMER },
			body: { to: `+${CUSTOMER}`, type: 'text' },
			at: scene.clock.ms,
		});
	});
});
