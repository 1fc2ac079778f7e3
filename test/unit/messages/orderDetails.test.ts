import fc from 'fast-check';

import type { OrderInput } from '../../../nodes/core/messages/order';
import { orderDetailsMessage } from '../../../nodes/core/messages/orderDetails';
import { itemsInJson, orderLines, type ItemPaths } from '../../../nodes/core/messages/orderItems';
import type { PaymentInput } from '../../../nodes/core/messages/payment';
import { checkOrderDetails } from '../../simulator/orderRules';
import type { Json } from '../../simulator/types';

import { refusal } from './refusal';

const CONTEXT = { now: 1_795_176_000, timeZone: 'UTC' };
const RAZORPAY: PaymentInput = { method: 'razorpay', configuration: 'prod' };
const PIX: PaymentInput = {
	method: 'pix',
	pixCode: '00020101',
	pixMerchantName: 'Padaria',
	pixKeyType: 'CNPJ',
	pixKey: '39.580.525/0001-89',
};
const INPUT = {
	body: 'Your bill',
	referenceId: 'order-7',
	payment: RAZORPAY,
	items: [{ name: 'Bread', quantity: 2, price: '100' }],
};

const billOf = (change: Partial<OrderInput> = {}) =>
	orderDetailsMessage({ ...INPUT, ...change }, CONTEXT).interactive.action.parameters;

describe('sums', () => {
	it('are made of items, tax and shipping less the discount', () => {
		const bill = billOf({
			tax: '18',
			shipping: '50,5'.replace(',', '.'),
			discount: 20,
			total: '248.50',
		});
		expect(bill.order?.subtotal.value).toBe(20000);
		expect(bill.total_amount).toEqual({ value: 24850, offset: 100 });
	});

	it('are what people who count find, whatever is ordered', () => {
		const price = fc.integer({ min: 1, max: 10 ** 7 });
		const item = fc.record({ price, quantity: fc.integer({ min: 1, max: 99 }) });
		const rest = fc.integer({ min: 0, max: 10 ** 6 });
		fc.assert(
			fc.property(
				fc.array(item, { minLength: 1, maxLength: 9 }),
				rest,
				rest,
				(items, tax, shipping) => {
					const money = (paise: number) => (paise / 100).toFixed(2);
					const bill = billOf({
						items: items.map((one) => ({ ...one, name: 'A', price: money(one.price) })),
						tax: money(tax),
						shipping: money(shipping),
					});
					expect(() => checkOrderDetails(bill as unknown as Json)).not.toThrow();
					const sum = items.reduce((all, one) => all + one.price * one.quantity, tax + shipping);
					expect(bill.total_amount.value).toBe(sum);
				},
			),
		);
	});

	it('are never made of a price that is read as a thousand times as much', () => {
		expect(billOf({ items: [{ name: 'A', price: '1,299.50' }] }).total_amount.value).toBe(129950);
		const payment = PIX;
		expect(billOf({ payment, items: [{ name: 'A', price: '1.299,50' }] }).total_amount.value).toBe(
			129950,
		);
		expect(
			refusal(() => billOf({ payment, items: [{ name: 'A', price: '1.299' }] })).message,
		).toMatch(/two ways/);
	});
});

describe('items of a shop', () => {
	const linesOf = (items: object[], paths?: ItemPaths, inSmallestUnit = false) =>
		orderLines(itemsInJson(items, paths), { currency: 'INR', inSmallestUnit });

	it('may be those of WooCommerce', () => {
		const woo = [
			{
				id: 315,
				name: 'Woo Single #1',
				product_id: 93,
				variation_id: 0,
				quantity: 2,
				tax_class: '',
				subtotal: '6.00',
				total: '6.00',
				total_tax: '0.45',
				taxes: [{ id: 75, total: '0.45', subtotal: '0.45' }],
				meta_data: [],
				sku: 'WS-1',
				price: 3,
			},
			{ name: 'Three for ten', quantity: 3, total: '10.00', price: 3.3333333333333335, sku: '' },
		];
		expect(linesOf(woo)).toEqual([
			{ name: 'Woo Single #1', quantity: 2, price: 300, id: 'WS-1' },
			{ name: '3 × Three for ten', quantity: 1, price: 1000 },
		]);
	});

	it('may be those of Shopify', () => {
		const shopify = {
			id: 8665503117664390,
			name: 'IPod Nano - 8GB',
			quantity: 1,
			price: '199.00',
			sku: 'IPOD',
		};
		expect(linesOf([shopify])).toEqual([
			{ name: 'IPod Nano - 8GB', quantity: 1, price: 19900, id: 'IPOD' },
		]);
	});

	it('may be those of Stripe, which count the smallest unit', () => {
		const stripe = {
			object: 'item',
			amount_total: 2198,
			currency: 'inr',
			description: 'T-shirt',
			price: { unit_amount: 1099 },
			quantity: 2,
		};
		const whole = { name: 'description', total: 'amount_total' };
		const each = { name: 'description', price: 'price.unit_amount' };
		const line = { name: 'T-shirt', quantity: 2, price: 1099 };
		expect(linesOf([stripe], whole, true)).toEqual([line]);
		expect(linesOf([stripe], each, true)).toEqual([line]);
	});

	it('have names that WhatsApp can show', () => {
		const [{ name }] = linesOf([{ name: 'x'.repeat(61), price: 1 }]);
		expect(name).toBe(`${'x'.repeat(59)}…`);
	});

	it.each<[unknown, RegExp]>([
		['', /'Items' is not valid JSON/],
		['{}', /'Items' is not a list of entries/],
		[[], /'Items' has 0 entries/],
		[['Bread'], /'Items' is not a list of entries/],
	])('are refused: %j', (value, message) => {
		expect(refusal(() => itemsInJson(value)).message).toMatch(message);
	});
});

describe('a bill', () => {
	it('of a total alone is for Brazil', () => {
		const bill = billOf({ payment: PIX, items: undefined, total: '12,34' });
		expect(bill).not.toHaveProperty('order');
		expect(bill.total_amount).toEqual({ value: 1234, offset: 100 });
	});

	it('has an ID for each item in Brazil, in a catalog or not', () => {
		const items = [
			{ name: 'A', price: 1 },
			{ name: 'B', price: 1, id: 'b' },
		];
		const ids = billOf({ payment: PIX, items }).order?.items.map(({ retailer_id: id }) => id);
		expect(ids).toEqual(['1', 'b']);
	});

	it.each<[object, string, RegExp]>([
		[{ body: '' }, 'Body', /is empty/],
		[{ body: 'x'.repeat(1025) }, 'Body', /1025 .* 1024/],
		[{ referenceId: '' }, 'Reference ID', /is empty/],
		[{ referenceId: '#4711' }, 'Reference ID', /'#4711'/],
		[{ referenceId: 'x'.repeat(36) }, 'Reference ID', /36 .* 35/],
		[{ payment: PIX, referenceId: 'x'.repeat(61) }, 'Reference ID', /61 .* 60/],
		[{ currency: 'USD' }, 'Currency', /USD, but the payment method takes INR/],
		[{ payment: { method: 'cash' } }, 'Payment Method', /'cash'/],
		[{ payment: { method: 'payu' } }, 'Payment Configuration', /is empty/],
		[{ payment: { method: 'upiLink', upiLink: 'https://a.b' } }, 'UPI Link', /upi:/],
		[{ payment: { ...PIX, pixCode: '39580525000189' } }, 'Pix Code', /does not begin with 000201/],
		[{ payment: { ...PIX, pixKeyType: 'IBAN' } }, 'Pix Key Type', /'IBAN'/],
		[{ payment: { ...PIX, pixKey: '' } }, 'Pix Key', /is empty/],
		[{ payment: { ...PIX, pixMerchantName: '' } }, 'Merchant Name', /is empty/],
		[{ payment: { method: 'paymentLink', paymentUrl: 'pay' } }, 'Payment Link', /not a complete/],
		[{ payment: { method: 'boleto', boletoLine: '123' } }, 'Boleto Line', /47 or 48 digits/],
		[{ payment: { method: 'card', cardLastDigits: 235 } }, 'Last Four Digits', /four digits/],
		[
			{ payment: { method: 'card', cardLastDigits: '0235', cardCredentialId: '' } },
			'Credential ID',
			/is empty/,
		],
		[{ items: undefined, total: 1 }, 'Items', /only in Brazil/],
		[{ payment: PIX, items: undefined }, 'Total', /is empty/],
		[{ payment: PIX, items: undefined, total: 1, tax: 1 }, 'Tax', /no items that it belongs to/],
		[{ items: [] }, 'Items', /has 0 entries/],
		[{ items: [{ name: '', price: 1 }] }, 'Item Name', /Item 1: 'Item Name' is empty/],
		[{ items: [{ name: 'A', price: '' }] }, 'Price', /Item 1: 'Price' is empty/],
		[{ items: [{ name: 'A', price: 0 }] }, 'Price', /Item 1: 'Price' is 0/],
		[{ items: [{ name: 'A', price: 3.333333 }] }, 'Price', /no amount in INR/],
		[{ items: [{ name: 'A', price: 1, quantity: 1.5 }] }, 'Quantity', /'1.5'/],
		[{ items: [{ name: 'A', price: 1, quantity: 0 }] }, 'Quantity', /'0'/],
		[{ items: [{ name: 'A', price: 1, salePrice: 1 }] }, 'Sale Price', /below the price/],
		[{ tax: 'some' }, 'Tax', /'some', which is no amount/],
		[{ discount: -5 }, 'Discount', /below zero/],
		[{ discount: 200 }, 'Discount', /leaves nothing to pay/],
		[{ total: '200.01' }, 'Total', /'Total' is 200.01, but .* = 200.00/],
		[{ taxText: 'x'.repeat(61), tax: 1 }, 'Tax Description', /61 .* 60/],
		[{ goods: 'services' }, 'Goods', /'services'/],
		[{ expiresAt: CONTEXT.now + 299, expirationText: 'A' }, 'Expires At', /five minutes/],
		[{ expiresAt: CONTEXT.now + 300 }, 'Expiration Text', /is empty/],
		[{ beneficiary: { name: 'Asha' } }, 'Address Line 1', /Beneficiary: 'Address Line 1' is empty/],
		[{ payment: PIX, importer: { importer_name: 'A' } }, 'Importer', /in India only/],
	])('is refused: %j', (change, field, message) => {
		const thrown = refusal(() => orderDetailsMessage({ ...INPUT, ...change }, CONTEXT));
		expect(thrown.field).toBe(field);
		expect(thrown.message).toMatch(message);
		expect(thrown.message).toContain(`'${field}'`);
	});
});
