/** How a person of the business came to have a conversation. */
export type HandOverWay =
	/** The operation 'Hand Over', for hours after the person's last message. */
	| 'handedOver'
	/** The same, until a time. */
	| 'handedOverUntil'
	/** A message that a colleague sent from the WhatsApp Business app. */
	| 'app'
	/** A message that was sent with 'Sent By' set to 'Person'. */
	| 'sent';

/** A person has the conversation for a time; epoch seconds. */
export interface HandOver {
	/** When the person took it over, or wrote in it. */
	at: number;
	until: number;
	way: HandOverWay;
}

/** What is known about who has a conversation. All times are epoch seconds; 0 means 'never'. */
export interface OwnerFacts {
	/** Those that none outlasts which began no earlier, the earliest first (rules E37, E38). */
	handOvers: readonly HandOver[];
	/** When the conversation was last given back to the automation (rule E40). */
	resumedAt: number;
	/** When another responder was last known to have it: taken from us, or seen under `standby` (E42). */
	otherAt: number;
	/**
	 * When Meta last gave it to us (rules E41, E43); 0 where the contact's last message says so: see
	 * {@link givenAt}. Most contacts have no fact beside that message.
	 */
	passedAt: number;
	/** Latest sign of the contact that tells nothing of the owner: a call, the user's own data. */
	apartAt: number;
}

export const NO_OWNER: OwnerFacts = Object.freeze({
	handOvers: Object.freeze([]),
	resumedAt: 0,
	otherAt: 0,
	passedAt: 0,
	apartAt: 0,
});

/** Facts about the owner, with the contact's last message or call. */
export interface OwnedFacts {
	lastInboundAt: number;
	owner: OwnerFacts;
}

/** Who has a conversation. */
export interface Owner {
	who: 'automation' | 'person' | 'otherResponder';
	/** Since when a person or another responder has it, as last known. */
	since?: number;
	/** Until when; of another responder, when the contact does not write again. */
	until?: number;
	/** Only of a person. */
	way?: HandOverWay;
}

/** An idle conversation is nobody's (Meta: Conversation Routing, thread lifecycle; rule E42). */
const IDLE_SECONDS = 86_400;

/** Who has the conversation at a time, epoch seconds. Of ties the more cautious one holds (rule E44). */
export function ownerOf(facts: OwnedFacts, now: number): Owner {
	return otherOwner(facts, now) ?? personOwner(facts.owner, now) ?? { who: 'automation' };
}

function otherOwner(facts: OwnedFacts, now: number): Owner | undefined {
	const { otherAt } = facts.owner;
	if (otherAt === 0 || otherAt < givenAt(facts)) return undefined;
	const { lastInboundAt } = facts;
	// Without a message within the day before, one was missed.
	const isFresh = lastInboundAt + IDLE_SECONDS > otherAt;
	const until = (isFresh ? lastInboundAt : otherAt) + IDLE_SECONDS;
	return until > now ? { who: 'otherResponder', since: otherAt, until } : undefined;
}

function personOwner({ handOvers }: OwnerFacts, now: number): Owner | undefined {
	const running = handOvers.filter(({ until }) => until > now);
	if (running.length === 0) return undefined;
	// The first one ends last.
	const [{ at, until, way }] = running;
	return { who: 'person', since: at, until, way };
}

/** When Meta last gave the conversation to us: by a hand-over, or by a message of the contact. */
function givenAt({ lastInboundAt, owner }: OwnedFacts): number {
	return lastInboundAt > owner.apartAt ? Math.max(lastInboundAt, owner.passedAt) : owner.passedAt;
}

/** Both sets of facts about the owner as one. Commutative, associative and idempotent. */
export function joinOwner(a: OwnedFacts, b: OwnedFacts): OwnerFacts {
	if (a.owner === NO_OWNER && b.owner === NO_OWNER) return NO_OWNER;
	const resumedAt = Math.max(a.owner.resumedAt, b.owner.resumedAt);
	const lastInboundAt = Math.max(a.lastInboundAt, b.lastInboundAt);
	const apartAt = Math.max(a.owner.apartAt, b.owner.apartAt);
	const given = Math.max(givenAt(a), givenAt(b));
	const isTold = lastInboundAt > apartAt && given === lastInboundAt;
	const owner: OwnerFacts = {
		handOvers: joinHandOvers([...a.owner.handOvers, ...b.owner.handOvers], resumedAt),
		resumedAt,
		otherAt: Math.max(a.owner.otherAt, b.owner.otherAt),
		passedAt: isTold ? 0 : given,
		apartAt,
	};
	return isNobodys(owner) ? NO_OWNER : owner;
}

/** Those that began no earlier than the last giving back, without what a later one outlasts. */
function joinHandOvers(all: readonly HandOver[], resumedAt: number): readonly HandOver[] {
	const sorted = all
		.filter(({ at }) => at >= resumedAt)
		.sort((a, b) => b.at - a.at || b.until - a.until || (a.way < b.way ? -1 : 1));
	let last = 0;
	const kept = sorted.filter(({ until }) => {
		const isKept = until > last;
		last = Math.max(last, until);
		return isKept;
	});
	return kept.length === 0 ? NO_OWNER.handOvers : kept.reverse();
}

/** Whether nothing is told of an owner. */
export function isNobodys({
	handOvers,
	resumedAt,
	otherAt,
	passedAt,
	apartAt,
}: OwnerFacts): boolean {
	return handOvers.length === 0 && resumedAt + otherAt + passedAt + apartAt === 0;
}

export function isSameOwner(a: OwnerFacts, b: OwnerFacts): boolean {
	return (
		a.resumedAt === b.resumedAt &&
		a.otherAt === b.otherAt &&
		a.passedAt === b.passedAt &&
		a.apartAt === b.apartAt &&
		a.handOvers.length === b.handOvers.length &&
		a.handOvers.every((one, index) => isSameHandOver(one, b.handOvers[index]))
	);
}

function isSameHandOver(a: HandOver, b: HandOver): boolean {
	return a.at === b.at && a.until === b.until && a.way === b.way;
}

/** When the latest of the facts came about, epoch seconds; 0 when there are none. */
export function latestOfOwner({ handOvers, resumedAt, otherAt, passedAt, apartAt }: OwnerFacts) {
	return Math.max(resumedAt, otherAt, passedAt, apartAt, ...handOvers.map(({ at }) => at));
}

/** Until when a person has the conversation at most, epoch seconds; 0: nobody has. */
export function handedOverUntil({ handOvers }: OwnerFacts): number {
	return handOvers.length === 0 ? 0 : handOvers[0].until;
}

/** What of the facts came about at times that a test takes. */
export function ownerWithin(owner: OwnerFacts, isWithin: (at: number) => boolean): OwnerFacts {
	if (owner === NO_OWNER) return owner;
	const within = (at: number) => (at > 0 && isWithin(at) ? at : 0);
	const left: OwnerFacts = {
		handOvers: owner.handOvers.filter(({ at }) => isWithin(at)),
		resumedAt: within(owner.resumedAt),
		otherAt: within(owner.otherAt),
		passedAt: within(owner.passedAt),
		apartAt: within(owner.apartAt),
	};
	return isNobodys(left) ? NO_OWNER : left;
}

/** What holds of a contact under its new number or user ID: a person stays in the conversation. */
export function carriedOwner({ handOvers, resumedAt }: OwnerFacts): OwnerFacts {
	return handOvers.length === 0 && resumedAt === 0
		? NO_OWNER
		: { ...NO_OWNER, handOvers, resumedAt };
}

/**
 * What a message that a person sends adds to the hand-over that runs: it lasts as long again from the
 * message on, unless it has a fixed end (rule T38).
 *
 * @param at epoch seconds
 */
export function extendedBy({ who, since = 0, until = 0, way }: Owner, at: number): OwnerFacts {
	if (who !== 'person' || way === 'handedOverUntil') return NO_OWNER;
	return { ...NO_OWNER, handOvers: [{ at, until: at + until - since, way: 'sent' }] };
}

/** Facts of a hand-over now, which a giving back in the same second does not undo (rule E37). */
export function handedOver(known: OwnerFacts, handOver: HandOver): OwnerFacts {
	const at = Math.max(handOver.at, known.resumedAt);
	return { ...NO_OWNER, handOvers: [{ ...handOver, at }] };
}

/** Facts of a giving back now, of all that is known by now (rule E40). @param at epoch seconds */
export function resumed({ handOvers }: OwnerFacts, at: number): OwnerFacts {
	return { ...NO_OWNER, resumedAt: Math.max(at, ...handOvers.map((one) => one.at + 1)) };
}

/** Facts of a message that takes the conversation from another responder (rule T40). */
export function takenOver({ who, since = 0 }: Owner, at: number): OwnerFacts {
	return who === 'otherResponder' ? { ...NO_OWNER, passedAt: Math.max(at, since + 1) } : NO_OWNER;
}

/** Facts of a sign of the contact that tells nothing of the owner. @param at epoch seconds; 0: none */
export function apart(at: number): OwnerFacts {
	return at === 0 ? NO_OWNER : { ...NO_OWNER, apartAt: at };
}
