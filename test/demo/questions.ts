import type { IDataObject } from 'n8n-workflow';

import type { Execution } from '../n8n/client';

/** A question in an execution, as its items tell of it. */
export interface Question {
	node: string;
	/** Epoch milliseconds. */
	at: number;
	/** The phone number or user ID. */
	contact: string;
	/** Of the message that asked. */
	messageId: unknown;
	state: 'waits' | 'answered' | 'over';
	/** What the contact answered; '' without an answer. */
	answer: string;
}

/** All questions of an execution: those that wait, those with an answer, and those without one. */
export function questionsOf({ data, workflowData }: Execution): Question[] {
	const asking = workflowData.nodes
		.filter(({ parameters }) => parameters.operation === 'sendAndWait')
		.map(({ name }) => name);
	const waiting = (data.executionData?.nodeExecutionStack ?? [])
		.filter(({ node }) => asking.includes(node.name))
		.flatMap(({ node, data: input }) =>
			(input.main?.[0] ?? []).flatMap(({ json }) => asked(node.name, json, 'waits')),
		);
	const ended = asking.flatMap((name) => {
		const items = (data.resultData.runData[name] ?? [])
			.flatMap((run) => run.data?.main ?? [])
			.flatMap((output) => output ?? []);
		// A question that is put again comes out more than once.
		return items.flatMap(({ json }) => asked(name, json)).slice(-1);
	});
	const isWaiting = ({ node }: Question) => waiting.some((one) => one.node === node);
	return [...ended.filter((one) => !isWaiting(one)), ...waiting];
}

/** What waits or comes back to its node carries the question within. */
function asked(node: string, json: IDataObject, state?: 'waits'): Question[] {
	const { item = json } = (json.askedBefore ?? {}) as { item?: IDataObject };
	if (typeof item.answered !== 'boolean') return [];
	return [
		{
			node,
			at: Date.parse(String(item.askedAt)),
			contact: String(item.phone || item.contact),
			messageId: item.messageId,
			state: state ?? (item.answered ? 'answered' : 'over'),
			answer: String(item.answer ?? ''),
		},
	];
}
