import { deliveryKey } from '../../../nodes/WhatsAppConversationsTrigger/deliveryKey';
import { factsOf } from '../../../nodes/core/events/factsOf';
import { toItem } from '../../../nodes/core/events/items';
import { parseDelivery } from '../../../nodes/core/events/parse';

import {
	ACCOUNT_ID,
	AT,
	BUSINESS_PHONE,
	CONTACT_NAME,
	CONTACT_PHONE,
	CONTACT_USER_ID,
	NUMBER_ID,
	accountDelivery,
	contact,
	delivery,
	interactiveReply,
	messageDelivery,
	paymentStatus,
	type Json,
} from './payloads';

const TRANSACTION = {
	id: 'order_Sdr7',
	pg_transaction_id: 'pay_Sdr7',
	type: 'razorpay',
	status: 'success',
	created_timestamp: AT - 60,
	updated_timestamp: AT - 5,
	method: { type: 'upi' },
};

const eventOf = (entry: Json) =>
	parseDelivery(delivery({ contacts: [contact()], statuses: [entry] }), AT)[0];
const itemOf = (entry: Json) => toItem(eventOf(entry), AT);

describe('a payment', () => {
	it('is an event of its own, with what was paid, for what and how', () => {
		const entry = paymentStatus('captured', {
			transaction: TRANSACTION,
			receipt: 'receipt-7',
			notes: { branch: 'north' },
		});
		const item = itemOf(entry);
		const expected = {
			event: 'payment',
			status: 'captured',
			referenceId: 'order-7',
			amount: 210.5,
			currency: 'INR',
			transactionStatus: 'success',
			transactionId: 'order_Sdr7',
			gatewayTransactionId: 'pay_Sdr7',
			gateway: 'razorpay',
			method: 'upi',
			errorCode: '',
			errorMessage: '',
			payment: entry.payment,
			contact: CONTACT_USER_ID,
			phone: `+${CONTACT_PHONE}`,
			userId: CONTACT_USER_ID,
			name: CONTACT_NAME,
			username: '',
			timestamp: '2026-11-20T12:00:00.000Z',
			businessNumberId: NUMBER_ID,
			businessPhone: `+${BUSINESS_PHONE}`,
			accountId: ACCOUNT_ID,
			late: false,
			ageSeconds: 0,
			raw: entry,
		};
		expect(item).toEqual(expected);
		expect(Object.keys(item)).toEqual(Object.keys(expected));
	});

	it('that did not succeed says why', () => {
		const error = { code: 'BAD_REQUEST_ERROR', reason: 'incorrect_pin' };
		const transaction = { ...TRANSACTION, status: 'failed', method: undefined, error };
		expect(itemOf(paymentStatus('pending', { transaction }))).toMatchObject({
			status: 'pending',
			transactionStatus: 'failed',
			method: '',
			errorCode: 'BAD_REQUEST_ERROR',
			errorMessage: 'incorrect_pin',
		});
	});

	it('has the latest of several tries', () => {
		const transactions = [{ ...TRANSACTION, status: 'failed' }, TRANSACTION];
		expect(itemOf(paymentStatus('captured', { transactions }))).toMatchObject({
			transactionStatus: 'success',
		});
	});

	it.each<[Json, number | null]>([
		[{ amount: { value: '21050', offset: '100' } }, 210.5],
		[{ amount: { value: 21050 } }, null],
		[{ amount: { value: {}, offset: 100 } }, null],
		[{ amount: 'much' }, null],
		[{ amount: undefined, transaction: 'none', transactions: 7, currency: 4 }, null],
	])('is read whatever it looks like: %j', (payment, amount) => {
		expect(itemOf(paymentStatus('captured', payment)).amount).toBe(amount);
	});

	it('without anything has every text', () => {
		expect(itemOf({ type: 'payment' })).toMatchObject({ status: '', referenceId: '', payment: {} });
	});

	it('tells nothing of windows and consent', () => {
		expect(factsOf(eventOf(paymentStatus('captured')), { counting: {} as never })).toBeUndefined();
		expect(factsOf(eventOf(paymentStatus('failed')), { counting: {} as never })).toBeUndefined();
	});

	it('is told from the next news of the same bill, and not from its repetition', () => {
		const keyOf = (entry: Json) => deliveryKey('node', itemOf(entry));
		const first = paymentStatus('pending', { transaction: { ...TRANSACTION, status: 'pending' } });
		expect(keyOf(structuredClone(first))).toBe(keyOf(first));
		expect(keyOf(paymentStatus('captured', { transaction: TRANSACTION }))).not.toBe(keyOf(first));
	});
});

it('an agreement to pay by card comes as a message with what it is for', () => {
	const answer = {
		payment_method: 'offsite_card_pay',
		payment_timestamp: AT - 3,
		reference_id: 'pedido-7',
		last_four_digits: '0235',
		credential_id: '1234567',
	};
	const [event] = parseDelivery(messageDelivery(interactiveReply('payment_method', answer)), AT);
	expect(toItem(event, AT)).toMatchObject({
		event: 'message',
		type: 'interactive',
		kind: 'paymentMethod',
		paymentMethod: {
			method: 'offsite_card_pay',
			referenceId: 'pedido-7',
			credentialId: '1234567',
			lastFourDigits: '0235',
			agreedAt: '2026-11-20T11:59:57.000Z',
		},
	});
});

it('a changed payment configuration comes as an account event', () => {
	const value = {
		configuration_name: 'razorpay-prod',
		provider_name: 'razorpay',
		provider_mid: 'acc_7',
		status: 'Needs Testing',
		created_timestamp: AT,
		updated_timestamp: AT,
	};
	const [event] = parseDelivery(accountDelivery(value, 'payment_configuration_update'), AT);
	expect(toItem(event, AT)).toMatchObject({
		event: 'account',
		field: 'payment_configuration_update',
		accountEvent: 'Needs Testing',
		paymentConfiguration: { name: 'razorpay-prod', provider: 'razorpay', merchantId: 'acc_7' },
	});
});
