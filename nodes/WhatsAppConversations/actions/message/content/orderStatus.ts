import { orderStatusMessage } from '../../../../core/messages/orderStatus';

import { withoutFiles, type ContentForm } from './form';
import { referenceIdProperty } from './orderDetails';
import { bodyProperty, bodyText, footerOption } from './parts';

export const orderStatus: ContentForm = {
	name: 'Order Status',
	value: 'orderStatus',
	description: 'What became of an order whose bill was sent; the bill shows it too',
	properties: [
		{ ...bodyProperty, placeholder: 'e.g. Thank you, we are packing your order.' },
		{ ...referenceIdProperty, description: 'The one that the bill was sent with' },
		{
			displayName: 'Order Status',
			name: 'orderStatus',
			type: 'options',
			options: [
				{
					name: 'Canceled',
					value: 'canceled',
					description: 'It cannot be paid any more; WhatsApp refuses this once it is paid',
				},
				{ name: 'Completed', value: 'completed', description: 'No more news will follow' },
				{ name: 'Partially Shipped', value: 'partially_shipped' },
				{ name: 'Pending', value: 'pending', description: 'Not paid or not begun yet' },
				{ name: 'Processing', value: 'processing', description: 'Paid, and being prepared' },
				{ name: 'Shipped', value: 'shipped' },
			],
			default: 'processing',
		},
	],
	options: [
		footerOption,
		{
			displayName: 'Paid At',
			name: 'paidAt',
			type: 'dateTime',
			default: '',
			description: 'When the order was paid. Needs the option Payment Status.',
		},
		{
			displayName: 'Payment Status',
			name: 'paymentStatus',
			type: 'options',
			options: [
				{ name: 'Captured', value: 'captured', description: 'Paid' },
				{ name: 'Failed', value: 'failed' },
				{ name: 'Pending', value: 'pending' },
			],
			default: 'captured',
			description:
				'For Brazil, where WhatsApp does not see the payment: marks the bill as paid, or as not',
		},
		{
			displayName: 'Status Description',
			name: 'statusText',
			type: 'string',
			default: '',
			placeholder: 'e.g. Arrives on Friday',
			description: 'Stands in the bill beside the status, up to 120 characters',
		},
	],
	async prepare(item, { footer, statusText, paymentStatus, paidAt }) {
		const input = {
			body: bodyText(item),
			footer,
			referenceId: item.parameter('referenceId'),
			status: item.parameter('orderStatus'),
			description: statusText,
			paymentStatus,
			paidAt,
		};
		return withoutFiles(orderStatusMessage(input, item.timeZone));
	},
};
