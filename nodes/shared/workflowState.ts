import type { IExecuteFunctions, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import { processState } from '../core/state/processState';
import type { WorkflowState } from '../core/state/staticDataStore';

import { keepLive } from './keepLive';

type Context = IExecuteFunctions | IHookFunctions | IWebhookFunctions;

/** Epoch seconds. */
export function now(): number {
	return Math.floor(Date.now() / 1000);
}

/** The conversation state of the workflow that runs, with what its static data holds. */
export function openState(context: Context): WorkflowState {
	const workflowId = String(context.getWorkflow().id ?? '');
	const open = () => processState.open(context.getWorkflowStaticData('global'), workflowId, now());
	keepLive(context, open);
	return open();
}

/**
 * Has n8n save the state with the workflow. Not in a retry with the original workflow after a
 * restart: n8n gives it empty static data, and saving would replace all that the row holds.
 */
export function saveState(context: Context, state: WorkflowState, always = false): void {
	if (context.getMode() === 'retry' && !state.isLoaded) return;
	processState.save(context.getWorkflowStaticData('global'), state, always);
}
