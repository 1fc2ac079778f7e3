import type { IDataObject, INodeExecutionData, ITaskData } from 'n8n-workflow';

import type { Execution } from '../n8n/client';

const NODE_TYPE = 'n8n-nodes-whatsapp-conversations.whatsAppConversations';

/** What a node of ours said about one message: what it decided, or why it stopped. */
export interface Decided {
	node: string;
	/** Epoch milliseconds. */
	at: number;
	/** The phone number or user ID, as far as the items say. */
	contact?: string;
	messageId?: unknown;
	sentAs?: unknown;
	/** As the node gave it; absent when the node stopped for another reason. */
	decision?: unknown;
	error?: string;
}

/** All that our send nodes decided in an execution, in their own words. */
export function decisionsOf({ data, workflowData }: Execution): Decided[] {
	const { runData } = data.resultData;
	const nodes = workflowData.nodes.filter(({ type }) => type === NODE_TYPE);
	return nodes.flatMap(({ name }) =>
		(runData[name] ?? []).flatMap((run) => {
			const at = run.startTime + (run.executionTime ?? 0);
			const items = (run.data?.main ?? []).flatMap((output) => output ?? []);
			const decided = items.flatMap(({ json, pairedItem }) => {
				const said = saidBy(json);
				const contact = contactOf(json) ?? addressee(run, pairedItem, runData);
				return said ? [{ node: name, at, contact, ...said }] : [];
			});
			if (!run.error) return decided;
			const { message, description } = run.error;
			const error = sentence(message, description);
			return [...decided, { node: name, at, contact: addressee(run, 0, runData), error }];
		}),
	);
}

/** Of an item: the decision, or the error that n8n let the node put into it. */
function saidBy(json: IDataObject): Partial<Decided> | undefined {
	const { messageId, sentAs, error, message } = json;
	const decision = json.decision ?? (json.details as IDataObject | undefined)?.decision;
	if (!decision && !error) return undefined;
	return { messageId, sentAs, decision, error: error ? sentence(error, message) : undefined };
}

/** One text, without the item that n8n's editor names and hides. */
function sentence(...parts: unknown[]): string {
	return parts
		.filter(Boolean)
		.join(' ')
		.replace(/ \[item \d+\]/, '');
}

/** The contact in the item that a node worked on. */
function addressee(
	{ source }: ITaskData,
	pairedItem: INodeExecutionData['pairedItem'],
	runData: Record<string, ITaskData[]>,
): string | undefined {
	const [from] = source;
	if (!from) return undefined;
	const [paired] = [pairedItem].flat();
	const index = typeof paired === 'object' ? paired.item : (paired ?? 0);
	const items = runData[from.previousNode]?.[from.previousNodeRun ?? 0]?.data?.main;
	const json = items?.[from.previousNodeOutput ?? 0]?.[index]?.json;
	return json && (contactOf(json) ?? contactOf((json.body ?? {}) as IDataObject));
}

function contactOf({ phone, contact, to }: IDataObject): string | undefined {
	const found = phone || contact || to;
	return found ? String(found) : undefined;
}
