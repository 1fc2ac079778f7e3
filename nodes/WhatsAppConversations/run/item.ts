import type { IBinaryKeyData, IDataObject, IExecuteFunctions, INode } from 'n8n-workflow';

import { providerOf } from '../../shared/provider';
import type { Provider } from '../../shared/providers/provider';

import type { Session } from './session';
import { comesBack } from './wiring';

/** One item of the input, and all that its operation asks n8n for. */
export interface Item {
	/** What it shares with the other items of the execution. */
	readonly session: Session;
	/** The way to WhatsApp that the node was set to. */
	readonly provider: Provider;
	/** IANA name of the workflow's time zone: that of times that name none. */
	readonly timeZone: string;
	/** The values of the parameter 'Options'; {} when nothing was added. */
	readonly options: IDataObject;
	/** Its data. */
	readonly json: IDataObject;
	/** Its files, by binary field. */
	readonly binary: IBinaryKeyData;
	/** The node, with its parameters as they were written: expressions are not evaluated. */
	getNode(): INode;
	/** The value of a parameter for this item. @param otherwise where the workflow does not have it */
	parameter(name: string, otherwise?: unknown): unknown;
	/** What was chosen from a list or given by its ID; '' where nothing was. */
	chosen(name: string): unknown;
	/**
	 * Has n8n keep the run until its address is called, see {@link Session.resumeUrl}. Where nobody calls
	 * it in time, the run goes on with the item of the input.
	 *
	 * @param json what that item holds from now on
	 */
	wait(json: IDataObject, until: Date): Promise<void>;
	/** Whether what leaves the node by an output comes back to it; true also where n8n does not tell. */
	comesBack(output: number): boolean;
}

/** The i-th item of an execution. Each value is evaluated when it is first asked for. */
export function itemOf(context: IExecuteFunctions, i: number, session: Session): Item {
	let options: IDataObject | undefined;
	return {
		session,
		get provider() {
			return providerOf(context);
		},
		get timeZone() {
			return context.getTimezone();
		},
		get options() {
			options ??= context.getNodeParameter('options', i, {}) as IDataObject;
			return options;
		},
		get json() {
			return context.getInputData()[i].json;
		},
		get binary() {
			return context.getInputData()[i].binary ?? {};
		},
		getNode: () => context.getNode(),
		parameter: (name, otherwise) => context.getNodeParameter(name, i, otherwise) as unknown,
		chosen: (name) => context.getNodeParameter(name, i, '', { extractValue: true }),
		async wait(json, until) {
			context.getInputData()[i].json = json;
			await context.putExecutionToWait(until);
		},
		comesBack: (output) => comesBack(context, context.getNode().name, output),
	};
}
