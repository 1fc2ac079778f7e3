import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../isObject';

import type { GraphError } from './errors';
import { ProviderRefusal } from './providerRefusal';

/** What a request was made of, as far as people have written it. */
interface Asked {
	businessNumberId?: string;
	mediaId?: string;
	/** The body of a message or of a read receipt. */
	body?: IDataObject;
}

/** Meta's codes for an object that does not exist or is not shown to this token. */
const UNSEEN = [33, 803];
/** Meta's codes for a value that it did not take. */
const REFUSED_VALUE = [100, 131008, 131009];
const NO_OBJECT = 33;

interface Named {
	field: string;
	value: unknown;
	hint: string;
}

const MEDIA_HINT =
	"Give the 'media.id' of an item of the trigger or what an upload returned, of this business number; an uploaded file is kept for 30 days, a received one for seven.";
const MESSAGE_HINT =
	'Give the ID of a message of this contact to this business number, at most 30 days old; it begins with wamid.';
const NUMBER_HINT =
	'Choose the number from the list, or check the phone number ID, which is not the phone number itself.';

/**
 * A refusal with the name of the field that it is about, where Meta's words and the request tell.
 * Other errors come back as they are.
 */
function withField(error: unknown, asked: Asked): unknown {
	if (!(error instanceof ProviderRefusal)) return error;
	const { refusal, httpStatus } = error;
	const named = isUnseen(refusal) ? unseenField(refusal, asked) : refusedField(refusal, asked);
	if (!named) return error;
	const { field, value, hint } = named;
	const what = isUnseen(refusal)
		? 'which does not exist, or this access token cannot see it'
		: 'which WhatsApp did not accept';
	const message = `'${field}' is '${String(value)}', ${what}.`;
	return new ProviderRefusal({ ...refusal, message, hint }, httpStatus);
}

/** The answer to a request; a refusal names the field that it is about where that is known. */
export async function naming<T>(asked: Asked, answer: Promise<T>): Promise<T> {
	return await answer.catch((error: unknown) => {
		throw withField(error, asked);
	});
}

function isUnseen({ code, subcode }: GraphError): boolean {
	return UNSEEN.includes(code) || (code === 100 && subcode === NO_OBJECT);
}

/** Of what stands in the address of a request. */
function unseenField({ details }: GraphError, asked: Asked): Named | undefined {
	const { mediaId, businessNumberId } = asked;
	// Meta names the object; another one is none of these.
	const isNamed = (id: string) => !/'\d{3,}'/.test(details) || details.includes(`'${id}'`);
	if (mediaId !== undefined && isNamed(mediaId)) {
		return { field: 'Media ID', value: mediaId, hint: MEDIA_HINT };
	}
	if (businessNumberId !== undefined && isNamed(businessNumberId)) {
		return { field: 'Business Number', value: businessNumberId, hint: NUMBER_HINT };
	}
	return undefined;
}

/** Of what stands in the body of a request. */
function refusedField({ code, details }: GraphError, { body }: Asked): Named | undefined {
	if (!REFUSED_VALUE.includes(code) || !body) return undefined;
	const message = messageIdIn(body);
	if (message && (message.isAlone || /message[\s_-]?id|message to react|context/i.test(details))) {
		return { ...message, hint: MESSAGE_HINT };
	}
	const mediaId = mediaIdIn(body);
	if (mediaId !== undefined && /\['id'\]|\bmedia\b|attachment/i.test(details)) {
		return { field: 'Media ID', value: mediaId, hint: MEDIA_HINT };
	}
	const to = body.to ?? body.recipient;
	if (to !== undefined && /recipient|\bto\b.*\bphone|phone number/i.test(details)) {
		return {
			field: 'To',
			value: to,
			hint: 'Check the number with its country code, or the user ID.',
		};
	}
	return undefined;
}

const FILES = ['image', 'video', 'audio', 'document', 'sticker'];

/** The ID of the file that a message or its template carries. */
function mediaIdIn(part: unknown): unknown {
	if (typeof part !== 'object' || part === null) return undefined;
	for (const [key, value] of Object.entries(part)) {
		if (FILES.includes(key) && isObject(value) && value.id !== undefined) return value.id;
		const within = mediaIdIn(value);
		if (within !== undefined) return within;
	}
	return undefined;
}

/** The message that a request is about. `isAlone`: there is nothing else in it that could be wrong. */
function messageIdIn(body: IDataObject): (Omit<Named, 'hint'> & { isAlone: boolean }) | undefined {
	if (body.status === 'read') {
		return { field: 'Message ID', value: body.message_id, isAlone: true };
	}
	if (isObject(body.reaction)) {
		return { field: 'Message ID', value: body.reaction.message_id, isAlone: false };
	}
	return isObject(body.context)
		? { field: 'Reply to Message ID', value: body.context.message_id, isAlone: false }
		: undefined;
}
