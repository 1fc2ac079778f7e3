import type { RowFilter } from '../../transport/dataTableApi';
import { keyOf } from '../memory/idRecord';

import { filtersOf } from './tableRow';

/** Limits of one request for rows: its filter stands in the URL, which many servers cut at 8 KB. */
const MOST_CONTACTS = 40;
const MOST_FILTER_CHARS = 6_000;

/** A contact whose rows are wanted. */
export interface ContactRequest {
	businessNumberId: string;
	ids: readonly string[];
}

/** The same text for an identifier in all its forms, at a business number. */
export function rowKey(businessNumberId: string, id: string): string {
	return `${businessNumberId} ${keyOf(id)}`;
}

/** The same text for equal requests. */
export function requestKey({ businessNumberId, ids }: ContactRequest): string {
	return `${businessNumberId} ${ids.map(keyOf).join(' ')}`;
}

/** Contacts that one HTTP request asks for. */
interface Group {
	requests: ContactRequest[];
	filters: RowFilter[];
}

/** Contacts in groups of which each fits into one HTTP request. */
export function groupsOf(requests: readonly ContactRequest[]): Group[] {
	const groups: Group[] = [];
	let chars = Infinity;
	for (const request of requests) {
		const filters = request.ids.flatMap(filtersOf);
		const more = encodeURIComponent(JSON.stringify(filters)).length;
		const last = groups[groups.length - 1];
		if (chars + more > MOST_FILTER_CHARS || last.requests.length === MOST_CONTACTS) {
			groups.push({ requests: [request], filters });
			chars = more;
		} else {
			last.requests.push(request);
			last.filters.push(...filters);
			chars += more;
		}
	}
	return groups;
}
