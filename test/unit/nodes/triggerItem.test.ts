import { factsOfTriggerItem } from '../../../nodes/shared/triggerItem';

const AT = '2026-11-20T12:00:00.000Z';
const ITEM = { event: 'message', businessNumberId: '106', phone: '+16505551234', timestamp: AT };

describe('what an item of the trigger tells of a window', () => {
	it.each([
		['open', Date.parse(AT) / 1_000],
		['closed', Date.parse(AT) / 1_000],
	])('is when it was opened, where it is %s', (state, lastInboundAt) => {
		const told = factsOfTriggerItem({ ...ITEM, window: { state, openedAt: AT } });
		expect(told?.facts).toMatchObject({ lastInboundAt });
	});

	it('is nothing where it is unknown, although it was opened once (rule E36)', () => {
		const item = { ...ITEM, window: { state: 'unknown', openedAt: AT } };
		expect(factsOfTriggerItem(item)).toBeUndefined();
		const stop = { ...item, text: 'STOP', consentWord: 'stop' };
		expect(factsOfTriggerItem(stop)?.facts).toMatchObject({
			lastInboundAt: 0,
			consent: [{ state: 'opted_out' }],
		});
	});
});
