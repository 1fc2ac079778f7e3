import { factsOfRefusal } from '../../../nodes/core/conversation/refusal';

import { DAY, decideAt, fact, HOUR, joined, MARKETING, NOW, optIn, TEXT, UTILITY } from './support';

const SENT_AT = NOW - 5;

describe('what a refusal changes', () => {
	const before = fact({
		lastInboundAt: NOW - HOUR,
		consent: [optIn('marketing', NOW - DAY), optIn('utility', NOW - DAY)],
	});
	const after = (kind: string, sentAt = SENT_AT) =>
		joined(before, factsOfRefusal(kind, sentAt) ?? joined());

	it('windowClosed: closes the window, counted from the send', () => {
		expect(factsOfRefusal('windowClosed', SENT_AT)).toEqual(fact({ refusedAt: SENT_AT }));
		expect(decideAt(TEXT, after('windowClosed'))).toMatchObject({
			outcome: 'templateNeeded',
			reason: 'windowClosedByProvider',
		});
		expect(decideAt(UTILITY, after('windowClosed'))).toMatchObject({ outcome: 'allowed' });
	});

	it('windowClosed, but the contact wrote between the send and the refusal (E32)', () => {
		expect(decideAt(TEXT, after('windowClosed', NOW - 2 * HOUR))).toMatchObject({
			outcome: 'allowed',
		});
	});

	it('optedOut: stops marketing and nothing else', () => {
		expect(decideAt(MARKETING, before)).toMatchObject({ outcome: 'allowed' });
		expect(decideAt(MARKETING, after('optedOut'))).toMatchObject({
			outcome: 'blocked',
			reason: 'marketingStopped',
			consent: { at: SENT_AT },
		});
		expect(decideAt(TEXT, after('optedOut'))).toMatchObject({ reason: 'windowOpen' });
		expect(decideAt(UTILITY, after('optedOut'))).toMatchObject({ reason: 'templateInWindow' });
	});

	it('optedOut twice changes nothing more', () => {
		const once = after('optedOut');
		expect(joined(once, factsOfRefusal('optedOut', SENT_AT) ?? joined())).toEqual(once);
	});

	it('marketingLimited: holds marketing for 24 hours and changes no consent', () => {
		const limited = after('marketingLimited');
		expect(limited.consent).toEqual(before.consent);
		expect(decideAt(MARKETING, limited)).toMatchObject({
			outcome: 'blocked',
			reason: 'marketingLimited',
		});
		expect(decideAt(MARKETING, limited, { now: SENT_AT + DAY - 1 })).toMatchObject({
			outcome: 'blocked',
		});
		expect(decideAt(MARKETING, limited, { now: SENT_AT + DAY })).toMatchObject({
			outcome: 'allowed',
		});
		expect(decideAt(TEXT, limited)).toMatchObject({ reason: 'windowOpen' });
	});

	it.each([
		'unreachable',
		'templateMissing',
		'templateParameters',
		'templatePaused',
		'media',
		'rateLimited',
		'auth',
		'permission',
		'billing',
		'temporary',
		'unknown',
		'',
	])("'%s' tells nothing about the contact", (kind) => {
		expect(factsOfRefusal(kind, SENT_AT)).toBeUndefined();
	});
});
