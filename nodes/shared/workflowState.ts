import type { IExecuteFunctions, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import { processState } from '../core/state/processState';
import type { Run } from '../core/state/row/rowSaver';
import type { Urgency, WorkflowState } from '../core/state/workflowState';

import { runningWorkflow, watchEnd, type RunningWorkflow } from './executionEnd';

type Context = IExecuteFunctions | IHookFunctions | IWebhookFunctions;

const NO_INTERNALS =
	'n8n-nodes-whatsapp-conversations does not know this version of n8n from within. It saves what it remembers more often, which is slower. A newer version of the package may know it.';

let hasWarned = false;

/** The runs whose end is seen. */
const runs = new WeakMap<RunningWorkflow, Run>();

/** Epoch seconds. */
export function now(): number {
	return Math.floor(Date.now() / 1000);
}

/** Milliseconds that this process has run. The clock may be set while it runs; this goes on. */
export function ranMs(): number {
	return performance.now();
}

/** The conversation state of the workflow that runs, with what its static data holds. */
export function openState(context: Context): WorkflowState {
	const workflowId = String(context.getWorkflow().id ?? '');
	const staticData = () => context.getWorkflowStaticData('global');
	const open = () => processState.open(staticData(), workflowId, now(), ranMs());
	const state = open();
	const workflow = executedWorkflow(context);
	if (workflow && !runs.has(workflow)) {
		const run: Run = { kind: kindOf(context), endIsSeen: true };
		runs.set(workflow, run);
		watchEnd(workflow, {
			attach: open,
			end: (isChangedByOthers) => {
				open();
				return processState.runEnds(staticData(), state, run, isChangedByOthers) === 'save';
			},
		});
	}
	return state;
}

/**
 * Has n8n save what is known now: at once, or when the execution ends, unless another execution has
 * saved it by then, or will have soon.
 *
 * @param urgency `urgent` for what must never be lost, such as consent: also where nothing ever
 *   reached this process, left to no other execution, and again until a row was loaded that holds it
 */
export function saveState(
	context: Context,
	state: WorkflowState,
	urgency: Urgency = 'usual',
): void {
	save(context, state, runOf(context), urgency);
}

/**
 * As {@link saveState}, for the execution of a delivery, whose webhook has loaded the row.
 *
 * @param delivery the key of its first one
 */
export function saveDelivery(
	context: Context,
	state: WorkflowState,
	urgency: Urgency,
	delivery: string | undefined,
): void {
	const run = runOf(context);
	state.saver.runBegan(run, delivery);
	save(context, state, run, urgency);
}

function save(context: Context, state: WorkflowState, run: Run, urgency: Urgency): void {
	if (!state.changed(run, urgency)) return;
	processState.save(context.getWorkflowStaticData('global'), state);
}

function runOf(context: Context): Run {
	const workflow = executedWorkflow(context);
	const known = workflow && runs.get(workflow);
	return known ?? { kind: kindOf(context), endIsSeen: false };
}

function kindOf(context: Context): Run['kind'] {
	const mode = context.getMode();
	return mode === 'manual' || mode === 'retry' ? mode : 'other';
}

/** Undefined in webhook() and at activation, where n8n saves when they end, if it was asked to. */
function executedWorkflow(context: Context): RunningWorkflow | undefined {
	if (!('getInputData' in context)) return undefined;
	const workflow = runningWorkflow(context);
	if (!workflow && !hasWarned) {
		hasWarned = true;
		context.logger.warn(NO_INTERNALS);
	}
	return workflow;
}
