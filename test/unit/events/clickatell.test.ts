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

	it.each([
		[{ content: 'No more', button: { payload: 'STOP', text: 'No more' } }],
		[{ content: 'No more', whatsapp: { button: { payload: 'STOP' } } }],
		[{ content: 'No more', buttonReply: { id: 'STOP', title: 'No more' } }],
		[{ whatsapp: { interactive: { list_reply: { id: 'STOP', title: 'No more' } } } }],
		[{ interactive: { button_reply: { id: 'STOP', title: 'No more' } } }],
	])('of a tapped button: %j', (told) => {
		const expected = { type: 'button', text: 'No more', reply: { id: 'STOP', title: 'No more' } };
		expect(parse({ moText: [{ ...base, ...told }] })).toMatchObject([expected]);
		expect(parse({ moSomething: [{ ...base, ...told }] })).toMatchObject([expected]);
	});

	it('of a tapped button that has a text alone', () => {
		for (const list of ['moText', 'moButton', 'moListReply']) {
			expect(parse({ [list]: [{ ...base, content: 'Yes' }] })).toMatchObject([
				{ kind: 'message', type: 'text', text: 'Yes', contact: { phone: CONTACT_PHONE } },
			]);
		}
	});

	it('of a contact in a new form is a message that is unknown, and loses nothing', () => {
		const raw = { ...base, x: 1 };
		expect(parse({ moSomething: [raw] })).toEqual([
			expect.objectContaining({
				kind: 'message',
				type: 'unknown',
				messageId: 'm1',
				contact: { phone: CONTACT_PHONE },
				details: { originalType: 'moSomething' },
				raw,
			}),
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
		expect(parse({ somethingNew: [{ ...base, x: 1 }] })).toMatchObject([
			{ kind: 'account', field: 'somethingNew', raw: { x: 1 } },
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
	const NUMBER = '106540352242922';
	const read = (body: unknown) => parseCompatible(body, 'news', NUMBER, NOW);
	const delivery = (value: object) => ({
		object: 'whatsapp_business_account',
		gs_app_id: 'g',
		entry: [
			{ changes: [{ field: 'messages', value: { messaging_product: 'whatsapp', ...value } }] },
		],
	});

	it.each([
		[131047, 131047],
		['1004', 131047],
		[1008, 131047],
		[1012, 131050],
		[9999, 9999],
	])("a failed status of Gupshup's, code %s, is %i, of our number and our send", (code, told) => {
		const failed = { id: 'wamid.m', gs_id: 'gs', status: 'failed', code, reason: 'Inactive' };
		expect(read(delivery({ statuses: [failed] }))).toMatchObject([
			{
				kind: 'status',
				messageId: 'gs',
				businessNumberId: NUMBER,
				errorCode: told,
				errors: [{ title: 'Inactive' }],
				raw: failed,
			},
		]);
	});

	it("Gupshup's 'enqueued' is of our number too, in milliseconds", () => {
		const status = { id: 'wamid.m', gs_id: 'gs', status: 'enqueued', timestamp: AT * 1000 };
		expect(read(delivery({ statuses: [status] }))).toMatchObject([
			{ kind: 'status', status: 'enqueued', messageId: 'gs', at: AT, businessNumberId: NUMBER },
		]);
	});

	it('the number that a delivery names is not ours to change', () => {
		const metadata = { phone_number_id: '7', display_phone_number: '1' };
		expect(read(delivery({ metadata, statuses: [{ id: 'a', status: 'sent' }] }))).toMatchObject([
			{ businessNumberId: '7', messageId: 'a' },
		]);
	});

	it('a message that quotes one of ours names the ID of the send', () => {
		const context = { id: 'wamid.m', gs_id: 'gs' };
		const raw = {
			id: 'wamid.n',
			from: CONTACT_PHONE,
			type: 'text',
			text: { body: 'Yes' },
			context,
		};
		expect(read(delivery({ messages: [raw] }))).toMatchObject([
			{ kind: 'message', messageId: 'wamid.n', replyTo: { messageId: 'gs' }, raw },
		]);
	});

	it("Gupshup's own test starts nothing", () => {
		expect(read(delivery({ statuses: [{ type: 'set-callback' }] }))).toEqual([]);
	});

	it.each([
		[{ message: { id: 'wamid.m' }, phone_number_id: NUMBER }],
		[{ batch: true, data: [{}] }],
		[{ app: 'shop', type: 'message', version: 2 }],
	])('a form of their own is an account event that says what to do: %j', (raw) => {
		expect(read(raw)).toEqual([
			expect.objectContaining({
				kind: 'account',
				field: 'news',
				businessNumberId: NUMBER,
				reason: expect.stringContaining("kind 'meta'") as string,
				at: NOW,
				raw,
			}),
		]);
	});

	it('never throws', () => {
		fc.assert(fc.property(fc.anything(), (body) => void read(body)));
		fc.assert(
			fc.property(fc.array(fc.anything()), (statuses) => void read(delivery({ statuses }))),
		);
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
