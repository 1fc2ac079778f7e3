/** Several values under one key. */
export class KeyIndex {
	private readonly valuesByKey = new Map<string, Set<string>>();

	add(key: string, value: string): void {
		const values = this.valuesByKey.get(key);
		if (values) values.add(value);
		else this.valuesByKey.set(key, new Set([value]));
	}

	delete(key: string, value: string): void {
		const values = this.valuesByKey.get(key);
		values?.delete(value);
		if (values?.size === 0) this.valuesByKey.delete(key);
	}

	has(key: string): boolean {
		return this.valuesByKey.has(key);
	}

	keys(): string[] {
		return [...this.valuesByKey.keys()];
	}

	/** What is under a key, in no order. */
	of(key: string): string[] {
		return [...(this.valuesByKey.get(key) ?? [])];
	}
}
