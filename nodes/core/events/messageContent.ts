import type { IDataObject } from 'n8n-workflow';

import { isUserId } from '../conversation/contact';
import { isObject } from '../isObject';
import { jsonIn } from '../json';

import {
	asId,
	asObject,
	asObjects,
	asText,
	compact,
	digitsOf,
	internationalPhone,
} from './reading';
import { epochSeconds, isoTime } from './time';
import type { Media, MessageContent } from './types';

type Content = Omit<MessageContent, 'type' | 'text'> & { text?: string };

/**
 * How each message type is read, from the object that bears the type's name
 * (Meta: Messages webhook reference).
 */
const READERS: Record<
	string,
	(body: IDataObject, message: IDataObject) => Content & { type?: string }
> = {
	text: ({ body }) => ({ text: asText(body) }),
	image: captioned,
	video: captioned,
	document: captioned,
	audio: mediaIn,
	// As older versions and some providers call audio that was recorded in the chat.
	voice: (body) => spoken(mediaIn(body)),
	sticker: mediaIn,
	location: (body) => ({ details: { location: locationOf(body) } }),
	contacts: (_, { contacts }) => ({ details: { contacts: asObjects(contacts) } }),
	reaction: (body) => ({ details: { reaction: reactionOf(body) } }),
	button: ({ payload, text }) => ({
		text: asText(text),
		reply: { id: asText(payload), title: asText(text) },
	}),
	interactive: interactiveAnswer,
	order: (body) => ({ text: asText(body.text), details: { order: body } }),
	system: (body, message) => ({
		text: asText(body.body),
		details: { system: systemChange(body, message) },
	}),
	unsupported: (body) => ({ details: { unsupported: { type: asText(body.type) } } }),
	edit: editedMessage,
	revoke: (body) => ({
		details: { revoke: { originalMessageId: asId(body.original_message_id) } },
	}),
	// Known by name, but of no content: synchronised history, and a withdrawn type.
	media_placeholder: () => ({}),
	request_welcome: () => ({}),
};

/**
 * What a message says. Never throws: a type without its content has none, and a new type is
 * `unknown` with Meta's name in `details.originalType`.
 *
 * @param message an entry of `messages[]` or `message_echoes[]`
 */
export function contentOf(message: IDataObject): MessageContent {
	const type = asText(message.type);
	if (!Object.hasOwn(READERS, type)) {
		return { type: 'unknown', text: '', ...(type && { details: { originalType: type } }) };
	}
	const body = message[type] ?? insteadOf(type, message);
	return { type, text: '', ...(body ? READERS[type](asObject(body), message) : {}) };
}

/** Where the content of some types stands when it is not under their name. */
function insteadOf(type: string, { audio, identity }: IDataObject): unknown {
	if (type === 'voice') return audio ?? {};
	return type === 'system' && identity ? {} : undefined;
}

function spoken({ media }: { media?: Media }): Content & { type: string } {
	return { type: 'audio', ...(media && { media: { ...media, voice: true } }) };
}

function captioned(body: IDataObject): Content {
	return { text: asText(body.caption), ...mediaIn(body) };
}

function mediaIn(body: IDataObject): { media?: Media } {
	const id = asId(body.id);
	if (id === '') return {};

	const optional = compact({
		sha256: asText(body.sha256),
		fileName: asText(body.filename),
		url: asText(body.url),
		voice: body.voice === true || undefined,
		animated: body.animated === true || undefined,
	});
	return { media: { id, mimeType: asText(body.mime_type), ...optional } };
}

function locationOf({ latitude, longitude, name, address, url }: IDataObject): IDataObject {
	return {
		latitude: coordinate(latitude),
		longitude: coordinate(longitude),
		name: asText(name),
		address: asText(address),
		url: asText(url),
	};
}

/** Meta sends numbers; texts are seen in examples. `null` when it is neither. */
function coordinate(value: unknown): number | null {
	const degrees = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	return typeof degrees === 'number' && Number.isFinite(degrees) ? degrees : null;
}

/** A removed reaction comes without the emoji, or with an empty one. */
function reactionOf(body: IDataObject): IDataObject {
	const emoji = asText(body.emoji);
	return { messageId: asId(body.message_id), emoji, removed: emoji === '' };
}

/**
 * The answer to an interactive message. Told apart by the object that is there, because Meta's
 * pages do not agree on the name in `type` for address forms.
 */
function interactiveAnswer(body: IDataObject): Content {
	const choice = body.button_reply ?? body.list_reply;
	if (choice) return chosen(asObject(choice));
	if (body.nfm_reply) return { details: { flowResponse: formAnswers(asObject(body.nfm_reply)) } };
	if (body.call_permission_reply) {
		return { details: { callPermission: callPermission(asObject(body.call_permission_reply)) } };
	}
	if (body.payment_method) {
		return { details: { paymentMethod: paymentMethod(asObject(body.payment_method)) } };
	}
	return { details: { interactive: body } };
}

function chosen(choice: IDataObject): Content {
	const title = asText(choice.title);
	return {
		text: title,
		reply: {
			id: asText(choice.id),
			title,
			...compact({ description: asText(choice.description) }),
		},
	};
}

/** The answers of a flow or address form, which Meta sends as JSON in a text, some providers read. */
function formAnswers({ response_json: json }: IDataObject): IDataObject | string {
	if (isObject(json)) return json;
	const text = Array.isArray(json) ? JSON.stringify(json) : asText(json);
	const answers = jsonIn(text);
	return isObject(answers) ? answers : text;
}

function callPermission(answer: IDataObject): IDataObject {
	return {
		response: asText(answer.response),
		permanent: answer.is_permanent === true,
		expiresAt: isoTime(epochSeconds(answer.expiration_timestamp)),
		source: asText(answer.response_source),
	};
}

/** The contact agrees to pay with a card that the business keeps (Meta: One-click payments). */
function paymentMethod(answer: IDataObject): IDataObject {
	return {
		method: asText(answer.payment_method),
		referenceId: asId(answer.reference_id),
		credentialId: asId(answer.credential_id),
		lastFourDigits: asId(answer.last_four_digits),
		agreedAt: isoTime(epochSeconds(answer.payment_timestamp)),
	};
}

/**
 * What Meta writes for people to read, in which the old user ID may stand alone (rule E51). The name of
 * the contact goes before, and may be anything.
 */
const OLD_AND_NEW_ID = /\bchanged from (\S+) to (\S+?)\.?\s*$/;

/** A changed phone number, user ID or identity key. Older versions say `new_wa_id`. */
function systemChange(body: IDataObject, message: IDataObject): IDataObject {
	const identity = { ...identityIn(message.identity), ...identityIn(body.identity) };
	const isNewUserId = body.type === 'user_changed_user_id';
	const [, oldId, newId] = (isNewUserId && OLD_AND_NEW_ID.exec(asText(body.body))) || [];
	const told = [oldId, newId].every((id) => id !== undefined && isUserId(id))
		? { oldId, newId }
		: {};
	return {
		type: asText(body.type),
		newPhone: internationalPhone(digitsOf(body.wa_id) || digitsOf(body.new_wa_id)),
		userId: asText(body.user_id) || (told.newId ?? ''),
		previousUserId: asText(body.previous_user_id) || (told.oldId ?? ''),
		...(Object.keys(identity).length > 0 && { identity }),
	};
}

/** The state of a contact's identity key, or its hash alone. */
function identityIn(identity: unknown): IDataObject {
	const hash = asId(identity);
	return hash === '' ? asObject(identity) : { hash };
}

/** The new text and media; what an edit inside an edit would say is not looked at. */
function editedMessage(body: IDataObject): Content {
	const message = asObject(body.message);
	const { text, media }: Content = message.type === 'edit' ? {} : contentOf(message);
	return {
		...compact({ text, media }),
		details: { edit: { originalMessageId: asId(body.original_message_id) } },
	};
}
