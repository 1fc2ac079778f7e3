import type { IExecuteFunctions } from 'n8n-workflow';

import type { BroadcastBook } from '../../core/broadcast/book';
import type { Session } from '../run/session';

import { openBook } from './books';
import { BroadcastRun } from './run';

/** What could not be written down, in the words of the output pane. */
const UNWRITTEN =
	'Not all that became of this broadcast could be written into its data table: some contacts are uncertain there, and are not sent to again by themselves.';

/** The broadcasts that an execution has to do with. */
export class RunBroadcasts {
	private readonly runs = new Map<string, Promise<BroadcastRun>>();

	private readonly closing: Array<() => void> = [];

	private readonly reported = new Set<string>();

	constructor(private readonly context: IExecuteFunctions) {}

	/** Takes part in a broadcast, from now until the end of the execution. @throws StateUnavailable */
	async run(name: string, session: Session): Promise<BroadcastRun> {
		const run = this.runs.get(name) ?? this.begin(name, session);
		this.runs.set(name, run);
		return await run;
	}

	private async begin(name: string, session: Session): Promise<BroadcastRun> {
		const run = new BroadcastRun(await this.book(name), session);
		await run.begin();
		return run;
	}

	/** Its ledger as it is now. @throws StateUnavailable */
	async book(name: string): Promise<BroadcastBook> {
		const { book, close } = await openBook(this.context, name);
		this.closing.push(close);
		return book;
	}

	/** Whether a report is asked for the first time: behind a send there is an item for each contact. */
	isFirstReport(name: string, shown: string): boolean {
		const key = JSON.stringify([name, shown]);
		const isFirst = !this.reported.has(key);
		this.reported.add(key);
		return isFirst;
	}

	/** To be called when all items are done. */
	async close(session: Pick<Session, 'hint'>): Promise<void> {
		for (const begun of this.runs.values()) {
			const run = await begun.catch(() => undefined);
			if (await run?.end()) session.hint(UNWRITTEN);
		}
		for (const close of this.closing) close();
	}
}
