import { sleep } from 'n8n-workflow';

import { ALL_NUMBERS } from '../core/conversation/consent';
import type { ContactIdentity } from '../core/conversation/contact';
import type { WebhookEvent } from '../core/events/types';
import type { ContactNews, Conversations } from '../core/state/conversations';
import type { StateUnavailable } from '../core/stateUnavailable';
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

/**
 * How long a delivery waits for what others know, which may be the question that it answers. Sent back it
 * would only come again, and cost a busy n8n more than to wait.
 */
const READ_PATIENCE_MS = 10_000;

/** What is not stored by then is stored with a later delivery. */
const WRITE_PATIENCE_MS = 3_000;

/** A table from which something could be read within this time is busy, and not silent. */
const BUSY_MS = 20_000;

/**
 * Learns what others know of the contacts of a delivery, where that can be had in time. Where the
 * delivery goes on without, its execution tells what is wrong.
 *
 * @returns false where nothing at all can be read for the moment. A table that is busy is none of
 *   those, unless questions are put at the number: if messages came again because of it, it would only
 *   get busier.
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
	const trouble = await soon(conversations.load(businessNumberId, contacts), READ_PATIENCE_MS);
	if (trouble === 'late') {
		const isBusy = performance.now() - conversations.lastReadMs < BUSY_MS;
		return isBusy && !conversations.hasQuestions(businessNumberId);
	}
	return trouble !== 'down';
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
	await soon(conversations.share(businessNumberId, news), WRITE_PATIENCE_MS);
}

/** @returns what kept it from being done in time */
async function soon(
	work: Promise<void>,
	patienceMs: number,
): Promise<StateUnavailable['trouble'] | undefined> {
	const done = attempt(async () => await work).then((problem) => problem?.trouble);
	return await Promise.race([done, sleep(patienceMs).then(() => 'late' as const)]);
}
