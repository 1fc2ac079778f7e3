import type { IDataObject } from 'n8n-workflow';

/** n8n's own mark on static data that is to be saved; it looks at it when the execution ends. */
const CHANGED = '__dataChanged';

/** The part of n8n's workflow object through which an execution's static data goes. */
export interface RunningWorkflow {
	staticData: IDataObject;
	/** Here a Code node's copy is put back. */
	overrideStaticData(staticData?: IDataObject): void;
}

/** How the live state takes part in the life of an execution's static data. */
export interface LiveState {
	/** Puts the live state into static data that lacks it. */
	attach(): void;
	/**
	 * The execution ends. Tells whether n8n is to save its static data, which it then does at once.
	 *
	 * @param isChanged whether another node changed something in them
	 */
	end(isChanged: boolean): boolean;
}

/**
 * The workflow object of an execution, one for each. Undefined where n8n has none of this form: it
 * is no part of what n8n promises to nodes. Then we can only ask for a save, at once, and have no
 * say in the others.
 */
export function runningWorkflow(context: object): RunningWorkflow | undefined {
	const { workflow } = context as { workflow?: Partial<RunningWorkflow> };
	const isKnown =
		typeof workflow?.overrideStaticData === 'function' &&
		typeof workflow.staticData === 'object' &&
		workflow.staticData !== null &&
		CHANGED in workflow.staticData;
	return isKnown ? (workflow as RunningWorkflow) : undefined;
}

/**
 * Keeps the live state in an execution's static data, and has a say in whether n8n saves them.
 *
 * A Code node that writes static data works on a copy of all of it and puts that copy back when it
 * ends, older than what other executions have recorded meanwhile. n8n tells nobody, so we listen
 * where it puts the copy, and where it looks whether to save.
 */
export function watchEnd(workflow: RunningWorkflow, live: LiveState): void {
	const putBack = workflow.overrideStaticData.bind(workflow);
	workflow.overrideStaticData = (staticData) => {
		putBack(staticData);
		live.attach();
		workflow.staticData = savedWhenNeeded(workflow.staticData, live);
	};
	workflow.staticData = savedWhenNeeded(workflow.staticData, live);
}

function savedWhenNeeded(staticData: IDataObject, live: LiveState): IDataObject {
	return new Proxy(staticData, {
		get(target, name) {
			const value: unknown = Reflect.get(target, name);
			return name === CHANGED ? live.end(value === true) : value;
		},
	});
}
