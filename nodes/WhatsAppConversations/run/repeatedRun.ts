import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { ProviderRefusal } from '../../core/transport/providerRefusal';
import type { Result } from '../actions/operation';

type Results = Result | Result[];

/**
 * How long the record of a run is kept when the run may be repeated. n8n waits five seconds at most
 * before it does so.
 */
const KEPT_MS = 10 * 60_000;

/** What came of an item: its result, or the error of a send that may have gone out all the same. */
type Outcome = { result: Results } | { error: unknown };

/** What came of the items of a node's run, in all its tries: as many as there are items. */
interface Run {
	readonly outcomes: Map<string, Outcome>;
	/** When its latest try ended, milliseconds of a clock that nobody sets; undefined while one runs. */
	endedAtMs?: number;
}

/**
 * Runs that n8n may repeat. They go when they cannot be repeated any more, by what they gave or by
 * their age, and never to make room: a message would be sent twice.
 */
const runs = new Map<string, Run>();

/** What all tries of a run share; undefined where n8n does not repeat it. */
export function keyOfRun(context: IExecuteFunctions): string | undefined {
	const { id, retryOnFail } = context.getNode();
	if (!retryOnFail) return undefined;
	return JSON.stringify([context.getExecutionId(), id, context.getWorkflowDataProxy(0).$runIndex]);
}

/**
 * With 'Retry On Fail' n8n repeats a whole run, also the items that went well. A send must not be
 * repeated, so the outcome of the first time is kept for the second.
 */
export class RepeatedRun {
	private readonly run: Run;

	/** @param key the same for all tries of the run; undefined for a run that n8n does not repeat */
	constructor(private readonly key: string | undefined) {
		dropOld();
		this.run = (key === undefined ? undefined : runs.get(key)) ?? { outcomes: new Map() };
		if (key === undefined) return;
		this.run.endedAtMs = undefined;
		runs.set(key, this.run);
	}

	/**
	 * Does the work of an item, unless an earlier try of the same run has settled it.
	 *
	 * @param json its data, which a try may find changed
	 * @throws what `work` throws, or threw in the earlier try
	 */
	async once(i: number, json: IDataObject, work: () => Promise<Results>): Promise<Results> {
		if (this.key === undefined) return await work();
		const item = `${i} ${JSON.stringify(json)}`;
		const outcome = this.run.outcomes.get(item) ?? (await outcomeOf(work));
		if (isSettled(outcome)) this.run.outcomes.set(item, outcome);
		if ('result' in outcome) return outcome.result;
		throw outcome.error;
	}

	/**
	 * To be called when a try is over.
	 *
	 * @param mayBeRepeated whether it failed, or gave an item that tells of an error
	 */
	end(mayBeRepeated: boolean): void {
		if (this.key === undefined) return;
		if (mayBeRepeated) this.run.endedAtMs = performance.now();
		else runs.delete(this.key);
	}
}

function dropOld(): void {
	const nowMs = performance.now();
	for (const [key, { endedAtMs = Infinity }] of runs) {
		if (endedAtMs < nowMs - KEPT_MS) runs.delete(key);
	}
}

async function outcomeOf(work: () => Promise<Results>): Promise<Outcome> {
	return await work().then(
		(result) => ({ result }),
		(error: unknown) => ({ error }),
	);
}

/** Whether the message went out, or may have. */
function isSettled(outcome: Outcome): boolean {
	return (
		'result' in outcome ||
		(outcome.error instanceof ProviderRefusal && outcome.error.refusal.retry === 'risky')
	);
}
