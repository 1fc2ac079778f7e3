import type { IExecuteFunctions, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import { processState } from '../core/state/processState';
import type { WorkflowState } from '../core/state/staticDataStore';

import { keepLive, runningWorkflow, type RunningWorkflow } from './keepLive';

type Context = IExecuteFunctions | IHookFunctions | IWebhookFunctions;

/** What is known of an execution's end. */
interface Ending {
	/** Up to which revision of the state the row has to go; undefined when nothing was told. */
	wanted?: number;
	/** See {@link saveUnlessBlind}. */
	isBlind: boolean;
	/** The delivery that started it, if it was one. */
	delivery?: string;
}

const NO_INTERNALS =
	'n8n-nodes-whatsapp-conversations does not know this version of n8n from within. It saves what it remembers more often, which is slower. A newer version of the package may know it.';

let hasWarned = false;

const endings = new WeakMap<RunningWorkflow, Ending>();

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
	if (workflow && !endings.has(workflow)) {
		const ending: Ending = { isBlind: false };
		endings.set(workflow, ending);
		keepLive(workflow, {
			attach: open,
			end: (isChangedByOthers) => {
				open();
				if (ending.delivery) state.pace.end(ending.delivery, ranMs());
				const maySave = !ending.isBlind && maySaveFor(context, state);
				const answer = state.saver.runEnds(ending.wanted, { maySave, isChangedByOthers }, ranMs());
				if (answer === 'save') processState.beforeSave(staticData(), state);
				return answer === 'save';
			},
		});
	}
	return state;
}

/**
 * Has n8n save what is known now: at once, or when the execution ends, unless another execution has
 * saved it by then, or will have soon.
 *
 * @param isUrgent for what must never be lost, such as consent: also where nothing ever reached this
 *   process, left to no other execution, and again until a row was loaded that holds it
 */
export function saveState(context: Context, state: WorkflowState, isUrgent = false): void {
	if (isUrgent) state.markUrgent();
	if (!maySaveFor(context, state) || !(processState.isFed || isUrgent)) return;
	const ending = endingOf(context);
	if (ending) ending.wanted = state.revision;
	else processState.save(context.getWorkflowStaticData('global'), state);
}

/**
 * As {@link saveState}, for the execution of a delivery, whose webhook has loaded the row. If it did
 * not in this process, then n8n had stored the execution before it crashed, and begins it now without
 * static data; or this is a worker. Saving, even for another node, would replace all that the row holds.
 *
 * @param isUrgent see {@link saveState}
 * @param delivery the key of its first one
 */
export function saveUnlessBlind(
	context: Context,
	state: WorkflowState,
	isUrgent: boolean,
	delivery?: string,
): void {
	const ending = endingOf(context);
	if (ending) ending.delivery = delivery;
	if (state.saver.isLoaded) {
		saveState(context, state, isUrgent);
		return;
	}
	if (ending) ending.isBlind = true;
	if (isUrgent) state.markUrgent();
}

function endingOf(context: Context): Ending | undefined {
	const workflow = executedWorkflow(context);
	return workflow && endings.get(workflow);
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

/**
 * n8n saves nothing of a manual execution. And in a retry with the original workflow it gives us
 * empty static data: saving then would replace all that the row holds.
 */
function maySaveFor(context: Context, state: WorkflowState): boolean {
	const mode = context.getMode();
	return mode !== 'manual' && (mode !== 'retry' || state.saver.isLoaded);
}
