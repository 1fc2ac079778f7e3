import { urlButton } from '../../../nodes/core/templates/elements/urlButton';
import { linkEnd } from '../../../nodes/core/templates/linkEnd';

describe('linkEnd', () => {
	it.each<[string, string, string | undefined]>([
		// As it has to be
		['https://shop.example/', 'p/1', 'p/1'],
		['https://shop.example/', '4711', '4711'],
		['https://shop.example/p?id=', '4711', '4711'],
		['https://shop.example/p', '/1', '/1'],
		['https://shop.example/order-', '4711', '4711'],
		['https://shop.example/', 'a?b=1#c', 'a?b=1#c'],
		// The whole link
		['https://shop.example/', 'https://shop.example/p/1', 'p/1'],
		['https://shop.example/', 'http://shop.example/p/1', 'p/1'],
		['https://shop.example/', 'HTTPS://Shop.Example/p/1', 'p/1'],
		['https://shop.example/', ' https://shop.example/p/1 ', 'p/1'],
		['https://shop.example/', 'shop.example/p/1', 'p/1'],
		['https://shop.example/p/', 'http://shop.example/p/1', '1'],
		['https://shop.example/p?id=', 'https://shop.example/p?id=4711', '4711'],
		['https://shop.example/', 'http://shop.example', ''],
		// Its path
		['https://shop.example/', '/p/1', 'p/1'],
		['https://shop.example/', '//p/1', 'p/1'],
		['https://shop.example/p/', '/p/1', '1'],
		['https://shop.example/p/', '/1', '1'],
		// A fixed part without the slash that the link needs
		['https://shop.example', 'p/1', '/p/1'],
		['https://shop.example', '/p/1', '/p/1'],
		['https://shop.example', '?a=1', '?a=1'],
		['https://shop.example', 'https://shop.example/p/1', '/p/1'],
		// A link to another place
		['https://shop.example/', 'https://other.example/p/1', undefined],
		['https://shop.example/', 'https://shop.example.evil/p/1', undefined],
		['https://shop.example/p/', 'https://shop.example/q/1', undefined],
		['https://shop.example/', 'http://', undefined],
		['https://shop.example/', '//other.example/x', undefined],
		['https://shop.example/orders/', '/p/1', undefined],
		['https://shop.example/p?x=', 'http://shop.example/p?x=1', '1'],
		['https://shop.example/p?x=', 'shop.example/p?x=1', '1'],
		// A link as a value
		['https://go.example/?to=', 'https://other.example/p/1', 'https://other.example/p/1'],
		['https://go.example/#', 'https://other.example', 'https://other.example'],
		// What only looks like one
		['https://shop.example/', 'shop.example.jpg', 'shop.example.jpg'],
		['https://shop.example/', 'httpstatus', 'httpstatus'],
		['https://shop.example/', '', ''],
	])('behind %s, %j is %j', (fixedPart, given, end) => {
		expect(linkEnd(fixedPart, given)).toBe(end);
	});
});

describe('a button with a link', () => {
	const button = { type: 'URL', text: 'Track', url: 'https://shop.example/{{1}}' };
	const { check = () => {}, preview } = urlButton(button, 0, {
		idPrefix: '',
		labelPrefix: '',
	} as never);

	it('shows the link as it will be', () => {
		const shown = preview({ 'button:0:1': 'http://shop.example/p/1' }, {});
		expect(shown).toEqual({
			buttons: [{ type: 'URL', text: 'Track', url: 'https://shop.example/p/1' }],
		});
	});

	it('refuses a link to another place', () => {
		expect(() => check({ 'button:0:1': 'https://other.example/p/1' })).toThrow(
			/leads to another place: 'https:\/\/other\.example\/p\/1'/,
		);
	});
});
