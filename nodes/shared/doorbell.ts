import { createHash, randomBytes, timingSafeEqual } from 'crypto';

import { sleep } from 'n8n-workflow';

import { isObject } from '../core/isObject';
import type { SendRequest } from '../core/transport/graphApi';

/** Carries the secret of a {@link ring}, in lower case as servers see it. */
export const BELL_HEADER = 'x-whatsapp-conversations-wake';

/** What a trigger is asked for: that n8n reads its row, or writes it. */
export interface Call {
	purpose: 'read' | 'save';
	/** The business numbers that it is about. */
	businessNumberIds: string[];
}

/**
 * How a trigger answered: `heard` by this process; not at all, or not in time; not any more, as n8n
 * itself says; in another process of n8n; or it is no trigger of ours.
 */
export type Answer =
	| 'heard'
	| 'unreachable'
	| 'timedOut'
	| 'unregistered'
	| 'otherProcess'
	| 'notOurs';

/** Of several addresses of one trigger any other answer says more. */
const UNANSWERED: Answer[] = ['timedOut', 'unreachable'];

const TIMEOUT_MS = 3_000;

/** Where nobody answers n8n may be about to start: it is asked again after a moment. */
const PAUSE_MS = 1_000;

interface Ringing extends Call {
	isHeard: boolean;
}

/** By secret. It never leaves this process but to an address of this n8n's triggers. */
const ringing = new Map<string, Ringing>();

/**
 * Has n8n call webhook() of a trigger, for which it reads the trigger's row. Whether that happened
 * in this process is known by a secret that nobody else can know; what is answered is no proof.
 *
 * @param urls of one trigger, asked at once
 * @param tries how often it is asked where nobody answers at once, a second apart
 */
export async function ring(
	send: SendRequest,
	urls: string[],
	call: Call,
	tries: number,
): Promise<Answer> {
	const answer = await ringOnce(send, urls, call);
	if (answer !== 'unreachable' || tries <= 1) return answer;
	await sleep(PAUSE_MS);
	return await ring(send, urls, call, tries - 1);
}

async function ringOnce(send: SendRequest, urls: string[], call: Call): Promise<Answer> {
	const secret = randomBytes(32).toString('hex');
	const one: Ringing = { ...call, isHeard: false };
	ringing.set(secret, one);
	const answers: Answer[] = [];
	const heard = urls.map(async (url) => {
		const answer = await answerAt(send, url, secret, one);
		answers.push(answer);
		if (answer !== 'heard') throw new Error(answer);
		return answer;
	});
	// One address is enough; the other one may lead nowhere, and take its time.
	const answer = await Promise.any(heard).catch(
		() =>
			answers.find((other) => !UNANSWERED.includes(other)) ??
			UNANSWERED.find((other) => answers.includes(other)) ??
			'unreachable',
	);
	ringing.delete(secret);
	return answer;
}

async function answerAt(
	send: SendRequest,
	url: string,
	secret: string,
	one: Ringing,
): Promise<Answer> {
	try {
		const { statusCode, body } = (await send({
			method: 'POST',
			url,
			headers: { [BELL_HEADER]: secret },
			body: {},
			json: true,
			timeout: TIMEOUT_MS,
			disableFollowRedirect: true,
			ignoreHttpStatusErrors: true,
			returnFullResponse: true,
		})) as { statusCode: number; body: unknown };
		const isDone = statusCode >= 200 && statusCode < 300;
		if (one.isHeard && isDone) return 'heard';
		if (one.isHeard || statusCode >= 500) return 'unreachable';
		if (statusCode === 401) return 'otherProcess';
		if (statusCode === 404) return isUnregistered(body) ? 'unregistered' : 'unreachable';
		return isDone ? 'notOurs' : 'unreachable';
	} catch (error) {
		const { code, message } = error as { code?: string; message?: string };
		const isLate =
			code === 'ECONNABORTED' || code === 'ETIMEDOUT' || /timeout/i.test(message ?? '');
		return isLate ? 'timedOut' : 'unreachable';
	}
}

/** Whether it is n8n that says so, not a proxy before it or an n8n that has just begun to start. */
function isUnregistered(body: unknown): boolean {
	return isObject(body) && /webhook.* is not registered/.test(String(body.message));
}

/**
 * What this process rang for; undefined where it did not, whoever did. Compares hashes in constant
 * time, which are of one length whatever was given.
 */
export function callBy(headers: Record<string, unknown>): Call | undefined {
	const given = headers[BELL_HEADER];
	if (typeof given !== 'string') return undefined;
	const hash = (text: string) => createHash('sha256').update(text).digest();
	const own = [...ringing].find(([secret]) => timingSafeEqual(hash(given), hash(secret)));
	if (!own) return undefined;
	own[1].isHeard = true;
	return own[1];
}

/** Triggers whose rows n8n has read in this process; `<workflow> <node>`. */
const heardTriggers = new Set<string>();

export function noteHeard(trigger: string): void {
	heardTriggers.add(trigger);
}

export function wasHeard(trigger: string): boolean {
	return heardTriggers.has(trigger);
}
