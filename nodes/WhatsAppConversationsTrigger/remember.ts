import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { identityOf } from '../core/conversation/contact';
import type { ContactNews } from '../core/state/conversationStore';
import { attempt, hintOf } from '../shared/stateUnavailable';
import { factsOfTriggerItem } from '../shared/triggerItem';
import { now, openState, saveUnlessBlind } from '../shared/workflowState';

import { deliveryKey } from './deliveryKey';
import { storeOf } from './stateStore';

/** Puts the state into the static data of this execution, and has n8n save it at its end. */
export async function remember(
	context: IExecuteFunctions,
	items: INodeExecutionData[],
): Promise<void> {
	const state = openState(context);
	const isManual = context.getMode() === 'manual';
	const keys = isManual ? [] : items.map(({ json }) => deliveryKey(context.getNode().id, json));
	const told = items.flatMap(({ json }) => factsOfTriggerItem(json) ?? []);
	for (const { businessNumberId, contact, facts, seenAt } of told) {
		state.replica(businessNumberId).join(contact, facts, seenAt);
	}
	for (const key of keys) state.seen.add(key, now());
	const tellsConsent = told.some(({ facts }) => facts.consent.length > 0);
	saveUnlessBlind(context, state, tellsConsent, keys[0]);
	await share(context, items);
}

/** Has what is new stored where other processes see it too. A message goes on whether or not it is. */
async function share(context: IExecuteFunctions, items: INodeExecutionData[]): Promise<void> {
	const store = storeOf(context, (name) => context.getNodeParameter(name, 0, ''));
	if (!store) return;
	const news = new Map<string, ContactNews[]>();
	for (const { json } of items) {
		const businessNumberId = String(json.businessNumberId ?? '');
		const delivery =
			context.getMode() === 'manual' ? undefined : deliveryKey(context.getNode().id, json);
		const contact = identityOf(json.phone, json.userId);
		const one: ContactNews = { contact, name: String(json.name ?? ''), delivery, at: now() };
		news.set(businessNumberId, [...(news.get(businessNumberId) ?? []), one]);
	}
	const unavailable = await attempt(async () => {
		for (const [businessNumberId, list] of news) {
			if (businessNumberId) await store.save(businessNumberId, list);
		}
	});
	if (unavailable) context.addExecutionHints(hintOf(unavailable));
}
