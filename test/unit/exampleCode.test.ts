import { createHmac } from 'crypto';
import fs from 'fs';
import path from 'path';
import vm from 'vm';

import { DateTime } from 'luxon';
import type { IDataObject, INode } from 'n8n-workflow';

const folder = path.join(__dirname, '..', '..', 'examples');

/** Runs a Code node of an example, with what n8n gives to it. */
async function run(example: string, name: string, ...items: IDataObject[]): Promise<IDataObject[]> {
	const text = fs.readFileSync(path.join(folder, `${example}.json`), 'utf8');
	const { nodes } = JSON.parse(text) as { nodes: INode[] };
	const { jsCode, mode } = nodes.find((node) => node.name === name)!.parameters;
	const code = async (input: IDataObject[]) => {
		const all = input.map((json) => ({ json }));
		const world = {
			...{ $json: input[0], $input: { all: () => all, first: () => all[0] } },
			...{ DateTime, $now: DateTime.fromISO('2026-11-29', { zone: 'Europe/Berlin' }) },
			helpers: { getBinaryDataBuffer: () => Buffer.from(String(input[0].bytes)) },
		};
		const body = `(async function () { ${String(jsCode)} }).call({ helpers })`;
		const made = (await vm.runInNewContext(body, world)) as unknown;
		return [made].flat() as Array<{ json: IDataObject }>;
	};
	const groups = mode === 'runOnceForEachItem' ? items.map((item) => [item]) : [items];
	const made = (await Promise.all(groups.map(code))).flat();
	// Out of the other realm.
	return JSON.parse(JSON.stringify(made.map(({ json }) => json))) as IDataObject[];
}

const NBSP = '\u00a0';

describe('a number as the customer typed it', () => {
	const ADDRESSES = [
		['0151 1234-0001', 'DE', '+49151 1234-0001'],
		['+49 151 12340001', 'DE', '+49 151 12340001'],
		['0049 151 12340001', 'DE', '+49 151 12340001'],
		['(62) 99700-5200', 'BR', '+55(62) 99700-5200'],
		['1 650 555 1234', 'US', '+1 650 555 1234'],
		['06 1234 5678', 'IT', '+3906 1234 5678'],
		['+84 912 345 678', 'VN', '+84 912 345 678'],
		['0912 345 678', 'VN', ''],
		[null, 'DE', ''],
		['(+49) 151 12340001', 'DE', '(+49) 151 12340001'],
		['49 151 12340001', 'DE', '+49 151 12340001'],
		['55 62 99700-5200', 'BR', '+55 62 99700-5200'],
		['55 99700-5200', 'BR', '+5555 99700-5200'],
		['919876543210', 'IN', '+919876543210'],
		['9187654321', 'IN', '+919187654321'],
		['33612345678', 'FR', '+33612345678'],
		['351912345678', 'PT', '+351912345678'],
		['393 1234567', 'IT', '+39393 1234567'],
		['39 340 1234567', 'IT', '+39 340 1234567'],
	] as const;

	const order = { order: '1', total: '1', currency: 'EUR', date: '2026-11-28' };
	const READERS = [
		[
			'webhook-order',
			(phone: string | null, country: string) => ({ body: { ...order, phone, country } }),
		],
		[
			'review-request',
			(phone: string | null, country: string) => ({ number: '1', billing: { phone, country } }),
		],
		[
			'woocommerce-order',
			(phone: string | null, country: string) => ({
				...{ number: '1', total: '1', currency: 'EUR', date_created_gmt: '2026-11-28T12:00:00' },
				billing: { phone, country },
			}),
		],
	] as const;

	it.each(READERS)('gets the country code of the address in %s', async (example, orderOf) => {
		const orders = ADDRESSES.map(([phone, country]) => orderOf(phone, country));
		const read = await run(example, 'Read the Order', ...orders);
		expect(read.map(({ to }) => to)).toEqual(ADDRESSES.map(([, , to]) => to));
	});
});

describe("'Order by Webhook'", () => {
	it.each([
		[{ country: 'DE' }, `1.029,35${NBSP}€`, '28. November 2026'],
		[{ country: 'US' }, '€1,029.35', 'November 28, 2026'],
		[{ country: 'US', language: 'pt-BR' }, `€${NBSP}1.029,35`, '28 de novembro de 2026'],
		[{ country: 'XX' }, '€1,029.35', 'November 28, 2026'],
		[{ language: 'pt_BR' }, `€${NBSP}1.029,35`, '28 de novembro de 2026'],
		[{ date: '2026-11-28 16:28:02' }, '€1,029.35', 'November 28, 2026'],
		// It came just now.
		[{ date: '28.11.2026' }, '€1,029.35', 'November 29, 2026'],
		[{ date: null }, '€1,029.35', 'November 29, 2026'],
		[{ total: '1.029,35' }, '1.029,35 EUR', 'November 28, 2026'],
	])('writes amount and date for %j', async (where, amount, date) => {
		const body = { order: 4711, total: '1029.35', currency: 'EUR', date: '2026-11-28T16:28:02Z' };
		const [read] = await run('webhook-order', 'Read the Order', { body: { ...body, ...where } });
		expect(read).toMatchObject({ order: '4711', name: 'customer', amount, date });
	});
});

describe("'Shopify Order'", () => {
	it.each([
		['the address', { first_name: 'Ann', country_code: 'DE' }, 'Ann'],
		['the customer, where the address has none', { first_name: null, country_code: 'DE' }, 'Bob'],
		['the customer, of a sale in the shop', null, 'Bob'],
	])('takes the name of %s', async (_whose, address, name) => {
		const order = { name: '#1', total_price: '1.00', currency: 'EUR', created_at: '2026-11-28' };
		const customer = { first_name: 'Bob', phone: '+4915112340001' };
		const bought = { ...order, shipping_address: address, customer };
		const [read] = await run('shopify-order', 'Read the Order', bought);
		expect(read).toMatchObject({ name, to: '+4915112340001' });
	});

	it("writes the amount in the currency that the customer paid, not in the shop's", async () => {
		const order = { name: '#1', total_price: '50.00', currency: 'EUR', created_at: '2026-11-28' };
		const address = { phone: '+41781234567', country_code: 'CH' };
		const of = async (more: IDataObject) =>
			(await run('shopify-order', 'Read the Order', { ...order, ...more }))[0].amount;
		const total_price_set = {
			shop_money: { amount: '50.00', currency_code: 'EUR' },
			presentment_money: { amount: '47.30', currency_code: 'CHF' },
		};
		expect(await of({ shipping_address: address, total_price_set })).toBe(`CHF${NBSP}47.30`);
		expect(await of({ shipping_address: address })).toBe(`EUR${NBSP}50.00`);
	});
});

describe("'Stripe Invoice'", () => {
	const invoice = {
		...{ number: 'M8V0-1', created: 1763561586, currency: 'brl', amount_paid: 2990 },
		...{ amount_remaining: 1500, customer_name: 'Ana', customer_phone: '(62) 99700-5200' },
		...{ account_country: 'US', customer_address: { country: 'BR' } },
		...{ invoice_pdf: 'https://pay.stripe.com/invoice/acct_1/live_1/pdf?s=ap' },
		hosted_invoice_url: 'https://invoice.stripe.com/i/acct_1/live_1?s=ap',
	};
	const read = async (type: string, change: IDataObject = {}) =>
		await run('stripe-invoice', 'Read the Invoice', {
			event: { id: 'evt_1', type, data: { object: { ...invoice, ...change } } },
		});

	it('reads a paid invoice, and one that is open', async () => {
		const common = {
			...{ invoice: 'M8V0-1', name: 'Ana', to: '+55(62) 99700-5200', pdf: invoice.invoice_pdf },
			...{ date: '19 de novembro de 2025', page: 'acct_1/live_1?s=ap' },
		};
		const paid = [{ ...common, isPaid: true, amount: `R$${NBSP}29,90` }];
		const open = [{ ...common, isPaid: false, amount: `R$${NBSP}15,00` }];
		expect(await read('invoice.paid')).toEqual(paid);
		// Of the same payment: the customer is told once.
		expect(await read('invoice.payment_succeeded')).toEqual([]);
		expect(await read('invoice.payment_failed')).toEqual(open);
		expect(await read('invoice.overdue')).toEqual(open);
	});

	it('leaves out other events, and invoices over nothing', async () => {
		expect(await read('invoice.created')).toEqual([]);
		expect(await read('customer.created')).toEqual([]);
		expect(await read('invoice.paid', { amount_paid: 0 })).toEqual([]);
		expect(await read('invoice.overdue', { amount_remaining: 0 })).toEqual([]);
	});

	it.each([
		['jpy', '¥2,990'],
		['eur', '€29.90'],
		['kwd', `KWD${NBSP}2.990`],
		// Stripe goes on counting these in hundredths.
		['isk', `ISK${NBSP}30`],
	])('writes an amount in %s', async (currency, amount) => {
		const [one] = await read('invoice.paid', { currency, customer_address: null });
		expect(one.amount).toBe(amount);
	});

	it('reads an invoice without name, address, number or page', async () => {
		const none = { customer_name: null, customer_phone: null, customer_address: null };
		const [one] = await read('invoice.paid', { ...none, hosted_invoice_url: null });
		expect(one).toMatchObject({ name: 'customer', to: '', page: '' });
	});

	const SECRET = 'whsec_of_a_test';
	const BYTES = '{\n  "id": "evt_1"\n}';
	const now = () => Math.floor(Date.now() / 1000);
	const hmac = (text: string) => createHmac('sha256', SECRET).update(text).digest('hex');

	/** Whether a call with this header is taken. */
	const isTaken = async (header: string | undefined, bytes = BYTES) => {
		const headers = { 'stripe-signature': header };
		const call = { headers, body: JSON.parse(bytes), bytes } as IDataObject;
		const [signed] = await run('stripe-invoice', 'Read the Signature', call);
		const expected = hmac(String(signed.toSign));
		const [{ isFromStripe }] = await run('stripe-invoice', 'Compare', { ...signed, expected });
		return isFromStripe;
	};

	it('takes what Stripe has signed, over the bytes as they came', async () => {
		const time = now();
		const right = hmac(`${time}.${BYTES}`);
		expect(await isTaken(`t=${time},v1=${right},v0=${'1'.repeat(64)}`)).toBe(true);
		expect(await isTaken(`t=${time},v1=${'0'.repeat(64)},v1=${right}`)).toBe(true);
		expect(await isTaken(`t=${time}, v1=${right}`)).toBe(true);
	});

	it.each<[string, (time: number, right: string) => string | undefined]>([
		['no header', () => undefined],
		['an empty signature', (time) => `t=${time},v1=`],
		['no value', (time) => `t=${time},v1`],
		['the signature of another scheme', (time, right) => `t=${time},v0=${right}`],
		['a signature cut short', (time, right) => `t=${time},v1=${right.slice(0, 63)}`],
		['a signature with more behind it', (time, right) => `t=${time},v1=${right}0`],
		['no time', (_time, right) => `v1=${right}`],
		['another time', (time, right) => `t=${time - 1},v1=${right}`],
		['a time in words', (_time, right) => `t=now,v1=${right}`],
	])('refuses %s', async (_what, headerOf) => {
		const time = now();
		expect(await isTaken(headerOf(time, hmac(`${time}.${BYTES}`)))).toBe(false);
	});

	it.each([-301, 301])('refuses what is signed right, %i seconds off', async (seconds) => {
		const time = now() + seconds + Math.sign(seconds);
		expect(await isTaken(`t=${time},v1=${hmac(`${time}.${BYTES}`)}`)).toBe(false);
		const within = now() + seconds - Math.sign(seconds) * 10;
		expect(await isTaken(`t=${within},v1=${hmac(`${within}.${BYTES}`)}`)).toBe(true);
	});

	it('refuses other bytes of the same meaning', async () => {
		const time = now();
		expect(await isTaken(`t=${time},v1=${hmac(`${time}.{"id":"evt_1"}`)}`)).toBe(false);
	});
});

describe("'Appointment Reminder'", () => {
	it.each([
		[undefined, 'Tuesday 1 December', '09:00'],
		['pt-BR', 'terça-feira, 1 de dezembro', '09:00'],
		['pt_BR', 'terça-feira, 1 de dezembro', '09:00'],
		['en-US', 'Tuesday, December 1', '9:00 AM'],
	])("writes day and hour by the calendar's clock, in %s", async (language, date, time) => {
		const appointment = { id: 'a1', start: '2026-12-01T09:00:00+09:00', phone: '+1', language };
		const [read] = await run('appointment-reminder', 'Read the Appointment', appointment);
		expect(read).toMatchObject({ id: 'a1', name: 'customer', phone: '+1', date });
		expect(String(read.time).replace(/\s/, ' ')).toBe(time);
	});

	it('takes a date as databases write it, and fails over what is none', async () => {
		const of = async (start?: string) =>
			await run('appointment-reminder', 'Read the Appointment', { id: 'a1', start: start ?? null });
		expect(await of('2026-12-01 09:00:00')).toMatchObject([{ time: '09:00' }]);
		await expect(of()).rejects.toThrow("'start' of appointment a1 is no date");
	});
});
