import type { IHookFunctions } from 'n8n-workflow';

import { isSameTrigger } from '../../core/callback/address';
import type { FindWorkflow } from '../../core/callback/owner';
import { processState } from '../../core/state/processState';

/** Finds the workflow at an address among the triggers that this process has heard of. */
export function workflowsOf(context: IHookFunctions): FindWorkflow {
	return (callbackUrl) => {
		const trigger = [...processState.listeners.all()].find(([, { url }]) =>
			isSameTrigger(url, callbackUrl),
		);
		if (!trigger) return undefined;
		// As `watcherOf()` names it.
		const [workflowId] = trigger[0].split(' ');
		return `${context.getInstanceBaseUrl().replace(/\/+$/, '')}/workflow/${workflowId}`;
	};
}
