import { parseDelivery } from '../../../nodes/core/events/parse';
import type { StatusEvent } from '../../../nodes/core/events/types';
import { writeSendNote } from '../../../nodes/core/sendNote';

import {
	ACCOUNT_ID,
	AT,
	BUSINESS_PHONE,
	CONTACT_PHONE,
	CONTACT_USER_ID,
	NUMBER_ID,
	delivery,
	failedStatus,
	graphError,
	status,
	type Json,
} from './payloads';

const GROUP = 'Y2FwaV9ncm91cDoxNzA1NTU1MDEzOToxMjAzNjM0MDQ2OTQyMzM4MjAZD';

function parsed(entry: Json): StatusEvent {
	const events = parseDelivery(delivery({ statuses: [entry] }), AT);
	expect(events).toHaveLength(1);
	return events[0] as StatusEvent;
}

it('gives a status with what it is about', () => {
	const entry = status({ extra: { biz_opaque_callback_data: 'order-7' } });
	expect(parsed(entry)).toEqual({
		kind: 'status',
		messageId: 'wamid.outbound',
		status: 'delivered',
		contact: { phone: CONTACT_PHONE },
		name: '',
		username: '',
		trackingData: 'order-7',
		errorCode: 0,
		at: AT,
		businessNumberId: NUMBER_ID,
		businessPhone: BUSINESS_PHONE,
		accountId: ACCOUNT_ID,
		raw: entry,
	});
});

it('takes a note of the send node for the send, and not for tracking data of the user', () => {
	const send = {
		contact: { phone: CONTACT_PHONE },
		at: AT - 60,
		template: { name: 'bill', language: 'en_US', category: 'UTILITY' },
	};
	const entry = status({ extra: { biz_opaque_callback_data: writeSendNote(send) } });
	expect(parsed(entry)).toMatchObject({ trackingData: '', send, raw: entry });
});

it.each(['sent', 'delivered', 'read', 'played', 'failed', 'warning', ''])(
	'passes %p on',
	(name) => {
		expect(parsed(status({ status: name })).status).toBe(name);
	},
);

it('knows a contact by the user ID alone', () => {
	const entry = status({ recipient: undefined, recipientUserId: CONTACT_USER_ID });
	expect(parsed(entry).contact).toEqual({ userId: CONTACT_USER_ID });
});

describe('a failed status', () => {
	it('gives the code of the first error (rule E31)', () => {
		const entry = failedStatus({ extra: { errors: [graphError(131047), graphError(1)] } });
		expect(parsed(entry)).toMatchObject({ status: 'failed', errorCode: 131047 });
		expect(parsed(entry).errors).toHaveLength(2);
	});

	it.each<[unknown, number]>([
		[[{ code: '131047' }], 131047],
		[[{ code: 'gone' }], 0],
		[[{ code: { toString: 1, valueOf: 1 } }], 0],
		[[{}], 0],
		[[], 0],
		['131047', 0],
		[undefined, 0],
	])('with errors %p has the code %p', (errors, expected) => {
		expect(parsed(status({ status: 'failed', extra: { errors } })).errorCode).toBe(expected);
	});
});

describe('pricing and conversation', () => {
	const pricing = { billable: true, pricing_model: 'PMP', type: 'regular', category: 'service' };

	it('pass on as they are (rule D7)', () => {
		const conversation = { id: 'c', origin: { type: 'service' } };
		const event = parsed(status({ extra: { pricing, conversation } }));
		expect(event).toMatchObject({ pricing, conversation });
		expect(event).not.toHaveProperty('freeEntryPointUntil');
	});

	it('are absent when Meta says nothing', () => {
		const event = parsed(status());
		expect(event).not.toHaveProperty('pricing');
		expect(event).not.toHaveProperty('conversation');
	});

	it('finds the pricing inside the conversation', () => {
		expect(parsed(status({ extra: { conversation: { pricing } } })).pricing).toEqual(pricing);
	});

	it.each<[string, unknown, Json, number | undefined]>([
		['of a free entry point', AT + 259_200, { type: 'free_entry_point' }, AT + 259_200],
		['as a text', String(AT + 259_200), { type: 'free_entry_point' }, AT + 259_200],
		['that is missing', undefined, { type: 'free_entry_point' }, undefined],
		['of any other conversation', AT + 86_400, { type: 'regular' }, undefined],
	])('reads the end %s (rule D15)', (_, end, price, expected) => {
		const conversation = { id: 'c', expiration_timestamp: end };
		const event = parsed(status({ extra: { pricing: price, conversation } }));
		expect(event.freeEntryPointUntil).toBe(expected);
	});
});

describe('a status of a group', () => {
	it.each<[string, Json, StatusEvent['contact']]>([
		[
			'names the participant',
			{ recipient_participant_id: CONTACT_PHONE },
			{ phone: CONTACT_PHONE },
		],
		[
			'names the participant otherwise',
			{ participant_recipient_id: CONTACT_PHONE },
			{ phone: CONTACT_PHONE },
		],
		[
			'names the participant by user ID',
			{ recipient_participant_id: '', recipient_participant_user_id: CONTACT_USER_ID },
			{ userId: CONTACT_USER_ID },
		],
		['names nobody', {}, {}],
	])('%s', (_, extra, contact) => {
		const entry = status({ recipient: GROUP, extra: { recipient_type: 'group', ...extra } });
		expect(parsed(entry)).toMatchObject({ groupId: GROUP, contact });
		expect(parsed(entry).contact).toEqual(contact);
	});

	it('does not take a group of digits for a phone number', () => {
		const entry = status({ recipient: '120363000000000000', extra: { recipient_type: 'group' } });
		expect(parsed(entry)).toMatchObject({ groupId: '120363000000000000', contact: {} });
		expect(parsed(entry).contact).toEqual({});
	});

	it('is known by the group ID, beside the recipient', () => {
		expect(parsed(status({ extra: { group_id: GROUP } }))).toMatchObject({
			groupId: GROUP,
			contact: { phone: CONTACT_PHONE },
		});
	});
});

it('gives no group for a single recipient', () => {
	expect(parsed(status({ extra: { recipient_type: 'individual' } }))).not.toHaveProperty('groupId');
});
