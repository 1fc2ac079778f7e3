import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../isObject';

/** No number is longer (ITU E.164). */
const PHONE = /^\d{1,15}$/;

/** The value as a JSON object; `{}` when it is anything else. */
export function asObject(value: unknown): IDataObject {
	return isObject(value) ? value : {};
}

/** The JSON objects in a list; `[]` when the value is no list. */
export function asObjects(value: unknown): IDataObject[] {
	return Array.isArray(value) ? value.filter(isObject) : [];
}

/** The value if it is a text; '' otherwise. */
export function asText(value: unknown): string {
	return typeof value === 'string' ? value : '';
}

/** An ID, which Meta writes as a text in most places and as a number in some; '' when absent. */
export function asId(value: unknown): string {
	return typeof value === 'number' ? String(value) : asText(value);
}

/** The digits of a phone number, also as people write it; '' for everything else. */
export function digitsOf(value: unknown): string {
	const digits = asId(value).replace(/[\s+()\p{Pd}\p{Cf}]/gu, '');
	return PHONE.test(digits) ? digits : '';
}

/** A phone number as people write it, '+' in front; '' when the text is not all digits. */
export function internationalPhone(digits: string | undefined): string {
	return /^\d+$/.test(digits ?? '') ? `+${digits}` : '';
}

/** The object without what is undefined, '' or an empty list. */
export function compact<T extends object>(object: T): Partial<T> {
	return Object.fromEntries(
		Object.entries(object).filter(([, value]) => !isEmpty(value)),
	) as Partial<T>;
}

function isEmpty(value: unknown): boolean {
	return value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}
