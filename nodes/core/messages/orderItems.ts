import { asciiDigits, characterCount } from '../characters';
import { optionalAmount, readable, requiredAmount, type AmountRule } from '../input/amount';
import { entriesOf } from '../input/entries';
import { jsonValue } from '../input/json';
import { NO_LIMIT, optionalLabel, requiredLabel, textOf } from '../input/text';
import { InputError } from '../inputError';
import { isObject } from '../isObject';

/** Longest name of an item, in characters (Meta: Payments API, item object). */
const MAX_NAME = 60;

/** As many as anybody orders, so that sums stay exact. */
const WHOLE = /^\d{1,6}(?:\.0*)?$/;

export interface OrderItemInput {
	/** Cut where it is longer than WhatsApp shows. */
	name: unknown;
	/** 1 when empty. */
	quantity?: unknown;
	/** Of one. */
	price?: unknown;
	/** Of one, where it is sold for less. */
	salePrice?: unknown;
	/** Of all of them, where there is no price of one, or none that can be paid exactly. */
	total?: unknown;
	/** Content ID in the catalog. */
	id?: unknown;
}

/** What is ordered, its amounts in the smallest unit. */
export interface OrderLine {
	name: string;
	quantity: number;
	price: number;
	salePrice?: number;
	id?: string;
}

/** Where the items of a shop have what: names of fields, those inside others as `price.amount`. */
export type ItemPaths = Partial<Record<keyof OrderItemInput, string>>;

/** As WooCommerce, Shopify and most shops call it. */
const PATHS: ItemPaths = {
	name: 'name',
	quantity: 'quantity',
	price: 'price',
	total: 'total',
	id: 'sku',
};

/**
 * The items of an order as a shop gives them.
 *
 * @param value a list, or its JSON text
 * @param paths where they are not called as most shops do; a total that is named goes before the price
 * @throws InputError('Items') when it is no list of objects
 */
export function itemsInJson(value: unknown, paths: ItemPaths = {}): OrderItemInput[] {
	const list = entriesOf('Items', jsonValue('Items', value) as object[], [1, NO_LIMIT]);
	const given = Object.entries(paths).filter(([, path]) => String(path ?? '').trim() !== '');
	const chosen: ItemPaths = { ...PATHS, ...Object.fromEntries(given) };
	if ('total' in Object.fromEntries(given) && !paths.price) delete chosen.price;
	return list.map(
		(item) =>
			Object.fromEntries(
				Object.entries(chosen).map(([part, path]) => [part, at(item, String(path))]),
			) as unknown as OrderItemInput,
	);
}

function at(item: object, path: string): unknown {
	return path
		.trim()
		.split('.')
		.reduce<unknown>((part, name) => (isObject(part) ? part[name] : undefined), item);
}

/**
 * What is ordered, checked.
 *
 * @throws InputError('Items', 'Item Name', 'Quantity', 'Price', 'Sale Price', 'Line Total' or 'SKU')
 */
export function orderLines(items: OrderItemInput[], rule: AmountRule): OrderLine[] {
	return entriesOf('Items', items, [1, NO_LIMIT]).map((item, index) =>
		lineOf(item, { ...rule, where: `Item ${index + 1}: ` }),
	);
}

/** What the items cost together, in the smallest unit. */
export function subtotalOf(lines: OrderLine[]): number {
	return lines.reduce(
		(sum, { price, salePrice = price, quantity }) => sum + salePrice * quantity,
		0,
	);
}

function lineOf(item: OrderItemInput, rule: AmountRule): OrderLine {
	const { where } = rule;
	const name = requiredLabel('Item Name', item.name, NO_LIMIT, where);
	const quantity = quantityOf(item.quantity, where);
	const salePrice = optionalAmount('Sale Price', item.salePrice, rule);
	const id = optionalLabel('SKU', item.id, NO_LIMIT, where);
	const line = { ...priced(item, name, quantity, rule), ...(id !== undefined && { id }) };
	if (salePrice === undefined) return line;
	if (salePrice > 0 && salePrice < line.price) return { ...line, salePrice };
	throw new InputError(
		'Sale Price',
		`${where}'Sale Price' is ${readable(salePrice)}; it must be above zero and below the price, which is ${readable(line.price)}.`,
		'Leave it empty where nothing is reduced.',
	);
}

/** The price of one, or the total shared out; what cannot be shared exactly is one thing of that price. */
function priced(item: OrderItemInput, name: string, quantity: number, rule: AmountRule) {
	if (!usesTotal(item, rule)) {
		return { name: cut(name), quantity, price: requiredAmount('Price', item.price, rule) };
	}
	const total = requiredAmount('Line Total', item.total, rule);
	if (total % quantity === 0) return { name: cut(name), quantity, price: total / quantity };
	return { name: cut(`${quantity} × ${name}`), quantity: 1, price: total };
}

/** Shops divide: a third of 100 is no price that anybody pays. */
function usesTotal({ price, total }: OrderItemInput, rule: AmountRule): boolean {
	if (total === undefined || total === null || total === '') return false;
	if (price === undefined || price === null || price === '') return true;
	if (typeof price !== 'number' || rule.inSmallestUnit) return false;
	try {
		optionalAmount('Price', price, rule);
		return false;
	} catch {
		return true;
	}
}

function quantityOf(value: unknown, where = ''): number {
	const text = textOf('Quantity', value, where).trim();
	if (text === '') return 1;
	const quantity = WHOLE.test(asciiDigits(text)) ? Number(asciiDigits(text)) : 0;
	if (quantity > 0) return quantity;
	throw new InputError(
		'Quantity',
		`${where}'Quantity' is '${text}', and WhatsApp takes whole numbers from 1 on.`,
		"Write a measure into the name, such as '1.5 kg of rice', and give 1 here.",
	);
}

function cut(name: string): string {
	return characterCount(name) <= MAX_NAME ? name : `${[...name].slice(0, MAX_NAME - 1).join('')}…`;
}
