/** What the server has told, by kind and ID. */
export class Store {
	entries = new Map();

	/** Milliseconds by which the server's clock is ahead of this one. */
	ahead = 0;

	constructor() {
		this.listeners = [];
	}

	/** Listens for changes, and connects again by itself after a break. */
	connect(onState) {
		const source = new EventSource('api/events');
		source.onmessage = ({ data }) => {
			const { all, now, changed, gone } = JSON.parse(data);
			if (all) this.entries.clear();
			this.ahead = now - Date.now();
			for (const entry of changed) this.entries.set(`${entry.kind}:${entry.id}`, entry);
			for (const name of gone) this.entries.delete(name);
			onState('live');
			for (const listener of this.listeners) listener(changed, all);
		};
		source.onerror = () => onState('away');
	}

	onChange(listener) {
		this.listeners.push(listener);
	}

	now() {
		return Date.now() + this.ahead;
	}

	get(kind, id) {
		return this.entries.get(`${kind}:${id}`);
	}

	of(kind) {
		return [...this.entries.values()].filter((entry) => entry.kind === kind);
	}

	/** What belongs to a chat, oldest first. */
	inThread(thread, ...kinds) {
		return [...this.entries.values()]
			.filter((entry) => entry.thread === thread && kinds.includes(entry.kind))
			.sort((a, b) => (a.place ?? a.at) - (b.place ?? b.at));
	}
}
