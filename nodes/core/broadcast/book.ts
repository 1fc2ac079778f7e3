import { Batcher } from '../state/table/batcher';
import { StateUnavailable } from '../stateUnavailable';
import type { DataTableApi, Row, RowFilter } from '../transport/dataTableApi';

import { Ledger, openClaims, wasAccepted, type Entry, type Line } from './ledger';
import { cellsOfLine, lineOfRow } from './row';

/** How often n8n is asked where it does not answer: a line that is written twice changes nothing. */
const TRIES = 3;
const PAUSE_MS = 1_000;

/** What is to be written within so many milliseconds goes in one request. */
const GATHER_MS = 60;

/** How often rows are looked for whose numbers were given out, and how long lies between. */
const LOOKS = 5;
const LOOK_AGAIN_MS = 300;

/** So many rows before the last one are read again: a row may be seen later than one after it. */
const OVERLAP = 30;

/** So many missing numbers may be rows on their way; where there are more, rows of others stand there. */
const MOST_MISSING = 250;

/**
 * The ledger of one broadcast, kept in a data table of n8n and in memory.
 *
 * Static data would not do: n8n saves it when a run has ended, in a manual run never, and in queue
 * mode workers have none. A ledger has to be written down before each request leaves.
 *
 * n8n's tables know neither unique keys nor transactions. So rows are only added, and their numbers tell
 * whether others have added some meanwhile: the database gives each number once, and before a row can
 * be seen. Where numbers are missing, the rows that have them are read. So of two processes that claim
 * a contact at the same time the one with the higher number sees the other's claim, and gives way.
 */
export class BroadcastBook {
	readonly ledger = new Ledger();

	/** The highest row number that was seen. */
	private seenTo = 0;

	/** Up to this number it is known which rows there are; undefined before the first reading. */
	private completeTo?: number;

	/** What is to be written while a request is on its way goes with the next one. */
	private readonly lines: Batcher<Line>;

	/** @param pause lets some milliseconds pass */
	constructor(
		private api: DataTableApi,
		private readonly tableId: string,
		readonly name: string,
		private readonly pause: (ms: number) => Promise<void>,
	) {
		this.lines = new Batcher(
			async (lines) => {
				if (lines.length === 0) await this.read();
				else await this.insert(lines);
			},
			async () => await pause(GATHER_MS),
		);
	}

	/** Reaches the table by another way from now on. */
	connect(api: DataTableApi): void {
		this.api = api;
	}

	/** Reads what others have written. @throws StateUnavailable */
	async refresh(): Promise<void> {
		await this.lines.ask([]);
	}

	/** Resolves when the lines are stored. @throws StateUnavailable */
	async write(...lines: Line[]): Promise<void> {
		// What concerns the whole broadcast holds by the order of the table.
		for (const line of lines) if (line.contact !== '') this.ledger.add(line);
		await this.lines.ask(lines);
	}

	/**
	 * Claims a contact. The claim is stored when this resolves, so from then on the request may leave.
	 *
	 * @param line with the event `claimed`
	 * @returns whether the contact is ours: not when somebody else has claimed it at the same time
	 * @throws StateUnavailable
	 */
	async claim(line: Line): Promise<boolean> {
		const before = this.ledger.entryOf(line.names);
		const known = new Set((before ? openClaims(before) : []).map(({ attempt }) => attempt));
		known.add(line.attempt);
		await this.write(line);
		const entry = this.ledger.entryOf(line.names) as Entry;
		return !wasAccepted(entry) && openClaims(entry).every(({ attempt }) => known.has(attempt));
	}

	private async insert(lines: Line[]): Promise<void> {
		const rows = lines.map((line) => cellsOfLine(this.name, line));
		const ids = await this.patiently(async () => await this.api.insertRows(this.tableId, rows));
		lines.forEach((line, i) => this.know({ ...line, rowId: ids[i] }));
		const before = this.completeTo ?? 0;
		const last = Math.max(...ids);
		// A request without an answer may have been carried out, and leaves numbers out too.
		if (last - before !== ids.length) await this.look(before, last, new Set(ids));
		this.completeTo = last;
	}

	/** Reads what others have added after a row, and waits for what is on its way. */
	private async look(after: number, last: number, own: ReadonlySet<number>): Promise<void> {
		const isLong = last - after > MOST_MISSING + own.size;
		for (let looks = 1; looks <= (isLong ? 2 : LOOKS); looks++) {
			if (looks > 1) await this.pause(LOOK_AGAIN_MS);
			if (isLong) {
				await this.read(after);
				continue;
			}
			const there = new Set((await this.rows(after, [])).map(({ id }) => id));
			let isWhole = true;
			for (let id = after + 1; id <= last; id++) isWhole &&= own.has(id) || there.has(id);
			if (isWhole) return;
		}
	}

	/** Reads the broadcast's rows after one: by default those that are new. */
	private async read(after = Math.max(0, this.seenTo - OVERLAP)): Promise<void> {
		await this.rows(after, [{ columnName: 'broadcast', condition: 'eq', value: this.name }]);
		this.completeTo ??= Math.max(0, this.seenTo - OVERLAP);
	}

	private async rows(after: number, filters: RowFilter[]): Promise<Row[]> {
		const rows = await this.patiently(
			async () => await this.api.rowsAfter(this.tableId, after, filters),
		);
		for (const row of rows) {
			const line = row.broadcast === this.name ? lineOfRow(row) : undefined;
			if (line) this.know(line);
		}
		return rows;
	}

	private know(line: Line): void {
		this.ledger.add(line);
		this.seenTo = Math.max(this.seenTo, line.rowId ?? 0);
	}

	private async patiently<T>(act: () => Promise<T>, tries = TRIES): Promise<T> {
		return await act().catch(async (error: unknown) => {
			if (tries === 1 || !(error instanceof StateUnavailable)) throw error;
			await this.pause(PAUSE_MS);
			return await this.patiently(act, tries - 1);
		});
	}
}
