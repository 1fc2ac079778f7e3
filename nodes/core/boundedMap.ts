/** A map of so many entries at most: the ones that were set longest ago go first. */
export class BoundedMap<K, V> {
	private readonly entries = new Map<K, V>();

	constructor(private readonly most: number) {}

	get(key: K): V | undefined {
		return this.entries.get(key);
	}

	/** Makes the entry the newest one. */
	set(key: K, value: V): void {
		this.entries.delete(key);
		this.entries.set(key, value);
		if (this.entries.size <= this.most) return;
		for (const oldest of this.entries.keys()) {
			this.entries.delete(oldest);
			break;
		}
	}

	delete(key: K): void {
		this.entries.delete(key);
	}

	/** The oldest first. */
	[Symbol.iterator](): IterableIterator<[K, V]> {
		return this.entries[Symbol.iterator]();
	}
}
