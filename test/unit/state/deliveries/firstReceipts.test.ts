import { FirstReceipts } from '../../../../nodes/core/state/deliveries/firstReceipts';
import { DAY, NOW } from '../../conversation/support';

describe('the first arrivals of events stamped ahead of them', () => {
	it('are told however often an event comes again', () => {
		const receipts = new FirstReceipts();
		expect([receipts.size, receipts.of('wamid.1')]).toEqual([0, undefined]);
		for (const later of [0, 60, 3_600, 7 * DAY]) receipts.note('wamid.1', NOW + later);
		expect([receipts.size, receipts.of('wamid.1')]).toEqual([1, NOW]);
		expect(receipts.of('wamid.2')).toBeUndefined();
	});

	it('go when they are eight days old, a few at a time', () => {
		const receipts = new FirstReceipts();
		for (let n = 0; n < 100; n++) receipts.note(`wamid.${n}`, NOW);
		receipts.note('wamid.ahead', NOW + 40 * DAY);
		expect(receipts.size).toBe(99);
		for (let n = 0; n < 100; n++) receipts.note(`wamid.later ${n}`, NOW + 8 * DAY);
		expect(receipts.of('wamid.99')).toBeUndefined();
		expect(receipts.of('wamid.later 0')).toBe(NOW + 8 * DAY);
	});
});
