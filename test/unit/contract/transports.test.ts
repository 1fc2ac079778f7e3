import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { requestBody } from '../../../nodes/core/messages/envelope';
import { mediaMessage } from '../../../nodes/core/messages/media';
import { parseRecipient } from '../../../nodes/core/messages/recipient';
import type { CloudMessage } from '../../../nodes/core/messages/types';
import { ClickatellTransport } from '../../../nodes/core/transport/clickatell/transport';
import { CloudApi } from '../../../nodes/core/transport/cloudApi';
import { CloudTransport } from '../../../nodes/core/transport/cloudTransport';
import { dialectOf, type Preset } from '../../../nodes/core/transport/dialects';
import type { CustomStyle } from '../../../nodes/core/transport/dialects/custom';
import type { SendRequest } from '../../../nodes/core/transport/graphApi';
import { ProviderRefusal } from '../../../nodes/core/transport/providerRefusal';
import type { Transport } from '../../../nodes/core/transport/transport';
import { UnsupportedByProvider } from '../../../nodes/core/unsupported';

const NUMBER = '106540352242922';
const PHONE = '16505551234';
const to = parseRecipient(`+${PHONE}`);
const link = 'https://example.com/file';

const interactive = (type: string, action: object) =>
	({
		type: 'interactive',
		interactive: { type, body: { text: 'Which?' }, action },
	}) as CloudMessage;
const template = (components: object[], code = '') =>
	({
		type: 'template',
		template: { name: 'bill', language: { code }, components },
	}) as CloudMessage;
const values = {
	type: 'body',
	parameters: [
		{ type: 'text', text: 'Ada' },
		{ type: 'text', text: '12' },
	],
};

interface Row {
	body: IDataObject;
	/** What Clickatell gets beside channel and number, or the field that it has no place for. */
	clickatell: { request: IDataObject } | { field: string };
	/** The field, where others but Clickatell have no place either. */
	others?: Partial<Record<string, string>>;
}

const row = (
	message: CloudMessage,
	clickatell: Row['clickatell'],
	options = {},
	recipient = to,
): Row => ({ body: requestBody(recipient, message, options), clickatell });

/** Every message that the contract is about: twenty. */
const MESSAGES: Record<string, Row> = {
	'a text': row({ type: 'text', text: { body: 'Hi' } }, { request: { content: 'Hi' } }),
	'a text with a preview': row(
		{ type: 'text', text: { body: link, preview_url: true } },
		{ request: { content: link, previewFirstUrl: true } },
	),
	'an answer to a message': row(
		{ type: 'text', text: { body: 'Hi' } },
		{ request: { content: 'Hi', relatedMessageId: 'wamid.A' } },
		{ replyTo: 'wamid.A' },
	),
	'a text with tracking data': row(
		{ type: 'text', text: { body: 'Hi' } },
		{ request: { content: 'Hi', clientMessageId: 'order 7' } },
		{ trackingData: 'order 7' },
	),
	'a text to a user ID': {
		...row(
			{ type: 'text', text: { body: 'Hi' } },
			{ field: 'To' },
			{},
			parseRecipient('US.13491208655302741918'),
		),
		others: { kapso: 'To', gupshup: 'To' },
	},
	'an image by link': row({ type: 'image', image: { link } }, { field: 'File' }),
	'an image by ID': row({ type: 'image', image: { id: '7' } }, { field: 'Media ID' }),
	'a video by link': row({ type: 'video', video: { link } }, { field: 'File' }),
	'a voice message': row(
		{ type: 'audio', audio: { id: '7', voice: true } },
		{ field: 'Voice Message' },
	),
	'a document by link': row({ type: 'document', document: { link } }, { field: 'File' }),
	'a sticker': row({ type: 'sticker', sticker: { id: '7' } }, { field: 'Message Type' }),
	'a location': row(
		{ type: 'location', location: { latitude: 1, longitude: 2 } },
		{ field: 'Message Type' },
	),
	'a contact card': row(
		{ type: 'contacts', contacts: [{ name: { formatted_name: 'Ada' } }] },
		{ field: 'Message Type' },
	),
	'reply buttons': row(interactive('button', { buttons: [] }), { field: 'Message Type' }),
	'a link button': row(
		interactive('cta_url', { name: 'cta_url', parameters: { display_text: 'Go', url: link } }),
		{ field: 'Message Type' },
	),
	'a reaction': row(
		{ type: 'reaction', reaction: { message_id: 'wamid.A', emoji: '👍' } },
		{ field: 'Operation' },
	),
	'a template': row(template([values]), {
		request: { template: { templateName: 'bill', body: { parameters: { 1: 'Ada', 2: '12' } } } },
	}),
	'a template with a file': row(
		template([{ type: 'header', parameters: [{ type: 'document', document: { id: 'f7' } }] }]),
		{
			request: {
				template: {
					templateName: 'bill',
					header: { type: 'media', media: { fileId: 'f7' } },
					body: { parameters: {} },
				},
			},
		},
	),
	'a template in a language': row(template([values], 'en_US'), { field: 'Language' }),
	'a template with a button': row(
		template([{ type: 'button', sub_type: 'url', index: '0', parameters: [] }]),
		{ field: 'Template' },
	),
};

const STYLE: CustomStyle = {
	pathStyle: 'flat',
	mediaHost: 'sameHost',
	templateList: 'none',
	hasNumber: false,
};

function cloud(preset: Preset) {
	return (send: SendRequest): Transport => {
		const root = `https://${preset}.example`;
		const address = { root, businessAccountId: '9', businessNumberId: NUMBER };
		return new CloudTransport(send, dialectOf(preset, STYLE), address);
	};
}

interface Way {
	connect: (send: SendRequest) => Transport;
	url: string;
	answer: { statusCode: number; body: object };
}

const ACCEPTED = { messages: [{ id: 'wamid.B' }], contacts: [{ wa_id: PHONE }] };
const ofCloud = (connect: Way['connect'], url: string): Way => ({
	connect,
	url,
	answer: { statusCode: 200, body: ACCEPTED },
});

/** Every way to WhatsApp. A new one is a new row. */
const WAYS: Record<string, Way> = {
	meta: ofCloud(
		(send) =>
			new CloudApi(send, {
				baseUrl: 'https://graph.facebook.com',
				apiVersion: 'v26.0',
				businessAccountId: '9',
			}),
		`https://graph.facebook.com/v26.0/${NUMBER}/messages`,
	),
	dialog360: ofCloud(cloud('dialog360'), 'https://dialog360.example/messages'),
	kapso: ofCloud(cloud('kapso'), `https://kapso.example/${NUMBER}/messages`),
	gupshup: ofCloud(cloud('gupshup'), 'https://gupshup.example/v3/message'),
	custom: ofCloud(cloud('custom'), 'https://custom.example/messages'),
	clickatell: {
		connect: (send) =>
			new ClickatellTransport(send, {
				baseUrl: 'https://clickatell.example',
				templateForm: 'template',
			}),
		url: 'https://clickatell.example/v1/message',
		answer: {
			statusCode: 202,
			body: { messages: [{ apiMessageId: 'wamid.B', accepted: true, to: PHONE, error: null }] },
		},
	},
};

function recorder(answer: object) {
	const requests: IHttpRequestOptions[] = [];
	const send: SendRequest = async (options) => {
		requests.push(options);
		return await Promise.resolve(answer);
	};
	return { requests, send };
}

it('is about twenty messages', () => {
	expect(Object.keys(MESSAGES)).toHaveLength(20);
});

describe.each(Object.entries(WAYS))('through %s', (name, { connect, url, answer }) => {
	it.each(Object.entries(MESSAGES))('%s goes out, or its field is named', async (_, message) => {
		const { requests, send } = recorder(answer);
		const transport = connect(send);
		const { clickatell, others, body } = message;
		const field =
			name === 'clickatell' ? 'field' in clickatell && clickatell.field : others?.[name];

		if (field) {
			await expect(transport.sendMessage(NUMBER, body)).rejects.toBeInstanceOf(
				UnsupportedByProvider,
			);
			await expect(transport.sendMessage(NUMBER, body)).rejects.toMatchObject({
				field,
				reason: 'unsupportedByProvider',
				provider: transport.provider,
				message: expect.stringContaining(transport.provider) as string,
			});
			expect(requests).toEqual([]);
			return;
		}
		await expect(transport.sendMessage(NUMBER, body)).resolves.toMatchObject({
			messageId: 'wamid.B',
			contact: { phone: PHONE },
			messageStatus: 'accepted',
		});
		const expected =
			name === 'clickatell' && 'request' in clickatell
				? { messages: [{ channel: 'whatsapp', to: PHONE, ...clickatell.request }] }
				: body;
		expect(requests).toMatchObject([{ method: 'POST', url, body: expected }]);
		expect(requests[0].body).toEqual(expected);
	});
});

describe('refusals of other providers', () => {
	it.each([
		['dialog360', 401, { error: 'Invalid api_key' }, 'auth'],
		['kapso', 422, { code: 'marketing_preference_stopped' }, 'optedOut'],
		['gupshup', 400, { code: 1012, reason: 'opted out' }, 'optedOut'],
		['gupshup', 400, { code: 1005, reason: 'inactive' }, 'windowClosed'],
		['gupshup', 200, { status: 'error', message: 'Something' }, 'unknown'],
		['gupshup', 401, { status: 'error', message: 'Unauthorised' }, 'auth'],
		['gupshup', 429, { status: 'error', message: 'Too Many Requests' }, 'rateLimited'],
		['meta', 200, {}, 'unknown'],
		['dialog360', 400, { error: { code: 131047 } }, 'windowClosed'],
		['clickatell', 401, { error: { code: 1 } }, 'auth'],
		['clickatell', 400, { error: { code: 131 } }, 'windowClosed'],
		['clickatell', 202, { messages: [{ accepted: false, error: { code: 130 } }] }, 'billing'],
		['clickatell', 503, 'busy', 'temporary'],
	])('%s: HTTP %i %j is %s', async (name, statusCode, body, kind) => {
		const { send } = recorder({ statusCode, body });
		const sent = WAYS[name].connect(send).sendMessage(NUMBER, MESSAGES['a text'].body);
		await expect(sent).rejects.toBeInstanceOf(ProviderRefusal);
		await expect(sent).rejects.toMatchObject({ refusal: { kind } });
	});

	it('a template that Clickatell does not know is one that is missing', async () => {
		const { send } = recorder({ statusCode: 400, body: { error: { code: 21 } } });
		const transport = WAYS.clickatell.connect(send);
		const code = async (name: string) =>
			await transport
				.sendMessage(NUMBER, MESSAGES[name].body)
				.catch(({ refusal }: ProviderRefusal) => refusal.kind);
		expect(await code('a template')).toBe('templateMissing');
		expect(await code('a text')).toBe('unknown');
	});
});

describe('files', () => {
	const file = {
		content: Buffer.from('bytes'),
		sizeBytes: 5,
		fileName: 'photo.jpg',
		mimeType: 'image/jpeg',
	};

	it('go inside a message at Clickatell', async () => {
		const { requests, send } = recorder(WAYS.clickatell.answer);
		const transport = WAYS.clickatell.connect(send);
		const id = await transport.uploadMedia(NUMBER, file, 'message');
		expect(requests).toEqual([]);
		const image = { type: 'image', image: { id, caption: 'Look' } } as CloudMessage;
		await transport.sendMessage(NUMBER, requestBody(to, image));
		expect(requests[0].body).toEqual({
			messages: [
				{
					channel: 'whatsapp',
					to: PHONE,
					content: Buffer.from('bytes').toString('base64'),
					contentType: 'image/jpeg',
					caption: 'Look',
				},
			],
		});
	});

	it('of several messages at once are not mixed up at Clickatell', async () => {
		const { requests, send } = recorder(WAYS.clickatell.answer);
		const transport = WAYS.clickatell.connect(send);
		const upload = async (text: string) =>
			await transport.uploadMedia(NUMBER, { ...file, content: Buffer.from(text) }, 'message');
		const sends = async (id: string) => {
			const image = mediaMessage('image', { id }, {});
			await transport.sendMessage(NUMBER, requestBody(to, image));
		};
		const [first, second] = [await upload('one'), await upload('two')];
		await sends(first);
		const third = await upload('three');
		await sends(second);
		await sends(third);
		const contents = requests.map(({ body }) => {
			const [{ content }] = (body as { messages: Array<{ content: string }> }).messages;
			return Buffer.from(content, 'base64').toString();
		});
		expect(contents).toEqual(['one', 'two', 'three']);
	});

	it('of templates are uploaded at Clickatell', async () => {
		const { requests, send } = recorder({ statusCode: 200, body: { fileId: 'f7' } });
		const transport = WAYS.clickatell.connect(send);
		expect(await transport.uploadMedia(NUMBER, file, 'template')).toBe('f7');
		expect(requests).toMatchObject([
			{ method: 'POST', url: 'https://clickatell.example/v1/media', qs: { fileName: 'photo.jpg' } },
		]);
	});

	it.each(['meta', 'dialog360', 'kapso'])('%s: the key goes to no foreign host', async (name) => {
		const { requests, send } = recorder({
			statusCode: 200,
			body: { url: 'https://evil.example/file', mime_type: 'image/png' },
		});
		await expect(WAYS[name].connect(send).downloadMedia('7')).rejects.toMatchObject({
			field: 'Base URL',
		});
		expect(requests).toHaveLength(1);
	});

	it('of Kapso are fetched from the address of its own, not from that of Meta', async () => {
		const { requests, send } = recorder({
			statusCode: 200,
			body: {
				url: 'https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=7',
				download_url: 'https://api.kapso.ai/meta/whatsapp/media_download?token=t',
			},
		});
		await WAYS.kapso.connect(send).downloadMedia('7');
		expect(requests).toMatchObject([
			{ url: 'https://kapso.example/7', qs: { phone_number_id: NUMBER } },
			{ url: 'https://api.kapso.ai/meta/whatsapp/media_download?token=t' },
		]);
	});

	it('that Kapso puts at Meta alone are not fetched, for its key would go along', async () => {
		const body = { url: 'https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=7' };
		const { requests, send } = recorder({ statusCode: 200, body });
		const file = WAYS.kapso.connect(send).downloadMedia('7');
		await expect(file).rejects.toMatchObject({ field: 'Base URL' });
		expect(requests).toHaveLength(1);
	});

	it.each([
		['https://gateway.example/v1/files/7?a=b', 'https://gateway.example/v1/files/7?a=b'],
		['https://lookaside.fbsbx.com/files/7?a=b', 'https://gateway.example/v1/files/7?a=b'],
	])('of a custom provider at %s are fetched from %s', async (address, fetched) => {
		const { requests, send } = recorder({ statusCode: 200, body: { url: address } });
		const root = 'https://gateway.example/v1';
		const dialect = dialectOf('custom', STYLE);
		await new CloudTransport(send, dialect, { root, businessAccountId: '9' }).downloadMedia('7');
		expect(requests[1].url).toBe(fetched);
	});

	it('of 360dialog are fetched from its own host, by the path of Meta', async () => {
		const { requests, send } = recorder({
			statusCode: 200,
			body: { url: 'https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=7&hash=x' },
		});
		await WAYS.dialog360.connect(send).downloadMedia('7');
		expect(requests[1].url).toBe(
			'https://dialog360.example/whatsapp_business/attachments/?mid=7&hash=x',
		);
	});
});

it('Clickatell takes a template in the form of 2019 too', () => {
	const transport = new ClickatellTransport(recorder({}).send, {
		baseUrl: 'https://clickatell.example',
		templateForm: 'hsm',
	});
	expect(transport.requestFor(MESSAGES['a template'].body)).toEqual({
		messages: [
			{
				channel: 'whatsapp',
				to: PHONE,
				hsm: { template: 'bill', parameters: { 1: 'Ada', 2: '12' } },
			},
		],
	});
	expect(() => transport.requestFor(MESSAGES['a template with a file'].body)).toThrow(
		UnsupportedByProvider,
	);
});

// The trigger would ask another one for the webhook that 360dialog has.
it.each(Object.entries(WAYS).filter(([name]) => name !== 'meta'))(
	'of all others 360dialog alone has a webhook of its own: %s',
	(name, { connect }) => {
		const { send } = recorder({});
		expect(connect(send).capabilities.registration).toBe(name === 'dialog360');
	},
);
