import { sleep } from 'n8n-workflow';

import { numberRate, Pacer, PAIR_RATE, type Rate } from '../../core/transport/pacer';
import { ProviderRefusal } from '../../core/transport/providerRefusal';
import { TurnQueue, type Waiting } from '../../core/transport/turnQueue';

/** Meta's limits hold for a number whoever sends from it, so all executions share the turns. */
const pacer = new Pacer();

/** Seconds to wait before each further try. Meta asks for 4^n after the pair limit. */
const PAIR_PAUSES = [1, 4, 16, 64];
const NUMBER_PAUSES = [1, 2, 4, 8, 16];

/** How long a provider may have a message wait, milliseconds; for longer it is not held. */
const MOST_WAIT_MS = 64_000;

/** How often a waiting send looks whether the execution was cancelled, milliseconds. */
const LOOK_EVERY_MS = 250;

/** The execution was stopped before the message was sent. */
export class Cancelled extends Error {
	constructor() {
		super('The execution was cancelled before this message was sent.');
	}
}

/** The code of Meta's limit for one contact. */
const PAIR_LIMIT = 131056;

/** A message that waits until Meta's limits let it go. */
export interface RatedSend extends Waiting {
	businessNumberId: string;
	messagesPerSecond: number;
	isCancelled(): boolean;
}

/** Milliseconds of a clock that nobody sets. */
function nowMs(): number {
	return performance.now();
}

/**
 * Sends when it is this message's turn under Meta's limits, and again when Meta refused it because
 * of a limit: after a pause that grows, or after the one that it asks for, unless that is longer than
 * {@link MOST_WAIT_MS}. Nothing else is repeated: it might have been sent (docs/errors.md).
 *
 * @param permit asked immediately before each try, after all waiting; when it throws, nothing is
 *   sent, and the turn is free for another message
 * @throws what `permit` or `send` throws, or that the execution was cancelled
 */
export async function sendAtRate<T>(
	turn: RatedSend,
	permit: () => Promise<void>,
	send: () => Promise<T>,
): Promise<T> {
	const { businessNumberId } = turn;
	const pair = `${businessNumberId} ${turn.contact}`;
	const rate = numberRate(turn.messagesPerSecond);
	const waiting = { ...turn, rate, go: () => {} };

	for (let tries = 0; ; tries++) {
		await waitUntil(pacer.reserve(pair, PAIR_RATE, nowMs()), turn);
		const hasTurn = await turnOf(businessNumberId, waiting);
		await lastLook(turn, hasTurn, permit).catch((error: unknown) => {
			pacer.giveBack(pair, PAIR_RATE);
			if (hasTurn) pacer.giveBack(businessNumberId, rate);
			throw error;
		});
		const { value, error } = await send().then(
			(result) => ({ value: result, error: undefined }),
			(reason: unknown) => ({ value: undefined, error: reason }),
		);
		if (error === undefined) return value as T;

		const isPairLimit = error instanceof ProviderRefusal && error.refusal.code === PAIR_LIMIT;
		const pause = (isPairLimit ? PAIR_PAUSES : NUMBER_PAUSES)[tries];
		const askedMs = askedPause(error);
		const isOver = pause === undefined || askedMs > MOST_WAIT_MS || turn.isCancelled();
		if (isOver || !isSafeToRepeat(error)) throw error;
		const until = nowMs() + Math.max(pause * 1000, askedMs);
		if (isPairLimit) pacer.pause(pair, until, PAIR_RATE);
		else pacer.pause(businessNumberId, until, rate);
	}
}

/** @throws what `permit` throws, or that the execution was cancelled */
async function lastLook(
	{ isCancelled }: RatedSend,
	hasTurn: boolean,
	permit: () => Promise<void>,
): Promise<void> {
	if (!hasTurn || isCancelled()) throw new Cancelled();
	await permit();
	if (isCancelled()) throw new Cancelled();
}

/** A message in the queue of its business number. */
interface InQueue extends RatedSend {
	rate: Rate;
	/** To be called when it goes, or need not wait any more. */
	go: (hasTurn: boolean) => void;
}

/** Those who wait, by business number. */
const queues = new Map<string, TurnQueue<InQueue>>();

/** Waits for a message's turn; false when its execution was cancelled first. */
async function turnOf(businessNumberId: string, waiting: InQueue): Promise<boolean> {
	return await new Promise<boolean>((resolve) => {
		waiting.go = resolve;
		const queue = queues.get(businessNumberId);
		if (queue) {
			queue.add(waiting);
			return;
		}
		const own = new TurnQueue<InQueue>();
		own.add(waiting);
		queues.set(businessNumberId, own);
		void serve(businessNumberId, own);
	});
}

/**
 * Gives the moments of a business number to those who wait, until nobody does. Who goes is chosen
 * when the moment has come; and it is reserved only then, so that a busy process that is late does not
 * make up for all the moments it missed at once.
 */
async function serve(businessNumberId: string, queue: TurnQueue<InQueue>): Promise<void> {
	let lookAt = nowMs();
	for (;;) {
		if (nowMs() >= lookAt) {
			for (const over of queue.removeIf((one) => one.isCancelled())) over.go(false);
			lookAt = nowMs() + LOOK_EVERY_MS;
		}
		const next = queue.next();
		if (!next) break;
		const left = pacer.momentOf(businessNumberId, next.rate, nowMs()) - nowMs();
		if (left > 0) {
			await sleep(Math.ceil(Math.min(left, LOOK_EVERY_MS)));
			continue;
		}
		queue.take();
		pacer.reserve(businessNumberId, next.rate, nowMs());
		next.go(true);
	}
	queues.delete(businessNumberId);
}

function isSafeToRepeat(error: unknown): boolean {
	return error instanceof ProviderRefusal && error.refusal.retry === 'safe';
}

/** Milliseconds for which the provider wants to be left alone, as far as it says so. */
function askedPause(error: unknown): number {
	return (error instanceof ProviderRefusal && error.refusal.retryAfterMs) || 0;
}

async function waitUntil(momentMs: number, { isCancelled }: RatedSend): Promise<void> {
	for (let left = momentMs - nowMs(); left > 0 && !isCancelled(); left = momentMs - nowMs()) {
		await sleep(Math.ceil(Math.min(left, LOOK_EVERY_MS)));
	}
}
