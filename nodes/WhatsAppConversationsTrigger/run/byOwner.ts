import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { asObject } from '../../core/events/reading';

/** The outputs of the trigger, as n8n reads them from its parameters: one more where that was chosen. */
export const OUTPUTS = `={{ $parameter.options?.whenPersonHasIt === 'output' ? [{ type: 'main', displayName: 'Automation' }, { type: 'main', displayName: 'Person' }] : [{ type: 'main' }] }}`;

/**
 * The items at each output: where there is a second one, it has what contacts write, and their calls,
 * while a person of the business has the conversation.
 */
export function byOwner(
	context: IExecuteFunctions,
	items: INodeExecutionData[],
): INodeExecutionData[][] {
	// The outputs themselves are an expression, which takes n8n longer than all the rest of this node.
	if (context.getNodeParameter('options.whenPersonHasIt', 0, '') !== 'output') return [items];
	return [items.filter((item) => !isForPerson(item)), items.filter(isForPerson)];
}

function isForPerson({ json }: INodeExecutionData): boolean {
	const isContacts = json.event === 'message' || json.event === 'call';
	return isContacts && asObject(json.owner).who === 'person';
}
