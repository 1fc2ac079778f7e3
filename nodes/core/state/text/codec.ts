import { FINGERPRINT_CHARS } from '../fingerprint';
import { oldUsersIn } from '../memory/packedContacts';
import type { Replica } from '../memory/replica';

import { readRecordText, recordText } from './contactText';
import { readOldContact } from './oldContact';

/**
 * The saved form of a replica: one text per business number, because n8n wraps every object in
 * static data in a proxy and rewrites all of it at each save.
 *
 *     3.<writer>.<revision>~<phones>~<users>~<forgotten>~<others>
 *
 * - phones, users: the tables of contacts of whom little is known, as most are
 * - forgotten: per identifier its hash (8 characters) and the time in base 36, `;` between them
 * - others: the identifiers of which more is known, `;` between them
 *
 * Version 0.1.0 wrote form 2, with a table more: users with one time only, and pairs.
 */
const VERSION = '3';
const OLD_VERSION = '2';

/** Who wrote a saved text, and how far it goes. */
export interface Stamp {
	/** Differs for every process that ever wrote. */
	writer: string;
	/** Grows with every change of the writer's replica. */
	revision: number;
}

/** The stamp of a saved text; undefined when the text is none of this codec's. */
export function readStamp(text: string): Stamp | undefined {
	const [, writer, revision] = /^[23]\.([\w-]+)\.([0-9a-z]+)~/.exec(text.slice(0, 64)) ?? [];
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
		Array.from(replica.others(), recordText).join(';'),
	].join('~');
}

/**
 * Joins what a text holds into a replica. What cannot be read is left out: a damaged snapshot must
 * not stop a workflow.
 */
export function decodeInto(replica: Target, text: string): void {
	if (!readStamp(text)) return;
	const [head, phones, users = '', ...rest] = text.split('~');
	const isOld = head.startsWith(`${OLD_VERSION}.`);
	const pairs = isOld ? (rest.shift() ?? '') : '';
	const [forgotten = '', others = ''] = rest;
	// First, so that nobody comes back for a moment. Who wrote of it has erased it too.
	const isUnerased = !replica.joinForgotten(forgotten.split(';').flatMap(readForgotten));
	replica.joinPacked([phones, isOld ? '' : users], isUnerased);
	if (isOld) {
		for (const contact of oldUsersIn(users, false)) replica.joinPackedContact(contact, isUnerased);
		for (const contact of oldUsersIn(pairs, true)) replica.joinPackedContact(contact, isUnerased);
	}
	for (const other of others.split(';')) {
		const records = isOld ? readOldContact(other) : [readRecordText(other)];
		for (const record of records) if (record) replica.joinRecord(record, isUnerased);
	}
}

/** Where a text is joined. */
type Target = Pick<Replica, 'joinPacked' | 'joinPackedContact' | 'joinForgotten' | 'joinRecord'>;

function readForgotten(text: string): Array<[hash: string, at: number]> {
	const at = parseInt(text.slice(FINGERPRINT_CHARS), 36);
	return at > 0 ? [[text.slice(0, FINGERPRINT_CHARS), at]] : [];
}
