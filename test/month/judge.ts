import type { IDataObject } from 'n8n-workflow';

import type { NameKind, Person } from './people';

/*
 * What the business can have learned from the deliveries it took, and what must follow from it.
 * Written without a line of the package, as the simulator's books are. Times are epoch seconds, as
 * Meta gives them, unless their names say otherwise.
 */

const DAY = 86_400;
const MARGIN = 60;

/** For so long after the last news of somebody the business is held to know that names are one. */
const LINK_KEPT = 90 * DAY;

/** By how much the clocks of Meta and of the business may differ. */
const SKEW = 5;

/** The newest word of a contact about something; of two in one second the 'no' counts. */
interface Word {
	at: number;
	says: 'yes' | 'no';
}

/** What was told about a contact under one name. */
interface Told {
	inboundAt: number;
	/** When the message was sent that was refused because the window was closed. */
	refusedAt: number;
	/** When the failed status of it came about. */
	refusalToldAt: number;
	limitedAt: number;
	everything?: Word;
	marketing?: Word;
	/** In WhatsApp itself. */
	atMeta?: Word;
}

export type News = Partial<Told>;

const NOTHING: Told = { inboundAt: 0, refusedAt: 0, refusalToldAt: 0, limitedAt: 0 };

/** A contact by both names. */
interface Knowledge {
	phone: Told;
	userId: Told;
	/** A message or call that counts had both, so that they are one person. */
	isLinked: boolean;
	/** That was long ago, and nothing has been heard since. */
	isForgotten: boolean;
	/** Anything at all had both: a status, a reaction. */
	wasSeenTogether: boolean;
}

/** Whose names are taken for one person's: who was linked of late, ever, or seen together at all. */
type View = 'fresh' | 'linked' | 'together';

const IGNORANCE: Knowledge = {
	phone: NOTHING,
	userId: NOTHING,
	isLinked: false,
	isForgotten: false,
	wasSeenTogether: false,
};

interface Record {
	/** As of now, in this process. */
	known: Knowledge;
	/** What a row must hold. */
	saved: Knowledge;
	/** Everything ever told, crash or no crash. */
	ever: Knowledge;
}

/** Why a window that was open was taken for one that is not. Nothing else is permitted. */
export type Cause =
	/** In the last minute. */
	| 'margin'
	/** The message that opened it had not been delivered. */
	| 'late'
	/** A crash took what was not saved, or the row had not been read since the start. */
	| 'loss'
	/** It is open under the contact's other name, and only a status or a reaction had both. */
	| 'unlinked'
	/** It is open under the contact's other name, and nothing was heard of them for a week between. */
	| 'forgotten'
	| 'unexplained';

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

/** Who was asked about, by which name, and when by both clocks (epoch milliseconds). */
export interface Question {
	person: Person;
	by: NameKind;
	trueMs: number;
	localMs: number;
}

/** The window by the books: when the contact last wrote or called, epoch milliseconds. */
export interface Books {
	lastInboundAtMs?: number;
	marketingStopped?: boolean;
}

/** What the node made of a message, as its item shows it. */
export interface Verdict {
	allowed: boolean;
	reason: string;
	window: { state?: string; openedAt?: string | null };
}

export class Judge {
	readonly tally = new Tally();

	private readonly records = new Map<Person, Record>();

	private readonly unsaved = new Set<Person>();

	/** IDs of the messages that started the workflow. */
	private readonly started = new Set<string>();

	private readonly startedUnsaved = new Set<string>();

	private processSinceMs = 0;

	/** Whether this process has seen the inbox workflow's row. */
	private hasReadRow = false;

	/** A delivery that the business acknowledged, or an answer of the API, tells news of a contact. */
	learn(person: Person, names: { [name in NameKind]: boolean }, news: News, nowMs: number): void {
		const record = this.recordOf(person);
		record.known = joined(record.known, names, news, nowMs / 1000);
		record.ever = joined(record.ever, names, news, nowMs / 1000);
		this.unsaved.add(person);
	}

	/** Whether a delivery ever named the contact so. */
	hasHeardOf(person: Person, name: NameKind): boolean {
		const { ever } = this.recordOf(person);
		return ever[name] !== NOTHING;
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

	rowRead(): void {
		this.hasReadRow = true;
	}

	/** n8n has had its chance to save what was told of somebody: no crash may take it any more. */
	keep({ person, messageId }: { person: Person; messageId?: string }): void {
		const record = this.recordOf(person);
		record.saved = record.known;
		this.unsaved.delete(person);
		if (messageId !== undefined) this.startedUnsaved.delete(messageId);
	}

	/** The process is gone, with everything that was not saved. */
	processEnded(): void {
		for (const person of this.unsaved) {
			const record = this.recordOf(person);
			record.known = record.saved;
		}
		this.unsaved.clear();
		for (const id of this.startedUnsaved) this.started.delete(id);
		this.startedUnsaved.clear();
	}

	processStarted(nowMs: number): void {
		this.processSinceMs = nowMs;
		this.hasReadRow = false;
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
			const isRefused = known.refusedAt >= lastInboundAt && this.hasReadRow;
			if (!isOpen) return tally.add('sent outside', example);
			if (!isRefused) return tally.add('sent inside');
			const isClear = known.refusedAt > lastInboundAt + SKEW;
			return tally.add(`sent against a refusal${isClear ? '' : ', clocks apart'}`, example);
		}
		if (!isOpen) return tally.add('held back outside');
		const ever = this.told('ever', question, 'together');
		if (ever.refusedAt >= lastInboundAt) return tally.add('held back after a refusal');

		const cause = this.causeOf(question, lastInboundAt);
		// Who has lost something does not know, and must not say that nobody wrote.
		const saysNobodyWrote = verdict.window.state === 'closed' && !verdict.window.openedAt;
		const isSure = saysNobodyWrote && verdict.reason !== 'windowClosedByProvider';
		if (cause === 'loss' && isSure) tally.add('sure after a loss', example);
		const isFine = ['margin', 'late', 'loss'].includes(cause);
		tally.add(`held back inside: ${cause}`, isFine ? undefined : example);
	}

	private causeOf(question: Question, lastInboundAt: number): Cause {
		const localSeconds = Math.floor(question.localMs / 1000);
		const isInTime = (at: number) => localSeconds < at + DAY - MARGIN;
		const seemsOpen = ({ inboundAt, refusedAt }: Told) =>
			inboundAt > refusedAt && isInTime(inboundAt);
		const known = this.told('known', question);
		// Where the send is forgotten, the status's own time counts as that of the refusal.
		const isForgotten = known.refusedAt * 1000 < this.processSinceMs;
		const hasLost = !this.hasReadRow || (isForgotten && known.refusalToldAt >= lastInboundAt);

		if (!isInTime(lastInboundAt)) return 'margin';
		if (seemsOpen(known)) return hasLost ? 'loss' : 'unexplained';
		if (seemsOpen(this.told('known', question, 'linked'))) return 'forgotten';
		if (seemsOpen(this.told('known', question, 'together'))) return 'unlinked';
		return seemsOpen(this.told('ever', question, 'together')) ? 'loss' : 'late';
	}

	/** A template was let through or held back. */
	template(
		question: Question,
		books: Books,
		category: 'marketing' | 'utility',
		verdict: Verdict,
	): void {
		const { tally } = this;
		tally.add(`${category} decisions`);
		const may = (which: keyof Record, view: View) =>
			mayGet(category, this.told(which, question, view), question);
		const example = { ...this.exampleOf(question), category, verdict } as IDataObject;
		const hasLost = !this.hasReadRow;
		const mayBest = may('known', 'together');
		const mayEver = may('ever', 'together');
		const [mayFresh, mayLinked] = [may('known', 'fresh'), may('known', 'linked')];
		if (verdict.allowed) {
			if (!mayBest && !hasLost) {
				const gap = mayLinked ? ', unlinked' : mayFresh ? ', forgotten' : '';
				return tally.add(`${category} against consent${gap}`, example);
			}
			if (!mayEver) return tally.add(`${category} against consent after a loss`);
			const stopped = category === 'marketing' && books.marketingStopped;
			return tally.add(stopped ? 'marketing before the stop was told' : `${category} sent`);
		}
		if (!mayEver) return tally.add(`${category} held back`);
		if (!mayBest || hasLost) return tally.add(`${category} held back after a loss`);
		const gap = !mayLinked ? 'unlinked' : mayFresh ? 'unexplained' : 'forgotten';
		return tally.add(`${category} held back, ${gap}`, example);
	}

	private told(which: keyof Record, question: Question, view: View = 'fresh'): Told {
		const knowledge = this.recordOf(question.person)[which];
		const { phone, userId, isLinked, isForgotten, wasSeenTogether } = knowledge;
		const both = join(phone, userId);
		const isOne = {
			fresh: isLinked && !isForgotten && isKept(both, question.localMs / 1000),
			linked: isLinked,
			together: wasSeenTogether,
		}[view];
		return isOne ? both : knowledge[question.by];
	}

	private recordOf(person: Person): Record {
		let record = this.records.get(person);
		if (!record) {
			record = { known: IGNORANCE, saved: IGNORANCE, ever: IGNORANCE };
			this.records.set(person, record);
		}
		return record;
	}

	private exampleOf({ person, by, trueMs, localMs }: Question) {
		const { phone, otherPhone, userId } = person;
		return {
			person: { phone, otherPhone, userId },
			by,
			now: trueMs / 1000,
			local: localMs / 1000,
			process: this.processSinceMs / 1000,
			...this.recordOf(person),
		};
	}
}

function joined(
	knowledge: Knowledge,
	names: { [name in NameKind]: boolean },
	news: News,
	now: number,
): Knowledge {
	const more = { ...NOTHING, ...news };
	const together = names.phone && names.userId;
	const links = together && Object.keys(news).length > 0;
	const isForgotten =
		knowledge.isForgotten ||
		(knowledge.isLinked && !isKept(join(knowledge.phone, knowledge.userId), now));
	return {
		phone: names.phone ? join(knowledge.phone, more) : knowledge.phone,
		userId: names.userId ? join(knowledge.userId, more) : knowledge.userId,
		isLinked: knowledge.isLinked || links,
		isForgotten: isForgotten && !links,
		wasSeenTogether: knowledge.wasSeenTogether || together,
	};
}

/** Whether it is recent, or a word about consent, which is never forgotten. */
function isKept(told: Told, now: number): boolean {
	const latest = Math.max(told.inboundAt, told.refusedAt, told.limitedAt);
	const hasSpoken = told.everything ?? told.marketing ?? told.atMeta;
	return hasSpoken !== undefined || now < latest + LINK_KEPT - MARGIN;
}

function join(a: Told, b: Told): Told {
	return {
		inboundAt: Math.max(a.inboundAt, b.inboundAt),
		refusedAt: Math.max(a.refusedAt, b.refusedAt),
		refusalToldAt: Math.max(a.refusalToldAt, b.refusalToldAt),
		limitedAt: Math.max(a.limitedAt, b.limitedAt),
		everything: newer(a.everything, b.everything),
		marketing: newer(a.marketing, b.marketing),
		atMeta: newer(a.atMeta, b.atMeta),
	};
}

function newer(a?: Word, b?: Word): Word | undefined {
	if (!a || !b) return a ?? b;
	if (a.at === b.at) return a.says === 'no' ? a : b;
	return a.at > b.at ? a : b;
}

/** Whether a template of this category may go to somebody of whom this is known. */
function mayGet(category: 'marketing' | 'utility', told: Told, { localMs }: Question): boolean {
	if (category === 'utility') return told.everything?.says !== 'no';
	if (told.atMeta?.says === 'no') return false;
	if (localMs / 1000 < told.limitedAt + DAY) return false;
	// A word at Meta that it may go on lifts the stop there; it is no opt-in.
	return newer(told.everything, told.marketing)?.says === 'yes';
}
