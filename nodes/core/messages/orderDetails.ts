import { interactive, partsOf, type PartsInput } from './interactive';
import { orderDetails, type OrderContext, type OrderInput } from './order';
import type { OrderDetailsMessage } from './types';

/**
 * A bill with a button to pay it. For businesses and contacts in India and Brazil only (Meta: Payments
 * API India, Payments API Brazil).
 *
 * @throws InputError('Body', 'Footer', a field of the header's file, or one of the order)
 */
export function orderDetailsMessage(
	input: PartsInput & OrderInput,
	context: OrderContext,
): OrderDetailsMessage {
	return interactive('order_details', partsOf(input), {
		name: 'review_and_pay',
		parameters: orderDetails(input, context),
	});
}
