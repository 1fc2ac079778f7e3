/** A message that waits for its business number's next moment. */
export interface Waiting {
	/** What tells its contact from others. */
	contact: string;
	/** Whether somebody waits for it, so that it goes before what goes to many. */
	isReply: boolean;
	/** Whose it is, as a rule the execution: each gets its share of the moments. */
	source: object;
}

/** How many replies go in a row while something else waits, which then gets a moment, too. */
const REPLIES_IN_A_ROW = 4;

/**
 * Who goes next from one business number. Replies go first, but the others are never left standing.
 * Among each of them every source goes in its turn, so that a long list delays nobody else by more
 * than one message. To one contact messages go in the order in which they came: what would overtake
 * an earlier one pushes that one forward instead. Reads no clock.
 */
export class TurnQueue<T extends Waiting> {
	private readonly replies = new Ring<T>();
	private readonly others = new Ring<T>();
	/** By contact, in the order in which the messages first came. */
	private readonly lanes = new Map<string, T[]>();
	private readonly firstCame = new WeakMap<T, number>();
	private count = 0;
	private inARow = 0;

	/** One that comes back, because it was refused, has its old place before its contact's others. */
	add(waiting: T): void {
		const came = this.firstCame.get(waiting) ?? ++this.count;
		this.firstCame.set(waiting, came);
		const lane = this.lanes.get(waiting.contact) ?? [];
		const later = lane.findIndex((other) => Number(this.firstCame.get(other)) > came);
		lane.splice(later < 0 ? lane.length : later, 0, waiting);
		this.lanes.set(waiting.contact, lane);
		this.ringOf(waiting).add(waiting);
	}

	/** Who goes next; undefined when nobody waits. */
	next(): T | undefined {
		const front = this.nextRing().front();
		return front && this.lanes.get(front.contact)?.[0];
	}

	/** Takes out who goes next. */
	take(): T | undefined {
		const ring = this.nextRing();
		const next = this.next();
		if (!next) return undefined;
		this.inARow = ring === this.replies && !this.others.isEmpty ? this.inARow + 1 : 0;
		ring.goRound();
		this.remove(next);
		return next;
	}

	/** Takes out those who need not wait any more; returns them. */
	removeIf(isOver: (waiting: T) => boolean): T[] {
		const over = [...this.lanes.values()].flat().filter(isOver);
		for (const waiting of over) this.remove(waiting);
		return over;
	}

	private nextRing(): Ring<T> {
		if (this.others.isEmpty) return this.replies;
		return this.replies.isEmpty || this.inARow >= REPLIES_IN_A_ROW ? this.others : this.replies;
	}

	private ringOf({ isReply }: T): Ring<T> {
		return isReply ? this.replies : this.others;
	}

	private remove(waiting: T): void {
		this.ringOf(waiting).remove(waiting);
		const lane = (this.lanes.get(waiting.contact) ?? []).filter((other) => other !== waiting);
		if (lane.length > 0) this.lanes.set(waiting.contact, lane);
		else this.lanes.delete(waiting.contact);
	}
}

/** Sources that go in turn, each with what waits of it in its order. */
class Ring<T extends Waiting> {
	/** In the order in which the sources go next. */
	private readonly sources = new Map<object, Set<T>>();

	get isEmpty(): boolean {
		return this.sources.size === 0;
	}

	add(waiting: T): void {
		const own = this.sources.get(waiting.source) ?? new Set();
		this.sources.set(waiting.source, own.add(waiting));
	}

	front(): T | undefined {
		for (const own of this.sources.values()) for (const first of own) return first;
		return undefined;
	}

	/** The source that was first goes last from now on. */
	goRound(): void {
		for (const [source, own] of this.sources) {
			this.sources.delete(source);
			this.sources.set(source, own);
			return;
		}
	}

	remove(waiting: T): void {
		const own = this.sources.get(waiting.source);
		own?.delete(waiting);
		if (own?.size === 0) this.sources.delete(waiting.source);
	}
}
