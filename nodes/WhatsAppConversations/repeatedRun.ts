import type { IExecuteFunctions } from 'n8n-workflow';

import { ProviderRefusal } from '../core/transport/providerRefusal';

import type { Result } from './actions/operation';

type Results = Result | Result[];

const MOST_KEPT = 5_000;

/** What came of an item: its result, or the error of a send that may have gone out all the same. */
type Outcome = { result: Results } | { error: unknown };

/** Outcomes of items whose run n8n may repeat; the oldest go first. */
const outcomes = new Map<string, Outcome>();

/**
 * With 'Retry On Fail' n8n repeats a whole run, also the items that went well. A send must not be
 * repeated, so the outcome of the first time is kept for the second.
 */
export class RepeatedRun {
	private readonly run: string | undefined;

	constructor(private readonly context: IExecuteFunctions) {
		const { id, retryOnFail } = context.getNode();
		this.run = retryOnFail
			? JSON.stringify([context.getExecutionId(), id, context.getWorkflowDataProxy(0).$runIndex])
			: undefined;
	}

	/**
	 * Does the work of an item, unless an earlier try of the same run has settled it.
	 *
	 * @throws what `work` throws, or threw in the earlier try
	 */
	async once(i: number, work: () => Promise<Results>): Promise<Results> {
		if (this.run === undefined) return await work();
		const key = this.keyOf(i);
		const outcome = outcomes.get(key) ?? (await outcomeOf(work));
		if (isSettled(outcome)) keep(key, outcome);
		return 'result' in outcome ? outcome.result : await Promise.reject(outcome.error);
	}

	private keyOf(i: number): string {
		return `${this.run} ${i} ${JSON.stringify(this.context.getInputData()[i].json)}`;
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

function keep(key: string, outcome: Outcome): void {
	outcomes.set(key, outcome);
	for (const oldest of outcomes.keys()) {
		if (outcomes.size <= MOST_KEPT) break;
		outcomes.delete(oldest);
	}
}
