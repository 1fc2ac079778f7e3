import type { ConsentRecord, ConsentScope, ConsentSource } from '../conversation/consent';

/*
 * The saved form of consent: `+` between records; scope, source, state and time of a record in a few
 * characters, then `!` and the evidence.
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

/** Packs records into a text without the characters `,`, `;` and `~`. */
export function consentText(records: readonly ConsentRecord[]): string {
	return records.map(encodeConsent).join('+');
}

function encodeConsent({ scope, state, at, source, evidence }: ConsentRecord): string {
	const kind = `${SCOPES.indexOf(scope)}${SOURCES.indexOf(source)}${state === 'opted_in' ? 'i' : 'o'}`;
	return `${kind}${at.toString(36)}${evidence === undefined ? '' : `!${escape(evidence)}`}`;
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
	const [, scope, source, state, at, evidence] =
		/^(\d)(\d)([io])([0-9a-z]+)(?:!(.*))?$/.exec(text) ?? [];
	if (!SCOPES[Number(scope)] || !SOURCES[Number(source)]) return undefined;
	return {
		scope: SCOPES[Number(scope)],
		source: SOURCES[Number(source)],
		state: state === 'i' ? 'opted_in' : 'opted_out',
		at: parseInt(at, 36),
		...(evidence === undefined ? {} : { evidence: unescape(evidence) }),
	};
}

function unescape(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
