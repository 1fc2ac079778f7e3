import { identityOfId, type ContactIdentity } from '../../conversation/contact';
import { StateUnavailable } from '../../stateUnavailable';
import type { DataTableApi, RowFilter } from '../../transport/dataTableApi';
import { LackingColumn } from '../../transport/dataTableRefusals';
import type { ContactNews } from '../conversations';
import { keyOf, unerased } from '../memory/idRecord';
import { idsOf, type Erasure, type Replica } from '../memory/replica';

import { Batcher } from './batcher';
import { groupsOf, requestKey, type ContactRequest } from './contactRequest';
import { KnownRows } from './knownRows';
import { PendingRows, type PendingRow } from './pendingRows';
import { hasDelivery, questionsIn, writtenToIn } from './recentDeliveries';
import { isNeeded, newVersion, writeOf, type RowWrite } from './rowWrite';
import {
	cellsOf,
	cellsOfOldTable,
	filtersOf,
	idsIn,
	outlivedBy,
	readRow,
	type Cells,
	type StoredRow,
} from './tableRow';

/** How many contacts whose news could not be stored before go with a save. */
const MOST_AT_ONCE = 200;

/** How many rows are written at once; n8n has few connections to its database. */
const WRITES_AT_ONCE = 4;

/** How often a contact's row is read again because another process has written meanwhile. */
const MOST_TRIES = 10;

const PRUNE_EVERY_SECONDS = 86_400;

/** What a process knows, which it shares by the table. */
interface TableMemory {
	/** The state of a business number. */
	replica(businessNumberId: string): Replica;
	/** By what time rows may be deleted for good, epoch seconds (see SettledTime). */
	readonly settledAt?: number;
}

/**
 * Conversation state in a data table of n8n, one row for each contact, shared by all processes.
 *
 * n8n has neither unique keys nor transactions for us. So every write names the version of the row
 * that it goes by, and is repeated on newer data when it comes too late; facts only join, so nothing
 * goes back. Two first messages at once may leave two rows: readers join all of them, and the next
 * writer makes one of them.
 */
export class DataTableStore {
	private readonly known: KnownRows;
	private readonly pending: PendingRows;
	/** Whether the table is of an older version, and lacks columns that are for people. */
	private isOldTable = false;
	/** When rows could last be read, in milliseconds of a clock that nobody sets; never since n8n was down. */
	lastReadMs = -Infinity;
	/** Epoch seconds. */
	private prunedAt = -Infinity;

	private readonly reads = new Batcher<ContactRequest>(
		async (requests) => await this.read(requests),
	);
	private readonly writes = new Batcher<PendingRow>(async (rows) => await this.write(rows));

	/** @param api reaches the table */
	constructor(
		private api: DataTableApi,
		private readonly tableId: string,
		private readonly memory: TableMemory,
	) {
		this.known = new KnownRows(memory);
		this.pending = new PendingRows(memory);
	}

	/** Reaches the table by another way from now on. */
	connect(api: DataTableApi): void {
		this.api = api;
	}

	/**
	 * Joins what is stored of some contacts into the replica.
	 *
	 * @throws StateUnavailable
	 */
	async load(businessNumberId: string, contacts: ContactIdentity[]): Promise<void> {
		const requests = contacts
			.map((contact) => ({ businessNumberId, ids: idsOf(contact) }))
			.filter(({ ids }) => ids.length > 0);
		if (requests.length > 0) await this.reads.ask(requests);
	}

	/**
	 * As {@link load}, for all contacts of a business number.
	 *
	 * @throws StateUnavailable
	 */
	async loadAll(businessNumberId: string): Promise<void> {
		const filter = { columnName: 'businessNumberId', condition: 'eq', value: businessNumberId };
		this.join(await this.rowsWith([filter]));
	}

	/**
	 * Stores what the replica knows of some contacts. What cannot be stored now is stored by a later
	 * call.
	 *
	 * @throws StateUnavailable
	 */
	async save(businessNumberId: string, news: ContactNews[]): Promise<void> {
		const noted = news.flatMap((one) => this.pending.note(businessNumberId, one));
		const rows = this.pending.under(noted);
		if (rows.length > 0) await this.writes.ask(rows);
		await this.prune(this.memory.settledAt);
	}

	/**
	 * Deletes the rows in which nothing can matter any more: n8n's tables have a limit together. What
	 * was not possible today is so another day.
	 */
	private async prune(at: number | undefined): Promise<void> {
		if (at === undefined || at - this.prunedAt < PRUNE_EVERY_SECONDS) return;
		this.prunedAt = at;
		await this.api.deleteRows(this.tableId, [outlivedBy(at)]).catch(() => {});
	}

	/**
	 * Removes what is stored of a contact, who has been forgotten by the replica.
	 *
	 * @param erasures what was forgotten
	 * @throws StateUnavailable
	 */
	async remove(businessNumberId: string, erasures: readonly Erasure[]): Promise<void> {
		const erasedAt = new Map(erasures.map(({ id, at }) => [keyOf(id), at]));
		const ids = erasures.map(({ id }) => id);
		this.pending.drop(businessNumberId, ids);
		for (let tries = 0; ; tries++) {
			if (tries === MOST_TRIES) throw tooBusy();
			const rows = await this.rowsWith(ids.flatMap(filtersOf));
			const done = rows.map(
				async (row) =>
					row.businessNumberId !== businessNumberId || (await this.eraseIn(row, erasedAt)),
			);
			if (!(await Promise.all(done)).includes(false)) break;
		}
		this.known.forget(businessNumberId, ids);
	}

	/** Erases in one row; what in it is others' stays. @returns whether no other write came between */
	private async eraseIn(row: StoredRow, erasedAt: ReadonlyMap<string, number>): Promise<boolean> {
		const { businessNumberId, records } = row;
		const left = records.flatMap(
			(record) => unerased(record, (id) => erasedAt.get(keyOf(id)) ?? 0) ?? [],
		);
		const isSame = left.length === records.length && left.every((one) => records.includes(one));
		const isOwn = erasedAt.has(keyOf(row.id));
		if (isSame && !isOwn) return true;
		this.known.forget(businessNumberId, idsIn(row));
		const own = [equals('id', row.rowId), equals('version', row.version)];
		if (left.length === 0) {
			await this.api.deleteRows(this.tableId, [equals('id', row.rowId)]);
			return true;
		}
		const id = isOwn ? left[0].id : row.id;
		const rest = isOwn ? { name: '', deliveries: '' } : {};
		const version = newVersion();
		const cells = cellsOf({ ...row, ...rest, id, records: left }, version);
		const written = await this.put([cells], async ([fit]) => {
			return await this.api.updateRows(this.tableId, own, fit);
		});
		return written.some((one) => one.version === version);
	}

	/** Whether a delivery of a loaded contact has started a workflow already, in any process. */
	wasSeen(businessNumberId: string, contact: ContactIdentity, delivery: string): boolean {
		const rows = this.known.lookUp({ businessNumberId, ids: idsOf(contact) }) ?? [];
		return rows.some(({ deliveries }) => hasDelivery(deliveries, delivery));
	}

	/** Reads the rows of contacts, in as few requests as the length of a URL allows. */
	private async read(requests: ContactRequest[]): Promise<void> {
		let incomplete = requests.map((one) => this.known.withAllIds(one));
		while (incomplete.length > 0) {
			const wanted = [...new Map(incomplete.map((one) => [requestKey(one), one])).values()];
			for (const group of groupsOf(wanted)) {
				const known = group.requests.map((one) => this.known.lookUp(one) ?? []);
				const rows = await this.rowsWith(group.filters);
				this.join(rows);
				group.requests.forEach((one, index) => {
					this.dropForgotten(one, known[index], this.known.rememberFound(one, rows));
				});
			}
			// A row may tell another identifier of the contact, under which there may be more rows.
			incomplete = wanted
				.map((one) => this.known.withAllIds(one))
				.filter(({ ids }, index) => ids.length > wanted[index].ids.length);
		}
	}

	/** What was in rows and is in none any more: another process has forgotten the contact. */
	private dropForgotten(
		{ businessNumberId }: ContactRequest,
		known: StoredRow[],
		found: StoredRow[],
	): void {
		const kept = new Set(found.flatMap(({ records }) => records.map(({ id }) => keyOf(id))));
		const gone = known.flatMap(({ records }) => records.map(({ id }) => id));
		this.memory.replica(businessNumberId).drop(gone.filter((id) => !kept.has(keyOf(id))));
	}

	private async rowsWith(filters: RowFilter[]): Promise<StoredRow[]> {
		const rows = await this.api.rowsWithAny(this.tableId, filters).catch((error: unknown) => {
			if (error instanceof StateUnavailable && error.trouble === 'down')
				this.lastReadMs = -Infinity;
			throw error;
		});
		this.lastReadMs = performance.now();
		return rows.map(readRow).filter((row) => row !== undefined);
	}

	private join(rows: StoredRow[]): void {
		for (const row of rows) {
			const replica = this.memory.replica(row.businessNumberId);
			for (const record of row.records) replica.joinRecord(record);
			replica.questions.joinText(idsIn(row), questionsIn(row.deliveries));
			const namedAt = Math.max(0, ...row.records.map(({ facts }) => facts.lastInboundAt));
			replica.note(identityOfId(row.id), {
				name: row.name,
				namedAt,
				writtenToAt: writtenToIn(row.deliveries),
			});
		}
	}

	/** Writes contacts and what could not be written before, until no other write comes between any more. */
	private async write(rows: PendingRow[]): Promise<void> {
		let pending = [...new Set([...rows, ...this.pending.oldest(MOST_AT_ONCE)])];
		for (let tries = 0; pending.length > 0; tries++) {
			if (tries === MOST_TRIES) throw tooBusy();
			await this.read(
				pending.map(requestFor).filter((one) => this.known.lookUp(one) === undefined),
			);
			pending = await this.writeOnce(pending);
		}
	}

	/** @returns those whose rows have to be read again, because another process was quicker */
	private async writeOnce(pending: PendingRow[]): Promise<PendingRow[]> {
		const inserts: RowWrite[] = [];
		const updates: RowWrite[] = [];
		const conflicts: PendingRow[] = [];
		for (const one of pending) {
			const rows = this.known.lookUp(requestFor(one));
			if (!rows) {
				conflicts.push(one);
				continue;
			}
			const write = writeOf(one, rows, this.memory.replica(one.businessNumberId));
			if (!isNeeded(write)) {
				this.pending.written(one);
				continue;
			}
			(write.rows.length === 0 ? inserts : updates).push(write);
			// A request without an answer may have been done, so what is known is not sure any more. And
			// what several rows hold is written into one after the other.
			this.known.forget(one.businessNumberId, [
				...idsIn(write.content),
				...this.known.withAllIds(requestFor(one)).ids,
			]);
		}
		await this.insert(inserts);
		return [...conflicts, ...(await this.update(updates))];
	}

	private async insert(inserts: RowWrite[]): Promise<void> {
		if (inserts.length === 0) return;
		const cells = inserts.map(({ content, version }) => cellsOf(content, version));
		const ids = await this.put(cells, async (fit) => {
			return await this.api.insertRows(this.tableId, fit);
		});
		inserts.forEach(({ pending, content, version }, index) => {
			this.known.rememberAlone({ ...content, rowId: ids[index], version });
			this.pending.written(pending);
		});
	}

	private async update(updates: RowWrite[]): Promise<PendingRow[]> {
		const conflicts: PendingRow[] = [];
		for (let i = 0; i < updates.length; i += WRITES_AT_ONCE) {
			const some = updates.slice(i, i + WRITES_AT_ONCE);
			const done = await Promise.all(some.map(async (one) => await this.updateOne(one)));
			conflicts.push(...some.filter((_one, index) => !done[index]).map(({ pending }) => pending));
		}
		return conflicts;
	}

	/** Writes rows; a table that lacks a column refuses a request as a whole. */
	private async put<T>(rows: Cells[], write: (rows: Cells[]) => Promise<T>): Promise<T> {
		const writeOld = async () => await write(rows.map(cellsOfOldTable));
		if (this.isOldTable) return await writeOld();
		return await write(rows).catch(async (error: unknown) => {
			if (!(error instanceof LackingColumn)) throw error;
			this.isOldTable = true;
			return await writeOld();
		});
	}

	/** Puts everything into the first row, and deletes the others. @returns whether no other process was quicker */
	private async updateOne({ pending, content, version, rows }: RowWrite): Promise<boolean> {
		const [first, ...others] = rows;
		const own = [equals('id', first.rowId), equals('version', first.version)];
		const written = await this.put([cellsOf(content, version)], async ([cells]) => {
			return await this.api.updateRows(this.tableId, own, cells);
		});
		// A row that n8n found before another writer changed it carries that writer's version.
		if (!written.some((row) => row.version === version)) return false;
		for (const row of others) {
			await this.api.deleteRows(this.tableId, [
				equals('id', row.rowId),
				equals('version', row.version),
			]);
		}
		// Whether a row was still what had been read when it was deleted, the next reading shows.
		if (others.length === 0) this.known.rememberAlone({ ...content, rowId: first.rowId, version });
		this.pending.written(pending);
		return true;
	}
}

function requestFor({ businessNumberId, id }: PendingRow): ContactRequest {
	return { businessNumberId, ids: [id] };
}

function equals(columnName: string, value: string | number): RowFilter {
	return { columnName, condition: 'eq', value };
}

function tooBusy(): StateUnavailable {
	return new StateUnavailable(
		'The row of a contact in the table of the conversation state is changed all the time by others.',
		'It is written again with the next message; should this come often, look for a workflow that writes into the table.',
	);
}
