import { randomBytes } from 'crypto';

import { isUserId } from '../../conversation/contact';
import { isEmpty, joinRecords, keyOf, type IdRecord } from '../memory/idRecord';
import type { Replica } from '../memory/replica';

import type { PendingRow } from './pendingRows';
import { joinDeliveries } from './recentDeliveries';
import { fingerprint, joinedExtras, type RowContent, type StoredRow } from './tableRow';

/** A row that is to be written. */
export interface RowWrite {
	pending: PendingRow;
	content: RowContent;
	version: string;
	/** The contact's rows as they are known. */
	rows: StoredRow[];
}

/** Whether the table lacks something. */
export function isNeeded({ content, rows }: RowWrite): boolean {
	const [first, ...others] = rows;
	if (others.length > 0) return true;
	if (first) return fingerprint(content) !== fingerprint(first);
	return content.deliveries !== '' || content.records.some((record) => !isEmpty(record));
}

/**
 * What is to be written of a contact.
 *
 * @param known the rows that name it
 */
export function writeOf(
	pending: PendingRow,
	known: readonly StoredRow[],
	replica: Replica,
): RowWrite {
	const { businessNumberId, id } = pending;
	const numbers = replica.linksOf(keyOf(id)).map(({ phone }) => keyOf(phone));
	const isOwn = (row: RowContent) => keyOf(row.id) === keyOf(id);
	// The row of a phone number alone becomes that of the user ID that it was seen with.
	const rows = [
		...known.filter(isOwn),
		...known.filter((row) => numbers.includes(keyOf(row.id)) && !isUserId(row.id)),
	];
	const records = new Map<string, IdRecord>();
	const told = [id, ...numbers].flatMap((one) => replica.recordOf(one) ?? []);
	for (const record of [...told, ...rows.flatMap((row) => row.records)]) {
		const key = keyOf(record.id);
		const before = records.get(key);
		records.set(key, before ? joinRecords(before, record) : record);
	}
	const extras = joinedExtras(rows);
	const content = {
		businessNumberId,
		id: replica.recordOf(id)?.id ?? id,
		records: [...records.values()],
		name: pending.name || extras.name,
		deliveries: joinDeliveries(extras.deliveries, pending.deliveries),
	};
	return { pending, content, version: newVersion(), rows };
}

/** The version of a row that is written now. */
export function newVersion(): string {
	return randomBytes(9).toString('base64url');
}
