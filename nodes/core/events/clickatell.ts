import type { IDataObject } from 'n8n-workflow';

import { parseUrl } from '../parseUrl';
import { statusOf } from '../transport/clickatell/codes';
import { readReference } from '../transport/clickatell/reference';

import { parseDelivery } from './parse';
import { asId, asObject, asObjects, asText, compact, digitsOf } from './reading';
import { epochSeconds } from './time';
import type { WebhookEvent } from './types';

/** How each list of Clickatell's event is read: each entry as entries of Meta's lists. */
const READERS: Record<string, (entry: IDataObject) => IDataObject> = {
	moText: (entry) => ({ messages: [textIn(entry)] }),
	moMedia: (entry) => ({ messages: mediaIn(entry) }),
	moLocation: (entry) => ({ messages: [locationIn(entry)] }),
	messageStatusUpdate: (entry) => ({ statuses: [statusIn(entry)] }),
};

/** The lists of what contacts send ('mobile originated'), also those that are new. */
const OF_CONTACTS = /^mo[A-Z]/;

function readerOf(
	list: string,
	{ from }: IDataObject,
): ((entry: IDataObject) => IDataObject) | undefined {
	if (Object.hasOwn(READERS, list)) return READERS[list];
	const isMessage = OF_CONTACTS.test(list) && digitsOf(from) !== '';
	return isMessage ? (entry) => ({ messages: anyMessageIn(list, entry) }) : undefined;
}

/**
 * The events of one callback of Clickatell's, as if Meta had told them (Clickatell: Callbacks).
 * Never throws: what has no known form comes out as an account event with its raw data.
 *
 * @param body the parsed JSON body
 * @param businessNumberId digits of the number, for statuses, which do not name it
 * @param receivedAt time of the arrival, epoch seconds
 */
export function parseClickatell(
	body: unknown,
	businessNumberId: string,
	receivedAt: number,
): WebhookEvent[] {
	const { event } = asObject(body);
	return Object.entries(asObject(event)).flatMap(([list, entries]) =>
		listOf(entries)
			// Other channels share the callback. Theirs are not ours to read.
			.filter((entry) => ['', 'whatsapp'].includes(asText(entry.channel).trim().toLowerCase()))
			.flatMap((entry) => eventsOf(list, entry, businessNumberId, receivedAt)),
	);
}

function listOf(entries: unknown): IDataObject[] {
	return asObjects(Array.isArray(entries) ? entries : [entries]);
}

function eventsOf(
	list: string,
	entry: IDataObject,
	businessNumberId: string,
	receivedAt: number,
): WebhookEvent[] {
	const read = readerOf(list, entry);
	const isStatus = list === 'messageStatusUpdate';
	const number = (!isStatus && digitsOf(entry.to)) || businessNumberId;
	const value = {
		metadata: { phone_number_id: number, display_phone_number: number },
		...(read && !isStatus && { contacts: [personIn(entry)] }),
		...(read ? read(entry) : entry),
	};
	const change = { field: read ? 'messages' : list, value };
	const delivery = {
		object: 'whatsapp_business_account',
		entry: [{ id: '', changes: [change] }],
	};
	return parseDelivery(delivery, receivedAt).map((event) => ({ ...event, raw: entry }));
}

function personIn({ from, whatsapp }: IDataObject): IDataObject {
	const name = asText(asObject(whatsapp).profileName);
	return { wa_id: digitsOf(from), ...(name && { profile: { name } }) };
}

function messageIn(entry: IDataObject): IDataObject {
	const quoted = asId(entry.relatedMessageId);
	return {
		id: asId(entry.messageId),
		from: digitsOf(entry.from),
		timestamp: secondsText(entry.timestamp),
		...(quoted && { context: { id: quoted } }),
	};
}

/** A text, or the answer to a button or a list, which may come as a text too. */
function textIn(entry: IDataObject): IDataObject {
	const text = asText(entry.content);
	const answer = answerIn(entry);
	return answer
		? {
				...messageIn(entry),
				type: 'button',
				button: { payload: answer.id, text: answer.title || text },
			}
		: { ...messageIn(entry), type: 'text', text: { body: text } };
}

/** Where an answer may stand, and under which names: Clickatell does not say. */
const ANSWERS = [
	'button',
	'buttonReply',
	'button_reply',
	'listReply',
	'list_reply',
	'quickReply',
	'quick_reply',
	'reply',
];

/** The tapped button or chosen row, where it has an ID or payload of its own. */
function answerIn(entry: IDataObject): { id: string; title: string } | undefined {
	const whatsapp = asObject(entry.whatsapp);
	const places = [entry, whatsapp, asObject(entry.interactive), asObject(whatsapp.interactive)];
	return places
		.flatMap((place) => ANSWERS.map((name) => asObject(place[name])))
		.map((answer) => ({
			id: asText(answer.payload) || asId(answer.id),
			title: asText(answer.text) || asText(answer.title),
		}))
		.find(({ id }) => id !== '');
}

/** Whose text is the title of a button or row. */
const ANSWER_LIST = /button|interactive|list|reply/i;

/** What a contact sends in a list that is new: read by what stands in it, else it is 'unknown'. */
function anyMessageIn(list: string, entry: IDataObject): IDataObject[] {
	if (asObjects(entry.files).length > 0) return mediaIn(entry);
	const isAnswer = answerIn(entry) ?? (ANSWER_LIST.test(list) && asText(entry.content));
	return [isAnswer ? textIn(entry) : { ...messageIn(entry), type: list }];
}

/** One message for each file: a message has one. Older callbacks bear the bytes themselves. */
function mediaIn(entry: IDataObject): IDataObject[] {
	const files = asObjects(entry.files);
	const message = messageIn(entry);
	return (files.length > 0 ? files : [entry]).map((file, index) => {
		const mimeType = asText(file.contentType);
		const type = kindOf(mimeType);
		const media = compact({
			id: fileId(asText(file.downloadUrl)),
			mime_type: mimeType,
			sha256: asText(file.sha256Hash),
			filename: asText(file.fileName),
			caption: index === 0 ? asText(entry.caption) : '',
		});
		const id = index === 0 ? message.id : `${String(message.id)}#${index + 1}`;
		return { ...message, id, type, [type]: media };
	});
}

function kindOf(mimeType: string): string {
	if (mimeType === 'image/webp') return 'sticker';
	const [family] = mimeType.split('/');
	return ['image', 'video', 'audio'].includes(family) ? family : 'document';
}

/** What the operation 'Download' takes: the query of the file's address. */
function fileId(address: string): string {
	const { searchParams } = parseUrl(address) ?? {};
	if (!searchParams) return '';
	searchParams.delete('source');
	return searchParams.toString();
}

function locationIn(entry: IDataObject): IDataObject {
	const { latitude, longitude, name, address, url } = {
		...entry,
		...asObject(entry.location),
	} as IDataObject;
	return {
		...messageIn(entry),
		type: 'location',
		location: { latitude, longitude, name, address, url },
	};
}

function statusIn(entry: IDataObject): IDataObject {
	const name = asText(entry.status).trim().toUpperCase();
	const { status, code } = statusOf(name);
	const reference = readReference(asText(entry.clientMessageId));
	return {
		id: asId(entry.messageId),
		status,
		timestamp: secondsText(entry.timestamp),
		...(asId(entry.to) && { recipient_id: digitsOf(entry.to) }),
		...(reference && { biz_opaque_callback_data: reference }),
		...(status === 'failed' && { errors: [{ code, title: name }] }),
	};
}

function secondsText(timestamp: unknown): string {
	return String(epochSeconds(timestamp) ?? '');
}
