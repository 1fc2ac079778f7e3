import type { INodeProperties } from 'n8n-workflow';

import type { Labels } from '../../../../core/input/namedTexts';
import {
	itemsInJson,
	type ItemPaths,
	type OrderItemInput,
} from '../../../../core/messages/orderItems';
import type { Item } from '../../../run/item';

/** An amount of money. */
export const priceField = {
	type: 'string',
	default: '',
	placeholder: 'e.g. 1299.50',
} as const;

/** What is ordered: item by item, as a list of an earlier node, or as a total alone. */
export const itemProperties: INodeProperties[] = [
	{
		displayName: 'Enter Items As',
		name: 'itemsSource',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Fields', value: 'fields', description: 'Item by item' },
			{ name: 'JSON', value: 'json', description: 'The items of an order from an earlier node' },
			{ name: 'Total Only', value: 'total', description: 'No items; in Brazil only' },
		],
		default: 'fields',
	},
	{
		displayName: 'Items',
		name: 'orderItems',
		type: 'fixedCollection',
		typeOptions: {
			multipleValues: true,
			sortable: true,
			fixedCollection: { itemTitle: '={{ $collection.item.value.name }}' },
		},
		placeholder: 'Add Item',
		default: { item: [{ name: '', quantity: '1', price: '' }] },
		displayOptions: { show: { itemsSource: ['fields'] } },
		options: [
			{
				displayName: 'Item',
				name: 'item',
				values: [
					{
						displayName: 'Item Name',
						name: 'name',
						type: 'string',
						default: '',
						required: true,
						placeholder: 'e.g. Sourdough bread',
						description: 'Shown up to 60 characters, and cut after that',
					},
					{
						displayName: 'Price',
						name: 'price',
						type: 'string',
						default: '',
						placeholder: 'e.g. 1299.50',
						required: true,
						description: 'Of one, as in 1,299.50 or 1.299,50',
					},
					{
						displayName: 'Quantity',
						name: 'quantity',
						type: 'string',
						default: '1',
						placeholder: 'e.g. 2',
						description: 'A whole number',
					},
					{
						displayName: 'Sale Price',
						name: 'salePrice',
						type: 'string',
						default: '',
						placeholder: 'e.g. 999',
						description: 'Of one, where it is sold for less; the price is then crossed out',
					},
					{
						displayName: 'SKU',
						name: 'id',
						type: 'string',
						default: '',
						placeholder: 'e.g. sku-1',
						description: 'Your own ID of the item; its content ID, if it is in a catalog at Meta',
					},
				],
			},
		],
	},
	{
		displayName: 'Items',
		name: 'itemsJson',
		type: 'json',
		default: '[{ "name": "", "quantity": 1, "price": "" }]',
		required: true,
		hint: "A list, such as line_items of a shop's order: each item with name, quantity, and price (of one) or total (of the line). Where yours are called otherwise, add the option 'Names in Items'.",
		displayOptions: { show: { itemsSource: ['json'] } },
	},
	{
		displayName: 'Total',
		name: 'orderTotal',
		...priceField,
		required: true,
		description: 'What the contact has to pay',
		displayOptions: { show: { itemsSource: ['total'] } },
	},
];

/** What may be named of items in JSON. */
export const NAMES_IN_ITEMS: Labels<keyof OrderItemInput> = {
	name: 'Item Name',
	price: 'Price',
	quantity: 'Quantity',
	salePrice: 'Sale Price',
	id: 'SKU',
	total: 'Total of the Line',
};

/** What is ordered, as it was entered; undefined for a total alone. */
export function itemsIn(item: Item, names: unknown): OrderItemInput[] | undefined {
	switch (item.parameter('itemsSource')) {
		case 'total':
			return undefined;
		case 'json':
			return itemsInJson(item.parameter('itemsJson'), names as ItemPaths | undefined);
		default:
			return item.parameter('orderItems.item', []) as OrderItemInput[];
	}
}
