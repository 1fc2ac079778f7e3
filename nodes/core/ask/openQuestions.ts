import { canonicalPhone } from '../conversation/contact';
import { isObject } from '../isObject';
import { fingerprintOf } from '../state/fingerprint';

import { questionKey, readReference, writeReference, type Waiting } from './reference';

/** What answers a question: anything that the contact sends, a place, or a filled form. */
export type AnswerKind = 'any' | 'location' | 'form';

/** A question that no tap answers, so that it has to be remembered whom it was put to. */
export interface AwaitedAnswer {
	waiting: Waiting;
	kind: AnswerKind;
	/** Of the message that asked, see {@link fingerprintOf}: an answer may quote it. */
	messageHash: string;
	/** Epoch seconds. */
	askedAt: number;
	until: number;
}

/** For how long a question may be answered without a tap: as long as rows keep what they have seen. */
export const MOST_SECONDS = 7 * 86_400;

/** How many of one contact are kept, the newest. */
const MOST_KEPT = 10;

const KINDS: Record<string, AnswerKind> = { a: 'any', f: 'form', l: 'location' };

/** An entry that is over: from then on it is, whatever other copies say. */
const OVER = '!';

const ENTRY = /^\?([\da-z]+)_([\da-z]+)_([afl])_([\w-]{8})_(.+)$/;

/** An answered or open question of a contact, as it is stored. */
interface Entry {
	/** When it is forgotten, epoch seconds. */
	until: number;
	text: string;
}

/**
 * The questions of one business number that wait for something without a way back of its own: free
 * text, a file, a place. By contact, the newest first; joins are commutative and idempotent, and what
 * is over stays over.
 */
export class OpenQuestions {
	/** Counts changes, so that savers know whether there is something new. */
	revision = 0;

	/** By the hash of an identifier, by the hash of the question. */
	private readonly contacts = new Map<string, Map<string, Entry>>();

	/** @param ids all identifiers of the contact that are known */
	put(ids: readonly string[], question: AwaitedAnswer): void {
		for (const id of ids) this.joinEntry(keyHash(id), textOf(question));
	}

	/** @param until by when nobody asks for it any more, epoch seconds */
	close(ids: readonly string[], waiting: Waiting, until: number): void {
		const text = `${OVER}${until.toString(36)}_${fingerprintOf(questionKey(waiting))}`;
		for (const id of ids) this.joinEntry(keyHash(id), text);
	}

	/** A question that was answered, or for which nobody waits, is over, if it was one of these. */
	closeIfKnown(ids: readonly string[], waiting: Waiting, now: number): void {
		const key = questionKey(waiting);
		const known = this.of(ids, now).find((one) => questionKey(one.waiting) === key);
		if (known) this.close(ids, waiting, known.until);
	}

	/** Whether none was put lately. */
	get isEmpty(): boolean {
		return this.contacts.size === 0;
	}

	/** All questions of a contact are over, who has been forgotten. */
	closeAll(ids: readonly string[], now: number): void {
		for (const { waiting, until } of this.of(ids, now)) this.close(ids, waiting, until);
	}

	/**
	 * The questions that wait for a contact's answer, the newest first.
	 *
	 * @param now epoch seconds
	 */
	of(ids: readonly string[], now: number): AwaitedAnswer[] {
		return this.textsOf(ids)
			.map(questionIn)
			.filter((question) => question !== undefined)
			.filter(({ waiting, until }) => until > now && !this.isOver(ids, waiting))
			.sort((one, other) => other.askedAt - one.askedAt);
	}

	/** What is stored of a contact, with a space between the entries; '' when nothing is. */
	textOf(ids: readonly string[]): string {
		return this.textsOf(ids).sort().join(' ');
	}

	/** Joins what {@link textOf} gave elsewhere, among other words. */
	joinText(ids: readonly string[], text: string): void {
		for (const word of text.split(' ')) {
			for (const id of ids) this.joinEntry(keyHash(id), word);
		}
	}

	/**
	 * All of them, for {@link join}; what is over by now is left out.
	 *
	 * @param now epoch seconds
	 */
	record(now: number): Record<string, string> {
		const record: Record<string, string> = {};
		for (const [contact, entries] of this.contacts) {
			for (const [id, { until }] of entries) if (until <= now) entries.delete(id);
			if (entries.size === 0) this.contacts.delete(contact);
			else record[contact] = Array.from(entries.values(), ({ text }) => text).join(' ');
		}
		return record;
	}

	/** Joins what {@link record} gave elsewhere, however old or damaged it is. */
	join(record: unknown): void {
		if (!isObject(record)) return;
		for (const [contact, text] of Object.entries(record)) {
			for (const word of String(text).split(' ')) this.joinEntry(contact, word);
		}
	}

	/** The entries of a contact, each once, whatever number of its identifiers has it. */
	private textsOf(ids: readonly string[]): string[] {
		const entries = ids.flatMap((id) => [...(this.contacts.get(keyHash(id))?.values() ?? [])]);
		return [...new Set(entries.map(({ text }) => text))];
	}

	private joinEntry(contact: string, text: string): void {
		const read = entryIn(text);
		if (!read) return;
		const { id, until } = read;
		const entries = this.contacts.get(contact) ?? new Map<string, Entry>();
		const known = entries.get(id);
		if (known && !isLater(text, known.text)) return;
		entries.set(id, { until, text });
		this.contacts.set(contact, entries);
		if (entries.size > MOST_KEPT) dropOldest(entries);
		this.revision++;
	}

	private isOver(ids: readonly string[], waiting: Waiting): boolean {
		const hash = fingerprintOf(questionKey(waiting));
		return ids.some((id) => this.contacts.get(keyHash(id))?.get(hash)?.text.startsWith(OVER));
	}
}

function keyHash(id: string): string {
	return fingerprintOf(canonicalPhone(id));
}

function textOf({ waiting, kind, messageHash, askedAt, until }: AwaitedAnswer): string {
	const letter = Object.keys(KINDS).find((key) => KINDS[key] === kind) ?? 'a';
	const way = writeReference(waiting, '', Infinity);
	return `?${askedAt.toString(36)}_${until.toString(36)}_${letter}_${messageHash}_${way}`;
}

function questionIn(text: string): AwaitedAnswer | undefined {
	const [, askedAt, until, letter, messageHash, way] = ENTRY.exec(text) ?? [];
	const reference = way === undefined ? undefined : readReference(way);
	if (!reference) return undefined;
	const { executionId, nodeId, signature, binding } = reference;
	return {
		waiting: { executionId, nodeId, signature, binding },
		kind: KINDS[letter],
		messageHash,
		askedAt: parseInt(askedAt, 36),
		until: parseInt(until, 36),
	};
}

function entryIn(text: string): { id: string; until: number } | undefined {
	const [, until, id] = /^!([\da-z]+)_([\w-]{8})$/.exec(text) ?? [];
	if (id !== undefined) return { id, until: parseInt(until, 36) };
	const question = questionIn(text);
	return question && { id: fingerprintOf(questionKey(question.waiting)), until: question.until };
}

/** What is over goes before what is open; else the greater text, so that order does not matter. */
function isLater(text: string, known: string): boolean {
	if (text.startsWith(OVER) !== known.startsWith(OVER)) return text.startsWith(OVER);
	return text > known;
}

/** The one that ends first; of two, the smaller text. */
function dropOldest(entries: Map<string, Entry>): void {
	const [[oldest]] = [...entries].sort(
		([, a], [, b]) => a.until - b.until || (a.text < b.text ? -1 : 1),
	);
	entries.delete(oldest);
}
