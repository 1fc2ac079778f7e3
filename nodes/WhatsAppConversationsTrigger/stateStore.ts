import type { IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';

import type { ContactIdentity } from '../core/conversation/contact';
import type { WebhookEvent } from '../core/events/types';
import type { ConversationStore } from '../core/state/conversationStore';
import { StateUnavailable } from '../core/stateUnavailable';
import { openTable } from '../shared/stateTable';

/**
 * The store that the trigger shares with other processes; undefined where all of them is one, and
 * static data are enough.
 */
export function storeOf(
	context: IExecuteFunctions | IWebhookFunctions,
): ConversationStore | undefined {
	const parameter = context.getNodeParameter.bind(context) as (
		name: string,
		...rest: unknown[]
	) => unknown;
	// The context of an execution has one parameter more: the item.
	const rest = 'getInputData' in context ? [0] : [];
	if (parameter('stateStore', ...rest, 'memory') !== 'dataTable') return undefined;
	const table = parameter('stateTable', ...rest, '', { extractValue: true });
	return openTable(context, String(table ?? ''));
}

/** The contacts of a delivery, by business number. */
export function contactsOf(events: WebhookEvent[]): Map<string, ContactIdentity[]> {
	const contacts = new Map<string, ContactIdentity[]>();
	for (const event of events) {
		if (!event.businessNumberId || !('contact' in event)) continue;
		const known = contacts.get(event.businessNumberId) ?? [];
		contacts.set(event.businessNumberId, [...known, event.contact]);
	}
	return contacts;
}

/** Learns what others know of the contacts of a delivery, where that can be had in time. */
export async function loadContacts(
	store: ConversationStore | undefined,
	events: WebhookEvent[],
): Promise<void> {
	for (const [businessNumberId, contacts] of contactsOf(events)) {
		await attempt(async () => await store?.load(businessNumberId, contacts));
	}
}

/** Stores what events told that no execution will store; what cannot be stored now is stored later. */
export async function saveContacts(
	store: ConversationStore | undefined,
	events: WebhookEvent[],
	at: number,
): Promise<void> {
	for (const [businessNumberId, contacts] of contactsOf(events)) {
		const news = contacts.map((contact) => ({ contact, at }));
		await attempt(async () => await store?.save(businessNumberId, news));
	}
}

/** A delivery must never be lost to its state: the message goes on, and execute() says what is wrong. */
async function attempt(act: () => Promise<void>): Promise<void> {
	try {
		await act();
	} catch (error) {
		if (!(error instanceof StateUnavailable)) throw error;
	}
}
