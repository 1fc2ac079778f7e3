import { requiredText } from './fields';
import type { TextMessage } from './types';

/** Longest text, in characters (Meta: Text messages). */
const MAX_TEXT = 4096;

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
