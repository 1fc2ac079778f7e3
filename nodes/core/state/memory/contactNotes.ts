import { BoundedMap } from '../../boundedMap';
import { wellFormed } from '../../characters';
import { fingerprintOf } from '../fingerprint';

import { keyOf } from './idRecord';
import { RETENTION_SECONDS } from './pruning';

/** What is good to know of a contact, and decides nothing. Times are epoch seconds; 0: never. */
export interface ContactNote {
	/** Profile name; '' when it is not known. */
	name: string;
	/** When the contact had that name. */
	namedAt: number;
	/** The latest message to the contact: of this package, or of a colleague in the app. */
	writtenToAt: number;
}

const NOTHING: ContactNote = { name: '', namedAt: 0, writtenToAt: 0 };

/** Contacts of a business number with a note: those noted last. */
const MOST_NOTED = 2_000;

/** Longer names are cut. WhatsApp allows 25 characters today. */
const MOST_NAME_CHARS = 60;

/**
 * Notes on the latest contacts of one business number. They join like facts, but their number is bound,
 * so that they cost a row little: whoever is not found is just not described as well.
 */
export class ContactNotes {
	/** Counts changes, so that savers know whether there is something new. */
	revision = 0;

	/** By the hash of an identifier. */
	private readonly notes = new BoundedMap<string, ContactNote>(MOST_NOTED);
	private text?: { revision: number; settledAt: number; text: string };

	/** @param erasedAt by the hash of an identifier, when its contact was forgotten; epoch seconds */
	constructor(private readonly erasedAt: ReadonlyMap<string, number>) {}

	/** @param id the contact's user ID, or the phone number where no user ID is known */
	put(id: string, note: Partial<ContactNote>): void {
		this.join(fingerprintOf(keyOf(id)), { ...NOTHING, ...note });
	}

	/** @param ids all identifiers of the contact that are known */
	of(ids: readonly string[]): ContactNote {
		return ids
			.map((id) => this.notes.get(fingerprintOf(keyOf(id))) ?? NOTHING)
			.reduce(joined, NOTHING);
	}

	/** Drops of a contact what is no younger than its erasure. @param hash of an identifier */
	erase(hash: string): void {
		const note = this.notes.get(hash);
		if (!note) return;
		const left = this.unerased(hash, note);
		if (isNothing(left)) this.notes.delete(hash);
		else this.notes.set(hash, left);
		this.revision++;
	}

	/**
	 * All notes as a text, for {@link joinText}: fields with tabs between them, contacts with line breaks.
	 *
	 * @param settledAt what is much older is left out; epoch seconds
	 */
	textAt(settledAt: number): string {
		const { revision } = this;
		if (this.text?.revision === revision && this.text.settledAt === settledAt)
			return this.text.text;
		const kept = [...this.notes].filter(
			([, { namedAt, writtenToAt }]) =>
				Math.max(namedAt, writtenToAt) >= settledAt - RETENTION_SECONDS,
		);
		const text = kept
			.map(([hash, { name, namedAt, writtenToAt }]) =>
				[hash, namedAt.toString(36), writtenToAt.toString(36), name].join('\t'),
			)
			.join('\n');
		this.text = { revision, settledAt, text };
		return text;
	}

	/** Joins what {@link textAt} gave elsewhere, however old or damaged it is. */
	joinText(text: string): void {
		for (const line of text.split('\n')) {
			const [hash, namedAt, writtenToAt, name = ''] = line.split('\t');
			if (!/^[\w-]{8}$/.test(hash)) continue;
			this.join(hash, {
				name,
				namedAt: parseInt(namedAt, 36) || 0,
				writtenToAt: parseInt(writtenToAt, 36) || 0,
			});
		}
	}

	private join(hash: string, told: ContactNote): void {
		const known = this.notes.get(hash) ?? NOTHING;
		const after = joined(known, this.unerased(hash, tidy(told)));
		if (isSame(known, after)) return;
		this.notes.set(hash, after);
		this.revision++;
	}

	private unerased(hash: string, { name, namedAt, writtenToAt }: ContactNote): ContactNote {
		const at = this.erasedAt.get(hash) ?? 0;
		return {
			...(namedAt > at ? { name, namedAt } : { name: '', namedAt: 0 }),
			writtenToAt: writtenToAt > at ? writtenToAt : 0,
		};
	}
}

/** Without what separates notes from each other. */
function tidy({ name, namedAt, writtenToAt }: ContactNote): ContactNote {
	const line = wellFormed(name.replace(/\s+/g, ' ').trim());
	const cut = [...line].slice(0, MOST_NAME_CHARS).join('').trim();
	return { name: cut, namedAt: cut === '' ? 0 : namedAt, writtenToAt };
}

/** Commutative, associative and idempotent. */
function joined(a: ContactNote, b: ContactNote): ContactNote {
	const isNewer = b.namedAt > a.namedAt || (b.namedAt === a.namedAt && b.name > a.name);
	const { name, namedAt } = isNewer ? b : a;
	return { name, namedAt, writtenToAt: Math.max(a.writtenToAt, b.writtenToAt) };
}

function isSame(a: ContactNote, b: ContactNote): boolean {
	return a.name === b.name && a.namedAt === b.namedAt && a.writtenToAt === b.writtenToAt;
}

function isNothing(note: ContactNote): boolean {
	return isSame(note, NOTHING);
}
