import type { IHttpRequestOptions } from 'n8n-workflow';

import { AppApi } from '../../../nodes/core/transport/appApi';

const ROOT = 'https://graph.facebook.com/v26.0';

/** An app whose requests are answered so. */
function appThatIsTold(body: unknown) {
	const asked: IHttpRequestOptions[] = [];
	const send = async (options: IHttpRequestOptions) => {
		asked.push(options);
		return { statusCode: 200, body };
	};
	return { app: new AppApi(send, ROOT, '670843887433847'), asked };
}

const WHATSAPP = {
	object: 'whatsapp_business_account',
	callback_url: 'https://n8n.example.com/hook',
	active: true,
	fields: [
		{ name: 'messages', version: 'v26.0' },
		{ name: 'calls', version: 'v26.0' },
	],
};
const SUBSCRIPTION = {
	callbackUrl: 'https://n8n.example.com/hook',
	fields: ['messages', 'calls'],
	isActive: true,
};

describe('what an app subscribes to', () => {
	it.each([
		['its fields by name', [WHATSAPP], SUBSCRIPTION],
		['fields as texts', [{ ...WHATSAPP, fields: ['messages', 'calls'] }], SUBSCRIPTION],
		['one that is off', [{ ...WHATSAPP, active: false }], { ...SUBSCRIPTION, isActive: false }],
		['that for WhatsApp among others', [{ object: 'page' }, WHATSAPP], SUBSCRIPTION],
		['none for WhatsApp', [{ object: 'page' }], undefined],
		['none at all', [], undefined],
		['an answer of another form', undefined, undefined],
	])('is read from %s', async (_what, data, expected) => {
		expect(await appThatIsTold({ data }).app.subscription()).toEqual(expected);
	});

	it('is set in one request, and removed without touching other objects', async () => {
		const { app, asked } = appThatIsTold({ success: true });
		await app.subscribe('https://n8n.example.com/hook', 'word', ['messages', 'calls']);
		await app.unsubscribe();
		expect(asked).toMatchObject([
			{
				method: 'POST',
				url: `${ROOT}/670843887433847/subscriptions`,
				body: {
					object: 'whatsapp_business_account',
					callback_url: 'https://n8n.example.com/hook',
					verify_token: 'word',
					fields: 'messages,calls',
				},
			},
			{
				method: 'DELETE',
				url: `${ROOT}/670843887433847/subscriptions`,
				qs: { object: 'whatsapp_business_account' },
			},
		]);
	});
});

describe('what Meta tells about a token', () => {
	it('is read as it is told', async () => {
		const data = {
			app_id: '670843887433847',
			type: 'USER',
			is_valid: false,
			expires_at: 1_795_176_000,
			data_access_expires_at: 1_795_000_000,
			scopes: ['whatsapp_business_management'],
			granular_scopes: [
				{ scope: 'whatsapp_business_management', target_ids: ['1', 2] },
				{ scope: 'whatsapp_business_messaging' },
			],
			error: { code: 190, message: 'Session has expired' },
		};
		expect(await appThatIsTold({ data }).app.tokenInfo('EAA')).toEqual({
			isValid: false,
			appId: '670843887433847',
			type: 'USER',
			expiresAt: 1_795_176_000,
			dataAccessExpiresAt: 1_795_000_000,
			scopes: ['whatsapp_business_management'],
			targets: { whatsapp_business_management: ['1', '2'] },
			reason: 'Session has expired',
		});
	});

	it('is nothing good where nothing is told', async () => {
		expect(await appThatIsTold({}).app.tokenInfo('EAA')).toMatchObject({
			isValid: false,
			expiresAt: 0,
			scopes: [],
		});
	});
});
