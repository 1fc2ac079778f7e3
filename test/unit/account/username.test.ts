import { usernameOf } from '../../../nodes/core/account/username';

it.each(['abc', 'corner_shop', 'Corner.Shop1', 'a'.repeat(35)])(
	'takes %s, with or without @',
	(name) => {
		expect(usernameOf(name)).toBe(name);
		expect(usernameOf(` @${name} `)).toBe(name);
	},
);

it.each([
	['', 'is empty'],
	['@', 'is empty'],
	['ab', 'fewer than 3'],
	['a'.repeat(36), 'has 36 characters'],
	['corner shop', 'other characters'],
	['ecke_süd', 'other characters'],
	['12345', 'has no letter'],
	['.corner', 'begins or ends with a point'],
	['corner..shop', 'two in a row'],
	['www.corner', 'begins with www'],
	['corner.com', 'ends like the address'],
])('refuses %j', (username, message) => {
	expect(() => usernameOf(username)).toThrow(message);
});
