import { isObject } from '../isObject';
import { jsonIn } from '../json';

/** What providers say in words of their own, and the code that Meta has for it. */
const PHRASES: Array<[code: number, said: RegExp]> = [
	// Templates: before the window, as one may be called 're-engagement'
	[
		132001,
		/\btemplate\b.{0,60}\b(?:does not exist|doesn't exist|not found|not approved|unknown)\b/i,
	],
	[132016, /\btemplate\b.{0,40}\bdisabled\b/i],
	[132015, /\btemplate\b.{0,40}\bpaused\b/i],
	[
		132000,
		/\bnumber of (?:localizable_?)?(?:params|parameters|variables)\b.{0,60}\b(?:not match|mismatch|wrong)/i,
	],
	// The customer service window
	[131047, /\bre-?engagement message\b/i],
	[
		131047,
		/\b24[\s-]?h(?:ou)?rs?\b.{0,30}\b(?:passed|elapsed|since)\b.{0,60}\b(?:last (?:repl|messag|interact|contact)|replied|responded|wrote)/i,
	],
	[131047, /\b(?:last|latest) (?:message|reply)\b.{0,50}\bmore than 24[\s-]?h(?:ou)?rs?\b/i],
	[
		131047,
		/\b(?:outside|out of)\b.{0,30}\b(?:24[\s-]?h(?:ou)?rs?|customer|service|session|messaging|conversation|reply)\b.{0,20}\bwindow\b/i,
	],
	[
		131047,
		/\b(?:customer[\s-](?:service|care)|24[\s-]?h(?:ou)?rs?|messaging|session|conversation|reply)[\s-]window\b.{0,30}\b(?:closed|expired|ended|over|elapsed|not (?:open|active))\b/i,
	],
	[
		131047,
		/\bno (?:open|active) (?:customer service |conversation |session |messaging )?window\b/i,
	],
	// Consent
	[131050, /\bmarketing_preference_stopped\b/i],
	[
		131050,
		/\b(?:user|recipient|contact|customer)\b.{0,30}\b(?:opted[\s-]out|unsubscribed|stopped (?:receiving )?(?:marketing|promotional))/i,
	],
	// Reach
	[
		131026,
		/\b(?:number|recipient|user|contact|phone)\b.{0,40}\b(?:not|n't)\b.{0,25}\b(?:on|valid|registered|have|use|using|a)\b.{0,20}\bwhats?app\b(?! business)/i,
	],
	[131026, /\b(?:not a valid|invalid|non) whatsapp (?:user|contact|number)\b/i],
	// Money
	[
		131042,
		/\b(?:insufficient|not enough|no) (?:account )?(?:balance|funds|credits?)\b|\bpayment (?:issue|method|required)\b|\bout of credits?\b/i,
	],
	// Limits
	[131056, /\bpair rate limit\b/i],
	[130429, /\brate[\s-]?limit|\btoo many (?:requests|messages)\b|\bthrottled\b/i],
];

/** Fields in which providers put their words, or Meta's code. */
const WORDS = [
	'error',
	'errors',
	'message',
	'messages',
	'title',
	'detail',
	'details',
	'description',
	'reason',
	'meta',
	'developer_message',
	'error_data',
	'error_user_msg',
	'error_message',
	'errorMessage',
	'statusMessage',
	'response',
	'data',
];
const CODES = ['code', 'error_code', 'errorCode', 'status_code'];

/** How deep the words lie at most: text that is JSON counts as a level. */
const MOST_LEVELS = 5;

/** Words beyond this are no sentence about an error. */
const MOST_LENGTH = 2_000;

interface Meaning {
	/** Meta's. */
	code: number;
	/** The sentence that says so; '' where a code alone did. */
	words: string;
}

/**
 * Meta's code for what an answer says in a form that is none of Meta's: as a code of Meta's in another
 * place, or in words, as `{"error": "Message failed: 24 hours have passed since …"}`. Undefined where
 * it says nothing of the kind; then its HTTP status has to do.
 */
export function saidBy(answer: unknown): Meaning | undefined {
	const texts: string[] = [];
	const codes: number[] = [];
	collect(answer, 0, texts, codes);
	for (const words of texts) {
		const code = codeIn(words);
		if (code !== undefined) return { code, words };
	}
	const [code] = codes;
	return code === undefined ? undefined : { code, words: texts[0] ?? '' };
}

function collect(value: unknown, level: number, texts: string[], codes: number[]): void {
	if (level > MOST_LEVELS) return;
	if (typeof value === 'string') {
		const inner = /^\s*[[{]/.test(value) ? jsonIn(value) : undefined;
		if (inner !== undefined) collect(inner, level + 1, texts, codes);
		else if (value.length <= MOST_LENGTH && !/^\s*</.test(value)) texts.push(value);
		return;
	}
	if (Array.isArray(value)) {
		for (const one of value.slice(0, 5)) collect(one, level + 1, texts, codes);
		return;
	}
	if (!isObject(value)) return;
	for (const key of CODES) {
		const code = Number(value[key]);
		if (isMetas(code)) codes.push(code);
	}
	for (const key of WORDS) {
		if (value[key] !== undefined) collect(value[key], level + 1, texts, codes);
	}
}

/** Codes that other lists hardly have: providers count their own from 1, or use HTTP's. */
function isMetas(code: number): boolean {
	return code === 470 || (code >= 130_000 && code < 139_999);
}

/** The code that a sentence names, as in `(#131047) Re-engagement message`, or says in words. */
function codeIn(words: string): number | undefined {
	const named = /(?:#|\bcode\b\W{0,3}|\berror\b\W{0,3}|^\W*)(13\d{4})\b/i.exec(words)?.[1];
	if (named !== undefined && isMetas(Number(named))) return Number(named);
	return PHRASES.find(([, said]) => said.test(words))?.[0];
}
