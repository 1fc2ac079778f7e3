import { orderDetails } from '../../messages/order';
import { itemsInJson } from '../../messages/orderItems';
import { paymentInOne, PAYMENT_NAMES } from '../../messages/payment';
import type { OrderDetails } from '../../messages/types';
import type { ButtonDefinition } from '../definition';
import {
	buttonFields,
	type Element,
	type ElementContext,
	type TemplateField,
	type Values,
} from '../element';

/**
 * A button that shows a bill and lets the contact pay it (Meta: Send order details template message,
 * for India and for Brazil).
 */
export function orderDetailsButton(
	{ text = 'Review and Pay' }: ButtonDefinition,
	index: number,
	context: ElementContext,
): Element {
	const field = buttonFields(text, index, context);
	const reference = {
		...field('reference', 'Reference ID', 'Your own ID of the order, another one for each bill'),
		required: true,
	};
	const method: TemplateField = {
		...field('method', 'Payment Method', 'How the contact pays; sets the currency'),
		required: true,
		type: 'options',
		choices: Object.entries(PAYMENT_NAMES).map(([value, name]) => ({ name, value })),
	};
	const payment: TemplateField = {
		...field(
			'payment',
			'Payment Details',
			"The payment configuration, the link, or the line of the boleto; for Pix and a card Meta's object",
		),
		title: `${context.labelPrefix}Payment Details: ${text} · Configuration, Link or Line; for Pix JSON`,
		required: true,
		accepts: 'json',
	};
	const items: TemplateField = {
		...field(
			'items',
			'Items (JSON)',
			'A list of objects with name, quantity, and price of one or total',
		),
		accepts: 'json',
	};
	const tax = field('tax', 'Tax', 'What is not in the prices yet');
	const shipping = field('shipping', 'Shipping', 'What shipping costs');
	const discount = field('discount', 'Discount', 'Off the whole order');
	const total = field('total', 'Total', 'With items: nothing is sent if they come to another sum');

	const orderOf = (values: Values): OrderDetails =>
		orderDetails(
			{
				referenceId: values[reference.id],
				payment: paymentInOne(payment.label, values[method.id], values[payment.id]),
				items: values[items.id] === undefined ? undefined : itemsInJson(values[items.id]),
				tax: values[tax.id],
				shipping: values[shipping.id],
				discount: values[discount.id],
				total: values[total.id],
			},
			// A bill of a template does not expire.
			{ now: 0, timeZone: 'UTC' },
		);

	return {
		fields: [reference, method, payment, items, tax, shipping, discount, total],
		check: (values) => void orderOf(values),
		components: (values) => [
			{
				type: 'button',
				sub_type: 'order_details',
				index: String(index),
				parameters: [{ type: 'action', action: { order_details: { ...orderOf(values) } } }],
			},
		],
		preview: () => ({ buttons: [{ type: 'ORDER_DETAILS', text }] }),
	};
}
