import type { IDataObject } from 'n8n-workflow';

import type { Json } from '../simulator/types';
import { body, buttons, template } from '../unit/templates/samples';

import {
	ACCOUNT_ID,
	addTemplate,
	CONTACT,
	CONTACT_PHONE,
	CONTACT_USER_ID,
	listener,
	send,
	triggered,
	useScene,
} from './scene';
import { chosen, fields, SEND_TYPE } from './workflows';

const scene = useScene();

const SHOPPER = { phone: CONTACT_PHONE, userId: CONTACT_USER_ID };

const BILL = {
	messageType: 'orderDetails',
	body: 'Your bill',
	referenceId: 'order-7',
	paymentMethod: 'razorpay',
	paymentConfiguration: chosen('razorpay-prod'),
	itemsSource: 'json',
	itemsJson: '={{ $json.line_items }}',
};

/** As the webhook of WooCommerce tells an order, in part. */
const WOO = {
	contact: CONTACT,
	number: '727',
	currency: 'INR',
	total: '2899.00',
	total_tax: '200.00',
	shipping_total: '100.00',
	line_items: [
		{
			id: 315,
			name: 'Brass lamp',
			quantity: 2,
			subtotal: '2599.00',
			total: '2599.00',
			sku: 'L-1',
			price: 1299.5,
		},
	],
};

const BILL_OF_SHOP = {
	...BILL,
	referenceId: '=order-{{ $json.number }}',
	options: {
		orderCurrency: '={{ $json.currency }}',
		expectedTotal: '={{ $json.total }}',
		tax: '={{ $json.total_tax }}',
		shipping: '={{ $json.shipping_total }}',
	},
};

const TEMPLATE_FIELDS = {
	'button:0:reference': 'order-727',
	'button:0:method': 'razorpay',
	'button:0:payment': 'razorpay-prod',
	'button:0:items': '[{"name": "Brass lamp", "quantity": 2, "price": "1,299.50"}]',
	'button:0:tax': '200',
};

const parametersOf = ({ body: sent }: { body: Json }) =>
	((sent.interactive as Json).action as Json).parameters as Json;

async function listen(...events: string[]): Promise<void> {
	scene.engine.add(listener('wf', { registration: 'automatic', events }));
	await scene.engine.activate('wf');
	await scene.simulator.writes({ from: SHOPPER, text: 'I take it' });
	await scene.engine.settled();
}

const addBillTemplate = () =>
	addTemplate(
		scene,
		template(
			[body('Here is your bill.'), buttons({ type: 'ORDER_DETAILS', text: 'Review and Pay' })],
			{
				name: 'bill',
			},
		),
	);

describe('a bill', () => {
	it('is made of an order of a shop, and its payment starts the workflow', async () => {
		await listen('payment');
		const { error } = await send(scene, BILL_OF_SHOP, { items: [{ json: WOO }] });
		expect(error).toBeUndefined();
		const [sent] = scene.simulator.sent;
		expect(parametersOf(sent)).toMatchObject({
			reference_id: 'order-727',
			currency: 'INR',
			total_amount: { value: 289900, offset: 100 },
			order: {
				items: [{ retailer_id: 'L-1', name: 'Brass lamp', amount: { value: 129950 }, quantity: 2 }],
				subtotal: { value: 259900 },
				tax: { value: 20000 },
				shipping: { value: 10000 },
			},
		});

		await scene.simulator.pays({ messageId: sent.id, succeeds: false });
		await scene.simulator.pays({ messageId: sent.id });
		await scene.simulator.redeliver(sent.id);
		const items = await triggered(scene.engine);
		expect(items).toMatchObject([
			{
				event: 'payment',
				status: 'pending',
				transactionStatus: 'failed',
				errorCode: 'BAD_REQUEST_ERROR',
			},
			{
				event: 'payment',
				status: 'captured',
				referenceId: 'order-727',
				amount: 2899,
				currency: 'INR',
				gateway: 'razorpay',
				method: 'upi',
				contact: CONTACT_USER_ID,
				window: { state: 'open' },
			},
		]);
	});

	it.each<[string, IDataObject, RegExp]>([
		['another sum', { total: '2899.01' }, /'Total' is 2899.01, but .* = 2899.00/],
		['another currency', { currency: 'USD' }, /'Currency' is USD/],
		['a price in two readings', { line_items: [{ name: 'A', price: '1.299' }] }, /Item 1: 'Price'/],
		['no items', { line_items: [] }, /'Items' has 0 entries/],
	])('is not sent with %s', async (_, change, message) => {
		await listen('message');
		const { error } = await send(scene, BILL_OF_SHOP, { items: [{ json: { ...WOO, ...change } }] });
		expect(error?.message).toMatch(message);
		expect(scene.simulator.sent).toEqual([]);
	});

	it('goes by a template when the window is closed', async () => {
		addBillTemplate();
		const { items, error } = await send(scene, {
			...BILL,
			itemsSource: 'fields',
			orderItems: { item: [{ name: 'Brass lamp', quantity: '2', price: '1,299.50' }] },
			whenWindowClosed: 'template',
			fallbackTemplate: chosen('bill|en_US'),
			fallbackTemplateFields: fields(TEMPLATE_FIELDS),
		});
		expect(error).toBeUndefined();
		expect(items).toMatchObject([{ sentAs: 'template' }]);
		const [{ id, body: sent }] = scene.simulator.sent;
		expect((sent.template as Json).components).toMatchObject([
			{
				type: 'button',
				sub_type: 'order_details',
				index: '0',
				parameters: [
					{
						type: 'action',
						action: { order_details: { total_amount: { value: 279900, offset: 100 } } },
					},
				],
			},
		]);
		await expect(scene.simulator.pays({ messageId: id })).resolves.toBeDefined();
	});

	it('is held back in a closed window as any message', async () => {
		const items = [{ json: WOO }];
		const { error } = await send(scene, BILL_OF_SHOP, { items });
		expect(error?.message).toMatch(/window/);
		expect(scene.simulator.sent).toEqual([]);
	});
});

it('an order that is paid is not canceled, and the status says why', async () => {
	await listen('status');
	await send(scene, BILL_OF_SHOP, { items: [{ json: WOO }] });
	await scene.simulator.pays({ messageId: scene.simulator.sent[0].id });
	const news = { messageType: 'orderStatus', body: 'Sorry', referenceId: 'order-727' };
	expect((await send(scene, { ...news, orderStatus: 'canceled' })).error).toBeUndefined();
	await scene.simulator.settled();
	const failed = (await triggered(scene.engine)).find(({ status }) => status === 'failed');
	expect(failed).toMatchObject({
		errorCode: 2047,
		explanation: expect.stringContaining('cannot be canceled'),
	});
});

it('an agreement to pay by card comes as a message', async () => {
	await listen('message');
	await send(scene, {
		messageType: 'orderDetails',
		body: 'Sua conta',
		referenceId: 'pedido-7',
		paymentMethod: 'card',
		cardLastDigits: '0235',
		cardCredentialId: '1234567',
		itemsSource: 'total',
		orderTotal: 'R$ 1.299,50',
	});
	const answer = {
		payment_method: 'offsite_card_pay',
		reference_id: 'pedido-7',
		credential_id: '1234567',
	};
	await scene.simulator.writes({
		from: CONTACT_PHONE,
		message: {
			type: 'interactive',
			interactive: { type: 'payment_method', payment_method: answer },
		},
	});
	expect((await triggered(scene.engine)).at(-1)).toMatchObject({
		kind: 'paymentMethod',
		paymentMethod: { referenceId: 'pedido-7', credentialId: '1234567' },
	});
});

it('payment configurations are chosen from a list', async () => {
	scene.simulator.world.accounts.accounts
		.get(ACCOUNT_ID)
		?.paymentConfigurations.push(
			{ configuration_name: 'prod', provider_name: 'RazorPay', status: 'Active' },
			{ configuration_name: 'next', provider_name: 'PayU', status: 'Needs_Testing' },
		);
	const list = await scene.engine.listSearch(SEND_TYPE, 'searchPaymentConfigurations');
	expect(list.results).toEqual([
		{ name: 'prod · RazorPay', value: 'prod' },
		{ name: 'next · PayU · needs testing', value: 'next' },
	]);
});
