import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	NodeApiError,
	NodeOperationError,
} from 'n8n-workflow';

import { parseRecipient } from '../../core/messages/recipient';
import { errorJson, toNodeError } from '../../shared/nodeErrors';
import * as account from '../actions/account';
import * as conversation from '../actions/conversation';
import * as media from '../actions/media';
import * as message from '../actions/message';
import type { Operation, Result } from '../actions/operation';
import { properties } from '../actions/properties';
import * as template from '../actions/template';
import { withCause } from '../input/given';
import { senderOf } from '../input/parameters';
import { PartlySent } from '../send/deliver';
import { DecisionError } from '../views/decision';

import { RepeatedRun } from './repeatedRun';
import { schedule } from './schedule';
import { Session } from './session';

const OPERATIONS: Record<string, Record<string, Operation>> = {
	account: account.operations,
	conversation: conversation.operations,
	media: media.operations,
	message: message.operations,
	template: template.operations,
};

/**
 * Runs the chosen operation for every item: many at once, but the messages to one contact in their
 * order. The outputs keep the order of the items.
 */
export async function router(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const resource = this.getNodeParameter('resource', 0);
	const operation = OPERATIONS[resource][this.getNodeParameter('operation', 0)];
	const session = new Session(this);
	const repeated = new RepeatedRun(this);
	const done: Array<Result | Result[] | undefined> = [];
	const failed: Array<NodeApiError | NodeOperationError | undefined> = [];

	const work = async (i: number): Promise<boolean> => {
		try {
			done[i] = await repeated.once(i, async () => await operation.execute(this, i, session));
			return true;
		} catch (thrown) {
			const cause = withCause(thrown, this.getNode(), properties);
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
			count: this.getInputData().length,
			laneOf: (i) => laneOf(this, i, session),
			work,
			isCancelled: session.isCancelled,
		});
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

/** What was decided about an item that did not go out, as items show it. */
function decisionIn(cause: unknown): IDataObject {
	if (cause instanceof DecisionError) return { kind: cause.kind, decision: cause.decision };
	return cause instanceof PartlySent && cause.decision ? { decision: cause.decision } : {};
}

/** Items that go to one contact share a lane, however its number is written. */
function laneOf(context: IExecuteFunctions, i: number, session: Session): string {
	try {
		return session.conversations.keyOf(
			senderOf(context, i).id,
			parseRecipient(context.getNodeParameter('to', i)),
		);
	} catch {
		// No recipient, or none that could be sent to: its own work tells why.
		return String(i);
	}
}
