import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Labels } from '../../../../core/input/namedTexts';
import {
	BENEFICIARY_FIELDS,
	IMPORTER_FIELDS,
	type OrderInput,
} from '../../../../core/messages/order';
import { orderDetailsMessage } from '../../../../core/messages/orderDetails';
import type { Item } from '../../../run/item';

import { fileProperty, namedFile } from './file';
import type { ContentForm } from './form';
import { itemProperties, itemsIn, NAMES_IN_ITEMS, priceField } from './orderItems';
import { paymentIn, paymentProperties } from './orderPayment';
import { bodyProperty, bodyText, footerOption } from './parts';

export const referenceIdProperty: INodeProperties = {
	displayName: 'Reference ID',
	name: 'referenceId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. order-4711',
	description:
		'Your own ID of the order, of letters, digits, dots and dashes: up to 35 in India, 60 in Brazil. Each bill needs another one; news of the payment come with it.',
};

/** A part of the order that has fields of its own, each of which may be added. */
function partOption(
	displayName: string,
	name: string,
	description: string,
	fields: Labels<string>,
): INodeProperties {
	return {
		displayName,
		name,
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		description,
		options: Object.entries(fields).map(([field, label]) => ({
			displayName: label,
			name: field,
			type: 'string',
			default: '',
		})),
	};
}

function textOption(
	displayName: string,
	name: string,
	description: string,
	placeholder?: string,
): INodeProperties {
	return {
		displayName,
		name,
		type: 'string',
		default: '',
		description,
		...(placeholder && { placeholder }),
	};
}

const options: INodeProperties[] = [
	footerOption,
	{
		displayName: 'Amounts in Paise or Centavos',
		name: 'inSmallestUnit',
		type: 'boolean',
		default: true,
		description:
			'Whether all amounts count the smallest unit, as Stripe and Razorpay do: 129950 for 1299.50',
	},
	partOption(
		'Beneficiary',
		'beneficiary',
		'To whom goods are shipped. Meta wants it of shipped goods in India; the contact does not see it.',
		BENEFICIARY_FIELDS,
	),
	textOption('Catalog ID', 'catalogId', 'The catalog at Meta that the IDs of the items belong to'),
	textOption(
		'Currency',
		'orderCurrency',
		'What the data of the order say. If it is not the currency of the payment method, nothing is sent.',
		'e.g. INR',
	),
	{ displayName: 'Discount', name: 'discount', ...priceField, description: 'Off the whole order' },
	textOption('Discount Description', 'discountText', 'Up to 60 characters', 'e.g. Coupon DIWALI'),
	textOption('Discount Program', 'discountProgram', 'For rewards, up to 60 characters'),
	{
		displayName: 'Expires At',
		name: 'expiresAt',
		type: 'dateTime',
		default: '',
		description: 'From when on the bill cannot be paid any more. Needs the option Expiration Text.',
	},
	textOption(
		'Expiration Text',
		'expirationText',
		'What the contact reads about the end, up to 120 characters',
		'e.g. We keep your order until tomorrow noon.',
	),
	{
		displayName: 'Goods',
		name: 'goods',
		type: 'options',
		options: [
			{ name: 'Digital', value: 'digital-goods' },
			{ name: 'Physical', value: 'physical-goods' },
		],
		default: 'physical-goods',
		description: 'What is sold. Digital without this option.',
	},
	{
		displayName: 'Header Image',
		name: 'headerImage',
		type: 'string',
		default: 'data',
		placeholder: 'e.g. https://example.com/bread.jpg',
		hint: fileProperty.hint,
		description: 'Above the body. Without it the first item of a catalog is shown.',
	},
	partOption(
		'Importer',
		'importer',
		'Where all items come from. Meta wants it in India of items that are in no catalog.',
		IMPORTER_FIELDS,
	),
	{
		...partOption(
			'Names in Items',
			'itemNames',
			"What the fields of items in JSON are called, those inside others as in 'price.unit_amount'",
			NAMES_IN_ITEMS,
		),
		placeholder: 'Add Name',
	},
	{ displayName: 'Shipping', name: 'shipping', ...priceField, description: 'What shipping costs' },
	textOption('Shipping Description', 'shippingText', 'Up to 60 characters'),
	{ displayName: 'Tax', name: 'tax', ...priceField, description: 'What is not in the prices yet' },
	textOption('Tax Description', 'taxText', 'Up to 60 characters', 'e.g. GST 18%'),
	{
		displayName: 'Total',
		name: 'expectedTotal',
		...priceField,
		description:
			'What the shop says, to compare with. If the amounts come to another sum, nothing is sent.',
		displayOptions: { hide: { '/itemsSource': ['total'] } },
	},
];

/** The order as it was entered. */
function orderOf(item: Item, entered: IDataObject): OrderInput {
	const items = itemsIn(item, entered.itemNames);
	return {
		referenceId: item.parameter('referenceId'),
		payment: paymentIn(item),
		items,
		total: items ? entered.expectedTotal : item.parameter('orderTotal'),
		tax: entered.tax,
		shipping: entered.shipping,
		discount: entered.discount,
		taxText: entered.taxText,
		shippingText: entered.shippingText,
		discountText: entered.discountText,
		discountProgram: entered.discountProgram,
		currency: entered.orderCurrency,
		inSmallestUnit: entered.inSmallestUnit === true,
		goods: entered.goods,
		catalogId: entered.catalogId,
		importer: entered.importer,
		beneficiary: entered.beneficiary,
		expiresAt: entered.expiresAt,
		expirationText: entered.expirationText,
	};
}

export const orderDetails: ContentForm = {
	name: 'Order Details',
	value: 'orderDetails',
	description: 'A bill with a payment button; for businesses and contacts in India and Brazil only',
	properties: [
		{ ...bodyProperty, placeholder: 'e.g. Here is the bill of your order.' },
		referenceIdProperty,
		...paymentProperties,
		...itemProperties,
	],
	options,
	async prepare(item, entered) {
		const body = bodyText(item);
		const { footer, headerImage } = entered;
		const image = headerImage
			? await namedFile(item, headerImage, 'image', 'Header Image')
			: undefined;
		const order = orderOf(item, entered);
		const context = { now: item.session.now(), timeZone: item.timeZone };
		return {
			uploads: image?.uploads ?? {},
			build: (uploaded) => {
				const header = image && { type: 'image' as const, source: image.source(uploaded) };
				return [orderDetailsMessage({ header, body, footer, ...order }, context)];
			},
		};
	},
};
