import { randomBytes } from 'crypto';

import { isUserId, type ContactIdentity } from '../conversation/contact';
import { StateUnavailable } from '../stateUnavailable';
import type { DataTableApi, RowFilter } from '../transport/dataTableApi';

import { Batcher } from './batcher';
import type { ContactNews, ConversationStore } from './conversationStore';
import { isEmpty, joinRecords, keyOf, unerased, type IdRecord } from './idRecord';
import {
	hasDelivery,
	joinDeliveries,
	questionsIn,
	withDelivery,
	withQuestions,
} from './recentDeliveries';
import { idsOf, type Erasure, type Replica } from './replica';
import {
	cellsOf,
	filtersOf,
	fingerprint,
	idsIn,
	joinedExtras,
	outlivedBy,
	readRow,
	type RowContent,
	type StoredRow,
} from './tableRow';

/** Limits of one request for rows: its filter stands in the URL, which many servers cut at 8 KB. */
const MOST_CONTACTS = 40;
const MOST_FILTER_CHARS = 6_000;

/** Contacts whose rows are remembered, in order to write without reading first. */
const MOST_KNOWN = 10_000;

/** How many contacts whose news could not be stored before go with a save. */
const MOST_AT_ONCE = 200;

/** How many rows are written at once; n8n has few connections to its database. */
const WRITES_AT_ONCE = 4;

/** How often a contact's row is read again because somebody else has written meanwhile. */
const MOST_TRIES = 10;

const PRUNE_EVERY_SECONDS = 86_400;

/** A contact that is asked for. */
interface Asked {
	businessNumberId: string;
	ids: readonly string[];
}

/** What is yet to be stored in a contact's row, beside its facts. */
interface Unsaved {
	businessNumberId: string;
	/** Whose row it is. */
	id: string;
	name: string;
	deliveries: string;
}

/**
 * Conversation state in a data table of n8n, one row for each contact, shared by all processes.
 *
 * n8n has neither unique keys nor transactions for us. So every write names the version of the row
 * that it goes by, and is repeated on newer data when it comes too late; facts only join, so nothing
 * goes back. Two first messages at once may leave two rows: readers join all of them, and the next
 * writer makes one of them.
 */
export class DataTableStore implements ConversationStore {
	readonly isShared = true;

	/** The rows of contacts as last read or written, by each identifier; the oldest go first. */
	private readonly known = new Map<string, StoredRow[]>();
	/**
	 * All of them, however long the table cannot be reached: there may be a stop among them, and the
	 * replica holds these contacts anyway.
	 */
	private readonly unsaved = new Map<string, Unsaved>();
	/** Epoch seconds. */
	private prunedAt = -Infinity;

	private readonly reads = new Batcher<Asked>(async (asked) => await this.read(asked));
	private readonly writes = new Batcher<Unsaved>(async (asked) => await this.write(asked));

	/**
	 * @param api reaches the table; may be replaced at any time
	 * @param replica gives the state of a business number in this process
	 * @param settledAt by what time rows may be deleted for good, epoch seconds (see SettledTime)
	 */
	constructor(
		public api: DataTableApi,
		private readonly tableId: string,
		private readonly replica: (businessNumberId: string) => Replica,
		private readonly settledAt: () => number | undefined,
	) {}

	async load(businessNumberId: string, contacts: ContactIdentity[]): Promise<void> {
		const asked = contacts
			.map((contact) => ({ businessNumberId, ids: idsOf(contact) }))
			.filter(({ ids }) => ids.length > 0);
		if (asked.length > 0) await this.reads.ask(asked);
	}

	async loadAll(businessNumberId: string): Promise<void> {
		const filter = { columnName: 'businessNumberId', condition: 'eq', value: businessNumberId };
		this.join(await this.rowsWith([filter]));
	}

	async save(businessNumberId: string, news: ContactNews[]): Promise<void> {
		const noted = news.flatMap((one) => this.note(businessNumberId, one));
		const asked = [...new Set(noted)].flatMap((key) => this.unsaved.get(key) ?? []);
		if (asked.length > 0) await this.writes.ask(asked);
		await this.prune(this.settledAt());
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

	async remove(businessNumberId: string, erasures: readonly Erasure[]): Promise<void> {
		const erasedAt = new Map(erasures.map(({ id, at }) => [keyOf(id), at]));
		const ids = erasures.map(({ id }) => id);
		for (const id of ids) this.unsaved.delete(rowKey(businessNumberId, id));
		for (let tries = 0; ; tries++) {
			if (tries === MOST_TRIES) throw tooBusy();
			const rows = await this.rowsWith(ids.flatMap(filtersOf));
			const done = rows.map(
				async (row) =>
					row.businessNumberId !== businessNumberId || (await this.eraseIn(row, erasedAt)),
			);
			if (!(await Promise.all(done)).includes(false)) break;
		}
		this.forgetRows(businessNumberId, ids);
	}

	/** Erases in one row; what in it is others' stays. @returns whether nobody has come between */
	private async eraseIn(row: StoredRow, erasedAt: ReadonlyMap<string, number>): Promise<boolean> {
		const { businessNumberId, records } = row;
		const left = records.flatMap(
			(record) => unerased(record, (id) => erasedAt.get(keyOf(id)) ?? 0) ?? [],
		);
		const isSame = left.length === records.length && left.every((one) => records.includes(one));
		const isOwn = erasedAt.has(keyOf(row.id));
		if (isSame && !isOwn) return true;
		this.forgetRows(businessNumberId, idsIn(row));
		const own = [equals('id', row.rowId), equals('version', row.version)];
		if (left.length === 0) {
			await this.api.deleteRows(this.tableId, [equals('id', row.rowId)]);
			return true;
		}
		const id = isOwn ? left[0].id : row.id;
		const rest = isOwn ? { name: '', deliveries: '' } : {};
		const version = newVersion();
		const cells = cellsOf({ ...row, ...rest, id, records: left }, version);
		const written = await this.api.updateRows(this.tableId, own, cells);
		return written.some((one) => one.version === version);
	}

	wasSeen(businessNumberId: string, contact: ContactIdentity, delivery: string): boolean {
		const rows = this.lookUp({ businessNumberId, ids: idsOf(contact) }) ?? [];
		return rows.some(({ deliveries }) => hasDelivery(deliveries, delivery));
	}

	/** @returns which rows have to be looked at: the contact's, and those of whoever has to do with it */
	private note(
		businessNumberId: string,
		{ contact, name = '', delivery, at }: ContactNews,
	): string[] {
		const ids = idsOf(contact);
		if (ids.length === 0) return [];
		const replica = this.replica(businessNumberId);
		const { userId = ids[0] } = replica.identify(contact);
		const others = replica
			.relatives(ids)
			// A phone number that was seen with a user ID is in the row of that.
			.filter(
				(id) => (isUserId(id) || replica.usersOf(keyOf(id)).length === 0) && replica.recordOf(id),
			);
		const keys = [userId, ...others].map((id) => {
			const key = rowKey(businessNumberId, id);
			const before = this.unsaved.get(key) ?? { businessNumberId, id, name: '', deliveries: '' };
			this.unsaved.set(key, before);
			return key;
		});
		const own = this.unsaved.get(keys[0]) as Unsaved;
		this.unsaved.set(keys[0], {
			...own,
			name: name || own.name,
			deliveries: withQuestions(
				delivery === undefined ? own.deliveries : withDelivery(own.deliveries, delivery, at),
				replica.questions.textOf(ids),
				at,
			),
		});
		return keys;
	}

	/** The rows that name a contact, oldest first, each once; undefined: not all are known. */
	private lookUp(asked: Asked): StoredRow[] | undefined {
		const { businessNumberId, ids } = this.withAllIds(asked);
		const lists = ids.map((id) => this.known.get(rowKey(businessNumberId, id)));
		if (lists.some((rows) => rows === undefined)) return undefined;
		// Identifiers may have been asked for together that turned out to be two contacts.
		const keys = new Set(ids.map(keyOf));
		const rows = lists.flatMap((list = []) => list.filter((row) => hasKey(row, keys)));
		const byId = new Map(rows.map((row) => [row.rowId, row]));
		return [...byId.values()].sort((a, b) => a.rowId - b.rowId);
	}

	private remember({ businessNumberId, ids }: Asked, rows: StoredRow[]): void {
		for (const id of ids) {
			const key = rowKey(businessNumberId, id);
			this.known.delete(key);
			this.known.set(key, rows);
		}
		dropOldest(this.known, MOST_KNOWN);
	}

	private forgetRows(businessNumberId: string, ids: readonly string[]): void {
		for (const id of ids) this.known.delete(rowKey(businessNumberId, id));
	}

	/** Reads the rows of contacts, in as few requests as the length of a URL allows. */
	private async read(asked: Asked[]): Promise<void> {
		let left = asked.map((one) => this.withAllIds(one));
		while (left.length > 0) {
			const wanted = [...new Map(left.map((one) => [keyOfAsked(one), one])).values()];
			for (const part of partsOf(wanted)) {
				const known = part.map(({ asked: one }) => this.lookUp(one) ?? []);
				const rows = await this.rowsWith(part.flatMap(({ filters }) => filters));
				this.join(rows);
				part.forEach(({ asked: one }, index) => {
					this.dropForgotten(one, known[index], this.rememberFound(one, rows));
				});
			}
			// A row may tell another identifier of the contact, under which there may be more rows.
			left = wanted
				.map((one) => this.withAllIds(one))
				.filter(({ ids }, index) => ids.length > wanted[index].ids.length);
		}
	}

	/** Notes which of the rows are a contact's, also those that hold another identifier of it. */
	private rememberFound({ businessNumberId, ids }: Asked, rows: StoredRow[]): StoredRow[] {
		const keys = new Set(ids.map(keyOf));
		const found = rows.filter(
			(row) => row.businessNumberId === businessNumberId && hasKey(row, keys),
		);
		this.remember({ businessNumberId, ids }, found);
		return found;
	}

	/** What was in rows and is in none any more: somebody else has forgotten the contact. */
	private dropForgotten({ businessNumberId }: Asked, known: StoredRow[], found: StoredRow[]): void {
		const kept = new Set(found.flatMap(({ records }) => records.map(({ id }) => keyOf(id))));
		const gone = known.flatMap(({ records }) => records.map(({ id }) => id));
		this.replica(businessNumberId).drop(gone.filter((id) => !kept.has(keyOf(id))));
	}

	private async rowsWith(filters: RowFilter[]): Promise<StoredRow[]> {
		const rows = await this.api.rowsWithAny(this.tableId, filters);
		return rows.map(readRow).filter((row) => row !== undefined);
	}

	private join(rows: StoredRow[]): void {
		for (const row of rows) {
			const replica = this.replica(row.businessNumberId);
			for (const record of row.records) replica.joinRecord(record);
			replica.questions.joinText(idsIn(row), questionsIn(row.deliveries));
		}
	}

	/** Writes contacts and what could not be written before, until nobody comes between any more. */
	private async write(asked: Unsaved[]): Promise<void> {
		const older = [...this.unsaved.values()].slice(0, MOST_AT_ONCE);
		let left = [...new Set([...asked, ...older])];
		for (let tries = 0; left.length > 0; tries++) {
			if (tries === MOST_TRIES) throw tooBusy();
			await this.read(left.map(askedFor).filter((one) => this.lookUp(one) === undefined));
			left = await this.writeOnce(left);
		}
	}

	/** With every identifier that has to do with those. */
	private withAllIds({ businessNumberId, ids }: Asked): Asked {
		return { businessNumberId, ids: this.replica(businessNumberId).relatives(ids) };
	}

	/** @returns those whose rows have to be read again, because somebody else was quicker */
	private async writeOnce(unsaved: Unsaved[]): Promise<Unsaved[]> {
		const inserts: Write[] = [];
		const updates: Write[] = [];
		const late: Unsaved[] = [];
		for (const one of unsaved) {
			const rows = this.lookUp(askedFor(one));
			if (!rows) {
				late.push(one);
				continue;
			}
			const write = this.writeOf(one, rows);
			if (!isNews(write)) {
				this.isSaved(one);
				continue;
			}
			(write.rows.length === 0 ? inserts : updates).push(write);
			// A request without an answer may have been done, so what is known is not sure any more. And
			// what several rows hold is written into one after the other.
			this.forgetRows(one.businessNumberId, [
				...idsIn(write.content),
				...this.withAllIds(askedFor(one)).ids,
			]);
		}
		await this.insert(inserts);
		return [...late, ...(await this.update(updates))];
	}

	private writeOf(one: Unsaved, all: readonly StoredRow[]): Write {
		const { businessNumberId, id } = one;
		const replica = this.replica(businessNumberId);
		const numbers = replica.linksOf(keyOf(id)).map(({ phone }) => keyOf(phone));
		const isOwn = (row: RowContent) => keyOf(row.id) === keyOf(id);
		// The row of a phone number alone becomes that of the user ID that it was seen with.
		const rows = [
			...all.filter(isOwn),
			...all.filter((row) => numbers.includes(keyOf(row.id)) && !isUserId(row.id)),
		];
		const records = new Map<string, IdRecord>();
		const told = [id, ...numbers].flatMap((one) => replica.recordOf(one) ?? []);
		for (const record of [...told, ...rows.flatMap((row) => row.records)]) {
			const key = keyOf(record.id);
			const known = records.get(key);
			records.set(key, known ? joinRecords(known, record) : record);
		}
		const extras = joinedExtras(rows);
		const content = {
			businessNumberId,
			id: replica.recordOf(id)?.id ?? id,
			records: [...records.values()],
			name: one.name || extras.name,
			deliveries: joinDeliveries(extras.deliveries, one.deliveries),
		};
		return { one, content, version: newVersion(), rows };
	}

	private async insert(inserts: Write[]): Promise<void> {
		if (inserts.length === 0) return;
		const cells = inserts.map(({ content, version }) => cellsOf(content, version));
		const ids = await this.api.insertRows(this.tableId, cells);
		inserts.forEach(({ one, content, version }, index) => {
			this.rememberAlone({ ...content, rowId: ids[index], version });
			this.isSaved(one);
		});
	}

	private async update(updates: Write[]): Promise<Unsaved[]> {
		const late: Unsaved[] = [];
		for (let i = 0; i < updates.length; i += WRITES_AT_ONCE) {
			const some = updates.slice(i, i + WRITES_AT_ONCE);
			const done = await Promise.all(some.map(async (one) => await this.updateOne(one)));
			late.push(...some.filter((_one, index) => !done[index]).map(({ one }) => one));
		}
		return late;
	}

	/** Puts everything into the first row, and deletes the others. @returns whether nobody was quicker */
	private async updateOne({ one, content, version, rows }: Write): Promise<boolean> {
		const [first, ...others] = rows;
		const written = await this.api.updateRows(
			this.tableId,
			[equals('id', first.rowId), equals('version', first.version)],
			cellsOf(content, version),
		);
		// A row that n8n found before another writer changed it carries that writer's version.
		if (!written.some((row) => row.version === version)) return false;
		for (const row of others) {
			await this.api.deleteRows(this.tableId, [
				equals('id', row.rowId),
				equals('version', row.version),
			]);
		}
		// Whether a row was still what had been read when it was deleted, the next reading shows.
		if (others.length === 0) this.rememberAlone({ ...content, rowId: first.rowId, version });
		this.isSaved(one);
		return true;
	}

	/** Remembers a row that is the only one of those it names, as most are. */
	private rememberAlone(row: StoredRow): void {
		const replica = this.replica(row.businessNumberId);
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

	/** Unless there are more news by now. */
	private isSaved(one: Unsaved): void {
		const key = rowKey(one.businessNumberId, one.id);
		if (this.unsaved.get(key) === one) this.unsaved.delete(key);
	}
}

/** A row that is to be written. */
interface Write {
	one: Unsaved;
	content: RowContent;
	version: string;
	/** The contact's rows as they are known. */
	rows: StoredRow[];
}

/** Whether the table lacks something. */
function isNews({ content, rows }: Write): boolean {
	const [first, ...others] = rows;
	if (others.length > 0) return true;
	if (first) return fingerprint(content) !== fingerprint(first);
	return content.deliveries !== '' || content.records.some((record) => !isEmpty(record));
}

function hasKey(row: RowContent, keys: ReadonlySet<string>): boolean {
	return idsIn(row).some((id) => keys.has(keyOf(id)));
}

function askedFor({ businessNumberId, id }: Unsaved): Asked {
	return { businessNumberId, ids: [id] };
}

function rowKey(businessNumberId: string, id: string): string {
	return `${businessNumberId} ${keyOf(id)}`;
}

function equals(columnName: string, value: string | number): RowFilter {
	return { columnName, condition: 'eq', value };
}

function newVersion(): string {
	return randomBytes(9).toString('base64url');
}

function keyOfAsked({ businessNumberId, ids }: Asked): string {
	return `${businessNumberId} ${ids.map(keyOf).join(' ')}`;
}

interface Part {
	asked: Asked;
	filters: RowFilter[];
}

/** Contacts in groups of which each fits into one request. */
function partsOf(asked: Asked[]): Part[][] {
	const parts: Part[][] = [];
	let chars = Infinity;
	for (const one of asked) {
		const filters = one.ids.flatMap(filtersOf);
		const more = encodeURIComponent(JSON.stringify(filters)).length;
		const last = parts[parts.length - 1];
		if (chars + more > MOST_FILTER_CHARS || last.length === MOST_CONTACTS) {
			parts.push([{ asked: one, filters }]);
			chars = more;
		} else {
			last.push({ asked: one, filters });
			chars += more;
		}
	}
	return parts;
}

function dropOldest(map: Map<string, unknown>, most: number): void {
	for (const oldest of map.keys()) {
		if (map.size <= most) return;
		map.delete(oldest);
	}
}

function tooBusy(): StateUnavailable {
	return new StateUnavailable(
		'The row of a contact in the table of the conversation state is changed all the time by others.',
		'It is written again with the next message; should this come often, look for a workflow that writes into the table.',
	);
}
