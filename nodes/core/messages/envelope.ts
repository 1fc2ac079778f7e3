import type { IDataObject } from 'n8n-workflow';

import { MAX_TRACKING_DATA } from '../sendNote';

import { messageId, optionalText, textOf } from './fields';
import { addressFields, type Recipient } from './recipient';
import type { CloudMessage } from './types';

export interface EnvelopeOptions {
	/** ID of the message that is quoted; nothing is quoted when it is empty. */
	replyTo?: unknown;
	/** Text of one's own that every status of the message carries back; at most 512 characters. */
	trackingData?: unknown;
}

/**
 * The whole body of the request that sends a message.
 *
 * @throws InputError('Message ID') for `replyTo`, InputError('Tracking Data')
 */
export function requestBody(
	recipient: Recipient,
	message: CloudMessage,
	{ replyTo, trackingData }: EnvelopeOptions = {},
): IDataObject {
	const quoted = textOf('Message ID', replyTo).trim() && messageId(replyTo);
	const tracking = optionalText('Tracking Data', trackingData, MAX_TRACKING_DATA);
	return {
		messaging_product: 'whatsapp',
		recipient_type: 'individual',
		...addressFields(recipient),
		...(quoted && { context: { message_id: quoted } }),
		...message,
		...(tracking !== undefined && { biz_opaque_callback_data: tracking }),
	};
}
