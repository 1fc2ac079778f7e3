import { joinConsent, standingNoes, type ConsentRecord } from '../conversation/consent';
import { isUserId } from '../conversation/contact';
import { factsBetween, joinFacts, NO_FACTS, type ContactFacts } from '../conversation/facts';

import { keyOf, type Link, type Move } from './idRecord';

/**
 * How long a phone number and a user ID are one contact after they were last seen together, in seconds
 * (rule E53). Meta leaves the phone number out after 30 days without a message (rule D12).
 */
export const PAIR_RETENTION_SECONDS = 90 * 86_400;

/** What is known of who had which identifier when. Keys are those of `keyOf()`. */
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

/** A stretch of time for which an identifier was a contact's, and what of that time counts. */
export interface Span {
	key: string;
	/** First second. */
	from: number;
	/** First second after it; Infinity: it goes on. */
	to: number;
	/**
	 * - `own`: all of it
	 * - `former`: given up by a reported change, so that consent counts alone (rule E45)
	 * - `otherwise`: of a user ID that was given up, under whatever else is its contact's: a no that
	 *   stands in all of it together counts
	 * - `late`: told of a user ID that had been given up; a no counts, since nobody else ever gets one
	 * - `earlierOwner`: before the phone number was the contact's; a no counts (rule E46)
	 */
	kind: 'own' | 'former' | 'otherwise' | 'late' | 'earlierOwner';
	/** Of a former one: when it was given up. */
	changedAt?: number;
}

/** A stretch of a phone number's time. */
interface Stretch {
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

/**
 * The identifiers of the contact whom an identifier names now, each with the time for which it was the
 * contact's. Pure, and the same for whatever order things were told in (rules E45 to E48, E53).
 *
 * @param now epoch seconds
 */
export function spansOf(known: Belongings, id: string, now: number): readonly Span[] {
	const key = keyOf(id);
	// The usual cases, without the work that the others take.
	if (known.movesFrom(key).length === 0 && known.movesTo(key).length === 0) {
		const hasOthers = isUserId(key) ? known.linksOf(key).length : known.usersOf(key).length;
		if (hasOthers === 0) return [{ key, from: 0, to: Infinity, kind: 'own' }];
	}
	const walk = new Walk(known, now);
	walk.visit(key, Infinity, 'own');
	return walk.spans;
}

/** Goes from an identifier to those that were the same contact's. */
class Walk {
	readonly spans: Span[] = [];
	private readonly visited = new Set<string>();

	constructor(
		private readonly known: Belongings,
		private readonly now: number,
	) {}

	/** @param until the first second that is not looked at; whose the identifier was just before counts */
	visit(key: string, until: number, kind: Span['kind'], changedAt?: number): void {
		const name = `${key} ${kind} ${until}`;
		if (this.visited.has(name)) return;
		this.visited.add(name);
		const extent = { until, kind, changedAt };
		if (isUserId(key)) this.user(key, extent);
		else this.phone(key, extent);
	}

	private user(key: string, { until, kind, changedAt }: Extent): void {
		const moves = this.movesOfUser(key);
		// What was given up belongs to nobody from then on; before, it was the contact's all the time.
		const since = Math.max(0, ...moves.map(({ at }) => at + 1));
		const from = kind === 'own' ? since : 0;
		const end = kind === 'own' || since === 0 ? until : Math.min(until, since);
		this.spans.push({ key, from, to: end, kind, changedAt });
		if (end < Infinity) this.spans.push({ key, from: end, to: Infinity, kind: 'late' });
		for (const { phone, last } of this.known.linksOf(key)) {
			if (this.isOver(last)) continue;
			const phoneKey = keyOf(phone);
			const stretches = stretchesOf(this.known, phoneKey, this.now);
			for (const stretch of stretches) {
				if (stretch.owner !== key) continue;
				const begin = Math.max(from, stretch.from);
				const finish = Math.min(until, stretch.to);
				if (begin >= finish) continue;
				this.spans.push({ key: phoneKey, from: begin, to: finish, kind, changedAt });
				// A no stays with the number: whoever has it now meets those of the ones before.
				if (finish === Infinity && kind === 'own') this.earlierOwners(phoneKey, begin);
				this.predecessors(phoneKey, { until: finish, kind, changedAt }, begin);
			}
		}
		this.predecessors(key, { until, kind, changedAt }, from);
		if (moves.length === 0 || until < Infinity) return;
		// A no is a no, whichever user ID of the contact it was said under.
		if (kind === 'own') this.spans.push({ key, from: 0, to: from, kind: 'otherwise' });
		for (const id of moves.flatMap(({ to }) => to).filter(isUserId)) {
			this.visit(keyOf(id), Infinity, 'otherwise');
		}
	}

	/** The changes away from a user ID: also those that name but the number which it had then. */
	private movesOfUser(key: string): Move[] {
		const ofNumbers = this.known.linksOf(key).flatMap(({ phone }) => {
			const phoneKey = keyOf(phone);
			const moves = this.known
				.movesFrom(phoneKey)
				.filter(({ to }) => to.some(isUserId) && !namesKey(to, key) && !namesKey(to, phoneKey));
			if (moves.length === 0) return [];
			const stretches = stretchesOf(this.known, phoneKey, this.now);
			const isOwnAt = (at: number) =>
				stretches.some(({ owner, from, to }) => owner === key && from <= at && to > at);
			return moves.filter(({ at }) => isOwnAt(at));
		});
		return [...this.known.movesFrom(key), ...ofNumbers];
	}

	private phone(key: string, { until, kind, changedAt }: Extent): void {
		const stretches = stretchesOf(this.known, key, this.now);
		const last = stretches.filter(({ from }) => from < until).pop();
		if (last?.owner !== undefined && !last.isOver) {
			this.visit(last.owner, until, kind, changedAt);
			return;
		}
		const from = last?.from ?? 0;
		this.spans.push({ key, from, to: until, kind, changedAt });
		if (kind === 'own') this.earlierOwners(key, from);
		if (!last?.isLeft) this.predecessors(key, { until, kind, changedAt }, from);
	}

	private earlierOwners(key: string, from: number): void {
		if (from > 0) this.spans.push({ key, from: 0, to: from, kind: 'earlierOwner' });
	}

	/** Those from whom the identifier took over by a reported change since some time. */
	private predecessors(key: string, { until, kind, changedAt }: Extent, since = 0): void {
		for (const { from, move } of this.known.movesTo(key)) {
			if (move.at < since || move.at >= until) continue;
			// A number that is kept tells of the user ID that had it before.
			const end = namesKey(move.to, keyOf(from)) ? move.at : move.at + 1;
			const former = kind === 'own' ? 'former' : kind;
			this.visit(keyOf(from), Math.min(until, end), former, changedAt ?? move.at);
		}
	}

	private isOver(last: number): boolean {
		return last < this.now - PAIR_RETENTION_SECONDS;
	}
}

interface Extent {
	until: number;
	kind: Span['kind'];
	changedAt?: number;
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
function stretchesOf(known: Belongings, phoneKey: string, now: number): Stretch[] {
	const stretches: Stretch[] = [];
	for (const moment of momentsOf(known, phoneKey)) {
		const next = after(stretches[stretches.length - 1], moment);
		if (next === undefined) continue;
		while (stretches.length > 0 && stretches[stretches.length - 1].from >= next.from)
			stretches.pop();
		if (stretches.length > 0) stretches[stretches.length - 1].to = next.from;
		stretches.push(next);
	}
	const last = stretches[stretches.length - 1];
	if (last?.owner !== undefined) {
		const link = known.linksOf(last.owner).find(({ phone }) => keyOf(phone) === phoneKey);
		last.isOver = link !== undefined && link.last < now - PAIR_RETENTION_SECONDS;
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

function namesKey(ids: readonly string[], key: string): boolean {
	return ids.some((id) => keyOf(id) === key);
}

/** What begins with a moment; undefined when it goes on as before. */
function after(current: Stretch | undefined, moment: Moment): Stretch | undefined {
	const { at, tells, user } = moment;
	const begin = { from: at, to: Infinity };
	switch (tells) {
		case 'seen':
		case 'seenLast':
			if (current?.owner === user) return undefined;
			// The first one to be seen with the number has had it before (rules.md, section 7.3), and so
			// has whoever came to it by a reported change.
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

/** What several places know of who had which identifier when. */
export function knownTogether(places: readonly Belongings[]): Belongings {
	if (places.length === 1) return places[0];
	const all = <T>(of: (place: Belongings) => Iterable<T>) =>
		places.flatMap((place) => [...of(place)]);
	return {
		linksOf: (key) => all((place) => place.linksOf(key)),
		usersOf: (key) => [...new Set(all((place) => place.usersOf(key)))],
		movesFrom: (key) => all((place) => place.movesFrom(key)),
		movesTo: (key) => all((place) => place.movesTo(key)),
	};
}

/**
 * What is known of a contact from the facts of its identifiers.
 *
 * @param factsOf what was told of an identifier
 */
export function factsIn(
	spans: readonly Span[],
	factsOf: (key: string) => ContactFacts,
): ContactFacts {
	let facts = NO_FACTS;
	let carriedAt = 0;
	let changedAt = 0;
	let otherwise: readonly ConsentRecord[] = [];
	const add = (consent: readonly ConsentRecord[]) => {
		facts = { ...facts, consent: joinConsent(facts.consent, consent) };
	};
	for (const { key, from, to, kind, changedAt: at = 0 } of spans) {
		const told = factsBetween(factsOf(key), from, to);
		if (told === NO_FACTS) continue;
		switch (kind) {
			case 'own':
				facts = joinFacts(facts, told);
				break;
			case 'former':
				add(told.consent);
				carriedAt = Math.max(carriedAt, told.lastInboundAt);
				changedAt = Math.max(changedAt, at);
				break;
			case 'otherwise':
				otherwise = joinConsent(otherwise, told.consent);
				break;
			case 'late':
				add(standingNoes(told.consent));
				break;
			case 'earlierOwner':
				add(standingNoes(told.consent).map((no) => ({ ...no, byEarlierOwner: true })));
		}
	}
	if (otherwise.length > 0) add(standingNoes(otherwise));
	// Whether a window survives a new number or user ID is not documented (E36).
	return facts.lastInboundAt === 0 && carriedAt > 0
		? { ...facts, lastInboundAt: carriedAt, identityChange: { at: changedAt, to: [] } }
		: facts;
}
