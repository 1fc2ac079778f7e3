import { readGraphError } from '../../../nodes/core/transport/errors';
import { saidBy } from '../../../nodes/core/transport/providerWords';

const CLOSED = [
	'Message failed to send because more than 24 hours have passed since the customer last replied to this number.',
	'Re-engagement message',
	'Reengagement message: send a template',
	'(#131047) Re-engagement message',
	'Message is outside the allowed 24 hour window',
	'Cannot send a session message outside of the customer service window.',
	'The customer service window is closed. Please send a template.',
	'24-hour window expired for this contact',
	'session window has expired',
	'No active session window for 4915100000000',
	'Last message of the user is more than 24 hours old',
	'Failed with error code 131047',
	'More than 24 hrs elapsed since the recipient last messaged you',
];

const NOT_CLOSED = [
	'Invalid api_key',
	'Your access token is valid for 24 hours since it was issued to the user',
	'A template may be edited once in 24 hours',
	'1,000 contacts in 24 hours were reached; wait until the window of your tier moves on',
	'Session has expired on Friday, 28-Nov-26',
	'Sent outside the allowed sending hours',
	'Marketing is not allowed outside the window from 9 to 21 of TRAI',
	'Request 1131047 failed',
	'Unknown error',
	'Template reengagement does not exist in en',
	"Template 're-engagement' not found",
	'Template re-engagement message was not found',
	'Message sent within the 24 hour window',
	'Internal server error',
	'',
];

/** The forms in which providers put a sentence. */
const FORMS: Array<[string, (words: string) => unknown]> = [
	['a text', (words) => words],
	['an error that is a text', (error) => ({ error })],
	['a message', (message) => ({ status: 'error', message })],
	['an error with a message', (message) => ({ error: { message } })],
	['an error with a number of their own', (message) => ({ error: { code: 42, message } })],
	['a list of errors', (details) => ({ errors: [{ title: 'Failed', details }] })],
	['a list of texts', (words) => ({ errors: [words] })],
	['meta of the old API', (words) => ({ meta: { http_code: 470, developer_message: words } })],
	['JSON in a text', (message) => ({ error: JSON.stringify({ error: { message } }) })],
	['details below', (details) => ({ error: { message: 'Failed', error_data: { details } } })],
	['a reason', (reason) => ({ success: false, reason })],
];

describe('what a provider says in words of its own', () => {
	describe.each(FORMS)('as %s', (_form, formOf) => {
		it.each(CLOSED)('is a closed window: %s', (words) => {
			const read = readGraphError(formOf(words), 422);
			expect(read).toMatchObject({ kind: 'windowClosed', code: 131047, retry: 'never' });
			expect(read.details).toContain(words);
		});

		it.each(NOT_CLOSED)('is no closed window: %s', (words) => {
			expect(readGraphError(formOf(words), 422).kind).not.toBe('windowClosed');
		});
	});

	it.each<[string, number, string]>([
		['marketing_preference_stopped', 131050, 'optedOut'],
		['User has opted out of marketing messages', 131050, 'optedOut'],
		['The recipient unsubscribed', 131050, 'optedOut'],
		['The phone number is not registered on WhatsApp', 131026, 'unreachable'],
		['Recipient is not a valid WhatsApp user', 131026, 'unreachable'],
		['Template bill_ready does not exist in de', 132001, 'templateMissing'],
		['Template name not found', 132001, 'templateMissing'],
		['The template is paused', 132015, 'templatePaused'],
		[
			'Number of parameters does not match the expected number of params',
			132000,
			'templateParameters',
		],
		['Insufficient balance', 131042, 'billing'],
		['Rate limit hit', 130429, 'rateLimited'],
		['(Pair rate limit)', 131056, 'rateLimited'],
	])('%s is %i', (error, code, kind) => {
		expect(readGraphError({ error }, 400)).toMatchObject({ code, kind });
	});

	it.each([
		'The phone number is not a WhatsApp Business number',
		'No template was given',
		'Payment of 3 EUR was booked',
		'User not found',
	])('%s says nothing that Meta has a code for', (error) => {
		expect(saidBy({ error })).toBeUndefined();
	});

	it.each<[string, unknown, number]>([
		['in a list', { errors: [{ code: 131047, title: 'Failed' }] }, 131047],
		['as a text', { errors: [{ code: '131047' }] }, 131047],
		['under another name', { error_code: 131026 }, 131026],
		['of the old API', { errors: [{ code: 470, title: 'Failed' }] }, 470],
	])("takes Meta's code %s", (_where, answer, code) => {
		expect(readGraphError(answer, 400)).toMatchObject({ code });
	});

	it.each([401, 403])('says nothing but about access with HTTP status %i', (status) => {
		const words = [
			'API key session window expired',
			'message outside messaging window of your key',
		];
		for (const error of words) {
			expect(readGraphError({ error }, status).kind).toMatch(/^(auth|permission)$/);
		}
	});

	it.each<[unknown, number | undefined, string]>([
		[{ error: 'too many requests' }, 400, 'safe'],
		[{ error: 'too many requests' }, 429, 'safe'],
		[{ message: 'Upstream timed out, too many requests' }, 504, 'risky'],
		[{ error: 'rate limit service unavailable' }, 503, 'risky'],
		[{ error: 'too many requests' }, 408, 'risky'],
		[{ error: 'too many requests' }, 200, 'risky'],
		['too many requests', undefined, 'risky'],
	])(
		'tells by a limit in words that nothing was sent where its status says so: %j, %p',
		(answer, status, retry) => {
			expect(readGraphError(answer, status)).toMatchObject({ kind: 'rateLimited', retry });
		},
	);

	it('is about money with HTTP status 402, without any words', () => {
		expect(readGraphError('', 402)).toMatchObject({ kind: 'billing', retry: 'never' });
	});

	it.each<[string, unknown]>([
		["the provider's own number", { code: 100, message: 'No' }],
		['an HTTP status', { code: 403, message: 'No' }],
		['a web page', '<html>Re-engagement: 24 hours have passed since you last replied</html>'],
		['what a message said', { text: { body: 'Re-engagement message' } }],
	])('does not take %s for a code', (_what, answer) => {
		expect(readGraphError(answer, 403)).toMatchObject({ code: 0, kind: 'permission' });
	});

	it("leaves Meta's own answers as they are", () => {
		const error = { code: 100, message: '(#100) outside the 24 hour window', error_subcode: 33 };
		expect(readGraphError({ error }, 400)).toMatchObject({ code: 100, kind: 'permission' });
	});

	it('hides secrets, ends, and reads no deeper than it must', () => {
		const error = 'Re-engagement message for Bearer abcdefgh12345678';
		expect(readGraphError({ error }, 400).details).toBe(
			'Re-engagement message for Bearer [hidden]',
		);
		let deep: unknown = 'Re-engagement message';
		for (let level = 0; level < 1000; level++) deep = { error: deep };
		expect(saidBy(deep)).toBeUndefined();
	});
});
