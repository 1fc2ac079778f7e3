import type {
	IExecuteFunctions,
	INodeExecutionData,
	NodeApiError,
	NodeOperationError,
} from 'n8n-workflow';

import { errorJson, toNodeError } from '../../shared/nodeErrors';
import type { Result } from '../actions/operation';
import { properties } from '../actions/properties';
import { RESOURCES } from '../actions/resources';
import { withCause } from '../input/emptyExpression';
import { fixedExpression } from '../input/fixedExpression';
import { decisionIn } from '../send/decisionIn';
import { forModel, refusedAnswer } from '../views/toolAnswer';

import { itemOf } from './item';
import { laneOf } from './lane';
import { keyOfRun, RepeatedRun } from './repeatedRun';
import { schedule } from './schedule';
import { openSession } from './session';

/**
 * Runs the chosen operation for every item: many at once, but the messages to one contact in their
 * order. The outputs keep the order of the items.
 */
export async function router(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const resource = this.getNodeParameter('resource', 0);
	const operation = RESOURCES[resource].operations[this.getNodeParameter('operation', 0)];
	const session = openSession(this);
	const repeated = new RepeatedRun(keyOfRun(this));
	const inputs = this.getInputData();
	const items = inputs.map((_, i) => itemOf(this, i, session));
	const done: Array<Result | Result[] | undefined> = [];
	const failed: Array<NodeApiError | NodeOperationError | undefined> = [];
	const flaw = fixedExpression(this.getNode(), properties);

	const work = async (i: number): Promise<boolean> => {
		try {
			if (flaw) throw flaw;
			const operate = async () => await operation.execute(items[i]);
			done[i] = forModel(items[i], await repeated.once(i, inputs[i].json, operate));
			return true;
		} catch (thrown) {
			const cause = withCause(thrown, this.getNode(), properties);
			const answer = refusedAnswer(items[i], cause);
			if (answer) {
				done[i] = { json: answer };
				return true;
			}
			const error = toNodeError(this.getNode(), cause, i);
			if (!this.continueOnFail()) {
				failed[i] = error;
				return false;
			}
			done[i] = { json: errorJson(error, cause, decisionIn(cause)) };
			return true;
		}
	};
	let mayBeRepeated = true;
	try {
		await schedule({
			count: items.length,
			laneOf: async (i) => (await laneOf(items[i])) ?? String(i),
			work,
			isCancelled: () => session.isCancelled(),
			atOnce: operation.atOnce,
		});
		await session.broadcasts.close(session);
		await session.conversations.close();

		const error = failed.find((entry) => entry !== undefined);
		if (error) throw error;
		const outputs: INodeExecutionData[][] = this.getNodeOutputs().map(() => []);
		done.forEach((results = [], i) => {
			for (const { output = 0, ...rest } of [results].flat()) {
				// A tool has one output, whatever was chosen.
				(outputs[output] ?? outputs[0]).push({ ...rest, pairedItem: { item: i } });
			}
		});
		mayBeRepeated = done.some(tellsOfError);
		return outputs;
	} finally {
		repeated.end(mayBeRepeated);
	}
}

/** n8n repeats a run that gave such an item. */
function tellsOfError(results: Result | Result[] = []): boolean {
	return [results].flat().some(({ json }) => Boolean(json.error));
}
