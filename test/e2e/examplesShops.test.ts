import { createHmac } from 'crypto';

import axios from 'axios';

import { itemsOf } from '../n8n/client';

import { Imported, nodeIn } from './imported';
import type { Scenario } from './scenario';
import { serve, type StandIn } from './standIn';

const ANN = '4915112340001';
const BEN = '4915112340002';

/** The examples for shops, with orders as the shops' systems tell them, each on a number of its own. */
describe('the example', () => {
	let imported: Imported;
	let scenario: Scenario;
	let number: string;

	beforeAll(async () => {
		imported = await Imported.start('examples-shops');
		({ scenario } = imported);
	});

	beforeEach(() => {
		imported.begin();
		({ number } = imported);
	});

	afterEach(async () => {
		await imported.end();
	});

	afterAll(async () => {
		await scenario?.stop();
	});

	it("'WooCommerce Order' confirms a paid order once, and leaves out what the shop has not signed", async () => {
		const shop = await serve((path, body) =>
			path.endsWith('.pdf')
				? { type: 'application/pdf', body: '%PDF-1.7\nAn invoice' }
				: { type: 'application/json', body: body ? '{ "id": 3 }' : '[]' },
		);
		const keys = { consumerKey: 'ck_1', consumerSecret: 'cs_1', url: shop.url };
		const id = await scenario.client.createCredential('Shop', 'wooCommerceApi', keys);
		const workflow = imported.example('woocommerce-order', {
			wooCommerceApi: { id, name: 'Shop' },
		});
		const { parameters } = nodeIn(workflow, 'Get the Invoice');
		parameters.url = String(parameters.url).replace('https://shop.example', shop.url);
		const workflowId = await imported.activate(workflow);
		const { delivery_url: callback, secret } = JSON.parse(shop.bodies.find(Boolean) ?? '{}') as {
			delivery_url: string;
			secret: string;
		};
		const order = {
			...{ id: 727, number: '727', status: 'processing', currency: 'EUR', total: '1029.35' },
			...{ date_created: '2026-03-22T16:28:02', date_created_gmt: '2026-03-22T15:28:02' },
			billing: { first_name: 'Ann', country: 'DE', phone: ANN.replace('49', '0') },
		};
		const tell = async (change: object, key = secret) => {
			const body = JSON.stringify({ ...order, ...change });
			const signature = createHmac('sha256', key).update(body).digest('base64');
			const headers = {
				'Content-Type': 'application/json',
				'X-WC-Webhook-ID': '3',
				'X-WC-Webhook-Signature': signature,
			};
			const asItIs = { headers, proxy: false as const, validateStatus: () => true };
			return (await axios.post(callback, body, asItIs)).status;
		};

		expect(await tell({}, 'another')).toBe(401);
		expect(await tell({ status: 'pending' })).toBe(200);
		await imported.ended(workflowId, 1);
		await tell({});
		await imported.ended(workflowId, 2);
		await tell({ customer_note: 'Ring twice' });
		const runs = await imported.ended(workflowId, 3);
		await imported.end();
		await shop.close();
		expect(runs.map(({ status }) => status)).toEqual(['success', 'success', 'success']);
		expect(imported.sent()).toEqual(['order_confirmed']);
		const [{ body }] = scenario.sentFrom(number);
		expect(body).toMatchObject({ to: `+${ANN}`, biz_opaque_callback_data: '727' });
		const text = JSON.stringify(body);
		expect(text).toContain('"filename":"invoice-727.pdf"');
		expect(text).toContain('1.029,35 €');
		expect(text).toContain('22. März 2026');
	});

	it("'Shopify Order' confirms a paid order once, with its invoice (with a webhook in place of Shopify's)", async () => {
		const invoices = await serve(() => ({ type: 'application/pdf', body: '%PDF-1.7\nAn invoice' }));
		const workflow = imported.example('shopify-order');
		const webhook = nodeIn(workflow, 'An Order Is Paid');
		Object.assign(webhook, {
			...{ type: 'n8n-nodes-base.webhook', typeVersion: 2.1, credentials: undefined },
			parameters: { httpMethod: 'POST', path: `paid-${number}`, options: {} },
		});
		nodeIn(workflow, 'Each Once').parameters.dedupeValue = '={{ $json.body.id }}';
		const read = nodeIn(workflow, 'Read the Order').parameters;
		read.jsCode = String(read.jsCode).replaceAll('$json', '$json.body');
		const { parameters } = nodeIn(workflow, 'Get the Invoice');
		parameters.url = String(parameters.url).replace('https://shop.example', invoices.url);
		const workflowId = await imported.activate(workflow);
		const order = {
			...{ id: 820982911946154500, name: '#9999', order_number: 1234, phone: null },
			...{ currency: 'USD', total_price: '1403.00', created_at: '2026-12-31T19:00:00-05:00' },
			customer: { id: 115310627314723950, first_name: 'Bea', phone: null },
			billing_address: { first_name: 'Bea', phone: '(650) 555-1234', country_code: 'US' },
			shipping_address: { first_name: 'Steve', phone: null, country_code: 'US' },
		};
		await scenario.call(webhook, order);
		await scenario.call(webhook, order);
		const unreachable = { phone: null, country_code: 'US' };
		await scenario.call(webhook, { ...order, id: 2, billing_address: unreachable });
		const runs = await imported.ended(workflowId, 3);
		await invoices.close();
		expect(runs.map(({ status }) => status)).toEqual(['success', 'success', 'success']);
		expect(runs.map(({ data }) => 'Confirm by Email' in data.resultData.runData)).toEqual([
			false,
			false,
			true,
		]);
		expect(imported.sent()).toEqual(['order_confirmed']);
		const [{ body }] = scenario.sentFrom(number);
		expect(body).toMatchObject({ to: '+16505551234', biz_opaque_callback_data: '#9999' });
		for (const part of ['"#9999"', 'invoice-9999.pdf', '$1,403.00', 'December 31, 2026']) {
			expect(JSON.stringify(body)).toContain(part);
		}
	});

	it("'Shopify Shipping Update' tells of a parcel (with a webhook in place of Shopify's)", async () => {
		const workflow = imported.example('shopify-shipping-update');
		const webhook = nodeIn(workflow, 'A Parcel Leaves');
		const { parameters } = nodeIn(workflow, 'Read the Parcel');
		Object.assign(webhook, {
			...{ type: 'n8n-nodes-base.webhook', typeVersion: 2.1, credentials: undefined },
			parameters: { httpMethod: 'POST', path: `parcel-${number}`, options: {} },
		});
		parameters.jsCode = String(parameters.jsCode).replace('= $json;', '= $json.body;');
		const workflowId = await imported.activate(workflow);
		const parcel = {
			...{ id: 123456, order_id: 820982911946154500, status: 'pending', name: '#9999.1' },
			...{ created_at: '2026-12-31T19:00:00-05:00', tracking_company: 'DHL' },
			...{ tracking_number: 'JJD01', tracking_numbers: ['JJD01'] },
			destination: { first_name: 'Bea', phone: '(650) 555-1234', country_code: 'US' },
		};
		await scenario.call(webhook, parcel);
		await scenario.call(webhook, { ...parcel, destination: { first_name: 'Bea', phone: null } });
		const runs = await imported.ended(workflowId, 2);
		expect(runs.map(({ status }) => status)).toEqual(['success', 'success']);
		expect(imported.sent()).toEqual(['parcel_sent']);
		const [{ body }] = scenario.sentFrom(number);
		expect(body).toMatchObject({ to: '+16505551234' });
		for (const part of ['"#9999"', 'JJD01', 'December 31, 2026']) {
			expect(JSON.stringify(body)).toContain(part);
		}
	});

	it("'Review Request' asks some days after a completed order, and not who said STOP meanwhile (with a wait of two seconds)", async () => {
		const shop = await serve((_path, body) => ({
			type: 'application/json',
			body: body ? '{ "id": 4 }' : '[]',
		}));
		const keys = { consumerKey: 'ck_1', consumerSecret: 'cs_1', url: shop.url };
		const id = await scenario.client.createCredential('Reviews', 'wooCommerceApi', keys);
		const workflow = imported.example('review-request', {
			wooCommerceApi: { id, name: 'Reviews' },
		});
		Object.assign(nodeIn(workflow, 'Wait Five Days').parameters, { amount: 2, unit: 'seconds' });
		const listening = await imported.listen();
		const workflowId = await imported.activate(workflow);
		const { delivery_url: callback, secret } = JSON.parse(shop.bodies.find(Boolean) ?? '{}') as {
			delivery_url: string;
			secret: string;
		};
		const tell = async (order: object) => {
			const body = JSON.stringify(order);
			const headers = {
				'Content-Type': 'application/json',
				'X-WC-Webhook-ID': '4',
				'X-WC-Webhook-Signature': createHmac('sha256', secret).update(body).digest('base64'),
			};
			expect((await axios.post(callback, body, { headers, proxy: false })).status).toBe(200);
		};
		const order = (orderId: number, phone: string) => ({
			...{ id: orderId, number: String(orderId), status: 'completed', currency: 'EUR' },
			billing: { first_name: 'Ann', country: 'BR', phone },
			line_items: [{ id: 315, name: 'Blue lamp', product_id: 93, quantity: 1 }],
		});
		await tell(order(727, '(62) 99700-5200'));
		await tell(order(728, `+${BEN}`));
		await scenario.sim.writes({ from: BEN, to: number, text: 'STOP' });
		await imported.ended(listening, 1);
		const runs = await imported.ended(workflowId, 2);
		await imported.end();
		await shop.close();
		expect(runs.map(({ status }) => status)).toEqual(['success', 'success']);
		expect(imported.sent()).toEqual(['review_request']);
		const [{ body }] = scenario.sentFrom(number);
		expect(body).toMatchObject({ to: '+5562997005200', biz_opaque_callback_data: '727' });
		for (const part of ['Blue lamp', '"93"']) expect(JSON.stringify(body)).toContain(part);
	});

	describe("'Stripe Invoice'", () => {
		const SECRET = 'whsec_of_a_test';
		// What Stripe sends of an invoice, as far as an invoice has it in its API of 2025.
		const invoice = {
			...{ id: 'in_1SVC87', object: 'invoice', account_country: 'BR', number: 'M8V0KX57-0001' },
			...{ amount_due: 2990, amount_paid: 2990, amount_remaining: 0, currency: 'brl' },
			...{ created: 1763561586, due_date: null, status: 'paid', customer: 'cus_TS6K' },
			...{ customer_name: 'Ana Lúcia', customer_phone: '(62) 99700-5200' },
			customer_address: { city: 'Formoso', country: 'BR', line1: 'Rua 1', line2: '' },
			hosted_invoice_url: 'https://invoice.stripe.com/i/acct_1SBE/live_YWNj,MTU0?s=ap',
		};
		let stripe: StandIn;
		let workflowId: string;
		let url: string;

		beforeEach(async () => {
			stripe = await serve(() => ({ type: 'application/pdf', body: '%PDF-1.7\nAn invoice' }));
			const id = await scenario.client.createCredential('Stripe', 'crypto', { hmacSecret: SECRET });
			const workflow = imported.example('stripe-invoice', { crypto: { id, name: 'Stripe' } });
			const { parameters } = nodeIn(workflow, 'Stripe Calls');
			parameters.path = `stripe-${number}`;
			workflowId = await imported.activate(workflow);
			url = `${scenario.server.url}/webhook/stripe-${number}`;
		});
		afterEach(async () => {
			await stripe.close();
		});

		const signatureOf = (body: string, time: number, secret = SECRET) =>
			createHmac('sha256', secret).update(`${time}.${body}`).digest('hex');
		const now = () => Math.floor(Date.now() / 1000);
		const signed = (body: string, time = now(), secret = SECRET) =>
			`t=${time},v1=${signatureOf(body, time, secret)}`;

		/** Posts an event as Stripe does, and gives the status of the answer. */
		const call = async (event: object, header = (body: string) => signed(body)) => {
			// Stripe writes its JSON over several lines.
			const body = JSON.stringify(
				{ object: 'event', api_version: '2025-08-27.basil', ...event },
				null,
				2,
			);
			const headers = {
				'Content-Type': 'application/json; charset=utf-8',
				'Stripe-Signature': header(body),
			};
			const asItIs = { headers, proxy: false as const, validateStatus: () => true };
			return (await axios.post(url, body, asItIs)).status;
		};
		const event = (id: string, type: string, change: object = {}) => ({
			id,
			type,
			data: { object: { ...invoice, invoice_pdf: `${stripe.url}/pdf?s=ap`, ...change } },
		});

		it('takes nothing that Stripe has not signed, nor what is older than five minutes', async () => {
			const paid = event('evt_1', 'invoice.paid');
			const another = (body: string) => signed(body, now(), 'another');
			const old = (body: string) => signed(body, now() - 400);
			const ofOtherBytes = () => signed(JSON.stringify(paid));
			const later = (body: string) => signed(body).replace(/^t=\d+/, `t=${now() + 60}`);
			for (const header of [another, old, ofOtherBytes, later, () => 'v1=', () => '']) {
				expect(await call(paid, header)).toBe(401);
			}
			expect(imported.sent()).toEqual([]);
			// While a secret is being changed there are two signatures.
			const two = (body: string) => signed(body).replace(',', `,v1=${'0'.repeat(64)},`);
			expect(await call(paid, two)).toBe(200);
			await imported.ended(workflowId, 7);
			expect(imported.sent()).toEqual(['invoice_paid']);
		});

		it("sends a paid invoice once, with the PDF, and reminds of an open one, in the customer's words", async () => {
			await call(event('evt_2', 'invoice.paid'));
			await imported.ended(workflowId, 1);
			await call(event('evt_2', 'invoice.paid'));
			await call(event('evt_3', 'invoice.paid', { amount_paid: 0 }));
			await call(event('evt_4', 'invoice.created', { amount_remaining: 2990 }));
			const open = { status: 'open', amount_paid: 0, currency: 'jpy', amount_remaining: 2990 };
			const jp = { customer_phone: '+819012345678', customer_address: null };
			await call(
				event('evt_5', 'invoice.payment_failed', { ...open, ...jp, account_country: 'US' }),
			);
			await call(event('evt_6', 'invoice.overdue', { ...open, customer_phone: null }));
			const runs = await imported.ended(workflowId, 6);
			expect(runs.map(({ status }) => status)).toEqual(Array(6).fill('success'));
			expect(imported.sent()).toEqual(['invoice_paid', 'invoice_open']);
			const [paid, reminder] = scenario.sentFrom(number).map(({ body }) => JSON.stringify(body));
			for (const part of [
				'+5562997005200',
				'R$\u00a029,90',
				'19 de novembro de 2025',
				'"M8V0KX57-0001.pdf"',
			]) {
				expect(paid).toContain(part);
			}
			for (const part of [
				'+819012345678',
				'¥2,990',
				'November 19, 2025',
				'acct_1SBE/live_YWNj,MTU0?s=ap',
			]) {
				expect(reminder).toContain(part);
			}
			expect(itemsOf(runs[5], 'Tell by Email')).toHaveLength(1);
		});
	});

	it("'Order by Webhook' takes orders that carry the key, each once, in the customer's language", async () => {
		const shop = await serve(() => ({ type: 'application/pdf', body: '%PDF-1.7\nAn invoice' }));
		const key = { name: 'X-Shop-Key', value: 'a long secret' };
		const id = await scenario.client.createCredential('Shop key', 'httpHeaderAuth', key);
		const workflow = imported.example('webhook-order', {
			httpHeaderAuth: { id, name: 'Shop key' },
		});
		const { parameters } = nodeIn(workflow, 'An Order Is Paid');
		parameters.path = `order-${number}`;
		const workflowId = await imported.activate(workflow);
		const order = {
			...{ order: '4711', name: 'Ann', phone: ANN.replace('49', '0'), country: 'DE' },
			...{ total: 1029.35, currency: 'EUR', date: '2026-11-28T12:28:02Z' },
			invoice: `${shop.url}/4711.pdf`,
		};
		const call = async (
			body: object,
			headers: Record<string, string> = { 'X-Shop-Key': key.value },
		) =>
			(
				await axios.post(`${scenario.server.url}/webhook/order-${number}`, body, {
					headers,
					proxy: false,
					validateStatus: () => true,
				})
			).status;
		expect(await call(order, {})).toBe(403);
		expect(await call(order, { 'X-Shop-Key': 'another' })).toBe(403);
		expect(await call(order)).toBe(200);
		await imported.ended(workflowId, 1);
		await call(order);
		await call({
			...order,
			order: '4712',
			country: 'CH',
			language: 'fr-CH',
			phone: '+41781234567',
			currency: 'CHF',
		});
		await call({ ...order, order: '4713', invoice: 'http://127.0.0.1:1/none.pdf' });
		const runs = await imported.ended(workflowId, 4, 30_000);
		expect(runs.map(({ status }) => status)).toEqual(Array(4).fill('success'));
		expect(imported.sent()).toEqual(['order_confirmed', 'order_confirmed']);
		// What cannot be read is not ticked off: the shop mends it, and calls again.
		await call({ ...order, order: '4714', currency: 'euros' });
		await call({ ...order, order: undefined });
		await imported.ended(workflowId, 6);
		await call({ ...order, order: '4714' });
		const all = await imported.ended(workflowId, 7);
		await shop.close();
		expect(all.filter(({ status }) => status === 'error')).toHaveLength(2);
		expect(imported.sent()).toHaveLength(3);
		const [german, swiss] = scenario.sentFrom(number).map(({ body }) => JSON.stringify(body));
		for (const part of [`+${ANN}`, '1.029,35\u00a0€', '28. November 2026', '"invoice-4711.pdf"']) {
			expect(german).toContain(part);
		}
		for (const part of ['+41781234567', 'CHF', '28 novembre 2026']) expect(swiss).toContain(part);
		expect(runs.flatMap((run) => itemsOf(run, 'Confirm by Email'))).toHaveLength(1);
	});
});
