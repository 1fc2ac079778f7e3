import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { processState } from '../core/state/processState';
import { factsOfTriggerItem } from '../shared/triggerItem';

import { deliveryKey } from './deliveryKey';

/** Puts the state into the static data of this execution, and has n8n save it at its end. */
export function remember(context: IExecuteFunctions, items: INodeExecutionData[]): void {
	const now = Math.floor(Date.now() / 1000);
	const staticData = context.getWorkflowStaticData('global');
	const state = processState.open(staticData, String(context.getWorkflow().id ?? ''), now);
	for (const { json } of items) {
		const told = factsOfTriggerItem(json);
		if (told) state.replica(told.businessNumberId).join(told.contact, told.facts);
		if (context.getMode() !== 'manual')
			state.seen.add(deliveryKey(context.getNode().id, json), now);
	}
	processState.save(staticData, state);
}
