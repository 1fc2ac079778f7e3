import { parseDelivery } from '../../../nodes/core/events/parse';
import type {
	AccountEvent,
	CallEvent,
	ConsentEvent,
	EchoEvent,
} from '../../../nodes/core/events/types';

import {
	ACCOUNT_ID,
	AT,
	BUSINESS_PHONE,
	CONTACT_NAME,
	CONTACT_PHONE,
	CONTACT_USER_ID,
	NUMBER_ID,
	accountDelivery,
	call,
	callStatus,
	contact,
	delivery,
	echo,
	graphError,
	preference,
	status,
	templateStatus,
	textMessage,
	type Delivery,
	type Json,
} from './payloads';

function only<T>(body: Delivery): T {
	const events = parseDelivery(body, AT);
	expect(events).toHaveLength(1);
	return events[0] as T;
}

describe('consent', () => {
	const parsed = (entry: Json) =>
		only<ConsentEvent>(
			delivery({ contacts: [contact()], user_preferences: [entry] }, 'user_preferences'),
		);

	it.each(['stop', 'resume', 'pause'])('gives %s', (value) => {
		const entry = preference(value, { timestamp: AT - 7 });
		expect(parsed(entry)).toEqual({
			kind: 'consent',
			contact: { phone: CONTACT_PHONE, userId: CONTACT_USER_ID },
			name: CONTACT_NAME,
			username: '',
			category: 'marketing_messages',
			value,
			detail: entry.detail,
			at: AT - 7,
			businessNumberId: NUMBER_ID,
			businessPhone: BUSINESS_PHONE,
			accountId: ACCOUNT_ID,
			raw: entry,
		});
	});

	it('gives the link of a sign-up', () => {
		const entry = preference('signup', { signup_id: 'spring', wa_id: undefined });
		expect(parsed(entry)).toMatchObject({ value: 'signup', signupId: 'spring' });
	});
});

describe('calls', () => {
	const parsed = (entry: Json, value: Json = {}) =>
		only<CallEvent>(delivery({ calls: [entry], ...value }, 'calls'));

	it('gives a call of the contact (rule E16)', () => {
		const entry = call({ from_user_id: CONTACT_USER_ID });
		expect(parsed(entry, { contacts: [contact()] })).toEqual({
			kind: 'call',
			callId: 'wacid.call',
			contact: { phone: CONTACT_PHONE, userId: CONTACT_USER_ID },
			name: CONTACT_NAME,
			username: '',
			direction: 'inbound',
			event: 'connect',
			at: AT,
			businessNumberId: NUMBER_ID,
			businessPhone: BUSINESS_PHONE,
			accountId: ACCOUNT_ID,
			raw: entry,
		});
	});

	it.each<[unknown, string]>([
		['COMPLETED', 'completed'],
		[['Failed'], 'failed'],
	])('gives how and when a call ended (%p)', (state, outcome) => {
		const times = { start_time: String(AT - 60), end_time: String(AT), duration: 60 };
		const entry = call({
			event: 'terminate',
			status: state,
			biz_opaque_callback_data: 'desk',
			...times,
		});
		expect(parsed(entry)).toMatchObject({
			event: 'terminate',
			outcome,
			startedAt: AT - 60,
			durationSeconds: 60,
			trackingData: 'desk',
		});
	});

	it.each<[string, Json, CallEvent['contact']]>([
		['the callee', { from: BUSINESS_PHONE, to: CONTACT_PHONE }, { phone: CONTACT_PHONE }],
		[
			'the callee without a phone number',
			{ from: BUSINESS_PHONE, to: undefined, to_user_id: CONTACT_USER_ID },
			{ userId: CONTACT_USER_ID },
		],
		[
			'never the business, where the sides are the other way round',
			{ from: CONTACT_PHONE, to: BUSINESS_PHONE, to_user_id: CONTACT_USER_ID },
			{ phone: CONTACT_PHONE, userId: CONTACT_USER_ID },
		],
	])('takes for the contact of an outbound call %s', (_, sides, expected) => {
		const event = parsed(call({ direction: 'BUSINESS_INITIATED', ...sides }));
		expect(event).toMatchObject({ direction: 'outbound', event: 'connect' });
		expect(event.contact).toEqual(expected);
	});

	it('does not take the business for the contact when its number is not given', () => {
		const sides = { from: BUSINESS_PHONE, to: undefined, to_user_id: CONTACT_USER_ID };
		const entry = call({ direction: 'BUSINESS_INITIATED', ...sides });
		expect(parsed(entry, { metadata: {} }).contact).toEqual({ userId: CONTACT_USER_ID });
	});

	it('knows the business by a number written with spaces', () => {
		const metadata = { display_phone_number: '+1 555-078-3881', phone_number_id: NUMBER_ID };
		const event = parsed(call({ direction: 'BUSINESS_INITIATED' }), { metadata });
		expect(event).toMatchObject({
			contact: { phone: CONTACT_PHONE },
			businessPhone: BUSINESS_PHONE,
		});
	});

	it('takes a call without a direction for ours, and still finds the contact', () => {
		const event = parsed(call({ direction: undefined }));
		expect(event).toMatchObject({ direction: 'outbound', contact: { phone: CONTACT_PHONE } });
	});

	it.each(['RINGING', 'ACCEPTED', 'REJECTED'])('gives the state %s of a call of ours', (state) => {
		const entry = callStatus(state, { recipient_user_id: CONTACT_USER_ID });
		expect(only(delivery({ statuses: [entry] }, 'calls'))).toMatchObject({
			kind: 'call',
			callId: 'wacid.call',
			direction: 'outbound',
			event: state.toLowerCase(),
			contact: { phone: CONTACT_PHONE, userId: CONTACT_USER_ID },
			raw: entry,
		});
	});

	it('gives the errors beside the call', () => {
		const errors = [graphError(138021)];
		expect(parsed(call({ event: 'terminate' }), { errors })).toMatchObject({
			kind: 'call',
			errors,
		});
	});
});

describe('echoes', () => {
	it.each(['smb_message_echoes', 'message_echoes'])('are read from %s', (field) => {
		const entry = echo();
		expect(
			only<EchoEvent>(delivery({ contacts: [contact()], message_echoes: [entry] }, field)),
		).toEqual({
			kind: 'echo',
			messageId: 'wamid.echo',
			// The other field does not say who wrote.
			...(field === 'smb_message_echoes' && { fromApp: true }),
			type: 'text',
			text: 'We are on our way',
			contact: { phone: CONTACT_PHONE, userId: CONTACT_USER_ID },
			name: CONTACT_NAME,
			username: '',
			at: AT,
			businessNumberId: NUMBER_ID,
			businessPhone: BUSINESS_PHONE,
			accountId: ACCOUNT_ID,
			raw: entry,
		});
	});

	it('have content as messages do', () => {
		const entry = echo({
			type: 'image',
			image: { id: '1', mime_type: 'image/png', caption: 'See' },
		});
		expect(only(delivery({ message_echoes: [entry] }, 'smb_message_echoes'))).toMatchObject({
			type: 'image',
			text: 'See',
			media: { id: '1', mimeType: 'image/png' },
		});
	});
});

describe('standby', () => {
	/** As Meta delivers it: everything but the number is one level deeper. */
	const nested = (standby: Json) => delivery({ contacts: undefined, standby }, 'standby');
	const standbyContacts = [contact()];

	it('is read where Meta puts it', () => {
		const message = only(nested({ contacts: standbyContacts, messages: [textMessage()] }));
		expect(message).toMatchObject({
			kind: 'message',
			standby: true,
			text: 'Hello',
			contact: { phone: CONTACT_PHONE, userId: CONTACT_USER_ID },
			name: CONTACT_NAME,
			businessNumberId: NUMBER_ID,
		});
		const delivered = only(nested({ contacts: standbyContacts, statuses: [status()] }));
		expect(delivered).toMatchObject({ kind: 'status', standby: true });
	});

	it('tells what another responder sent, which comes as its request', () => {
		const request = {
			messaging_product: 'whatsapp',
			recipient_type: 'individual',
			to: CONTACT_PHONE,
			recipient: CONTACT_USER_ID,
			type: 'text',
			text: { body: 'We are on our way' },
		};
		const sent = { id: 'wamid.other', timestamp: String(AT), message: request };
		expect(only(nested({ message_echoes: [sent] }))).toMatchObject({
			kind: 'echo',
			standby: true,
			messageId: 'wamid.other',
			type: 'text',
			text: 'We are on our way',
			contact: { phone: CONTACT_PHONE, userId: CONTACT_USER_ID },
			at: AT,
		});
	});

	it('is known by its form too, where the field is not named', () => {
		expect(only(delivery({ standby: { messages: [textMessage()] } }, ''))).toMatchObject({
			kind: 'message',
			standby: true,
		});
	});

	it('marks the copies of what another responder handles', () => {
		const value = { contacts: [contact()], message_echoes: [echo()] };
		const event = only<EchoEvent>(delivery(value, 'standby'));
		expect(event).toMatchObject({ kind: 'echo', standby: true, text: 'We are on our way' });
		expect(event).not.toHaveProperty('fromApp');
	});
});

describe('messaging_handovers', () => {
	const value = (part: object) => ({
		metadata: undefined,
		recipient: { phone_number_id: NUMBER_ID, display_phone_number: BUSINESS_PHONE },
		sender: { phone_number: CONTACT_PHONE, user_id: CONTACT_USER_ID },
		timestamp: String(AT),
		...part,
	});

	it.each(['control_passed', 'control_taken'])('tell that it was %s', (change) => {
		for (const part of [{ type: change, [change]: {} }, { [change]: {} }]) {
			expect(only(delivery(value(part), 'messaging_handovers'))).toMatchObject({
				kind: 'handover',
				change,
				contact: { phone: CONTACT_PHONE, userId: CONTACT_USER_ID },
				businessNumberId: NUMBER_ID,
				businessPhone: BUSINESS_PHONE,
				at: AT,
			});
		}
	});

	// Meta's form of the summer of 2026, and one with roles and the conversation so far.
	it.each<[string, Json]>([
		['the app that had it', { previous_owner_app_role: 'meta_business_agent' }],
		[
			'the roles',
			{
				previous_owner_role: 'ai_agent',
				new_owner_role: 'escalation',
				metadata: '{"reason":"HUMAN_AGENT_REQUESTED"}',
				conversation_context: { summary: 'Asks for a refund.' },
			},
		],
	])(
		'are read with %s, and where number and contact stand as in other deliveries',
		(_what, told) => {
			const body = {
				contacts: [contact()],
				timestamp: String(AT),
				control_passed: told,
			};
			expect(only(delivery(body, 'messaging_handovers'))).toMatchObject({
				kind: 'handover',
				change: 'control_passed',
				contact: { phone: CONTACT_PHONE, userId: CONTACT_USER_ID },
				businessNumberId: NUMBER_ID,
				at: AT,
			});
		},
	);
});

describe('account events', () => {
	it('give the template whose status changed', () => {
		const event = only<AccountEvent>(templateStatus('REJECTED', { reason: 'INVALID_FORMAT' }));
		expect(event).toEqual({
			kind: 'account',
			field: 'message_template_status_update',
			event: 'REJECTED',
			reason: 'INVALID_FORMAT',
			explanation: 'Meta rejected the template, so it cannot be sent.',
			template: {
				id: '1689556908129832',
				name: 'order_confirmation',
				language: 'en_US',
				category: 'UTILITY',
			},
			at: AT,
			entryTime: AT,
			businessNumberId: '',
			businessPhone: '',
			accountId: ACCOUNT_ID,
			raw: expect.objectContaining({ message_template_name: 'order_confirmation' }),
		});
	});

	it('say what a pause means, for how long Meta says it lasts, and when it ends', () => {
		const title = 'FIRST_PAUSE';
		const description = 'Your WhatsApp message template has been paused for 3 hours.';
		const paused = only<AccountEvent>(
			templateStatus('PAUSED', { other_info: { title, description } }),
		);
		expect(paused.event).toBe('PAUSED');
		expect(paused.explanation).toBe(
			`Meta has paused the template because of low quality or pacing, so it cannot be sent for now. ${description}`,
		);
		const approved = only<AccountEvent>(
			templateStatus('APPROVED', {
				other_info: { description: 'Your WhatsApp message template has been unpaused.' },
			}),
		);
		expect(approved.explanation).toBe(
			'The template is approved and can be sent. Your WhatsApp message template has been unpaused.',
		);
		expect(only(templateStatus('SOMETHING_NEW'))).not.toHaveProperty('explanation');
	});

	it('have no reason where Meta gives null', () => {
		const event = only(templateStatus('PENDING_DELETION', { reason: null }));
		expect(event).not.toHaveProperty('reason');
	});

	it.each<[string, Json, Partial<AccountEvent>]>([
		[
			'account_update',
			{ event: 'ACCOUNT_RESTRICTION', restriction_info: [] },
			{ event: 'ACCOUNT_RESTRICTION' },
		],
		[
			'account_update',
			{ event: 'PARTNER_REMOVED', phone_number: '15550783881' },
			{ event: 'PARTNER_REMOVED', businessPhone: BUSINESS_PHONE },
		],
		['account_review_update', { decision: 'APPROVED' }, { event: 'APPROVED' }],
		[
			'phone_number_quality_update',
			{ display_phone_number: '15550783881', event: 'FLAGGED' },
			{ event: 'FLAGGED', businessPhone: BUSINESS_PHONE },
		],
		[
			'message_template_quality_update',
			{ new_quality_score: 'RED', message_template_id: 7, message_template_name: 'a' },
			{
				event: 'RED',
				explanation: 'The quality of the template is low, for which Meta pauses templates.',
				template: { id: '7', name: 'a', language: '', category: '' },
			},
		],
		[
			'template_category_update',
			{ new_category: 'MARKETING', message_template_id: 7, message_template_name: 'a' },
			{ event: 'MARKETING', template: { id: '7', name: 'a', language: '', category: 'MARKETING' } },
		],
		['account_alerts', { alert_info: { alert_type: 'OBA_APPROVED' } }, { event: 'OBA_APPROVED' }],
		[
			'template_category_update',
			{ correct_category: 'MARKETING', new_category: 'UTILITY', message_template_id: 7 },
			{ event: 'MARKETING', template: { id: '7', name: '', language: '', category: 'UTILITY' } },
		],
		['business_username_updates', { username: 'shop', status: 'approved' }, { event: 'approved' }],
		[
			'payment_configuration_update',
			{ configuration_name: 'a', status: 'Needs Testing' },
			{ event: 'Needs Testing' },
		],
		[
			'phone_number_name_update',
			{ decision: 'REJECTED', rejection_reason: 'NAME_NOT_CONSISTENT' },
			{ event: 'REJECTED', reason: 'NAME_NOT_CONSISTENT' },
		],
		[
			'account_update',
			{ event: 'PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE', rejection_reasons: ['A', 'B'] },
			{ reason: 'A, B' },
		],
		[
			'account_update',
			{
				event: 'PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE',
				partner_client_certification_info: { status: 'FAILED', rejection_reasons: ['A'] },
			},
			{ event: 'PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE', reason: 'A' },
		],
		[
			'account_update',
			{ event: 'ACCOUNT_VIOLATION', violation_info: { violation_type: 'SCAM' } },
			{ reason: 'SCAM' },
		],
		['something_new', { anything: 1 }, { event: '' }],
	])('%s', (field, value, expected) => {
		const event = only(accountDelivery(value, field, AT - 9));
		expect(event).toMatchObject({ kind: 'account', field, at: AT - 9, raw: value, ...expected });
	});

	it.each<[string, Json]>([
		[
			'history',
			{ history: [{ threads: [{ messages: [textMessage()] }] }], messages: [textMessage()] },
		],
		['smb_app_state_sync', { state_sync: [{ action: 'add' }] }],
		['standby', { standby: { something: [textMessage()] } }],
		['messaging_handovers', { messages: [textMessage()] }],
		['constructor', { messages: [textMessage()] }],
		['', { anything: [textMessage()] }],
		['messages', { user_actions: [{ action_type: 'marketing_messages_link_click' }] }],
	])('keep what is not for a conversation (%s)', (field, value) => {
		expect(only(delivery(value, field))).toMatchObject({ kind: 'account', field, raw: value });
	});

	it('are one for each group', () => {
		const groups = [
			{ group_id: 'a', type: 'group_create', timestamp: String(AT - 1) },
			{ group_id: 'b', type: 'group_delete', timestamp: AT - 2 },
		];
		expect(parseDelivery(delivery({ groups }, 'group_lifecycle_update'), AT)).toMatchObject([
			{ kind: 'account', event: 'group_create', groupId: 'a', at: AT - 1, raw: groups[0] },
			{ kind: 'account', event: 'group_delete', groupId: 'b', at: AT - 2, raw: groups[1] },
		]);
	});

	it('are one for each lead or purchase that Meta has found', () => {
		const found = [
			{ id: 'wamid.1', event_name: 'LeadSubmitted', timestamp: AT - 1, ctwa_clid: 'c' },
			{ id: 'wamid.2', event_name: 'Purchase', timestamp: AT - 2, custom_data: { value: 7 } },
		];
		expect(
			parseDelivery(delivery({ automatic_events: found }, 'automatic_events'), AT),
		).toMatchObject([
			{ event: 'LeadSubmitted', at: AT - 1, businessNumberId: NUMBER_ID, raw: found[0] },
			{ event: 'Purchase', at: AT - 2, raw: found[1] },
		]);
	});
});
