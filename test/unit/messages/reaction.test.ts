import { reactionMessage } from '../../../nodes/core/messages/reaction';

import { refusal } from './refusal';

const id = 'wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQUYzMjEzNDM2RTZGQ0MzMDJBRgA=';

describe('reactionMessage', () => {
	it.each(['👍', '👍🏽', '❤', '❤️', '🇩🇪', '👨‍👩‍👧', '🏳️‍🌈', '1️⃣', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', ' 😀 '])('takes %s', (emoji) => {
		expect(reactionMessage(id, emoji)).toEqual({
			type: 'reaction',
			reaction: { message_id: id, emoji: emoji.trim() },
		});
	});

	it.each(['', ' ', undefined, null])('removes the reaction: %j', (emoji) => {
		expect(reactionMessage(id, emoji).reaction.emoji).toBe('');
	});

	it.each(['ok', ':+1:', '1', '#', '👍👍', '👍!', '12'])('refuses %j', (emoji) => {
		const thrown = refusal(() => reactionMessage(id, emoji));
		expect(thrown.field).toBe('Emoji');
		expect(thrown.message).toContain(`'${emoji}'`);
	});

	it('needs a message', () => {
		expect(refusal(() => reactionMessage('', '👍')).field).toBe('Message ID');
	});
});
