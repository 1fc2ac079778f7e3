import { sleep, type IExecuteFunctions, type ILoadOptionsFunctions } from 'n8n-workflow';

import { BroadcastBook } from '../../core/broadcast/book';
import { BROADCAST_COLUMNS } from '../../core/broadcast/row';
import { TABLE_CREDENTIAL } from '../../core/credentials';
import { InputError } from '../../core/inputError';
import type { DataTable, DataTableApi } from '../../core/transport/dataTableApi';
import { BROADCAST_TABLE } from '../../core/transport/dataTableRefusals';
import { connectTables, PATIENT_TIMEOUT_MS } from '../../shared/stateTable';

/** The one table of all broadcasts; created when it is first needed. */
const TABLE_NAME = 'WhatsApp Broadcasts';

/** So many books stay open when nobody writes in them, so that a loop need not read them anew. */
const MOST_BOOKS = 4;

/** So long a book holds that nobody uses, milliseconds; then it is read anew: rows may have been deleted. */
const HOLDS_MS = 60_000;

interface OpenBook {
	book: BroadcastBook;
	/** How many executions use it. */
	users: number;
	/** When the last one ended, milliseconds of a clock that nobody sets. */
	leftAtMs: number;
}

/** Shared by all executions of this process: of two that send the same broadcast each knows of the other. */
const books = new Map<string, OpenBook>();

/** By credential. What failed is tried again. */
const tables = new Map<string, Promise<string>>();

/**
 * The ledger of a broadcast, with all that was written by now.
 *
 * @returns it, and what to call when it is not needed any more
 * @throws StateUnavailable, InputError
 */
export async function openBook(
	context: IExecuteFunctions,
	name: string,
): Promise<{ book: BroadcastBook; close: () => void }> {
	const api = connectTables(context, PATIENT_TIMEOUT_MS, BROADCAST_TABLE);
	const credential = String(context.getNode().credentials?.[TABLE_CREDENTIAL]?.id);
	const tableId = await tableOf(credential, api);
	const key = JSON.stringify([credential, tableId, name]);
	const known = books.get(key);
	const holds = known && (known.users > 0 || performance.now() - known.leftAtMs < HOLDS_MS);
	const open = holds
		? known
		: { book: new BroadcastBook(api, tableId, name, sleep), users: 0, leftAtMs: 0 };
	// The one that was used last comes last.
	books.delete(key);
	books.set(key, open);
	open.users++;
	open.book.connect(api);
	const close = () => {
		open.users--;
		open.leftAtMs = performance.now();
		closeOld();
	};
	await open.book.refresh().catch((error: unknown) => {
		close();
		// The table may have been deleted.
		books.delete(key);
		tables.delete(credential);
		throw error;
	});
	return { book: open.book, close };
}

/** The names of all broadcasts that were begun, the latest first. @throws StateUnavailable */
export async function begunBroadcasts(context: ILoadOptionsFunctions): Promise<string[]> {
	const api = connectTables(context, PATIENT_TIMEOUT_MS, BROADCAST_TABLE);
	const table = await namedTable(api);
	if (!table) return [];
	const began = { columnName: 'event', condition: 'eq', value: 'began' };
	const rows = await api.rowsWithAny(table.id, [began]);
	return [...new Set(rows.map(({ broadcast }) => String(broadcast)).reverse())];
}

function closeOld(): void {
	for (const [key, { users }] of books) {
		if (books.size <= MOST_BOOKS) return;
		if (users === 0) books.delete(key);
	}
}

async function tableOf(credential: string, api: DataTableApi): Promise<string> {
	const table = tables.get(credential) ?? findTable(api);
	tables.set(credential, table);
	return await table.catch((error: unknown) => {
		tables.delete(credential);
		throw error;
	});
}

async function findTable(api: DataTableApi): Promise<string> {
	const found = await namedTable(api);
	if (!found) return await createTable(api);
	const lacking = BROADCAST_COLUMNS.filter(
		({ name, type }) => !found.columns.some((one) => one.name === name && one.type === type),
	);
	if (lacking.length === 0) return found.id;
	throw new InputError(
		'Broadcast Name',
		`The data table '${TABLE_NAME}' lacks columns that broadcasts need: ${lacking.map(({ name, type }) => `${name} (${type})`).join(', ')}.`,
		'Add them in n8n under Data tables, or rename that table; then the node creates another one.',
	);
}

async function namedTable(api: DataTableApi): Promise<DataTable | undefined> {
	return (await api.listTables()).find(({ name }) => name === TABLE_NAME);
}

async function createTable(api: DataTableApi): Promise<string> {
	const created = api.createTable(TABLE_NAME, BROADCAST_COLUMNS);
	const { id } = await created.catch(async (error: unknown) => {
		// Another process may have created it at the same moment.
		const found = await namedTable(api);
		if (found) return found;
		throw error;
	});
	return id;
}
