import { GraphError } from './errors';
import type { Settings } from './types';

/** A bucket that holds `capacity` and gets one back every `refillMs`. */
interface Bucket {
	left: number;
	atMs: number;
}

function take(
	buckets: Map<string, Bucket>,
	key: string,
	capacity: number,
	refillMs: number,
	nowMs: number,
) {
	const bucket = buckets.get(key) ?? { left: capacity, atMs: nowMs };
	bucket.left = Math.min(capacity, bucket.left + (nowMs - bucket.atMs) / refillMs);
	bucket.atMs = nowMs;
	buckets.set(key, bucket);
	if (bucket.left < 1) return false;
	bucket.left -= 1;
	return true;
}

/** Meta's limits on sends: for each business number, and for each pair of number and contact. */
export class Limits {
	private readonly numbers = new Map<string, Bucket>();

	private readonly pairs = new Map<string, Bucket>();

	/** @throws GraphError 130429 or 131056 */
	check(businessNumberId: string, contact: string, settings: Settings, nowMs: number): void {
		const { throughputLimit, pairLimit } = settings;
		if (throughputLimit > 0) {
			const refillMs = 1000 / throughputLimit;
			if (!take(this.numbers, businessNumberId, throughputLimit, refillMs, nowMs)) {
				throw new GraphError(130429);
			}
		}
		if (pairLimit && !take(this.pairs, `${businessNumberId} ${contact}`, 45, 6000, nowMs)) {
			throw new GraphError(131056);
		}
	}

	clear(): void {
		this.numbers.clear();
		this.pairs.clear();
	}
}
