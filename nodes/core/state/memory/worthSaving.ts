import { isSameRecord, keyOf, type IdRecord } from './idRecord';

/** That a pair was seen again is worth a save once in this time. */
const PAIR_NOTED_EVERY_SECONDS = 86_400;

/** Whether a time is of a later day than another; epoch seconds. */
export function isLaterDay(at: number, before: number): boolean {
	const dayOf = (time: number) => Math.floor(time / PAIR_NOTED_EVERY_SECONDS);
	return dayOf(at) > dayOf(before);
}

/** Whether a change is worth a save. That a pair was seen again on the same day is not. */
export function isWorthSaving(before: IdRecord, after: IdRecord): boolean {
	const known = new Map(before.links.map((link) => [keyOf(link.phone), link]));
	const links = after.links.map((link) => {
		const old = known.get(keyOf(link.phone));
		const isSoon = old !== undefined && !isLaterDay(link.last, old.last);
		return isSoon ? { ...link, last: old.last } : link;
	});
	return !isSameRecord(before, { ...after, links });
}
