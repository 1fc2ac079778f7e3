import type { ColumnType } from '../../nodes/core/state/table/tableRow';

export interface TableRequest {
	method: string;
	/** Below `/api/v1/data-tables`, e.g. `/abc/rows`. */
	path: string;
	query?: Record<string, unknown>;
	body?: unknown;
	key?: string;
}

export interface TableAnswer {
	status: number;
	body: unknown;
}

interface Column {
	name: string;
	type: ColumnType;
}

type Row = Record<string, unknown> & { id: number };

interface Table {
	id: string;
	name: string;
	columns: Column[];
	rows: Row[];
	lastId: number;
}

interface Filter {
	columnName: string;
	condition?: string;
	value: unknown;
}

const LIMIT = 100;
const MOST = 250;

class Refused extends Error {
	constructor(
		readonly status: number,
		message: string,
	) {
		super(message);
	}
}

/**
 * n8n's public API for data tables, in memory, with what n8n 2.41.1 does: no unique keys; an update
 * that first looks which rows it will change, then changes those that still fit, and answers with
 * the rows of its first look; filters of one level; pages with a cursor.
 */
export class FakeDataTables {
	readonly requests: TableRequest[] = [];

	private readonly tables = new Map<string, Table>();

	/** @param pause lets others come between the two halves of an update */
	constructor(
		private readonly key = 'the-key',
		private readonly pause: () => Promise<unknown> = async () => {},
	) {}

	/** Every row of a table, as stored. */
	rows(tableId: string): Row[] {
		return this.tableOf(tableId).rows;
	}

	/** The paths of requests, without IDs of tables. */
	get log(): string[] {
		return this.requests.map(({ method, path }) => `${method} ${path.replace(/^\/\w+/, '')}`);
	}

	add(name: string, columns: readonly Column[]): string {
		const id = `table${this.tables.size + 1}`;
		this.tables.set(id, { id, name, columns: [...columns], rows: [], lastId: 0 });
		return id;
	}

	drop(tableId: string): void {
		this.tables.delete(tableId);
	}

	async handle(request: TableRequest): Promise<TableAnswer> {
		this.requests.push(request);
		try {
			if (request.key !== this.key) throw new Refused(401, 'unauthorized');
			return { status: 200, body: structuredClone((await this.answer(request)) ?? true) };
		} catch (error) {
			if (!(error instanceof Refused)) throw error;
			return { status: error.status, body: { message: error.message } };
		}
	}

	private async answer({ method, path, query = {}, body }: TableRequest): Promise<unknown> {
		const [, id, ...rest] = path.split('/');
		const { data, filter } = (body ?? {}) as { data?: unknown; filter?: { filters: Filter[] } };
		switch (`${method} ${rest.join('/')}`) {
			case 'GET ':
				if (id) return this.view(this.tableOf(id));
				return this.page(
					[...this.tables.values()].map((table) => this.view(table)),
					query,
				);
			case 'POST ':
				return this.create(body as { name: string; columns: Column[] });
			case 'GET rows':
				return this.page(this.found(this.tableOf(id), this.filterOf(query.filter)), query);
			case 'POST rows':
				return this.insert(this.tableOf(id), data as Array<Record<string, unknown>>);
			case 'PATCH rows/update':
				return await this.update(this.tableOf(id), filter, data as Record<string, unknown>);
			case 'DELETE rows/delete': {
				const table = this.tableOf(id);
				const gone = this.found(table, this.filterOf(query.filter));
				table.rows = table.rows.filter((row) => !gone.includes(row));
				return true;
			}
			default:
				throw new Refused(404, 'not found');
		}
	}

	private create({ name, columns }: { name: string; columns: Column[] }) {
		for (const table of this.tables.values()) {
			if (table.name === name) throw new Refused(409, `Data table with name '${name}' exists`);
		}
		for (const column of columns) {
			if (!/^[a-zA-Z][a-zA-Z0-9_]{0,62}$/.test(column.name)) throw new Refused(400, 'bad column');
		}
		return this.view(this.tableOf(this.add(name, columns)));
	}

	private view({ id, name, columns }: Table) {
		return { id, name, columns };
	}

	private page(all: unknown[], { limit = LIMIT, cursor = '0' }: Record<string, unknown>) {
		const size = Number(limit);
		if (!(size > 0 && size <= MOST)) throw new Refused(400, 'Param `limit` must be at most 250');
		const start = Number(cursor);
		const next = start + size;
		return {
			data: all.slice(start, next),
			nextCursor: next < all.length ? String(next) : null,
		};
	}

	private insert(table: Table, data: Array<Record<string, unknown>>) {
		return data.map((values) => {
			this.check(table, values);
			const id = ++table.lastId;
			const empty = Object.fromEntries(table.columns.map(({ name }) => [name, null]));
			table.rows.push({ ...empty, ...values, id });
			return { id };
		});
	}

	private async update(
		table: Table,
		filter: { filters: Filter[] } | undefined,
		data: Record<string, unknown>,
	) {
		if (!filter?.filters.length) throw new Refused(400, 'Filter must not be empty');
		this.check(table, data);
		const ids = this.found(table, filter).map(({ id }) => id);
		await this.pause();
		for (const row of this.found(table, filter)) Object.assign(row, data);
		await this.pause();
		return table.rows.filter(({ id }) => ids.includes(id));
	}

	private check(table: Table, values: Record<string, unknown>): void {
		for (const [name, value] of Object.entries(values)) {
			const column = table.columns.find((one) => one.name === name);
			if (!column) throw new Refused(400, `unknown column name '${name}'`);
			if (value === null) continue;
			const fits =
				column.type === 'date'
					? typeof value === 'string' && !Number.isNaN(Date.parse(value))
					: typeof value === column.type;
			if (!fits) throw new Refused(400, `value '${String(value)}' does not match column type`);
		}
	}

	private filterOf(text: unknown): { type?: string; filters: Filter[] } | undefined {
		if (text === undefined) return undefined;
		return JSON.parse(String(text)) as { filters: Filter[] };
	}

	private found(table: Table, filter?: { type?: string; filters: Filter[] }): Row[] {
		if (!filter) return table.rows;
		const names = ['id', ...table.columns.map(({ name }) => name)];
		for (const { columnName } of filter.filters) {
			if (!names.includes(columnName)) {
				throw new Refused(400, `unknown column name '${columnName}'`);
			}
		}
		const holds = (row: Row) => (one: Filter) => fits(row[one.columnName], one);
		return table.rows.filter((row) =>
			filter.type === 'or' ? filter.filters.some(holds(row)) : filter.filters.every(holds(row)),
		);
	}

	private tableOf(id: string): Table {
		const table = this.tables.get(id);
		if (!table) throw new Refused(404, `Could not find the data table: '${id}'`);
		return table;
	}
}

function fits(value: unknown, { condition = 'eq', value: wanted }: Filter): boolean {
	if (condition === 'eq') return value === wanted;
	if (condition === 'gt') return Number(value) > Number(wanted);
	// Of dates alone; an empty cell is neither before nor after.
	if (condition === 'lt') return value !== null && String(value) < String(wanted);
	if (condition !== 'like') throw new Refused(400, `No such condition: ${condition}`);
	const parts = String(wanted)
		.split('%')
		.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
	return typeof value === 'string' && new RegExp(`^${parts.join('.*')}$`, 's').test(value);
}
