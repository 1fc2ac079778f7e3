import { fingerprintOf } from '../fingerprint';

import type { SeenMessages } from './seenMessages';

/**
 * How long n8n may take to answer a delivery that is to start a run. Then a repetition is let in: n8n
 * has either lost the first one, or begins both, and {@link Starts.claim} lets one of them pass.
 */
const GIVEN_UP_MS = 15 * 60_000;

/** For how long it is known which execution passed a delivery on. */
const CLAIM_KEPT_MS = 6 * 3_600_000;

/** n8n's answer to a delivery, whether or not the sender still waits for it. */
export interface PendingAnswer {
	/** n8n has given it. */
	readonly writableEnded: boolean;
	readonly statusCode: number;
}

/** A delivery that n8n is turning into a run. */
interface Start {
	keys: readonly string[];
	answer: PendingAnswer;
	/** Resolves when the sender has the answer, or has hung up. */
	isOver: Promise<unknown>;
	/** Epoch seconds. */
	receivedAt: number;
	/** Epoch milliseconds. */
	begunAt: number;
}

interface Claim {
	executionId: string;
	/** Epoch milliseconds. */
	at: number;
}

/**
 * Which deliveries of a workflow are on their way to a run, and which run has passed them on. That the
 * sender hung up proves nothing: n8n goes on and starts the run. Only n8n's own answer tells: below
 * 300 it holds the execution, else it has none to begin.
 */
export class Starts {
	/** By the key of a delivery, oldest first. */
	private readonly underWay = new Map<string, Start>();
	/** By the hash of a delivery's key, oldest first. */
	private readonly claims = new Map<string, Claim>();

	constructor(private readonly seen: SeenMessages) {}

	/**
	 * @param keys of what one delivery is to start
	 * @param isOver resolves when the sender has the answer, or has hung up
	 * @param receivedAt epoch seconds
	 * @param nowMs epoch milliseconds
	 */
	begin(
		keys: readonly string[],
		answer: PendingAnswer,
		isOver: Promise<unknown>,
		receivedAt: number,
		nowMs: number,
	): void {
		// An answer that found the sender gone is not reported.
		for (const start of this.underWay.values()) {
			if (start.answer.writableEnded || isGivenUp(start, nowMs)) this.settle(start);
		}
		const start = { keys, answer, isOver, receivedAt, begunAt: nowMs };
		for (const key of keys) this.underWay.set(key, start);
	}

	/** Whether a run of the delivery may still come. */
	isUnderWay(key: string, nowMs: number): boolean {
		const start = this.underWay.get(key);
		if (!start) return false;
		if (start.answer.writableEnded || isGivenUp(start, nowMs)) this.settle(start);
		return this.underWay.has(key);
	}

	/**
	 * Resolves when the sender of a delivery has n8n's answer, or has hung up; at once where this process
	 * has not received it.
	 */
	async untilAnswered(key: string): Promise<void> {
		await this.underWay.get(key)?.isOver;
	}

	/** n8n has answered, or nobody waits for the answer any more. */
	lookAt(key: string): void {
		const start = this.underWay.get(key);
		if (start?.answer.writableEnded) this.settle(start);
	}

	/**
	 * A run is about to pass a delivery on.
	 *
	 * @returns whether it may: no other execution has
	 */
	claim(key: string, executionId: string, nowMs: number): boolean {
		for (const [oldest, { at }] of this.claims) {
			if (nowMs - at <= CLAIM_KEPT_MS) break;
			this.claims.delete(oldest);
		}
		this.underWay.delete(key);
		const hash = fingerprintOf(key);
		const known = this.claims.get(hash);
		if (known) return known.executionId === executionId;
		this.claims.set(hash, { executionId, at: nowMs });
		return true;
	}

	private settle({ keys, answer, receivedAt }: Start): void {
		const isHeld = answer.writableEnded && answer.statusCode < 300;
		for (const key of keys) {
			this.underWay.delete(key);
			if (isHeld) this.seen.add(key, receivedAt);
		}
	}
}

function isGivenUp({ begunAt }: Start, nowMs: number): boolean {
	return nowMs - begunAt > GIVEN_UP_MS;
}
