import { asciiDigits } from '../characters';
import { EmptyInput, InputError } from '../inputError';

import { isEmpty } from './given';
import { textOf } from './text';

/** What amounts may be in. */
export type Currency = keyof typeof MARKS;

/** How each currency is written beside an amount. */
const MARKS = {
	BRL: /^(?:R\$|BRL)|(?:R\$|BRL)$/i,
	INR: /^(?:₹|Rs\.?|INR)|(?:₹|INR|\/-)$/i,
};

/** How many of the smallest unit make one: centavos of a real, paise of a rupee. */
export const OFFSET = 100;

/** Groups of three digits, or of three and then two, as in India: `1,00,000`. */
const GROUPED = /^\d{1,3}(?:(?:[.,]\d{3})+|(?:,\d{2})*,\d{3})$/;

/** Two decimals at most. */
const DECIMALS = /^\d{1,2}$/;

/** Who counts exactly does not come as far as this from a whole number of the smallest unit. */
const ROUNDING = 1e-4;

const HINT = 'Write it such as 1299.50, with two decimals at most.';

/** How amounts are read. */
export interface AmountRule {
	currency: Currency;
	/** They count the smallest unit, as payment gateways do: 129950 for 1299.50. */
	inSmallestUnit?: boolean;
	/** What goes before the name of a field: `Item 2: `. */
	where?: string;
}

/**
 * An amount of money as shops, people and payment gateways write it, in the smallest unit; undefined
 * when the field is empty. What may be read in two ways (`1.299` is a little more than one, or a thousand times that) is refused,
 * because a factor of a thousand reaches the customer's account.
 *
 * @param field display name of the parameter
 * @throws InputError when it is no amount of the currency, is negative, or has more than two decimals
 */
export function optionalAmount(
	field: string,
	value: unknown,
	{ currency, inSmallestUnit = false, where = '' }: AmountRule,
): number | undefined {
	if (isEmpty(value)) return undefined;
	const refuse = (what: string, hint = HINT) =>
		new InputError(field, `${where}'${field}' ${what}`, hint);
	const written = textOf(field, value, where).trim();
	const amount = inSmallestUnit
		? wholeNumber(written)
		: typeof value === 'number'
			? ofNumber(value)
			: ofText(written, currency);
	if (amount === 'unclear') {
		throw refuse(`is '${written}', which may be read in two ways.`);
	}
	if (amount === undefined) {
		throw inSmallestUnit
			? refuse(
					`is '${written}', which is no whole number of the smallest unit.`,
					'Give a whole number, such as 129950 for 1299.50.',
				)
			: refuse(`is '${written}', which is no amount in ${currency}.`);
	}
	if (amount < 0) {
		throw refuse(`is '${written}', which is below zero.`, 'Give the amount without a minus sign.');
	}
	if (!Number.isSafeInteger(amount)) {
		throw refuse(`is '${written}', which is too much.`, 'Give a smaller amount.');
	}
	return amount;
}

/** As {@link optionalAmount}, for one that must be there and be more than nothing. */
export function requiredAmount(field: string, value: unknown, rule: AmountRule): number {
	const amount = optionalAmount(field, value, rule);
	if (amount === undefined) throw new EmptyInput(field, HINT, rule.where);
	if (amount > 0) return amount;
	throw new InputError(
		field,
		`${rule.where ?? ''}'${field}' is 0; WhatsApp takes amounts above zero.`,
		'Give the amount, or leave out what costs nothing.',
	);
}

/** An amount of the smallest unit as people read it: `1299.50`. */
export function readable(amount: number): string {
	return (amount / OFFSET).toFixed(2);
}

/** Sums of floating-point numbers are nearly what they should be; thirds of a unit are not. */
function ofNumber(value: number): number | undefined {
	const amount = value * OFFSET;
	const whole = Math.round(amount);
	return Math.abs(amount - whole) < ROUNDING ? whole : undefined;
}

function wholeNumber(text: string): number | undefined {
	const plain = asciiDigits(text);
	return /^-?\d+(?:\.0*)?$/.test(plain) ? Number(plain) : undefined;
}

function ofText(text: string, currency: Currency): number | undefined | 'unclear' {
	const plain = withoutMarks(asciiDigits(text), currency);
	const sign = /^[-\u2212]/.test(plain) ? -1 : 1;
	const digits = plain.replace(/^[-+\u2212]\s*/, '');
	if (!/^[\d.,]+$/.test(digits)) return undefined;
	const parts = partsOf(digits, currency);
	if (parts === undefined || parts === 'unclear') return parts;
	const [whole, decimals] = parts;
	return sign * Number(`${whole}${decimals.padEnd(2, '0')}`);
}

/** A mark before and one behind: `₹ 500/-`. */
function withoutMarks(text: string, currency: Currency): string {
	const once = (rest: string) => rest.replace(MARKS[currency], '').trim();
	return once(once(text.trim()));
}

/** The digits before and behind the decimal sign. */
function partsOf(text: string, currency: Currency): [string, string] | undefined | 'unclear' {
	const signs = text.replace(/\d/g, '');
	if (signs === '') return [text, ''];
	const last = Math.max(text.lastIndexOf('.'), text.lastIndexOf(','));
	const [whole, rest] = [text.slice(0, last), text.slice(last + 1)];
	// In India a comma never stands before decimals.
	const isGrouping = text[last] === ',' && currency === 'INR' && !whole.includes('.');
	if (signs.length === 1 && rest.length === 3 && !isGrouping) {
		return /^\d{1,3}$/.test(whole) ? 'unclear' : undefined;
	}
	const isDecimal = !isGrouping && !whole.includes(text[last]);
	if (!isDecimal) return isGroupedBy(text[last], text) ? [withoutSigns(text), ''] : undefined;
	// Some shops write four decimals, of which the last are zeros.
	const decimals = rest.replace(/(\d{2})0+$/, '$1');
	if (!DECIMALS.test(decimals)) return undefined;
	const isWhole = /^\d*$/.test(whole) || isGroupedBy(text[last] === '.' ? ',' : '.', whole);
	return isWhole ? [withoutSigns(whole) || '0', decimals] : undefined;
}

function isGroupedBy(sign: string, text: string): boolean {
	return (
		GROUPED.test(text) && withoutSigns(text).length + text.split(sign).length - 1 === text.length
	);
}

function withoutSigns(text: string): string {
	return text.replace(/[.,]/g, '');
}
