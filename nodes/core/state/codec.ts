import { contactText, readContactText } from './contactText';
import { HASH_CHARS } from './hash';
import type { Replica } from './replica';

/**
 * The saved form of a replica: one text per business number, because n8n wraps every object in
 * static data in a proxy and rewrites all of it at each save.
 *
 *     2.<writer>.<revision>~<phones>~<users>~<pairs>~<forgotten>~<others>
 *
 * - phones, users, pairs: the tables of contacts of whom little is known, as most are
 * - forgotten: per identifier its hash (8 characters) and the time in base 36, `;` between them
 * - others: contacts of whom more is known, `;` between them
 */
const VERSION = '2';

/** Who wrote a saved text, and how far it goes. */
export interface Stamp {
	/** Differs for every process that ever wrote. */
	writer: string;
	/** Grows with every change of the writer's replica. */
	revision: number;
}

/** The stamp of a saved text; undefined when the text is none of this codec's. */
export function readStamp(text: string): Stamp | undefined {
	const [, writer, revision] = /^2\.([\w-]+)\.([0-9a-z]+)~/.exec(text.slice(0, 64)) ?? [];
	return writer ? { writer, revision: parseInt(revision, 36) } : undefined;
}

/** Packs all that a replica keeps into one text. */
export function encode(
	replica: Pick<Replica, 'packedTexts' | 'forgotten' | 'others'>,
	{ writer, revision }: Stamp,
): string {
	const forgotten = Array.from(replica.forgotten(), ([hash, at]) => hash + at.toString(36));
	return [
		[VERSION, writer, revision.toString(36)].join('.'),
		...replica.packedTexts(),
		forgotten.join(';'),
		Array.from(replica.others(), contactText).join(';'),
	].join('~');
}

/**
 * Joins what a text holds into a replica. What cannot be read is left out: a damaged snapshot must
 * not stop a workflow.
 */
export function decodeInto(
	replica: Pick<Replica, 'joinPacked' | 'joinForgotten' | 'joinContact'>,
	text: string,
): void {
	if (!readStamp(text)) return;
	const [, phones, users = '', pairs = '', forgotten = '', others = ''] = text.split('~');
	// First, so that nobody comes back for a moment.
	replica.joinForgotten(forgotten.split(';').flatMap(readForgotten));
	replica.joinPacked([phones, users, pairs]);
	for (const other of others.split(';')) {
		const contact = readContactText(other);
		if (contact) replica.joinContact(contact);
	}
}

function readForgotten(text: string): Array<[hash: string, at: number]> {
	const at = parseInt(text.slice(HASH_CHARS), 36);
	return at > 0 ? [[text.slice(0, HASH_CHARS), at]] : [];
}
