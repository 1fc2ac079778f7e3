import type { IHookFunctions, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { processState } from '../core/state/processState';
import type { WorkflowState } from '../core/state/workflowState';
import { callBy, noteHeard } from '../shared/doorbell';
import { tellTriggers } from '../shared/hearTriggers';
import { openState, ranMs, saveState } from '../shared/workflowState';

import { callbackUrlOf, listenedNumberOf, watch, watcherOf, type Context } from './thisTrigger';

/** Triggers that have written down the address on this machine. */
const located = new Set<string>();

/**
 * The trigger is published: it watches its number from now on, and says so to the other triggers of
 * the number.
 */
export async function beginListening(
	context: IHookFunctions,
	businessNumberId: string,
): Promise<void> {
	watch(context, businessNumberId);
	const trigger = watcherOf(context);
	const url = callbackUrlOf(context);
	const state = openState(context);
	// Older versions of n8n do this at their start too, when others may not be there yet.
	const isPublished = ['activate', 'update'].includes(context.getActivationMode());
	const workflow = context.getWorkflow().name;
	processState.listeners.listen(
		businessNumberId,
		trigger,
		{ url, workflow },
		Date.now(),
		isPublished,
	);
	noteHeard(trigger);
	if (!isPublished) return;
	saveState(context, state);
	await tellTriggers(context, [businessNumberId], trigger);
}

/** The trigger is unpublished: what its row holds goes to the other triggers of its numbers. */
export async function endListening(context: IHookFunctions): Promise<void> {
	const state = openState(context);
	const trigger = watcherOf(context);
	state.unwatch(trigger);
	processState.listeners.end(trigger, Date.now());
	saveState(context, state);
	await tellTriggers(context, state.numbers(), trigger);
}

/** Deliveries of business numbers have come to the trigger. */
export function noteListening(
	context: IWebhookFunctions,
	businessNumberIds: Iterable<string>,
): void {
	if (context.getMode() === 'manual') return;
	const trigger = watcherOf(context);
	const { listeners } = processState;
	const isLocated = located.has(trigger);
	const own = listenedNumberOf(context);
	const ids = new Set([...(own ? [own] : []), ...businessNumberIds]);
	for (const id of ids) {
		if (isLocated && listeners.has(id, trigger)) continue;
		const listener = {
			url: callbackUrlOf(context),
			localUrl: localUrlOf(context),
			workflow: context.getWorkflow().name,
		};
		listeners.listen(id, trigger, listener, Date.now());
	}
	located.add(trigger);
	noteHeard(trigger);
}

/**
 * Answers a process of this package that had n8n read or write the trigger's row. Nothing is started
 * by it, and nothing is watched: that proves no unbroken time.
 *
 * @returns undefined when this process did not ask
 */
export function answerBell(context: IWebhookFunctions): IWebhookResponseData | undefined {
	if (context.getMode() === 'manual') return undefined;
	const call = callBy(context.getRequestObject().headers);
	if (!call) return undefined;
	const state: WorkflowState = openState(context);
	state.saver.loaded({ by: 'unseen' }, ranMs());
	noteListening(context, call.purpose === 'read' ? call.businessNumberIds : []);
	if (call.purpose === 'save') {
		for (const id of call.businessNumberIds) state.hold(id);
		saveState(context, state, 'urgent');
	}
	return { webhookResponse: '' };
}

/** The address on this machine, as this request found it; undefined where n8n speaks TLS itself. */
function localUrlOf(context: Context): string | undefined {
	if (!('getRequestObject' in context)) return undefined;
	const { socket, originalUrl } = context.getRequestObject();
	if (!socket?.localPort || 'encrypted' in socket) return undefined;
	return `http://127.0.0.1:${socket.localPort}${originalUrl.split('?')[0]}`;
}
