interface Batch<T> {
	asked: T[];
	done: Promise<void>;
}

/**
 * Gathers what is asked for while a request is on its way, and asks for all of it in the next one.
 * A request never begins before what it is asked for, so its answer is never older than the question.
 */
export class Batcher<T> {
	private next?: Batch<T>;
	private last: Promise<void> = Promise.resolve();

	/** @param gather what is awaited before each request, so that more goes with it */
	constructor(
		private readonly run: (asked: T[]) => Promise<void>,
		private readonly gather?: () => Promise<void>,
	) {}

	/** Resolves when all of it is done. @throws what `run` throws */
	async ask(asked: T[]): Promise<void> {
		const batch = (this.next ??= this.begin());
		batch.asked.push(...asked);
		await batch.done;
	}

	private begin(): Batch<T> {
		const batch: Batch<T> = { asked: [], done: Promise.resolve() };
		batch.done = this.last.then(async () => {
			await this.gather?.();
			this.next = undefined;
			await this.run(batch.asked);
		});
		this.last = batch.done.catch(() => undefined);
		return batch;
	}
}
