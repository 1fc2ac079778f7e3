import type { IDataObject } from 'n8n-workflow';

import { asText } from '../events/reading';

/** Keys of an item that are about its contact or its arrival, and not about one message. */
const OF_ALL = new Set([
	'event',
	'contact',
	'phone',
	'userId',
	'name',
	'username',
	'businessNumberId',
	'businessPhone',
	'accountId',
	'late',
	'ageSeconds',
	'window',
	'sessionKey',
	'raw',
]);

/**
 * One item for messages that a contact has sent in a row. It is the item of the last one, with
 * `messages` for each of them, `text` with the texts of all, a line for each, and `type`, `kind` and `media`
 * of the first file where there is one.
 *
 * @param items of one contact, in their order; at least one
 */
export function joinItems(items: readonly IDataObject[]): IDataObject {
	return withMessages(items[items.length - 1], items.map(ownPart));
}

/** The messages of an item; undefined for one that was not joined. */
export function messagesOf({ event, messages }: IDataObject): IDataObject[] | undefined {
	return event === 'message' && Array.isArray(messages) ? (messages as IDataObject[]) : undefined;
}

/**
 * A joined item with some of its messages alone.
 *
 * @param messages at least one of {@link messagesOf} the item
 */
export function withMessages(item: IDataObject, messages: readonly IDataObject[]): IDataObject {
	const ofAll = Object.entries(item).filter(([key]) => OF_ALL.has(key) && key !== 'raw');
	const text = messages
		.map((message) => asText(message.text))
		.filter((one) => one !== '')
		.join('\n');
	const file = messages.find(({ media }) => media);
	const referral = messages.find((message) => message.referral)?.referral;
	return {
		...Object.fromEntries(ofAll),
		...messages[messages.length - 1],
		...(file && { type: file.type, kind: file.kind, media: file.media }),
		...(referral ? { referral } : {}),
		text,
		messages: [...messages],
		raw: item.raw,
	};
}

function ownPart(item: IDataObject): IDataObject {
	return Object.fromEntries(Object.entries(item).filter(([key]) => !OF_ALL.has(key)));
}
