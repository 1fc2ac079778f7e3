/** Random numbers that are the same for the same seed (mulberry32). */
export class Random {
	constructor(private state: number) {}

	/** From 0 to below 1. */
	next(): number {
		this.state = (this.state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	}

	chance(probability: number): boolean {
		return this.next() < probability;
	}

	between(low: number, high: number): number {
		return low + this.next() * (high - low);
	}

	/** A whole number from 0 to below `count`. */
	below(count: number): number {
		return Math.floor(this.next() * count);
	}

	digits(count: number): string {
		return Array.from({ length: count }, () => this.below(10)).join('');
	}

	pick<T>(list: readonly T[]): T {
		return list[this.below(list.length)];
	}

	/** One of the values, each as often as its weight says. */
	weighted<T>(choices: ReadonlyArray<readonly [weight: number, value: T]>): T {
		let left = this.next() * choices.reduce((sum, [weight]) => sum + weight, 0);
		const found = choices.find(([weight]) => (left -= weight) < 0);
		return (found ?? choices[choices.length - 1])[1];
	}

	/** A waiting time with this mean, as between events that know nothing of each other. */
	exponential(mean: number): number {
		return -mean * Math.log(1 - this.next());
	}
}
