import type { Page } from '../../core/transport/transport';
import type { Item } from '../run/item';

/** How many entries of a list an item asks for, see `listProperties`. */
export function limitOf(item: Item): number {
	return item.parameter('returnAll', false) ? Infinity : (item.parameter('limit', 50) as number);
}

/** The entries of a list, read page by page until there are enough. */
export async function untilEnough<T>(
	page: (after: string | undefined) => Promise<Page<T>>,
	limit: number,
): Promise<T[]> {
	const found: T[] = [];
	let after: string | undefined;
	do {
		const { entries, next } = await page(after);
		found.push(...entries);
		after = next;
	} while (after && found.length < limit);
	return found.slice(0, limit);
}
