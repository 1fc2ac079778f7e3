import { createHmac } from 'crypto';

/*
 * Webhook deliveries as Meta sends them, for every test that needs one. An option that is given as
 * `undefined` removes its key: `textMessage({ from: undefined })` has no phone number.
 */

/** The business and the contact that all payloads speak of unless told otherwise. */
export const ACCOUNT_ID = '102290129340398';
export const NUMBER_ID = '106540352242922';
export const BUSINESS_PHONE = '15550783881';
export const CONTACT_PHONE = '16505551234';
export const CONTACT_USER_ID = 'US.13491208655302741918';
export const CONTACT_NAME = 'Sheena Nelson';
/** When everything happens unless told otherwise: 2026-11-20 12:00:00 UTC. */
export const AT = 1_795_176_000;

export type Json = Record<string, unknown>;

/** The body of a POST from Meta. */
export interface Delivery {
	object: string;
	entry: Array<{ id: string; time?: number; changes: Array<{ field: string; value: Json }> }>;
}

/** One change that concerns a business number: `metadata` is added to the value. */
export function delivery(value: Json, field = 'messages'): Delivery {
	const metadata = { display_phone_number: BUSINESS_PHONE, phone_number_id: NUMBER_ID };
	return accountDelivery({ messaging_product: 'whatsapp', metadata, ...value }, field, undefined);
}

/** One change that concerns the account or a template: it has a time and no metadata. */
export function accountDelivery(
	value: Json,
	field: string,
	time: number | undefined = AT,
): Delivery {
	return {
		object: 'whatsapp_business_account',
		entry: [prune({ id: ACCOUNT_ID, time, changes: [{ field, value }] }) as Delivery['entry'][0]],
	};
}

/** Several deliveries in one POST, each an entry of its own. */
export function batch(...deliveries: Delivery[]): Delivery {
	return {
		object: 'whatsapp_business_account',
		entry: deliveries.flatMap(({ entry }) => entry),
	};
}

/** The delivery of one message with its contact, as it comes most of the time. */
export function messageDelivery(message: Json): Delivery {
	const listed = contact({ waId: message.from, userId: message.from_user_id });
	return delivery({ contacts: [listed], messages: [message] });
}

/** An entry of `contacts[]`. */
export function contact(
	options: { waId?: unknown; userId?: unknown; name?: string; username?: string } = {},
): Json {
	const { waId, userId, name, username } = {
		waId: CONTACT_PHONE,
		userId: CONTACT_USER_ID,
		name: CONTACT_NAME,
		username: undefined,
		...options,
	};
	return prune({ profile: prune({ name, username }), wa_id: waId, user_id: userId });
}

export interface MessageOptions {
	from?: unknown;
	userId?: unknown;
	id?: string;
	/** Epoch seconds, written as a text as Meta does, or anything else as it is. */
	timestamp?: unknown;
	/** Further keys of the message: `context`, `group_id`, `referral`, `errors`, … */
	extra?: Json;
}

/** An entry of `messages[]` of any type; `content` stands under the type's name. */
export function message(type: unknown, content?: unknown, options: MessageOptions = {}): Json {
	const { from, userId, id, timestamp, extra } = {
		from: CONTACT_PHONE,
		userId: CONTACT_USER_ID,
		id: 'wamid.inbound',
		timestamp: AT,
		extra: {},
		...options,
	};
	return prune({
		from,
		from_user_id: userId,
		id,
		timestamp: seconds(timestamp),
		type,
		...(typeof type === 'string' ? { [type]: content } : {}),
		...extra,
	});
}

/** An entry of `messages[]` of type text. */
export function textMessage({ body, ...options }: MessageOptions & { body?: string } = {}): Json {
	return message('text', { body: body ?? 'Hello' }, options);
}

/** A tap on a quick-reply button of a template. */
export function quickReply(
	button: { payload?: string; text?: string },
	options: MessageOptions = {},
): Json {
	const context = { from: BUSINESS_PHONE, id: 'wamid.outbound' };
	return message('button', button, { ...options, extra: { context, ...options.extra } });
}

/** The answer to an interactive message: `kind` is `button_reply`, `list_reply`, … */
export function interactiveReply(kind: string, answer: Json, options: MessageOptions = {}): Json {
	return message('interactive', { type: kind, [kind]: answer }, options);
}

export interface StatusOptions {
	id?: string;
	status?: string;
	timestamp?: unknown;
	recipient?: unknown;
	recipientUserId?: unknown;
	/** Shorthand for `errors: [{ code, … }]`. */
	errorCode?: number;
	/** Further keys of the status: `pricing`, `conversation`, `biz_opaque_callback_data`, … */
	extra?: Json;
}

/** An entry of `statuses[]`. */
export function status(options: StatusOptions = {}): Json {
	const { id, status, timestamp, recipient, recipientUserId, errorCode, extra } = {
		id: 'wamid.outbound',
		status: 'delivered',
		timestamp: AT,
		recipient: CONTACT_PHONE,
		recipientUserId: undefined,
		errorCode: undefined,
		extra: {},
		...options,
	};
	return prune({
		id,
		status,
		timestamp: seconds(timestamp),
		recipient_id: recipient,
		recipient_user_id: recipientUserId,
		errors: errorCode === undefined ? undefined : [graphError(errorCode)],
		...extra,
	});
}

/** A `failed` status, by default the one that says that the window is closed. */
export function failedStatus({ errorCode = 131047, ...options }: StatusOptions = {}): Json {
	return status({ status: 'failed', errorCode, ...options });
}

/** An entry of `errors[]`. */
export function graphError(code: number, details = `Details of ${code}`) {
	const title = `Title of ${code}`;
	return { code, title, message: title, error_data: { details } };
}

/** An entry of `calls[]`: by default the contact calls the business. */
export function call(options: Json = {}): Json {
	return prune({
		id: 'wacid.call',
		from: CONTACT_PHONE,
		to: BUSINESS_PHONE,
		event: 'connect',
		timestamp: String(AT),
		direction: 'USER_INITIATED',
		...options,
	});
}

/** An entry of `statuses[]` of the field `calls`. */
export function callStatus(state: string, options: Json = {}): Json {
	const common = { id: 'wacid.call', timestamp: String(AT), recipient_id: CONTACT_PHONE };
	return prune({ ...common, type: 'call', status: state, ...options });
}

/** An entry of `statuses[]` that tells of a payment. */
export function paymentStatus(status: string, payment: Json = {}, options: Json = {}): Json {
	return prune({
		id: 'gBGGFlB5YjhvAgnhuF1qIUvCo7A',
		recipient_id: CONTACT_PHONE,
		type: 'payment',
		status,
		payment: prune({
			reference_id: 'order-7',
			amount: { value: 21050, offset: 100 },
			currency: 'INR',
			...payment,
		}),
		timestamp: String(AT),
		...options,
	});
}

/** An entry of `user_preferences[]`. */
export function preference(value: string, options: Json = {}): Json {
	return prune({
		wa_id: CONTACT_PHONE,
		user_id: CONTACT_USER_ID,
		detail: 'User requested a change of marketing messages',
		category: 'marketing_messages',
		value,
		timestamp: AT,
		...options,
	});
}

/** An entry of `message_echoes[]`: a colleague wrote in the WhatsApp Business app. */
export function echo(options: Json = {}): Json {
	return prune({
		from: BUSINESS_PHONE,
		to: CONTACT_PHONE,
		to_user_id: CONTACT_USER_ID,
		id: 'wamid.echo',
		timestamp: String(AT),
		type: 'text',
		text: { body: 'We are on our way' },
		...options,
	});
}

/** The delivery of a changed template status. */
export function templateStatus(event: string, options: Json = {}): Delivery {
	const value = prune({
		event,
		message_template_id: 1689556908129832,
		message_template_name: 'order_confirmation',
		message_template_language: 'en_US',
		reason: 'NONE',
		message_template_category: 'UTILITY',
		...options,
	});
	return accountDelivery(value, 'message_template_status_update');
}

/** The value of `X-Hub-Signature-256` for a body. */
export function signatureOf(rawBody: string | Buffer, appSecret: string): string {
	return `sha256=${createHmac('sha256', appSecret).update(rawBody).digest('hex')}`;
}

/** A body as Meta writes it: non-ASCII characters are escaped. */
export function rawBodyOf(body: unknown): Buffer {
	const escape = (character: string) =>
		`\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
	return Buffer.from(JSON.stringify(body).replace(/[\u0080-\uffff]/g, escape));
}

function seconds(timestamp: unknown): unknown {
	return typeof timestamp === 'number' ? String(timestamp) : timestamp;
}

function prune(object: Json): Json {
	return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}
