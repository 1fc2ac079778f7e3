import type { IDataObject } from 'n8n-workflow';

import { personOf } from './people';
import { asId, asObject, asText, compact } from './reading';
import { baseOf, type Source } from './source';
import type { PaymentEvent } from './types';

/**
 * What became of the payment of a bill. Meta writes one transaction, the lookup of payments a list, of
 * which the last is the latest.
 *
 * @param status an entry of `statuses[]` with the type `payment` (Meta: Receive payments via payment
 * gateways on WhatsApp, step 4)
 */
export function paymentEvent(status: IDataObject, source: Source): PaymentEvent {
	const payment = asObject(status.payment);
	const { transaction, transactions } = payment;
	const tried = asObject(transaction ?? (Array.isArray(transactions) ? transactions.at(-1) : {}));
	const error = asObject(tried.error);
	return {
		kind: 'payment',
		status: asText(status.status),
		...personOf(source.people, status.recipient_id, status.recipient_user_id),
		referenceId: asId(payment.reference_id),
		currency: asText(payment.currency),
		transaction: {
			id: asId(tried.id),
			gatewayId: asId(tried.pg_transaction_id),
			type: asText(tried.type),
			status: asText(tried.status),
			method: asText(asObject(tried.method).type),
			errorCode: asId(error.code),
			errorReason: asText(error.reason),
		},
		payment,
		...baseOf(source, status, status.timestamp),
		...compact({ amount: amountOf(asObject(payment.amount)) }),
	};
}

/** Numbers come as texts too. */
function amountOf({ value, offset }: IDataObject): number | undefined {
	const amount = Number(asId(value) || NaN) / Number(asId(offset) || NaN);
	return Number.isFinite(amount) ? amount : undefined;
}
