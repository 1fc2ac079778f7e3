import { messageId, textOf } from '../input/text';
import { InputError } from '../inputError';

import type { ReactionMessage } from './types';

/** One emoji: the sequence of Unicode Technical Standard 51, section 1.4.9, but no bare digit. */
const PART = String.raw`(?:\p{RI}\p{RI}|\p{Emoji}(?:\p{EMod}|\uFE0F?\u20E3?|[\u{E0020}-\u{E007E}]+\u{E007F}))`;
const ONE_EMOJI = new RegExp(`^(?![\\d#*]$)${PART}(?:\\u200D${PART})*$`, 'u');

/**
 * A reaction to a message of the contact; an empty emoji removes an earlier one. The message must
 * not be older than 30 days (Meta: Reaction messages).
 *
 * @throws InputError('Message ID') or InputError('Emoji')
 */
export function reactionMessage(id: unknown, emoji: unknown): ReactionMessage {
	const text = textOf('Emoji', emoji).trim();
	if (text !== '' && !ONE_EMOJI.test(text)) {
		throw new InputError(
			'Emoji',
			`'Emoji' is not a single emoji: '${text}'.`,
			'Give one emoji such as 👍, or leave it empty to remove the reaction.',
		);
	}
	return { type: 'reaction', reaction: { message_id: messageId(id), emoji: text } };
}
