/** What is known when a run of a workflow ends. */
export interface SaveQuestion {
	/**
	 * - `manual`: n8n saves nothing of it
	 * - `retry`: with the old workflow it gets no row, only empty static data
	 * - `delivery`: got its row when its delivery came; after a crash, and in a worker, it gets none
	 * - `other`: gets the row itself
	 */
	run: 'manual' | 'retry' | 'delivery' | 'other';
	/** Whether this process has seen the row. Where it has not, a save could erase what is in it. */
	isLoaded: boolean;
	/** Whether a loaded row proves that consent is in it, and no loaded row shows that a save failed. */
	isConfirmed: boolean;
	/** Whether another node has changed something in the static data. */
	isChangedByOthers: boolean;
	/** Whether this run has changed something that the row is to hold. */
	isChanged: boolean;
	/**
	 * Whether that is in the row, or in a save that n8n is about to make, or in that of another run
	 * that ends soon; n8n may yet fail.
	 */
	isCovered: boolean;
}

export type SaveAnswer = 'save' | 'covered' | 'never';

/**
 * Whether n8n is to save when a run ends. The first line that fits counts:
 *
 *     manual                                  never
 *     retry or delivery, row not loaded       never
 *     consent unconfirmed, or a save failed   save
 *     changed by another node                 save
 *     unchanged by this run                   covered
 *     changed, and covered                    covered
 *     changed                                 save
 */
export function answerSave(question: SaveQuestion): SaveAnswer {
	if (!maySave(question)) return 'never';
	if (!question.isConfirmed || question.isChangedByOthers) return 'save';
	return question.isChanged && !question.isCovered ? 'save' : 'covered';
}

/** Whether n8n would save, and without harm. */
export function maySave({ run, isLoaded }: Pick<SaveQuestion, 'run' | 'isLoaded'>): boolean {
	return run === 'other' || (run !== 'manual' && isLoaded);
}
