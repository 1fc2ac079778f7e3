import {
	carouselMessage,
	type CarouselCardInput,
	type CarouselInput,
} from '../../../nodes/core/messages/carousel';

import { refusal } from './refusal';

const header = { type: 'image', source: { link: 'https://example.com/a.png' } } as const;
const linkCard: CarouselCardInput = { header, buttonText: 'Buy', url: 'https://example.com' };
const replyCard = (name: string, ...titles: string[]): CarouselCardInput => ({
	header,
	buttons: titles.map((title) => ({ title, id: `${title} ${name}` })),
});
const build = (cards: unknown, body: unknown = 'New') =>
	carouselMessage({ body, cards } as CarouselInput);

describe('carouselMessage', () => {
	it('builds cards with a link', () => {
		const video = { type: 'video', source: { id: '1' } } as const;
		const cards = [
			{ ...linkCard, body: '*A*\n\nB' },
			{ ...linkCard, header: video },
		];
		const action = {
			name: 'cta_url',
			parameters: { display_text: 'Buy', url: 'https://example.com' },
		};
		expect(build(cards)).toEqual({
			type: 'interactive',
			interactive: {
				type: 'carousel',
				body: { text: 'New' },
				action: {
					cards: [
						{
							card_index: 0,
							type: 'cta_url',
							header: { type: 'image', image: { link: 'https://example.com/a.png' } },
							body: { text: '*A*\n\nB' },
							action,
						},
						{
							card_index: 1,
							type: 'cta_url',
							header: { type: 'video', video: { id: '1' } },
							action,
						},
					],
				},
			},
		});
	});

	it('builds cards with buttons that send an answer', () => {
		const cards = [replyCard('1', 'Buy', 'More'), replyCard('2', 'Buy', 'More')];
		expect(build(cards).interactive.action.cards[1]).toEqual({
			card_index: 1,
			type: 'cta_url',
			header: { type: 'image', image: { link: 'https://example.com/a.png' } },
			action: {
				buttons: [
					{ type: 'quick_reply', quick_reply: { id: 'Buy 2', title: 'Buy' } },
					{ type: 'quick_reply', quick_reply: { id: 'More 2', title: 'More' } },
				],
			},
		});
	});

	it.each<[string, unknown]>([
		['ten cards', Array(10).fill(linkCard)],
		['a long text', [{ ...linkCard, body: 'x'.repeat(160) }, linkCard]],
		['three buttons', [replyCard('1', 'A', 'B', 'C'), replyCard('2', 'A', 'B', 'C')]],
	])('takes %s', (_name, cards) => {
		expect(() => build(cards)).not.toThrow();
	});

	it.each<[string, unknown, string, RegExp]>([
		['one card', [linkCard], 'Cards', /has 1 entry; WhatsApp takes 2 to 10/],
		['eleven cards', Array(11).fill(linkCard), 'Cards', /11 entries/],
		['no list', linkCard, 'Cards', /not a list/],
		[
			'a long text',
			[linkCard, { ...linkCard, body: 'x'.repeat(161) }],
			'Card Text',
			/^Card 2: .* 161 .* 160/,
		],
		[
			'many lines',
			[{ ...linkCard, body: 'a\nb\r\nc\nd' }, linkCard],
			'Card Text',
			/^Card 1: .* 3 line breaks/,
		],
		[
			'no file',
			[linkCard, { ...linkCard, header: { type: 'image', source: { link: '' } } }],
			'Link',
			/^Card 2: 'Link' is empty/,
		],
		[
			'a wrong ID',
			[linkCard, { ...linkCard, header: { type: 'image', source: { id: '?' } } }],
			'Media ID',
			/^Card 2: /,
		],
		['no URL', [linkCard, { ...linkCard, url: '' }], 'URL', /^Card 2: 'URL' is empty/],
		[
			'no button text',
			[{ ...linkCard, buttonText: '' }, linkCard],
			'Button Text',
			/^Card 1: 'Button Text' is empty/,
		],
		['no buttons', [replyCard('1'), replyCard('2')], 'Buttons', /^Card 1: 'Buttons' has 0 entries/],
		[
			'four buttons',
			[replyCard('1', 'A', 'B', 'C', 'D'), replyCard('2', 'A')],
			'Buttons',
			/^Card 1: 'Buttons' has 4/,
		],
		[
			'an empty button',
			[replyCard('1', 'A'), replyCard('2', ' ')],
			'Button Text',
			/^Card 2, button 1: 'Button Text' is empty/,
		],
		[
			'different numbers of buttons',
			[replyCard('1', 'A'), replyCard('2', 'A', 'B')],
			'Buttons',
			/^Card 2: 'Buttons' has 2 of them, but on card 1 it has 1 of them/,
		],
		[
			'links and buttons',
			[linkCard, replyCard('2', 'A')],
			'Buttons',
			/^Card 2: .* but on card 1 it has a link/,
		],
		[
			'the same ID',
			[replyCard('1', 'A'), replyCard('1', 'A')],
			'Button ID',
			/^Card 2, button 1: 'Button ID' is the same as that of card 1, button 1/,
		],
	])('refuses %s', (_name, cards, field, message) => {
		const thrown = refusal(() => build(cards));
		expect(thrown.field).toBe(field);
		expect(thrown.message).toMatch(message);
	});

	it('needs a body', () => {
		expect(refusal(() => build([linkCard, linkCard], '')).field).toBe('Body');
	});
});
