import { sleep, type IDataObject, type IWebhookFunctions } from 'n8n-workflow';

import { questionKey, type Waiting } from '../../core/ask/reference';
import { resumeAddress } from '../../core/ask/resumeAddress';
import type { AnswerOutcome } from '../../core/ask/resumeAnswer';
import { sealAnswer } from '../../core/ask/sealedAnswer';
import { acceptedAnswers, TakenAnswers } from '../../core/ask/takenAnswers';
import { asObject, asText } from '../../core/events/reading';
import { parseUrl } from '../../core/parseUrl';
import { Slots } from '../../core/slots';
import { isStarting, postToWaiting, waitingBase } from '../../shared/waitingAddress';
import { logQuietly } from '../quietLog';

/** The sender of a delivery waits for some more seconds than this, and then repeats it. */
const PATIENCE_MS = 8_000;

/**
 * A run that has just put its question is saved within some hundredths of a second. A busy n8n takes
 * longer, and would be kept busy by being asked again and again.
 */
const FIRST_PAUSE_MS = 100;
const MOST_PAUSE_MS = 2_000;

/**
 * How many runs are woken at once: enough to keep n8n busy. Those that are under way when it is killed
 * are lost, those that still wait are not.
 */
const MOST_AT_ONCE = 6;

/** For how long an answer waits for its turn, also when its sender has given up meanwhile. */
const TURN_PATIENCE_MS = 30_000;

const turns = new Slots(MOST_AT_ONCE);

/** Answers with which n8n went on: whoever answers again is late. */
const answered = new TakenAnswers();

/** Answers on their way, by question: of two that come at the same time the second one waits. */
const underWay = new Map<string, Promise<AnswerOutcome>>();

/** The origin at which this n8n was reached last. */
let reachedAt: string | undefined;

/**
 * Hands an answer to the run that waits for it.
 *
 * @param content what the question's webhook is told
 * @returns `saving` or `unreachable` when that could not be done in time
 */
export async function handOver(
	context: IWebhookFunctions,
	waiting: Waiting,
	content: IDataObject,
): Promise<AnswerOutcome> {
	const key = questionKey(waiting);
	const messageId = asText(asObject(content.message).messageId);
	const before = underWay.get(key);
	const work = (async () => {
		await before?.catch(() => undefined);
		const by = answered.of(proven(waiting));
		if (by !== undefined) return by === messageId ? 'taken' : 'over';
		// The message with which the run goes on is no late one, whatever became of the first request.
		const isAccepted = () => acceptedAnswers.of(waiting) === messageId;
		return await patiently(async () => {
			const outcome = await inTurn(async () => await tryAddresses(context, waiting, content));
			const isOurs = (outcome === 'over' || outcome === 'saving') && isAccepted();
			return isOurs ? 'taken' : outcome;
		});
	})();
	underWay.set(key, work);
	try {
		const outcome = await work;
		if (outcome === 'taken') answered.note(proven(waiting), messageId);
		return outcome;
	} finally {
		if (underWay.get(key) === work) underWay.delete(key);
	}
}

/** The question together with its signature: what is known of one says nothing of a forged one. */
function proven(waiting: Waiting): Waiting {
	return { ...waiting, binding: `${waiting.binding} ${waiting.signature}` };
}

/** Tries until the run has come to rest and n8n is reached, or the sender's patience is over. */
async function patiently(hand: () => Promise<AnswerOutcome>): Promise<AnswerOutcome> {
	const until = performance.now() + PATIENCE_MS;
	for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, MOST_PAUSE_MS)) {
		const outcome = await hand();
		const isDone = outcome !== 'saving' && outcome !== 'unreachable';
		if (isDone || performance.now() + pause > until) return outcome;
		await sleep(pause);
	}
}

/** Does it when others have been done, or gives up. */
async function inTurn(hand: () => Promise<AnswerOutcome>): Promise<AnswerOutcome> {
	const until = performance.now() + TURN_PATIENCE_MS;
	await turns.take();
	try {
		return performance.now() > until ? 'saving' : await hand();
	} finally {
		turns.give();
	}
}

async function tryAddresses(
	context: IWebhookFunctions,
	waiting: Waiting,
	content: IDataObject,
): Promise<AnswerOutcome> {
	const base = waitingBase(context.evaluateExpression('{{ $execution.resumeUrl }}'));
	const { host } = new URL(base);
	const { pathname, search } = new URL(resumeAddress(base, waiting));
	const origins = originsOf(context, base);
	const body = sealAnswer(context.getInstanceId(), waiting, content);
	for (const origin of origins) {
		if (await isStarting(context, origin, host)) return 'saving';
		const outcome = await postToWaiting(context, `${origin}${pathname}${search}`, host, body);
		if (outcome === 'unreachable') continue;
		reachedAt = origin;
		return outcome;
	}
	logQuietly(
		context,
		'error',
		`An answer could not be handed to the workflow that waits for it: n8n does not reach itself at ${origins.join(' or ')}. Give the option 'Inner Address' of the trigger an address that n8n can reach from inside, such as http://localhost:5678.`,
	);
	return 'unreachable';
}

/**
 * Where to reach this n8n: at the address that was given, or else at its public one and, where that
 * does not lead back to it, at the port at which the delivery came in.
 */
function originsOf(context: IWebhookFunctions, base: string): string[] {
	const given = String(context.getNodeParameter('options.innerAddress', '')).trim();
	const inner = given && parseUrl(given)?.origin;
	if (inner) return [inner];
	const { socket } = context.getRequestObject();
	const isPlain = Boolean(socket?.localPort) && !('encrypted' in socket);
	const all = [new URL(base).origin, ...(isPlain ? [`http://127.0.0.1:${socket.localPort}`] : [])];
	const unique = [...new Set(all)];
	// What was reached before goes first: an address that leads nowhere may take its time.
	return unique.sort((one, other) => Number(other === reachedAt) - Number(one === reachedAt));
}
