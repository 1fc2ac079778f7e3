import { sleep } from 'n8n-workflow';

import { ALL_NUMBERS } from '../core/conversation/consent';
import type { ContactIdentity } from '../core/conversation/contact';
import type { WebhookEvent } from '../core/events/types';
import type { ContactNews, Conversations } from '../core/state/conversations';
import { attempt } from '../shared/stateUnavailable';

/** The contacts of a delivery, by business number. */
function contactsOf(events: WebhookEvent[]): Map<string, ContactIdentity[]> {
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
 * Learns what others know of the contacts of a delivery, where that can be had in time. Where the
 * delivery goes on without, its execution tells what is wrong.
 *
 * @returns false where nothing at all could be read now, and that may pass; a table that answers others
 *   is busy, and has been late before
 */
export async function loadContacts(
	conversations: Conversations,
	events: WebhookEvent[],
): Promise<boolean> {
	let isSettled = true;
	for (const [businessNumberId, contacts] of contactsOf(events)) {
		if (!(await loadSoon(conversations, businessNumberId, contacts))) isSettled = false;
	}
	return isSettled;
}

/** As {@link loadContacts}, of one business number. */
export async function loadSoon(
	conversations: Conversations,
	businessNumberId: string,
	contacts: ContactIdentity[],
): Promise<boolean> {
	const begunMs = performance.now();
	const isSettled = await soon(conversations.load(businessNumberId, contacts));
	return isSettled || conversations.lastReadMs >= begunMs;
}

/** Stores what events told that no execution will store; what cannot be stored now is stored later. */
export async function saveContacts(
	conversations: Conversations,
	events: WebhookEvent[],
	at: number,
): Promise<void> {
	for (const [businessNumberId, contacts] of contactsOf(events)) {
		const news = contacts.map((contact) => ({ contact, at }));
		await shareSoon(conversations, businessNumberId, news);
	}
}

/** As {@link saveContacts}, of one business number. */
export async function shareSoon(
	conversations: Conversations,
	businessNumberId: string,
	news: ContactNews[],
): Promise<void> {
	await soon(conversations.share(businessNumberId, news));
}

/** @returns whether it is done, or impossible for longer */
async function soon(work: Promise<void>): Promise<boolean> {
	const done = attempt(async () => await work).then((problem) => !problem?.mayPass);
	return await Promise.race([done, sleep(PATIENCE_MS).then(() => false)]);
}
