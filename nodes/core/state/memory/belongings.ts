import { asFirstTold, namesKey, type Link, type Move } from './idRecord';

/**
 * How long a phone number and a user ID are one contact after they were last seen together, in seconds
 * (rule E53). Meta leaves the phone number out after 30 days without a message (rule D12).
 */
export const PAIR_RETENTION_SECONDS = 90 * 86_400;

/** What is known of who had which identifier when; changes at the time when they were told first. Keys are those of `keyOf()`. */
export interface Belongings {
	/** The phone numbers with which a user ID was seen. */
	linksOf(userKey: string): readonly Link[];
	/** The user IDs that were seen with a phone number. */
	usersOf(phoneKey: string): readonly string[];
	/** The reported changes away from an identifier. */
	movesFrom(key: string): readonly Move[];
	/** The reported changes to an identifier, and from which. */
	movesTo(key: string): ReadonlyArray<{ from: string; move: Move }>;
}

/** What several places know of who had which identifier when. */
export function knownTogether(places: readonly Belongings[]): Belongings {
	if (places.length === 1) return places[0];
	const all = <T>(of: (place: Belongings) => Iterable<T>) =>
		places.flatMap((place) => [...of(place)]);
	const movesFrom = (key: string) => asFirstTold(all((place) => place.movesFrom(key)));
	const sourcesOf = (key: string) =>
		new Set(all((place) => place.movesTo(key)).map(({ from }) => from));
	return {
		linksOf: (key) => all((place) => place.linksOf(key)),
		usersOf: (key) => [...new Set(all((place) => place.usersOf(key)))],
		movesFrom,
		movesTo: (key) =>
			[...sourcesOf(key)].flatMap((from) =>
				movesFrom(from)
					.filter(({ to }) => namesKey(to, key))
					.map((move) => ({ from, move })),
			),
	};
}
