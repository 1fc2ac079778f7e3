import fs from 'fs';
import path from 'path';

/** How far the clock of the demo may be moved on: n8n and WhatsApp see the same time. */
export const STEPS: Record<string, { label: string; ms: number }> = {
	hour: { label: 'One hour', ms: 3_600_000 },
	threeHours: { label: 'Three hours', ms: 3 * 3_600_000 },
	day: { label: 'One day', ms: 86_400_000 },
};

/**
 * A clock that may be moved on, so that reminders and time-outs need no waiting. n8n follows it by a
 * script that it loads first.
 */
export class Clock {
	private aheadMs: number;

	private readonly file: string;

	/**
	 * @param folder in which the process of n8n reads how far the clock is ahead; what lies there from
	 * an earlier showing holds on, for n8n's data are of that time
	 */
	constructor(folder: string) {
		this.file = path.join(folder, 'clock-ahead');
		this.aheadMs = fs.existsSync(this.file) ? Number(fs.readFileSync(this.file, 'utf8')) : 0;
		this.write();
	}

	/** Epoch milliseconds. */
	readonly now = (): number => Date.now() + this.aheadMs;

	moveOn(ms: number): void {
		this.aheadMs += ms;
		this.write();
	}

	/** Environment variables with which n8n follows this clock. */
	get env(): Record<string, string> {
		const script = path.join(__dirname, 'followClock.js');
		return { NODE_OPTIONS: `--require "${script}"`, CLOCK_FILE: this.file };
	}

	private write(): void {
		// As a whole, so that nobody reads a half of it.
		fs.writeFileSync(`${this.file}.new`, String(this.aheadMs));
		fs.renameSync(`${this.file}.new`, this.file);
	}
}
