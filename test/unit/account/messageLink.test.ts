import { linkCode, linkText } from '../../../nodes/core/account/messageLink';

it.each([
	'4O4YGZEG3RIVE1',
	' 4O4YGZEG3RIVE1 ',
	'wa.me/message/4O4YGZEG3RIVE1',
	'https://wa.me/message/4O4YGZEG3RIVE1/',
])('finds the code in %j', (given) => {
	expect(linkCode(given)).toBe('4O4YGZEG3RIVE1');
});

it.each([
	['', /'Message Link' is empty/],
	['https://example.com/x', /'https:\/\/example.com\/x', which is neither/],
	['https://wa.me/15551230001', /which is neither/],
])('refuses %j', (given, message) => {
	expect(() => linkCode(given)).toThrow(message);
});

it('takes a text of 140 characters, and no longer one', () => {
	expect(linkText('x'.repeat(140))).toHaveLength(140);
	expect(() => linkText('x'.repeat(141))).toThrow(/'Text' has 141 characters/);
	expect(() => linkText(' ')).toThrow(/'Text' is empty/);
});
