import { isUserId } from '../../conversation/contact';

import { PAIR_RETENTION_SECONDS, type Belongings } from './belongings';
import { keyOf, namesKey, type Move } from './idRecord';
import { stretchesOf } from './phoneHistory';

/** A stretch of time for which an identifier was a contact's, and what of that time counts. */
export interface Span {
	key: string;
	/** First second. */
	from: number;
	/** First second after it; Infinity: it goes on. */
	to: number;
	/**
	 * - `own`: all of it
	 * - `former`: given up by a reported change, so that its window does not count (rule E45)
	 * - `otherwise`: of a user ID that was given up, under whatever else is its contact's: a no that
	 *   stands in all of it together counts
	 * - `afterGivingUp`: told of a user ID that had been given up; a no and a limit of marketing count,
	 *   since no other contact ever gets one
	 * - `earlierOwner`: before the phone number was the contact's; a no counts (rule E46)
	 */
	kind: 'own' | 'former' | 'otherwise' | 'afterGivingUp' | 'earlierOwner';
	/** Of a former one: when it was given up. */
	changedAt?: number;
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
		if (end < Infinity) this.spans.push({ key, from: end, to: Infinity, kind: 'afterGivingUp' });
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
				// A no stays with the number: its owner of now meets those of the ones before.
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
