import { RunDurations } from './runDurations';
import { answerSave, maySave, type SaveAnswer, type SaveQuestion } from './saveAnswer';

/** How long after n8n was told to save a save is certain to come; it takes milliseconds. */
const SAVE_COMES_MS = 1_000;

/** For how long a row may be on its way from the database to a node. */
const READ_TAKES_MS = 5_000;

/** While the row was saved no longer ago than this, saving again may be left to a run that ends soon. */
const SAVED_JUST_NOW_MS = 1_000;

/** How often consent is saved again by a process that is shown no row, as a worker of the queue mode. */
const UNSEEN_TRIES = 5;

/** What a workflow's row is to hold. */
export interface RowSource {
	/** Grows with every change of it. */
	readonly revision: number;
	/**
	 * Per business number the revision from which on a copy of it holds what must never be lost:
	 * consent, and who was forgotten.
	 */
	urgentNews(): Iterable<[businessNumberId: string, revision: number]>;
}

/** A row that n8n has loaded, as far as it matters here. */
export type LoadedRow =
	| {
			/** `unseen`: whatever is in it, no node has been shown it. */
			by: 'unseen' | 'anotherProcess';
	  }
	| {
			by: 'thisProcess';
			/** Whether it was written into the row; a copy that a Code node puts back was not. */
			isRow: boolean;
			revision: number;
			/** How far it goes for each business number. */
			numbers: ReadonlyMap<string, number>;
	  };

/** A run, a delivery or an activation in which something may change. */
export interface Run {
	readonly kind: 'manual' | 'retry' | 'other';
	/** Whether {@link RowSaver.runEnds} is asked at its end. */
	readonly endIsSeen: boolean;
}

/** What is known of a run that is under way. */
interface Progress {
	/** Up to which revision it wants the row to go. */
	wanted?: number;
	/** The delivery that started it. */
	delivery?: string;
	/** Of a run that a delivery started: whether that had loaded the row. */
	hasRow?: boolean;
}

/**
 * Knows how far a workflow's row is behind what the process knows, and when it has to be saved.
 *
 * n8n does not tell whether it could write a row. For windows that is good enough: what a failed
 * save lost shows when the row is loaded, some seconds later. Consent counts as saved only when a
 * row that holds it was loaded from the database; until then every run and every delivery saves.
 *
 * All times are milliseconds that the process has run: they neither jump nor go back.
 */
export class RowSaver {
	private readonly durations = new RunDurations();
	private readonly runs = new WeakMap<Run, Progress>();

	/** Whether this process has seen what the row holds, or that it holds nothing. */
	private isLoaded = false;
	/** How far the row went for each business number when it was last loaded. */
	private confirmed: ReadonlyMap<string, number> = new Map();
	private hasLostSave = false;
	private triesLeft = UNSEEN_TRIES;
	private savedRevision = 0;
	private savedAt = -Infinity;
	/** The saves that a row read just now may lack, after the latest one that it must hold. */
	private saves: Array<{ revision: number; at: number }> = [];
	/** When n8n was told to save, and has not yet. */
	private announcedAt = -Infinity;

	constructor(private readonly source: RowSource) {}

	/** n8n has loaded the row. */
	loaded(row: LoadedRow, ranMs: number): void {
		if (row.by !== 'thisProcess' || row.isRow) {
			this.isLoaded = true;
			this.triesLeft = UNSEEN_TRIES;
		}
		if (row.by === 'thisProcess') {
			this.confirmed = row.isRow ? row.numbers : new Map();
			this.noticeLostSave(row.revision, ranMs);
		} else if (row.by === 'anotherProcess') {
			// It may lack anything that this process knows.
			this.confirmed = new Map();
			this.savedRevision = -1;
			this.saves = [];
		}
	}

	/**
	 * A row of this process may be older than its latest save: the save failed, or an older copy was put
	 * back. A row that was read before the latest save proves neither, so for most of what it holds the
	 * saves of some seconds ago count; for consent each row counts as it comes, as a save too many does
	 * no harm.
	 */
	private noticeLostSave(revision: number, ranMs: number): void {
		const settledAt = ranMs - READ_TAKES_MS;
		while (this.saves.length > 1 && this.saves[1].at <= settledAt) this.saves.shift();
		const [latest] = this.saves;
		if (!latest || latest.at > settledAt || revision >= latest.revision) return;
		this.savedRevision = revision;
		this.saves = [];
		this.hasLostSave = true;
	}

	/** A delivery came that starts a run. @param delivery what tells it from others */
	deliveryCame(delivery: string, ranMs: number): void {
		this.durations.begin(delivery, ranMs);
	}

	/**
	 * The run that a delivery started has begun. If the row was not loaded for the delivery in this
	 * process, then n8n had stored the execution before it crashed, and begins it now without static
	 * data; or this is a worker. Saving, even for another node, would replace all that the row holds.
	 */
	runBegan(run: Run, delivery: string | undefined): void {
		const progress = this.progressOf(run);
		progress.delivery = delivery;
		progress.hasRow = this.isLoaded;
	}

	/**
	 * Something has changed that the row is to hold.
	 *
	 * @returns whether n8n has to be told now to save, because the end of the run will not be seen
	 */
	changed(run: Run, ranMs: number): boolean {
		if (!maySave(this.questionOf(run))) return false;
		if (!run.endIsSeen) {
			this.announcedAt = ranMs;
			return true;
		}
		this.progressOf(run).wanted = this.source.revision;
		return false;
	}

	/** Something has changed that must never be lost; whichever run ends next saves it. */
	changedUrgently(): void {
		this.triesLeft = UNSEEN_TRIES;
	}

	/**
	 * A run ends.
	 *
	 * @param isChangedByOthers whether another node has changed something in the static data
	 * @returns see {@link answerSave}; after `save` n8n is taken to save at once
	 */
	runEnds(run: Run, isChangedByOthers: boolean, ranMs: number): SaveAnswer {
		const { wanted, delivery } = this.progressOf(run);
		if (delivery !== undefined) this.durations.end(delivery, ranMs);
		const answer = answerSave({
			...this.questionOf(run),
			isConfirmed: !this.isOwed,
			isChangedByOthers,
			isChanged: wanted !== undefined,
			isCovered: this.covers(wanted ?? 0, ranMs),
		});
		if (answer === 'save') this.announcedAt = ranMs;
		return answer;
	}

	/** n8n has made the text with all that is known now, and writes it into the row, if it can. */
	serialised(ranMs: number): void {
		if (this.lacksUrgentNews) this.triesLeft--;
		this.announcedAt = -Infinity;
		this.isLoaded = true;
		this.hasLostSave = false;
		this.savedRevision = this.source.revision;
		this.savedAt = ranMs;
		this.saves.push({ revision: this.savedRevision, at: ranMs });
	}

	/** Whether the row has to be saved at the next occasion, by whichever run or delivery comes. */
	get isOwed(): boolean {
		return this.hasLostSave || (this.lacksUrgentNews && this.triesLeft > 0);
	}

	/** For how long the row has lacked something that the process knows; 0: it does not. */
	behindMs(ranMs: number): number {
		return this.source.revision === this.savedRevision ? 0 : ranMs - this.savedAt;
	}

	private get lacksUrgentNews(): boolean {
		for (const [businessNumberId, revision] of this.source.urgentNews()) {
			if ((this.confirmed.get(businessNumberId) ?? -1) < revision) return true;
		}
		return false;
	}

	private covers(revision: number, ranMs: number): boolean {
		return (
			revision <= this.savedRevision ||
			ranMs - this.announcedAt <= SAVE_COMES_MS ||
			(ranMs - this.savedAt <= SAVED_JUST_NOW_MS && this.durations.oneEndsSoon(ranMs))
		);
	}

	private questionOf(run: Run): Pick<SaveQuestion, 'run' | 'isLoaded'> {
		const { hasRow } = this.progressOf(run);
		const isOfDelivery = hasRow !== undefined && run.kind !== 'manual';
		return { run: isOfDelivery ? 'delivery' : run.kind, isLoaded: hasRow ?? this.isLoaded };
	}

	private progressOf(run: Run): Progress {
		const known = this.runs.get(run);
		if (known) return known;
		const progress: Progress = {};
		this.runs.set(run, progress);
		return progress;
	}
}
