import { PAIR_RETENTION_SECONDS, type Belongings } from './belongings';
import { keyOf, namesKey, type Move } from './idRecord';

/** A stretch of a phone number's time. */
export interface Stretch {
	from: number;
	to: number;
	/** The user ID; undefined when it is not known whose the number was. */
	owner?: string;
	/** Nobody's, since its contact is known to have left it. */
	isLeft?: boolean;
	/** Whether the pair was last seen so long ago that it holds no more (rule E53). */
	isOver?: boolean;
}

/** The current phone number of a user ID, as WhatsApp wrote it; undefined when none is known. */
export function phoneOf(known: Belongings, userId: string, now: number): string | undefined {
	const userKey = keyOf(userId);
	const links = known
		.linksOf(userKey)
		.filter(({ phone }) => ownerOf(known, phone, now) === userKey)
		.sort((a, b) => b.last - a.last);
	return links[0]?.phone;
}

/** The user ID whose a phone number is now; undefined when none is known. */
export function ownerOf(known: Belongings, phone: string, now: number): string | undefined {
	const key = keyOf(phone);
	if (known.usersOf(key).length === 0) return undefined;
	const last = stretchesOf(known, key, now).pop();
	return last?.isOver ? undefined : last?.owner;
}

/** A moment that tells whose a phone number is from then on. */
interface Moment {
	at: number;
	tells: 'left' | 'arrived' | 'seen' | 'seenLast' | 'elsewhere' | 'gaveUp';
	/**
	 * `seen`: with this user ID. `seenLast`: likewise, in the second in which it was given up.
	 * `elsewhere`: this user ID was seen with another number. `gaveUp`: its contact has another one since.
	 */
	user: string;
	/** `arrived`: the identifiers that came with it. */
	with?: readonly string[];
}

/** Of moments in one second the earlier ones of these go first. */
const ORDER: ReadonlyArray<Moment['tells']> = [
	'arrived',
	'elsewhere',
	'seenLast',
	'gaveUp',
	'seen',
	'left',
];

/** Whose a phone number was when: one stretch after the other. */
export function stretchesOf(known: Belongings, phoneKey: string, now: number): Stretch[] {
	const stretches: Stretch[] = [];
	for (const moment of momentsOf(known, phoneKey)) {
		const next = nextStretch(stretches[stretches.length - 1], moment);
		if (next === undefined) continue;
		while (stretches.length > 0 && stretches[stretches.length - 1].from >= next.from)
			stretches.pop();
		if (stretches.length > 0) stretches[stretches.length - 1].to = next.from;
		stretches.push(next);
	}
	const last = stretches[stretches.length - 1];
	if (last?.owner !== undefined) {
		last.isOver = known
			.linksOf(last.owner)
			.every((link) => keyOf(link.phone) !== phoneKey || link.last < now - PAIR_RETENTION_SECONDS);
	}
	return stretches;
}

/**
 * When a user ID was given up by a reported change; Infinity: it was not. What names it later comes
 * late, or by another clock.
 */
function givenUpAt(known: Belongings, userKey: string): number {
	const left = known.movesFrom(userKey).map(({ at }) => at);
	const came = known.movesTo(userKey).map(({ move }) => move.at);
	const last = Math.max(-Infinity, ...left);
	return left.length === 0 || came.some((at) => at > last) ? Infinity : last;
}

/** What begins with a moment; undefined when it goes on as before. */
function nextStretch(current: Stretch | undefined, moment: Moment): Stretch | undefined {
	const { at, tells, user } = moment;
	const begin = { from: at, to: Infinity };
	switch (tells) {
		case 'seen':
		case 'seenLast':
			if (current?.owner === user) return undefined;
			// The first one to be seen with the number has had it before (rule E34), and so
			// has the one who came to it by a reported change.
			if (!current) return { ...begin, from: 0, owner: user };
			if (current.owner === undefined && !current.isLeft) {
				return { ...begin, from: current.from, owner: user };
			}
			return { ...begin, owner: user };
		case 'arrived':
			if (current?.owner !== undefined && moment.with?.includes(current.owner)) return undefined;
			return begin;
		case 'left':
			return { from: at + 1, to: Infinity, isLeft: true };
		case 'elsewhere':
			return current?.owner === user ? { ...begin, isLeft: true } : undefined;
		case 'gaveUp':
			return current?.owner === user ? { from: at + 1, to: Infinity, isLeft: true } : undefined;
	}
}

function momentsOf(known: Belongings, phoneKey: string): Moment[] {
	const isKept = (move: Move) => namesKey(move.to, phoneKey);
	const moments: Moment[] = [
		...known
			.movesFrom(phoneKey)
			.filter((move) => !isKept(move))
			.map(({ at }): Moment => ({ at, tells: 'left', user: '' })),
		...known
			.movesTo(phoneKey)
			.filter(({ from }) => from !== phoneKey)
			.map(({ move }): Moment => ({ at: move.at, tells: 'arrived', user: '', with: move.to })),
	];
	for (const user of known.usersOf(phoneKey)) {
		const end = givenUpAt(known, user);
		for (const { phone, first, last } of known.linksOf(user)) {
			const tells = keyOf(phone) === phoneKey ? 'seen' : 'elsewhere';
			for (const at of new Set([first, last])) {
				if (at > end) continue;
				moments.push({ at, tells: at === end && tells === 'seen' ? 'seenLast' : tells, user });
			}
		}
		if (end < Infinity) moments.push({ at: end, tells: 'gaveUp', user });
	}
	return moments.sort(
		(a, b) =>
			a.at - b.at ||
			ORDER.indexOf(a.tells) - ORDER.indexOf(b.tells) ||
			(a.user < b.user ? -1 : a.user > b.user ? 1 : 0),
	);
}
