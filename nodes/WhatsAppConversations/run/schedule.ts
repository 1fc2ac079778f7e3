import { Slots } from '../../core/slots';

/** How many items are worked on at once: enough for the rate at the latency of a slow network. */
const MOST_RUNNING = 24;

/** How many items may have been begun, running or waiting for their contact's turn. */
const MOST_BEGUN = 200;

export interface ScheduleOptions {
	count: number;
	/** Items with the same lane are done one after the other, in their order. */
	laneOf(i: number): Promise<string>;
	/** Must not throw. Returns false to begin no further item. */
	work(i: number): Promise<boolean>;
	isCancelled(): boolean;
	/** How many items are worked on at once; by default {@link MOST_RUNNING}. */
	atOnce?: number;
}

/**
 * Works on many items at once, but keeps the order within a lane: messages to one contact must not
 * overtake each other.
 */
export async function schedule({
	count,
	laneOf,
	work,
	isCancelled,
	atOnce = MOST_RUNNING,
}: ScheduleOptions): Promise<void> {
	const lanes = new Map<string, Promise<void>>();
	const begun = new Set<Promise<void>>();
	const running = new Slots(atOnce);
	let goesOn = true;

	const runAfter = async (previous: Promise<void> | undefined, i: number) => {
		await previous;
		await running.take();
		if (goesOn && !isCancelled()) goesOn = (await work(i)) && goesOn;
		running.give();
	};

	for (let i = 0; i < count && goesOn && !isCancelled(); i++) {
		const lane = await laneOf(i);
		const task = runAfter(lanes.get(lane), i);
		lanes.set(lane, task);
		begun.add(task);
		void task.then(() => {
			begun.delete(task);
			if (lanes.get(lane) === task) lanes.delete(lane);
		});
		if (begun.size >= MOST_BEGUN) await Promise.race(begun);
	}
	await Promise.all(begun);
}
