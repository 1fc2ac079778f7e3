import { identityChangeOf, type IdentityChange } from '../../../nodes/core/events/identityChange';
import { parseDelivery } from '../../../nodes/core/events/parse';
import type { MessageEvent } from '../../../nodes/core/events/types';

import { AT, message, messageDelivery } from './payloads';

const [P1, P2] = ['16505551111', '16505552222'];
const [U1, U2] = ['US.134', 'US.248'];

const changeIn = (content: object, names: { from?: string; userId?: string }) => {
	const delivery = messageDelivery(
		message('system', content, { from: undefined, userId: undefined, ...names }),
	);
	return identityChangeOf(parseDelivery(delivery, AT)[0] as MessageEvent);
};

const both = { from: P1, userId: U1 };
const newNumber = { type: 'user_changed_number', body: 'User A changed from 1 to 2' };
const newUserId = { type: 'user_changed_user_id', body: `User A changed from ${U1} to ${U2}` };

describe('a reported change (E45, E51, E52)', () => {
	it.each<[string, object, { from?: string; userId?: string }, Omit<IdentityChange, 'at'>]>([
		['number', { ...newNumber, wa_id: P2, user_id: U2 }, both, { from: [P1, U1], to: [P2, U2] }],
		[
			'number in the older form',
			{ ...newNumber, new_wa_id: P2 },
			both,
			{ from: [P1, U1], to: [P2] },
		],
		[
			'number, told under the new user ID',
			{ ...newNumber, wa_id: P2, user_id: U2 },
			{ from: P1, userId: U2 },
			{ from: [P1], to: [P2, U2] },
		],
		[
			'number, with the old user ID',
			{ ...newNumber, wa_id: P2, user_id: U2, previous_user_id: U1 },
			{ from: P1 },
			{ from: [P1, U1], to: [P2, U2] },
		],
		[
			'user ID, the number stays',
			{ ...newUserId, user_id: U2, previous_user_id: U1 },
			{ from: P1 },
			{ from: [U1], to: [P1, U2] },
		],
		[
			'user ID, the old one in the text alone',
			{ ...newUserId, user_id: U2 },
			{ from: P1, userId: U2 },
			{ from: [U1], to: [P1, U2] },
		],
		[
			'user ID, both in the text alone, behind any name',
			{ ...newUserId, body: `User x changed from US.1 to US.2 changed from ${U1} to ${U2}.` },
			{ from: P1 },
			{ from: [U1], to: [P1, U2] },
		],
		[
			'user ID, the old one told nowhere',
			{ type: 'user_changed_user_id', body: 'Changed', user_id: U2 },
			{ from: P1, userId: U2 },
			{ from: [P1], to: [P1, U2] },
		],
		[
			'user ID, no number known',
			{ ...newUserId, user_id: U2, previous_user_id: U1 },
			{ userId: U1 },
			{ from: [U1], to: [U2] },
		],
	])('%s', (_what, content, names, expected) => {
		expect(changeIn(content, names)).toEqual({ ...expected, at: AT });
	});

	it.each<[string, object]>([
		['a new identity key', { type: 'customer_identity_changed', user_id: U2, wa_id: P2 }],
		['a system message of another kind', { type: 'group_created', wa_id: P2 }],
		['a change to nothing', { ...newNumber }],
		['a change to the same', { ...newNumber, wa_id: P1, user_id: U1 }],
	])('is none: %s', (_what, content) => {
		expect(changeIn(content, both)).toBeUndefined();
	});

	it('is none in a text that says the same words', () => {
		const [event] = parseDelivery(
			messageDelivery(message('text', { body: newUserId.body }, both)),
			AT,
		);
		expect(identityChangeOf(event as MessageEvent)).toBeUndefined();
	});
});
