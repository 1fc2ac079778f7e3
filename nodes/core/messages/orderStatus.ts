import { choiceIn } from '../input/choice';
import { isEmpty } from '../input/given';
import { optionalText } from '../input/text';
import { timeIn } from '../input/time';

import { interactive, partsOf, type PartsInput } from './interactive';
import { referenceId } from './order';
import type { OrderStatusMessage } from './types';

/** Longest text about a status, in characters. */
const MAX_DESCRIPTION = 120;

/**
 * What an order may come to. Meta's table writes 'partially-shipped', its requests and its other tables
 * 'partially_shipped'; requests go by the latter.
 */
const ORDER_STATUSES = [
	'pending',
	'processing',
	'partially_shipped',
	'shipped',
	'completed',
	'canceled',
] as const;

const PAYMENT_STATUSES = ['pending', 'captured', 'failed'] as const;

export interface OrderStatusInput extends PartsInput {
	/** That of the bill. */
	referenceId: unknown;
	/** One of {@link ORDER_STATUSES}. */
	status: unknown;
	/** Stands beside the status where the contact opens the order. */
	description?: unknown;
	/** One of {@link PAYMENT_STATUSES}: in Brazil, where WhatsApp does not see the payment. */
	paymentStatus?: unknown;
	/** When it was paid. */
	paidAt?: unknown;
}

/**
 * What became of an order whose bill was sent; WhatsApp shows it in the bill too (Meta: Payments API
 * India: Update order status; Payments API Brazil: Orders).
 *
 * @param timeZone IANA name of the zone of a time that names none
 * @throws InputError('Body', 'Footer', 'Reference ID', 'Order Status', 'Status Description', 'Payment
 * Status' or 'Paid At')
 */
export function orderStatusMessage(input: OrderStatusInput, timeZone: string): OrderStatusMessage {
	const description = optionalText('Status Description', input.description, MAX_DESCRIPTION);
	const payment = paymentOf(input, timeZone);
	return interactive('order_status', partsOf(input), {
		name: 'review_order',
		parameters: {
			reference_id: referenceId(input.referenceId),
			order: {
				status: choiceIn('Order Status', input.status, ORDER_STATUSES),
				...(description !== undefined && { description }),
			},
			...(payment && { payment }),
		},
	});
}

function paymentOf({ paymentStatus, paidAt }: OrderStatusInput, timeZone: string) {
	if (isEmpty(paymentStatus)) return undefined;
	const timestamp = timeIn({ field: 'Paid At', value: paidAt, timeZone });
	return {
		status: choiceIn('Payment Status', paymentStatus, PAYMENT_STATUSES),
		...(timestamp !== undefined && { timestamp }),
	};
}
