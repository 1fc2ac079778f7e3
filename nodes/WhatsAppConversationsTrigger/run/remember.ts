import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { identityOf } from '../../core/conversation/contact';
import type { ContactNews, Conversations } from '../../core/state/conversations';
import { openConversations } from '../../shared/conversations';
import { attempt, hintOf } from '../../shared/stateUnavailable';
import { factsOfTriggerItem } from '../../shared/triggerItem';
import { now, openState, saveDelivery } from '../../shared/workflowState';
import { deliveryKeys, runKey } from '../deliveryKey';

import { passOnce } from './passOnce';

/**
 * Puts the state into the static data of this execution, and has n8n save it at its end.
 *
 * @returns the items that this run is to pass on: see {@link passOnce}
 */
export async function remember(
	context: IExecuteFunctions,
	items: INodeExecutionData[],
): Promise<INodeExecutionData[]> {
	const state = openState(context);
	const conversations = openConversations(context, (name) => context.getNodeParameter(name, 0, ''));
	const isManual = context.getMode() === 'manual';
	const keys = isManual
		? []
		: items.flatMap(({ json }) => deliveryKeys(context.getNode().id, json));
	const told = items.flatMap(({ json }) => factsOfTriggerItem(json) ?? []);
	for (const { businessNumberId, contact, facts, seenAt } of told) {
		conversations.tell(businessNumberId, contact, facts, seenAt);
	}
	const passing = await passOnce(context, items, conversations);
	for (const { json } of passing) keepSessionKey(conversations, json);
	// Not before: what is saved as seen starts nothing when it comes again.
	for (const key of keys) state.seen.add(key, now());
	const tellsConsent = told.some(({ facts }) => facts.consent.length > 0);
	saveDelivery(context, state, tellsConsent ? 'urgent' : 'usual', keys[0]);
	if (conversations.isShared) await share(context, items, conversations);
	return passing;
}

/** Another process may have known the contact by fewer names when it made the item. */
function keepSessionKey(conversations: Conversations, json: IDataObject): void {
	const { businessNumberId, sessionKey, phone, userId, groupId } = json;
	if (typeof sessionKey !== 'string' || groupId !== undefined) return;
	const contact = identityOf(phone, userId);
	conversations.keepSessionKey(String(businessNumberId), contact, sessionKey);
}

/** Has what is new stored where other processes see it too. A message goes on whether or not it is. */
async function share(
	context: IExecuteFunctions,
	items: INodeExecutionData[],
	conversations: Conversations,
): Promise<void> {
	const news = new Map<string, ContactNews[]>();
	for (const { json } of items) {
		const businessNumberId = String(json.businessNumberId ?? '');
		const contact = identityOf(json.phone, json.userId);
		const one: ContactNews = { contact, name: String(json.name ?? ''), at: now() };
		const list = news.get(businessNumberId) ?? [];
		for (const delivery of deliveriesOf(context, json)) list.push({ ...one, delivery });
		news.set(businessNumberId, list);
	}
	const unavailable = await attempt(async () => {
		for (const [businessNumberId, list] of news) {
			if (businessNumberId) await conversations.share(businessNumberId, list);
		}
	});
	if (unavailable) context.addExecutionHints(hintOf(unavailable));
}

/** What is noted of a delivery: that it has started a run, and which one. A test notes nothing. */
function deliveriesOf(context: IExecuteFunctions, json: IDataObject): Array<string | undefined> {
	if (context.getMode() === 'manual') return [undefined];
	const keys = deliveryKeys(context.getNode().id, json);
	return keys.flatMap((key) => [key, runKey(key, context.getExecutionId())]);
}
