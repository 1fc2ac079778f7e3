import {
	callCounts,
	messageCounts,
	type CountingOptions,
} from '../../../nodes/core/conversation/counting';
import { NO_FACTS, type ContactFacts } from '../../../nodes/core/conversation/facts';
import { factsOfRefusal } from '../../../nodes/core/conversation/refusal';

import {
	consentFact,
	DAY,
	decideAt,
	fact,
	HOUR,
	joined,
	MARKETING,
	MINUTE,
	NOW,
	optIn,
	optOut,
	TEXT,
	UTILITY,
} from './support';

// The facts that one event of a contact leaves behind.

const message = (at: number, type = 'text', options?: CountingOptions) =>
	messageCounts(type, options) ? fact({ lastInboundAt: at }) : NO_FACTS;

const call = (at: number, direction: 'inbound' | 'outbound', event: string) =>
	callCounts({ direction, event }) ? fact({ lastInboundAt: at }) : NO_FACTS;

const adMessage = (at: number) => fact({ lastInboundAt: at, freeEntryPointCandidateAt: at });
const freeEntryPoint = (until: number) => fact({ freeEntryPointUntil: until });
const refusal = (sentAt: number) => factsOfRefusal('windowClosed', sentAt) ?? NO_FACTS;

/** Templates and answers of ours, statuses and echoes: no fact has a place for them (D1, D2). */
const ofOurs = NO_FACTS;

const t = NOW - 10 * HOUR;
const watchedForDays = NOW - 9 * DAY;

const ALLOWED = { outcome: 'allowed', reason: 'windowOpen' };
const T5 = { outcome: 'templateNeeded', reason: 'windowClosed', window: { closedBy: 'time' } };
const T6 = { outcome: 'templateNeeded', reason: 'windowClosedFreeEntryPoint' };
const T7 = { outcome: 'templateNeeded', reason: 'windowClosedByProvider' };
const T9 = { outcome: 'templateNeeded', reason: 'windowUnknown' };
const T16 = { outcome: 'templateNeeded', reason: 'windowClosed', window: { closedBy: 'silence' } };

interface Trace {
	name: string;
	/** In the order of arrival. */
	arrivals: ContactFacts[];
	now?: number;
	watchedSince?: number;
	/** What is decided about a text; the contact's consent is 'none'. */
	text: { outcome: string; reason: string; window?: object; freeEntryPointUntil?: number };
	/** Until when the window is open by the clock, margin 0. */
	until?: number;
}

const TRACES: Trace[] = [
	{
		name: 'R2, R4: counted from the time inside the event',
		arrivals: [message(t)],
		text: ALLOWED,
		until: t + DAY,
	},
	{
		name: 'R3: each new message starts the 24 hours again',
		arrivals: [message(t), message(t + 9 * HOUR)],
		now: t + 30 * HOUR,
		text: ALLOWED,
		until: t + 33 * HOUR,
	},
	{
		name: 'R16: a message after the window closed opens it again',
		arrivals: [message(t - 3 * DAY), message(t)],
		text: ALLOWED,
		until: t + DAY,
	},
	{
		name: 'E11: out of order, stamped 10:00 after 10:05',
		arrivals: [message(t + 5 * MINUTE), message(t)],
		text: ALLOWED,
		until: t + 5 * MINUTE + DAY,
	},
	{
		name: 'E12: duplicate within minutes',
		arrivals: [message(t), message(t)],
		text: ALLOWED,
		until: t + DAY,
	},
	{
		name: 'E13: stamped 3 days ago, arrives now',
		arrivals: [message(NOW - 3 * DAY)],
		text: T5,
		until: NOW - 2 * DAY,
	},
	{
		name: 'E14: delayed redelivery, already seen, window open since',
		arrivals: [message(NOW - 3 * DAY), message(t), message(NOW - 3 * DAY)],
		text: ALLOWED,
		until: t + DAY,
	},
	{
		name: 'E14: delayed redelivery, already seen, window closed',
		arrivals: [message(NOW - 3 * DAY), message(NOW - 3 * DAY)],
		text: T5,
		until: NOW - 2 * DAY,
	},
	{
		name: 'E15: delayed redelivery older than a newer message',
		arrivals: [message(t), message(NOW - 6 * DAY)],
		text: ALLOWED,
		until: t + DAY,
	},
	{
		name: 'E16: inbound call, not answered, no message',
		arrivals: [call(t, 'inbound', 'connect')],
		text: ALLOWED,
		until: t + DAY,
	},
	{
		name: 'E16: counted from the call, not from its end',
		arrivals: [call(t, 'inbound', 'connect'), call(t + 2 * HOUR, 'inbound', 'terminate')],
		text: ALLOWED,
		until: t + DAY,
	},
	{
		name: 'E17: business call, accepted',
		arrivals: [call(t, 'outbound', 'ringing'), call(t + 10, 'outbound', 'accepted')],
		text: ALLOWED,
		until: t + 10 + DAY,
	},
	{
		name: 'E18: business call, not accepted, nothing on record',
		arrivals: [call(t, 'outbound', 'ringing'), call(t + 10, 'outbound', 'rejected')],
		text: T9,
	},
	{
		name: 'E18: business call, not accepted, message on record',
		arrivals: [message(t), call(t + HOUR, 'outbound', 'rejected')],
		text: ALLOWED,
		until: t + DAY,
	},
	{
		name: 'E19: reaction only',
		arrivals: [message(t, 'reaction')],
		text: T9,
	},
	{
		name: 'E19: reaction only, the option is on',
		arrivals: [message(t, 'reaction', { reactions: true })],
		text: ALLOWED,
		until: t + DAY,
	},
	{
		name: 'E19: reaction to an old message does not refresh',
		arrivals: [message(NOW - 2 * DAY), message(t, 'reaction')],
		text: T5,
		until: NOW - DAY,
	},
	{
		name: 'E20: status before its message, window open',
		arrivals: [message(t), ofOurs],
		text: ALLOWED,
		until: t + DAY,
	},
	{ name: 'E20: status before its message, nothing on record', arrivals: [ofOurs], text: T9 },
	{ name: 'E21: status for a contact never heard of', arrivals: [ofOurs], text: T9 },
	{
		name: 'E21: the same, number watched for 24 h',
		arrivals: [ofOurs],
		watchedSince: NOW - DAY,
		text: T16,
	},
	{
		name: 'E22, R35: hour 30 of a FEP, last message at hour 0',
		arrivals: [adMessage(t), freeEntryPoint(t + 3 * DAY)],
		now: t + 30 * HOUR,
		text: T6,
		until: t + DAY,
	},
	{
		name: 'E23: the same, but the contact wrote at hour 20; hour 43',
		arrivals: [adMessage(t), freeEntryPoint(t + 3 * DAY), message(t + 20 * HOUR)],
		now: t + 43 * HOUR,
		text: ALLOWED,
		until: t + 44 * HOUR,
	},
	{
		name: 'E23: the same, hour 44',
		arrivals: [adMessage(t), freeEntryPoint(t + 3 * DAY), message(t + 20 * HOUR)],
		now: t + 44 * HOUR,
		text: T6,
		until: t + 44 * HOUR,
	},
	{
		name: 'E24: hour 71 of a FEP, contact wrote at hour 60',
		arrivals: [adMessage(t), freeEntryPoint(t + 3 * DAY), message(t + 60 * HOUR)],
		now: t + 71 * HOUR,
		text: { ...ALLOWED, freeEntryPointUntil: t + 3 * DAY },
		until: t + 84 * HOUR,
	},
	{
		name: 'E24: the same, hour 73: the FEP is over, the window is not',
		arrivals: [adMessage(t), freeEntryPoint(t + 3 * DAY), message(t + 60 * HOUR)],
		now: t + 73 * HOUR,
		text: { ...ALLOWED, freeEntryPointUntil: undefined },
		until: t + 84 * HOUR,
	},
	{
		name: 'E24: the same, hour 84',
		arrivals: [adMessage(t), freeEntryPoint(t + 3 * DAY), message(t + 60 * HOUR)],
		now: t + 84 * HOUR,
		text: T5,
		until: t + 84 * HOUR,
	},
	{
		name: 'E25, R33: ad click answered only at hour 25',
		arrivals: [adMessage(t), ofOurs],
		now: t + 25 * HOUR,
		text: { ...T5, freeEntryPointUntil: undefined },
		until: t + DAY,
	},
	{
		name: 'E26, R6, D2: template sent one minute ago, contact never wrote',
		arrivals: [ofOurs],
		text: T9,
	},
	{
		name: 'E26: the same, number watched for 24 h',
		arrivals: [ofOurs],
		watchedSince: watchedForDays,
		text: T16,
	},
	{
		name: 'E27: template delivered and read, no answer',
		arrivals: [message(NOW - 2 * DAY), ofOurs, ofOurs, ofOurs],
		text: T5,
		until: NOW - DAY,
	},
	{
		name: 'E28, R7: contact taps a quick-reply button of the template',
		arrivals: [ofOurs, message(t, 'button')],
		text: ALLOWED,
		until: t + DAY,
	},
	{
		name: 'E29, R5, D1, D3: we answered at t + 1 h; now t + 24:30:00',
		arrivals: [message(t), ofOurs],
		now: t + DAY + 30 * MINUTE,
		text: T5,
		until: t + DAY,
	},
	{
		name: 'E31, D5: refused for a message sent 10:00; nothing since',
		arrivals: [message(t), refusal(t + HOUR)],
		text: T7,
		until: t + DAY,
	},
	{
		name: 'E31: refused, no message on record',
		arrivals: [refusal(t)],
		text: T7,
	},
	{
		name: 'E32: sent 10:00, contact wrote 10:01, the refusal arrives 10:02',
		arrivals: [message(t - HOUR), message(t + MINUTE), refusal(t)],
		text: ALLOWED,
		until: t + MINUTE + DAY,
	},
	{
		name: 'E31, then the contact writes: open again',
		arrivals: [message(t), refusal(t + HOUR), message(t + 2 * HOUR)],
		text: ALLOWED,
		until: t + 26 * HOUR,
	},
	{
		name: 'E33: the contact wrote to A; this is B',
		arrivals: [],
		text: T9,
	},
	{
		name: 'E34: first by phone number, then by user ID: one record',
		arrivals: [message(t - DAY), message(t)],
		text: ALLOWED,
		until: t + DAY,
	},
	{
		name: 'E35: user ID only, never linked: to the phone number',
		arrivals: [],
		text: T9,
	},
	{
		name: 'E36: number changed, window of the new ID unknown',
		arrivals: [message(t, 'system')],
		text: T9,
	},
	{
		name: 'E37: echo of a message from the business app',
		arrivals: [message(NOW - 2 * DAY), ofOurs],
		text: T5,
		until: NOW - DAY,
	},
	{
		name: 'E38: message and status in one delivery',
		arrivals: [ofOurs, message(t)],
		text: ALLOWED,
		until: t + DAY,
	},
	{
		name: 'E40: the write of a message is lost, an older one is on record',
		arrivals: [message(NOW - 2 * DAY)],
		text: T5,
		until: NOW - DAY,
	},
	{ name: 'E40: the write of the only message is lost', arrivals: [], text: T9 },
	{
		name: "E40: 'Contact's Last Message At' repairs it",
		arrivals: [message(NOW - 2 * DAY), fact({ lastInboundAt: t })],
		text: ALLOWED,
		until: t + DAY,
	},
	{
		name: "an old 'Contact's Last Message At' takes nothing away",
		arrivals: [message(t), fact({ lastInboundAt: NOW - 2 * DAY })],
		text: ALLOWED,
		until: t + DAY,
	},
	{
		name: 'E41: the write of a refusal is lost',
		arrivals: [message(t)],
		text: ALLOWED,
		until: t + DAY,
	},
	{
		name: 'E41: the next refusal closes it',
		arrivals: [message(t), refusal(t + 2 * HOUR)],
		text: T7,
		until: t + DAY,
	},
	{
		name: 'E42: trigger off for 3 hours, on again for 2; nothing on record',
		arrivals: [],
		watchedSince: NOW - 2 * HOUR,
		text: T9,
	},
];

describe('events', () => {
	describe.each(TRACES)('$name', ({ arrivals, now = NOW, watchedSince, text, until }) => {
		const facts = joined(...arrivals);

		it.each([0, 60])('text, margin %i', (marginSeconds) => {
			const decision = decideAt(TEXT, facts, { now, watchedSince, marginSeconds });
			expect(decision).toMatchObject(text);
			expect(decision.window.expiresAt).toBe(until && until - marginSeconds);
		});

		it('a utility template to a contact who opted in', () => {
			const optedIn = joined(facts, consentFact(optIn('utility', NOW - 30 * DAY)));
			expect(decideAt(UTILITY, optedIn, { now, watchedSince })).toMatchObject({
				outcome: 'allowed',
				reason: text.outcome === 'allowed' ? 'templateInWindow' : 'template',
			});
		});

		it('comes to the same in any order, and when everything comes twice', () => {
			expect(joined(...[...arrivals].reverse())).toEqual(facts);
			expect(joined(...arrivals, ...arrivals)).toEqual(facts);
		});
	});
});

describe('E30: the contact writes STOP', () => {
	const facts = joined(message(t), consentFact(optIn('all', t - DAY), optOut('all', t, 'keyword')));

	it.each([
		['allowed as answer (T2)', TEXT, 'allowed', 'replyAfterOptOut'],
		[
			'one confirmation (T4)',
			{ kind: 'freeForm', confirmsOptOut: true },
			'allowed',
			'optOutConfirmation',
		],
		['utility template (T23)', UTILITY, 'blocked', 'optedOut'],
		['marketing template (T23)', MARKETING, 'blocked', 'optedOut'],
	] as const)('%s', (_name, outgoing, outcome, reason) => {
		expect(decideAt(outgoing, facts)).toMatchObject({
			outcome,
			reason,
			window: { state: 'open', openedAt: t },
			consent: { state: 'out', at: t },
		});
	});
});

describe('E33: two business numbers', () => {
	it('a message to A opens nothing on B', () => {
		const onA = joined(message(t));
		const onB = joined(refusal(t));
		expect(decideAt(TEXT, onA)).toMatchObject(ALLOWED);
		expect(decideAt(TEXT, onB)).toMatchObject(T7);
	});
});
