import fc from 'fast-check';

import { describeCode, type ErrorKind, type Retry } from '../../../nodes/core/transport/errorTable';
import { readGraphError } from '../../../nodes/core/transport/errors';
import { redact } from '../../../nodes/core/transport/redact';
import { describeWithFixtures, readFixture } from '../../fixtures';

/** All integers from first to last. */
function range(first: number, last: number): number[] {
	return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** Every documented code with the kind and the retry class it must have. */
const CODES: Array<[ErrorKind, Retry, number[]]> = [
	['windowClosed', 'never', [131047, 470]],
	['optedOut', 'never', [131050]],
	['marketingLimited', 'never', [131049, 130472]],
	['unreachable', 'never', [130403, 131021, 131026, 131043, 131062, 137000]],
	['templateMissing', 'never', [132001, 134102]],
	['templateParameters', 'never', [132000, 132005, 132008, 132012, 132018]],
	['templateParameters', 'never', [2388039, 2388040, 2388047, 2388072, 2388073, 2388293, 2388299]],
	['templatePaused', 'never', [132007, 132015, 132016, 132068, 134101]],
	['media', 'never', [131052, 131053]],
	['rateLimited', 'safe', [4, 80007, 130429, 131056]],
	['rateLimited', 'risky', [17, 613, 80008]],
	['rateLimited', 'never', [131048, 132069, 138009]],
	['auth', 'never', [0, 104, 190]],
	['permission', 'never', [3, 10, 33, ...range(200, 299), 368, 803, 2388019]],
	['permission', 'never', [130497, 131005, 131030, 131031, 131037, 131045]],
	['permission', 'never', [131061, 131063, 131064, 134011]],
	['permission', 'never', [133000, 133005, 133006, 133008, 133009, 133010, 133015, 133016]],
	['billing', 'never', [131042, 131044]],
	['temporary', 'risky', [1, 2, 131000, 131016, 131057, 133004]],
	['unknown', 'never', [100, 131008, 131009, 131051, 131055, 131059, 131060, 134100, 135000]],
	['unknown', 'never', [131020, 131041, ...range(131201, 131215)]],
	['unknown', 'never', [...range(138000, 138008), ...range(138010, 138018)]],
	['unknown', 'never', range(139100, 139103)],
	['unknown', 'never', [2046, 2047]],
];

const ALL: Array<[number, ErrorKind, Retry]> = CODES.flatMap(([kind, retry, codes]) =>
	codes.map((code): [number, ErrorKind, Retry] => [code, kind, retry]),
);

function expectPlain(text: string): void {
	expect(text).toMatch(/^[A-Z'].*\.$/s);
	// One sentence: no full stop before another one begins.
	expect(text).not.toMatch(/[a-z)]\. [A-Z]/);
	expect(text).not.toMatch(/error|problem|failure|mistake|deliver/i);
	expect(text).not.toMatch(/\bfree\b(?!-form)/i);
}

describe('describeCode', () => {
	it.each(ALL)('%i is %s, retry %s, in plain sentences of its own', (code, kind, retry) => {
		const description = describeCode(code);
		expect(description).toEqual({
			kind,
			retry,
			message: expect.any(String),
			hint: expect.any(String),
		});
		expect(description.message).not.toContain(String(code));
		expectPlain(description.message);
		expectPlain(description.hint);
	});

	it('repeats only what was certainly not sent', () => {
		const safe = ALL.map(([code]) => code).filter((code) => describeCode(code).retry === 'safe');
		expect(safe.sort((a, b) => a - b)).toEqual([4, 80007, 130429, 131056]);
	});

	it.each([5, 199, 300, 99, 101, 131046, 132002, 131200, 131216, 138019, 139104, 2388300, -1])(
		'takes %i as it comes',
		(code) => {
			const { kind, retry, message, hint } = describeCode(code);
			expect([kind, retry]).toEqual(['unknown', 'never']);
			expect(message).toContain(String(code));
			expectPlain(message);
			expectPlain(hint);
		},
	);

	it('says of 131047 what happened and what to do', () => {
		expect(describeCode(131047)).toEqual({
			kind: 'windowClosed',
			retry: 'never',
			message:
				"WhatsApp refused the free-form message because the contact's 24-hour customer service window is closed.",
			hint: expect.stringMatching(/^Send a template/),
		});
	});

	it.each<[number, number, ErrorKind, RegExp]>([
		[190, 463, 'auth', /expired/],
		[190, 460, 'auth', /did not accept/],
		[100, 33, 'permission', /does not exist/],
		[100, 34, 'unknown', /one of the values/],
		[131047, 33, 'windowClosed', /window is closed/],
	])('%i with subcode %i is %s', (code, subcode, kind, message) => {
		const description = describeCode(code, subcode);
		expect(description.kind).toBe(kind);
		expect(description.message).toMatch(message);
		expectPlain(description.message);
		expectPlain(description.hint);
	});
});

describe("readGraphError: Meta's error object", () => {
	const error = {
		message: '(#131047) Re-engagement message',
		type: 'OAuthException',
		code: 131047,
		error_data: { messaging_product: 'whatsapp', details: 'More than 24 hours have passed.' },
		error_subcode: 2494010,
		fbtrace_id: 'AXsgnV2Cm3ZMGF3dF_cfYIn',
	};

	it('reads code, subcode, details and trace ID', () => {
		expect(readGraphError({ error }, 400)).toEqual({
			...describeCode(131047),
			code: 131047,
			subcode: 2494010,
			details: 'More than 24 hours have passed.',
			traceId: 'AXsgnV2Cm3ZMGF3dF_cfYIn',
		});
	});

	it.each<[string, unknown]>([
		['text', JSON.stringify({ error })],
		['bytes', Buffer.from(JSON.stringify({ error }))],
	])('reads it from %s', (_name, body) => {
		expect(readGraphError(body, 400)).toEqual(readGraphError({ error }, 400));
	});

	it('leaves out what is absent', () => {
		expect(readGraphError({ error: { code: 4 } }, 400)).toEqual({
			...describeCode(4),
			code: 4,
			details: '',
		});
	});

	it.each<[string, object, string]>([
		['error_data as text', { error_data: 'too long' }, 'too long'],
		['error_data without details', { error_data: { messaging_product: 'whatsapp' } }, '(#1) m'],
		['error_data as list', { error_data: ['x'] }, '(#1) m'],
		['error_data null', { error_data: null }, '(#1) m'],
		['a message for users', { error_user_msg: 'No access' }, 'No access'],
		['nothing else', {}, '(#1) m'],
	])('takes the details from: %s', (_name, fields, details) => {
		expect(readGraphError({ error: { message: '(#1) m', code: 1, ...fields } }, 400).details).toBe(
			details,
		);
	});

	it.each<[unknown, number]>([
		['190', 190],
		[0, 0],
	])('reads the code %j', (code, read) => {
		expect(readGraphError({ error: { code } }, 400)).toMatchObject({ code: read, kind: 'auth' });
	});

	it('lets the code decide, not the HTTP status', () => {
		expect(readGraphError({ error }, 500).kind).toBe('windowClosed');
		expect(readGraphError({ error: { code: 130429 } }, 401)).toMatchObject({
			kind: 'rateLimited',
			retry: 'safe',
		});
	});

	it('passes no token on', () => {
		const token = 'EAAGm0PX4ZCpsBAKZB1x0ZD';
		const fields = { error_data: { details: `Malformed access token ${token}` } };
		expect(readGraphError({ error: { code: 190, ...fields } }, 401).details).toBe(
			'Malformed access token [hidden]',
		);
	});
});

describe('readGraphError: anything else', () => {
	const page = '<!DOCTYPE html><html><style>p{}</style><h1>Bad\n Gateway</h1></html>';

	it.each<[number, ErrorKind, Retry]>([
		[200, 'unknown', 'risky'],
		[302, 'unknown', 'never'],
		[400, 'unknown', 'never'],
		[401, 'auth', 'never'],
		[403, 'permission', 'never'],
		[404, 'unknown', 'never'],
		[408, 'temporary', 'risky'],
		[429, 'rateLimited', 'safe'],
		[500, 'temporary', 'risky'],
		[502, 'temporary', 'risky'],
		[503, 'temporary', 'risky'],
	])('HTTP status %i is %s, retry %s', (status, kind, retry) => {
		const read = readGraphError(page, status);
		expect(read).toMatchObject({ code: 0, kind, retry, details: 'Bad Gateway' });
		expect(read.message).toBe(
			`Instead of WhatsApp's reply came a web page with HTTP status ${status}.`,
		);
		expectPlain(read.hint);
	});

	it.each<[unknown, string, string]>([
		['', 'an empty answer', ''],
		[null, 'an empty answer', ''],
		[undefined, 'an empty answer', ''],
		['upstream timed out', 'an answer of another form', 'upstream timed out'],
		[{ error: 'Unauthorized' }, 'an answer of another form', '{"error":"Unauthorized"}'],
		[{ error: { message: 'x' } }, 'an answer of another form', '{"error":{"message":"x"}}'],
		[{ error: { code: '' } }, 'an answer of another form', '{"error":{"code":""}}'],
		[[1], 'an answer of another form', '[1]'],
		[7, 'an answer of another form', '7'],
		[Buffer.from(page), 'a web page', 'Bad Gateway'],
	])('says what came: %j', (body, what, details) => {
		const read = readGraphError(body, 502);
		expect(read.message).toContain(what);
		expect(read).toMatchObject({ code: 0, kind: 'temporary', details });
	});

	it.each<[unknown, string]>([
		[undefined, ''],
		[new Error('connect ECONNREFUSED 127.0.0.1:443'), 'connect ECONNREFUSED 127.0.0.1:443'],
	])('no answer at all may have been sent all the same: %s', (body, details) => {
		const read = readGraphError(body);
		expect(read).toMatchObject({ code: 0, kind: 'temporary', retry: 'risky', details });
		expect(read.message).toBe('No answer came from WhatsApp.');
		expectPlain(read.hint);
	});

	it('keeps the details short and without tokens', () => {
		const read = readGraphError(
			`${'x '.repeat(120)}access_token=EAAsecretsecretsecret ${'y'.repeat(1e6)}`,
		);
		expect(read.details.length).toBeLessThanOrEqual(300);
		expect(read.details).toContain('access_token=[hidden]');
		expect(read.details).not.toContain('secret');
	});

	it('reads whatever JSON comes', () => {
		fc.assert(
			fc.property(fc.jsonValue(), fc.option(fc.integer({ min: 100, max: 599 })), (body, status) => {
				const read = readGraphError(body, status ?? undefined);
				expect(read.message).not.toBe('');
				// Only an answer about limits says for certain that nothing was done.
				if (read.kind !== 'rateLimited') expect(read.retry).not.toBe('safe');
			}),
		);
	});
});

describe('redact', () => {
	it.each([
		['Bearer EAAGm0PX4ZCpsBAKZB1x0ZD', 'Bearer [hidden]'],
		['authorization: bearer abc.def-1~2', 'authorization: bearer [hidden]'],
		['token "EAAGm0PX4ZCps_BAKZB-1x0ZD" is bad', 'token "[hidden]" is bad'],
		['GET /v25.0/1?access_token=abc123&fields=id', 'GET /v25.0/1?access_token=[hidden]&fields=id'],
		['{"access_token":"abc123","a":1}', '{"access_token":"[hidden]","a":1}'],
		["{access_token: 'abc123'}", "{access_token: '[hidden]'}"],
		['input_token=abc&verify_token=def', 'input_token=[hidden]&verify_token=[hidden]'],
		['client_secret=abc&appsecret_proof=def', 'client_secret=[hidden]&appsecret_proof=[hidden]'],
		['app 1234567890123|AbCdEf_GhIj-Kl', 'app [hidden]'],
	])('hides the secret in %j', (text, redacted) => {
		expect(redact(text)).toBe(redacted);
	});

	it.each([
		'Error validating access token: Session has expired',
		'wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQUYzMjEzNDM2RTZGQ0MzMDJBRgA=',
		'number of localizable_params (1) does not match the expected number of params (3)',
	])('leaves as it is: %j', (text) => {
		expect(redact(text)).toBe(text);
	});

	it('hides a token wherever it stands', () => {
		fc.assert(
			fc.property(
				fc.string(),
				fc.stringMatching(/^EAA[A-Za-z0-9]{20,200}$/),
				fc.string(),
				(before, token, after) => {
					expect(redact(`${before}${token} ${after}`)).not.toContain(token);
				},
			),
		);
	});
});

describeWithFixtures("Meta's own error answers", () => {
	const folder = ['meta-openapi-v23', 'rest', 'phone_number_id__get'];

	it.each<[string, number, ErrorKind, Retry]>([
		['resp401_missing_token', 104, 'auth', 'never'],
		['resp401_expired_token', 190, 'auth', 'never'],
		['resp403_insufficient_permissions', 200, 'permission', 'never'],
		['resp404_phone_not_found', 803, 'permission', 'never'],
		['resp429_user_rate_limit', 17, 'rateLimited', 'risky'],
		['resp429_business_rate_limit', 80007, 'rateLimited', 'safe'],
		['resp500_service_unavailable', 2, 'temporary', 'risky'],
		['resp400_invalid_fields', 100, 'unknown', 'never'],
	])('%s has code %i: %s, retry %s', (name, code, kind, retry) => {
		const body = readFixture<{ error: { message: string; fbtrace_id: string } }>(
			...folder,
			`${name}.json`,
		);
		expect(readGraphError(body, Number(name.slice(4, 7)))).toMatchObject({
			code,
			kind,
			retry,
			details: body.error.message,
			traceId: body.error.fbtrace_id,
		});
	});
});
