import type { MessageContent } from './types';

/** Messages that say one thing under several types of Meta's, by the part that tells. */
const PARTS = {
	flowResponse: 'form',
	callPermission: 'callPermission',
	paymentMethod: 'paymentMethod',
};

/**
 * What a message is to whoever builds the workflow, in one word: Meta's type, but `voice` for audio that
 * was recorded in the chat, `tap` for whatever was tapped (a button, a row of a list, a quick reply of a
 * template), and `form` for a filled Flow or address form.
 */
export function kindOf({ type, media, reply, details = {} }: MessageContent): string {
	if (reply) return 'tap';
	const [, kind = type] = Object.entries(PARTS).find(([part]) => part in details) ?? [];
	return kind === 'audio' && media?.voice ? 'voice' : kind;
}
