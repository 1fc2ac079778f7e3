import { notApproved, requiresPhoneNumber } from '../../../nodes/core/templates/usability';

import { bill, body, buttons, carousel, template, trackButton, verification } from './samples';

describe('notApproved', () => {
	it.each(['APPROVED', 'approved'])('lets %s pass', (status) => {
		expect(notApproved({ name: 'bill', language: 'de', status })).toBeUndefined();
	});

	it.each(['PENDING', 'REJECTED', 'PAUSED', 'DISABLED', 'ARCHIVED', 'IN_APPEAL', 'SOMETHING_NEW'])(
		'refuses %s (T30)',
		(status) => {
			expect(notApproved({ name: 'bill', language: 'de', status })).toMatchObject({
				field: 'Template',
				message: `Template 'bill' (de) has the status ${status}. Only approved templates can be sent.`,
				hint: expect.stringMatching(/\.$/),
			});
		},
	);

	it.each([
		['PENDING', 'Choose another template or wait for approval.'],
		['paused', 'Choose another template until the pause ends, or edit this one.'],
		['SOMETHING_NEW', 'Choose another template or wait for approval.'],
	])('says what to do about %s', (status, hint) => {
		expect(notApproved({ name: 'bill', language: 'de', status })).toMatchObject({ hint });
	});
});

describe('requiresPhoneNumber (T32)', () => {
	const otp = (otp_type: string) =>
		template([body('{{1}}'), buttons({ type: 'OTP', otp_type })], { category: 'AUTHENTICATION' });

	it.each([
		['copy-code', otp('COPY_CODE'), true],
		['one-tap', otp('ONE_TAP'), true],
		['zero-tap', otp('ZERO_TAP'), true],
		['as the list returns it', verification, true],
		[
			'authentication without a button',
			template([body('{{1}}')], { category: 'AUTHENTICATION' }),
			false,
		],
		[
			'authentication with a static link',
			template([body('{{1}}'), buttons({ ...trackButton, url: 'https://shop.example' })], {
				category: 'AUTHENTICATION',
			}),
			false,
		],
		['a link', template([body('Hi'), buttons(trackButton)]), false],
		['a coupon', template([buttons({ type: 'COPY_CODE' })], { category: 'MARKETING' }), false],
		['a bill', bill, false],
		['a carousel', carousel, false],
	])('%s: %#', (_, definition, expected) => {
		expect(requiresPhoneNumber(definition)).toBe(expected);
	});
});
