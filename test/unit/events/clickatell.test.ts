import fc from 'fast-check';

import { parseClickatell } from '../../../nodes/core/events/clickatell';
import { parseCompatible } from '../../../nodes/core/events/compatible';
import { hasSecret, isProvenBy, type Proof } from '../../../nodes/core/events/proof';
import { readSendNote } from '../../../nodes/core/sendNote';
import { readReference, writeReference } from '../../../nodes/core/transport/clickatell/reference';

import { AT, CONTACT_PHONE } from './payloads';

const SHOP = '27999000002';
const NOW = AT + 5;

const parse = (event: object) => parseClickatell({ integrationId: 'one', event }, SHOP, NOW);
const base = {
	channel: 'whatsapp ',
	messageId: 'm1',
	from: CONTACT_PHONE,
	to: SHOP,
	timestamp: AT * 1000,
};

describe('what Clickatell tells', () => {
	it('of a text, in our words: seconds, digits, the name', () => {
		const raw = {
			...base,
			content: 'Hi',
			relatedMessageId: 'm0',
			whatsapp: { profileName: 'Ada' },
		};
		expect(parse({ moText: [raw] })).toEqual([
			expect.objectContaining({
				kind: 'message',
				type: 'text',
				text: 'Hi',
				messageId: 'm1',
				at: AT,
				name: 'Ada',
				businessNumberId: SHOP,
				contact: { phone: CONTACT_PHONE },
				replyTo: { messageId: 'm0', from: '' },
				raw,
			}),
		]);
	});

	it('of files, one message for each', () => {
		const downloadUrl =
			'https://platform.clickatell.com/v1/media?fileId=f7&sha256Hash=abc&source=client';
		const file = { contentType: 'image/jpeg', downloadUrl, fileName: 'a.jpeg' };
		const events = parse({ moMedia: [{ ...base, caption: 'Look', files: [file, file] }] });
		expect(events).toMatchObject([
			{ messageId: 'm1', type: 'image', text: 'Look', media: { id: 'fileId=f7&sha256Hash=abc' } },
			{ messageId: 'm1#2', type: 'image', text: '' },
		]);
	});

	it('of a place', () => {
		expect(parse({ moLocation: [{ ...base, latitude: 1.5, longitude: '2.5' }] })).toMatchObject([
			{ type: 'location', details: { location: { latitude: 1.5, longitude: 2.5 } } },
		]);
	});

	it('of a tapped button with a payload', () => {
		const button = { payload: 'STOP', text: 'No more' };
		expect(parse({ moText: [{ ...base, content: 'No more', button }] })).toMatchObject([
			{ type: 'button', text: 'No more', reply: { id: 'STOP', title: 'No more' } },
		]);
	});

	it.each([
		['SENT_TO_SUPPLIER', 'sent', 0],
		['DEVICE_ACK', 'delivered', 0],
		['READ', 'read', 0],
		['WHATSAPP_RE_ENGAGEMENT_REQUIRED', 'failed', 131047],
		['STOP_MARKETING_MESSAGES', 'failed', 131050],
		['VOLUME_LIMIT_EXCEEDED', 'failed', 80007],
		['ANONYMOUS_USER_ID_NOT_SUPPORTED', 'failed', 131062],
		['MEDIA_TOO_LARGE', 'failed', 131053],
		['SOMETHING_NEW', 'something_new', 0],
	])('the status %s as %s, %i', (name, status, errorCode) => {
		const update = { channel: 'whatsapp', messageId: 'm1', timestamp: AT * 1000, status: name };
		expect(parse({ messageStatusUpdate: [update] })).toMatchObject([
			{ kind: 'status', messageId: 'm1', at: AT, businessNumberId: SHOP, status, errorCode },
		]);
	});

	it('of other channels is not read', () => {
		expect(parse({ moText: [{ ...base, channel: 'sms', content: 'Hi' }] })).toEqual([]);
	});

	it('of new things passes as it is', () => {
		expect(parse({ moSomething: [{ ...base, x: 1 }] })).toMatchObject([
			{ kind: 'account', field: 'moSomething', raw: { x: 1 } },
		]);
	});

	it('never throws', () => {
		fc.assert(fc.property(fc.anything(), (event) => void parseClickatell({ event }, SHOP, NOW)));
		const lists = fc.constantFrom('moText', 'moMedia', 'moLocation', 'messageStatusUpdate');
		fc.assert(
			fc.property(lists, fc.array(fc.object()), (list, entries) => void parse({ [list]: entries })),
		);
	});
});

it('a reference tells of its send in few characters', () => {
	const send = { contact: { phone: CONTACT_PHONE }, at: AT };
	const reference = writeReference(send);
	expect(reference.length).toBeLessThanOrEqual(32);
	expect(readSendNote(readReference(reference))).toEqual(send);
	expect(readReference('order 7')).toBe('order 7');
});

describe('what compatible providers tell', () => {
	const delivery = (statuses: object[]) => ({
		object: 'whatsapp_business_account',
		gs_app_id: 'g',
		entry: [{ id: '9', changes: [{ field: 'messages', value: { statuses } }] }],
	});

	it('a failed status of Gupshup has its code beside it', () => {
		const failed = { id: 'm', status: 'failed', code: 131047, reason: 'Re-engagement' };
		expect(parseCompatible(delivery([failed]), NOW)).toMatchObject([
			{ kind: 'status', errorCode: 131047 },
		]);
	});

	it("Gupshup's own test starts nothing", () => {
		expect(parseCompatible(delivery([{ type: 'set-callback' }]), NOW)).toEqual([]);
	});

	it('never throws', () => {
		fc.assert(fc.property(fc.anything(), (body) => void parseCompatible(body, NOW)));
	});
});

describe('the proof of a delivery', () => {
	const rawBody = Buffer.from('{"a":1}');
	// Computed with openssl: printf '{"a":1}' | openssl dgst -sha256 -hmac secret
	const hex = 'aa9e2e3575f5d7098b6caccd790888c36d5fdb63342a73bada2d6a51747a8494';
	const cases: Array<[string, Proof, object, object, boolean]> = [
		['header', { kind: 'header', header: 'x-a', secret: 's' }, { 'x-a': 's' }, {}, true],
		['header', { kind: 'header', header: 'x-a', secret: 's' }, { 'x-a': 'S' }, {}, false],
		['header', { kind: 'header', header: 'x-a', secret: '' }, { 'x-a': '' }, {}, false],
		[
			'hmac',
			{ kind: 'hmac', header: 'x-a', prefix: '', secret: 'secret' },
			{ 'x-a': hex },
			{},
			true,
		],
		[
			'hmac',
			{ kind: 'hmac', header: 'x-a', prefix: 'sha256=', secret: 'secret' },
			{ 'x-a': `sha256=${hex}` },
			{},
			true,
		],
		[
			'hmac',
			{ kind: 'hmac', header: 'x-a', prefix: '', secret: 'other' },
			{ 'x-a': hex },
			{},
			false,
		],
		[
			'basic',
			{ kind: 'basic', user: 'u', password: 'p' },
			{ authorization: `Basic ${Buffer.from('u:p').toString('base64')}` },
			{},
			true,
		],
		[
			'basic',
			{ kind: 'basic', user: '', password: '' },
			{ authorization: 'Basic Og==' },
			{},
			false,
		],
		['token', { kind: 'token', token: 't' }, {}, { token: 't' }, true],
		['token', { kind: 'token', token: 't' }, { 'x-webhook-token': 't' }, {}, true],
		['token', { kind: 'token', token: 't' }, {}, { token: ['t'] }, false],
		['token', { kind: 'token', token: '' }, {}, { token: '' }, false],
	];

	it.each(cases)('by %s %j, given %j %j: %s', (_, proof, headers, query, expected) => {
		expect(isProvenBy(proof, { rawBody, headers, query } as Parameters<typeof isProvenBy>[1])).toBe(
			expected,
		);
		if (expected) expect(hasSecret(proof)).toBe(true);
	});
});
