import { characterCount } from '../characters';
import { NO_LIMIT, requiredText } from '../input/text';
import { InputError } from '../inputError';

import { splitFormatted } from './splitFormatted';
import { MAX_TEXT } from './splitText';
import type { TextMessage } from './types';

/**
 * A text message.
 *
 * @param text 1 to 4096 characters
 * @param previewUrl whether WhatsApp shows a preview of the first link in the text
 * @param mend what helps a text that is too long, beside shortening it; without its full stop
 * @throws InputError('Text')
 */
export function textMessage(text: unknown, previewUrl?: boolean, mend = ''): TextMessage {
	const body = requiredText('Text', text, NO_LIMIT);
	const count = characterCount(body);
	if (count > MAX_TEXT) throw tooLong(count, mend);
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

function tooLong(count: number, mend: string): InputError {
	return new InputError(
		'Text',
		`'Text' has ${count} characters; WhatsApp allows at most ${MAX_TEXT} in one message.`,
		`${mend ? `${mend}, or shorten` : 'Shorten'} it by ${count - MAX_TEXT}.`,
	);
}
