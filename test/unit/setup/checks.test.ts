import fc from 'fast-check';

import { checkSetup } from '../../../nodes/core/setup/checks';
import type { SetupFacts } from '../../../nodes/core/setup/facts';

import {
	ACCOUNT,
	APP_SUBSCRIPTION,
	DAY,
	NOW,
	NUMBER,
	NUMBER_DETAILS,
	OURS,
	refused,
	RIGHT,
	TOKEN_INFO,
} from './facts';

const findingOf = (check: string, change: Partial<SetupFacts>) => {
	const finding = checkSetup({ ...RIGHT, ...change }).find((one) => one.check === check);
	if (!finding) throw new Error(`No check ${check}`);
	return finding;
};

const token = (change: Partial<typeof TOKEN_INFO>) => ({
	token: { told: { ...TOKEN_INFO, ...change } },
});
const number = (change: Partial<typeof NUMBER_DETAILS>) => ({
	number: { told: { ...NUMBER_DETAILS, ...change } },
});
const callbacks = (change: Partial<typeof NUMBER_DETAILS.callbacks>) =>
	number({ callbacks: { phoneNumber: '', businessAccount: '', app: '', ...change } });
const app = (change: Partial<typeof APP_SUBSCRIPTION>) => ({
	app: { told: { ...APP_SUBSCRIPTION, ...change } },
});
const ROUTED = ['messages', 'messaging_handovers', 'standby'];
const BESIDE_ANOTHER = {
	told: [
		{ id: RIGHT.credential.appId, name: 'Shop', callbackUrl: '' },
		{ id: '4711', name: 'Helpdesk', callbackUrl: '' },
	],
};
const credential = (change: Partial<SetupFacts['credential']>) => ({
	credential: { ...RIGHT.credential, ...change },
});
const health = (
	canSend: string,
	type: string,
	notices: Array<{ code: number; text: string; solution: string }>,
) => ({
	health: {
		told: {
			canSend,
			entities: [
				{ type: 'WABA', canSend: type === 'WABA' ? canSend : 'AVAILABLE', notices: [] },
				{ type, canSend, notices },
			].slice(type === 'WABA' ? 1 : 0),
		},
	},
});
const NO_PAYMENT = {
	code: 141006,
	text: 'There is no valid payment method.',
	solution: 'Add one in the Billing Hub.',
};
const ELSEWHERE = 'https://other.example/hook';
const TEST_URL = OURS.replace('/webhook/', '/webhook-test/');

it('finds nothing to mend where all is right', () => {
	for (const { check, status, how } of checkSetup(RIGHT)) {
		expect([check, status, how]).toEqual([check, 'ok', '']);
	}
});

/** What is changed in the right set-up, the check that tells it, how, and a word of its text. */
type Row = [
	string,
	Partial<SetupFacts>,
	string,
	'ok' | 'warning' | 'failed' | 'notChecked',
	RegExp,
];

const ROWS: Row[] = [
	// Access token
	['no token', credential({ hasAccessToken: false }), 'accessToken', 'failed', /empty/],
	['a token that never ends', {}, 'accessToken', 'ok', /never ends/],
	[
		'a token that has ended',
		token({ isValid: false, expiresAt: NOW - DAY }),
		'accessToken',
		'failed',
		/ended on 2026-11-19/,
	],
	[
		'a token that Meta does not know',
		token({ isValid: false, reason: 'Cannot parse access token' }),
		'accessToken',
		'failed',
		/Cannot parse/,
	],
	[
		'a token that ends soon',
		token({ expiresAt: NOW + 3 * DAY }),
		'accessToken',
		'warning',
		/11-23/,
	],
	[
		'a token that ends later',
		token({ expiresAt: NOW + 50 * DAY }),
		'accessToken',
		'ok',
		/2027-01-09/,
	],
	[
		'data access that ends first',
		token({ expiresAt: NOW + 50 * DAY, dataAccessExpiresAt: NOW + DAY }),
		'accessToken',
		'warning',
		/2026-11-21/,
	],
	['a token that is refused', { token: refused(190) }, 'accessToken', 'failed', /did not accept/],
	[
		'a token that is refused as expired',
		{ token: refused(190, 463) },
		'accessToken',
		'failed',
		/expired/,
	],
	['no word about the token', { token: refused(100) }, 'accessToken', 'ok', /did not tell/],
	[
		'no word about anything',
		{ token: refused(100), account: refused(2), number: refused(2) },
		'accessToken',
		'notChecked',
		/did not tell/,
	],
	// Permissions
	[
		'a scope that is missing',
		token({ scopes: ['whatsapp_business_messaging'] }),
		'permissions',
		'failed',
		/lacks whatsapp_business_management/,
	],
	[
		'scopes for another account',
		token({ targets: { whatsapp_business_messaging: ['4711'] } }),
		'permissions',
		'failed',
		new RegExp(`not for ${ACCOUNT}`),
	],
	[
		'scopes for this account among others',
		token({ targets: { whatsapp_business_messaging: ['4711', ACCOUNT] } }),
		'permissions',
		'ok',
		/both permissions/,
	],
	[
		'a token that is not valid',
		token({ isValid: false }),
		'permissions',
		'notChecked',
		/not valid/,
	],
	['a refused token', { token: refused(190) }, 'permissions', 'notChecked', /does not accept/],
	// Meta app
	['no app ID', credential({ appId: '' }), 'metaApp', 'failed', /'App ID'/],
	['no app secret', credential({ hasAppSecret: false }), 'metaApp', 'failed', /'App Secret'/],
	['a wrong secret', { app: refused(190) }, 'metaApp', 'failed', /does not belong/],
	['a wrong app ID', { app: refused(101) }, 'metaApp', 'failed', /does not belong/],
	['a server that is down', { app: refused(2) }, 'metaApp', 'notChecked', /did not tell/],
	[
		'the token of another app',
		token({ appId: '4711' }),
		'metaApp',
		'failed',
		/belongs to the app 4711/,
	],
	// API version
	['an expired version', credential({ apiVersion: 'v19.0' }), 'apiVersion', 'failed', /expired/],
	[
		'a version that ends soon',
		credential({ apiVersion: 'v21.0' }),
		'apiVersion',
		'warning',
		/2027-01-21/,
	],
	[
		'a version that ends later',
		credential({ apiVersion: 'v22.0' }),
		'apiVersion',
		'ok',
		/2027-05-20/,
	],
	[
		'a version whose time is over by now',
		{ ...credential({ apiVersion: 'v22.0' }), now: NOW + 400 * DAY },
		'apiVersion',
		'failed',
		/ended on/,
	],
	...['v26.0', 'v27.0'].map(
		(apiVersion): Row => [
			`${apiVersion}, of which Meta has not told when it ends`,
			credential({ apiVersion }),
			'apiVersion',
			'ok',
			/has not announced/,
		],
	),
	[
		'a version of the future',
		credential({ apiVersion: 'v31.0' }),
		'apiVersion',
		'notChecked',
		/newer/,
	],
	['what is no version', credential({ apiVersion: '26' }), 'apiVersion', 'failed', /'26'/],
	// Business account
	[
		'an account out of reach',
		{ account: refused(100, 33) },
		'businessAccount',
		'failed',
		new RegExp(ACCOUNT),
	],
	[
		'an ID of another kind',
		{ account: refused(100) },
		'businessAccount',
		'failed',
		/no business account/,
	],
	[
		'an account without permission',
		{ account: refused(200) },
		'businessAccount',
		'failed',
		/permission/,
	],
	[
		'an account that does not answer',
		{ account: refused(2) },
		'businessAccount',
		'notChecked',
		/did not tell/,
	],
	[
		'an account under review',
		{ account: { told: { name: 'Shop', reviewStatus: 'PENDING' } } },
		'businessAccount',
		'warning',
		/reviewing/,
	],
	[
		'a rejected account',
		{ account: { told: { name: 'Shop', reviewStatus: 'REJECTED' } } },
		'businessAccount',
		'failed',
		/REJECTED/,
	],
	// Business number
	[
		'a number out of reach',
		{ number: refused(100, 33) },
		'businessNumber',
		'failed',
		new RegExp(NUMBER),
	],
	[
		'a number of another account',
		{ accountNumbers: { told: ['4711'] } },
		'businessNumber',
		'failed',
		/another business account/,
	],
	[
		'numbers that are not told',
		{ accountNumbers: refused(2) },
		'businessNumber',
		'notChecked',
		/did not tell/,
	],
	// Registration
	['a number not connected', number({ status: 'PENDING' }), 'registered', 'failed', /PENDING/],
	[
		'a number without a platform',
		number({ platformType: 'NOT_APPLICABLE' }),
		'registered',
		'failed',
		/not registered/,
	],
	[
		'a number on premises',
		number({ platformType: 'ON_PREMISE' }),
		'registered',
		'failed',
		/On-Premises/,
	],
	['a flagged number', number({ status: 'FLAGGED' }), 'registered', 'warning', /flagged/],
	['a restricted number', number({ status: 'RESTRICTED' }), 'registered', 'warning', /limit/],
	['a banned number', number({ status: 'BANNED' }), 'registered', 'failed', /banned/],
	['an unknown status', number({ status: '' }), 'registered', 'notChecked', /not tell/],
	// Verification
	[
		'a number not verified',
		number({ verification: 'NOT_VERIFIED' }),
		'verified',
		'warning',
		/works as long/,
	],
	[
		'a number neither verified nor registered',
		number({ verification: 'EXPIRED', status: 'PENDING' }),
		'verified',
		'failed',
		/expired/,
	],
	// Quality, name, limits
	['low quality', number({ quality: 'RED' }), 'quality', 'warning', /low/],
	['medium quality', number({ quality: 'YELLOW' }), 'quality', 'warning', /medium/],
	['no rating', number({ quality: 'UNKNOWN' }), 'quality', 'ok', /no quality rating/],
	['a declined name', number({ nameStatus: 'DECLINED' }), 'displayName', 'failed', /declined/],
	[
		'a name under review',
		number({ nameStatus: 'PENDING_REVIEW' }),
		'displayName',
		'warning',
		/reviewing/,
	],
	[
		'a name whose approval is over',
		number({ nameStatus: 'EXPIRED' }),
		'displayName',
		'warning',
		/expired/,
	],
	[
		'a name that needs no review',
		number({ nameStatus: 'AVAILABLE_WITHOUT_REVIEW' }),
		'displayName',
		'ok',
		/Corner Shop/,
	],
	['no name', number({ nameStatus: 'NONE' }), 'displayName', 'warning', /NONE/],
	['a limit', {}, 'limits', 'ok', /2,000 contacts .* 80 messages/],
	[
		'a high throughput',
		{ limits: { told: { messagingLimit: 'TIER_UNLIMITED', throughput: 'HIGH' } } },
		'limits',
		'ok',
		/any number of .* 1,000 messages/,
	],
	['a version without limits', { limits: refused(100) }, 'limits', 'notChecked', /did not tell/],
	// Health, payment
	[
		'a number that is blocked',
		health('BLOCKED', 'PHONE_NUMBER', [{ code: 1, text: 'It is banned.', solution: 'Appeal.' }]),
		'sending',
		'failed',
		/sends? nothing. It is banned\./,
	],
	[
		'a business that is limited',
		health('LIMITED', 'BUSINESS', [{ code: 0, text: 'It is not verified.', solution: '' }]),
		'sending',
		'warning',
		/not verified/,
	],
	['no health status', { health: { told: undefined } }, 'sending', 'notChecked', /not tell/],
	[
		'a missing payment',
		health('BLOCKED', 'WABA', [NO_PAYMENT]),
		'payment',
		'failed',
		/payment method/,
	],
	[
		'a missing payment by code alone',
		health('LIMITED', 'WABA', [{ code: 131042, text: '', solution: '' }]),
		'payment',
		'failed',
		/no valid payment method/,
	],
	[
		'an account that is blocked for another reason',
		health('BLOCKED', 'WABA', [{ code: 1, text: 'Policy.', solution: '' }]),
		'payment',
		'notChecked',
		/not tell/,
	],
	['no health status at all', { health: { told: undefined } }, 'payment', 'notChecked', /not tell/],
	// Subscription, fields
	['no app subscribed', { subscribedApps: { told: [] } }, 'appSubscribed', 'failed', /No app/],
	[
		'another app subscribed',
		{ subscribedApps: { told: [{ id: '4711', name: 'Chatbot', callbackUrl: '' }] } },
		'appSubscribed',
		'failed',
		/Chatbot \(4711\)/,
	],
	['an app known by its token alone', credential({ appId: '' }), 'appSubscribed', 'ok', /receives/],
	['an app without a webhook', { app: { told: undefined } }, 'appFields', 'failed', /no webhook/],
	['an app without messages', app({ fields: ['calls'] }), 'appFields', 'failed', /'messages'/],
	['a webhook that is off', app({ isActive: false }), 'appFields', 'failed', /switched off/],
	[
		'an app with messages alone',
		{},
		'appFields',
		'ok',
		/does not subscribe to: .*user_preferences/,
	],
	['no app token', { app: undefined }, 'appFields', 'notChecked', /'App Secret'/],
	['a wrong app token', { app: refused(190) }, 'appFields', 'notChecked', /does not accept/],
	// Other responders
	[
		'the app alone',
		app({ fields: [...APP_SUBSCRIPTION.fields] }),
		'responders',
		'ok',
		/No other app/,
	],
	[
		'another app, and no word of what it has in hand',
		{ subscribedApps: BESIDE_ANOTHER },
		'responders',
		'warning',
		/Helpdesk \(4711\)\. The app does not subscribe to messaging_handovers and standby/,
	],
	[
		'another app, of which the callback of the app alone learns',
		{ subscribedApps: BESIDE_ANOTHER, ...app({ fields: ROUTED }) },
		'responders',
		'warning',
		/https:\/\/other\.example\/app, not this trigger/,
	],
	[
		'another app, of which the trigger learns',
		{ subscribedApps: BESIDE_ANOTHER, ...app({ fields: ROUTED, callbackUrl: OURS }) },
		'responders',
		'ok',
		/is told what they have in hand/,
	],
	['no app token', { app: undefined }, 'responders', 'notChecked', /'App Secret'/],
	['no list of apps', { subscribedApps: refused(10) }, 'responders', 'notChecked', /did not tell/],
	// Callback
	['no callback', callbacks({}), 'callback', 'failed', /No callback/],
	[
		'another callback of the number',
		callbacks({ phoneNumber: ELSEWHERE }),
		'callback',
		'failed',
		/elsewhere: to https:\/\/other\.example\/hook, by the callback of this phone number/,
	],
	[
		'another callback of the account',
		callbacks({ businessAccount: ELSEWHERE, app: OURS }),
		'callback',
		'failed',
		/of the business account/,
	],
	[
		'another callback of the app',
		callbacks({ app: ELSEWHERE }),
		'callback',
		'failed',
		/of the app/,
	],
	['our callback of the app', callbacks({ app: OURS }), 'callback', 'ok', /of the app/],
	[
		'an older address of ours',
		callbacks({ phoneNumber: OURS.replace('n8n.', 'old.') }),
		'callback',
		'failed',
		/same trigger/,
	],
	['a test address', callbacks({ phoneNumber: TEST_URL }), 'callback', 'warning', /test address/],
	['a callback and no webhook URL', { webhookUrl: '' }, 'callback', 'notChecked', /not compared/],
	// Address
	['no webhook URL', { webhookUrl: '' }, 'callbackAddress', 'notChecked', /not known/],
	[
		'localhost',
		{ webhookUrl: 'https://localhost:5678/webhook/a/webhook' },
		'callbackAddress',
		'failed',
		/'localhost'/,
	],
	[
		'http',
		{ webhookUrl: 'http://n8n.example.com/webhook/a/webhook' },
		'callbackAddress',
		'failed',
		/https/,
	],
	['what is no address', { webhookUrl: 'webhook' }, 'callbackAddress', 'failed', /no web address/],
	['a test URL', { webhookUrl: TEST_URL }, 'callbackAddress', 'warning', /test URL/],
	[
		'a self-signed certificate',
		{ handshake: { isRight: false, code: 'DEPTH_ZERO_SELF_SIGNED_CERT', reason: 'self-signed' } },
		'callbackAddress',
		'failed',
		/self-signed/,
	],
	[
		'a host that does not answer from here',
		{ handshake: { isRight: false, code: 'ECONNREFUSED', reason: 'connect ECONNREFUSED' } },
		'callbackAddress',
		'warning',
		/may reach it/,
	],
	[
		'nobody there',
		{ handshake: { isRight: false, httpStatus: 404 } },
		'callbackAddress',
		'failed',
		/Nobody/,
	],
	[
		'another token',
		{ handshake: { isRight: false, httpStatus: 403 } },
		'callbackAddress',
		'failed',
		/verify token/,
	],
	[
		'a login page',
		{ handshake: { isRight: false, httpStatus: 302 } },
		'callbackAddress',
		'failed',
		/302/,
	],
	[
		'a test server',
		{
			...credential({ baseUrl: 'http://127.0.0.1:8080' }),
			webhookUrl: 'http://127.0.0.1:5678/webhook/a/webhook',
		},
		'callbackAddress',
		'ok',
		/answers/,
	],
	// Answers
	[
		'an n8n that does not reach itself',
		{ self: { address: 'https://n8n.example.com/webhook-waiting', isReached: false } },
		'ownAddress',
		'warning',
		/does not reach itself/,
	],
	['nothing of its own address', { self: undefined }, 'ownAddress', 'notChecked', /not told/],
];

it.each(ROWS)('judges %s', (_name, change, check, status, text) => {
	const finding = findingOf(check, change);
	expect(finding).toMatchObject({ check, status, what: expect.stringMatching(text) });
	// Whatever is not right says how to mend it.
	if (status === 'failed' || status === 'warning') expect(finding.how).not.toBe('');
});

it('uses no word that frightens, whatever was found', () => {
	const texts = ROWS.flatMap(([, change]) => checkSetup({ ...RIGHT, ...change }));
	for (const { what, how, why } of texts) {
		expect(`${what} ${how} ${why}`).not.toMatch(/\b(error|problem|failure|mistake)/i);
	}
});

it('never throws, and finds nothing right that was not told', () => {
	const refusal = fc
		.constantFrom(0, 1, 2, 4, 10, 33, 100, 190, 200, 803, 2500)
		.map((code) => refused(code));
	const keys = [
		'token',
		'account',
		'accountNumbers',
		'number',
		'limits',
		'health',
		'subscribedApps',
		'app',
	];
	fc.assert(
		fc.property(refusal, (answer) => {
			const facts = { ...RIGHT, ...Object.fromEntries(keys.map((key) => [key, answer])) };
			const right = checkSetup(facts as SetupFacts).filter(({ status }) => status === 'ok');
			expect(right.map(({ check }) => check)).toEqual([
				'apiVersion',
				'callbackAddress',
				'ownAddress',
			]);
		}),
	);
});

it('knows each check once', () => {
	const checks = checkSetup(RIGHT).map(({ check }) => check);
	expect(new Set(checks).size).toBe(checks.length);
	expect(new Set(ROWS.map(([, , check]) => check))).toEqual(new Set(checks));
});
