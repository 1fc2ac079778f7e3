import { identityChangeOf } from '../../../nodes/core/events/identityChange';
import { parseDelivery } from '../../../nodes/core/events/parse';
import type { MessageEvent } from '../../../nodes/core/events/types';

import {
	ACCOUNT_ID,
	AT,
	BUSINESS_PHONE,
	CONTACT_NAME,
	CONTACT_PHONE,
	CONTACT_USER_ID,
	NUMBER_ID,
	contact,
	delivery,
	graphError,
	interactiveReply,
	message,
	messageDelivery,
	quickReply,
	textMessage,
	type Json,
} from './payloads';

function parsed(entry: Json): MessageEvent {
	const events = parseDelivery(messageDelivery(entry), AT);
	expect(events).toHaveLength(1);
	expect(events[0].kind).toBe('message');
	return events[0] as MessageEvent;
}

/** What differs from type to type. */
function content(entry: Json) {
	const { type, text, media, reply, details, errors } = parsed(entry);
	return { type, text, media, reply, details, errors };
}

it('gives a text message with who, where and when', () => {
	const entry = textMessage({ id: 'wamid.1', timestamp: AT - 5, body: 'Is it open today?' });
	expect(parsed(entry)).toEqual({
		kind: 'message',
		messageId: 'wamid.1',
		type: 'text',
		text: 'Is it open today?',
		contact: { phone: CONTACT_PHONE, userId: CONTACT_USER_ID },
		name: CONTACT_NAME,
		username: '',
		at: AT - 5,
		businessNumberId: NUMBER_ID,
		businessPhone: BUSINESS_PHONE,
		accountId: ACCOUNT_ID,
		raw: entry,
	});
});

describe('each message type', () => {
	const file = { id: '42', mime_type: 'image/jpeg', sha256: 'c2hhMjU2' };
	const media = { id: '42', mimeType: 'image/jpeg', sha256: 'c2hhMjU2' };

	const changed = { type: 'customer_identity_changed' };
	const identityChanges: Array<[string, Json]> = [
		['as a text', message('system', { ...changed, identity: 'h' })],
		['beside it', message('system', changed, { extra: { identity: { hash: 'h' } } })],
		['beside it, as a text', message('system', changed, { extra: { identity: 'h' } })],
		['without more', message('system', undefined, { extra: { identity: { hash: 'h' } } })],
	];

	it.each(identityChanges)('an identity that changed (%s) is no other person', (_, entry) => {
		expect(identityChangeOf(parsed(entry))).toBeUndefined();
	});

	it.each<[string, Json, Partial<MessageEvent>]>([
		['text', textMessage({ body: 'Hi' }), { text: 'Hi' }],
		['image', message('image', { ...file, caption: 'Look' }), { text: 'Look', media }],
		[
			'image with its address',
			message('image', { ...file, url: 'https://media.example/42' }),
			{ media: { ...media, url: 'https://media.example/42' } },
		],
		['video', message('video', { ...file, caption: 'Watch' }), { text: 'Watch', media }],
		['audio', message('audio', { ...file, voice: false }), { media }],
		[
			'recorded audio',
			message('audio', { ...file, voice: true }),
			{ media: { ...media, voice: true } },
		],
		[
			'recorded audio under its older name',
			message('voice', file),
			{ type: 'audio', media: { ...media, voice: true } },
		],
		[
			'recorded audio in the place of audio',
			message('voice', undefined, { extra: { audio: file } }),
			{ type: 'audio', media: { ...media, voice: true } },
		],
		['recorded audio without a file', message('voice', undefined), { type: 'audio' }],
		[
			'document',
			message('document', { ...file, filename: 'bill.pdf', caption: 'My bill' }),
			{ text: 'My bill', media: { ...media, fileName: 'bill.pdf' } },
		],
		[
			'sticker',
			message('sticker', { ...file, animated: true }),
			{ media: { ...media, animated: true } },
		],
		[
			'location with all its parts',
			message('location', {
				latitude: 37.44,
				longitude: -122.16,
				name: 'Café',
				address: 'Main St',
				url: 'https://cafe.example',
			}),
			{
				details: {
					location: {
						latitude: 37.44,
						longitude: -122.16,
						name: 'Café',
						address: 'Main St',
						url: 'https://cafe.example',
					},
				},
			},
		],
		[
			'location with coordinates only, as texts',
			message('location', { latitude: '0', longitude: '-122.16' }),
			{
				details: { location: { latitude: 0, longitude: -122.16, name: '', address: '', url: '' } },
			},
		],
		[
			'location without coordinates',
			message('location', { latitude: 'north', longitude: '' }),
			{
				details: { location: { latitude: null, longitude: null, name: '', address: '', url: '' } },
			},
		],
		[
			'contacts',
			message('contacts', [{ phones: [{ phone: '+1 650 555' }], origin: 'other', vcard: 'BEGIN' }]),
			{
				details: {
					contacts: [{ phones: [{ phone: '+1 650 555' }], origin: 'other', vcard: 'BEGIN' }],
				},
			},
		],
		[
			'reaction',
			message('reaction', { message_id: 'wamid.0', emoji: '👍' }),
			{ details: { reaction: { messageId: 'wamid.0', emoji: '👍', removed: false } } },
		],
		[
			'removed reaction',
			message('reaction', { message_id: 'wamid.0' }),
			{ details: { reaction: { messageId: 'wamid.0', emoji: '', removed: true } } },
		],
		[
			'removed reaction with an empty emoji',
			message('reaction', { message_id: 'wamid.0', emoji: '' }),
			{ details: { reaction: { messageId: 'wamid.0', emoji: '', removed: true } } },
		],
		[
			'quick reply of a template',
			quickReply({ payload: 'OPT_OUT', text: 'Stop these' }),
			{ text: 'Stop these', reply: { id: 'OPT_OUT', title: 'Stop these' } },
		],
		[
			'button reply',
			interactiveReply('button_reply', { id: 'yes', title: 'Yes' }),
			{ text: 'Yes', reply: { id: 'yes', title: 'Yes' } },
		],
		[
			'list reply',
			interactiveReply('list_reply', { id: 'row-1', title: 'Express', description: 'Next day' }),
			{ text: 'Express', reply: { id: 'row-1', title: 'Express', description: 'Next day' } },
		],
		[
			'list reply without a description',
			interactiveReply('list_reply', { id: 'row-1', title: 'Express' }),
			{ text: 'Express', reply: { id: 'row-1', title: 'Express' } },
		],
		[
			'flow response',
			interactiveReply('nfm_reply', { name: 'flow', body: 'Sent', response_json: '{"seats":2}' }),
			{ details: { flowResponse: { seats: 2 } } },
		],
		[
			'address form, whose type says otherwise',
			message('interactive', {
				type: 'interactive',
				action: 'address_message',
				nfm_reply: { response_json: '{"values":{"city":"Pune"}}' },
			}),
			{ details: { flowResponse: { values: { city: 'Pune' } } } },
		],
		[
			'flow response that was read already',
			interactiveReply('nfm_reply', { response_json: { seats: 2 } }),
			{ details: { flowResponse: { seats: 2 } } },
		],
		[
			'flow response that was read and is a list',
			interactiveReply('nfm_reply', { response_json: [1, { seats: 2 }] }),
			{ details: { flowResponse: '[1,{"seats":2}]' } },
		],
		[
			'flow response that cannot be parsed',
			interactiveReply('nfm_reply', { response_json: '{"seats":' }),
			{ details: { flowResponse: '{"seats":' } },
		],
		[
			'flow response that is no object',
			interactiveReply('nfm_reply', { response_json: 'null' }),
			{ details: { flowResponse: 'null' } },
		],
		[
			'call permission for a time',
			interactiveReply('call_permission_reply', {
				response: 'accept',
				is_permanent: false,
				expiration_timestamp: String(AT),
				response_source: 'user_action',
			}),
			{
				details: {
					callPermission: {
						response: 'accept',
						permanent: false,
						expiresAt: '2026-11-20T12:00:00.000Z',
						source: 'user_action',
					},
				},
			},
		],
		[
			'call permission for ever',
			interactiveReply('call_permission_reply', { response: 'accept', is_permanent: true }),
			{
				details: {
					callPermission: { response: 'accept', permanent: true, expiresAt: '', source: '' },
				},
			},
		],
		[
			'call permission refused',
			interactiveReply('call_permission_reply', {
				response: 'reject',
				expiration_timestamp: 1e300,
			}),
			{
				details: {
					callPermission: { response: 'reject', permanent: false, expiresAt: '', source: '' },
				},
			},
		],
		[
			'interactive answer of a new kind',
			interactiveReply('hologram_reply', { id: 1 }),
			{ details: { interactive: { type: 'hologram_reply', hologram_reply: { id: 1 } } } },
		],
		[
			'order',
			message('order', { catalog_id: '9', text: 'Please hurry', product_items: [{ quantity: 2 }] }),
			{
				text: 'Please hurry',
				details: {
					order: { catalog_id: '9', text: 'Please hurry', product_items: [{ quantity: 2 }] },
				},
			},
		],
		[
			'system: number changed',
			message('system', { type: 'user_changed_number', body: 'Changed', wa_id: '12195555358' }),
			{
				text: 'Changed',
				details: {
					system: {
						type: 'user_changed_number',
						newPhone: '+12195555358',
						userId: '',
						previousUserId: '',
					},
				},
			},
		],
		[
			'system: number changed, older form',
			message('system', { type: 'user_changed_number', new_wa_id: '12195555358' }),
			{
				details: {
					system: {
						type: 'user_changed_number',
						newPhone: '+12195555358',
						userId: '',
						previousUserId: '',
					},
				},
			},
		],
		[
			'system: user ID changed',
			message('system', {
				type: 'user_changed_user_id',
				user_id: 'US.2',
				previous_user_id: 'US.1',
			}),
			{
				details: {
					system: {
						type: 'user_changed_user_id',
						newPhone: '',
						userId: 'US.2',
						previousUserId: 'US.1',
					},
				},
			},
		],
		[
			'system: identity changed',
			message('system', {
				type: 'customer_identity_changed',
				identity: { hash: 'h', acknowledged: false },
			}),
			{
				details: {
					system: {
						type: 'customer_identity_changed',
						newPhone: '',
						userId: '',
						previousUserId: '',
						identity: { hash: 'h', acknowledged: false },
					},
				},
			},
		],
		...identityChanges.map(([place, entry]): [string, Json, Partial<MessageEvent>] => [
			`system: identity changed, ${place}`,
			entry,
			{
				details: {
					system: {
						type: entry.system ? 'customer_identity_changed' : '',
						newPhone: '',
						userId: '',
						previousUserId: '',
						identity: { hash: 'h' },
					},
				},
			},
		]),
		[
			'unsupported',
			message(
				'unsupported',
				{ type: 'poll_creation' },
				{ extra: { errors: [graphError(131051)] } },
			),
			{ details: { unsupported: { type: 'poll_creation' } }, errors: [graphError(131051)] },
		],
		[
			'unsupported, without its object',
			message('unsupported', undefined, { extra: { errors: [graphError(131060)] } }),
			{ errors: [graphError(131060)] },
		],
		[
			'edited text',
			message('edit', {
				original_message_id: 'wamid.0',
				message: { type: 'text', text: { body: 'Better' } },
			}),
			{ text: 'Better', details: { edit: { originalMessageId: 'wamid.0' } } },
		],
		[
			'edited caption',
			message('edit', {
				original_message_id: 'wamid.0',
				message: { type: 'image', image: { ...file, caption: 'Better' }, context: { id: 'M0' } },
			}),
			{ text: 'Better', media, details: { edit: { originalMessageId: 'wamid.0' } } },
		],
		[
			'revoke',
			message('revoke', { original_message_id: 'wamid.0' }),
			{ details: { revoke: { originalMessageId: 'wamid.0' } } },
		],
		['media placeholder', message('media_placeholder'), {}],
		['request for a welcome', message('request_welcome'), {}],
	])('%s', (_, entry, expected) => {
		expect(content(entry)).toEqual({ type: entry.type, text: '', ...expected });
	});

	it.each([
		'text',
		'image',
		'video',
		'audio',
		'document',
		'sticker',
		'location',
		'contacts',
		'reaction',
		'button',
		'interactive',
		'order',
		'system',
		'unsupported',
		'edit',
		'revoke',
	])('%s without its object has no content', (type) => {
		expect(content(message(type))).toEqual({ type, text: '' });
	});
});

describe('a type that we do not know', () => {
	it.each<[string, unknown, object | undefined]>([
		['of a new name', 'poll', { originalType: 'poll' }],
		['by its older name', 'unknown', { originalType: 'unknown' }],
		['named like a property of every object', 'constructor', { originalType: 'constructor' }],
		['that is missing', undefined, undefined],
		['that is empty', '', undefined],
		['that is no text', 7, undefined],
	])('%s', (_, type, details) => {
		expect(content(message(type, { question: '?' }))).toEqual({
			type: 'unknown',
			text: '',
			details,
		});
	});

	it('keeps its data', () => {
		const entry = message('poll', { question: '?' });
		expect(parsed(entry).raw).toEqual(entry);
	});
});

describe('context', () => {
	const withContext = (context: unknown) => parsed(textMessage({ extra: { context } }));

	it('gives the message that is quoted', () => {
		expect(withContext({ from: BUSINESS_PHONE, id: 'wamid.0' }).replyTo).toEqual({
			messageId: 'wamid.0',
			from: BUSINESS_PHONE,
		});
		expect(withContext({ id: 'wamid.0' }).replyTo).toEqual({ messageId: 'wamid.0', from: '' });
	});

	it.each([{ forwarded: true }, { frequently_forwarded: true }])(
		'%p is a forwarded message',
		(context) => {
			expect(withContext(context)).toMatchObject({ forwarded: true });
			expect(withContext(context)).not.toHaveProperty('replyTo');
		},
	);

	it('gives the product that is asked about, beside what belongs to the type', () => {
		const referred_product = { catalog_id: '1', product_retailer_id: 'sku' };
		expect(withContext({ id: 'wamid.0', referred_product }).details).toEqual({
			referredProduct: referred_product,
		});
		const order = message(
			'order',
			{ catalog_id: '1' },
			{ extra: { context: { referred_product } } },
		);
		expect(Object.keys(parsed(order).details ?? {})).toEqual(['order', 'referredProduct']);
	});

	it.each([undefined, null, 'wamid.0', [], {}])('%p says nothing', (context) => {
		const event = withContext(context);
		for (const key of ['replyTo', 'forwarded', 'details']) expect(event).not.toHaveProperty(key);
	});

	it('may be missing on a quick reply', () => {
		const event = parsed(
			quickReply({ payload: 'yes', text: 'Yes' }, { extra: { context: undefined } }),
		);
		expect(event.reply).toEqual({ id: 'yes', title: 'Yes' });
		expect(event).not.toHaveProperty('replyTo');
	});
});

it('gives the ad that brought the contact', () => {
	const referral = { source_type: 'ad', source_id: '1', ctwa_clid: 'click' };
	expect(parsed(textMessage({ extra: { referral } })).referral).toEqual(referral);
});

it('gives the group of a group message, and its sender as the contact', () => {
	const event = parsed(textMessage({ extra: { group_id: 'Y2FwaV9ncm91cA' } }));
	expect(event).toMatchObject({ groupId: 'Y2FwaV9ncm91cA', contact: { phone: CONTACT_PHONE } });
});

describe('errors beside the messages', () => {
	const errors = [graphError(131000)];
	const bare = message('interactive');

	it('belong to the only message', () => {
		const events = parseDelivery(delivery({ contacts: [contact()], messages: [bare], errors }), AT);
		expect(events).toMatchObject([{ kind: 'message', type: 'interactive', text: '', errors }]);
	});

	it('do not replace those of the message', () => {
		const own = message('unsupported', {}, { extra: { errors: [graphError(131051)] } });
		const events = parseDelivery(delivery({ messages: [own], errors }), AT);
		expect(events).toMatchObject([
			{ kind: 'message', errors: [{ code: 131051 }] },
			{ kind: 'account', field: 'messages', errors: [{ code: 131000 }] },
		]);
	});

	it('are an event of the account beside several messages, or none', () => {
		const account = {
			kind: 'account',
			field: 'messages',
			event: '',
			errors,
			businessNumberId: NUMBER_ID,
		};
		const both = parseDelivery(delivery({ messages: [bare, bare], errors }), AT);
		expect(both.map(({ kind }) => kind)).toEqual(['message', 'message', 'account']);
		expect(both[2]).toMatchObject(account);
		expect(parseDelivery(delivery({ errors }), AT)).toMatchObject([account]);
	});
});
