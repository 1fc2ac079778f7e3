import { Batcher } from '../state/table/batcher';
import { StateUnavailable } from '../stateUnavailable';
import type { DataTableApi } from '../transport/dataTableApi';

import { Ledger, openClaims, wasAccepted, type Entry, type Line } from './ledger';
import { cellsOfLine, lineOfRow } from './row';

/** How often n8n is asked where it does not answer: a line that is written twice changes nothing. */
const TRIES = 3;
const PAUSE_MS = 1_000;

/**
 * So many rows before the last one are read again: on Postgres a row may show up after one that has a
 * higher number, when two processes write at the same time.
 */
const OVERLAP = 30;

/**
 * The ledger of one broadcast, kept in a data table of n8n and in memory.
 *
 * Static data would not do: n8n saves it when a run has ended, in a manual run never, and in queue
 * mode workers have none. A ledger has to be written down before each request leaves.
 *
 * n8n's tables know neither unique keys nor transactions. So rows are only added, and after each claim
 * those are read that others have added meanwhile: of two processes that claim a contact at the same
 * time at least the one that reads last sees the other's claim, and gives way.
 */
export class BroadcastBook {
	readonly ledger = new Ledger();

	private lastRowId = 0;

	/** What is to be written while a request is on its way goes with the next one. */
	private readonly lines = new Batcher<Line>(async (lines) => {
		if (lines.length > 0) await this.patiently(async () => await this.insert(lines));
		await this.patiently(async () => await this.read());
	});

	/** @param pause lets some milliseconds pass */
	constructor(
		private api: DataTableApi,
		private readonly tableId: string,
		readonly name: string,
		private readonly pause: (ms: number) => Promise<void>,
	) {}

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
		await this.api.addRows(this.tableId, rows);
	}

	private async read(): Promise<void> {
		const isOfThis = { columnName: 'broadcast', condition: 'eq', value: this.name };
		const after = Math.max(0, this.lastRowId - OVERLAP);
		for (const row of await this.api.rowsAfter(this.tableId, after, [isOfThis])) {
			const line = lineOfRow(row);
			if (!line) continue;
			this.ledger.add(line);
			this.lastRowId = Math.max(this.lastRowId, line.rowId ?? 0);
		}
	}

	private async patiently(act: () => Promise<void>): Promise<void> {
		for (let tries = 1; ; tries++) {
			try {
				await act();
				return;
			} catch (error) {
				if (tries === TRIES || !(error instanceof StateUnavailable)) throw error;
				await this.pause(PAUSE_MS);
			}
		}
	}
}
