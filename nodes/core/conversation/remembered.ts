/** Something that a workflow wants to know again of a contact. Times are epoch seconds. */
export interface Remembered {
	key: string;
	/** As JSON; '' where it was taken back. */
	value: string;
	at: number;
	/** When it is over. */
	until: number;
}

/** Most that is remembered of a contact, keys and values together, in bytes of UTF-8. */
export const MOST_BYTES = 1_024;

/** Both as one: of each key the latest word. Commutative, associative and idempotent. */
export function joinRemembered(
	a: readonly Remembered[],
	b: readonly Remembered[],
): readonly Remembered[] {
	if (b.length === 0) return a;
	if (a.length === 0) return b;
	const byKey = new Map(a.map((one) => [one.key, one]));
	for (const one of b) {
		const known = byKey.get(one.key);
		if (!known || isLater(one, known)) byKey.set(one.key, one);
	}
	return [...byKey.values()].sort((one, other) => (one.key < other.key ? -1 : 1));
}

/** Of one second any, as long as it is always the same. */
function isLater(a: Remembered, b: Remembered): boolean {
	if (a.at !== b.at) return a.at > b.at;
	return a.value === b.value ? a.until > b.until : a.value > b.value;
}

export function isSameRemembered(a: readonly Remembered[], b: readonly Remembered[]): boolean {
	return a === b || JSON.stringify(a) === JSON.stringify(b);
}

/** What is not over yet; the same list where that is all. */
export function notOver(all: readonly Remembered[], now: number): readonly Remembered[] {
	const left = all.filter(({ until }) => until > now);
	return left.length === all.length ? all : left;
}

/** What is known now, by key. */
export function valuesOf(all: readonly Remembered[], now: number): Record<string, unknown> {
	const known = notOver(all, now).filter(({ value }) => value !== '');
	return Object.fromEntries(known.map(({ key, value }) => [key, JSON.parse(value) as unknown]));
}

/** How many bytes count towards {@link MOST_BYTES}. */
export function bytesOf(all: readonly Remembered[], now: number): number {
	return notOver(all, now).reduce(
		(sum, { key, value }) => sum + (value === '' ? 0 : Buffer.byteLength(key + value)),
		0,
	);
}

/**
 * What a workflow wants to have remembered from now on.
 *
 * @param known what is remembered, of which a word of the same second is overruled too
 * @param values undefined takes a key back
 */
export function toRemember(
	known: readonly Remembered[],
	values: ReadonlyMap<string, unknown>,
	{ now, until }: { now: number; until: number },
): readonly Remembered[] {
	const list = Array.from(values, ([key, value]): Remembered => {
		const before = known.find((one) => one.key === key);
		// What was taken back outlasts what older copies may hold of it.
		const end = value === undefined ? Math.max(until, before?.until ?? 0) : until;
		const at = Math.max(now, (before?.at ?? 0) + 1);
		return { key, value: value === undefined ? '' : JSON.stringify(value), at, until: end };
	});
	return list.sort((one, other) => (one.key < other.key ? -1 : 1));
}
