import { DAY_SECONDS, DAYS_KEPT } from '../deliveries/seenMessages';
import { fingerprintOf } from '../fingerprint';

/**
 * How many are remembered of one contact, the newest: each delivery, and which run it started; more
 * than a contact writes while Meta repeats one.
 */
const MOST_KEPT = 300;

/*
 * The deliveries of one contact that have started a workflow: `<day>:<hash>` each, oldest first,
 * with a space between them.
 */

export function hasDelivery(text: string, delivery: string): boolean {
	return text.includes(`:${fingerprintOf(delivery)}`);
}

/** @param at time of arrival, epoch seconds */
export function withDelivery(text: string, delivery: string, at: number): string {
	return joinDeliveries(text, `${Math.floor(at / DAY_SECONDS)}:${fingerprintOf(delivery)}`);
}

/**
 * Questions stand among the deliveries of a contact, where older versions let them be.
 *
 * @param questions from `OpenQuestions.textOf()`
 * @param at epoch seconds
 */
export function withQuestions(text: string, questions: string, at: number): string {
	if (questions === '') return text;
	const day = Math.floor(at / DAY_SECONDS);
	const entries = questions.split(' ').map((question) => `${day}:${question}`);
	return joinDeliveries(text, entries.join(' '));
}

/** The questions among the deliveries, for `OpenQuestions.joinText()`. */
export function questionsIn(text: string): string {
	const words = text.split(' ').map((entry) => entry.slice(entry.indexOf(':') + 1));
	return words.filter((word) => word.startsWith('?') || word.startsWith('!')).join(' ');
}

/** What stands before the time of the latest message to the contact. */
const WRITTEN_TO = '=';

/**
 * When one has written to the contact stands there as well.
 *
 * @param writtenToAt epoch seconds; 0: never
 * @param at epoch seconds
 */
export function withWrittenTo(text: string, writtenToAt: number, at: number): string {
	if (writtenToAt <= writtenToIn(text)) return text;
	const others = text.split(' ').filter((entry) => !entry.includes(`:${WRITTEN_TO}`));
	const day = Math.floor(at / DAY_SECONDS);
	const entry = `${day}:${WRITTEN_TO}${writtenToAt.toString(36)}`;
	return joinDeliveries(others.join(' '), entry);
}

/** When one has last written to the contact, epoch seconds; 0: never. */
export function writtenToIn(text: string): number {
	const times = text.matchAll(/:=([\da-z]+)(?= |$)/g);
	return Math.max(0, ...Array.from(times, ([, time]) => parseInt(time, 36)));
}

/**
 * Until when the newest of them may come again, epoch seconds; 0 when there are none, or when
 * something else was written there.
 */
export function repeatedUntil(text: string): number {
	const [, day] = /(?:^| )(\d{1,6}):[^ ]*$/.exec(text) ?? [];
	return day === undefined ? 0 : (Number(day) + DAYS_KEPT) * DAY_SECONDS;
}

/**
 * Both lists as one, without what Meta will not repeat any more. The newest day may come of a clock
 * that was days ahead for a moment, so the one before it counts.
 */
export function joinDeliveries(text: string, more: string): string {
	if (more === '' || text === more) return text;
	const byHash = new Map<string, string>();
	for (const entry of `${text} ${more}`.split(' ')) {
		const [day, hash] = entry.split(':');
		if (hash && !byHash.has(hash)) byHash.set(hash, day);
	}
	const entries = [...byHash].sort(([, day], [, other]) => Number(day) - Number(other));
	const days = [...new Set(entries.map(([, day]) => Number(day)))];
	const believed = days[days.length - 2] ?? -Infinity;
	return entries
		.filter(([, day]) => Number(day) > believed - DAYS_KEPT)
		.slice(-MOST_KEPT)
		.map(([hash, day]) => `${day}:${hash}`)
		.join(' ');
}
