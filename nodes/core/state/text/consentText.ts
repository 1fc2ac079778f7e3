import type {
	ConsentRecord,
	ConsentScope,
	ConsentSource,
	ConsentState,
} from '../../conversation/consent';

/*
 * The saved form of consent: `+` between records; scope, source, state and time of a record in a few
 * characters, then what else it holds: `!`, a letter and the value.
 */

const SCOPES: readonly ConsentScope[] = ['all', 'marketing', 'utility', 'authentication'];
const SOURCES: readonly ConsentSource[] = [
	'web_form',
	'import',
	'keyword',
	'button',
	'meta_preference',
	'provider_code',
	'manual',
];
const STATES: Readonly<Record<string, ConsentState>> = {
	i: 'opted_in',
	o: 'opted_out',
	l: 'lifted',
};
const STATE_LETTERS: Readonly<Record<ConsentState, string>> = {
	opted_in: 'i',
	opted_out: 'o',
	lifted: 'l',
};

const TEXTS = { e: 'evidence', w: 'wording' } as const;
const TIMES = { x: 'expiresAt', c: 'confirmedAt' } as const;

/** Packs records into a text without the characters `,`, `;` and `~`. */
export function consentText(records: readonly ConsentRecord[]): string {
	return records.map(encodeConsent).join('+');
}

function encodeConsent(record: ConsentRecord): string {
	const { scope, state, at, source } = record;
	const kind = `${SCOPES.indexOf(scope)}${SOURCES.indexOf(source)}${STATE_LETTERS[state]}`;
	const texts = entries(TEXTS).map(([letter, field]) => {
		const value = record[field];
		return value === undefined ? '' : `!${letter}${escape(value)}`;
	});
	const times = entries(TIMES).map(([letter, field]) => {
		const value = record[field];
		return value === undefined ? '' : `!${letter}${value.toString(36)}`;
	});
	return [kind, at.toString(36), ...texts, ...times].join('');
}

function entries<K extends string, V>(table: Readonly<Record<K, V>>): Array<[K, V]> {
	return Object.entries(table) as Array<[K, V]>;
}

/** Keeps the separators of the format, and what JSON would escape, out of a free text. */
function escape(text: string): string {
	return encodeURIComponent(text.replace(/\p{Cs}/gu, '\ufffd')).replace(
		/[!~]/g,
		(char) => `%${char.charCodeAt(0).toString(16)}`,
	);
}

/** The records of a text; what cannot be read is left out. */
export function readConsentText(text: string): ConsentRecord[] {
	return text
		.split('+')
		.map(decodeConsent)
		.filter((record) => record !== undefined);
}

function decodeConsent(text: string): ConsentRecord | undefined {
	const [head, ...parts] = text.split('!');
	const [, scope, source, state, at] = /^(\d)(\d)([iol])([0-9a-z]+)$/.exec(head) ?? [];
	if (!SCOPES[Number(scope)] || !SOURCES[Number(source)]) return undefined;
	const record: ConsentRecord = {
		scope: SCOPES[Number(scope)],
		source: SOURCES[Number(source)],
		state: STATES[state],
		at: parseInt(at, 36),
	};
	for (const part of parts) readPart(record, part[0], part.slice(1));
	return record;
}

function readPart(record: ConsentRecord, letter: string, value: string): void {
	if (letter === 'e' || letter === 'w') record[TEXTS[letter]] = unescape(value);
	else if ((letter === 'x' || letter === 'c') && /^[0-9a-z]+$/.test(value)) {
		record[TIMES[letter]] = parseInt(value, 36);
	}
}

function unescape(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
