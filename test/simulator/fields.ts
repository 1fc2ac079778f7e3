import { invalidParameter } from './errors';
import type { Json } from './types';

/** The top-level names in a `fields` parameter such as `id,name,components{type}`. */
function namesIn(fields: string): string[] {
	let bare = fields;
	let before: string;
	do {
		before = bare;
		bare = before.replace(/\.\w+\([^()]*\)|\{[^{}]*\}/g, '');
	} while (bare !== before);
	return bare
		.split(',')
		.map((name) => name.trim())
		.filter(Boolean);
}

/**
 * A node as the Graph API shows it: the asked fields, or the default ones; the ID always. A field
 * that the node type does not have is refused; one that is known and empty is left out.
 */
export function show(
	node: Json,
	fields: unknown,
	shape: { nodeType: string; known: readonly string[]; byDefault: readonly string[] },
): Json {
	const asked = typeof fields === 'string' && fields.trim() ? namesIn(fields) : shape.byDefault;
	const shown: Json = {};
	for (const name of [...asked, 'id']) {
		if (name !== 'id' && !(name in node) && !shape.known.includes(name)) {
			throw invalidParameter(
				`Tried accessing nonexisting field (${name}) on node type (${shape.nodeType})`,
			);
		}
		if (node[name] !== undefined) shown[name] = node[name];
	}
	return shown;
}

/**
 * One page of a list, oldest first: `paging.next` and `paging.previous` only where there is more.
 * @param url the address of this list without `after` and `before`
 */
export function page(items: Array<Json & { id: string }>, query: Json, url: URL): Json {
	const limit = Math.max(1, Number(query.limit ?? 25) || 25);
	const indexOf = (cursor: unknown) => {
		const id = Buffer.from(String(cursor), 'base64url').toString();
		const index = items.findIndex((item) => item.id === id);
		if (index < 0) throw invalidParameter('Invalid cursor');
		return index;
	};
	let from = 0;
	if (query.after !== undefined) from = indexOf(query.after) + 1;
	else if (query.before !== undefined) from = Math.max(0, indexOf(query.before) - limit);
	const end = query.before !== undefined ? indexOf(query.before) : from + limit;
	const shown = items.slice(from, Math.min(end, from + limit));
	if (!shown.length) return { data: [] };

	const cursorOf = (item: { id: string }) => Buffer.from(item.id).toString('base64url');
	const cursors = { before: cursorOf(shown[0]), after: cursorOf(shown[shown.length - 1]) };
	const link = (name: 'after' | 'before') => {
		const target = new URL(url);
		target.searchParams.delete('after');
		target.searchParams.delete('before');
		target.searchParams.set(name, cursors[name]);
		return target.toString();
	};
	return {
		data: shown,
		paging: {
			cursors,
			...(from + shown.length < items.length && { next: link('after') }),
			...(from > 0 && { previous: link('before') }),
		},
	};
}
