import type { NameKind } from './people';

/*
 * What the business can have learned of one person, name by name. Written without a line of the
 * package, as the simulator's books are. Times are epoch seconds, as Meta gives them.
 */

const DAY = 86_400;

/** By how much the clocks of two who tell of consent may differ: then the 'no' counts. */
const CLOCKS_APART = 120;

/** What a contact said about something, or Meta on the contact's behalf. */
export interface Word {
	/** `atMeta`: about marketing, in WhatsApp itself. */
	scope: 'all' | 'marketing' | 'atMeta';
	at: number;
	/** `lift`: takes a 'no' back, and is no opt-in. */
	says: 'yes' | 'no' | 'lift';
	/** Where it was said: each has a clock of its own. */
	source: string;
}

/** What was told about a contact under one name. */
export interface Told {
	inboundAt: number;
	/** When the message was sent that was refused because the window was closed. */
	refusedAt: number;
	/** When the failed status of it came about. */
	refusalToldAt: number;
	limitedAt: number;
	words: readonly Word[];
	/** Times for which a person of the business has the conversation. */
	handOvers: readonly HandOver[];
	resumedAt: number;
	/** When another responder was known to have it, and when Meta gave it to the business. */
	otherAt: number;
	givenAt: number;
}

interface HandOver {
	at: number;
	until: number;
}

/** What a delivery, or somebody at the business, tells. */
export type News = Partial<Omit<Told, 'words' | 'handOvers'>> & {
	word?: Word;
	handOver?: HandOver;
};

export const NOTHING: Told = {
	inboundAt: 0,
	refusedAt: 0,
	refusalToldAt: 0,
	limitedAt: 0,
	words: [],
	handOvers: [],
	resumedAt: 0,
	otherAt: 0,
	givenAt: 0,
};

/** A name of a person: of which era, and of which kind. */
export type Name = `${number} ${NameKind}`;

export function nameOf(era: number, kind: NameKind): Name {
	return `${era} ${kind}`;
}

/** Of one person and one business number. Never changed: what is learned makes another one. */
export interface Knowledge {
	told: ReadonlyMap<Name, Told>;
	/** Names that were told together, and those of which one took the place of the other. */
	pairs: ReadonlyArray<readonly [Name, Name]>;
}

export const IGNORANCE: Knowledge = { told: new Map(), pairs: [] };

export function learned(
	{ told, pairs }: Knowledge,
	names: readonly Name[],
	{ word, handOver, ...times }: News,
	successors: readonly Name[] = [],
): Knowledge {
	const handOvers = handOver ? [handOver] : [];
	const more = { ...NOTHING, ...times, words: word ? [word] : [], handOvers };
	const all = new Map(told);
	for (const name of names) all.set(name, joined(all.get(name) ?? NOTHING, more));
	const found: Array<readonly [Name, Name]> = names.slice(1).map((name) => [names[0], name]);
	for (const name of successors) found.push([names[0], name]);
	const isNew = ([a, b]: readonly [Name, Name]) => !pairs.some(([c, d]) => a === c && b === d);
	const added = found.filter(isNew);
	return { told: all, pairs: added.length > 0 ? [...pairs, ...added] : pairs };
}

/** The names that are known to be this one's person's. */
export function namesWith({ pairs }: Pick<Knowledge, 'pairs'>, name: Name): Name[] {
	const group = [name];
	for (const one of group) {
		for (const pair of pairs) {
			if (!pair.includes(one)) continue;
			for (const other of pair) if (!group.includes(other)) group.push(other);
		}
	}
	return group;
}

export function toldOf(knowledge: Knowledge, names: readonly Name[]): Told {
	return names.reduce((sum, name) => joined(sum, knowledge.told.get(name) ?? NOTHING), NOTHING);
}

export function joined(a: Told, b: Told): Told {
	if (a === NOTHING) return b;
	if (b === NOTHING) return a;
	const isNew = (word: Word) => !a.words.some((known) => isSame(known, word));
	const words = b.words.filter(isNew);
	return {
		inboundAt: Math.max(a.inboundAt, b.inboundAt),
		refusedAt: Math.max(a.refusedAt, b.refusedAt),
		refusalToldAt: Math.max(a.refusalToldAt, b.refusalToldAt),
		limitedAt: Math.max(a.limitedAt, b.limitedAt),
		words: words.length > 0 ? [...a.words, ...words] : a.words,
		handOvers: [...a.handOvers, ...b.handOvers],
		resumedAt: Math.max(a.resumedAt, b.resumedAt),
		otherAt: Math.max(a.otherAt, b.otherAt),
		givenAt: Math.max(a.givenAt, b.givenAt),
	};
}

export function isSame(a: Word, b: Word): boolean {
	return a.scope === b.scope && a.at === b.at && a.says === b.says && a.source === b.source;
}

export type Category = 'marketing' | 'utility' | 'authentication';

/** Whether there is a 'no' that nobody has taken back, or a limit of Meta's. */
export function forbids(category: Category, told: Told, nowMs: number): boolean {
	if (category !== 'marketing') return standsAt(told.words, ['all']);
	if (standsAt(told.words, ['atMeta'])) return true;
	if (told.limitedAt > 0 && nowMs / 1000 < told.limitedAt + DAY) return true;
	return standsAt(told.words, ['all', 'marketing']);
}

/** Whether a template of this category may go to somebody of whom this is known. */
export function mayGet(category: Category, told: Told, nowMs: number): boolean {
	if (forbids(category, told, nowMs)) return false;
	return category !== 'marketing' || told.words.some(({ says }) => says === 'yes');
}

/** Whether a 'no' of these scopes stands: whatever takes it back was surely said after it. */
function standsAt(words: readonly Word[], scopes: ReadonlyArray<Word['scope']>): boolean {
	const ours = words.filter(({ scope }) => scopes.includes(scope));
	return ours.some(
		(no) =>
			no.says === 'no' &&
			!ours.some(
				({ says, at, source }) =>
					says !== 'no' && at > no.at + (source === no.source ? 0 : CLOCKS_APART),
			),
	);
}
