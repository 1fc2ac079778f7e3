import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import { businessNumberText } from '../shared/businessNumber';
import { now, openState } from '../shared/workflowState';

export type Context = IHookFunctions | IWebhookFunctions;

/** From now on, whoever is not on record has not written. */
export function watch(context: IHookFunctions): void {
	const businessNumberId = businessNumberOf(context);
	if (!businessNumberId) return;
	openState(context).watch(businessNumberId, watcherOf(context), now());
}

/** The address that the trigger listens at. */
export function callbackUrlOf(context: Context): string {
	return context.getNodeWebhookUrl('default') ?? '';
}

/** The number that the trigger is for; '' when none was chosen. */
export function businessNumberOf(context: IHookFunctions | IWebhookFunctions): string {
	const chosen = context.getNodeParameter('businessNumber', '', { extractValue: true });
	return businessNumberText(context, chosen);
}

/** Whether the user registers the address. */
export function isManual(context: IHookFunctions): boolean {
	return context.getNodeParameter('registration', 'automatic') === 'manual';
}

/** Whether this is the short-lived registration of a test in the editor; known at its begin only. */
export function isTest(context: IHookFunctions): boolean {
	return context.getMode() === 'manual';
}

/** Tests and production of one trigger keep their registrations apart. */
export function keyOf(context: Context, forTest: boolean): string {
	return `${context.getNode().id}${forTest ? ' test' : ''}`;
}

/** Tells this trigger from all others that may watch the same number. */
export function watcherOf(context: IHookFunctions | IWebhookFunctions): string {
	return `${context.getWorkflow().id} ${context.getNode().id}`;
}
