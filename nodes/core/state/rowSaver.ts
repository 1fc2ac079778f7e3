import { RunPace } from './runPace';

/** How long after it was announced a save is certain to come; n8n takes milliseconds. */
const SAVE_COMES_MS = 1_000;

/** For how long a row may be on its way from the database to a node. */
const READ_TAKES_MS = 5_000;

/** While the row was saved no longer ago than this, saving again may be left to a run that ends soon. */
const SAVED_JUST_NOW_MS = 1_000;

/** How often consent is saved again by a process that is shown no row, as a worker of the queue mode. */
const UNSEEN_TRIES = 5;

/** What is to be in a workflow's row. */
export interface RowContent {
	/** Grows with every change of it. */
	readonly revision: number;
	/**
	 * Per business number the revision from which on a copy of it holds what must never be lost:
	 * consent, and who was forgotten.
	 */
	urgentNews(): Iterable<[businessNumberId: string, revision: number]>;
}

/** A row that this process wrote, as it was loaded from the database, or somebody's copy of one. */
export interface OwnRow {
	/** Whether it was written into the row; a copy that a Code node puts back was not. */
	isRow: boolean;
	revision: number;
	/** How far it goes for each business number. */
	numbers: ReadonlyMap<string, number>;
}

/** What is known when a run of a workflow ends. */
export interface SaveQuestion {
	/**
	 * Whether n8n would save, and without harm: it saves nothing of a manual run, and a run that got
	 * no row, in a process that has seen none, would replace all that the row holds.
	 */
	maySave: boolean;
	/** Whether another node has changed something in the static data. */
	isChangedByOthers: boolean;
	/** Whether the row lacks consent, or lost a save, as far as rows that were loaded tell. */
	isOwed: boolean;
	/** Whether this run has told something of its own. */
	hasNews: boolean;
	/** Whether that is in the row, or in a save that n8n is about to make; n8n may yet fail. */
	isCovered: boolean;
	/** Whether the row was saved a moment ago, and other runs that will save it end soon. */
	isSavedSoon: boolean;
}

export type SaveAnswer = 'save' | 'covered' | 'never';

/**
 * Whether n8n is to save when a run ends. The first line that fits counts:
 *
 *     may not save                                    never
 *     consent unconfirmed, or a save was lost         save
 *     another node changed something                  save
 *     nothing told                                    covered
 *     told, and in the row or about to be             covered
 *     told, and another run saves soon                covered
 *     told                                            save
 */
export function answerSave(question: SaveQuestion): SaveAnswer {
	if (!question.maySave) return 'never';
	if (question.isOwed || question.isChangedByOthers) return 'save';
	if (!question.hasNews || question.isCovered || question.isSavedSoon) return 'covered';
	return 'save';
}

/**
 * Knows how far a workflow's row is behind what the process knows, and when it has to be saved.
 *
 * n8n tells nobody whether it could write a row. For windows that is good enough: what a failed
 * save lost shows when the row is loaded, some seconds later. Consent counts as saved only when a
 * row that holds it was loaded from the database; until then every run and every delivery saves.
 *
 * All times are milliseconds that the process has run: they neither jump nor go back.
 */
export class RowSaver {
	/** Whether this process has seen what the row holds, or that it holds nothing. */
	isLoaded = false;

	/** How far the row went for each business number when it was last loaded. */
	private confirmed: ReadonlyMap<string, number> = new Map();
	private hasLostSave = false;
	private triesLeft = UNSEEN_TRIES;
	private savedRevision = 0;
	private savedAt = -Infinity;
	/** The saves that a row read just now may lack, after the latest one that it must hold. */
	private saves: Array<{ revision: number; at: number }> = [];
	/** When n8n was about to save, and has not yet. */
	private announcedAt = -Infinity;

	constructor(
		private readonly content: RowContent,
		private readonly pace: RunPace,
	) {}

	/** n8n has loaded the row, whatever is in it. */
	loaded(): void {
		this.isLoaded = true;
		this.triesLeft = UNSEEN_TRIES;
	}

	/** The loaded row is another process's, and may lack anything that this one knows. */
	loadedOthers(): void {
		this.loaded();
		this.confirmed = new Map();
		this.savedRevision = -1;
		this.saves = [];
	}

	/**
	 * The loaded row is this process's own. It may be older than its latest save: the save failed, or
	 * somebody has put back an older copy. A row that was read before a save of late came proves
	 * neither, so for most of what it holds the saves of some seconds ago count; for consent each row
	 * counts as it comes, as a save too many does no harm.
	 */
	loadedOwn({ isRow, revision, numbers }: OwnRow, ranMs: number): void {
		if (isRow) this.loaded();
		this.confirmed = isRow ? numbers : new Map();
		const settledAt = ranMs - READ_TAKES_MS;
		while (this.saves.length > 1 && this.saves[1].at <= settledAt) this.saves.shift();
		const [latest] = this.saves;
		if (!latest || latest.at > settledAt || revision >= latest.revision) return;
		this.savedRevision = revision;
		this.saves = [];
		this.hasLostSave = true;
	}

	/** Something was told that must never be lost. */
	toldUrgent(): void {
		this.triesLeft = UNSEEN_TRIES;
	}

	/** n8n is about to save the row, with all that will be known by then. */
	announced(ranMs: number): void {
		this.announcedAt = ranMs;
	}

	/** n8n has made the text with all that is known now, and writes it into the row, if it can. */
	serialised(ranMs: number): void {
		if (this.lacksUrgentNews) this.triesLeft--;
		this.announcedAt = -Infinity;
		this.isLoaded = true;
		this.hasLostSave = false;
		this.savedRevision = this.content.revision;
		this.savedAt = ranMs;
		this.saves.push({ revision: this.savedRevision, at: ranMs });
	}

	/** Whether the row has to be saved at the next occasion, whoever comes first. */
	get isOwed(): boolean {
		return this.hasLostSave || (this.lacksUrgentNews && this.triesLeft > 0);
	}

	private get lacksUrgentNews(): boolean {
		for (const [businessNumberId, revision] of this.content.urgentNews()) {
			if ((this.confirmed.get(businessNumberId) ?? -1) < revision) return true;
		}
		return false;
	}

	/** For how long the row has lacked something that the process knows; 0: it does not. */
	behindMs(ranMs: number): number {
		return this.content.revision === this.savedRevision ? 0 : ranMs - this.savedAt;
	}

	/**
	 * A run ends.
	 *
	 * @param wanted up to which revision it wants the row to go; undefined when it told nothing
	 */
	runEnds(
		wanted: number | undefined,
		run: Pick<SaveQuestion, 'maySave' | 'isChangedByOthers'>,
		ranMs: number,
	): SaveAnswer {
		return answerSave({
			...run,
			isOwed: this.isOwed,
			hasNews: wanted !== undefined,
			isCovered: this.covers(wanted ?? 0, ranMs),
			isSavedSoon: ranMs - this.savedAt <= SAVED_JUST_NOW_MS && this.pace.endsSoon(ranMs),
		});
	}

	private covers(revision: number, ranMs: number): boolean {
		return revision <= this.savedRevision || ranMs - this.announcedAt <= SAVE_COMES_MS;
	}
}
