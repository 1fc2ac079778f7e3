import type { Random } from './random';

const DAY_MS = 86_400_000;

/** How a conversation comes back to the business. */
type Return = 'passed' | 'released';

/** Which conversations another responder of the business number has at Meta. */
export class Threads {
	/** Until when it is the other one's if the contact does not write, epoch milliseconds. */
	private readonly taken = new Map<object, Map<string, number>>();

	constructor(private readonly random: Random) {}

	take(person: object, number: string, nowMs: number): void {
		const own = this.taken.get(person) ?? new Map<string, number>();
		own.set(number, nowMs + DAY_MS);
		this.taken.set(person, own);
	}

	/** Whether what the contact does now goes to the other responder, with a copy for the business. */
	isInStandby(person: object, number: string, nowMs: number): boolean {
		const until = this.taken.get(person)?.get(number) ?? 0;
		if (nowMs >= until) return false;
		this.take(person, number, nowMs);
		return true;
	}

	/** The other responder has done what it was there for, now and then. */
	mayReturn(person: object, number: string): Return | undefined {
		if (!this.random.chance(0.3)) return undefined;
		this.taken.get(person)?.delete(number);
		return this.random.chance(0.5) ? 'passed' : 'released';
	}
}
