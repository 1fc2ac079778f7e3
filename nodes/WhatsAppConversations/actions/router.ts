import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { errorJson, toNodeError } from '../../shared/nodeErrors';
import { DecisionError } from '../decisionView';
import { RepeatedRun } from '../repeatedRun';
import { Session } from '../session';

import * as conversation from './conversation';
import * as message from './message';
import type { Operation } from './operation';
import * as template from './template';

const OPERATIONS: Record<string, Record<string, Operation>> = {
	conversation: conversation.operations,
	message: message.operations,
	template: template.operations,
};

/** Runs the chosen operation for every item, one after the other, so that messages keep their order. */
export async function router(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const resource = this.getNodeParameter('resource', 0);
	const operation = OPERATIONS[resource][this.getNodeParameter('operation', 0)];
	const outputs: INodeExecutionData[][] = this.getNodeOutputs().map(() => []);
	const session = new Session(this);
	const repeated = new RepeatedRun(this);
	const cancelled = this.getExecutionCancelSignal();

	for (let i = 0; i < this.getInputData().length; i++) {
		if (cancelled?.aborted) break;
		try {
			const result = repeated.earlier(i) ?? (await operation.execute(this, i, session));
			repeated.keep(i, result);
			outputs[result.output ?? 0].push({ json: result.json, pairedItem: { item: i } });
		} catch (cause) {
			const error = toNodeError(this.getNode(), cause, i);
			if (!this.continueOnFail()) {
				session.close();
				throw error;
			}
			const more =
				cause instanceof DecisionError ? { kind: cause.kind, decision: cause.decision } : {};
			outputs[0].push({ json: errorJson(error, cause, more), pairedItem: { item: i } });
		}
	}
	session.close();
	return outputs;
}
