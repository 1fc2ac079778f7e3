import { requestBody, type EnvelopeOptions } from '../../../nodes/core/messages/envelope';
import { textMessage } from '../../../nodes/core/messages/text';

import { refusal } from './refusal';

const phone = { kind: 'phone', phone: '4917604069000' } as const;
const userId = { kind: 'userId', userId: 'US.13491208655302741918' } as const;
const message = textMessage('Hello');

describe('requestBody', () => {
	it('addresses a phone number in to', () => {
		expect(requestBody(phone, message)).toEqual({
			messaging_product: 'whatsapp',
			recipient_type: 'individual',
			to: '+4917604069000',
			type: 'text',
			text: { body: 'Hello' },
		});
	});

	it('addresses a user ID in recipient only', () => {
		const body = requestBody(userId, message);
		expect(body.recipient).toBe('US.13491208655302741918');
		expect(body).not.toHaveProperty('to');
	});

	it.each<[EnvelopeOptions, object]>([
		[{ replyTo: 'wamid.A=' }, { context: { message_id: 'wamid.A=' } }],
		[{ replyTo: ' ' }, {}],
		[{ replyTo: null, trackingData: null }, {}],
		[{ trackingData: 'order 17' }, { biz_opaque_callback_data: 'order 17' }],
		[{ trackingData: 17 }, { biz_opaque_callback_data: '17' }],
		[{ trackingData: '' }, {}],
		[{ identityKeyHash: ' DF2lS5v2W6x= ' }, { recipient_identity_key_hash: 'DF2lS5v2W6x=' }],
		[{ identityKeyHash: '' }, {}],
		[{ trackingData: 'x'.repeat(512) }, { biz_opaque_callback_data: 'x'.repeat(512) }],
	])('adds %j', (options, added) => {
		expect(requestBody(phone, message, options)).toEqual({
			...requestBody(phone, message),
			...added,
		});
	});

	it.each<[EnvelopeOptions, string]>([
		[{ replyTo: 'two words' }, 'Message ID'],
		[{ replyTo: {} }, 'Message ID'],
		[{ trackingData: 'x'.repeat(513) }, 'Tracking Data'],
		[{ trackingData: { order: 17 } }, 'Tracking Data'],
	])('refuses %j', (options, field) => {
		const thrown = refusal(() => requestBody(phone, message, options));
		expect(thrown.field).toBe(field);
		expect(thrown.message).toContain(`'${field}'`);
	});

	it('carries no half of a character, wherever it stands', () => {
		const template = {
			name: 'a',
			language: { code: 'de' },
			components: [{ type: 'body', parameters: [{ type: 'text', text: 'Hi \ud83d! 😀' }] }],
		};
		const body = requestBody(phone, { type: 'template', template });
		expect(JSON.stringify(body)).toContain('Hi \ufffd! 😀');
	});

	it('carries a template as it is', () => {
		const template = { name: 'order_ready', language: { code: 'de' } };
		expect(requestBody(userId, { type: 'template', template })).toMatchObject({
			type: 'template',
			template,
		});
	});
});
