import { catalogMessage } from '../../../nodes/core/messages/catalog';
import { productMessage } from '../../../nodes/core/messages/product';
import { productCarouselMessage } from '../../../nodes/core/messages/productCarousel';
import { productListMessage } from '../../../nodes/core/messages/productList';

import { refusal } from './refusal';

const ids = (count: number, name = 'SKU') => Array.from({ length: count }, (_, i) => `${name}${i}`);

describe('productMessage', () => {
	it('builds a product, with texts or without', () => {
		const action = { catalog_id: '7', product_retailer_id: 'SKU 1' };
		expect(productMessage({ catalogId: 7, productId: ' SKU 1 ' })).toEqual({
			type: 'interactive',
			interactive: { type: 'product', action },
		});
		expect(
			productMessage({ catalogId: '7', productId: 'SKU 1', body: 'A', footer: 'B' }).interactive,
		).toEqual({ type: 'product', body: { text: 'A' }, footer: { text: 'B' }, action });
	});

	it.each<[object, string, RegExp]>([
		[{ catalogId: '' }, 'Catalog', /is empty/],
		[{ productId: null }, 'Product ID', /is empty/],
		[{ productId: {} }, 'Product ID', /not text/],
		[{ body: 'x'.repeat(1025) }, 'Body', /1025 .* 1024/],
		[{ footer: 'x'.repeat(61) }, 'Footer', /61 .* 60/],
	])('refuses %j', (change, field, message) => {
		const thrown = refusal(() => productMessage({ catalogId: '7', productId: 'A', ...change }));
		expect(thrown.field).toBe(field);
		expect(thrown.message).toMatch(message);
	});
});

describe('productListMessage', () => {
	const input = { header: 'Shoes', body: 'All of them', catalogId: '7' };

	it('builds sections', () => {
		const sections = [
			{ title: 'Red', products: 'A, B\nC,' },
			{ title: 'Blue', products: ['D', 5] },
		];
		expect(productListMessage({ ...input, footer: 'Bye', sections })).toEqual({
			type: 'interactive',
			interactive: {
				type: 'product_list',
				header: { type: 'text', text: 'Shoes' },
				body: { text: 'All of them' },
				footer: { text: 'Bye' },
				action: {
					catalog_id: '7',
					sections: [
						{
							title: 'Red',
							product_items: ['A', 'B', 'C'].map((id) => ({ product_retailer_id: id })),
						},
						{
							title: 'Blue',
							product_items: ['D', '5'].map((id) => ({ product_retailer_id: id })),
						},
					],
				},
			},
		});
	});

	it.each<[string, unknown[]]>([
		['30 products', [{ title: 'A', products: ids(30) }]],
		['one section without a title', [{ products: 'A' }]],
		['a single number', [{ products: 17 }]],
	])('takes %s', (_name, sections) => {
		expect(() => productListMessage({ ...input, sections: sections as [] })).not.toThrow();
	});

	it.each<[object, string, RegExp]>([
		[{ header: ' ' }, 'Header', /is empty/],
		[{ header: 'x'.repeat(61) }, 'Header', /61 .* 60/],
		[{ body: '' }, 'Body', /is empty/],
		[{ catalogId: '' }, 'Catalog', /is empty/],
		[{ sections: [] }, 'Sections', /0 entries/],
		[{ sections: ids(11).map((title) => ({ title, products: 'A' })) }, 'Sections', /11 entries/],
		[{ sections: [{ products: ' , ' }] }, 'Products', /^Section 1: 'Products' has 0 entries/],
		[{ sections: [{ products: undefined }] }, 'Products', /0 entries/],
		[{ sections: [{ products: ids(31) }] }, 'Products', /31 entries; .* at most 30/],
		[{ sections: [{ products: ['A', ''] }] }, 'Product ID', /^Section 1: 'Product ID' is empty/],
		[{ sections: [{ products: [{}] }] }, 'Product ID', /not text/],
		[
			{
				sections: [
					{ title: 'A', products: ids(15) },
					{ title: 'B', products: ids(16) },
				],
			},
			'Products',
			/^All sections together: 'Products' has 31/,
		],
		[
			{ sections: [{ title: 'A', products: 'A' }, { products: 'B' }] },
			'Section Title',
			/^Section 2: 'Section Title' is empty/,
		],
		[{ sections: [{ title: 'x'.repeat(25), products: 'A' }] }, 'Section Title', /25 .* 24/],
	])('refuses %j', (change, field, message) => {
		const sections = [{ title: 'A', products: 'A' }];
		const thrown = refusal(() => productListMessage({ ...input, sections, ...change }));
		expect(thrown.field).toBe(field);
		expect(thrown.message).toMatch(message);
	});
});

describe('productCarouselMessage', () => {
	it('builds a card for each product', () => {
		expect(productCarouselMessage({ body: 'New', catalogId: '7', products: 'A, B' })).toEqual({
			type: 'interactive',
			interactive: {
				type: 'carousel',
				body: { text: 'New' },
				action: {
					cards: ['A', 'B'].map((id, index) => ({
						card_index: index,
						type: 'product',
						action: { product_retailer_id: id, catalog_id: '7' },
					})),
				},
			},
		});
	});

	it.each<[number, RegExp]>([
		[1, /has 1 entry; WhatsApp takes 2 to 10/],
		[11, /has 11 entries/],
	])('refuses %i products', (count, message) => {
		const input = { body: 'New', catalogId: '7', products: ids(count) };
		expect(refusal(() => productCarouselMessage(input)).message).toMatch(message);
	});
});

describe('catalogMessage', () => {
	it.each<[unknown, object]>([
		['', {}],
		[' SKU ', { parameters: { thumbnail_product_retailer_id: 'SKU' } }],
	])('takes the thumbnail %j', (thumbnailProductId, parameters) => {
		expect(catalogMessage({ body: 'A', footer: 'B', thumbnailProductId })).toEqual({
			type: 'interactive',
			interactive: {
				type: 'catalog_message',
				body: { text: 'A' },
				footer: { text: 'B' },
				action: { name: 'catalog_message', ...parameters },
			},
		});
	});

	it.each<[object, string]>([
		[{ body: '' }, 'Body'],
		[{ footer: 'x'.repeat(61) }, 'Footer'],
		[{ thumbnailProductId: {} }, 'Thumbnail Product ID'],
	])('refuses %j', (change, field) => {
		expect(refusal(() => catalogMessage({ body: 'A', ...change })).field).toBe(field);
	});
});
