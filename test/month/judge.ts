import type { IDataObject } from 'n8n-workflow';

import type { Directory, Holder } from './directory';
import {
	forbids,
	IGNORANCE,
	isSame,
	joined,
	learned,
	mayGet,
	nameOf,
	namesWith,
	NOTHING,
	toldOf,
	type Category,
	type Knowledge,
	type Name,
	type News,
	type Told,
} from './knowledge';
import type { Tidings } from './meta';
import { hasIt, type Other } from './owners';
import type { NameKind, Person } from './people';

/*
 * What must follow from what the business can have learned. It goes by people: what is told of
 * somebody is told of that person, whoever had the number before or has it after. Times are epoch
 * seconds unless their names say otherwise.
 */

const DAY = 86_400;
const MARGIN = 60;

/** By how much the clocks of Meta and of the business may differ. */
const SKEW = 5;

/** Where that is kept which holds for all business numbers. */
const ALL = '*';

/** Of one person and one business number. */
interface Record {
	/** As of now, in this process. */
	known: Knowledge;
	/** What a row must hold. */
	saved: Knowledge;
	/** Everything ever told, crash or no crash. */
	ever: Knowledge;
}

type Which = keyof Record;

/** How often something was seen; the examples are for whoever has to find out why. */
export class Tally {
	readonly counts: { [what: string]: number } = {};

	readonly examples: IDataObject[] = [];

	add(what: string, example?: IDataObject): void {
		this.counts[what] = this.of(what) + 1;
		if (example && this.examples.filter((one) => one.what === what).length < 3)
			this.examples.push({ what, ...example });
	}

	of(what: string): number {
		return this.counts[what] ?? 0;
	}
}

/** Who was asked about, for which business number, and when by both clocks (epoch milliseconds). */
export interface Question {
	/** Of the name that the business used; who had it last, where nobody has it. */
	holder: Holder;
	/** Whether anybody has it. */
	isHeld: boolean;
	number: string;
	trueMs: number;
	localMs: number;
}

/** The window by the books: when the contact last wrote or called, epoch milliseconds. */
export interface Books {
	lastInboundAtMs?: number;
	marketingStopped?: boolean;
}

/** What the node made of a message. */
export interface Verdict {
	/** Whether it went out. */
	allowed: boolean;
	/** As its item shows it; '' where it shows Meta's answer instead. */
	reason: string;
	window: { state?: string; openedAt?: string | null };
}

export class Judge {
	readonly tally = new Tally();

	private readonly records = new Map<Person, Map<string, Record>>();

	/** What would be gone with the process. */
	private readonly unsaved = new Map<Record, { number: string; wasRefused: boolean }>();

	/** IDs of the messages that started the workflow. */
	private readonly started = new Set<string>();

	private readonly startedUnsaved = new Set<string>();

	private processSinceMs = 0;

	/** Whether workflows can be woken in this process. */
	private canWake = true;

	/** The numbers whose triggers' rows this process has read. */
	private readonly rowsRead = new Set<string>();

	/** Facts of the other one that somebody has got, before their being two was told. */
	private readonly mixed = new Map<Person, Map<string, Told>>();

	/** What was told of a number's new holder before it was told that it is a new one. */
	private readonly early = new Map<Person, Map<string, Told>>();

	/** What was told of the number's earlier holder until then. */
	private readonly caution = new Map<Person, Map<string, Told>>();

	/** Of a number's later holder. Each number is handed on once. */
	private readonly toldApart = new Map<Person, Set<string>>();

	constructor(private readonly directory: Directory) {}

	/** A delivery that the business acknowledged tells news of a contact. */
	learn({ number, person, era, names, news, isChange }: Omit<Tidings, 'messageId'>): void {
		const kinds = (['phone', 'userId'] as const).filter((kind) => names[kind]);
		const told = kinds.map((kind) => nameOf(era, kind));
		const successors = isChange ? kinds.map((kind) => nameOf(era + 1, kind)) : [];
		const prior = this.recordOf(person, number).known;
		this.change(person, number, (knowledge) => learned(knowledge, told, news, successors));
		if (person.isSpecial) this.noteToldApart(person, number, prior);
	}

	/** Somebody at the business, or a workflow, notes something under a name, perhaps for all numbers. */
	note({ person, era, kind }: Holder, number: string, news: News, isForAll = false): void {
		const name = nameOf(era, kind);
		if (!isForAll) {
			this.change(person, number, (knowledge) => learned(knowledge, [name], news));
			return;
		}
		// A no is said of the contact, so of all names known to be the contact's; a yes of the one alone.
		const isNo = news.word?.says === 'no';
		const names = isNo ? namesWith(this.recordOf(person, number).known, name) : [name];
		for (const one of names) {
			this.change(person, ALL, (knowledge) => learned(knowledge, [one], news));
		}
	}

	private change(person: Person, number: string, more: (known: Knowledge) => Knowledge): void {
		const record = this.recordOf(person, number);
		record.known = more(record.known);
		record.ever = more(record.ever);
		this.unsaved.set(record, { number, wasRefused: false });
	}

	/** Whether a delivery ever named the contact so. */
	hasHeardOf(person: Person, era: number, kind: NameKind, number: string): boolean {
		return this.recordOf(person, number).ever.told.has(nameOf(era, kind));
	}

	/** An acknowledged delivery of a message; `starts` whether it started the workflow. */
	messageTaken(id: string, starts: boolean): void {
		if (!starts) {
			if (this.started.has(id)) this.tally.add('repetitions dropped');
			else this.tally.add('messages lost', { id });
			return;
		}
		if (this.started.has(id)) this.tally.add('started twice', { id });
		this.started.add(id);
		this.startedUnsaved.add(id);
	}

	rowRead(number: string): void {
		this.rowsRead.add(number);
	}

	/**
	 * n8n has had its chance to save what was told of somebody: no crash may take it any more. Where
	 * it could not write the row, the next end of a run or delivery is the chance.
	 */
	keep(person: Person, number: string, isWritten: boolean, messageId?: string): void {
		for (const one of [number, ALL]) {
			const record = this.records.get(person)?.get(one);
			if (record && this.unsaved.has(record)) {
				if (isWritten) this.save(record);
				else this.unsaved.set(record, { number: one, wasRefused: true });
			}
		}
		if (isWritten && messageId !== undefined) this.startedUnsaved.delete(messageId);
	}

	/** A run or a delivery of a workflow of this number has ended, and n8n could write. */
	chanceToSave(number: string): void {
		for (const [record, { number: own, wasRefused }] of this.unsaved) {
			if (wasRefused && (own === number || own === ALL)) this.save(record);
		}
	}

	private save(record: Record): void {
		record.saved = record.known;
		this.unsaved.delete(record);
	}

	/** The process is gone, with everything that was not saved. */
	processEnded(): void {
		for (const record of this.unsaved.keys()) record.known = record.saved;
		this.unsaved.clear();
		for (const id of this.startedUnsaved) this.started.delete(id);
		this.startedUnsaved.clear();
	}

	processStarted(nowMs: number, canWake: boolean): void {
		this.processSinceMs = nowMs;
		this.canWake = canWake;
		this.rowsRead.clear();
	}

	/**
	 * Who got a message. The shop means somebody, and writes down a name: where that is somebody
	 * else's by now it is the shop who addresses a wrong person. All others are our doing.
	 *
	 * @returns whether it was the right one, or whom the shop addressed
	 */
	reached(
		meant: Person,
		to: string,
		{ name, reached }: { name: string; reached?: Holder },
		question: Question,
	): boolean {
		const { tally } = this;
		const isAsTold = name.replace('+', '') === to.replace('+', '');
		const example = { ...this.exampleOf(question), to, name, meant } as unknown as IDataObject;
		const last = this.directory.lastHolderOf(name);
		if (!reached) {
			const isUntold = last?.person === meant && !this.isChangeTold(last, question.number);
			if (isAsTold || isUntold) tally.add('sent to a name that was given up');
			else tally.add('sent to another name, which was given up', example);
			return false;
		}
		if (reached.person === meant) return true;
		const addressed = this.directory.holderOf(to)?.person;
		if (reached.person === addressed) {
			tally.add('sent to whom the shop addressed, and did not mean');
			return true;
		}
		const others = this.othersOf(reached, question.number);
		const isUntold = others.some(({ holder, isTold }) => holder.person === meant && !isTold);
		tally.add(isUntold ? 'sent to a wrong person, untold' : 'sent to a wrong person', example);
		return false;
	}

	/** A free-form message was let through or held back. */
	freeForm(question: Question, books: Books, verdict: Verdict): void {
		const { tally } = this;
		const { trueMs } = question;
		const { lastInboundAtMs = -Infinity } = books;
		const isOpen = trueMs < lastInboundAtMs + DAY * 1000;
		tally.add('free-form decisions');
		if (verdict.reason === 'windowUnknownTried' || verdict.reason === 'sentAnyway') {
			tally.add('sent because the user wished so');
			return;
		}
		const lastInboundAt = lastInboundAtMs / 1000;
		const known = this.told('known', question);
		const example = { ...this.exampleOf(question), books: lastInboundAt, verdict } as IDataObject;
		if (verdict.allowed) {
			// Meta's own word closes a window as soon as it has been told.
			const isRefused = known.refusedAt >= lastInboundAt;
			if (!isOpen) {
				const isMixed = this.seemsOpen(joined(known, this.mixedWith(question)), question);
				return tally.add(
					isMixed ? 'sent outside, mixed up before it was told' : 'sent outside',
					example,
				);
			}
			if (!isRefused) return tally.add('sent inside');
			const isClear = known.refusedAt > lastInboundAt + SKEW;
			return tally.add(`sent against a refusal${isClear ? '' : ', clocks apart'}`, example);
		}
		if (!isOpen) return tally.add('held back outside');
		if (!question.isHeld) return tally.add('held back from a name that was given up');
		const ever = this.told('ever', question);
		if (ever.refusedAt >= lastInboundAt) return tally.add('held back after a refusal');

		const cause = this.causeOf(question, lastInboundAt);
		// Who has lost something does not know, and must not say that nobody wrote.
		const saysNobodyWrote = verdict.window.state === 'closed' && !verdict.window.openedAt;
		const isSure = saysNobodyWrote && verdict.reason !== 'windowClosedByProvider';
		if (['loss', 'unread', 'not woken'].includes(cause) && isSure) {
			tally.add('sure after a loss', example);
		}
		const isFine = ['margin', 'late', 'loss', 'not woken', 'mixed up'].includes(cause);
		tally.add(`held back inside: ${cause}`, isFine ? undefined : example);
	}

	private seemsOpen({ inboundAt, refusedAt }: Told, { localMs }: Question): boolean {
		return inboundAt > refusedAt && Math.floor(localMs / 1000) < inboundAt + DAY - MARGIN;
	}

	/** Why a window that was open was taken for one that is not; `unexplained` is not permitted. */
	private causeOf(question: Question, lastInboundAt: number): string {
		const { number, localMs } = question;
		const known = this.told('known', question);
		// In the last minute. By a clock that goes slow a message comes before it was written: then the
		// time of its arrival counts.
		if (Math.floor(localMs / 1000) >= lastInboundAt + DAY - MARGIN - SKEW) return 'margin';
		if (!this.seemsOpen(known, question)) {
			// A crash took what was not saved, or the message had not been delivered.
			return this.seemsOpen(this.told('ever', question), question) ? 'loss' : 'late';
		}
		// The message itself is not known, and an older one counts no more after a change of the name.
		const isLastKnown = (told: Told) => told.inboundAt >= lastInboundAt - SKEW;
		const isChanged = this.recordOf(question.holder.person, number).known.pairs.some(isChange);
		if (isChanged && !isLastKnown(known)) {
			return isLastKnown(this.told('ever', question)) ? 'loss' : 'late';
		}
		if (!this.rowsRead.has(number)) return this.canWake ? 'unread' : 'not woken';
		// Where the send is forgotten, the status's own time counts as that of the refusal.
		const isForgotten = known.refusedAt * 1000 < this.processSinceMs;
		if (isForgotten && known.refusalToldAt >= lastInboundAt) return 'loss';
		const isMixedUp =
			!this.seemsOpen(this.withoutEarly(known, question), question) ||
			!this.seemsOpen(joined(known, this.mixedWith(question)), question);
		return isMixedUp ? 'mixed up' : 'unexplained';
	}

	/** An automatic message went out by itself: nobody else may have had the conversation. */
	sentByAutomation(question: Question, verdict: Verdict): void {
		for (const who of ['person', 'other'] as const) {
			const has = (which: Which) => hasIt(who, this.told(which, question), question.localMs, SKEW);
			// What was told later may have given it back, though a crash took that.
			if (!has('known') || !has('ever')) continue;
			const example = { ...this.exampleOf(question), verdict } as IDataObject;
			const isUnread = !this.rowsRead.has(question.number) && !this.canWake;
			if (isUnread) this.tally.add(`sent over ${nameOfOther(who)}, not woken`);
			else if (question.holder.person.isSpecial)
				this.tally.add(`sent over ${nameOfOther(who)}, names`, example);
			else this.tally.add(`sent over ${nameOfOther(who)}`, example);
		}
	}

	/** A message was held back because somebody else has the conversation. */
	heldFor(who: Other, question: Question, verdict: Verdict): void {
		const has = (which: Which) => hasIt(who, this.told(which, question), question.localMs, -SKEW);
		const isRight = has('known') || has('ever');
		if (isRight) return this.tally.add(`held for ${nameOfOther(who)}`);
		if (question.holder.person.isSpecial)
			return this.tally.add(`held for ${nameOfOther(who)}, names`);
		const example = { ...this.exampleOf(question), verdict } as IDataObject;
		this.tally.add(`held for ${nameOfOther(who)}, unexplained`, example);
	}

	/** A template was let through or held back. */
	template(question: Question, books: Books, category: Category, verdict: Verdict): void {
		const { tally } = this;
		tally.add(`${category} decisions`);
		if (verdict.allowed) this.templateSent(question, books, category, verdict);
		else this.templateHeldBack(question, category, verdict);
	}

	private templateSent(
		question: Question,
		books: Books,
		category: Category,
		verdict: Verdict,
	): void {
		const { tally } = this;
		const { localMs } = question;
		const known = this.told('known', question);
		const may = (told: Told) => mayGet(category, told, localMs);
		const example = { ...this.exampleOf(question), category, verdict } as IDataObject;
		if (may(known)) {
			// The 'no' was told, and the process ended before n8n could save it.
			if (!may(this.told('ever', question))) {
				return tally.add(`${category} against a no that was lost`);
			}
			const stopped = category === 'marketing' && books.marketingStopped;
			return tally.add(stopped ? 'marketing before the stop was told' : `${category} sent`);
		}
		if (may(this.told('ever', question))) return tally.add(`${category} sent`);
		const isMixed = may(joined(known, this.mixedWith(question)));
		const isUnread = !this.rowsRead.has(question.number);
		if (forbids(category, known, localMs)) {
			if (isMixed) return tally.add(`${category} against consent, mixed up before it was told`);
			if (!isUnread) return tally.add(`${category} against consent`, example);
			const isSaid = category !== 'marketing' && verdict.reason === 'consentUncertain';
			if (isSaid && !this.canWake) return tally.add(`${category} sent, said to be uncertain`);
			return tally.add(`${category} against consent after a start`, example);
		}
		const generous = (which: Which) => this.toldOf(which, question.holder, question.number, true);
		if (may(generous('ever'))) return tally.add(`${category} sent`);
		if (may(generous('known'))) return tally.add(`${category} against a no that was lost`);
		if (isMixed) return tally.add("marketing by another's opt-in, untold");
		const others = this.othersOf(question.holder, question.number);
		const theirs = others.reduce((sum, { told }) => joined(sum, told), known);
		if (theirs.words.some(({ says }) => says === 'yes')) {
			return tally.add("marketing by another's opt-in", example);
		}
		tally.add('marketing without an opt-in', example);
	}

	private templateHeldBack(question: Question, category: Category, verdict: Verdict): void {
		const { tally } = this;
		const { localMs, number } = question;
		const known = this.told('known', question);
		const may = (told: Told) => mayGet(category, told, localMs);
		const example = { ...this.exampleOf(question), category, verdict } as IDataObject;
		const ever = this.toldOf('ever', question.holder, number, true);
		if (!may(this.told('ever', question)) || forbids(category, ever, localMs)) {
			return tally.add(`${category} held back`);
		}
		if (!question.isHeld) return tally.add('held back from a name that was given up');
		if (!may(known)) return tally.add(`${category} held back after a loss`);
		if (!this.rowsRead.has(number)) {
			const isSaid = verdict.reason === 'consentUncertain' && !this.canWake;
			if (isSaid) return tally.add(`${category} held back, said to be uncertain`);
			return tally.add(`${category} held back after a start`, example);
		}
		if (!may(joined(known, this.cautionAbout(question)))) {
			return tally.add(`${category} held back by the no of an earlier holder`);
		}
		const isMixedUp =
			!may(this.withoutEarly(known, question)) || !may(joined(known, this.mixedWith(question)));
		if (isMixedUp) return tally.add(`${category} held back, mixed up before it was told`);
		tally.add(`${category} held back, unexplained`, example);
	}

	/** What is known of whom the business asks about, under all names that are known to be one's. */
	private told(which: Which, { holder, number }: Question): Told {
		return this.toldOf(which, holder, number);
	}

	/**
	 * What holds for all numbers follows a contact to whom any of them was told of a new name; that
	 * two names are one's is known to the number which was told so.
	 *
	 * @param isGenerous as if every number knew what one was told
	 */
	private toldOf(
		which: Which,
		{ person, era, kind }: Holder,
		number: string,
		isGenerous = false,
	): Told {
		const name = nameOf(era, kind);
		const knowledge = this.recordOf(person, number)[which];
		const records = this.records.get(person) ?? new Map<string, Record>();
		const ofAll = [...records.values()].flatMap((record) => record[which].pairs);
		const all = isGenerous ? ofAll : [...knowledge.pairs, ...ofAll.filter(isChange)];
		const own = toldOf(knowledge, namesWith(isGenerous ? { pairs: all } : knowledge, name));
		const forAll = records.get(ALL);
		return forAll ? joined(own, toldOf(forAll[which], namesWith({ pairs: all }, name))) : own;
	}

	// ---- names that were somebody else's, or are by now ----

	/** Who had a name before or after its holder, and whether the business was told that it is two. */
	private othersOf(holder: Holder, number: string) {
		if (!holder.person.isSpecial) return [];
		// A holder's name may be shared though the business used the other one.
		return this.directory.othersOf(holder).map((other) => ({
			holder: other,
			isTold: this.isToldApart(other, holder, number),
			isEarlier: startOf(other) < startOf(holder),
			told: this.allOf('known', other, number),
		}));
	}

	/** Whether it was told that a name is no longer the person's. */
	private isChangeTold({ person, era, kind }: Holder, number: string): boolean {
		const { known } = this.recordOf(person, number);
		const names = namesWith(known, nameOf(era, kind));
		const isOld = (name: Name) => names.includes(name) && eraOf(name) === era;
		return known.pairs.some((pair) => isChange(pair) && pair.some(isOld));
	}

	private isToldApart(a: Holder, b: Holder, number: string): boolean {
		const [earlier, later] = startOf(a) < startOf(b) ? [a, b] : [b, a];
		const before = this.recordOf(earlier.person, number).known;
		const after = this.recordOf(later.person, number).known;
		// Whoever gets a new user ID may have kept the number, unless that is told too.
		const isReported = before.pairs.some(
			(pair) => isChange(pair) && pair.includes(nameOf(earlier.era, 'phone')),
		);
		const areTwo = isPairIn(before, earlier.era) && isPairIn(after, later.era);
		return isReported || areTwo;
	}

	/** Everything told of somebody under the names of an era, together or not. */
	private allOf(which: Which, { person, era }: Holder, number: string): Told {
		const kinds = ['phone', 'userId'] as const;
		return kinds
			.map((kind) => this.toldOf(which, { person, era, kind }, number))
			.reduce(joined, NOTHING);
	}

	/**
	 * Notes what has been mixed up until now, when the business is told that two are two; and what was
	 * told under a number alone that was another's before, when it is told of its user ID.
	 *
	 * @param prior what was known of this person before
	 */
	private noteToldApart(person: Person, number: string, prior: Knowledge): void {
		const own = person.eras.map((_era, era): Holder => ({ person, era, kind: 'phone' }));
		for (const holder of own) {
			for (const other of this.directory.othersOf(holder)) {
				const isLater = startOf(other) < startOf(holder);
				const [earlier, later] = isLater ? [other, holder] : [holder, other];
				const known = isLater ? prior : this.recordOf(later.person, number).known;
				const before = () => {
					const forAll = this.recordOf(later.person, ALL).known;
					const name = [nameOf(later.era, 'phone')];
					return joined(toldOf(known, name), toldOf(forAll, name));
				};
				const isPair = isPairIn(this.recordOf(later.person, number).known, later.era);
				if (isPair && this.isFirst(later.person, `${number} pair`)) {
					addTo(this.early, later.person, number, before());
				}
				const isApart = this.isToldApart(earlier, later, number);
				if (!isApart || !this.isFirst(later.person, number)) continue;
				addTo(this.early, later.person, number, before());
				addTo(this.mixed, earlier.person, number, before());
				addTo(this.caution, later.person, number, this.allOf('known', earlier, number));
			}
		}
	}

	private isFirst(person: Person, what: string): boolean {
		const known = this.toldApart.get(person) ?? new Set<string>();
		this.toldApart.set(person, known);
		return !known.has(what) && Boolean(known.add(what));
	}

	/** What may count for whom the business asks about, because nobody told that it is another's. */
	private mixedWith({ holder, number }: Question): Told {
		return this.othersOf(holder, number)
			.filter(({ isTold }) => !isTold)
			.reduce(
				(sum, { told }) => joined(sum, told),
				this.mixed.get(holder.person)?.get(number) ?? NOTHING,
			);
	}

	/** What is known, but for what counted for somebody else when it was told. */
	private withoutEarly(known: Told, { holder, number }: Question): Told {
		const early = this.early.get(holder.person)?.get(number);
		if (!early) return known;
		const isEarly = (at: number, earlyAt: number) => at > 0 && at <= earlyAt;
		return {
			...known,
			inboundAt: isEarly(known.inboundAt, early.inboundAt) ? 0 : known.inboundAt,
			words: known.words.filter((word) => !early.words.some((one) => isSame(one, word))),
		};
	}

	/**
	 * The 'no' of whoever had the number before may go on: that errs on the safe side. It may have been
	 * said after that, as long as nobody had told that the number is another's.
	 */
	private cautionAbout({ holder, number }: Question): Told {
		const before = this.caution.get(holder.person)?.get(number)?.words ?? [];
		const words = this.othersOf(holder, number)
			.filter(({ isEarlier }) => isEarlier)
			.flatMap((other) => {
				const end = other.holder.person.eras[other.holder.era + 1]?.fromMs ?? Infinity;
				return other.told.words.filter(({ at }) => at * 1000 <= end);
			});
		return { ...NOTHING, words: [...words, ...before].filter(({ says }) => says === 'no') };
	}

	private recordOf(person: Person, number: string): Record {
		let records = this.records.get(person);
		if (!records) this.records.set(person, (records = new Map<string, Record>()));
		let record = records.get(number);
		if (!record) {
			record = { known: IGNORANCE, saved: IGNORANCE, ever: IGNORANCE };
			records.set(number, record);
		}
		return record;
	}

	private exampleOf({ holder, isHeld, number, trueMs, localMs }: Question) {
		const { person, era, kind } = holder;
		const of = (which: Which, key: string) => {
			const { told, pairs } = this.recordOf(person, key)[which];
			return { told: Object.fromEntries(told), pairs };
		};
		return {
			person: { eras: person.eras, report: person.report },
			by: nameOf(era, kind),
			isHeld,
			number,
			now: trueMs / 1000,
			local: localMs / 1000,
			process: this.processSinceMs / 1000,
			isRead: this.rowsRead.has(number),
			known: of('known', number),
			forAll: of('known', ALL),
			others: this.othersOf(holder, number).map(({ holder: other, ...rest }) => ({
				...rest,
				eras: other.person.eras,
			})),
		};
	}
}

function nameOfOther(who: Other): string {
	return who === 'person' ? 'a person' : 'another responder';
}

function startOf({ person, era }: Holder): number {
	return person.eras[era].fromMs;
}

/** Whether it was told that the number and the user ID of an era are one contact's. */
function isPairIn({ pairs }: Knowledge, era: number): boolean {
	return pairs.some((pair) => pair.every((name) => eraOf(name) === era));
}

function isChange([one, other]: readonly [Name, Name]): boolean {
	return eraOf(one) !== eraOf(other);
}

function eraOf(name: Name): number {
	return Number(name.split(' ')[0]);
}

function addTo(
	all: Map<Person, Map<string, Told>>,
	person: Person,
	number: string,
	told: Told,
): void {
	const own = all.get(person) ?? new Map<string, Told>();
	own.set(number, joined(own.get(number) ?? NOTHING, told));
	all.set(person, own);
}
