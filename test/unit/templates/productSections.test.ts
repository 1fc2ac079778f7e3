import fc from 'fast-check';

import { productSectionsOf } from '../../../nodes/core/templates/productSections';

const read = (text: string) => productSectionsOf('Sections', text);
const section = (title: string, ...ids: string[]) => ({
	title,
	product_items: ids.map((id) => ({ product_retailer_id: id })),
});

describe('productSectionsOf', () => {
	it.each([
		['Shoes: a, b', [section('Shoes', 'a', 'b')]],
		['Shoes: a,b ; Bags:c;', [section('Shoes', 'a', 'b'), section('Bags', 'c')]],
		['Shoes: a\n\nBags: c\n', [section('Shoes', 'a'), section('Bags', 'c')]],
		['New: gid://shop/Product/1', [section('New', 'gid://shop/Product/1')]],
		[JSON.stringify([section('Shoes', 'a', 'b')]), [section('Shoes', 'a', 'b')]],
		['[{"title": "A: b", "products": ["a", 7]}]', [section('A: b', 'a', '7')]],
		[' {"title": "Shoes", "products": ["a"]}', [section('Shoes', 'a')]],
	])('reads %j', (text, sections) => {
		expect(read(text)).toEqual(sections);
	});

	it.each([
		['Shoes', 'a section without a title'],
		[': a', 'a section without a title'],
		['Shoes:', 'a section without products'],
		['Shoes: ,', 'a section without products'],
		[';', 'names no products'],
		['[]', 'names no products'],
		['[{"products": ["a"]}]', 'a section without a title'],
		['[{"title": "A"}]', 'a section without products'],
		['[{"title": "A", "products": {}}]', 'a section without products'],
		[
			'[{"title": "A", "products": [{"id": 1}]}]',
			"has an entry 'id', which WhatsApp does not know",
		],
		['[{"title": "A", "rows": ["a"]}]', "has an entry 'rows', which WhatsApp does not know"],
		['["a", "b"]', 'JSON that is no list of sections'],
		['{"title": ', 'JSON that is no list of sections'],
		[`${'x'.repeat(25)}: a`, 'WhatsApp accepts at most 24 characters'],
	])('refuses %j', (text, message) => {
		expect(() => read(text)).toThrow(
			expect.objectContaining({
				name: 'InputError',
				field: 'Sections',
				message: expect.stringContaining(message),
			}),
		);
	});

	const list = (sections: number, products: number) =>
		Array.from(
			{ length: sections },
			(_, s) => `S${s}: ${Array.from({ length: products }, (__, p) => `p${p}`).join()}`,
		).join('\n');

	it('takes 10 sections and 30 products, and no more', () => {
		expect(read(list(10, 3))).toHaveLength(10);
		expect(() => read(list(11, 1))).toThrow('(sections: 11, products: 11)');
		expect(() => read(list(1, 31))).toThrow('(sections: 1, products: 31)');
	});

	const word = fc.stringMatching(/^[A-Za-z0-9 _./-]*[A-Za-z0-9]$/).map((text) => text.trim());
	const sections = fc.array(
		fc
			.tuple(
				word.map((title) => title.slice(0, 24).trim()),
				fc.array(word, { minLength: 1, maxLength: 3 }),
			)
			.filter(([title]) => title !== ''),
		{ minLength: 1, maxLength: 10 },
	);

	it('reads text and JSON alike', () => {
		fc.assert(
			fc.property(sections, (given) => {
				const expected = given.map(([title, ids]) => section(title, ...ids));
				expect(read(given.map(([title, ids]) => `${title}: ${ids.join(', ')}`).join('\n'))).toEqual(
					expected,
				);
				expect(read(JSON.stringify(expected))).toEqual(expected);
			}),
		);
	});
});
