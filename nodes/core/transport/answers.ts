import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../isObject';

/** The objects of a list; none of anything else. */
export function asList(value: unknown): IDataObject[] {
	return Array.isArray(value) ? value.filter(isObject) : [];
}

/** The object without what is undefined. */
export function compact(object: Record<string, string | number | undefined>): IDataObject {
	return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}
