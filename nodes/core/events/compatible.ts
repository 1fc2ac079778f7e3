import type { IDataObject } from 'n8n-workflow';

import { metaCodeOf } from '../transport/dialects/gupshupCodes';

import { fieldOf, parseDelivery } from './parse';
import { asId, asObject, asObjects, asText, compact } from './reading';
import type { AccountEvent, WebhookEvent } from './types';

/** Why a delivery that is not in Meta's form starts nothing, and how to mend it. */
export const FOREIGN_FORM =
	"This delivery is not in Meta's form, so no message was read from it. Have the provider pass on Meta's webhooks: at Kapso the kind 'meta', at Gupshup version 3.";

/** Whether a delivery is in a form of the provider's own, as Kapso's of the kind 'kapso' are. */
export function isForeignForm(body: unknown): boolean {
	return asObject(body).object !== 'whatsapp_business_account';
}

/**
 * The events of a delivery that a compatible provider passes on. Never throws. What Gupshup writes
 * otherwise than Meta is put into Meta's words, and a delivery of a form of its own is an account
 * event that says how to mend it.
 *
 * @param body the parsed JSON body
 * @param name what the provider calls the delivery; '' where it does not say
 * @param businessNumberId for Gupshup's own statuses, which do not name the number
 * @param receivedAt time of the arrival, epoch seconds
 */
export function parseCompatible(
	body: unknown,
	name: string,
	businessNumberId: string,
	receivedAt: number,
): WebhookEvent[] {
	const delivery = asObject(body);
	if (isForeignForm(body)) return [foreignEvent(delivery, name, businessNumberId, receivedAt)];

	const originals = new Map<IDataObject, IDataObject>();
	const inMetasWords = (entries: IDataObject[], read: (entry: IDataObject) => IDataObject) =>
		entries.map((original) => {
			const rewritten = read(original);
			originals.set(rewritten, original);
			return rewritten;
		});
	const valueIn = (value: IDataObject) => {
		const { messages, statuses, metadata } = value;
		return {
			...value,
			...(!asId(asObject(metadata).phone_number_id) && {
				metadata: { ...asObject(metadata), phone_number_id: businessNumberId },
			}),
			...(Array.isArray(messages) && { messages: inMetasWords(asObjects(messages), messageIn) }),
			...(Array.isArray(statuses) && { statuses: inMetasWords(asObjects(statuses), statusIn) }),
		};
	};
	const entry = asObjects(delivery.entry).map((each) => ({
		...each,
		changes: asObjects(each.changes)
			.filter((change) => !isCallbackNews(asObject(change.value)))
			.map((change) =>
				fieldOf(change) === 'messages'
					? { ...change, value: inMetasWords([asObject(change.value)], valueIn)[0] }
					: change,
			),
	}));
	return parseDelivery({ ...delivery, entry }, receivedAt).map(
		(event) => ({ ...event, raw: originals.get(event.raw) ?? event.raw }) as WebhookEvent,
	);
}

/** Gupshup announces its own callbacks among the statuses. */
function isCallbackNews({ statuses }: IDataObject): boolean {
	const all = asObjects(statuses);
	return all.length > 0 && all.every(({ type }) => type === 'set-callback');
}

/** A quoted message of ours has the ID that Gupshup gave it when it was sent. */
function messageIn(message: IDataObject): IDataObject {
	const context = asObject(message.context);
	const id = asId(context.gs_id);
	return id ? { ...message, context: { ...context, id } } : message;
}

/**
 * A status has the ID of the send, and its reason where Meta puts it (Gupshup: Passthrough incoming
 * events).
 */
function statusIn(status: IDataObject): IDataObject {
	const { status: what, code, reason, errors } = status;
	const failed = what === 'failed' && errors === undefined && code !== undefined;
	return {
		...status,
		...compact({ id: asId(status.gs_id) }),
		...(failed && { errors: [{ code: metaCodeOf(code) ?? code, title: asText(reason) }] }),
	};
}

function foreignEvent(
	raw: IDataObject,
	name: string,
	businessNumberId: string,
	receivedAt: number,
): AccountEvent {
	return {
		kind: 'account',
		field: name,
		event: '',
		reason: FOREIGN_FORM,
		at: receivedAt,
		businessNumberId,
		businessPhone: '',
		accountId: '',
		raw,
	};
}
