import { digitsOf } from '../../../nodes/core/events/reading';

describe('the digits of a phone number', () => {
	it.each<[string, unknown, string]>([
		['digits', '15550783881', '15550783881'],
		['a number', 15550783881, '15550783881'],
		['as people write it', '+1 (555) 078-3881', '15550783881'],
		['with direction marks', '\u202a+1 555\u2011078\u20113881\u202c', '15550783881'],
	])('are read: %s', (_what, value, digits) => {
		expect(digitsOf(value)).toBe(digits);
	});

	it.each<[string, unknown]>([
		['nothing', undefined],
		['a word', 'Anna'],
		['a text with digits in it', 'order 4711'],
		['a group', '120363040000000000@g.us'],
		['a user ID', 'US.13491208655302741918'],
		['decimals', '15550783881.0'],
		['another ending', '15550783881/2'],
		['a number that has lost digits', 1e21],
		['a fraction', 1.5],
		['more digits than a number has', '4'.repeat(16)],
		['an object', { number: '4' }],
	])('are none: %s', (_what, value) => {
		expect(digitsOf(value)).toBe('');
	});
});
