import { isUserId } from '../../conversation/contact';
import type { ContactNews } from '../conversations';
import { keyOf } from '../memory/idRecord';
import { idsOf, type Replica } from '../memory/replica';

import { rowKey } from './contactRequest';
import { withDelivery, withQuestions, withWrittenTo } from './recentDeliveries';

/** What is yet to be stored in a contact's row, beside its facts. */
export interface PendingRow {
	businessNumberId: string;
	/** Whose row it is. */
	id: string;
	name: string;
	deliveries: string;
}

/**
 * Which rows are yet to be written: all of them, however long the table cannot be reached. There may be a
 * stop among them, and the replica holds these contacts anyway.
 */
export class PendingRows {
	private readonly rows = new Map<string, PendingRow>();

	/** @param memory what this process knows */
	constructor(private readonly memory: { replica(businessNumberId: string): Replica }) {}

	/** The rows under the keys that {@link note} gave, as far as they are still to be written. */
	under(keys: readonly string[]): PendingRow[] {
		return [...new Set(keys)].flatMap((key) => this.rows.get(key) ?? []);
	}

	/** Those that have waited longest. */
	oldest(most: number): PendingRow[] {
		return [...this.rows.values()].slice(0, most);
	}

	/** @returns which rows have to be looked at: the contact's, and those of the contacts that it has to do with */
	note(businessNumberId: string, { contact, name = '', delivery, at }: ContactNews): string[] {
		const ids = idsOf(contact);
		if (ids.length === 0) return [];
		const replica = this.memory.replica(businessNumberId);
		const { userId = ids[0] } = replica.identify(contact);
		const others = replica
			.relatives(ids)
			// A phone number that was seen with a user ID is in the row of that.
			.filter(
				(id) => (isUserId(id) || replica.usersOf(keyOf(id)).length === 0) && replica.recordOf(id),
			);
		const keys = [userId, ...others].map((id) => {
			const key = rowKey(businessNumberId, id);
			const before = this.rows.get(key) ?? { businessNumberId, id, name: '', deliveries: '' };
			this.rows.set(key, before);
			return key;
		});
		const own = this.rows.get(keys[0]) as PendingRow;
		const seen =
			delivery === undefined ? own.deliveries : withDelivery(own.deliveries, delivery, at);
		const asked = withQuestions(seen, replica.questions.textOf(ids), at);
		this.rows.set(keys[0], {
			...own,
			name: name || own.name,
			deliveries: withWrittenTo(asked, replica.noteOf(contact).writtenToAt, at),
		});
		return keys;
	}

	/** A row is written; it stays where there are more news of it by now. */
	written(row: PendingRow): void {
		const key = rowKey(row.businessNumberId, row.id);
		if (this.rows.get(key) === row) this.rows.delete(key);
	}

	/** Identifiers are forgotten: nothing is to be written of them. */
	drop(businessNumberId: string, ids: readonly string[]): void {
		for (const id of ids) this.rows.delete(rowKey(businessNumberId, id));
	}
}
