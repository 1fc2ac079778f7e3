type Action = () => Promise<void> | void;

interface Entry {
	atMs: number;
	/** Of two at the same time, the one that was written down first goes first. */
	order: number;
	action: Action;
}

/** What will happen when: a heap by time. */
export class Agenda {
	private readonly heap: Entry[] = [];

	private count = 0;

	at(atMs: number, action: Action): void {
		const { heap } = this;
		const entry = { atMs, order: this.count++, action };
		let index = heap.push(entry) - 1;
		while (index > 0) {
			const parent = (index - 1) >> 1;
			if (!isBefore(entry, heap[parent])) break;
			heap[index] = heap[parent];
			index = parent;
		}
		heap[index] = entry;
	}

	/** Takes out what is next; undefined when nothing is left. */
	next(): Entry | undefined {
		const { heap } = this;
		const [first] = heap;
		const last = heap.pop();
		if (last === undefined || heap.length === 0) return first;
		let index = 0;
		for (;;) {
			let child = 2 * index + 1;
			if (child >= heap.length) break;
			if (child + 1 < heap.length && isBefore(heap[child + 1], heap[child])) child++;
			if (!isBefore(heap[child], last)) break;
			heap[index] = heap[child];
			index = child;
		}
		heap[index] = last;
		return first;
	}
}

function isBefore(a: Entry, b: Entry): boolean {
	return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);
}
