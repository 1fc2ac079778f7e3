import type { IExecuteFunctions, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import { processState } from '../core/state/processState';
import type { WorkflowState } from '../core/state/staticDataStore';

import { keepLive, runningWorkflow, type RunningWorkflow } from './keepLive';

type Context = IExecuteFunctions | IHookFunctions | IWebhookFunctions;

/** Up to which revision of the state its row has to go when an execution has ended. */
const needed = new WeakMap<RunningWorkflow, number>();

/** Epoch seconds. */
export function now(): number {
	return Math.floor(Date.now() / 1000);
}

/** The conversation state of the workflow that runs, with what its static data holds. */
export function openState(context: Context): WorkflowState {
	const workflowId = String(context.getWorkflow().id ?? '');
	const staticData = () => context.getWorkflowStaticData('global');
	const open = () => processState.open(staticData(), workflowId, now());
	const state = open();
	const workflow = executedWorkflow(context);
	if (workflow && !needed.has(workflow)) {
		needed.set(workflow, -Infinity);
		keepLive(workflow, {
			attach: open,
			isUnsaved: () => !state.isSaved(needed.get(workflow) as number, now()),
			beforeSave: () => processState.beforeSave(staticData()),
		});
	}
	return state;
}

/**
 * Has n8n save what is known now: at once, or when the execution ends, unless another execution has
 * saved it by then.
 *
 * @param always also where nothing ever reached this process: for what cannot come again
 */
export function saveState(context: Context, state: WorkflowState, always = false): void {
	if (!maySave(context, state) || !(processState.isFed || always)) return;
	const workflow = executedWorkflow(context);
	if (workflow) needed.set(workflow, state.revision);
	else processState.save(context.getWorkflowStaticData('global'), state);
}

/** Undefined in webhook() and at activation, where n8n saves when they end, if it was asked to. */
function executedWorkflow(context: Context): RunningWorkflow | undefined {
	return 'getInputData' in context ? runningWorkflow(context) : undefined;
}

/**
 * n8n saves nothing of a manual execution. And in a retry with the original workflow after a
 * restart it gives us empty static data: saving would replace all that the row holds.
 */
function maySave(context: Context, state: WorkflowState): boolean {
	const mode = context.getMode();
	return mode !== 'manual' && (mode !== 'retry' || state.isLoaded);
}
