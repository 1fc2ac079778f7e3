import { NO_FACTS, type ContactFacts } from '../conversation/facts';

import { consentText, readConsentText } from './consentText';
import type { Contact, Replica } from './replica';

/**
 * The saved form of a replica: one text per business number, because n8n wraps every object in
 * static data in a proxy and rewrites all of it at each save.
 *
 *     1.<writer>.<revision>.<base time>~<plain contacts>~<other contacts>
 *
 * A plain contact (known by phone number and last message alone, as most are) takes twelve
 * characters of base64url: eight for the number, four for the seconds since the base time. The
 * others are lists of fields: `;` between contacts, `,` between fields, `+` inside a field.
 */
const VERSION = '1';

const PHONE_CHARS = 8;
const TIME_CHARS = 4;
const PLAIN_CHARS = PHONE_CHARS + TIME_CHARS;
const MAX_TIME = 64 ** TIME_CHARS;

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const DIGITS = Uint8Array.from(ALPHABET, (char) => char.charCodeAt(0));
const VALUES = new Uint8Array(128);
DIGITS.forEach((code, value) => (VALUES[code] = value));

/** Who wrote a saved text, and how far it goes. */
export interface Stamp {
	/** Differs for every process that ever wrote. */
	writer: string;
	/** Grows with every change of the writer's replica. */
	revision: number;
}

/** The stamp of a saved text; undefined when the text is none of this codec's. */
export function readStamp(text: string): Stamp | undefined {
	const [, writer, revision] =
		/^1\.([\w-]+)\.([0-9a-z]+)\.[0-9a-z]+~/.exec(text.slice(0, 64)) ?? [];
	return writer ? { writer, revision: parseInt(revision, 36) } : undefined;
}

/** Packs the contacts of a replica into one text. */
export function encode(
	replica: Pick<Replica, 'plain' | 'others'>,
	{ writer, revision }: Stamp,
): string {
	const plain = replica.plain();
	let latest = 0;
	for (const at of plain.values()) if (at > latest) latest = at;
	const base = Math.max(0, latest - MAX_TIME + 1);

	const packed = Buffer.allocUnsafe(plain.size * PLAIN_CHARS);
	const others = Array.from(replica.others(), encodeOther);
	let end = 0;
	for (const [phone, lastInboundAt] of plain) {
		if (lastInboundAt < base) {
			others.push(`${phone},${timeText(lastInboundAt)}`);
			continue;
		}
		end = writeNumber(packed, end, Math.floor(phone / 2 ** 24), 4);
		end = writeNumber(packed, end, phone % 2 ** 24, 4);
		end = writeNumber(packed, end, lastInboundAt - base, TIME_CHARS);
	}

	const header = [VERSION, writer, revision.toString(36), base.toString(36)].join('.');
	return `${header}~${packed.toString('latin1', 0, end)}~${others.join(';')}`;
}

/** Writes the low digits of a number below 2^24. */
function writeNumber(into: Buffer, at: number, value: number, chars: number): number {
	for (let i = at + chars - 1; i >= at; i--) {
		into[i] = DIGITS[value & 63];
		value >>>= 6;
	}
	return at + chars;
}

function encodeOther({ ids, facts }: Contact): string {
	const times = [
		facts.lastInboundAt,
		facts.refusedAt,
		facts.freeEntryPointCandidateAt,
		facts.freeEntryPointUntil,
		facts.marketingLimitedAt,
	].map(timeText);
	return [ids.join('+'), ...times, consentText(facts.consent)].join(',').replace(/,+$/, '');
}

function timeText(at: number): string {
	return at === 0 ? '' : at.toString(36);
}

/**
 * Joins the contacts of a text into a replica. What cannot be read is left out: a damaged snapshot
 * must not stop a workflow.
 */
export function decodeInto(
	replica: Pick<Replica, 'joinPlain' | 'joinContact'>,
	text: string,
): void {
	if (!readStamp(text)) return;
	const headerEnd = text.indexOf('~');
	const plainEnd = text.indexOf('~', headerEnd + 1);
	if (plainEnd < 0) return;
	const base = parseInt(text.slice(text.lastIndexOf('.', headerEnd) + 1, headerEnd), 36);

	for (let i = headerEnd + 1; i + PLAIN_CHARS <= plainEnd; i += PLAIN_CHARS) {
		const at = base + readNumber(text, i + PHONE_CHARS, TIME_CHARS);
		replica.joinPlain(readNumber(text, i, PHONE_CHARS), at);
	}
	for (const other of text.slice(plainEnd + 1).split(';')) {
		const contact = decodeOther(other);
		if (contact) replica.joinContact(contact);
	}
}

function readNumber(text: string, start: number, chars: number): number {
	let value = 0;
	for (let i = start; i < start + chars; i++) value = value * 64 + VALUES[text.charCodeAt(i) & 127];
	return value;
}

function decodeOther(text: string): Contact | undefined {
	const [ids, ...fields] = text.split(',');
	if (!ids) return undefined;
	const time = (index: number) => parseInt(fields[index] || '0', 36) || 0;
	const facts: ContactFacts = {
		lastInboundAt: time(0),
		refusedAt: time(1),
		freeEntryPointCandidateAt: time(2),
		freeEntryPointUntil: time(3),
		marketingLimitedAt: time(4),
		consent: fields[5] === undefined ? NO_FACTS.consent : readConsentText(fields[5]),
	};
	return { ids: ids.split('+'), facts };
}
