import { isObject } from '../isObject';
import { jsonOrText } from '../json';

import { describeCode, isKnownCode, type CodeDescription } from './errorTable';
import { saidBy } from './providerWords';
import { redact } from './redact';

export interface GraphError extends CodeDescription {
	/** Meta's code; 0 when the answer had none (Meta itself uses 0 only for kind `auth`). */
	code: number;
	subcode?: number;
	/** Meta's own words or the beginning of what came instead, without access tokens; may be ''. */
	details: string;
	/** What Meta's support asks for (`fbtrace_id`). */
	traceId?: string;
	/** After how many milliseconds the provider wants to be asked again, where it says so. */
	retryAfterMs?: number;
}

/** Longest details, and how much of an answer is read for them, in characters. */
const MAX_DETAILS = 300;
const MAX_READ = 20_000;

/** The beginning of whatever came, as one line of text without markup. */
function excerpt(body: unknown): string {
	if (body === undefined || body === null) return '';
	const text =
		typeof body === 'string' ? body : body instanceof Error ? body.message : JSON.stringify(body);
	const line = text
		.slice(0, MAX_READ)
		.replace(/<(script|style)\b[\s\S]*?<\/\1>/gi, ' ')
		.replace(/<[^>]*>/g, ' ')
		.replace(/\s+/g, ' ')
		.trim();
	return redact(line).slice(0, MAX_DETAILS);
}

const LATER = 'Send again later, and make sure first that the message did not arrive.';

/** What an HTTP status means when the answer is not Meta's own; the first row that fits counts. */
const STATUS_ROWS: Array<Omit<CodeDescription, 'message'> & { first: number; last: number }> = [
	{
		first: 401,
		last: 401,
		kind: 'auth',
		retry: 'never',
		hint: 'Check the access token and the base URL.',
	},
	{
		first: 403,
		last: 403,
		kind: 'permission',
		retry: 'never',
		hint: 'Check that the access token, the network and any proxy allow this request.',
	},
	{
		first: 402,
		last: 402,
		kind: 'billing',
		retry: 'never',
		hint: 'Check the balance and the payment method at the provider.',
	},
	{ first: 408, last: 408, kind: 'temporary', retry: 'risky', hint: LATER },
	// Too many requests: this one was not carried out (RFC 6585).
	{
		first: 429,
		last: 429,
		kind: 'rateLimited',
		retry: 'safe',
		hint: 'Wait a while and send more slowly.',
	},
	{ first: 500, last: 599, kind: 'temporary', retry: 'risky', hint: LATER },
	// A success of an unknown form may be a message on its way.
	{
		first: 200,
		last: 299,
		kind: 'unknown',
		retry: 'risky',
		hint: 'Check the base URL, and make sure that the message did not arrive before you send again.',
	},
	{
		first: 0,
		last: Infinity,
		kind: 'unknown',
		retry: 'never',
		hint: 'Check the base URL, the API version and any proxy in between.',
	},
];

/** What an answer means that is none of Meta's: a web page, nothing, or no connection at all. */
function describeAnswer(body: unknown, httpStatus: number | undefined): CodeDescription {
	const row = STATUS_ROWS.find(
		({ first, last }) => httpStatus !== undefined && first <= httpStatus && httpStatus <= last,
	);
	if (!row) {
		return {
			kind: 'temporary',
			retry: 'risky',
			message: 'No answer came from WhatsApp.',
			hint: 'Check the connection and the base URL; before you send again, make sure that the message did not arrive.',
		};
	}
	let what = 'an answer of another form';
	if (body === undefined || body === null || body === '') what = 'an empty answer';
	else if (typeof body === 'string' && /^\s*</.test(body)) what = 'a web page';
	const message = `Instead of WhatsApp's reply came ${what} with HTTP status ${httpStatus}.`;
	return { kind: row.kind, retry: row.retry, message, hint: row.hint };
}

/** Answers about a key or a permission: their words are about nothing else. */
const ABOUT_ACCESS = [401, 403];

/** Whether a status says that nothing was done. With others a gateway may have lost the answer. */
function isRefusal(httpStatus = 0): boolean {
	return httpStatus >= 400 && httpStatus < 500 && httpStatus !== 408;
}

/** The body as an object where it is JSON, in whatever form the request helper left it. */
function parsed(body: unknown): unknown {
	const text = body instanceof Uint8Array ? new TextDecoder().decode(body) : body;
	return typeof text === 'string' ? jsonOrText(text) : text;
}

function integer(value: unknown): number | undefined {
	const number = typeof value === 'string' ? Number.parseInt(value, 10) : value;
	return Number.isInteger(number) ? (number as number) : undefined;
}

function firstText(...values: unknown[]): string {
	return values.find((value): value is string => typeof value === 'string' && value !== '') ?? '';
}

/**
 * Reads the answer to a refused request: Meta's error object, or whatever came in its place. The
 * sentences come from Meta's code, or from the HTTP status where there is none.
 *
 * @param body the answer as object, text or bytes; what the request threw when no answer came
 * @param httpStatus `undefined` when no answer came
 */
export function readGraphError(body: unknown, httpStatus?: number): GraphError {
	const answer = parsed(body);
	const error = isObject(answer) && isObject(answer.error) ? answer.error : undefined;
	const code = integer(error?.code);
	const subcode = integer(error?.error_subcode);
	if (!error || code === undefined || !isKnownCode(code, subcode)) {
		const said = ABOUT_ACCESS.includes(httpStatus ?? 0) ? undefined : saidBy(answer);
		if (said) {
			const details = redact(said.words || excerpt(answer)).slice(0, MAX_DETAILS);
			const described = describeCode(said.code);
			const { retry } = described;
			const isCertain = retry !== 'safe' || isRefusal(httpStatus);
			return { code: said.code, ...described, retry: isCertain ? retry : 'risky', details };
		}
	}
	if (!error || code === undefined) {
		return { code: 0, ...describeAnswer(answer, httpStatus), details: excerpt(answer) };
	}
	const data = error.error_data;
	const details = firstText(
		isObject(data) ? data.details : data,
		error.error_user_msg,
		error.message,
	);
	return {
		code,
		...(subcode !== undefined && { subcode }),
		...describeCode(code, subcode),
		details: redact(details),
		...(typeof error.fbtrace_id === 'string' && { traceId: error.fbtrace_id }),
	};
}
