import { describeCode } from '../../../nodes/core/transport/errorTable';
import { ProviderRefusal } from '../../../nodes/core/transport/providerRefusal';
import { withRetryAfter, type Headers } from '../../../nodes/core/transport/retryAfter';

const refused = (code: number) =>
	new ProviderRefusal({ code, ...describeCode(code), details: '' }, 429);

const after = (headers: Headers, code = 130429) =>
	withRetryAfter(refused(code), headers).refusal.retryAfterMs;

const DATE = 'Sun, 29 Nov 2026 06:00:00 GMT';

describe('withRetryAfter', () => {
	it.each<[unknown, number]>([
		['30', 30_000],
		[30, 30_000],
		[' 0 ', 0],
		['Sun, 29 Nov 2026 06:02:00 GMT', 120_000],
		['Sun, 29 Nov 2026 05:00:00 GMT', 0],
	])('reads %p', (value, expected) => {
		expect(after({ 'retry-after': value, date: DATE })).toBe(expected);
	});

	it.each([undefined, '', 'soon', '-1', '1e9', '99999999999', {}])('does without %p', (value) => {
		expect(after({ 'retry-after': value, date: DATE })).toBeUndefined();
	});

	it('does not read a date by a clock of its own', () => {
		expect(after({ 'retry-after': 'Sun, 29 Nov 2026 06:02:00 GMT' })).toBeUndefined();
	});

	it('says how long in its hint, and only where a limit was the reason', () => {
		const { refusal } = withRetryAfter(refused(130429), { 'retry-after': '90' });
		expect(refusal.hint).toMatch(/^The provider wants 90 seconds to pass .* Send more slowly/);
		expect(after({ 'retry-after': '90' }, 131047)).toBeUndefined();
	});
});
