import type { INodeProperties } from 'n8n-workflow';

import { isObject } from '../../../../core/isObject';
import { catalogMessage } from '../../../../core/messages/catalog';
import { productMessage } from '../../../../core/messages/product';
import { productCarouselMessage } from '../../../../core/messages/productCarousel';
import {
	productListMessage,
	type ProductSectionInput,
} from '../../../../core/messages/productList';
import type { Item } from '../../../run/item';

import { withoutFiles, type ContentForm } from './form';
import { bodyProperty, bodyText, footerOption, headerOption, optionalBodyProperty } from './parts';

const catalogIdProperty: INodeProperties = {
	displayName: 'Catalog',
	name: 'catalogId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'A catalog that is connected to your business account',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a catalog…',
			typeOptions: { searchListMethod: 'searchCatalogs', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 194836987003835',
			hint: "As Meta's Commerce Manager shows it",
		},
	],
};

/** What 'Catalog' holds; workflows of versions before 0.2 have the ID itself. */
function catalogIdOf(item: Item): unknown {
	const chosen = item.parameter('catalogId');
	return isObject(chosen) ? chosen.value : chosen;
}

const productsProperty: INodeProperties = {
	displayName: 'Products',
	name: 'products',
	type: 'string',
	typeOptions: { rows: 2 },
	default: '',
	required: true,
	placeholder: 'e.g. sku-1, sku-2, sku-3',
	description: 'The content IDs of the products, with commas or line breaks between them',
};

export const catalog: ContentForm = {
	name: 'Catalog',
	value: 'catalog',
	description: 'A text with a button that opens your catalog',
	properties: [{ ...bodyProperty, placeholder: 'e.g. Have a look at our new cakes.' }],
	options: [
		footerOption,
		{
			displayName: 'Thumbnail Product ID',
			name: 'thumbnailProductId',
			type: 'string',
			default: '',
			placeholder: 'e.g. sku-1',
			description: 'The product whose picture is shown. The first one of the catalog when empty.',
		},
	],
	async prepare(item, { footer, thumbnailProductId }) {
		const body = bodyText(item);
		return withoutFiles(catalogMessage({ body, footer, thumbnailProductId }));
	},
};

export const product: ContentForm = {
	name: 'Product',
	value: 'product',
	description: 'One product of your catalog',
	properties: [
		catalogIdProperty,
		{
			displayName: 'Product ID',
			name: 'productId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. sku-1',
			description: 'The content ID of the product in the catalog',
		},
		{ ...optionalBodyProperty, placeholder: 'e.g. This one is back in stock.' },
	],
	options: [footerOption],
	async prepare(item, { footer }) {
		return withoutFiles(
			productMessage({
				catalogId: catalogIdOf(item),
				productId: item.parameter('productId'),
				body: item.parameter('body', ''),
				footer,
			}),
		);
	},
};

export const productCarousel: ContentForm = {
	name: 'Product Carousel',
	value: 'productCarousel',
	description: 'Two to ten products of your catalog side by side',
	properties: [
		{ ...bodyProperty, placeholder: 'e.g. These go well with your coat.' },
		catalogIdProperty,
		productsProperty,
	],
	async prepare(item) {
		return withoutFiles(
			productCarouselMessage({
				body: bodyText(item),
				catalogId: catalogIdOf(item),
				products: item.parameter('products'),
			}),
		);
	},
};

export const productList: ContentForm = {
	name: 'Product List',
	value: 'productList',
	description: 'Up to 30 products of your catalog, in sections',
	properties: [
		{ ...headerOption, required: true, placeholder: 'e.g. Our cakes' },
		{ ...bodyProperty, placeholder: 'e.g. Freshly baked every morning.' },
		catalogIdProperty,
		{
			displayName: 'Sections',
			name: 'productSections',
			type: 'fixedCollection',
			typeOptions: {
				multipleValues: true,
				sortable: true,
				maxAllowedFields: 10,
				fixedCollection: { itemTitle: '={{ $collection.item.value.title }}' },
			},
			placeholder: 'Add Section',
			default: { section: [{ title: '', products: '' }] },
			description: 'One or more groups of products, with at most 30 products altogether',
			options: [
				{
					displayName: 'Section',
					name: 'section',
					values: [
						{
							displayName: 'Section Title',
							name: 'title',
							type: 'string',
							default: '',
							placeholder: 'e.g. With chocolate',
							description: 'Up to 24 characters. Needed only where there are several sections.',
						},
						productsProperty,
					],
				},
			],
		},
	],
	options: [footerOption],
	async prepare(item, { footer }) {
		const sections = item.parameter('productSections.section', []) as unknown;
		return withoutFiles(
			productListMessage({
				header: item.parameter('header'),
				body: bodyText(item),
				footer,
				catalogId: catalogIdOf(item),
				sections: sections as ProductSectionInput[],
			}),
		);
	},
};
