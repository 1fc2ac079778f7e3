import { isObject } from '../isObject';

/**
 * What a question's own webhook says when an answer is handed to it. n8n answers requests that resume
 * nothing with 200 as well, so success is known by these words alone.
 */
export interface Receipt {
	/**
	 * - `taken`: the run goes on with the answer
	 * - `askedAgain`: it was none of the choices, and the question is put again
	 * - `over`: the node has put another question since
	 * - `notTheirs`: the answer is another contact's, came to another number, was not offered, or this n8n
	 *   has not handed it over
	 */
	whatsAppAnswer: 'taken' | 'askedAgain' | 'over' | 'notTheirs';
}

/**
 * What became of handing over an answer:
 * - `taken`, `askedAgain`, `notTheirs`: see {@link Receipt}
 * - `over`: nobody waits for it any more, also where n8n says so
 * - `gone`: n8n does not keep the run any more, so nobody can prove the way back
 * - `forged`: n8n did not give out this way back
 * - `saving`: the run has not come to rest yet, or n8n has not started yet
 * - `unreachable`: whoever answered is not n8n, or it has trouble of its own
 */
export type AnswerOutcome =
	| Receipt['whatsAppAnswer']
	| 'gone'
	| 'forged'
	| 'saving'
	| 'unreachable';

const RECEIPTS = ['taken', 'askedAgain', 'over', 'notTheirs'] as const;

/** Reads n8n's answer to a request that resumes an execution (versions 2.0 to 2.41). */
export function readResumeAnswer(status: number, body: unknown): AnswerOutcome {
	const message = isObject(body) ? String(body.message ?? body.error ?? '') : '';
	if (status === 200) return receiptIn(body) ?? (isPage(body) ? 'over' : 'unreachable');
	if (status === 401) return message !== '' || isPage(body) ? 'forged' : 'unreachable';
	if (status === 404) return /execution/i.test(message) ? 'gone' : 'unreachable';
	if (status === 409) return /running/i.test(message) ? 'saving' : 'over';
	if (CRASHED.test(message)) return 'over';
	if (NO_EXECUTION.test(message)) return 'gone';
	return /already being resumed/i.test(message) ? 'saving' : 'unreachable';
}

/** n8n's own fault where the run was cut short by a crash: its data have no place to go on from. */
const CRASHED = /^Cannot read properties of undefined \(reading '(inputOverride|pop)'\)/;

/** PostgreSQL's answer to what can be no number of an execution, as somebody may have made it up. */
const NO_EXECUTION = /^invalid input syntax for type|is out of range for type/;

function receiptIn(body: unknown): AnswerOutcome | undefined {
	const said = isObject(body) ? body.whatsAppAnswer : undefined;
	return RECEIPTS.find((receipt) => receipt === said);
}

/** n8n says with a page of its own that nothing is to be done, or that the token is wrong. */
function isPage(body: unknown): boolean {
	return typeof body === 'string' && /no action required|invalid (token|form link)/i.test(body);
}
