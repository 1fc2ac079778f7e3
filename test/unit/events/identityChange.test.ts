import { identityChangeOf } from '../../../nodes/core/events/identityChange';
import { parseDelivery } from '../../../nodes/core/events/parse';
import type { MessageEvent } from '../../../nodes/core/events/types';

import { AT, message, messageDelivery } from './payloads';

const changeIn = (type: string, content: object) => {
	const [event] = parseDelivery(messageDelivery(message(type, content)), AT);
	return identityChangeOf(event as MessageEvent);
};

describe('a change of the contact', () => {
	it('is told by a system message that says so', () => {
		const system = { type: 'user_changed_number', wa_id: '12195555358' };
		expect(changeIn('system', system)).toMatchObject({ at: AT, to: ['12195555358'] });
	});

	it.each([
		['customer_identity_changed'],
		['user_joined_group'],
		['customer_changed_profile'],
		[''],
		[undefined],
	])('is not told by a system message of the type %p, whatever it names', (type) => {
		const named = { wa_id: '12195555358', user_id: 'US.99999999999999999999' };
		expect(changeIn('system', { type, body: 'Something else', ...named })).toBeUndefined();
	});

	it('is not told by other messages', () => {
		const content = { body: 'Hi', type: 'user_changed_number', wa_id: '12195555358' };
		expect(changeIn('text', content)).toBeUndefined();
	});
});
