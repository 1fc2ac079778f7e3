import type { IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';

import type { Conversations } from '../core/state/conversations';
import { MemoryConversations } from '../core/state/memoryConversations';
import { TableConversations } from '../core/state/tableConversations';
import type { Urgency } from '../core/state/workflowState';

import { settingPath } from './setting';
import { openTable } from './stateTable';
import { openState, saveState } from './workflowState';

/**
 * What is known of all contacts, kept where the node's parameter 'Conversation State' says.
 *
 * @param parameter the value of a parameter of the node, whatever stands for none
 */
export function openConversations(
	context: IExecuteFunctions | IWebhookFunctions,
	parameter: (name: string) => unknown,
): Conversations {
	const state = openState(context);
	const saveRow = (urgency: Urgency) => saveState(context, state, urgency);
	const setting = (name: string) => parameter(settingPath(context.getNode(), name));
	if (setting('stateStore') !== 'dataTable') return new MemoryConversations(state, saveRow);
	return new TableConversations(state, saveRow, openTable(context, setting('stateTable')));
}
