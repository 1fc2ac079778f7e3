import { MOST_MESSAGES, MOST_MS } from './patience';

/** How a delivery's messages are to be started. */
export type Turn<T> =
	| {
			/** This delivery starts the run for all messages of the row. */
			role: 'first';
			/** In the order in which they came. */
			messages: T[];
			/** Tells the deliveries of the other messages whether n8n holds the run. */
			settle: (isHeld: boolean) => void;
	  }
	| {
			/** Another delivery starts the run. Whether n8n holds it. */
			role: 'follower';
			isHeld: boolean;
	  };

interface Row<T> {
	messages: T[];
	/** Epoch milliseconds, as all times here. */
	beganAt: number;
	/** Ends the wait. */
	close: () => void;
	/** Resolves when the wait is over. */
	isClosed: Promise<void>;
	/** Resolves to whether n8n holds the run. */
	isHeld: Promise<boolean>;
	settle: (isHeld: boolean) => void;
}

/**
 * Messages that a contact sends in a row, gathered until the contact has been quiet for a while. The
 * deliveries of all of them wait meanwhile, so nothing is acknowledged that has no run yet: what is
 * lost with the process comes again.
 */
export class Bursts<T> {
	private readonly rows = new Map<string, Row<T>>();

	/** @param sleep resolves after so many milliseconds */
	constructor(private readonly sleep: (ms: number) => Promise<void>) {}

	/**
	 * Takes a message in, and resolves when it is clear which delivery starts the run.
	 *
	 * @param key of the contact, the business number and the trigger
	 * @param quietMs for how long the contact has to be quiet behind this message
	 * @param nowMs epoch milliseconds
	 */
	async take(key: string, message: T, quietMs: number, nowMs: number): Promise<Turn<T>> {
		const open = this.rows.get(key);
		if (open) {
			open.messages.push(message);
			this.wait(key, open, quietMs, nowMs);
			return { role: 'follower', isHeld: await open.isHeld };
		}
		const row = newRow(message, nowMs);
		this.rows.set(key, row);
		this.wait(key, row, quietMs, nowMs);
		await row.isClosed;
		return { role: 'first', messages: row.messages, settle: row.settle };
	}

	/** How many messages of a contact wait. */
	countOf(key: string): number {
		return this.rows.get(key)?.messages.length ?? 0;
	}

	/** Ends the wait for a contact: something came that must not wait behind it. */
	close(key: string): void {
		const row = this.rows.get(key);
		if (!row) return;
		this.rows.delete(key);
		row.close();
	}

	private wait(key: string, row: Row<T>, quietMs: number, nowMs: number): void {
		const left = Math.min(quietMs, row.beganAt + MOST_MS - nowMs);
		const count = row.messages.length;
		if (left <= 0 || count >= MOST_MESSAGES) {
			this.close(key);
			return;
		}
		void this.sleep(left).then(() => {
			// A later message has its own wait.
			if (this.rows.get(key) === row && row.messages.length === count) this.close(key);
		});
	}
}

function newRow<T>(message: T, nowMs: number): Row<T> {
	const row = { messages: [message], beganAt: nowMs } as Row<T>;
	row.isClosed = new Promise((resolve) => (row.close = resolve));
	row.isHeld = new Promise((resolve) => (row.settle = resolve));
	return row;
}
