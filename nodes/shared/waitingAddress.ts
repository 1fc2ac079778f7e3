import type { IDataObject, IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';

import { readResumeAnswer, type AnswerOutcome } from '../core/ask/resumeAnswer';
import { parseUrl } from '../core/parseUrl';

/** A busy n8n takes its time; what is given up may have been done all the same. */
const TIMEOUT_MS = 15_000;

/** For how long it is believed that n8n does not reach itself. */
const BELIEVED_MS = 10 * 60_000;

/** n8n numbers its executions from 1 on. */
const NO_EXECUTION = '0/preflight';

/**
 * The address at which this n8n resumes executions, such as `https://n8n.example.com/webhook-waiting`.
 *
 * @param resumeUrl n8n's `$execution.resumeUrl`, of any execution
 */
export function waitingBase(resumeUrl: unknown): string {
	const url = new URL(String(resumeUrl));
	const end = url.pathname.lastIndexOf('/');
	return `${url.origin}${url.pathname.slice(0, end)}`;
}

/**
 * Posts to where n8n resumes executions.
 *
 * @param host of the public address: n8n up to 2.8 signs it along
 */
export async function postToWaiting(
	{ helpers }: IWebhookFunctions | IExecuteFunctions,
	url: string,
	host: string,
	body: IDataObject,
): Promise<AnswerOutcome> {
	try {
		const answer = (await helpers.httpRequest({
			method: 'POST',
			url,
			headers: { Host: host },
			body,
			json: true,
			timeout: TIMEOUT_MS,
			disableFollowRedirect: true,
			ignoreHttpStatusErrors: true,
			returnFullResponse: true,
		})) as { statusCode: number; body: unknown };
		return readResumeAnswer(answer.statusCode, answer.body);
	} catch {
		return 'unreachable';
	}
}

const READINESS_TIMEOUT_MS = 10_000;

/** Where n8n was found to have started. */
const started = new Set<string>();

/**
 * Whether n8n still starts. It answers webhooks by then, but looks through all runs that had not ended
 * when it was killed, and one that is woken meanwhile it takes for crashed (n8n 2.41:
 * `ExecutionRecoveryService`). Versions before say that they are ready earlier.
 *
 * @param origin where n8n is reached
 * @param host as for {@link postToWaiting}
 */
export async function isStarting(
	{ helpers }: IWebhookFunctions,
	origin: string,
	host: string,
): Promise<boolean> {
	if (started.has(origin)) return false;
	try {
		const answer = (await helpers.httpRequest({
			url: `${origin}/healthz/readiness`,
			headers: { Host: host },
			timeout: READINESS_TIMEOUT_MS,
			disableFollowRedirect: true,
			ignoreHttpStatusErrors: true,
			returnFullResponse: true,
		})) as { statusCode: number };
		if (answer.statusCode === 503) return true;
		started.add(origin);
	} catch {
		// What cannot be asked so may take an answer all the same.
	}
	return false;
}

/** Whether n8n reaches itself at its public address. */
export interface SelfReach {
	/** The public address of waiting executions. */
	address: string;
	isReached: boolean;
}

/** What was found last, and when, in milliseconds of a clock that nobody sets. */
let found: (SelfReach & { atMs: number }) | undefined;

/**
 * Tries whether n8n reaches itself at its public address, at which the answers to questions are handed
 * over first. What was reached once is not tried again.
 *
 * @returns undefined where n8n tells no address
 */
export async function reachesItself(context: IExecuteFunctions): Promise<SelfReach | undefined> {
	const resumeUrl: unknown = context.getWorkflowDataProxy(0).$execution.resumeUrl;
	if (!parseUrl(String(resumeUrl))) return undefined;
	const address = waitingBase(resumeUrl);
	const isFresh = (one: { isReached: boolean; atMs: number }) =>
		one.isReached || performance.now() - one.atMs < BELIEVED_MS;
	if (found?.address === address && isFresh(found)) return found;
	const { host } = new URL(address);
	const outcome = await postToWaiting(context, `${address}/${NO_EXECUTION}`, host, {});
	found = { address, isReached: outcome !== 'unreachable', atMs: performance.now() };
	return found;
}
