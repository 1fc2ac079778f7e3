import type { IExecuteFunctions } from 'n8n-workflow';

import type { Result } from './actions/operation';

const MOST_KEPT = 5_000;

/** Results of items whose run n8n may repeat; the oldest go first. */
const results = new Map<string, Result>();

/**
 * With 'Retry On Fail' n8n repeats a whole run, also the items that went well. A send must not be
 * repeated, so the result of the first time is kept for the second.
 */
export class RepeatedRun {
	private readonly run: string | undefined;

	constructor(private readonly context: IExecuteFunctions) {
		const { id, retryOnFail } = context.getNode();
		this.run = retryOnFail
			? JSON.stringify([context.getExecutionId(), id, context.getWorkflowDataProxy(0).$runIndex])
			: undefined;
	}

	/** What the same item gave when this run was tried before. */
	earlier(i: number): Result | undefined {
		return this.run === undefined ? undefined : results.get(this.keyOf(i));
	}

	keep(i: number, result: Result): void {
		if (this.run === undefined) return;
		results.set(this.keyOf(i), result);
		for (const oldest of results.keys()) {
			if (results.size <= MOST_KEPT) break;
			results.delete(oldest);
		}
	}

	private keyOf(i: number): string {
		return `${this.run} ${i} ${JSON.stringify(this.context.getInputData()[i].json)}`;
	}
}
