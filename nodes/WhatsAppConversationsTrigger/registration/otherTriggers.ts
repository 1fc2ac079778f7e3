import type { IWebhookFunctions } from 'n8n-workflow';

import type { Registration } from '../../core/callback/registration';
import type { WorkflowState } from '../../core/state/workflowState';
import { openState } from '../../shared/workflowState';
import { keyOf, type Context } from '../thisTrigger';

/**
 * The registrations of all triggers that this process has heard of, by workflow and node. Triggers
 * of one app share what Meta has but once: the account's subscription and the app's callback.
 */
const known = new Map<string, Registration>();

/** Records what a trigger has registered, for itself and for the others of its app. */
export function recordRegistration(
	context: Context,
	key: string,
	registration: Registration,
): void {
	openState(context).register(key, registration);
	known.set(processKey(context, key), registration);
}

/** Forgets what a trigger had registered. */
export function forgetRegistration(context: Context, key: string): void {
	openState(context).unregister(key);
	known.delete(processKey(context, key));
}

/** Tells this process of the trigger's registration, which an earlier process may have made. */
export function noteOwnRegistration(context: IWebhookFunctions, state: WorkflowState): void {
	const key = keyOf(context, false);
	const done = state.registration(key);
	if (done) known.set(processKey(context, key), done);
}

/** The registrations of all other triggers with the same app. */
export function otherTriggersOf(context: Context, key: string, appId: string): Registration[] {
	const own = processKey(context, key);
	return [...known]
		.filter(([other, registration]) => other !== own && registration.appId === appId)
		.map(([, registration]) => registration);
}

/** Tells a registration from those of all other triggers, and a test's from that of production. */
function processKey(context: Context, key: string): string {
	return `${context.getWorkflow().id} ${key}`;
}
