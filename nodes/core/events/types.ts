import type { IDataObject } from 'n8n-workflow';

import type { Reference } from '../ask/reference';
import type { ContactIdentity } from '../conversation/contact';
import type { Send } from '../sendNote';

/** What every event carries, whatever it tells. All times are epoch seconds. */
interface EventBase {
	/** When it happened, from inside the event (not the time of arrival). */
	at: number;
	/** The time inside the event where it lies ahead of the arrival, so that `at` is that (rule E9). */
	claimedAt?: number;
	/** Set when it lies more than five minutes ahead. */
	clockSkewed?: true;
	/** Phone number ID of the business number; '' for events of the whole account. */
	businessNumberId: string;
	/** The business number as people read it, digits only; '' when the event does not say. */
	businessPhone: string;
	/** WhatsApp business account ID. */
	accountId: string;
	/** A copy: another responder of the number has the conversation (Meta: Standby webhooks). */
	standby?: true;
	/** The message, status, … exactly as Meta sent it. */
	raw: IDataObject;
}

/** What an event about one contact carries. */
interface ContactEvent extends EventBase {
	/** Both IDs as far as the delivery gives them; `{}` when it gives none. */
	contact: ContactIdentity;
	/** Profile name; '' or absent when the delivery does not say. */
	name?: string;
	username?: string;
}

export interface Media {
	id: string;
	mimeType: string;
	sha256?: string;
	fileName?: string;
	/** Meta's short-lived download address (valid about five minutes); needs the access token. */
	url?: string;
	/** Audio recorded in the chat. */
	voice?: boolean;
	/** Animated sticker. */
	animated?: boolean;
}

/** What a message says, whoever wrote it. */
export interface MessageContent {
	/** Meta's message type (`text`, `image`, `interactive`, …); `unknown` when it is missing or new. */
	type: string;
	/** Text wherever the message has one: body, caption, button or list title, …; '' otherwise. */
	text: string;
	media?: Media;
	/** The tapped button, list row or quick reply. */
	reply?: { id: string; title: string; description?: string };
	/**
	 * What belongs to the type alone, each under its own name, ready for the workflow (phone numbers
	 * with '+', times as ISO texts):
	 * - `location`: `{ latitude, longitude, name, address, url }`
	 * - `contacts`: Meta's contact cards; `order`: Meta's order
	 * - `reaction`: `{ messageId, emoji, removed }`
	 * - `flowResponse`: the answers of a flow or address form; a text where they cannot be parsed
	 * - `callPermission`: `{ response, permanent, expiresAt, source }`
	 * - `paymentMethod`: `{ method, referenceId, credentialId, lastFourDigits, agreedAt }`
	 * - `interactive`: an interactive answer of a new kind, as Meta sent it
	 * - `system`: `{ type, newPhone, userId, previousUserId, identity? }`; `identity.hash` is that of
	 *   the contact's identity key
	 * - `edit`, `revoke`: `{ originalMessageId }`; `unsupported`: `{ type }`
	 * - `referredProduct`: the product that the contact asks about
	 * - `originalType`: Meta's name of a type that is new to us
	 */
	details?: IDataObject;
}

export interface MessageEvent extends ContactEvent, MessageContent {
	kind: 'message';
	/** '' when Meta gave none. */
	messageId: string;
	name: string;
	username: string;
	/** Set for messages in a group; groups have no window of ours. */
	groupId?: string;
	/** The message this one answers or quotes. `from`: digits of the number that wrote it, or ''. */
	replyTo?: { messageId: string; from: string };
	forwarded?: boolean;
	/** The ad, post or page that brought the contact here. */
	referral?: IDataObject;
	/** What Meta says it could not deliver (type `unsupported`, or an answer without its content). */
	errors?: IDataObject[];
	/** The question that this message answers, by the way back that a tap carries. */
	question?: Reference;
}

export interface StatusEvent extends ContactEvent {
	kind: 'status';
	/** ID of the message that we sent. */
	messageId: string;
	/** The names that the status itself gives, where `contact` has more. */
	named?: ContactIdentity;
	/** `sent`, `delivered`, `read`, `played`, `failed`; unknown values pass. */
	status: string;
	/** Set for messages to a group; `contact` is then the participant, where Meta names one. */
	groupId?: string;
	/** What the user attached to the message (`biz_opaque_callback_data`); '' for a note of ours. */
	trackingData: string;
	/** The send that the status is about, where it is known. */
	send?: Send;
	pricing?: IDataObject;
	conversation?: IDataObject;
	/** End of the free entry point, where this status reports one (rule D15). */
	freeEntryPointUntil?: number;
	/** Meta's code of the first error; 0 when there is none. */
	errorCode: number;
	errors?: IDataObject[];
}

/** What became of the payment of a bill, where WhatsApp sees it (Meta: Payments API India). */
export interface PaymentEvent extends ContactEvent {
	kind: 'payment';
	/** `captured`, `pending`; unknown values pass. */
	status: string;
	/** Of the bill. */
	referenceId: string;
	/** In whole units of the currency, as 210.5; undefined when Meta does not say. */
	amount?: number;
	currency: string;
	/** The latest try to pay. */
	transaction: {
		/** The gateway's ID of the order. */
		id: string;
		/** The gateway's ID of the payment. */
		gatewayId: string;
		/** The gateway: `razorpay`, `payu`, … */
		type: string;
		/** `success`, `pending`, `failed`. */
		status: string;
		/** `upi`, `card`, `wallet`, `netbanking`; '' when it is not known. */
		method: string;
		/** The gateway's own code and reason. */
		errorCode: string;
		errorReason: string;
	};
	/** Meta's object, with refunds, notes and fields of the gateway. */
	payment: IDataObject;
}

export interface ConsentEvent extends ContactEvent {
	kind: 'consent';
	/** Meta's category, today always `marketing_messages`. */
	category: string;
	/** `stop`, `resume`, `signup`; unknown values pass. */
	value: string;
	detail: string;
	/** The sign-up link that the contact used (value `signup`). */
	signupId?: string;
}

export interface CallEvent extends ContactEvent {
	kind: 'call';
	callId: string;
	/** Who called: the contact (`inbound`) or the business (`outbound`). */
	direction: 'inbound' | 'outbound';
	/**
	 * `connect`, `terminate`, or the state of a business call: `ringing`, `accepted`, `rejected`.
	 * Later news of a call (`call_recording_available`, …) and unknown values pass.
	 */
	event: string;
	/** How a call ended: `completed`, `failed`; absent before. */
	outcome?: string;
	/** When an answered call was picked up; known once it has ended. */
	startedAt?: number;
	durationSeconds?: number;
	/** What the caller attached to the call (`biz_opaque_callback_data`). */
	trackingData?: string;
	errors?: IDataObject[];
}

/**
 * A message to the contact that was not sent through this app: by a colleague in the WhatsApp Business
 * app, or by another responder of the number.
 */
export interface EchoEvent extends ContactEvent, MessageContent {
	kind: 'echo';
	messageId: string;
	/** A colleague wrote it in the WhatsApp Business app. */
	fromApp?: true;
}

/** Meta gave the conversation to another responder, or to us (Meta: messaging_handovers). */
export interface HandOverEvent extends ContactEvent {
	kind: 'handover';
	/** `control_passed`: to us; `control_taken`: from us; unknown values pass. */
	change: string;
}

export interface AccountEvent extends EventBase {
	kind: 'account';
	/** Meta's webhook field, e.g. `message_template_status_update`. */
	field: string;
	/** When Meta says that it happened; absent when it does not say. */
	entryTime?: number;
	/** What happened, where the event names it (`APPROVED`, `ACCOUNT_RESTRICTION`, …); '' otherwise. */
	event: string;
	/** Why, where the event says so (`INVALID_FORMAT`, …). */
	reason?: string;
	/** What a template's new status means, in sentences. */
	explanation?: string;
	/** The group that the event is about. */
	groupId?: string;
	/** The template that the event is about. */
	template?: { id: string; name: string; language: string; category: string };
	/** The way to be paid in India that the event is about. */
	paymentConfiguration?: { name: string; provider: string; merchantId: string };
	errors?: IDataObject[];
}

/** One thing that a delivery tells us. */
export type WebhookEvent =
	| MessageEvent
	| StatusEvent
	| PaymentEvent
	| ConsentEvent
	| CallEvent
	| EchoEvent
	| HandOverEvent
	| AccountEvent;
