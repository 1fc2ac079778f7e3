import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../isObject';

import type { FileStream } from './multipart';
import type { Page } from './transport';

/** How much of a refusal is read that came in place of a file, in characters. */
const MOST_OF_ANSWER = 10_000;

/** The objects of a list; none of anything else. */
export function asList(value: unknown): IDataObject[] {
	return Array.isArray(value) ? value.filter(isObject) : [];
}

/** The object without what is undefined. */
export function compact(object: Record<string, string | number | undefined>): IDataObject {
	return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}

/** As much of an answer as its reasons take, where it came in place of a file; closes the stream. */
export async function beginningOf(stream: FileStream): Promise<string> {
	let text = '';
	for await (const chunk of stream) {
		text += String(chunk);
		if (text.length > MOST_OF_ANSWER) break;
	}
	return text;
}

/** One page of a list of the Graph API. */
export function pageOf<T>(answer: IDataObject, read: (entry: IDataObject) => T): Page<T> {
	const paging = (answer.paging ?? {}) as { next?: string; cursors?: { after?: string } };
	return {
		entries: asList(answer.data).map(read),
		...(paging.next ? { next: paging.cursors?.after } : {}),
	};
}
