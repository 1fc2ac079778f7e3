import { toItem } from '../../../nodes/core/events/items';
import { parseDelivery } from '../../../nodes/core/events/parse';
import { isoTime } from '../../../nodes/core/events/time';
import { writeSendNote } from '../../../nodes/core/sendNote';

import {
	ACCOUNT_ID,
	AT,
	BUSINESS_PHONE,
	CONTACT_NAME,
	CONTACT_PHONE,
	CONTACT_USER_ID,
	NUMBER_ID,
	call,
	contact,
	delivery,
	echo,
	failedStatus,
	graphError,
	message,
	messageDelivery,
	preference,
	status,
	templateStatus,
	textMessage,
	type Delivery,
	type Json,
} from './payloads';

function itemOf(body: Delivery, receivedAt = AT) {
	const events = parseDelivery(body, receivedAt);
	expect(events).toHaveLength(1);
	return toItem(events[0], receivedAt);
}

const who = {
	contact: CONTACT_USER_ID,
	phone: `+${CONTACT_PHONE}`,
	userId: CONTACT_USER_ID,
	name: CONTACT_NAME,
	username: '',
};
const where = {
	timestamp: '2026-11-20T12:00:00.000Z',
	businessNumberId: NUMBER_ID,
	businessPhone: `+${BUSINESS_PHONE}`,
	accountId: ACCOUNT_ID,
	late: false,
	ageSeconds: 0,
};

describe('the item of a message', () => {
	it('is flat, in a fixed order, with the raw data last', () => {
		const entry = textMessage();
		const item = itemOf(messageDelivery(entry));
		const expected = {
			event: 'message',
			messageId: 'wamid.inbound',
			type: 'text',
			kind: 'text',
			text: 'Hello',
			...who,
			...where,
			raw: entry,
		};
		expect(item).toEqual(expected);
		expect(Object.keys(item)).toEqual(Object.keys(expected));
	});

	it('has every text key when nothing is known', () => {
		expect(itemOf(delivery({ messages: [{}], metadata: {} }))).toEqual({
			event: 'message',
			messageId: '',
			type: 'unknown',
			kind: 'unknown',
			text: '',
			contact: '',
			phone: '',
			userId: '',
			name: '',
			username: '',
			...where,
			businessNumberId: '',
			businessPhone: '',
			raw: {},
		});
	});

	it('addresses a contact without a user ID by the phone number', () => {
		const item = itemOf(messageDelivery(textMessage({ userId: undefined })));
		expect(item).toMatchObject({
			contact: `+${CONTACT_PHONE}`,
			phone: `+${CONTACT_PHONE}`,
			userId: '',
		});
	});

	it('addresses a contact without a phone number by the user ID', () => {
		const item = itemOf(messageDelivery(textMessage({ from: '' })));
		expect(item).toMatchObject({ contact: CONTACT_USER_ID, phone: '', userId: CONTACT_USER_ID });
	});

	it('has the optional parts that are there', () => {
		const entry = message(
			'document',
			{ id: '1', mime_type: 'application/pdf', filename: 'a.pdf' },
			{
				extra: {
					context: { from: BUSINESS_PHONE, id: 'wamid.0', forwarded: true },
					referral: { source_type: 'ad' },
					group_id: 'group',
					errors: [graphError(1)],
				},
			},
		);
		expect(itemOf(messageDelivery(entry))).toMatchObject({
			media: { id: '1', mimeType: 'application/pdf', fileName: 'a.pdf' },
			replyTo: { messageId: 'wamid.0', from: `+${BUSINESS_PHONE}` },
			forwarded: true,
			referral: { source_type: 'ad' },
			groupId: 'group',
			errors: [graphError(1)],
		});
	});

	it.each<[string, Json, string[]]>([
		['location', message('location', { latitude: 1, longitude: 2 }), ['location']],
		['contacts', message('contacts', [{ name: {} }]), ['contacts']],
		['reaction', message('reaction', { message_id: 'wamid.0' }), ['reaction']],
		['order', message('order', { catalog_id: '1' }), ['order']],
		['system', message('system', { type: 'user_changed_number' }), ['system']],
		['button', message('button', { payload: 'a', text: 'A' }), ['reply']],
		['a new type', message('poll'), ['originalType']],
	])('spreads what belongs to the type: %s', (_, entry, keys) => {
		const plain = Object.keys(itemOf(messageDelivery(textMessage())));
		const own = Object.keys(itemOf(messageDelivery(entry))).filter((key) => !plain.includes(key));
		expect(own).toEqual(keys);
	});

	it.each([
		[0, false, 0],
		[600, false, 600],
		[601, true, 601],
		[3 * 86_400, true, 259_200],
		[-200, false, 0],
	])('%p seconds after the event is late: %p (rule E13)', (seconds, late, ageSeconds) => {
		const item = itemOf(messageDelivery(textMessage()), AT + seconds);
		const timestamp = isoTime(Math.min(AT, AT + seconds));
		expect(item).toMatchObject({ late, ageSeconds, timestamp });
	});

	it('says when the time of the event was not believed (rule E9)', () => {
		const item = itemOf(messageDelivery(textMessage({ timestamp: AT + 3600 })));
		expect(item).toMatchObject({ clockSkewed: true, late: false, timestamp: where.timestamp });
		expect(itemOf(messageDelivery(textMessage()))).not.toHaveProperty('clockSkewed');
	});
});

describe('the item of a status', () => {
	it('is flat', () => {
		const pricing = {
			billable: false,
			pricing_model: 'PMP',
			type: 'free_entry_point',
			category: 'referral_conversion',
		};
		const conversation = { id: 'c', expiration_timestamp: String(AT + 86_400) };
		const entry = status({ extra: { pricing, conversation, biz_opaque_callback_data: 'order-7' } });
		expect(itemOf(delivery({ contacts: [contact()], statuses: [entry] }))).toEqual({
			event: 'status',
			messageId: 'wamid.outbound',
			status: 'delivered',
			trackingData: 'order-7',
			sentAt: '',
			templateName: '',
			templateLanguage: '',
			templateCategory: '',
			pricingCategory: 'referral_conversion',
			pricingType: 'free_entry_point',
			errorCode: 0,
			errorMessage: '',
			...who,
			...where,
			billable: false,
			conversation,
			freeEntryPointUntil: '2026-11-21T12:00:00.000Z',
			raw: entry,
		});
	});

	it('tells of its send', () => {
		const note = writeSendNote({
			contact: { phone: CONTACT_PHONE },
			at: AT - 60,
			template: { name: 'bill', language: 'en_US', category: 'UTILITY' },
		});
		const entry = status({ extra: { biz_opaque_callback_data: note } });
		expect(itemOf(delivery({ statuses: [entry] }))).toMatchObject({
			trackingData: '',
			sentAt: '2026-11-20T11:59:00.000Z',
			templateName: 'bill',
			templateLanguage: 'en_US',
			templateCategory: 'UTILITY',
		});
	});

	it('says why a message was refused', () => {
		const entry = failedStatus();
		expect(itemOf(delivery({ statuses: [entry] }))).toMatchObject({
			status: 'failed',
			errorCode: 131047,
			errorMessage: 'Details of 131047',
			errors: [graphError(131047)],
		});
	});

	it.each<[Json, string]>([
		[{ code: 1, title: 'Title', message: 'Message', error_data: 'a text' }, 'Message'],
		[{ code: 1, title: 'Title' }, 'Title'],
		[{ code: 1 }, ''],
	])('takes the most telling text of %p', (error, expected) => {
		const entry = status({ status: 'failed', extra: { errors: [error] } });
		expect(itemOf(delivery({ statuses: [entry] })).errorMessage).toBe(expected);
	});

	it('leaves out what Meta does not say', () => {
		const item = itemOf(delivery({ statuses: [status()] }));
		for (const key of ['billable', 'conversation', 'freeEntryPointUntil', 'groupId', 'errors']) {
			expect(item).not.toHaveProperty(key);
		}
	});
});

it('flattens a change of consent', () => {
	const entry = preference('signup', { signup_id: 'spring' });
	const body = delivery({ contacts: [contact()], user_preferences: [entry] }, 'user_preferences');
	expect(itemOf(body)).toEqual({
		event: 'consent',
		category: 'marketing_messages',
		value: 'signup',
		detail: entry.detail,
		...who,
		...where,
		signupId: 'spring',
		raw: entry,
	});
});

it('flattens a call', () => {
	const times = { start_time: AT - 60, end_time: AT, duration: 60 };
	const entry = call({ event: 'terminate', status: 'COMPLETED', ...times });
	expect(itemOf(delivery({ contacts: [contact()], calls: [entry] }, 'calls'))).toEqual({
		event: 'call',
		callId: 'wacid.call',
		callEvent: 'terminate',
		direction: 'inbound',
		outcome: 'completed',
		trackingData: '',
		...who,
		...where,
		startedAt: '2026-11-20T11:59:00.000Z',
		durationSeconds: 60,
		raw: entry,
	});
});

it('flattens an echo', () => {
	const entry = echo();
	const body = delivery({ contacts: [contact()], message_echoes: [entry] }, 'smb_message_echoes');
	expect(itemOf(body)).toEqual({
		event: 'echo',
		messageId: 'wamid.echo',
		type: 'text',
		kind: 'text',
		text: 'We are on our way',
		...who,
		...where,
		raw: entry,
	});
});

describe('the item of an account event', () => {
	it('names the template', () => {
		expect(itemOf(templateStatus('REJECTED', { reason: 'SCAM' }))).toEqual({
			event: 'account',
			field: 'message_template_status_update',
			accountEvent: 'REJECTED',
			reason: 'SCAM',
			explanation: 'Meta rejected the template, so it cannot be sent.',
			templateName: 'order_confirmation',
			templateLanguage: 'en_US',
			templateCategory: 'UTILITY',
			templateId: '1689556908129832',
			...where,
			entryTime: where.timestamp,
			businessNumberId: '',
			businessPhone: '',
			raw: expect.objectContaining({ event: 'REJECTED' }),
		});
	});

	it('has no template keys and no contact without a template', () => {
		const item = itemOf(delivery({ errors: [graphError(1)] }));
		expect(item).toMatchObject({
			event: 'account',
			field: 'messages',
			accountEvent: '',
			reason: '',
		});
		expect(item).toMatchObject({ errors: [graphError(1)] });
		for (const key of ['templateName', 'contact', 'phone']) expect(item).not.toHaveProperty(key);
	});
});
