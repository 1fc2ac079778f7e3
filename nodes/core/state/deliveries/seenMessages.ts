import { FINGERPRINT_CHARS, fingerprintOf } from '../fingerprint';

export const DAY_SECONDS = 86_400;

/** Meta repeats a delivery for up to seven days. */
export const DAYS_KEPT = 8;

/** The hashes of one day, and the same in a row, as they are saved. */
interface Day {
	hashes: Set<string>;
	text: string;
}

/** Which deliveries have started a workflow already, by day of arrival, as hashes. */
export class SeenMessages {
	/** Counts changes, so that savers know whether there is something new. */
	revision = 0;

	private readonly days = new Map<number, Day>();
	/** No day before this one is today, whatever the clock shows. */
	private today = 0;

	has(id: string): boolean {
		const hash = fingerprintOf(id);
		for (const { hashes } of this.days.values()) if (hashes.has(hash)) return true;
		return false;
	}

	/** @param now time of arrival, epoch seconds */
	add(id: string, now: number): void {
		if (this.has(id)) return;
		const number = Math.floor(now / DAY_SECONDS);
		addTo(this.day(Math.max(number, this.today)), fingerprintOf(id));
		this.revision++;
	}

	/**
	 * Drops what Meta repeats no more.
	 *
	 * @param settled a time that has come for certain (see SettledTime), epoch seconds
	 */
	prune(settled: number): void {
		this.today = Math.floor(settled / DAY_SECONDS);
		for (const day of this.days.keys()) if (day <= this.today - DAYS_KEPT) this.days.delete(day);
	}

	private day(number: number): Day {
		const known = this.days.get(number);
		if (known) return known;
		const day: Day = { hashes: new Set(), text: '' };
		this.days.set(number, day);
		return day;
	}

	/** `<day>:<hash><hash>…;<day>:…` */
	encode(): string {
		return Array.from(this.days, ([number, { text }]) => `${number}:${text}`).join(';');
	}

	/** Adds what {@link encode} wrote; what cannot be read is left out. */
	join(text: string): void {
		for (const part of text.split(';')) {
			const [number, packed] = part.split(':');
			if (!packed || !/^\d+$/.test(number)) continue;
			const day = this.day(Number(number));
			const isFirst = day.hashes.size === 0;
			const end = packed.length - (packed.length % FINGERPRINT_CHARS);
			for (let i = 0; i < end; i += FINGERPRINT_CHARS) {
				const hash = packed.slice(i, i + FINGERPRINT_CHARS);
				if (isFirst) day.hashes.add(hash);
				else addTo(day, hash);
			}
			if (isFirst) day.text = packed.slice(0, end);
		}
	}
}

function addTo(day: Day, hash: string): void {
	if (day.hashes.has(hash)) return;
	day.hashes.add(hash);
	day.text += hash;
}
