import type { IDataObject, IHttpRequestMethods, IHttpRequestOptions } from 'n8n-workflow';

import { isObject } from '../isObject';

import {
	noTable,
	refusalOfAnswer,
	refusalOfCredential,
	refusalOfSilence,
	STATE_TABLE,
	type TableUse,
} from './dataTableRefusals';
import type { SendRequest } from './graphApi';

/** The most that n8n gives at once. */
const PAGE_ROWS = 250;

/** A condition on one column. */
export interface RowFilter {
	columnName: string;
	condition: string;
	value: string | number;
}

export interface DataTable {
	id: string;
	name: string;
	columns: Array<{ name: string; type: string }>;
}

/** A row with its system columns, among them `id`. */
export type Row = Record<string, unknown>;

/** n8n's public API for its data tables (n8n: API reference, Data tables). */
export class DataTableApi {
	/**
	 * @param connect gives the credential's base URL, and sends requests with its key
	 * @param timeoutMs how long one request may take, milliseconds
	 * @param use what the table is for
	 */
	constructor(
		private readonly connect: () => Promise<{ baseUrl: string; send: SendRequest }>,
		private readonly timeoutMs: number,
		private readonly use: TableUse = STATE_TABLE,
	) {}

	/** All tables that the key may see. */
	async listTables(): Promise<DataTable[]> {
		return (await this.pages('', {})) as unknown as DataTable[];
	}

	async getTable(tableId: string): Promise<DataTable> {
		return (await this.call('GET', `/${idPart(tableId)}`)) as unknown as DataTable;
	}

	async createTable(name: string, columns: DataTable['columns']): Promise<DataTable> {
		return (await this.call('POST', '', { body: { name, columns } })) as unknown as DataTable;
	}

	/** The rows for which any of the filters holds. */
	async rowsWithAny(tableId: string, filters: RowFilter[]): Promise<Row[]> {
		const filter = JSON.stringify({ type: 'or', filters });
		return await this.pages(`/${idPart(tableId)}/rows`, { filter, sortBy: 'id:asc' });
	}

	/** The rows with a higher ID for which all of the filters hold, in the order of their IDs. */
	async rowsAfter(tableId: string, rowId: number, filters: RowFilter[]): Promise<Row[]> {
		const rows: Row[] = [];
		for (let after = rowId; ; after = Number(rows[rows.length - 1].id)) {
			const isLater = { columnName: 'id', condition: 'gt', value: after };
			const filter = JSON.stringify({ type: 'and', filters: [...filters, isLater] });
			const qs = { filter, sortBy: 'id:asc', limit: PAGE_ROWS };
			const page = await this.call('GET', `/${idPart(tableId)}/rows`, { qs });
			const found = asList((page as { data?: unknown }).data);
			rows.push(...found);
			if (found.length < PAGE_ROWS) return rows;
		}
	}

	/** @returns the IDs of the new rows, in their order */
	async insertRows(tableId: string, rows: Row[]): Promise<number[]> {
		const body = { data: rows as IDataObject[], returnType: 'id' };
		const inserted = await this.call('POST', `/${idPart(tableId)}/rows`, { body });
		return asList(inserted).map(({ id }) => Number(id));
	}

	/** @returns the rows for which all of the filters held, as they are now */
	async updateRows(tableId: string, filters: RowFilter[], data: Row): Promise<Row[]> {
		const body = { filter: { type: 'and', filters }, data, returnData: true } as IDataObject;
		return asList(await this.call('PATCH', `/${idPart(tableId)}/rows/update`, { body }));
	}

	/** Deletes the rows for which all of the filters hold. */
	async deleteRows(tableId: string, filters: RowFilter[]): Promise<void> {
		const filter = JSON.stringify({ type: 'and', filters });
		await this.call('DELETE', `/${idPart(tableId)}/rows/delete`, { qs: { filter } });
	}

	private async pages(path: string, query: IDataObject): Promise<Row[]> {
		const rows: Row[] = [];
		let cursor: unknown;
		do {
			const qs = { ...query, limit: PAGE_ROWS, ...(cursor ? { cursor } : {}) } as IDataObject;
			const page = (await this.call('GET', path, { qs })) as {
				data?: unknown;
				nextCursor?: unknown;
			};
			rows.push(...asList(page.data));
			cursor = page.nextCursor;
		} while (cursor);
		return rows;
	}

	/** @throws StateUnavailable */
	private async call(
		method: IHttpRequestMethods,
		path: string,
		more: Pick<IHttpRequestOptions, 'body' | 'qs'> = {},
	): Promise<unknown> {
		const { baseUrl, send } = await this.connect().catch((error: unknown) => {
			throw refusalOfCredential(this.use, error);
		});
		const root = rootOf(baseUrl);
		const options: IHttpRequestOptions = {
			method,
			url: `${root}/api/v1/data-tables${path}`,
			json: true,
			timeout: this.timeoutMs,
			// The key must not follow to another host.
			disableFollowRedirect: true,
			ignoreHttpStatusErrors: true,
			returnFullResponse: true,
			...more,
		};
		const answer = await send(options).catch((error: unknown) => {
			throw refusalOfSilence(this.use, root, error);
		});
		const { statusCode, body } = answer as { statusCode: number; body: unknown };
		// Wherever the API is not, n8n answers with a page of its editor.
		if (statusCode >= 200 && statusCode < 300 && typeof body !== 'string') return body;
		throw refusalOfAnswer(this.use, { address: root, path }, statusCode, body);
	}
}

/** The address of n8n itself, however the credential gives it. */
function rootOf(baseUrl: string): string {
	return baseUrl
		.trim()
		.replace(/\/+$/, '')
		.replace(/\/api\/v1$/, '');
}

function idPart(tableId: string): string {
	if (tableId.trim() === '') throw noTable();
	return encodeURIComponent(tableId.trim());
}

function asList(value: unknown): Row[] {
	return Array.isArray(value) ? value.filter(isObject) : [];
}
