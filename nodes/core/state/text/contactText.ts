import { NO_FACTS, type ContactFacts } from '../../conversation/facts';
import {
	firstNamePart,
	type FirstName,
	type IdRecord,
	type Link,
	type Move,
} from '../memory/idRecord';

import { consentText, readConsentText } from './consentText';
import { ownerText, readOwnerText } from './ownerText';
import { readRememberedText, rememberedText } from './rememberedText';

/*
 * The saved form of what was told of one identifier: `,` between fields, `+` inside a field, `!` inside
 * its parts, empty fields at the end left out.
 *
 *     identifier, last message, refused, free entry point: candidate, until, marketing limited,
 *     consent, links: phone!first!last, moves: at!identifiers, owner (see `ownerText.ts`),
 *     first name: at!name, what is remembered (see `rememberedText.ts`)
 */

/** Records never change, they are replaced, so each is written only once. */
const written = new WeakMap<IdRecord, string>();

/** Packs a record into a text without the characters `;` and `~`. */
export function recordText(record: IdRecord): string {
	const known = written.get(record);
	if (known !== undefined) return known;
	const text = write(record);
	written.set(record, text);
	return text;
}

function write({ id, facts, links, moves, firstName }: IdRecord): string {
	return [
		id,
		...factFields(facts),
		links
			.map(({ phone, first, last }) => [phone, timeText(first), timeText(last)].join('!'))
			.join('+'),
		moves.map(({ at, to }) => [timeText(at), ...to].join('!')).join('+'),
		ownerText(facts.owner),
		firstName ? `${timeText(firstName.at)}!${firstName.name}` : '',
		rememberedText(facts.remembered),
	]
		.join(',')
		.replace(/,+$/, '');
}

/** What facts tell, as a text; '' when they tell nothing. */
export function factsText(facts: ContactFacts): string {
	const changedAt = facts.identityChange.at;
	return [...factFields(facts), changedAt > 0 ? timeText(changedAt) : '', ownerText(facts.owner)]
		.join(',')
		.replace(/,+$/, '');
}

function factFields(facts: ContactFacts): string[] {
	return [
		timeText(facts.lastInboundAt),
		timeText(facts.refusedAt),
		timeText(facts.freeEntryPointCandidateAt),
		timeText(facts.freeEntryPointUntil),
		timeText(facts.marketingLimitedAt),
		consentText(facts.consent),
	];
}

function timeText(at: number): string {
	return at === 0 ? '' : at.toString(36);
}

/** The record of a text; undefined when there is none in it. What cannot be read is left out. */
export function readRecordText(text: string): IdRecord | undefined {
	const [id, ...fields] = text.split(',');
	if (!id) return undefined;
	return {
		id,
		facts: {
			...readFactFields(fields),
			owner: readOwnerText(fields[8]),
			remembered: readRememberedText(fields[10]),
		},
		links: partsOf(fields[6]).flatMap(readLink),
		moves: partsOf(fields[7]).flatMap(readMove),
		...firstNamePart(readFirstName(fields[9])),
	};
}

/** The facts in the fields of a text. */
export function readFactFields(fields: readonly string[]): ContactFacts {
	return {
		...NO_FACTS,
		lastInboundAt: readTime(fields[0]),
		refusedAt: readTime(fields[1]),
		freeEntryPointCandidateAt: readTime(fields[2]),
		freeEntryPointUntil: readTime(fields[3]),
		marketingLimitedAt: readTime(fields[4]),
		consent: fields[5] ? readConsentText(fields[5]) : NO_FACTS.consent,
	};
}

function partsOf(field = ''): string[] {
	return field === '' ? [] : field.split('+');
}

function readLink(text: string): Link[] {
	const [phone, firstText, lastText] = text.split('!');
	const [first, last] = [readTime(firstText), readTime(lastText)];
	return /^\d+$/.test(phone) && first > 0 && last >= first ? [{ phone, first, last }] : [];
}

function readMove(text: string): Move[] {
	const [atText, ...to] = text.split('!');
	const at = readTime(atText);
	return at > 0 && to.length > 0 && !to.includes('') ? [{ at, to }] : [];
}

function readFirstName(text = ''): FirstName | undefined {
	const [atText, name = ''] = text.split('!');
	const at = readTime(atText);
	return at > 0 && name !== '' ? { name, at } : undefined;
}

/** A time of a text in base 36; 0 where there is none. */
export function readTime(text = ''): number {
	return parseInt(text, 36) || 0;
}
