import type { IDataObject } from 'n8n-workflow';

/** The part of n8n's workflow object that a Code node's result goes through. */
interface RunningWorkflow {
	overrideStaticData(staticData?: IDataObject): void;
}

/** Workflow objects that were seen to already; n8n makes one for each execution. */
const seenTo = new WeakSet<RunningWorkflow>();

/**
 * A Code node that writes static data works on a copy of all of it and puts that copy back when it
 * ends, older than what other executions have recorded meanwhile. n8n tells nobody, so we listen
 * where it puts the copy. Where n8n has no such place, nothing is done.
 *
 * @param context the execution's context
 * @param attach puts the live state into the static data that was put back
 */
export function keepLive(context: object, attach: () => void): void {
	const { workflow } = context as { workflow?: Partial<RunningWorkflow> };
	if (!isRunningWorkflow(workflow) || seenTo.has(workflow)) return;
	seenTo.add(workflow);
	const putBack = workflow.overrideStaticData.bind(workflow);
	workflow.overrideStaticData = (staticData) => {
		putBack(staticData);
		attach();
	};
}

function isRunningWorkflow(workflow?: Partial<RunningWorkflow>): workflow is RunningWorkflow {
	return typeof workflow?.overrideStaticData === 'function';
}
