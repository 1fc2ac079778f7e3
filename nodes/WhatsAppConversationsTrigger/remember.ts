import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { factsOfTriggerItem } from '../shared/triggerItem';
import { now, openState, saveState } from '../shared/workflowState';

import { deliveryKey } from './deliveryKey';

/** Puts the state into the static data of this execution, and has n8n save it at its end. */
export function remember(context: IExecuteFunctions, items: INodeExecutionData[]): void {
	const state = openState(context);
	for (const { json } of items) {
		const told = factsOfTriggerItem(json);
		if (told) state.replica(told.businessNumberId).join(told.contact, told.facts);
		if (context.getMode() !== 'manual') {
			state.seen.add(deliveryKey(context.getNode().id, json), now());
		}
	}
	saveState(context, state);
}
