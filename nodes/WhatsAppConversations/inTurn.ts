import { sleep } from 'n8n-workflow';

import { numberRate, Pacer, PAIR_RATE, type Rate } from '../core/transport/pacer';
import { ProviderRefusal } from '../core/transport/providerRefusal';

/** Meta's limits hold for a number whoever sends from it, so all executions share the turns. */
const pacer = new Pacer();

/** Seconds to wait before each further try. Meta asks for 4^n after the pair limit. */
const PAIR_PAUSES = [1, 4, 16, 64];
const NUMBER_PAUSES = [1, 2, 4, 8, 16];

/** How often a waiting send looks whether the execution was cancelled, milliseconds. */
const LOOK_EVERY_MS = 250;

const CANCELLED = 'The execution was cancelled before this message was sent.';

/** The code of Meta's limit for one contact. */
const PAIR_LIMIT = 131056;

export interface Turn {
	businessNumberId: string;
	/** What tells the contact from others. */
	contact: string;
	messagesPerSecond: number;
	isCancelled(): boolean;
}

/**
 * Sends when it is this message's turn under Meta's limits, and again when Meta refused it because
 * of a limit. Nothing else is repeated: it might have been sent (DESIGN: errors).
 *
 * @throws what `send` throws, or that the execution was cancelled
 */
export async function inTurn<T>(turn: Turn, send: () => Promise<T>): Promise<T> {
	const { businessNumberId } = turn;
	const pair = `${businessNumberId} ${turn.contact}`;
	const rate = numberRate(turn.messagesPerSecond);

	for (let tries = 0; ; tries++) {
		await waitUntil(pacer.reserve(pair, PAIR_RATE, Date.now()), turn);
		await nextOf(businessNumberId, rate, turn);
		if (turn.isCancelled()) return await Promise.reject(new Error(CANCELLED));
		const { value, error } = await send().then(
			(result) => ({ value: result, error: undefined }),
			(reason: unknown) => ({ value: undefined, error: reason }),
		);
		if (error === undefined) return value as T;

		const isPairLimit = error instanceof ProviderRefusal && error.refusal.code === PAIR_LIMIT;
		const pause = (isPairLimit ? PAIR_PAUSES : NUMBER_PAUSES)[tries];
		if (!isSafeToRepeat(error) || pause === undefined || turn.isCancelled()) {
			return await Promise.reject(error);
		}
		const until = Date.now() + pause * 1000;
		if (isPairLimit) pacer.pause(pair, until, PAIR_RATE);
		else pacer.pause(businessNumberId, until, rate);
	}
}

/** The last of those who wait for a business number's next moment. */
const lastWaiting = new Map<string, Promise<void>>();

/**
 * Waits for a business number's next moment. One after the other reserves it, so that a busy process
 * that is late does not make up for all the moments it missed at once.
 */
async function nextOf(businessNumberId: string, rate: Rate, turn: Turn): Promise<void> {
	const wait = async (previous: Promise<void> | undefined) => {
		await previous;
		if (turn.isCancelled()) return;
		await waitUntil(pacer.reserve(businessNumberId, rate, Date.now()), turn);
	};
	const waiting = wait(lastWaiting.get(businessNumberId));
	lastWaiting.set(businessNumberId, waiting);
	await waiting;
	if (lastWaiting.get(businessNumberId) === waiting) lastWaiting.delete(businessNumberId);
}

function isSafeToRepeat(error: unknown): boolean {
	return error instanceof ProviderRefusal && error.refusal.retry === 'safe';
}

/** Counts the time down instead of reading the clock again, which may be set while we wait. */
async function waitUntil(momentMs: number, { isCancelled }: Turn): Promise<void> {
	let left = momentMs - Date.now();
	while (left > 0 && !isCancelled()) {
		await sleep(Math.min(left, LOOK_EVERY_MS));
		left -= LOOK_EVERY_MS;
	}
}
