import type { Era, NameKind, Person } from './people';

/** Whose a name was for a time. */
export interface Holder {
	person: Person;
	/** Index of the person's era. */
	era: number;
	kind: NameKind;
}

/**
 * Who had which number and user ID, one after the other. It goes by what is written down for each
 * person, both forms of a number included, and knows no rule about numbers.
 */
export class Directory {
	private readonly holders = new Map<string, Holder[]>();

	private readonly eras = new Map<Person, number>();

	/** From now on the names of this era are the person's, and those of the era before nobody's. */
	begin(person: Person, era: number): void {
		this.eras.set(person, era);
		for (const [kind, name] of namesOf(person.eras[era])) {
			const all = this.holders.get(name) ?? [];
			this.holders.set(name, [...all, { person, era, kind }]);
		}
	}

	/** Who has a name; nobody when it was given up. */
	holderOf(name: string): Holder | undefined {
		const last = this.lastHolderOf(name);
		return last && this.eras.get(last.person) === last.era ? last : undefined;
	}

	/** Who has a name, or had it last. */
	lastHolderOf(name: string): Holder | undefined {
		return this.holders.get(bare(name))?.at(-1);
	}

	/** Who had a name of this era before or after its holder. */
	othersOf({ person, era }: Holder): Holder[] {
		return namesOf(person.eras[era])
			.flatMap(([, name]) => this.holders.get(name) ?? [])
			.filter((holder) => holder.person !== person);
	}

	eraOf(person: Person): number | undefined {
		return this.eras.get(person);
	}
}

function namesOf({ phone, otherPhone, userId }: Era): Array<[NameKind, string]> {
	const phones = otherPhone === undefined ? [phone] : [phone, otherPhone];
	return [...phones.map((name): [NameKind, string] => ['phone', name]), ['userId', userId]];
}

function bare(name: string): string {
	return name.replace(/^\+/, '');
}
