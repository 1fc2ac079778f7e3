import { randomBytes } from 'crypto';

import { isUserId, type ContactIdentity } from '../conversation/contact';
import { hasFacts, joinFacts, NO_FACTS } from '../conversation/facts';
import { StateUnavailable } from '../stateUnavailable';
import type { DataTableApi, RowFilter } from '../transport/dataTableApi';

import { Batcher } from './batcher';
import type { ContactNews, ConversationStore } from './conversationStore';
import { hasDelivery, joinDeliveries, withDelivery } from './recentDeliveries';
import { idsOf, keyOf, unionOf, type Contact, type Replica } from './replica';
import {
	cellsOf,
	filtersOf,
	fingerprint,
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

/** What is yet to be stored of a contact, beside its facts. */
interface Unsaved extends Asked {
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
	 */
	constructor(
		public api: DataTableApi,
		private readonly tableId: string,
		private readonly replica: (businessNumberId: string) => Replica,
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
		for (const one of news) this.note(businessNumberId, one);
		const asked = news.flatMap(
			({ contact }) => this.unsaved.get(keyFor(businessNumberId, contact)) ?? [],
		);
		if (asked.length > 0) await this.writes.ask(asked);
		await this.prune(Math.max(...news.map(({ at }) => at)));
	}

	/**
	 * Deletes the rows in which nothing can matter any more: n8n's tables have a limit together. What
	 * was not possible today is so another day.
	 */
	private async prune(now: number): Promise<void> {
		if (now - this.prunedAt < PRUNE_EVERY_SECONDS) return;
		this.prunedAt = now;
		await this.api.deleteRows(this.tableId, [outlivedBy(now)]).catch(() => {});
	}

	async remove(businessNumberId: string, contact: ContactIdentity): Promise<void> {
		const { ids } = this.withAllIds({ businessNumberId, ids: idsOf(contact) });
		this.unsaved.delete(keyFor(businessNumberId, contact));
		const rows = await this.rowsWith(ids.flatMap(filtersOf));
		for (const row of rows) {
			if (row.businessNumberId !== businessNumberId) continue;
			await this.api.deleteRows(this.tableId, [equals('id', row.id)]);
			this.forgetRows(businessNumberId, row.ids);
		}
		this.forgetRows(businessNumberId, ids);
	}

	wasSeen(businessNumberId: string, contact: ContactIdentity, delivery: string): boolean {
		const rows = this.lookUp({ businessNumberId, ids: idsOf(contact) }) ?? [];
		return rows.some(({ deliveries }) => hasDelivery(deliveries, delivery));
	}

	private note(businessNumberId: string, { contact, name = '', delivery, at }: ContactNews): void {
		const ids = idsOf(contact);
		if (ids.length === 0) return;
		const key = keyFor(businessNumberId, contact);
		const before = this.unsaved.get(key);
		const deliveries = before?.deliveries ?? '';
		this.unsaved.set(key, {
			businessNumberId,
			ids,
			name: name || (before?.name ?? ''),
			deliveries: delivery === undefined ? deliveries : withDelivery(deliveries, delivery, at),
		});
	}

	/** The rows that are known of a contact, oldest first, each once; undefined: not all are known. */
	private lookUp(asked: Asked): StoredRow[] | undefined {
		const { businessNumberId, ids } = this.withAllIds(asked);
		const lists = ids.map((id) => this.known.get(`${businessNumberId} ${keyOf(id)}`));
		if (lists.some((rows) => rows === undefined)) return undefined;
		// Identifiers may have been asked for together that turned out to be two contacts.
		const keys = new Set(ids.map(keyOf));
		const rows = lists.flatMap((list = []) => list.filter((row) => hasKey(row, keys)));
		const byId = new Map(rows.map((row) => [row.id, row]));
		return [...byId.values()].sort((a, b) => a.id - b.id);
	}

	private remember({ businessNumberId, ids }: Asked, rows: StoredRow[]): void {
		for (const id of ids) {
			const key = `${businessNumberId} ${keyOf(id)}`;
			this.known.delete(key);
			this.known.set(key, rows);
		}
		dropOldest(this.known, MOST_KNOWN);
	}

	private forgetRows(businessNumberId: string, ids: readonly string[]): void {
		for (const id of ids) this.known.delete(`${businessNumberId} ${keyOf(id)}`);
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
					if (this.rememberFound(one, rows).length === 0) this.dropForgotten(one, known[index]);
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

	/** Rows that were there and are not any more: somebody else has forgotten the contact. */
	private dropForgotten({ businessNumberId }: Asked, rows: StoredRow[]): void {
		for (const { ids } of rows) this.replica(businessNumberId).drop(ids);
	}

	private async rowsWith(filters: RowFilter[]): Promise<StoredRow[]> {
		const rows = await this.api.rowsWithAny(this.tableId, filters);
		return rows.map(readRow).filter((row) => row !== undefined);
	}

	private join(rows: StoredRow[]): void {
		for (const row of rows) this.replica(row.businessNumberId).joinContact(row);
	}

	/** Writes contacts and what could not be written before, until nobody comes between any more. */
	private async write(asked: Unsaved[]): Promise<void> {
		const older = [...this.unsaved.values()].slice(0, MOST_AT_ONCE);
		let left = [...new Map([...asked, ...older].map((one) => [keyOfAsked(one), one])).values()];
		for (let tries = 0; left.length > 0; tries++) {
			if (tries === MOST_TRIES) throw tooBusy();
			await this.read(left.filter((one) => this.lookUp(one) === undefined));
			left = await this.writeOnce(left);
		}
	}

	/** With every identifier by which the process knows the contact. */
	private withAllIds(asked: Asked): Asked {
		const { businessNumberId, ids } = asked;
		const known = ids.flatMap((id) => this.find(businessNumberId, id)?.ids ?? []);
		return { businessNumberId, ids: [...new Set([...ids, ...known])] };
	}

	private find(businessNumberId: string, id: string): Contact | undefined {
		return this.replica(businessNumberId).find(isUserId(id) ? { userId: id } : { phone: id });
	}

	/** @returns those whose rows have to be read again, because somebody else was quicker */
	private async writeOnce(unsaved: Unsaved[]): Promise<Unsaved[]> {
		const inserts: Write[] = [];
		const updates: Write[] = [];
		const late: Unsaved[] = [];
		const begun = new Set<string>();
		for (const one of unsaved) {
			const rows = this.lookUp(one);
			const { businessNumberId, ids } = this.withAllIds(one);
			const keys = ids.map((id) => keyOf(id));
			// The same contact may be there under two identifiers.
			if (!rows || keys.some((key) => begun.has(`${businessNumberId} ${key}`))) {
				late.push(one);
				continue;
			}
			const write: Write = {
				one,
				content: this.contentOf(one, rows),
				version: newVersion(),
				rows,
			};
			if (!isNews(write)) {
				this.isSaved(one);
				continue;
			}
			(rows.length === 0 ? inserts : updates).push(write);
			for (const key of keys) begun.add(`${businessNumberId} ${key}`);
			// A request without an answer may have been done, so what is known is not sure any more.
			this.forgetRows(businessNumberId, ids);
		}
		await this.insert(inserts);
		return [...late, ...(await this.update(updates))];
	}

	private contentOf(one: Unsaved, rows: StoredRow[]): RowContent {
		const { businessNumberId } = one;
		const contact = this.find(businessNumberId, one.ids[0]);
		const extras = joinedExtras(rows);
		return {
			businessNumberId,
			ids: unionOf([...(contact?.ids ?? one.ids), ...rows.flatMap(({ ids }) => ids)]),
			facts: rows.reduce((sum, { facts }) => joinFacts(sum, facts), contact?.facts ?? NO_FACTS),
			name: one.name || extras.name,
			deliveries: joinDeliveries(extras.deliveries, one.deliveries),
		};
	}

	private async insert(inserts: Write[]): Promise<void> {
		if (inserts.length === 0) return;
		const cells = inserts.map(({ content, version }) => cellsOf(content, version));
		const ids = await this.api.insertRows(this.tableId, cells);
		inserts.forEach(({ one, content, version }, index) => {
			this.remember(content, [{ ...content, id: ids[index], version }]);
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
			[equals('id', first.id), equals('version', first.version)],
			cellsOf(content, version),
		);
		// A row that n8n found before another writer changed it carries that writer's version.
		if (!written.some((row) => row.version === version)) return false;
		for (const row of others) {
			await this.api.deleteRows(this.tableId, [
				equals('id', row.id),
				equals('version', row.version),
			]);
		}
		// Whether a row was still what had been read when it was deleted, the next reading shows.
		if (others.length === 0) this.remember(content, [{ ...content, id: first.id, version }]);
		this.isSaved(one);
		return true;
	}

	/** Unless there are more news by now. */
	private isSaved(one: Unsaved): void {
		const key = keyOfAsked(one);
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
	const { ids, deliveries, facts } = content;
	return ids.length > 1 || deliveries !== '' || hasFacts(facts);
}

function hasKey({ ids }: Contact, keys: ReadonlySet<string>): boolean {
	return ids.some((id) => keys.has(keyOf(id)));
}

function equals(columnName: string, value: string | number): RowFilter {
	return { columnName, condition: 'eq', value };
}

function newVersion(): string {
	return randomBytes(9).toString('base64url');
}

function keyFor(businessNumberId: string, contact: ContactIdentity): string {
	return keyOfAsked({ businessNumberId, ids: idsOf(contact) });
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
