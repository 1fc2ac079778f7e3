import { BoundedMap } from '../../boundedMap';
import { isUserId } from '../../conversation/contact';
import { keyOf } from '../memory/idRecord';
import type { Replica } from '../memory/replica';

import { rowKey, type ContactRequest } from './contactRequest';
import { idsIn, type RowContent, type StoredRow } from './tableRow';

/** Contacts whose rows are remembered, in order to write without reading first. */
const MOST_KNOWN = 10_000;

/** The rows of contacts as last read or written, by each identifier. */
export class KnownRows {
	private readonly rows = new BoundedMap<string, StoredRow[]>(MOST_KNOWN);

	/** @param memory what this process knows */
	constructor(private readonly memory: { replica(businessNumberId: string): Replica }) {}

	/** With every identifier that has to do with those. */
	withAllIds({ businessNumberId, ids }: ContactRequest): ContactRequest {
		return { businessNumberId, ids: this.memory.replica(businessNumberId).relatives(ids) };
	}

	/** The rows that name a contact, oldest first, each once; undefined: not all are known. */
	lookUp(request: ContactRequest): StoredRow[] | undefined {
		const { businessNumberId, ids } = this.withAllIds(request);
		const lists = ids.map((id) => this.rows.get(rowKey(businessNumberId, id)));
		if (lists.some((rows) => rows === undefined)) return undefined;
		// Identifiers may have been asked for together that turned out to be two contacts.
		const keys = new Set(ids.map(keyOf));
		const rows = lists.flatMap((list = []) => list.filter((row) => hasKey(row, keys)));
		const byId = new Map(rows.map((row) => [row.rowId, row]));
		return [...byId.values()].sort((a, b) => a.rowId - b.rowId);
	}

	private remember({ businessNumberId, ids }: ContactRequest, rows: StoredRow[]): void {
		for (const id of ids) {
			this.rows.set(rowKey(businessNumberId, id), rows);
		}
	}

	/** What was known of the rows that name identifiers is not sure any more. */
	forget(businessNumberId: string, ids: readonly string[]): void {
		for (const id of ids) this.rows.delete(rowKey(businessNumberId, id));
	}

	/** Remembers which of the rows are a contact's, also those that hold another identifier of it. */
	rememberFound({ businessNumberId, ids }: ContactRequest, rows: StoredRow[]): StoredRow[] {
		const keys = new Set(ids.map(keyOf));
		const found = rows.filter(
			(row) => row.businessNumberId === businessNumberId && hasKey(row, keys),
		);
		this.remember({ businessNumberId, ids }, found);
		return found;
	}

	/** Remembers a row that is the only one of those it names, as most are. */
	rememberAlone(row: StoredRow): void {
		const replica = this.memory.replica(row.businessNumberId);
		const keys = new Set(idsIn(row).map(keyOf));
		const ids = replica.relatives([row.id]);
		if (ids.every((id) => keys.has(keyOf(id)) && !this.isAnchor(replica, row, id))) {
			this.remember({ businessNumberId: row.businessNumberId, ids }, [row]);
		}
	}

	/** Whether an identifier has a row of its own beside this one. */
	private isAnchor(replica: Replica, row: StoredRow, id: string): boolean {
		if (keyOf(id) === keyOf(row.id)) return false;
		return (
			isUserId(id) ||
			!replica.linksOf(keyOf(row.id)).some(({ phone }) => keyOf(phone) === keyOf(id))
		);
	}
}

function hasKey(row: RowContent, keys: ReadonlySet<string>): boolean {
	return idsIn(row).some((id) => keys.has(keyOf(id)));
}
