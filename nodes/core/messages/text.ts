import { NO_LIMIT, requiredText } from '../input/text';

import { splitFormatted } from './splitFormatted';
import { MAX_TEXT } from './splitText';
import type { TextMessage } from './types';

/**
 * A text message.
 *
 * @param text 1 to 4096 characters
 * @param previewUrl whether WhatsApp shows a preview of the first link in the text
 * @throws InputError('Text')
 */
export function textMessage(text: unknown, previewUrl?: boolean): TextMessage {
	const body = requiredText('Text', text, MAX_TEXT);
	return {
		type: 'text',
		text: previewUrl === undefined ? { body } : { body, preview_url: previewUrl },
	};
}

/**
 * A text of any length, as one or more messages to be sent in this order.
 *
 * @throws InputError('Text') when it is empty or no text
 */
export function textMessages(text: unknown, previewUrl?: boolean): TextMessage[] {
	const parts = splitFormatted(requiredText('Text', text, NO_LIMIT));
	return parts.map((part) => textMessage(part, previewUrl));
}
