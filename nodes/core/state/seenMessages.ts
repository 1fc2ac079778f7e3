import { createHash } from 'crypto';

export const DAY_SECONDS = 86_400;

/** Meta repeats a delivery for up to seven days. */
export const DAYS_KEPT = 8;

/** 48 bits in base64url: among a million messages a new one is taken for an old one in 3 of 10^9. */
const HASH_CHARS = 8;

/** Which deliveries have started a workflow already, by day of arrival, in 8 characters each. */
export class SeenMessages {
	/** Counts changes, so that savers know whether there is something new. */
	revision = 0;

	private readonly hashesByDay = new Map<number, Set<string>>();

	has(id: string): boolean {
		const hash = hashOf(id);
		for (const hashes of this.hashesByDay.values()) if (hashes.has(hash)) return true;
		return false;
	}

	/** @param now time of arrival, epoch seconds */
	add(id: string, now: number): void {
		if (this.has(id)) return;
		const day = Math.floor(now / DAY_SECONDS);
		this.dayOf(day).add(hashOf(id));
		this.revision++;
		for (const old of this.hashesByDay.keys()) {
			if (old <= day - DAYS_KEPT) this.hashesByDay.delete(old);
		}
	}

	private dayOf(day: number): Set<string> {
		const known = this.hashesByDay.get(day);
		if (known) return known;
		const hashes = new Set<string>();
		this.hashesByDay.set(day, hashes);
		return hashes;
	}

	/** `<day>:<hash><hash>…;<day>:…` */
	encode(): string {
		return [...this.hashesByDay].map(([day, hashes]) => `${day}:${[...hashes].join('')}`).join(';');
	}

	/** Adds what {@link encode} wrote; what cannot be read is left out. */
	join(text: string): void {
		for (const part of text.split(';')) {
			const [day, packed] = part.split(':');
			if (!packed || !/^\d+$/.test(day)) continue;
			const hashes = this.dayOf(Number(day));
			for (let i = 0; i + HASH_CHARS <= packed.length; i += HASH_CHARS) {
				hashes.add(packed.slice(i, i + HASH_CHARS));
			}
		}
	}
}

/** A short name for an ID. */
export function hashOf(id: string): string {
	return createHash('sha256').update(id).digest('base64url').slice(0, HASH_CHARS);
}
