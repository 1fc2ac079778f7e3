import { GraphError } from './errors';
import type { Json } from './types';

/** Money as Meta writes it. */
interface Money {
	value?: unknown;
	offset?: unknown;
	description?: unknown;
}

interface Item {
	retailer_id?: unknown;
	name?: unknown;
	quantity?: unknown;
	amount?: Money;
	sale_amount?: Money;
}

interface Order {
	status?: unknown;
	items?: Item[];
	subtotal?: Money;
	tax?: Money;
	shipping?: Money;
	discount?: Money & { discount_program_name?: unknown };
	expiration?: { timestamp?: unknown; description?: unknown };
}

const GATEWAYS = ['billdesk', 'razorpay', 'payu', 'zaakpay'];
const STATUSES = ['pending', 'processing', 'partially_shipped', 'shipped', 'completed', 'canceled'];

/** What each way to pay in Brazil consists of. */
const BRAZILIAN: Record<string, string[]> = {
	pix_dynamic_code: ['code', 'merchant_name', 'key', 'key_type'],
	payment_link: ['uri'],
	boleto: ['digitable_line'],
	offsite_card_pay: ['last_four_digits', 'credential_id'],
};

/**
 * The bill of an `order_details` message or button (Meta: Payments API India: Receive payments via
 * payment gateways, UPI intent; Payments API Brazil: Orders).
 *
 * @throws GraphError 131008 or 131009
 */
export function checkOrderDetails(bill: Json): void {
	const currency = oneOf('currency', bill.currency, ['INR', 'BRL']);
	words('reference_id', bill.reference_id, currency === 'INR' ? 35 : 60);
	if (!/^[A-Za-z0-9_.-]+$/.test(String(bill.reference_id))) {
		refuse('reference_id may have letters, numbers, underscores, dashes and dots');
	}
	oneOf('type', bill.type, ['digital-goods', 'physical-goods']);
	const settings = (bill.payment_settings ?? []) as Json[];
	if (currency === 'INR') checkIndian(bill, settings);
	else checkBrazilian(bill, settings);
	for (const { country } of (bill.beneficiaries ?? []) as Json[]) {
		if (country !== 'India') refuse('beneficiaries.country must be India');
	}
	const total = positive('total_amount', bill.total_amount as Money);
	if (bill.order === undefined) {
		if (currency === 'INR') missing('order');
		return;
	}
	checkOrder(bill.order as Order, total, currency);
}

function checkOrder(order: Order, total: number, currency: string): void {
	oneOf('order.status', order.status, ['pending']);
	const { items = [], tax, shipping, discount, expiration } = order;
	if (items.length === 0) missing('order.items');
	let sum = 0;
	for (const item of items) {
		words('order.items.name', item.name, 60);
		if (currency === 'BRL') words('order.items.retailer_id', item.retailer_id, Infinity);
		const { quantity } = item;
		if (!Number.isInteger(quantity) || Number(quantity) < 1) refuse('order.items.quantity');
		const full = positive('order.items.amount', item.amount);
		const paid = item.sale_amount ? positive('order.items.sale_amount', item.sale_amount) : full;
		if (item.sale_amount && paid >= full) refuse('order.items.sale_amount must be below amount');
		sum += paid * Number(quantity);
	}
	if (positive('order.subtotal', order.subtotal) !== sum)
		refuse('order.subtotal is not the sum of items');
	if (tax === undefined) missing('order.tax');
	const parts = { tax, shipping, discount };
	const [taxes, freight, off] = Object.entries(parts).map(([name, part]) =>
		part ? amount(`order.${name}`, part) : 0,
	);
	for (const [name, part] of Object.entries(parts)) {
		if (part?.description !== undefined) words(`order.${name}.description`, part.description, 60);
	}
	if (discount?.discount_program_name !== undefined) {
		words('order.discount.discount_program_name', discount.discount_program_name, 60);
	}
	if (sum + taxes + freight - off !== total) {
		refuse('total_amount must be subtotal + tax + shipping - discount');
	}
	if (!expiration) return;
	if (!/^\d{10}$/.test(String(expiration.timestamp))) refuse('order.expiration.timestamp');
	words('order.expiration.description', expiration.description, 120);
}

function checkIndian({ payment_type, payment_configuration }: Json, settings: Json[]): void {
	if (settings.length === 0) {
		oneOf('payment_type', payment_type, ['upi']);
		words('payment_configuration', payment_configuration, 60);
		return;
	}
	for (const setting of settings) {
		const type = oneOf('payment_settings.type', setting.type, [
			'payment_gateway',
			'upi_intent_link',
		]);
		const content = (setting[type] ?? {}) as Json;
		if (type === 'upi_intent_link') {
			if (!/^upi:\/\/pay\?/.test(String(content.link))) refuse('upi_intent_link.link');
		} else {
			oneOf('payment_gateway.type', content.type, GATEWAYS);
			words('payment_gateway.configuration_name', content.configuration_name, 60);
		}
	}
}

function checkBrazilian({ payment_type }: Json, settings: Json[]): void {
	oneOf('payment_type', payment_type, ['br']);
	for (const setting of settings) {
		const type = oneOf('payment_settings.type', setting.type, Object.keys(BRAZILIAN));
		const content = (setting[type] ?? {}) as Json;
		for (const part of BRAZILIAN[type]) words(`${type}.${part}`, content[part], Infinity);
	}
}

/** What an `order_status` message says. @throws GraphError 131008 or 131009 */
export function checkOrderStatus({ reference_id, order, payment }: Json): void {
	words('reference_id', reference_id, 60);
	if (order === undefined) missing('order');
	const { status, description } = order as Json;
	oneOf('order.status', status, STATUSES);
	if (description !== undefined) words('order.description', description, 120);
	if (payment === undefined) return;
	const { status: paid, timestamp } = payment as Json;
	oneOf('payment.status', paid, ['pending', 'captured', 'failed']);
	if (timestamp !== undefined && !Number.isInteger(timestamp)) refuse('payment.timestamp');
}

function amount(name: string, money: Money | undefined): number {
	if (money === undefined) missing(name);
	const { value, offset } = money;
	if (offset !== 100) refuse(`${name}.offset must be 100`);
	if (!Number.isSafeInteger(value) || Number(value) < 0) refuse(`${name}.value must be an integer`);
	return Number(value);
}

function positive(name: string, money: Money | undefined): number {
	const value = amount(name, money);
	if (value === 0) refuse(`${name}.value must be a positive integer`);
	return value;
}

function words(name: string, value: unknown, limit: number): void {
	if (value === undefined || value === null) missing(name);
	const length = typeof value === 'string' ? [...value].length : 0;
	if (length < 1 || length > limit) refuse(`${name} length invalid. Max length: ${limit}`);
}

function oneOf(name: string, value: unknown, choices: string[]): string {
	if (value === undefined) missing(name);
	if (!choices.includes(String(value))) refuse(`${name} must be one of {${choices.join(', ')}}`);
	return String(value);
}

function missing(name: string): never {
	throw new GraphError(131008, { details: `order: ${name} is required` });
}

function refuse(details: string): never {
	throw new GraphError(131009, { details: `order: ${details}` });
}
