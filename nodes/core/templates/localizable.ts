import { InputError } from '../inputError';
import { isObject } from '../isObject';
import { jsonIn } from '../json';

import type { TemplateField } from './element';
import { checkText } from './textRules';

/** A parameter that WhatsApp may write in the contact's own way, or else by its `fallback_value`. */
export type Localizable =
	| { type: 'currency'; currency: Record<string, unknown> }
	| { type: 'date_time'; date_time: Record<string, unknown> };

/**
 * Reads a value that is Meta's `currency` or `date_time` parameter (Meta: Message API, parameter
 * object): its content, `{fallback_value, code, amount_1000}` or `{fallback_value}`, or the whole
 * parameter with its `type`, as an object or as JSON text. Undefined for anything else, so a plain
 * text stays a text.
 */
export function localizableOf(value: unknown): Localizable | undefined {
	const content = typeof value === 'string' && value.startsWith('{') ? jsonIn(value) : value;
	if (!isObject(content)) return undefined;
	const { type, currency, date_time: dateTime } = content;
	if (type === 'currency' && isObject(currency)) return { type, currency };
	if (type === 'date_time' && isObject(dateTime)) return { type, date_time: dateTime };
	if (!('fallback_value' in content)) return undefined;
	return 'code' in content || 'amount_1000' in content
		? { type: 'currency', currency: content }
		: { type: 'date_time', date_time: content };
}

/** The text that a value shows; for a localizable one its fallback. */
export function shownText(value: string): string {
	const localizable = localizableOf(value);
	return localizable ? String(contentOf(localizable).fallback_value ?? '') : value;
}

/** Refuses a localizable value that Meta would not take. @throws InputError */
export function checkLocalizable(field: Pick<TemplateField, 'label'>, value: Localizable): void {
	const { label } = field;
	const { fallback_value: fallback, code, amount_1000: amount } = contentOf(value);
	if (typeof fallback !== 'string' || fallback.trim() === '') {
		throw new InputError(
			label,
			`'${label}' holds an amount or a date without the text to show for it.`,
			"Put that text into 'fallback_value', for example '$100.99'.",
		);
	}
	checkText(field, fallback);
	if (value.type !== 'currency') return;
	if (!/^[A-Z]{3}$/.test(String(code)) || !Number.isSafeInteger(amount)) {
		throw new InputError(
			label,
			`'${label}' holds an amount that is not complete: it needs 'code' and 'amount_1000'.`,
			"Give the currency's three letters and the amount times 1000 as a whole number, for example {fallback_value: '$100.99', code: 'USD', amount_1000: 100990}.",
		);
	}
}

function contentOf(value: Localizable): Record<string, unknown> {
	return value.type === 'currency' ? value.currency : value.date_time;
}
