import { parseUrl } from '../../nodes/core/parseUrl';

describe('parseUrl', () => {
	it('takes an address apart', () => {
		expect(parseUrl('https://shop.example/a?b=1')).toMatchObject({
			hostname: 'shop.example',
			pathname: '/a',
		});
	});

	it.each(['', 'shop.example', '/p/1', 'https://'])('finds no address in %j', (text) => {
		expect(parseUrl(text)).toBeUndefined();
	});

	it('reads letters outside ASCII the thousandth time as it did the first', () => {
		const unread = Array.from({ length: 50_000 }, () => parseUrl('https://müller.example/'));
		expect(unread.filter((url) => url?.hostname !== 'xn--mller-kva.example')).toEqual([]);
	});
});
