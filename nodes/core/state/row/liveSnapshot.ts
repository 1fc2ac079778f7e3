/** Who makes what stands in a row. */
export interface SnapshotSource {
	/**
	 * All that is known now, as plain JSON of which nothing is kept here.
	 *
	 * @param isForRow whether n8n writes it into the row; all others get a mere copy
	 */
	serialise(isForRow: boolean): object;
}

interface Life {
	source: SnapshotSource;
	announce(): void;
}

/**
 * What stands in static data instead of plain values: n8n serialises it at the moment it saves, so
 * the last one to save writes everything that the process knows by then. n8n itself merges nothing.
 *
 * n8n does more with static data than save them: it clones them (for the cache of its test
 * webhooks), puts a proxy around every object in them (older versions in place, and again at each
 * retry), serialises them for Code nodes and for the record of an execution. So nothing leads from
 * here to what is alive but one function, into whose closure neither a clone nor a proxy gets; a
 * clone keeps the function, and is as alive.
 */
export class LiveSnapshots {
	private readonly lives = new WeakMap<object, Life>();

	make(source: SnapshotSource): object {
		let isAnnounced = false;
		const toJSON = () => {
			const isForRow = isAnnounced;
			isAnnounced = false;
			return source.serialise(isForRow);
		};
		this.lives.set(toJSON, {
			source,
			announce: () => {
				isAnnounced = true;
			},
		});
		return { toJSON };
	}

	/** Whether a value of static data is alive, for this source: as it was made, wrapped, or cloned. */
	isOf(value: unknown, source: SnapshotSource): boolean {
		return this.lifeOf(value)?.source === source;
	}

	/** What n8n serialises next of it is what it writes into the row: once, and nothing else is. */
	announce(value: unknown): void {
		this.lifeOf(value)?.announce();
	}

	private lifeOf(value: unknown): Life | undefined {
		if (!isAlive(value)) return undefined;
		return this.lives.get(value.toJSON);
	}
}

/** Whether a value is a live snapshot, and no row. */
export function isAlive(value: unknown): value is { toJSON: () => unknown } {
	return (
		typeof value === 'object' &&
		value !== null &&
		typeof (value as { toJSON?: unknown }).toJSON === 'function'
	);
}
