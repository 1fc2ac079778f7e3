import type { IDataObject, IHookFunctions } from 'n8n-workflow';

import type { CallbackPlan } from '../../core/callback/plan';
import { connectApp, connectMeta, type CloudApiCredential } from '../../shared/connection';
import { verifyTokenOf } from '../../shared/verifyToken';
import { openState } from '../../shared/workflowState';
import {
	callbackLevelOf,
	callbackUrlOf,
	isTest,
	mayReplace,
	otherVerifyTokenOf,
} from '../thisTrigger';

import { otherTriggersOf } from './otherTriggers';
import { workflowsOf } from './workflowAt';

/** What this trigger wants of Meta: by its parameters, and by what this process knows of all triggers. */
export async function planOf(
	context: IHookFunctions,
	credential: CloudApiCredential,
	key: string,
	businessNumberId: string,
): Promise<CallbackPlan> {
	return {
		meta: {
			cloud: await connectMeta(context),
			app: connectApp(context, credential),
			businessNumberId,
		},
		level: callbackLevelOf(context),
		url: callbackUrlOf(context),
		isTest: isTest(context),
		events: neededEvents(context),
		verifyToken: verifyTokenOf(credential),
		mayReplace: mayReplace(context),
		otherVerifyToken: otherVerifyTokenOf(context),
		otherTriggers: otherTriggersOf(context, key, credential.appId),
		workflowAt: workflowsOf(context),
		done: openState(context).registration(key),
	};
}

/** The chosen events, and those that options need. Copies reach the callback of the app alone. */
function neededEvents(context: IHookFunctions): string[] {
	const events = context.getNodeParameter('events') as string[];
	const options = context.getNodeParameter('options', {}) as IDataObject;
	return [
		...events,
		...(Number(options.pauseForAppHours ?? 0) > 0 ? ['echo'] : []),
		...(options.startForStandby === true && callbackLevelOf(context) === 'app' ? ['standby'] : []),
	];
}
