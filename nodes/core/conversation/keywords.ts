import type { ConsentRecord } from './consent';

/** What a contact said with a word or a button; also the value of `consentWord` on items. */
export type ConsentWord = 'stop' | 'start';

/** Words and payloads that are acted upon, each set from {@link wordSet}. */
export interface ConsentWords {
	stopWords: ReadonlySet<string>;
	startWords: ReadonlySet<string>;
	stopPayloads: ReadonlySet<string>;
	startPayloads: ReadonlySet<string>;
}

/** The part of a message that can be a word or a button. */
export interface Said {
	type: string;
	text: string;
	reply?: { id: string };
}

/**
 * WhatsApp's words, and the usual ones of other languages. Everyday words, which
 * may answer some other question, are left out there.
 */
const STOP_WORDS: Record<string, string[]> = {
	en: ['STOP', 'STOPALL', 'UNSUBSCRIBE', 'OPT OUT', 'OPTOUT', 'CANCEL', 'END', 'QUIT'],
	de: ['STOPP', 'ABMELDEN', 'ABBESTELLEN'],
	es: ['BAJA', 'DARME DE BAJA'],
	fr: ['ARRÊT', 'ARRET', 'DÉSABONNER', 'DESABONNER'],
	it: ['CANCELLAMI', 'DISISCRIVIMI'],
	pt: ['PARAR', 'DESCADASTRAR'],
	nl: ['AFMELDEN', 'UITSCHRIJVEN'],
};

const START_WORDS: Record<string, string[]> = {
	en: ['START', 'YES', 'UNSTOP', 'SUBSCRIBE'],
	de: ['ANMELDEN', 'ABONNIEREN'],
	es: ['ALTA', 'DARME DE ALTA'],
	fr: ["S'ABONNER", 'ABONNER'],
	it: ['ISCRIVIMI'],
	pt: ['CADASTRAR', 'INSCREVER'],
	nl: ['AANMELDEN', 'INSCHRIJVEN'],
};

/**
 * Payloads of buttons that stop everything. A quick reply of a template has its text for a payload
 * where none was given. Everyday words are left out: 'Cancel' may be about an order.
 */
const STOP_PAYLOADS = ['OPT_OUT', 'OPTOUT', 'STOP', 'STOPALL', 'UNSUBSCRIBE'];

/**
 * The text of the opt-out button that WhatsApp Manager puts on marketing templates, and its
 * translations. It stops marketing, not messages about an order.
 */
const STOP_PROMOTIONS = [
	'Stop promotions',
	'Stop marketing',
	'Werbung stoppen',
	'Werbeaktionen stoppen',
	'Detener promociones',
	'Dejar de recibir promociones',
	'Arrêter les promotions',
	'Stopper les promotions',
	'Interrompi promozioni',
	'Parar promoções',
	'Interromper promoções',
	'Promoties stoppen',
	'Hentikan promosi',
];

/** What counts unless a user says otherwise, each list as one text. */
export const DEFAULT_WORDS: Readonly<Record<keyof ConsentWords, string>> = Object.freeze({
	stopWords: Object.values(STOP_WORDS).flat().join(', '),
	startWords: Object.values(START_WORDS).flat().join(', '),
	stopPayloads: [...STOP_PAYLOADS, ...STOP_PROMOTIONS].join(', '),
	startPayloads: 'OPT_IN',
});

/** The words of a text in which commas or line breaks stand between them. */
export function wordSet(list: string): ReadonlySet<string> {
	return new Set(
		list
			.split(/[,\n]/)
			.map(folded)
			.filter((word) => word !== ''),
	);
}

/** Characters that nobody sees: marks of direction, joiners, byte order marks, variants of a glyph. */
const INVISIBLE = /[\p{Cf}\p{Variation_Selector}\u034f\u115f\u1160\u3164\uffa0]/gu;

/** What people put between the halves of 'opt-out'. */
const BETWEEN = /[\s_\-\u2010-\u2015]+/gu;

/**
 * One form for all ways to write a word: small and capital letters, full-width ones, accents, spaces
 * or hyphens, and with or without characters that nobody sees.
 */
function folded(text: string): string {
	return text
		.normalize('NFKC')
		.replace(INVISIBLE, '')
		.replace(BETWEEN, ' ')
		.trim()
		.toUpperCase()
		.toLowerCase()
		.replaceAll('\u2019', "'");
}

const PROMOTIONS = wordSet(STOP_PROMOTIONS.join(','));

/**
 * What a message says about consent, when the whole of it is one of the words, or it is a tap on a
 * button or list row with one of the payloads: " stop " is, "Stop." and "please stop" are not
 * (docs/consent.md). The title of a button that has another payload does not count:
 * 'Cancel' may be about an order.
 *
 * @param at when the contact said it, epoch seconds
 * @returns undefined for all other messages
 */
export function consentSaid(
	{ type, text, reply }: Said,
	at: number,
	words: ConsentWords,
): { word: ConsentWord; record: ConsentRecord } | undefined {
	const isTap = reply !== undefined;
	if (!isTap && type !== 'text') return undefined;
	const evidence = isTap ? reply.id : text;
	const said = folded(evidence);
	// Where a word is in both lists, the opt-out holds.
	const word = (isTap ? words.stopPayloads : words.stopWords).has(said)
		? 'stop'
		: (isTap ? words.startPayloads : words.startWords).has(said)
			? 'start'
			: undefined;
	return word && { word, record: recordOf(word, isTap, evidence.trim(), at) };
}

/**
 * The record of a word or a tap. A start takes back opt-outs, and is no opt-in: 'yes' answers many
 * a question.
 */
export function recordOf(
	word: ConsentWord,
	isTap: boolean,
	evidence: string,
	at: number,
): ConsentRecord {
	return {
		scope: isTap && PROMOTIONS.has(folded(evidence)) ? 'marketing' : 'all',
		state: word === 'stop' ? 'opted_out' : 'lifted',
		at,
		source: isTap ? 'button' : 'keyword',
		evidence,
	};
}
