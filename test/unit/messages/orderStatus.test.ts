import { orderStatusMessage } from '../../../nodes/core/messages/orderStatus';

import { refusal } from './refusal';

const INPUT = { body: 'On its way', referenceId: 'order-7', status: 'shipped' };

it('says what became of an order', () => {
	const { interactive } = orderStatusMessage({ ...INPUT, paymentStatus: 'captured' }, 'UTC');
	expect(interactive).toEqual({
		type: 'order_status',
		body: { text: 'On its way' },
		action: {
			name: 'review_order',
			parameters: {
				reference_id: 'order-7',
				order: { status: 'shipped' },
				payment: { status: 'captured' },
			},
		},
	});
});

it.each<[object, string, RegExp]>([
	[{ body: '' }, 'Body', /is empty/],
	[{ referenceId: '' }, 'Reference ID', /is empty/],
	[{ referenceId: 'order 7' }, 'Reference ID', /'order 7'/],
	[{ status: '' }, 'Order Status', /is empty/],
	[{ status: 'lost' }, 'Order Status', /'lost'/],
	[{ description: 'x'.repeat(121) }, 'Status Description', /121 .* 120/],
	[{ paymentStatus: 'paid' }, 'Payment Status', /'paid'/],
	[{ paymentStatus: 'captured', paidAt: 'yesterday' }, 'Paid At', /'yesterday'/],
])('is refused: %j', (change, field, message) => {
	const thrown = refusal(() => orderStatusMessage({ ...INPUT, ...change }, 'UTC'));
	expect(thrown.field).toBe(field);
	expect(thrown.message).toMatch(message);
});
