import { messageId } from '../input/text';

export interface MarkReadBody {
	messaging_product: 'whatsapp';
	status: 'read';
	message_id: string;
	typing_indicator?: { type: 'text' };
}

/**
 * The whole request body that marks a received message (and those before it) as read. It is no
 * message: it has no recipient and needs no window (rule T33). The message must not be older than
 * 30 days (Meta: Mark messages as read, Typing indicators).
 *
 * @param typing also show that an answer is being typed, for 25 seconds or until it is sent
 * @throws InputError('Message ID')
 */
export function markReadBody(id: unknown, typing = false): MarkReadBody {
	return {
		messaging_product: 'whatsapp',
		status: 'read',
		message_id: messageId(id),
		...(typing && { typing_indicator: { type: 'text' } }),
	};
}
