import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../isObject';

import { accountEvents } from './accountEvent';
import { callEvent, callStatusEvent } from './callEvent';
import { consentEvent } from './consentEvent';
import { echoEvent } from './echoEvent';
import { handOverEvent, isHandOver } from './handOverEvent';
import { messageEvent } from './messageEvent';
import { paymentEvent } from './paymentEvent';
import { asObject, asObjects, asText } from './reading';
import { sourceOf, type Source } from './source';
import { statusEvent } from './statusEvent';
import type { WebhookEvent } from './types';

type Reader = (entry: IDataObject, source: Source) => WebhookEvent;

/** The lists that are read out of each webhook field. All other fields are account events. */
const LISTS: Record<string, Record<string, Reader>> = {
	messages: { messages: messageEvent, statuses: anyStatusEvent },
	calls: { calls: callEvent, statuses: anyStatusEvent },
	user_preferences: { user_preferences: consentEvent },
	smb_message_echoes: { message_echoes: echoEvent },
	message_echoes: { message_echoes: echoEvent },
	standby: { messages: messageEvent, message_echoes: echoEvent, statuses: anyStatusEvent },
};

/**
 * The events of one delivery, in its order (Meta: Webhooks). One delivery holds many entries, each
 * with many changes, each with many messages or statuses. Never throws; what has no known form
 * comes out as an account event with its raw data, and a body of anything but a WhatsApp business
 * account has no events.
 *
 * @param body the parsed JSON body
 * @param receivedAt time of the arrival, epoch seconds
 */
export function parseDelivery(body: unknown, receivedAt: number): WebhookEvent[] {
	const { object, entry: entries } = asObject(body);
	if (object !== 'whatsapp_business_account') return [];

	return asObjects(entries).flatMap((entry) =>
		asObjects(entry.changes).flatMap((change) => {
			const value = valueOf(change);
			return eventsOf(value, sourceOf(fieldOf(change), entry, value, receivedAt));
		}),
	);
}

/**
 * The value of a change. What another responder handles stands one level deeper than the metadata of
 * the number (Meta: Standby webhooks).
 */
function valueOf({ value }: IDataObject): IDataObject {
	const whole = asObject(value);
	return { ...whole, ...asObject(whole.standby) };
}

/** The webhook field of a change; where it is missing, that whose lists the change holds. */
export function fieldOf({ field, value }: IDataObject): string {
	const name = asText(field);
	if (name !== '') return name;
	if (isObject(asObject(value).standby)) return 'standby';
	const held = Object.entries(LISTS).find(([, lists]) =>
		Object.keys(lists).some((list) => asObjects(asObject(value)[list]).length > 0),
	);
	return held?.[0] ?? '';
}

function eventsOf(value: IDataObject, source: Source): WebhookEvent[] {
	if (isHandOver(source.field, value)) return [handOverEvent(value, source)];
	const lists = Object.hasOwn(LISTS, source.field) ? LISTS[source.field] : {};
	const events = Object.entries(lists).flatMap(([list, read]) =>
		asObjects(value[list]).map((item) => read(item, source)),
	);
	if (events.length === 0) return accountEvents(value, source);

	const errors = asObjects(value.errors);
	return errors.length > 0 ? withErrors(events, errors, value, source) : events;
}

/** Errors beside a single message or call are its own; else they concern the account. */
function withErrors(
	events: WebhookEvent[],
	errors: IDataObject[],
	value: IDataObject,
	source: Source,
): WebhookEvent[] {
	const [event] = events;
	const takesThem = event.kind === 'message' || event.kind === 'call';
	if (events.length === 1 && takesThem && !event.errors) return [{ ...event, errors }];
	return [...events, ...accountEvents(value, source)];
}

/** Calls and payments have statuses as messages do. */
function anyStatusEvent(status: IDataObject, source: Source): WebhookEvent {
	switch (status.type) {
		case 'call':
			return callStatusEvent(status, source);
		case 'payment':
			return paymentEvent(status, source);
		default:
			return statusEvent(status, source);
	}
}
