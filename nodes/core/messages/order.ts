import {
	OFFSET,
	optionalAmount,
	readable,
	requiredAmount,
	type AmountRule,
	type Currency,
} from '../input/amount';
import { choiceIn } from '../input/choice';
import { isEmpty } from '../input/given';
import { namedTexts, type Labels } from '../input/namedTexts';
import { NO_LIMIT, optionalText, requiredLabel, requiredText, textOf } from '../input/text';
import { timeIn } from '../input/time';
import { InputError } from '../inputError';

import { orderLines, subtotalOf, type OrderItemInput, type OrderLine } from './orderItems';
import { paymentOf, type PaymentInput } from './payment';
import type { Amount, OrderDetails, OrderItem } from './types';

/** Limits (Meta: Payments API India and Brazil); texts in characters. */
const MAX_REFERENCE: Record<Currency, number> = { INR: 35, BRL: 60 };
const MAX_DESCRIPTION = 60;
const MAX_EXPIRATION = 120;
const MIN_EXPIRATION_SECONDS = 300;

const GOODS = ['digital-goods', 'physical-goods'] as const;

/** What Indian law wants to know of goods: where they come from, and who imported them. */
export const IMPORTER_FIELDS: Labels<string> = {
	country_of_origin: 'Country of Origin',
	importer_name: 'Importer Name',
	address_line1: 'Address Line 1',
	address_line2: 'Address Line 2',
	city: 'City',
	zone_code: 'State Code',
	postal_code: 'Postal Code',
	country_code: 'Country Code',
};

/** To whom goods are shipped in India. */
export const BENEFICIARY_FIELDS: Labels<string> = {
	name: 'Name',
	address_line1: 'Address Line 1',
	address_line2: 'Address Line 2',
	city: 'City',
	state: 'State',
	postal_code: 'Postal Code',
};

export interface OrderInput {
	/** The business's own ID of the order, another one for each bill. */
	referenceId: unknown;
	payment: PaymentInput;
	/** Left out for a bill of a total alone, in Brazil. */
	items?: OrderItemInput[];
	/** With items: what their sum must come to. */
	total?: unknown;
	tax?: unknown;
	shipping?: unknown;
	discount?: unknown;
	taxText?: unknown;
	shippingText?: unknown;
	discountText?: unknown;
	/** Text for orders with a reward. */
	discountProgram?: unknown;
	/** What the order is in, where its data say; must be the currency of the payment. */
	currency?: unknown;
	/** Whether amounts count paise and centavos. */
	inSmallestUnit?: boolean;
	/** One of {@link GOODS}; the first unless given. */
	goods?: unknown;
	catalogId?: unknown;
	/** By the names of {@link IMPORTER_FIELDS}. India only. */
	importer?: unknown;
	/** By the names of {@link BENEFICIARY_FIELDS}. India only. */
	beneficiary?: unknown;
	expiresAt?: unknown;
	expirationText?: unknown;
}

/** The present, and the zone of times that name none. */
export interface OrderContext {
	/** Epoch seconds. */
	now: number;
	/** IANA name. */
	timeZone: string;
}

/**
 * A bill (Meta: Payments API India, Payments API Brazil: Orders). The sums are made here, in whole paise
 * and centavos: items, tax and shipping less the discount are the total.
 *
 * @throws InputError('Reference ID', 'Payment Method', 'Currency', 'Items', 'Total', 'Tax', 'Shipping',
 * 'Discount', 'Goods', 'Expires At', or a field of the payment, an item, or another part)
 */
export function orderDetails(input: OrderInput, context: OrderContext): OrderDetails {
	const { currency, ...payment } = paymentOf(input.payment);
	checkCurrency(input.currency, currency);
	const rule: AmountRule = { currency, inSmallestUnit: input.inSmallestUnit };
	const lines = input.items && orderLines(input.items, rule);
	const order = lines && orderOf(input, lines, rule, context);
	const beneficiary = beneficiaryOf(input.beneficiary, currency);
	return {
		reference_id: referenceId(input.referenceId, MAX_REFERENCE[currency]),
		type: isEmpty(input.goods) ? GOODS[0] : choiceIn('Goods', input.goods, GOODS),
		...(beneficiary && { beneficiaries: [beneficiary] }),
		...payment,
		currency,
		total_amount: money(order ? totalOf(order, input.total, rule) : totalAlone(input, rule)),
		...(order && { order }),
	};
}

/** @throws InputError('Reference ID') */
export function referenceId(value: unknown, limit = MAX_REFERENCE.BRL): string {
	const id = requiredLabel('Reference ID', value, limit);
	if (/^[\w.-]+$/.test(id)) return id;
	throw new InputError(
		'Reference ID',
		`'Reference ID' is '${id}', and WhatsApp takes only letters of English, digits, '_', '-' and '.'.`,
		'Leave out other characters, such as # and spaces.',
	);
}

function checkCurrency(value: unknown, currency: Currency): void {
	const given = textOf('Currency', value).trim().toUpperCase();
	if (given === '' || given === currency) return;
	throw new InputError(
		'Currency',
		`'Currency' is ${given}, but the payment method takes ${currency}.`,
		'Choose a payment method for this currency; WhatsApp has INR in India and BRL in Brazil.',
	);
}

function money(value: number): Amount {
	return { value, offset: OFFSET };
}

type Order = NonNullable<OrderDetails['order']>;

function orderOf(
	input: OrderInput,
	lines: OrderLine[],
	rule: AmountRule,
	context: OrderContext,
): Order {
	const described = (field: string, amount: number, text: unknown) => {
		const description = optionalText(`${field} Description`, text, MAX_DESCRIPTION);
		return { ...money(amount), ...(description !== undefined && { description }) };
	};
	const tax = optionalAmount('Tax', input.tax, rule);
	const shipping = optionalAmount('Shipping', input.shipping, rule);
	const discount = optionalAmount('Discount', input.discount, rule);
	const program = optionalText('Discount Program', input.discountProgram, MAX_DESCRIPTION);
	const catalog = textOf('Catalog ID', input.catalogId).trim();
	const expiration = expirationOf(input, context);
	const origin = originOf(input.importer, rule.currency);
	return {
		status: 'pending',
		...(catalog !== '' && { catalog_id: catalog }),
		...(expiration && { expiration }),
		items: lines.map((line, index) => ({ ...itemOf(line, index, rule.currency), ...origin })),
		subtotal: money(subtotalOf(lines)),
		// Meta wants it always; at 0 no line is shown.
		tax: described('Tax', tax ?? 0, input.taxText),
		...(shipping !== undefined && {
			shipping: described('Shipping', shipping, input.shippingText),
		}),
		...(discount !== undefined && {
			discount: {
				...described('Discount', discount, input.discountText),
				...(program !== undefined && { discount_program_name: program }),
			},
		}),
	};
}

function itemOf(line: OrderLine, index: number, currency: Currency): OrderItem {
	const { name, quantity, price, salePrice } = line;
	// Brazil wants an ID of each, in a catalog or not.
	const id = line.id ?? (currency === 'BRL' ? String(index + 1) : undefined);
	return {
		...(id !== undefined && { retailer_id: id }),
		name,
		amount: money(price),
		...(salePrice !== undefined && { sale_amount: money(salePrice) }),
		quantity,
	};
}

/** @throws InputError('Total') when it is not what the shop says, or nothing is left to pay */
function totalOf(order: Order, wanted: unknown, rule: AmountRule): number {
	const { subtotal, tax, shipping = money(0), discount = money(0) } = order;
	const total = subtotal.value + tax.value + shipping.value - discount.value;
	const sum = `items ${readable(subtotal.value)} + tax ${readable(tax.value)} + shipping ${readable(shipping.value)} − discount ${readable(discount.value)} = ${readable(total)}`;
	if (total <= 0) {
		throw new InputError(
			'Discount',
			`'Discount' leaves nothing to pay: ${sum}.`,
			'Send no bill, or correct the amounts.',
		);
	}
	const given = optionalAmount('Total', wanted, rule);
	if (given === undefined || given === total) return total;
	throw new InputError(
		'Total',
		`'Total' is ${readable(given)}, but the amounts come to another sum: ${sum}.`,
		'See whether tax, shipping or a discount is missing, or is in the prices already.',
	);
}

/** The total of a bill without items, which only Brazil has (Meta: Payments API Brazil, Orders). */
function totalAlone(input: OrderInput, rule: AmountRule): number {
	if (rule.currency !== 'BRL') {
		throw new InputError(
			'Items',
			"'Items' is empty, and only in Brazil WhatsApp takes a bill without items.",
			'Add at least one item, such as the order itself with its total.',
		);
	}
	const parts = { Tax: input.tax, Shipping: input.shipping, Discount: input.discount };
	for (const [field, value] of Object.entries(parts)) {
		if (isEmpty(value)) continue;
		throw new InputError(
			field,
			`'${field}' is filled, but the bill has no items that it belongs to.`,
			'Remove it, or enter the items.',
		);
	}
	return requiredAmount('Total', input.total, rule);
}

function expirationOf(
	{ expiresAt, expirationText }: OrderInput,
	{ now, timeZone }: OrderContext,
): Order['expiration'] {
	const at = timeIn({ field: 'Expires At', value: expiresAt, timeZone });
	if (at === undefined) return undefined;
	if (at < now + MIN_EXPIRATION_SECONDS) {
		throw new InputError(
			'Expires At',
			"'Expires At' is not at least five minutes ahead, as WhatsApp wants it.",
			'Give a later time, or remove the option.',
		);
	}
	const description = requiredText('Expiration Text', expirationText, MAX_EXPIRATION);
	return { timestamp: String(at), description };
}

function originOf(value: unknown, currency: Currency): Partial<OrderItem> {
	const given = indianTexts('Importer', value, IMPORTER_FIELDS, currency);
	const { country_of_origin, importer_name, ...address } = given;
	return {
		...(country_of_origin !== undefined && { country_of_origin }),
		...(importer_name !== undefined && { importer_name }),
		...(Object.keys(address).length > 0 && {
			importer_address: address as Record<string, string>,
		}),
	};
}

function beneficiaryOf(value: unknown, currency: Currency): Record<string, string> | undefined {
	const given = indianTexts('Beneficiary', value, BENEFICIARY_FIELDS, currency);
	if (Object.keys(given).length === 0) return undefined;
	for (const [name, label] of Object.entries(BENEFICIARY_FIELDS)) {
		if (name !== 'address_line2') requiredLabel(label, given[name], NO_LIMIT, 'Beneficiary: ');
	}
	return { ...(given as Record<string, string>), country: 'India' };
}

function indianTexts(
	field: string,
	value: unknown,
	labels: Labels<string>,
	currency: Currency,
): Partial<Record<string, string>> {
	const given = namedTexts(field, value, labels, { where: `${field}: ` });
	if (currency === 'INR' || Object.keys(given).length === 0) return given;
	throw new InputError(
		field,
		`'${field}' is filled, and WhatsApp takes it in India only.`,
		'Remove the option.',
	);
}
