import type { IHookFunctions } from 'n8n-workflow';

import { isSameTrigger } from '../../core/callback/address';
import type { FindWorkflow } from '../../core/callback/owner';
import { processState } from '../../core/state/processState';
import { workflowIdIn } from '../thisTrigger';

/** Finds the workflow at an address among the triggers that this process has heard of. */
export function workflowsOf(context: IHookFunctions): FindWorkflow {
	return (callbackUrl) => {
		const trigger = [...processState.listeners.all()].find(([, { url }]) =>
			isSameTrigger(url, callbackUrl),
		);
		if (!trigger) return undefined;
		const [key, { workflow }] = trigger;
		const base = context.getInstanceBaseUrl().replace(/\/+$/, '');
		return { name: workflow ?? '', url: `${base}/workflow/${workflowIdIn(key)}` };
	};
}
