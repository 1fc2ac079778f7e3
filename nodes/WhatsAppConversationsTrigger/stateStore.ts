import {
	sleep,
	type IDataObject,
	type IExecuteFunctions,
	type IWebhookFunctions,
} from 'n8n-workflow';

import { ALL_NUMBERS } from '../core/conversation/consent';
import { identityOf, type ContactIdentity } from '../core/conversation/contact';
import type { WebhookEvent } from '../core/events/types';
import type { ConversationStore } from '../core/state/conversationStore';
import { openTable } from '../shared/stateTable';
import { attempt } from '../shared/stateUnavailable';

/**
 * The store that the trigger shares with other processes; undefined where all of them is one, and
 * static data are enough.
 *
 * @param parameter the value of a parameter of the node, '' when it has none
 */
export function storeOf(
	context: IExecuteFunctions | IWebhookFunctions,
	parameter: (name: string) => unknown,
): ConversationStore | undefined {
	if (parameter('stateStore') !== 'dataTable') return undefined;
	return openTable(context, parameter('stateTable'));
}

/** The contacts of a delivery, by business number. */
export function contactsOf(events: WebhookEvent[]): Map<string, ContactIdentity[]> {
	const contacts = new Map<string, ContactIdentity[]>();
	for (const event of events) {
		if (!event.businessNumberId || !('contact' in event)) continue;
		// A reported change goes along with consent for all numbers too.
		const isChange = event.kind === 'message' && event.type === 'system';
		for (const id of [event.businessNumberId, ...(isChange ? [ALL_NUMBERS] : [])]) {
			contacts.set(id, [...(contacts.get(id) ?? []), event.contact]);
		}
	}
	return contacts;
}

/** Meta waits for its answer no longer than some seconds; what comes later is used by the next one. */
const PATIENCE_MS = 3_000;

/**
 * Learns what others know of the contacts of a delivery, where that can be had in time. The delivery
 * goes on without, and its execution tells what is wrong.
 */
export async function loadContacts(
	store: ConversationStore | undefined,
	events: WebhookEvent[],
): Promise<void> {
	for (const [businessNumberId, contacts] of contactsOf(events)) {
		if (store) await loadSoon(store, businessNumberId, contacts);
	}
}

/** As {@link loadContacts}, of one business number. */
export async function loadSoon(
	store: ConversationStore,
	businessNumberId: string,
	contacts: ContactIdentity[],
): Promise<void> {
	await soon(store.load(businessNumberId, contacts));
}

/** Stores what events told that no execution will store; what cannot be stored now is stored later. */
export async function saveContacts(
	store: ConversationStore | undefined,
	events: WebhookEvent[],
	at: number,
): Promise<void> {
	for (const [businessNumberId, contacts] of contactsOf(events)) {
		const news = contacts.map((contact) => ({ contact, at }));
		if (store) await soon(store.save(businessNumberId, news));
	}
}

/** Whether a delivery has started this workflow in another process. */
export function wasSeenElsewhere(
	store: ConversationStore | undefined,
	{ businessNumberId, phone, userId }: IDataObject,
	key: string,
): boolean {
	const contact = identityOf(phone, userId);
	return store?.wasSeen(String(businessNumberId), contact, key) === true;
}

export async function soon(work: Promise<void>): Promise<void> {
	await Promise.race([attempt(async () => await work), sleep(PATIENCE_MS)]);
}
