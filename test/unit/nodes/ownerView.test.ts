import {
	NO_OWNER,
	ownerOf,
	type HandOverWay,
	type OwnerFacts,
} from '../../../nodes/core/conversation/owner';
import { ownerIn, ownerView } from '../../../nodes/shared/ownerView';
import { factsOfTriggerItem } from '../../../nodes/shared/triggerItem';

const NOW = 1_795_165_500;
const HOUR = 3_600;

const secondsOf = (time: unknown) => (typeof time === 'string' ? Date.parse(time) / 1000 : 0);
const view = (owner: Partial<OwnerFacts>) =>
	ownerView(ownerOf({ lastInboundAt: 0, owner: { ...NO_OWNER, ...owner } }, NOW));

describe('who has a conversation, as items show it', () => {
	it.each<HandOverWay>(['handedOver', 'handedOverUntil', 'app', 'sent'])(
		'is read back: a person, %s',
		(way) => {
			const handOvers = [{ at: NOW - HOUR, until: NOW + HOUR, way }];
			expect(ownerIn(view({ handOvers }), secondsOf)).toEqual({ ...NO_OWNER, handOvers });
		},
	);

	it('is read back: another responder, the automation', () => {
		const otherAt = NOW - HOUR;
		expect(ownerIn(view({ otherAt }), secondsOf)).toEqual({ ...NO_OWNER, otherAt });
		expect(ownerIn(view({}), secondsOf)).toBe(NO_OWNER);
	});

	it.each([undefined, 'person', {}, { who: 'person' }, { who: 'person', since: 'now' }])(
		'is the automation where it cannot be read: %j',
		(value) => {
			expect(ownerIn(value, secondsOf)).toBe(NO_OWNER);
		},
	);
});

describe('the facts of an item', () => {
	const item = (owner: object, event = 'message') =>
		factsOfTriggerItem({
			event,
			businessNumberId: '1',
			phone: '+491511',
			timestamp: new Date(NOW * 1000).toISOString(),
			window: { state: 'open', openedAt: new Date(NOW * 1000).toISOString() },
			owner,
		} as never)!.facts;
	const whoIn = (facts: ReturnType<typeof item>) => ownerOf(facts, NOW).who;

	it("tell of another responder, and not that the contact's message was delivered to us (E43)", () => {
		expect(whoIn(item(view({ otherAt: NOW - HOUR })))).toBe('otherResponder');
	});

	it('tell of a call that it says nothing of the owner (E43)', () => {
		expect(item(view({}), 'call').owner).toEqual({ ...NO_OWNER, apartAt: NOW });
		expect(item(view({})).owner).toBe(NO_OWNER);
	});
});
