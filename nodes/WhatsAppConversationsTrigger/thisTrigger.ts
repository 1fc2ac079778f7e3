import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import type { Level } from '../core/callback/levels';
import { businessNumberText } from '../shared/businessNumber';
import { settingPath } from '../shared/setting';
import { now, openState } from '../shared/workflowState';

export type Context = IHookFunctions | IWebhookFunctions;

/** From now on, whoever is not on record at a business number has not written. */
export function watch(context: IHookFunctions, businessNumberId: string): void {
	if (!businessNumberId) return;
	openState(context).watch(businessNumberId, watcherOf(context), now());
}

/** The address that the trigger listens at. */
export function callbackUrlOf(context: Context): string {
	return context.getNodeWebhookUrl('default') ?? '';
}

/** The number that was chosen for the trigger; '' when none was. */
export function businessNumberOf(context: Context): string {
	const chosen = context.getNodeParameter('businessNumber', '', { extractValue: true });
	return businessNumberText(context, chosen);
}

/**
 * The number whose deliveries the trigger takes: the chosen one, or the one that was found when it was
 * published or its test began. '' where the user has registered it, and for all numbers.
 */
export function listenedNumberOf(context: IWebhookFunctions): string {
	const key = keyOf(context, context.getMode() === 'manual');
	return (
		businessNumberOf(context) || (openState(context).registration(key)?.businessNumberId ?? '')
	);
}

/** Whether the user registers the address: a choice in version 1, a switch in later ones. */
export function isManual(context: IHookFunctions): boolean {
	return (
		context.getNodeParameter('options.registerAutomatically', true) === false ||
		context.getNodeParameter('registration', 'automatic') === 'manual'
	);
}

/** Whether the trigger may take the place of another callback. */
export function mayReplace(context: IHookFunctions): boolean {
	return settingOf(context, 'replaceCallback', false) === true;
}

/** The word of the callback whose place the trigger takes; '' when none was given. */
export function otherVerifyTokenOf(context: IHookFunctions): string {
	return String(settingOf(context, 'otherVerifyToken', ''));
}

/** Which of Meta's callbacks the trigger takes. */
export function callbackLevelOf(context: IHookFunctions): Level {
	return settingOf(context, 'callbackLevel', 'phoneNumber') as Level;
}

function settingOf(context: IHookFunctions, name: string, otherwise: string | boolean): unknown {
	return context.getNodeParameter(settingPath(context.getNode(), name), otherwise);
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

/** The workflow of a trigger, as {@link watcherOf} names it. */
export function workflowIdIn(watcher: string): string {
	return watcher.split(' ')[0];
}
