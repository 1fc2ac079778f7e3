import type { IDataObject } from 'n8n-workflow';

import { addressOf } from '../conversation/contact';

import { kindOf } from './kind';
import { asObject, asText, compact, internationalPhone } from './reading';
import { isoTime } from './time';
import type {
	AccountEvent,
	CallEvent,
	ConsentEvent,
	EchoEvent,
	HandOverEvent,
	MessageEvent,
	PaymentEvent,
	StatusEvent,
	WebhookEvent,
} from './types';

/** An event that arrives more than this many seconds after it happened is late (rule E13). */
const LATE_AFTER = 10 * 60;

/** What one kind of event says beyond the contact and the place where it happened. */
interface Parts {
	/** Keys that are always there. */
	fixed: IDataObject;
	/** Keys that are left out when they are empty. */
	optional: object;
}

/**
 * The flat JSON of an event that the trigger gives to the workflow: what it is, who and where, the
 * optional parts that are present, and Meta's own data in `raw`. Times are ISO texts in UTC, phone
 * numbers have a '+', and texts that are unknown are ''.
 *
 * @param receivedAt time of the arrival, epoch seconds
 */
export function toItem(event: WebhookEvent, receivedAt: number): IDataObject {
	const { fixed, optional } = partsOf(event);
	const ageSeconds = Math.max(0, Math.floor(receivedAt - event.at));
	return {
		event: event.kind,
		...fixed,
		...('contact' in event && contactKeys(event)),
		timestamp: isoTime(event.at),
		businessNumberId: event.businessNumberId,
		businessPhone: internationalPhone(event.businessPhone),
		accountId: event.accountId,
		late: ageSeconds > LATE_AFTER,
		ageSeconds,
		...compact({ clockSkewed: event.clockSkewed, standby: event.standby, ...optional }),
		raw: event.raw,
	};
}

function contactKeys({ contact, name, username }: Exclude<WebhookEvent, AccountEvent>) {
	return {
		contact: addressOf(contact),
		phone: internationalPhone(contact.phone),
		userId: contact.userId ?? '',
		name: name ?? '',
		username: username ?? '',
	};
}

function partsOf(event: WebhookEvent): Parts {
	switch (event.kind) {
		case 'message':
			return messageParts(event);
		case 'status':
			return statusParts(event);
		case 'payment':
			return paymentParts(event);
		case 'consent':
			return consentParts(event);
		case 'call':
			return callParts(event);
		case 'echo':
			return echoParts(event);
		case 'handover':
			return handOverParts(event);
		case 'account':
			return accountParts(event);
	}
}

function messageParts(event: MessageEvent): Parts {
	const { messageId, type, text, media, reply, replyTo, forwarded, referral, groupId } = event;
	return {
		fixed: { messageId, type, kind: kindOf(event), text },
		optional: {
			media,
			reply,
			replyTo: replyTo && { ...replyTo, from: internationalPhone(replyTo.from) },
			forwarded,
			referral,
			groupId,
			...event.details,
			errors: event.errors,
		},
	};
}

function echoParts(event: EchoEvent): Parts {
	const { messageId, type, text, media, reply, details } = event;
	return {
		fixed: { messageId, type, kind: kindOf(event), text },
		optional: { media, reply, ...details },
	};
}

function handOverParts({ change }: HandOverEvent): Parts {
	return { fixed: { change }, optional: {} };
}

function statusParts(event: StatusEvent): Parts {
	const { messageId, status, trackingData, send, errorCode, errors, pricing = {} } = event;
	return {
		fixed: {
			messageId,
			status,
			trackingData,
			sentAt: isoTime(send?.at),
			templateName: send?.template?.name ?? '',
			templateLanguage: send?.template?.language ?? '',
			templateCategory: send?.template?.category ?? '',
			pricingCategory: asText(pricing.category),
			pricingType: asText(pricing.type),
			errorCode,
			errorMessage: errorMessage(errors?.[0]),
		},
		optional: {
			broadcast: send?.broadcast,
			billable: pricing.billable,
			conversation: event.conversation,
			freeEntryPointUntil: isoTime(event.freeEntryPointUntil),
			groupId: event.groupId,
			errors,
		},
	};
}

/** The most telling of the texts in which Meta explains a refusal; '' without one. */
function errorMessage(error: IDataObject = {}): string {
	const { details } = asObject(error.error_data);
	return asText(details) || asText(error.message) || asText(error.title);
}

function paymentParts(event: PaymentEvent): Parts {
	const { status, referenceId, amount, currency, transaction, payment } = event;
	return {
		fixed: {
			status,
			referenceId,
			amount: amount ?? null,
			currency,
			transactionStatus: transaction.status,
			transactionId: transaction.id,
			gatewayTransactionId: transaction.gatewayId,
			gateway: transaction.type,
			method: transaction.method,
			errorCode: transaction.errorCode,
			errorMessage: transaction.errorReason,
			payment,
		},
		optional: {},
	};
}

function consentParts({ category, value, detail, signupId }: ConsentEvent): Parts {
	return { fixed: { category, value, detail }, optional: { signupId } };
}

function callParts(event: CallEvent): Parts {
	const { callId, direction, outcome = '', trackingData = '', durationSeconds, errors } = event;
	return {
		fixed: { callId, callEvent: event.event, direction, outcome, trackingData },
		optional: { startedAt: isoTime(event.startedAt), durationSeconds, errors },
	};
}

function accountParts(account: AccountEvent): Parts {
	const { field, event, template, reason = '', groupId, errors, entryTime } = account;
	const { explanation, paymentConfiguration } = account;
	return {
		fixed: {
			field,
			accountEvent: event,
			reason,
			...(template && {
				templateName: template.name,
				templateLanguage: template.language,
				templateCategory: template.category,
				templateId: template.id,
			}),
		},
		optional: {
			explanation,
			entryTime: isoTime(entryTime),
			groupId,
			paymentConfiguration,
			errors,
		},
	};
}
