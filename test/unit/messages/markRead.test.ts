import { markReadBody } from '../../../nodes/core/messages/markRead';

import { refusal } from './refusal';

describe('markReadBody', () => {
	it('marks as read', () => {
		expect(markReadBody(' wamid.A= ')).toEqual({
			messaging_product: 'whatsapp',
			status: 'read',
			message_id: 'wamid.A=',
		});
	});

	it('shows typing on request', () => {
		expect(markReadBody('wamid.A=', true)).toHaveProperty('typing_indicator', { type: 'text' });
		expect(markReadBody('wamid.A=', false)).not.toHaveProperty('typing_indicator');
	});

	it.each<[unknown, RegExp]>([
		['', /'Message ID' is empty/],
		[undefined, /'Message ID' is empty/],
		['wamid.A= wamid.B=', /'Message ID' contains white space/],
		[{ id: 'wamid.A=' }, /'Message ID' is not text/],
	])('refuses %j', (id, message) => {
		const thrown = refusal(() => markReadBody(id));
		expect(thrown.field).toBe('Message ID');
		expect(thrown.message).toMatch(message);
	});
});
