import { randomBytes } from 'crypto';

import type { Json, StatusError } from './types';

/** Meta's title and, where it has a fixed one, the explanation of each code (Meta: Error codes). */
const CODES: Record<number, { title: string; details?: string; httpStatus?: number }> = {
	1: { title: 'API Unknown', httpStatus: 500 },
	2: { title: 'API Service', httpStatus: 503 },
	3: { title: 'API Method', httpStatus: 403 },
	4: { title: 'API Too Many Calls', httpStatus: 429 },
	10: { title: 'Permission Denied', httpStatus: 403 },
	15: { title: 'This method must be called with an app access_token.' },
	100: { title: 'Invalid parameter' },
	190: { title: 'Invalid OAuth access token', httpStatus: 401 },
	200: { title: 'API Permission', httpStatus: 403 },
	2046: {
		title: 'Invalid status transition',
		details: 'New order status was not correctly transitioned.',
	},
	2047: {
		title: 'Cannot cancel order',
		details: "Could not change order status to 'canceled'",
	},
	2200: { title: 'Callback verification failed' },
	2500: { title: 'Unknown path components' },
	80007: { title: 'Rate limit issues', httpStatus: 429 },
	130429: {
		title: 'Rate limit hit',
		details: 'Message failed to send because there were too many messages sent in a short time.',
		httpStatus: 429,
	},
	130403: { title: 'Business has blocked this user' },
	130472: { title: "User's number is part of an experiment" },
	131000: { title: 'Something went wrong', httpStatus: 500 },
	131005: { title: 'Access denied', httpStatus: 403 },
	131008: { title: 'Required parameter is missing' },
	131009: { title: 'Parameter value is not valid' },
	131016: { title: 'Service unavailable', httpStatus: 503 },
	131021: { title: 'Recipient cannot be sender' },
	131026: { title: 'Message undeliverable', details: 'Message Undeliverable.' },
	131042: {
		title: 'Business eligibility payment issue',
		details: 'Message failed to send because there were errors related to your payment method.',
	},
	131047: {
		title: 'Re-engagement message',
		details:
			'Message failed to send because more than 24 hours have passed since the customer last replied to this number.',
	},
	131048: { title: 'Spam rate limit hit' },
	131049: {
		title: 'Meta chose not to deliver this message',
		details: 'This message was not delivered to maintain healthy ecosystem engagement.',
	},
	131050: {
		title: 'Unable to deliver the message',
		details:
			'This recipient has chosen to stop receiving marketing messages on WhatsApp from your business.',
	},
	131053: { title: 'Media upload error' },
	131055: { title: 'Method not allowed' },
	131056: {
		title: '(Business Account, Consumer Account) pair rate limit hit',
		details:
			'Message failed to send because there were too many messages sent from this phone number to the same phone number in a short period of time.',
	},
	131062: {
		title: 'Recipient type not supported',
		details: 'This message cannot be sent to a business-scoped user ID.',
	},
	131063: { title: 'Marketing templates disabled on Cloud API' },
	132000: { title: 'Number of parameters does not match the expected number of params' },
	132001: { title: 'Template name does not exist in the translation', httpStatus: 404 },
	132005: { title: 'Translated text too long' },
	132012: { title: 'Parameter format does not match format in the created template' },
	132015: {
		title: 'Template is paused',
		details: 'Template is paused due to low quality so it cannot be sent in a template message.',
	},
	132016: {
		title: 'Template is disabled',
		details:
			'Template has been paused too many times due to low quality and is now permanently disabled.',
	},
	132018: { title: 'There is an issue with the parameters in your template' },
	139100: {
		title: 'Failed to block/unblock users',
		details: 'Failed to block some users, see the block_users response list for details',
	},
	147001: { title: 'Username is not available' },
	147005: { title: 'Username belongs to another phone number of the business portfolio' },
};

export interface GraphErrorOptions {
	/** Goes to `error_data.details`. */
	details?: string;
	/** Instead of the title of the code. */
	message?: string;
	subcode?: number;
	httpStatus?: number;
	/** Further HTTP headers, e.g. Retry-After. */
	headers?: Record<string, string>;
}

/** A refusal that the API answers at once, in Meta's envelope. */
export class GraphError extends Error {
	readonly httpStatus: number;
	readonly headers: Record<string, string>;
	readonly body: Json;

	constructor(
		readonly code: number,
		options: GraphErrorOptions = {},
	) {
		const known = CODES[code];
		const message = `(#${code}) ${options.message ?? known?.title ?? 'Unknown error'}`;
		super(message);
		this.httpStatus = options.httpStatus ?? known?.httpStatus ?? 400;
		this.headers = options.headers ?? {};
		const details = options.details ?? known?.details;
		this.body = {
			error: {
				message,
				type: 'OAuthException',
				code,
				...(details !== undefined && {
					error_data: { messaging_product: 'whatsapp', details },
				}),
				...(options.subcode !== undefined && { error_subcode: options.subcode }),
				fbtrace_id: `A${randomBytes(12).toString('base64url')}`,
			},
		};
	}
}

/** Code 100: the request itself is wrong. */
export function invalidParameter(message: string, details?: string): GraphError {
	return new GraphError(100, { message, details });
}

/** Meta's answer for an ID that it does not know, or that the caller may not see. */
export function unknownObject(id: string, method: string): GraphError {
	return new GraphError(100, {
		message: `Unsupported ${method.toLowerCase()} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation.`,
		subcode: 33,
	});
}

/** One entry of `errors` in a `failed` status. */
export function statusError(code: number, details?: string): StatusError {
	const title = CODES[code]?.title ?? 'Message failed to send';
	return {
		code,
		title,
		message: title,
		error_data: { details: details ?? CODES[code]?.details ?? title },
		href: 'https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes',
	};
}
