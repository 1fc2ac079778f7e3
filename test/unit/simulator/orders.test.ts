import { entriesOf } from '../../simulator/phone/entries';
import type { Json } from '../../simulator/types';

import { ACCOUNT, CUSTOMER, startScene, type Scene } from './setup';

let scene: Scene;
beforeEach(async () => {
	scene = await startScene();
	await scene.sim.writes({ from: CUSTOMER, text: 'Hello' });
});
afterEach(() => scene.stop());

const money = (value: number) => ({ value, offset: 100 });
const GATEWAY = [
	{ type: 'payment_gateway', payment_gateway: { type: 'payu', configuration_name: 'prod' } },
];
const ORDER = {
	status: 'pending',
	items: [{ name: 'Bread', amount: money(1000), sale_amount: money(900), quantity: 2 }],
	subtotal: money(1800),
	tax: money(90),
	shipping: money(50),
	discount: money(40),
};
const BILL = {
	reference_id: 'order-7',
	type: 'digital-goods',
	payment_settings: GATEWAY,
	currency: 'INR',
	total_amount: money(1900),
	order: ORDER,
};
const PIX = {
	reference_id: 'pedido-7',
	type: 'digital-goods',
	payment_type: 'br',
	payment_settings: [
		{
			type: 'pix_dynamic_code',
			pix_dynamic_code: { code: '000201', merchant_name: 'P', key: '1', key_type: 'CPF' },
		},
	],
	currency: 'BRL',
	total_amount: money(1900),
};
const interactive = (type: string, name: string, parameters: Json) => ({
	type: 'interactive',
	interactive: { type, body: { text: 'Your order' }, action: { name, parameters } },
});
const bill = (parameters: Json = BILL) =>
	interactive('order_details', 'review_and_pay', parameters);
const news = (status: string, rest: Json = {}) =>
	interactive('order_status', 'review_order', {
		reference_id: 'order-7',
		order: { status },
		...rest,
	});
const changed = (change: Json) => ({ ...BILL, ...change });
const order = (change: Json) => changed({ order: { ...ORDER, ...change } });

describe('a bill', () => {
	it.each<[string, Json]>([
		['of a gateway', BILL],
		[
			'of a UPI link',
			changed({
				payment_settings: [
					{ type: 'upi_intent_link', upi_intent_link: { link: 'upi://pay?pa=a@b' } },
				],
			}),
		],
		['of a Pix, without items', PIX],
	])('%s is taken', async (_, parameters) => {
		expect(await scene.send(bill(parameters))).toMatchObject({ status: 200 });
	});

	it.each<[string, Json, number]>([
		['no reference', changed({ reference_id: undefined }), 131008],
		['a reference of 36', changed({ reference_id: 'x'.repeat(36) }), 131009],
		['a reference with a space', changed({ reference_id: 'a b' }), 131009],
		['another currency', changed({ currency: 'USD' }), 131009],
		['another offset', changed({ total_amount: { value: 1900, offset: 1000 } }), 131009],
		['a broken amount', changed({ total_amount: money(19.5) }), 131009],
		['another total', changed({ total_amount: money(1901) }), 131009],
		['another subtotal', order({ subtotal: money(2000) }), 131009],
		['no tax', order({ tax: undefined }), 131008],
		['no items', order({ items: [] }), 131008],
		['half an item', order({ items: [{ ...ORDER.items[0], quantity: 0.5 }] }), 131009],
		['a long name', order({ items: [{ ...ORDER.items[0], name: 'x'.repeat(61) }] }), 131009],
		[
			'a sale that is none',
			order({ items: [{ ...ORDER.items[0], sale_amount: money(1000) }] }),
			131009,
		],
		[
			'an unknown gateway',
			changed({
				payment_settings: [
					{ type: 'payment_gateway', payment_gateway: { type: 'stripe', configuration_name: 'a' } },
				],
			}),
			131009,
		],
		['no way to pay in India', changed({ payment_settings: undefined }), 131008],
		['no items in India', changed({ order: undefined }), 131008],
		['India’s way in Brazil', { ...PIX, payment_settings: GATEWAY }, 131009],
		['items without IDs in Brazil', { ...PIX, order: ORDER }, 131008],
	])('is refused: %s', async (_, parameters, code) => {
		expect(await scene.send(bill(parameters))).toMatchObject({ status: 400, code });
	});
});

describe('a payment', () => {
	it('is told as Meta tells it', async () => {
		const { id } = await scene.send(bill());
		await scene.sim.settled();
		await scene.sim.pays({ messageId: id });
		const told = scene.callback.values().at(-1) as { statuses: Json[] };
		expect(told.statuses).toMatchObject([
			{
				type: 'payment',
				status: 'captured',
				recipient_id: CUSTOMER,
				payment: {
					reference_id: 'order-7',
					amount: money(1900),
					currency: 'INR',
					transaction: { type: 'payu', status: 'success', method: { type: 'upi' } },
				},
			},
		]);
		await expect(scene.sim.pays({ messageId: id })).rejects.toThrow('is paid');
	});

	it('that fails leaves the order to be paid', async () => {
		const { id } = await scene.send(bill());
		await scene.sim.pays({ messageId: id, succeeds: false });
		const told = scene.callback.values().at(-1) as { statuses: Json[] };
		expect(told.statuses).toMatchObject([
			{ status: 'pending', payment: { transaction: { status: 'failed', error: {} } } },
		]);
		await expect(scene.sim.pays({ messageId: id })).resolves.toMatchObject({ status: 200 });
	});

	it('by Pix is none of WhatsApp’s business', async () => {
		const { id } = await scene.send(bill(PIX));
		await expect(scene.sim.pays({ messageId: id })).rejects.toThrow('not paid inside WhatsApp');
	});
});

describe('news of an order', () => {
	const statusesOf = async (message: Json) => {
		const { id } = await scene.send(message);
		await scene.sim.settled();
		return scene.sim.sent.find((sent) => sent.id === id)!.statuses;
	};

	it('go from status to status, and not back', async () => {
		await scene.send(bill());
		for (const status of ['processing', 'shipped', 'partially_shipped', 'completed']) {
			expect(await statusesOf(news(status))).toMatchObject([{ status: 'sent' }, {}]);
		}
		expect(await statusesOf(news('shipped'))).toMatchObject([
			{ status: 'failed', errors: [{ code: 2046 }] },
		]);
	});

	it('cannot cancel what is paid', async () => {
		const { id } = await scene.send(bill());
		await scene.sim.pays({ messageId: id });
		expect(await statusesOf(news('canceled'))).toMatchObject([
			{ status: 'failed', errors: [{ code: 2047 }] },
		]);
	});

	it.each<[string, Json, number]>([
		['an unknown status', news('lost'), 131009],
		['no status', news('x', { order: {} }), 131008],
		['an unknown payment', news('shipped', { payment: { status: 'paid' } }), 131009],
	])('are refused: %s', async (_, message, code) => {
		expect(await scene.send(message)).toMatchObject({ status: 400, code });
	});

	it('stand in the bill on the phone', async () => {
		const { id } = await scene.send(bill());
		const shown = () => entriesOf(scene.sim.world).find((entry) => entry.id === id);
		expect(shown()).toMatchObject({ order: { status: 'pending', payment: 'pending' } });
		await scene.sim.pays({ messageId: id });
		await statusesOf(news('shipped', { order: { status: 'shipped', description: 'By bike' } }));
		expect(shown()).toMatchObject({
			order: { status: 'shipped', description: 'By bike', payment: 'captured' },
		});
	});
});

it('a template carries a bill, which can be paid', async () => {
	scene.sim.addTemplate({
		name: 'bill',
		category: 'UTILITY',
		components: [
			{ type: 'BODY', text: 'Your bill' },
			{ type: 'BUTTONS', buttons: [{ type: 'ORDER_DETAILS', text: 'Review and Pay' }] },
		],
	});
	const template = (details: Json) => ({
		type: 'template',
		template: {
			name: 'bill',
			language: { code: 'en_US' },
			components: [
				{
					type: 'button',
					sub_type: 'order_details',
					index: '0',
					parameters: [{ type: 'action', action: { order_details: details } }],
				},
			],
		},
	});
	expect(await scene.send(template(changed({ total_amount: money(1) })))).toMatchObject({
		code: 131009,
	});
	const { id } = await scene.send(template(BILL));
	expect(entriesOf(scene.sim.world).find((entry) => entry.id === id)).toMatchObject({
		content: { buttons: [{ type: 'ORDER_DETAILS', bill: BILL }] },
		order: { status: 'pending' },
	});
	await expect(scene.sim.pays({ messageId: id })).resolves.toMatchObject({ status: 200 });
});

it('the account tells its payment configurations', async () => {
	const configuration = { configuration_name: 'prod', provider_name: 'PayU', status: 'Active' };
	scene.sim.world.accounts.accounts.get(ACCOUNT)?.paymentConfigurations.push(configuration);
	const { data } = await scene.api.get(`/${ACCOUNT}/payment_configurations`);
	expect(data).toEqual({ data: [{ payment_configurations: [configuration] }] });
});
