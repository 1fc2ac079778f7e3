import { ctaUrlMessage } from '../../../nodes/core/messages/ctaUrl';
import type { HeaderInput } from '../../../nodes/core/messages/header';

import { refusal } from './refusal';

const input = { body: 'See the dates.', buttonText: 'See dates', url: 'https://example.com/dates' };

describe('ctaUrlMessage', () => {
	it('builds a text with a link', () => {
		expect(ctaUrlMessage(input)).toEqual({
			type: 'interactive',
			interactive: {
				type: 'cta_url',
				body: { text: 'See the dates.' },
				action: {
					name: 'cta_url',
					parameters: { display_text: 'See dates', url: 'https://example.com/dates' },
				},
			},
		});
	});

	it.each<[HeaderInput, object]>([
		[
			{ type: 'text', text: 'Hi' },
			{ type: 'text', text: 'Hi' },
		],
		[
			{ type: 'image', source: { id: '1' } },
			{ type: 'image', image: { id: '1' } },
		],
		[
			{ type: 'video', source: { id: '1' } },
			{ type: 'video', video: { id: '1' } },
		],
		[
			{ type: 'document', source: { id: '1' }, fileName: 'a.pdf' },
			{ type: 'document', document: { id: '1', filename: 'a.pdf' } },
		],
	])('takes the header %j', (header, built) => {
		const { interactive } = ctaUrlMessage({ ...input, header, footer: 'Bye' });
		expect(interactive.header).toEqual(built);
		expect(interactive.footer).toEqual({ text: 'Bye' });
	});

	it.each([
		['https://example.com', 'https://example.com'],
		[' http://example.com/a ', 'http://example.com/a'],
		['https://example.com?clickID=a%2Fb&c=[1]#d', 'https://example.com?clickID=a%2Fb&c=[1]#d'],
		['https://example.com/Größe 7', 'https://example.com/Gr%C3%B6%C3%9Fe%207'],
		['https://müller.example/', 'https://xn--mller-kva.example/'],
	])('takes the address %s', (url, sent) => {
		expect(ctaUrlMessage({ ...input, url }).interactive.action.parameters.url).toBe(sent);
	});

	it.each<[object, string, RegExp]>([
		[{ body: '' }, 'Body', /is empty/],
		[{ body: 'x'.repeat(1025) }, 'Body', /1025 .* 1024/],
		[{ footer: 'x'.repeat(61) }, 'Footer', /61 .* 60/],
		[{ header: { type: 'text', text: 'x'.repeat(61) } }, 'Header', /61 .* 60/],
		[{ buttonText: '' }, 'Button Text', /is empty/],
		[{ buttonText: 'x'.repeat(21) }, 'Button Text', /21 .* 20/],
		[{ url: '' }, 'URL', /is empty/],
		[{ url: 'example.com' }, 'URL', /not a complete web address: 'example.com'/],
		[{ url: 'tel:+4917604069000' }, 'URL', /does not begin with https:\/\/ or http:\/\//],
		[{ url: 'javascript:alert(1)' }, 'URL', /does not begin/],
		[{ url: {} }, 'URL', /not text/],
	])('refuses %j', (change, field, message) => {
		const thrown = refusal(() => ctaUrlMessage({ ...input, ...change }));
		expect(thrown.field).toBe(field);
		expect(thrown.message).toMatch(message);
		expect(thrown.message).toContain(`'${field}'`);
	});
});
