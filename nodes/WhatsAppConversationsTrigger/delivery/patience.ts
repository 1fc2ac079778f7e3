import { BoundedMap } from '../../core/boundedMap';

const MOST_KEPT = 1_000;

/** For how long something may be lacking before deliveries go on without it. */
export class Patience {
	/** Since when things are lacking, in milliseconds of a clock that nobody sets. */
	private readonly since = new BoundedMap<string, number>(MOST_KEPT);

	/** @param milliseconds how long it lasts, from when something was first found to be lacking */
	constructor(private readonly milliseconds: number) {}

	/** Whether to wait on for something that is lacking now. */
	isLeft(key: string): boolean {
		const nowMs = performance.now();
		const firstMs = this.since.get(key) ?? nowMs;
		this.since.set(key, firstMs);
		return nowMs - firstMs < this.milliseconds;
	}

	/** It is there: when it is lacking again, that is waited for anew. */
	end(key: string): void {
		this.since.delete(key);
	}
}
