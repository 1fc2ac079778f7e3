import type { IDataObject } from 'n8n-workflow';

import { wellFormedJson } from '../characters';
import { messageId, NO_LIMIT, optionalLabel, optionalText, textOf } from '../input/text';
import { MAX_TRACKING_DATA } from '../sendNote';

import { addressFields, type Recipient } from './recipient';
import type { CloudMessage } from './types';

export interface EnvelopeOptions {
	/** ID of the message that is quoted; nothing is quoted when it is empty. */
	replyTo?: unknown;
	/** Text of one's own that every status of the message carries back; at most 512 characters. */
	trackingData?: unknown;
	/**
	 * The hash of the contact's identity key; where it is no longer that one, Meta refuses the message
	 * (137000; Meta: Identity change check).
	 */
	identityKeyHash?: unknown;
}

/**
 * The whole body of the request that sends a message.
 *
 * @throws InputError('Message ID') for `replyTo`, InputError('Tracking Data'), InputError('Identity Key Hash')
 */
export function requestBody(
	recipient: Recipient,
	message: CloudMessage,
	{ replyTo, trackingData, identityKeyHash }: EnvelopeOptions = {},
): IDataObject {
	const quoted = textOf('Message ID', replyTo).trim() && messageId(replyTo);
	const tracking = optionalText('Tracking Data', trackingData, MAX_TRACKING_DATA);
	const identity = optionalLabel('Identity Key Hash', identityKeyHash, NO_LIMIT);
	return {
		messaging_product: 'whatsapp',
		recipient_type: 'individual',
		...addressFields(recipient),
		...(identity !== undefined && { recipient_identity_key_hash: identity }),
		...(quoted && { context: { message_id: quoted } }),
		...wellFormedJson(message),
		...(tracking !== undefined && { biz_opaque_callback_data: tracking }),
	};
}
