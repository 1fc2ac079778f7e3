import type { IDataObject, INodeExecutionData, ITaskData } from 'n8n-workflow';

import type { Execution } from '../n8n/client';

const NODE_TYPE = 'n8n-nodes-whatsapp-conversations.whatsAppConversations';

/** What a send node of a run put out about one message, or why the node stopped. */
export interface Decided {
	node: string;
	/** Epoch milliseconds. */
	at: number;
	/** As the node gave it; absent when the node stopped without an item. */
	json?: IDataObject;
	/** What the node said when it stopped. */
	error?: string;
	/** To whom, as far as the items say. */
	contact?: string;
}

/** All decisions of our send nodes in an execution, in the words of the nodes. */
export function decisionsOf({ data, workflowData }: Execution): Decided[] {
	const { runData } = data.resultData;
	const nodes = workflowData.nodes.filter(({ type }) => type === NODE_TYPE);
	return nodes.flatMap(({ name }) =>
		(runData[name] ?? []).flatMap((run) => {
			const at = run.startTime + (run.executionTime ?? 0);
			const items = (run.data?.main ?? []).flatMap((output) => output ?? []);
			const decided = items.flatMap(({ json, pairedItem }): Decided[] =>
				json.decision || json.error
					? [
							{
								node: name,
								at,
								json,
								contact: contactOf(json) ?? addressee(run, pairedItem, runData),
							},
						]
					: [],
			);
			if (!run.error) return decided;
			const { message, description } = run.error;
			const error = [message, description].filter(Boolean).join(' ');
			return [...decided, { node: name, at, error, contact: addressee(run, 0, runData) }];
		}),
	);
}

/** The contact in the item that a node worked on. */
function addressee(
	{ source }: ITaskData,
	pairedItem: INodeExecutionData['pairedItem'],
	runData: Record<string, ITaskData[]>,
): string | undefined {
	const [from] = source;
	if (!from) return undefined;
	const items = runData[from.previousNode]?.[from.previousNodeRun ?? 0]?.data?.main;
	const index = typeof pairedItem === 'number' ? pairedItem : 0;
	const json = items?.[from.previousNodeOutput ?? 0]?.[index]?.json;
	return json && (contactOf(json) ?? contactOf((json.body ?? {}) as IDataObject));
}

function contactOf({ phone, contact, to }: IDataObject): string | undefined {
	const found = phone || contact || to;
	return found ? String(found) : undefined;
}
