import { profileChanges, type ProfileInput } from '../../../nodes/core/account/profile';

it('changes what was given, also to nothing', () => {
	expect(profileChanges({})).toEqual({});
	expect(profileChanges({ about: 'Hi', address: '', email: ' ', websites: [] })).toEqual({
		about: 'Hi',
		address: '',
		email: '',
		websites: [],
	});
});

it('takes one website for a list of one, and leaves empty entries out', () => {
	expect(profileChanges({ websites: 'https://example.com' })).toEqual({
		websites: ['https://example.com'],
	});
	expect(profileChanges({ websites: ['', 'http://example.com/a b'] })).toEqual({
		websites: ['http://example.com/a%20b'],
	});
});

it.each<[string, ProfileInput, RegExp]>([
	['an About that is empty', { about: '' }, /'About' is empty/],
	['a long About', { about: 'x'.repeat(140) }, /'About' has 140 characters/],
	['a long address', { address: 'x'.repeat(257) }, /'Address' has 257 characters/],
	['a long description', { description: 'x'.repeat(513) }, /'Description' has 513 characters/],
	['no email address', { email: 'shop' }, /'Email' is 'shop'/],
	['no industry', { vertical: 'SHOP' }, /'Industry' is 'SHOP'/],
	['three websites', { websites: ['a', 'b', 'c'] }, /'Websites' has 3 entries/],
	['half a website', { websites: ['example.com'] }, /'Websites' is not a complete web address/],
	['a long one', { websites: [`https://a.de/${'x'.repeat(250)}`] }, /'Websites' has 263/],
])('refuses %s', (_what, input, message) => {
	expect(() => profileChanges(input)).toThrow(message);
});
